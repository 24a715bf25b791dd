"""The employer's first page: what waits for me, who works here, our work, and a break."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from employers.enums import PositionStatus
from employers.models import Employer, Position
from matching.models import Introduction, MeetingAccount, MeetingOption
from matching.views.employer_answers import people_here, who

SHOWN = 6
SINCE = timedelta(days=14)
"""A meeting longer ago is not asked about any more."""


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for me, and the button that does it."""

    icon: str
    title: str
    text: str
    url: str
    act: str


@allow(Role.EMPLOYER)
@require_GET
def my_start(request: Request) -> HttpResponse:
    """What waits for me comes first; what is calm comes after."""
    mine = request.membership
    employer = get_object_or_404(Employer.objects.visible_to(mine).select_related("bureau"))
    mine.employer = employer  # the header names it, too
    introductions = _with_meetings(mine)
    people = [one for one in people_here(mine) if not one.is_over]
    positions = Position.objects.visible_to(mine).exclude(status=PositionStatus.CLOSED)
    open_work = list(positions.order_by("title", "pk")[: SHOWN + 1])
    context = {
        "employer": employer,
        "waiting": [*_to_meet(introductions), *_about_meetings(introductions), *_to_tell(people)],
        "planned": [one for one in introductions if one.starts_at and one.starts_at > timezone.now()],
        "people": [(one, who(one)) for one in people[:SHOWN]],
        "people_count": len(people),
        "positions": open_work[:SHOWN],
        "more_positions": len(open_work) > SHOWN,
        "missing": [] if employer.environment and employer.story else [True],
    }
    return render(request, "matching/my_start.html", context)


def _to_meet(introductions: list[Introduction]) -> list[Waiting]:
    return [
        Waiting(
            "handshake",
            _("%(name)s wil graag kennismaken") % {"name": one.shared_name},
            one.position_title,
            reverse("matching:my_introduction", args=[one.pk]),
            _("Bekijk en antwoord"),
        )
        for one in introductions
        if not one.employer_answer and not one.starts_at
    ]


def _with_meetings(mine: Membership) -> list[Any]:
    """Introductions, with whether moments wait for our answer and whether we told how the meeting was."""
    about = OuterRef("pk")
    asked = MeetingOption.objects.visible_to(mine).open().filter(introduction=about, employer_says="")
    told = MeetingAccount.objects.visible_to(mine).filter(
        introduction=about, meeting_at=OuterRef("starts_at")
    )
    rows = Introduction.objects.visible_to(mine).annotate(to_choose=Exists(asked), was_told=Exists(told))
    return list(rows.order_by("introduced_at", "pk")[:50])


def _about_meetings(introductions: list[Any]) -> list[Waiting]:
    """Moments to choose from, and meetings that were."""
    now, found = timezone.now(), []
    for one in introductions:
        if one.to_choose:
            title = _("Wanneer kan %(name)s komen?") % {"name": one.shared_name}
            url = reverse("matching:introduction_times", args=[one.pk])
            found.append(Waiting("calendar", title, one.position_title, url, _("Kies wat past")))
        elif one.starts_at and now - SINCE < one.starts_at <= now and not one.was_told:
            title = _("Hoe was de kennismaking met %(name)s?") % {"name": one.shared_name}
            url = reverse("matching:introduction_tell", args=[one.pk])
            found.append(Waiting("chat", title, one.position_title, url, _("Vertel het")))
    return found


def _to_tell(people: list[Any]) -> list[Waiting]:
    """How it goes before hours: whoever tells how it goes is asked about the hours there."""
    weeks, hours = [], []
    for one in people:
        if one.week_due:
            url = reverse("matching:my_check_in", args=[one.pk])
            title = _("Hoe gaat het met %(name)s?") % {"name": who(one)}
            weeks.append(
                Waiting("chat", title, _("Een paar korte vragen, een minuut."), url, _("Vertel het"))
            )
        elif one.newest:
            url = reverse("matching:hours_answer", args=[one.newest[0].pk])
            title = _("Kloppen de uren van %(name)s?") % {"name": who(one)}
            hours.append(Waiting("clock", title, one.newest[1], url, _("Kijk na")))
    return [*weeks, *hours]
