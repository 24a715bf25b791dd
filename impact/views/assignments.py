"""Impact assignments: how far each is on its way to its target, and whether together they break even."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Rate
from buurtbaan.drafts.acts import act_once
from buurtbaan.drafts.conflicts import settle_row
from buurtbaan.ui.charts import TargetLine
from buurtbaan.ui.feedback import tell
from impact.models import ImpactAssignment
from impact.money.forms import AssignmentForm, BreakEvenForm
from impact.money.progress import Progress, progress
from impact.money.years import rate
from impact.views.money import bureau_of
from impact.views.putting_back import way_back

NOTHING = Decimal(0)
STATE_TONES = {
    "coming": "quiet", "unknown": "unknown", "reached": "ok", "on_way": "info", "behind": "wait", "over": "wait",
}  # fmt: skip


@dataclass(frozen=True)
class BreakEven:
    """So many assignments of so much make a year whole. rate: where the number comes from; None where nobody knows."""

    count: int | None
    each: Decimal | None
    agreed: Decimal
    rate: Rate | None

    @property
    def needed(self) -> Decimal | None:
        return None if self.count is None or self.each is None else self.count * self.each

    @property
    def to_go(self) -> Decimal | None:
        return None if self.needed is None else max(self.needed - self.agreed, NOTHING)


def state_words(state: str) -> str:
    """How an assignment is doing."""
    return {
        "coming": _("begint nog"),
        "unknown": _("niet te tellen"),
        "reached": _("doel bereikt"),
        "on_way": _("op koers"),
        "behind": _("achter op de lijn"),
        "over": _("voorbij"),
    }[state]


def in_year(one: ImpactAssignment, year: int) -> Decimal:
    """The part of the amount that falls in a year, by days."""
    first, last = max(one.since, date(year, 1, 1)), min(one.until, date(year, 12, 31))
    days = (last - first).days + 1
    return one.amount * max(days, 0) / ((one.until - one.since).days + 1)


def break_even(bureau: Bureau, rows: list[ImpactAssignment], today: date) -> BreakEven:
    """What the dated figure asks, against what is agreed this year; the amount is the one that occurs most."""
    known = rate(bureau, "impact_assignment", "break_even_count", today)
    common = Counter(one.amount for one in rows if in_year(one, today.year)).most_common(1)
    agreed = sum((in_year(one, today.year) for one in rows), NOTHING).quantize(Decimal("0.01"))
    return BreakEven(
        int(known.amount) if known else None,
        common[0][0] if common and common[0][1] > 1 else None,
        agreed,
        known,
    )


def target_line(one: Progress) -> TargetLine:
    """The drawing of one assignment."""
    row = one.assignment
    words = {"result": row.get_result_display(), "client": row.client}
    return TargetLine(
        id=f"doellijn-{row.pk}",
        title=row.name,
        description=_("%(result)s, voor %(client)s: wat er is bereikt tegenover de afgesproken lijn.") % words,
        since=row.since, until=row.until, today=one.on, points=one.points,
        target=row.target, forecast=one.forecast if one.on < row.until else None,
    )  # fmt: skip


@allow(Role.MANAGER)
@require_GET
def assignments(request: Request) -> HttpResponse:
    """What was agreed, how far it is, and whether it makes a year whole."""
    bureau, today = bureau_of(request), timezone.localdate()
    rows = list(ImpactAssignment.objects.visible_to(request.membership).order_by("-until", "-since", "pk"))
    even = break_even(bureau, rows, today)
    form = BreakEvenForm(
        request.GET if "aantal" in request.GET else None, initial={"aantal": even.count, "bedrag": even.each}
    )
    own = None
    if form.is_bound and form.is_valid():
        own = BreakEven(form.cleaned_data["aantal"], form.cleaned_data["bedrag"], even.agreed, None)
    shown = [
        (one, one.state, state_words(one.state), STATE_TONES[one.state])
        for one in progress(bureau, rows, today)
    ]
    context = {"rows": shown, "even": even, "own": own, "form": form, "year": today.year, "today": today}
    return render(request, "impact/assignments.html", context)


@allow(Role.MANAGER)
@require_GET
def assignment(request: Request, pk: int) -> HttpResponse:
    """One assignment with its line to the target, and the people behind the number."""
    found = get_object_or_404(ImpactAssignment.objects.visible_to(request.membership), pk=pk)
    one = progress(bureau_of(request), [found], timezone.localdate(), only=found)[0]
    context = {
        "assignment": found,
        "one": one,
        "state": state_words(one.state),
        "tone": STATE_TONES[one.state],
        "chart": target_line(one) if one.counts and one.state != "coming" else None,
        "flows": found.flows.order_by("-year", "pk"),
        "people_url": f"{reverse('impact:week_people')}?opdracht={found.pk}",
    }
    return render(request, "impact/assignment.html", context)


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def assignment_new(request: Request) -> HttpResponse:
    """Note a new impact assignment."""
    form = AssignmentForm(posted(request), instance=ImpactAssignment(bureau=request.membership.bureau))

    def do() -> tuple[str, str]:
        made = form.save()
        return _("Opdracht “%(name)s” is bewaard.") % {"name": made.name}, reverse(
            "impact:assignment", args=[made.pk]
        )

    return act_once(request, form, do=do, template="impact/assignment_new.html", context={})


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def assignment_edit(request: Request, pk: int) -> HttpResponse:
    """Change an impact assignment."""
    found = get_object_or_404(ImpactAssignment.objects.visible_to(request.membership), pk=pk)
    form, clash = settle_row(request, found, lambda data, row: AssignmentForm(data, instance=row))
    if clash:
        return clash
    if request.method == "POST" and form.is_valid():
        form.save()
        tell(request, _("Opdracht “%(name)s” is bewaard.") % {"name": form.instance.name})
        return redirect("impact:assignment", pk)
    return render(request, "impact/assignment_edit.html", {"form": form, "assignment": found})


@allow(Role.MANAGER)
@require_POST
def assignment_remove(request: Request, pk: int) -> HttpResponse:
    """Take an impact assignment off the list; its flows stay. The message after it can put it back for a day."""
    found = get_object_or_404(ImpactAssignment.objects.visible_to(request.membership), pk=pk)
    undo = way_back("opdracht", found, flows=list(found.flows.order_by("pk").values_list("pk", flat=True)))
    found.delete()
    words = _("Opdracht “%(name)s” is weggehaald.") % {"name": found.name}
    tell(request, words, undo_url=undo, undo_label=_("Terugdraaien"))
    return redirect("impact:assignments")
