"""What changed since a match was made, as a part of its page and as a page of its own."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from buurtbaan.access import Request, allow
from buurtbaan.audit.services import record_read
from candidates.models import Candidate
from employers.models import Position
from matching.freeze import compare
from matching.gather import with_place
from matching.rules import RULES_VERSION
from matching.since import differences
from matching.views.matches import STAFF, seen


@allow(*STAFF)
@require_GET
def match_since(request: Request, pk: int) -> HttpResponse:
    """The frozen reasons beside those of today; only where the role may open the person's file."""
    match, mine = seen(request, pk), request.membership
    people = Candidate.objects.visible_to(mine).select_related("area")
    person = people.filter(pk=match.candidate_id).first() if match.frozen else None
    found = None
    if person:
        record_read(by=mine, candidate_id=person.pk, what="work")
        position = with_place(Position.objects.visible_to(mine)).get(pk=match.position_id)
        found = differences(match.frozen, compare(person, position))
    context = {
        "match": match,
        "may_read": person is not None,
        "differences": found,
        "other_rules": bool(match.frozen) and match.rules_version != RULES_VERSION,
        "rules_version": RULES_VERSION,
    }
    name = "_match_since" if request.htmx else "match_since"
    return render(request, f"matching/{name}.html", context)
