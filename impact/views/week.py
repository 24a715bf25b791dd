"""De week in één oogopslag: how the bureau is doing, each figure leading to the list behind it; for the manager."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau
from buurtbaan.ui.charts import Bar, Bars
from candidates.enums import Source
from candidates.models import Candidate
from employers.earnings import Year as Earned
from employers.earnings import year_of as earned_in
from impact.figures import STAGES, UNKNOWN
from impact.layout import UNKNOWN_WORD
from impact.models import ImpactAssignment
from impact.money.progress import Progress, Steps, on_their_way, people_rows
from impact.statements import rows
from impact.tables import STAGE_WORDS
from impact.views.assignments import STATE_TONES, BreakEven, break_even, state_words, target_line
from impact.views.money import bureau_of
from matching.day import Group, day_list

SILENT_DAYS = 30
NEAR_DAYS = 56
NOTHING = Decimal(0)
PER_PAGE = 50
SHOWN_LINES = 3
DECIDE = ("leaving", "signed_up", "correction", "hours_wrong", "subscription_over", "retention")
"""Kinds of the list of the day that ask for a decision rather than for a call."""


@dataclass
class Found:
    """What one statement gave, by part."""

    coaches: list[dict[str, Any]] = field(default_factory=list)
    flows: dict[str, Decimal] = field(default_factory=dict)
    waits: dict[str, int] = field(default_factory=dict)
    deadlines: list[dict[str, Any]] = field(default_factory=list)


@allow(Role.MANAGER)
@require_GET
def week(request: Request) -> HttpResponse:
    """The week and the quarter so far, the caseloads, the targets, the money, and what waits."""
    bureau, today = bureau_of(request), timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    quarter = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    agreed = list(ImpactAssignment.objects.visible_to(request.membership).order_by("until", "pk"))
    running = [one for one in agreed if one.since <= today <= one.until]
    steps, targets = on_their_way(bureau, running, today, week=monday, quarter=quarter)
    found = _found(bureau, today)
    context = {
        "today": today,
        "monday": monday,
        "quarter": quarter,
        "funnel": _funnel(steps, monday, quarter),
        "sources": _sources(steps, quarter),
        "coaches": found.coaches,
        "targets": _targets(targets),
        "money": _money(found, earned_in(bureau.pk, today.year)),
        "even": _even(bureau, agreed, today),
        "deadlines": found.deadlines,
        "waits": _waits(found, day_list(request.membership, own=False)),
        "silent_days": SILENT_DAYS,
        "year": today.year,
    }
    return render(request, "impact/week.html", context)


def _found(bureau: Bureau, today: date) -> Found:
    values = {
        "bureau": bureau.pk,
        "today": today,
        "year": today.year,
        "silent": SILENT_DAYS,
        "near": NEAR_DAYS,
    }
    found = Found()
    caseload = reverse("candidates:caseload")
    for part, key, label, n, m, day in rows("week", values):
        if part == "coach":
            of = f"wie={key}" if key else "let=niemand"
            row = {
                "name": label or _("Nog geen coach"),
                "count": int(n),
                "silent": int(m),
                "url": f"{caseload}?{of}",
            }
            found.coaches.append(row | {"silent_url": f"{row['url']}&stil={SILENT_DAYS}"})
        elif part == "flow":
            found.flows[key] = n
        elif part == "waits":
            found.waits[key] = int(n)
        else:
            url = reverse(PAGES[key], args=[int(n)])
            found.deadlines.append({"label": label, "day": day, "days": (day - today).days, "url": url})
    return found


PAGES = {
    "fund": "impact:fund",
    "assignment": "impact:assignment",
    "subscription": "employers:subscription",
    "social_return": "employers:social_return",
}


def people_url(step: str, since: date, source: str = "") -> str:
    """The list of people behind a number."""
    asked = {"stap": step, "van": since.isoformat()} | ({"bron": source} if source else {})
    return f"{reverse('impact:week_people')}?{urlencode(asked)}"


def _funnel(steps: Steps, monday: date, quarter: date) -> list[dict[str, Any]]:
    return [
        {
            "label": STAGE_WORDS[stage],
            "week": steps.week[stage],
            "quarter": steps.quarter[stage],
            "week_url": people_url(stage, monday),
            "quarter_url": people_url(stage, quarter),
        }
        for stage in STAGES
    ]


def _sources(steps: Steps, quarter: date) -> dict[str, Any]:
    """Where those who came this quarter came from: a drawing, and a link for each."""
    words = {**dict(Source.choices), UNKNOWN: UNKNOWN_WORD}
    found = sorted(steps.sources.items(), key=lambda one: (-one[1], one[0]))
    links = [(str(words[code]), count, people_url("entered", quarter, code)) for code, count in found]
    bars = tuple(Bar(label, count) for label, count, _url in links)
    title = _("Hoe we elkaar ontmoetten, dit kwartaal")
    chart = Bars("bronnen", title, title, bars, label=_("Herkomst"), unit=_("Mensen")) if bars else None
    return {"chart": chart, "links": links}


def _targets(found: list[Progress]) -> list[dict[str, Any]]:
    """Running assignments; those behind the line first, and a drawing for the first few."""
    order = sorted(found, key=lambda one: (one.state != "behind", one.assignment.until, one.assignment.pk))
    return [
        {
            "one": one,
            "row": one.assignment,
            "state": state_words(one.state),
            "tone": STATE_TONES[one.state],
            "chart": target_line(one) if one.counts and place < SHOWN_LINES else None,
        }
        for place, one in enumerate(order)
    ]


def _money(found: Found, earned: Earned) -> dict[str, Decimal]:
    came = found.flows.get("in", NOTHING) + earned.subscriptions + earned.commissions + earned.projects.income
    went = found.flows.get("out", NOTHING) + earned.projects.cost
    return {"came": came, "went": went, "gap": abs(came - went), "equal": Decimal(came == went)}


def _even(bureau: Bureau, agreed: list[ImpactAssignment], today: date) -> BreakEven | None:
    return break_even(bureau, agreed, today) if len(agreed) > 1 else None


def _waits(found: Found, groups: list[Group]) -> list[tuple[str, int, str]]:
    """What somebody has to decide, with where."""
    today, positions = reverse("matching:today"), reverse("employers:position_list")
    lines = [
        (_("Verdringingstoetsen zonder besluit"), found.waits.get("check", 0), f"{positions}?status=check"),
        (_("Rapporten klaar om na te lezen"), found.waits.get("report", 0), reverse("impact:report_list")),
    ]  # fmt: skip
    lines += [(str(g.title), g.total, f"{today}?soort={g.kind}&van=alle") for g in groups if g.kind in DECIDE]
    return [line for line in lines if line[1]]


@allow(Role.MANAGER)
@require_GET
def week_people(request: Request) -> HttpResponse:
    """The people behind a number of the week, or behind the result of an assignment."""
    bureau, today = bureau_of(request), timezone.localdate()
    asked = request.GET
    step = asked.get("stap", "") if asked.get("stap", "") in STAGES else "entered"
    since, until, title, goal = _day(asked.get("van", ""), today), today, str(STAGE_WORDS[step]), None
    if asked.get("opdracht", "").isdecimal() and len(asked["opdracht"]) < 16:
        goal = get_object_or_404(
            ImpactAssignment.objects.visible_to(request.membership), pk=asked["opdracht"]
        )
        step, since, until, title = "", goal.since, min(goal.until, today), goal.name
    source = asked.get("bron", "") if asked.get("bron", "") in (*Source.values, UNKNOWN) else ""
    found = people_rows(
        "step_people",
        bureau,
        until,
        since=since,
        step=step,
        source=source,
        assignment=goal.pk if goal else None,
    )
    page = Paginator(found, PER_PAGE).get_page(asked.get("page"))
    people = Candidate.objects.visible_to(request.membership).select_related("coach__user", "area")
    known = {one.pk: one for one in people.filter(pk__in=[pk for pk, _day in page])}
    context = {
        "title": title, "since": since, "until": until, "page": page, "goal": goal,
        "source": dict(Source.choices).get(source, UNKNOWN_WORD if source else ""),
        "people": [(known[pk], day) for pk, day in page if pk in known],
    }  # fmt: skip
    return render(request, "impact/week_people.html", context)


def _day(text: str, today: date) -> date:
    """The day in the address; thirty days ago where there is none, or one to come."""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return today - timedelta(days=30)
    return day if date(2000, 1, 1) <= day <= today else today - timedelta(days=30)
