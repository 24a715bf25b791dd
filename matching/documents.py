"""What the sheet of a coach's hours receives: on paper, as a workbook, and on screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.workbooks import new_book, write_sheet
from matching.coaching import HOUR, Grant, content_of
from matching.enums import Grantor
from matching.models import CoachPeriod, CoachPlan

CENT = Decimal("0.01")


@dataclass(frozen=True)
class SheetLine:
    """Time for one goal on one day."""

    on: date
    goal: str
    minutes: int
    travel: int
    done: str
    by: str
    pk: int


@dataclass(frozen=True)
class SheetGoal:
    """A goal with what was granted, what went before, and what these days added."""

    words: str
    granted: int
    before: int
    inside: int

    @property
    def grant(self) -> Grant:
        """Granted against used, up to the last day of the sheet."""
        return Grant(self.words, self.granted, self.before + self.inside)


@dataclass(frozen=True)
class Signer:
    """A place to sign, filled in where somebody did."""

    role: str
    name: str = ""
    at: datetime | None = None
    drawing: str = ""


@dataclass(frozen=True)
class Sheet:
    """The hours of one plan in some days, and who signed them."""

    person: str
    employer: str
    plan: dict[str, Any]
    granted_by: str
    since: date
    until: date
    lines: list[SheetLine]
    goals: list[SheetGoal]
    minutes: int
    travel: int
    signers: list[Signer] = field(default_factory=list)
    version: int = 0
    sha256: str = ""

    @property
    def is_draft(self) -> bool:
        """Not put down yet."""
        return not self.sha256


def draft_sheet(plan: CoachPlan, since: date, until: date, *, by: Membership | None = None) -> Sheet:
    """The hours as they are now, with empty lines to sign. by: only the lines that this colleague noted."""
    content = content_of(plan, since, until)
    if by:
        mine = set(
            plan.lines.filter(by=by, pk__in=[one["id"] for one in content["lines"]]).values_list(
                "pk", flat=True
            )
        )
        content["lines"] = [line for line in content["lines"] if line["id"] in mine]
        content["minutes"] = sum(line["minutes"] for line in content["lines"])
        content["travel_minutes"] = sum(line["travel_minutes"] for line in content["lines"])
    return _sheet(
        content,
        (plan.candidate.full_name, plan.employer.name),
        [
            Signer(_("Jobcoach"), str(by.user)[:120] if by else ""),
            Signer(_("Kandidaat")),
            Signer(_("Werkgever")),
        ],
    )


def period_sheet(period: CoachPeriod, *, shared: bool = False) -> Sheet:
    """A period as it was put down, with the names under it; nothing is read again from the lines.

    shared: for the employer, who sees the name that was agreed and not how the person signed; reads the period and
    its placement alone.
    """
    name, drawing = period.candidate_name, period.candidate_signature
    signers = [
        Signer(_("Jobcoach"), period.coach_name, period.made_at),
        Signer(_("Kandidaat"), "" if shared else name, period.candidate_signed_at, "" if shared else drawing),
        Signer(_("Werkgever"), period.employer_name, period.employer_signed_at),
    ]
    who = ("", "") if shared else (period.plan.candidate.full_name, period.plan.employer.name)
    return _sheet(period.content, who, signers, version=period.version, sha256=period.sha256)


def _sheet(content: dict[str, Any], who: tuple[str, str], signers: list[Signer], **seal: Any) -> Sheet:
    words = {goal["id"]: goal["words"] for goal in content["goals"]}
    return Sheet(
        person=who[0],
        employer=who[1],
        plan=content["plan"] | {name: date.fromisoformat(content["plan"][name]) for name in ("starts_on", "ends_on")},
        granted_by=content["plan"]["grantor"] or str(Grantor(content["plan"]["granted_by"]).label),
        since=date.fromisoformat(content["since"]),
        until=date.fromisoformat(content["until"]),
        lines=[
            SheetLine(
                date.fromisoformat(one["on"]), words[one["goal"]], one["minutes"], one["travel_minutes"],
                one["done"], one["by"], one["id"],
            )
            for one in content["lines"]
        ],
        goals=[SheetGoal(one["words"], one["granted"], one["before"], one["inside"]) for one in content["goals"]],
        minutes=content["minutes"],
        travel=content["travel_minutes"],
        signers=signers,
        **seal,
    )  # fmt: skip


def write_sheets(file: IO[bytes], sheets: Iterable[Sheet]) -> None:
    """The lines, the goals and the names of some sheets as a workbook; hours as numbers that can be added."""
    found = list(sheets)
    book = new_book(file)
    write_sheet(
        book, _("Uren"),
        [_("Kandidaat"), _("Werkgever"), _("Dag"), _("Doel"), _("Uren"), _("Reistijd"), _("Gedaan"), _("Door")],
        (
            [one.person, one.employer, line.on, line.goal, in_hours(line.minutes), in_hours(line.travel), line.done,
             line.by]
            for one in found for line in one.lines
        ),
    )  # fmt: skip
    write_sheet(
        book, _("Doelen"),
        [_("Kandidaat"), _("Werkgever"), _("Doel"), _("Toegekend"), _("Eerder"), _("In deze dagen"), _("Over")],
        (
            [one.person, one.employer, goal.words, in_hours(goal.granted), in_hours(goal.before),
             in_hours(goal.inside), in_hours(goal.grant.left)]
            for one in found for goal in one.goals
        ),
    )  # fmt: skip
    write_sheet(
        book, _("Handtekeningen"),
        [_("Kandidaat"), _("Werkgever"), _("Van"), _("Tot en met"), _("Wie"), _("Naam"), _("Getekend op"),
         _("Handtekening"), _("Controlegetal")],
        (
            [one.person, one.employer, one.since, one.until, signer.role, signer.name, _moment(signer.at),
             _("getekend op het scherm") if signer.drawing else "", one.sha256]
            for one in found for signer in one.signers
        ),
    )  # fmt: skip
    book.close()


def in_hours(minutes: int) -> Decimal:
    """Minutes as hours with two decimals."""
    return (Decimal(minutes) / HOUR).quantize(CENT)


def _moment(at: datetime | None) -> str:
    return date_format(timezone.localtime(at), "j F Y, H:i") if at else ""
