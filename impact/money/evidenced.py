"""Hours claimed on a fund beside the evidence that somebody took part: what a funder lays together.

Worked out each time from the conversations, the claims and the sheets; nothing of it is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Sum
from django.db.models.functions import TruncQuarter
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from candidates.enums import ConsentPurpose
from candidates.models import Candidate, Consent
from impact.models import EvidenceHour, EvidenceLine, EvidenceSheet, EvidenceState
from impact.money.hours import TENTH, hours_of
from impact.statements import rows

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Hours:
    """A tally as people read it, to one decimal."""

    claimed: Decimal
    signed: Decimal
    waiting: Decimal
    without: Decimal


@dataclass(frozen=True)
class Tally:
    """Time that is claimed, that stands on signed evidence, and that waits for a second person; all in one unit."""

    claimed: Decimal
    signed: Decimal
    waiting: Decimal

    @property
    def without(self) -> Decimal:
        """Claimed, but on no evidence that anybody signed."""
        return self.claimed - self.signed

    def in_hours(self) -> Hours:
        """Minutes as hours, each rounded by itself: a minute without a signature is never nought."""
        some = max(hours_of(self.without), TENTH) if self.without > 0 else NOTHING
        return Hours(hours_of(self.claimed), hours_of(self.signed), hours_of(self.waiting), some)


@dataclass(frozen=True)
class Covered:
    """Minutes of one person on one fund in one quarter."""

    fund: int
    candidate: int
    quarter: date
    minutes: Tally


@dataclass(frozen=True)
class Sums:
    """Everybody together. people: with hours that nobody signed for."""

    hours: Hours
    people: int


@dataclass(frozen=True)
class Line:
    """A person and a quarter, as the bureau's manager reads it. training: hours of courses on signed evidence.

    is_leaving: somebody who asked to be removed, whose name and file nobody but the coach sees.
    """

    covered: Covered
    name: str
    is_leaving: bool
    hours: Hours
    training: Decimal
    why: str

    @property
    def quarter(self) -> str:
        """Such as "kwartaal 2"; the year stands above the list."""
        return _("kwartaal %(n)s") % {"n": (self.covered.quarter.month + 2) // 3}


def covered(bureau_id: int, since: date, until: date, *, fund: int | None = None) -> list[Covered]:
    """Per fund, person and quarter, the newest quarter first; within the bureau's scope."""
    found = rows("fund_evidence", {"bureau": bureau_id, "since": since, "until": until, "fund": fund})
    return [
        Covered(of, person, quarter, Tally(*map(Decimal, three))) for of, person, quarter, *three in found
    ]


def sums(every: Iterable[Covered]) -> Sums:
    """Everybody together."""
    every = list(every)
    hours = _together([one.minutes for one in every]).in_hours()
    return Sums(hours, len({one.candidate for one in every if one.minutes.without > 0}))


def lines(
    every: Collection[Covered], fund: int, since: date, until: date, membership: Membership
) -> list[Line]:
    """With names, courses, and why an hour is not signed for; in two queries, whoever they are."""
    ids = {one.candidate for one in every}
    yes = Consent.objects.in_force().filter(purpose=ConsentPurpose.FUNDER, candidate=OuterRef("pk"))
    people = Candidate.objects.visible_to(membership).filter(pk__in=ids).annotate(agreed=Exists(yes))
    known = {one.pk: (one.full_name, one.agreed) for one in people}
    courses = _courses(fund, since, until)
    found = [
        _line(one, known.get(one.candidate), courses.get((one.candidate, one.quarter), NOTHING))
        for one in every
    ]
    return sorted(
        found, key=lambda line: (-line.covered.quarter.toordinal(), line.name, line.covered.candidate)
    )


def _line(one: Covered, known: tuple[str, bool] | None, training: Decimal) -> Line:
    if known is None:
        why = _("Kan niet meer: deze persoon gaat eruit.") if one.minutes.without > 0 else ""
        return Line(one, _("Iemand die eruit gaat"), True, one.minutes.in_hours(), training, why)
    name, agreed = known
    return Line(one, name, False, one.minutes.in_hours(), training, _why(one, agreed=agreed))


def _courses(fund: int, since: date, until: date) -> dict[tuple[int, date], Decimal]:
    """Hours of attendance at courses on signed evidence of the fund, by person and quarter."""
    found = (
        EvidenceHour.objects.filter(
            sheet__fund=fund,
            sheet__state=EvidenceState.SIGNED,
            attendance__isnull=False,
            on__range=(since, until),
        )
        .order_by()
        .values_list("candidate", TruncQuarter("on"))
        .annotate(Sum("minutes"))
    )
    return {(person, quarter): hours_of(minutes) for person, quarter, minutes in found}


def _why(one: Covered, *, agreed: bool) -> str:
    """What is needed before every claimed hour is signed for; empty when it is."""
    time = one.minutes
    if time.without <= 0:
        return ""
    if not agreed:
        return _("Geen ja om dit aan een fonds te laten zien.")
    if time.waiting >= time.without:
        return _("Wacht op een tweede persoon die tekent.")
    if time.signed or time.waiting:
        return _("Een deel staat nog niet op een bewijs.")
    return _("Staat nog niet op een bewijs.")


def on_its_fund(sheet: EvidenceSheet, people: Collection[EvidenceLine]) -> Iterator[list[Any]]:
    """For the workbook: the hours on the sheet's own fund in its period, as they are now.

    Of who still says yes to the fund: after a no it keeps what was signed, and learns nothing more. Which other funds
    somebody's hours are on is no business of this one; that no hour is on two, the database sees to.
    """
    ids = {line.candidate_id for line in people}
    yes = Consent.objects.in_force().filter(purpose=ConsentPurpose.FUNDER, candidate__in=ids)
    agreed = set(yes.values_list("candidate", flat=True))
    told: dict[int, list[Tally]] = defaultdict(list)
    for one in covered(sheet.bureau_id, sheet.since, sheet.until, fund=sheet.fund_id):
        told[one.candidate].append(one.minutes)
    for line in people:
        if line.candidate_id in agreed and (found := told.get(line.candidate_id or 0)):
            hours = _together(found).in_hours()
            yield [line.content["name"], hours.claimed, hours.signed, hours.without]


def _together(every: Collection[Tally]) -> Tally:
    return Tally(
        *(sum((getattr(one, name) for one in every), NOTHING) for name in ("claimed", "signed", "waiting"))
    )
