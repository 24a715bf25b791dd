"""The break in the path: work, or the money for it, that ends in sight, and what is planned after it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import IO, Any

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Least
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbaan.bureaus.models import Membership
from buurtbaan.ui.pieces import Text
from buurtbaan.workbooks import new_book, write_sheet
from employers.enums import PAID_FORMS, WorkForm
from employers.models import Subscription
from employers.models.subscriptions import KEEPERS
from matching.enums import Destination, NextStep
from matching.models import CoachPlan, Placement, WageValue

WEEKS = 6
"""How far ahead a break in the path is looked for, unless somebody chooses otherwise."""
OPEN_ENDS = (Destination.SEARCHING, Destination.CARE, Destination.UNKNOWN)
"""Where somebody goes without work to go to."""
KINDS: dict[str, Text] = {
    "trial": gettext_lazy("Proefplaatsing"),
    "contract": gettext_lazy("Contract"),
    "subscription": gettext_lazy("Abonnement dat het werk betaalt"),
    "value": gettext_lazy("Loonwaarde, en daarmee de subsidie"),
    "coach": gettext_lazy("Jobcoach"),
    "planned": gettext_lazy("Afgesproken laatste dag"),
    "work": gettext_lazy("Andere afspraak"),
}
MONEY = {"value": "value_until__lte", "coach": "coach_until__lte"}
"""Kinds that end beside the work itself."""
UNPLANNED = "geen"
"""Nothing is planned yet."""


def ending(
    placements: QuerySet[Placement], membership: Membership, *, today: date, weeks: int
) -> QuerySet[Placement]:
    """Work without a next piece of which something ends within so many weeks; what is past, too.

    Each with `until` and `what` for what ends first, and all its ends apart for `ends_of`.
    """
    last = horizon(today, weeks)
    rows = placements.filter(starts_on__lte=last, following=None).annotate(
        paid_until=_paid_until(membership, today),
        value_until=_value_until(membership, today),
        coach_until=_coach_until(membership, today),
    )
    ended = When(ended_on__isnull=False, then=F("ended_on"))
    rows = rows.annotate(
        work_until=Case(ended, default=Least("ends_on", "paid_until")),
        work_what=Case(
            When(ended_on__isnull=False, then=Value("planned")),
            When(paid_until__isnull=False, then=_by_money()),
            default=_by_form(),
        ),
        until=Case(ended, default=Least("ends_on", "paid_until", "value_until", "coach_until")),
    )
    before = Q(work_until=None) | Q(work_until__gt=F("until"))
    rows = rows.annotate(
        what=Case(
            When(before, until=F("value_until"), then=Value("value")),
            When(before, until=F("coach_until"), then=Value("coach")),
            default=F("work_what"),
        )
    )
    goes = Q(ended_on=None) | Q(ended_on__gte=today, destination__in=OPEN_ENDS)
    return rows.filter(goes, until__lte=last).order_by("until", "pk")


def horizon(today: date, weeks: int) -> date:
    """The last day that is looked at."""
    return today + timedelta(weeks=weeks)


def ends_of(one: Any, last: date) -> list[tuple[Text, date]]:
    """Everything that ends up to a day at one row of `ending`, the first first."""
    found = [(one.work_what, one.work_until)]
    if one.ended_on is None:
        found += [("value", one.value_until), ("coach", one.coach_until)]
    ends = sorted((day, kind) for kind, day in found if day and day <= last)
    return [(KINDS[kind], day) for day, kind in ends]


def _value_until(membership: Membership, today: date) -> Any:
    """The last day of the wage value, and so of the subsidy, if none comes after it; only for who reads it."""
    values = WageValue.objects.visible_to(membership).holding().filter(placement=OuterRef("pk"))
    open_ended = WageValue.objects.holding().filter(placement=OuterRef("placement"), valid_until=None)
    return _last_of(values.filter(valid_until__gte=today).exclude(Exists(open_ended)), "valid_until")


def _coach_until(membership: Membership, today: date) -> Any:
    """The last day for which a job coach was granted; only for who reads it."""
    plans = CoachPlan.objects.visible_to(membership).filter(placement=OuterRef("pk"), ends_on__gte=today)
    return _last_of(plans, "ends_on")


def _last_of(rows: QuerySet[Any], name: str) -> Subquery:
    last = rows.order_by().values("placement").annotate(last=Max(name)).values("last")[:1]
    return Subquery(last, output_field=DateField())


def _paid_until(membership: Membership, today: date) -> Any:
    """The last day that a subscription pays for the position, if none comes after it; only for who keeps them."""
    if membership.role not in KEEPERS:
        return Value(None, output_field=DateField())
    paying = Subscription.objects.with_last_day().filter(positions=OuterRef("position"), until__gte=today)  # type: ignore[misc]
    last = paying.order_by().values("positions").annotate(last=Max("until")).values("last")[:1]
    return Subquery(last, output_field=DateField())


def _by_money() -> Case:
    return Case(
        When(Q(ends_on__isnull=True) | Q(ends_on__gt=F("paid_until")), then=Value("subscription")),
        default=_by_form(),
    )


def _by_form() -> Case:
    return Case(
        When(form=WorkForm.TRIAL, then=Value("trial")),
        When(form__in=sorted(PAID_FORMS), then=Value("contract")),
        default=Value("work"),
    )


def narrowed(
    rows: QuerySet[Placement], *, last: date, coach: int | None, what: str, step: str
) -> QuerySet[Placement]:
    """Only those of a coach, of which something of a kind ends, or with a plan."""
    if coach:
        rows = rows.filter(candidate__coach=coach)
    if what in MONEY:
        rows = rows.filter(ended_on=None, **{MONEY[what]: last})
    elif what in KINDS:
        rows = rows.filter(work_what=what, work_until__lte=last)  # type: ignore[misc]
    if step == UNPLANNED:
        rows = rows.filter(next_plan=None)
    elif step in NextStep.values:
        rows = rows.filter(next_plan__step=step)
    return rows


def per_coach(rows: QuerySet[Placement]) -> list[dict[str, Any]]:
    """How many, and how many without a plan, for each coach by name."""
    found = rows.order_by().values("candidate__coach", "candidate__coach__user__name")
    counted = found.annotate(total=Count("pk"), open=Count("pk", filter=Q(next_plan=None)))
    return [
        {"coach": row["candidate__coach"], "name": row["candidate__coach__user__name"] or "–", **row}
        for row in sorted(counted, key=lambda row: row["candidate__coach__user__name"] or "")
    ]


def write_endings(rows: Iterable[Any], file: IO[bytes]) -> list[int]:
    """The cohort as a workbook; gives whom it tells of."""
    found = list(rows)
    book = new_book(file)
    header = [
        _("Kandidaat"), _("Werkgever"), _("Werkvorm"), _("Wat eindigt"), _("Op"), _("Wat volgt"), _("Wanneer"),
        _("Toelichting"), _("Coach"),
    ]  # fmt: skip
    write_sheet(book, _("Einde in zicht"), header, (_line(one) for one in found))
    book.close()
    return [one.candidate_id for one in found]


def _line(one: Any) -> list[Any]:
    plan = getattr(one, "next_plan", None)
    coach = one.candidate.coach
    return [
        one.candidate.full_name, one.employer.name, str(one.get_form_display()), str(KINDS[one.what]), one.until,
        str(plan.get_step_display()) if plan else _("Nog niets gepland"), plan.on if plan else None,
        plan.note if plan else "", str(coach.user) if coach else "",
    ]  # fmt: skip
