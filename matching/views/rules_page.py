"""How Buurtbaan looks for work, in plain words, for whoever has an account."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from buurtbaan.access import Request, signed_in
from buurtbaan.bureaus.enums import Role
from matching.rules import DEFAULT_MUSTS, ORDER_SENTENCE, RULES_VERSION, Criterion
from matching.rules.about import ABOUT, NOT_KEPT, NOT_READ, VERSIONS
from matching.rules.texts import CRITERION_LABELS, ESTIMATE_SENTENCE, WORK_ORDER_SENTENCE


@signed_in
@require_GET
def rules_explained(request: Request) -> HttpResponse:
    """Each criterion, what counts as a must, the order, and what never enters."""
    own = request.membership.role == Role.CANDIDATE
    context = {
        "layout": "layout/plain.html" if own else "layout/base.html",
        "version": RULES_VERSION,
        "versions": VERSIONS,
        "criteria": [(one, CRITERION_LABELS[one], ABOUT[one], one in DEFAULT_MUSTS) for one in Criterion],
        "safety": Criterion.SAFETY,
        "orders": (ORDER_SENTENCE, WORK_ORDER_SENTENCE),
        "estimate": ESTIMATE_SENTENCE,
        "not_kept": NOT_KEPT,
        "not_read": list(NOT_READ),
    }
    return render(request, "matching/rules_explained.html", context)
