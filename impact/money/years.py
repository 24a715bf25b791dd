"""A bureau's money in a year: where it came from, where it went, and what is missing when the two differ.

What the bureau earns (subscriptions, commissions, own projects) is kept with the employers and joined in here, so that
nobody writes it down twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Bureau, Rate
from buurtbaan.ui.formats import euro
from employers.earnings import Year as Earned
from employers.earnings import year_of as earned_in
from employers.models import Commission, ProjectLine, Subscription
from impact.enums import FlowDirection, FlowKind
from impact.models import FundingFlow
from impact.money.words import words_of

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Line:
    """Money in or out. code: of what is joined in, empty for what somebody wrote down. url: where it is kept."""

    label: str
    amount: Decimal
    kind: str = ""
    url: str = ""
    code: str = ""
    note: str = ""


@dataclass
class MoneyYear:
    """Both sides of a year; they should be equal."""

    year: int
    ins: list[Line] = field(default_factory=list)
    outs: list[Line] = field(default_factory=list)

    @property
    def total_in(self) -> Decimal:
        return sum((line.amount for line in self.ins), NOTHING)

    @property
    def total_out(self) -> Decimal:
        return sum((line.amount for line in self.outs), NOTHING)

    @property
    def gap(self) -> Decimal:
        """What came in and is not accounted for; negative when more went out than came in."""
        return self.total_in - self.total_out

    @property
    def empty(self) -> bool:
        return not self.ins and not self.outs

    @property
    def missing(self) -> str:
        """What to do about a difference; empty when in equals out."""
        words = {"gap": euro(abs(self.gap)), "year": self.year}
        if self.empty:
            return (
                _("In %(year)s staat nog niets. Schrijf op waar geld vandaan kwam en waar het heen ging.")
                % words
            )
        if self.gap > 0:
            return (
                _(
                    "Er kwam %(gap)s meer binnen dan eruit ging. Schrijf op waar dat bleef, bijvoorbeeld als reserve."
                )
                % words
            )
        if self.gap < 0:
            return (
                _(
                    "Er ging %(gap)s meer uit dan binnenkwam. Schrijf op wie dat betaalde, of wie dat nog gaat doen."
                )
                % words
            )
        return ""


def earned_lines(earned: Earned) -> tuple[list[Line], list[Line]]:
    """What the bureau earned by working, and what that cost."""
    pages = {
        "@subscriptions": "employers:subscription_list",
        "@commissions": "employers:commission_list",
        "@projects": "employers:project_list",
    }

    def line(code: str, amount: Decimal, kind: str) -> Line:
        return Line(words_of(code), amount, kind, reverse(pages[code]), code)

    ins = [
        line("@subscriptions", earned.subscriptions, FlowKind.SALES),
        line("@commissions", earned.commissions, FlowKind.SALES),
        line("@projects", earned.projects.income, FlowKind.SALES),
    ]
    outs = [line("@projects", earned.projects.cost, FlowKind.OTHER_OUT)]
    return [one for one in ins if one.amount], [one for one in outs if one.amount]


def year_of(bureau_id: int, year: int) -> MoneyYear:
    """Everything of one year, in six queries."""
    ins, outs = earned_lines(earned_in(bureau_id, year))
    found = MoneyYear(year)
    for flow in FundingFlow.objects.filter(bureau=bureau_id, year=year).order_by(
        "direction", "-amount", "pk"
    ):
        url = reverse("impact:flow_edit", args=[flow.pk])
        line = Line(flow.source, flow.amount, flow.kind, url, note=flow.note)
        (found.ins if flow.direction == FlowDirection.IN else found.outs).append(line)
    found.ins += ins
    found.outs += outs
    return found


def years_of(bureau_id: int) -> list[int]:
    """Years in which money was written down, and this one; newest first."""
    found = {timezone.localdate().year}
    found |= set(
        FundingFlow.objects.filter(bureau=bureau_id).order_by().values_list("year", flat=True).distinct()
    )
    days: Iterable[date] = ProjectLine.objects.filter(bureau=bureau_id).order_by().dates("on", "year")
    days = [*days, *Commission.objects.filter(bureau=bureau_id).order_by().dates("starts_on", "year")]
    days = [*days, *Subscription.objects.filter(bureau=bureau_id).order_by().dates("starts_on", "year")]
    return sorted(found | {day.year for day in days}, reverse=True)


@dataclass(frozen=True)
class UwvShare:
    """Which part of the income UWV pays, and from which part that is too much; None where nobody said."""

    share: Decimal
    most: Rate | None

    @property
    def too_large(self) -> bool:
        return self.most is not None and self.share > self.most.amount


def uwv_share(money: MoneyYear, bureau: Bureau) -> UwvShare | None:
    """None in a year without income from UWV."""
    paid = sum((line.amount for line in money.ins if line.kind == FlowKind.UWV), NOTHING)
    if not paid or not money.total_in:
        return None
    last = min(date(money.year, 12, 31), timezone.localdate())
    return UwvShare(paid / money.total_in, rate(bureau, "uwv_income", "share_most", last))


def rate(bureau: Bureau, kind: str, key: str, on: date) -> Rate | None:
    """The dated figure of a day, the nearest place first."""
    places = [bureau.municipality.code, bureau.municipality.name, "NL"]
    return Rate.objects.usable_by(bureau).choose(kind, key, on=on, places=places)
