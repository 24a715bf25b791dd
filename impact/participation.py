"""Who took part under a fund in a period: entry, exit, target group, hours, attendance, work. Consented people only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtbaan.errors import NotAllowedNow
from candidates.enums import BenefitStatus, ConsentPurpose
from candidates.models import (
    Candidate,
    Consent,
    Conversation,
    FirstConversation,
    SessionAttendance,
    TrainingPlace,
)
from employers.enums import PAID_FORMS, WorkForm
from impact.models import EvidenceSheet
from matching.models import HoursStep, Placement

MOST_PEOPLE = 500
TALK, TRAINING = "talk", "training"


@dataclass(frozen=True)
class Hour:
    """One conversation or training day that counts. source: its number."""

    kind: str
    source: int
    on: date
    minutes: int
    what: str = ""


@dataclass
class Taken:
    """One person's participation. agreed: day and text of the yes. needed: what is still missing, in words."""

    candidate: Candidate
    agreed: tuple[str, str] | None
    met_on: date | None
    hours: list[Hour] = field(default_factory=list)
    work: dict[str, Any] | None = None
    needed: list[str] = field(default_factory=list)

    def minutes(self, kind: str) -> int:
        return sum(hour.minutes for hour in self.hours if hour.kind == kind)

    def content(self) -> dict[str, Any]:
        """What is put down about the person, as plain JSON: codes and days, no word of what they told."""
        one = self.candidate
        exit_day = one.closed_on.isoformat() if one.closed_on else None
        return {
            "name": one.full_name,
            "born": one.born_in(),
            "entry": min(day for day in (one.entered_on, self.met_on) if day).isoformat(),
            "exit": exit_day,
            "benefit": one.benefit,
            "without_work_since": one.without_work_since.isoformat() if one.without_work_since else None,
            "resident": one.resident_kind,
            "talk_minutes": self.minutes(TALK),
            "training_minutes": self.minutes(TRAINING),
            "days": [[hour.on.isoformat(), hour.kind, hour.what, hour.minutes] for hour in self.hours],
            "work": self.work,
            "consent": list(self.agreed or ()),
        }


@dataclass
class Gathered:
    """Everybody who may stand on a sheet, and how many gave no yes: those are named to the manager alone."""

    people: list[Taken] = field(default_factory=list)
    without_yes: list[Candidate] = field(default_factory=list)

    @property
    def needed(self) -> int:
        return sum(bool(one.needed) for one in self.people)


def gather(sheet: EvidenceSheet) -> Gathered:
    """Who took part, from the data as they are now; within the bureau's scope. Hours on another sheet do not count.

    Raises NotAllowedNow for more people than one sheet can hold.
    """
    people = _people(sheet)
    ids = [pk for pk, one in people.items() if one.agreed]
    days, unticked = _trainings(sheet, ids), _unticked(sheet, ids)
    for pk in ids:
        one = people[pk]
        one.hours = sorted([*one.hours, *days[pk]], key=lambda hour: (hour.on, hour.kind, hour.source))
        one.needed = [*_needed(one), *unticked[pk]]
    without = [one.candidate for one in people.values() if not one.agreed]
    return Gathered([people[pk] for pk in ids], without)


def _people(sheet: EvidenceSheet) -> dict[int, Taken]:
    """Everybody with hours on the fund, by name, with those hours; in one query."""
    first = FirstConversation.objects.filter(candidate=OuterRef("candidate")).order_by("held_on", "pk")
    yes = Consent.objects.in_force().filter(purpose=ConsentPurpose.FUNDER, candidate=OuterRef("candidate"))
    rows = Conversation.objects.filter(
        _free(sheet), bureau=sheet.bureau_id, fund=sheet.fund_id, minutes__gt=0,
        held_on__range=(sheet.since, sheet.until), candidate__leaving_on=None,
    ).annotate(
        met_on=Subquery(first.values("held_on")[:1]),
        yes_at=Subquery(yes.values("given_at")[:1]),
        yes_text=Subquery(yes.values("text_version")[:1]),
        work=_newest_work(sheet),
    )  # fmt: skip
    found: dict[int, Taken] = {}
    for row in rows.select_related("candidate").order_by("candidate__search_name", "candidate", "pk"):
        agreed = (timezone.localdate(row.yes_at).isoformat(), row.yes_text) if row.yes_at else None
        work = _worked(row.work, sheet.until.isoformat())
        taken = Taken(row.candidate, agreed, row.met_on, work=work)
        one = found.setdefault(row.candidate_id, taken)
        one.hours.append(Hour(TALK, row.pk, row.held_on, row.minutes or 0))
        if len(found) > MOST_PEOPLE:
            raise NotAllowedNow(_("Dit zijn te veel mensen voor één bewijs. Kies een kortere periode."))
    return found


def _free(sheet: EvidenceSheet) -> Q:
    """Hours that stand on no other sheet."""
    return Q(evidence=None) | Q(evidence__sheet=sheet)


def _trainings(sheet: EvidenceSheet, ids: list[int]) -> dict[int, list[Hour]]:
    rows = SessionAttendance.objects.filter(
        _free(sheet), candidate__in=ids, came=True, session__starts_at__date__range=(sheet.since, sheet.until)
    ).select_related("session__training")
    found: dict[int, list[Hour]] = defaultdict(list)
    for row in rows.order_by("pk"):
        day = timezone.localdate(row.session.starts_at)
        title = row.session.training.title
        found[row.candidate_id].append(Hour(TRAINING, row.pk, day, row.session.minutes, title))
    return found


def _unticked(sheet: EvidenceSheet, ids: list[int]) -> dict[int, list[str]]:
    """Days of trainings that somebody follows, on which nobody ticked who was there."""
    over = min(sheet.until, timezone.localdate())
    places = TrainingPlace.objects.filter(
        candidate__in=ids, stopped_on=None, training__sessions__starts_at__date__range=(sheet.since, over)
    ).filter(~Exists(SessionAttendance.objects.filter(session=OuterRef("training__sessions"))))
    rows = places.order_by("training__sessions__starts_at", "pk").values_list(
        "candidate", "training__title", "training__sessions__starts_at"
    )
    found: dict[int, list[str]] = defaultdict(list)
    for candidate, title, at in rows:
        words = {"training": title, "day": date_format(timezone.localdate(at), "j F Y")}
        found[candidate].append(_("aanwezigheid bij %(training)s op %(day)s") % words)
    return found


def _newest_work(sheet: EvidenceSheet) -> Subquery:
    """The newest work that somebody began before the end of the period, with its hours a week then."""
    steps = HoursStep.objects.filter(placement=OuterRef("pk"), during__startswith__lte=sheet.until)
    hours = Subquery(steps.order_by("-during").values("hours")[:1])
    rows = Placement.objects.filter(candidate=OuterRef("candidate"), starts_on__lte=sheet.until)
    said = JSONObject(form="form", since="starts_on", until="ended_on", hours=hours)
    return Subquery(rows.order_by("-starts_on", "-pk").values(said=said)[:1])


def _worked(work: dict[str, Any] | None, until: str) -> dict[str, Any] | None:
    """What each person worked at the exit, or at the end of the period."""
    if work is None:
        return None
    ended, hours = work["until"], work["hours"]
    return {
        "form": work["form"],
        "paid": work["form"] in PAID_FORMS,
        "since": work["since"],
        "until": ended if ended and ended <= until else None,
        "hours": "" if hours is None else format(Decimal(str(hours)).normalize(), "f"),
    }


def _needed(taken: Taken) -> list[str]:
    """What a fund will ask for and the file does not have."""
    missing, one = [], taken.candidate
    if one.born_in() is None:
        missing.append(_("geboortejaar"))
    if not one.benefit and one.without_work_since is None:
        missing.append(_("doelgroep: uitkering, of sinds wanneer zonder werk (als iemand dat wil vertellen)"))
    if taken.met_on is None:
        missing.append(_("verslag van het eerste gesprek"))
    if one.closed_on and not one.closed_reason:
        missing.append(_("waarom het dossier is afgesloten"))
    return missing


BENEFITS = dict(BenefitStatus.choices)
FORMS = dict(WorkForm.choices)


def work_words(work: dict[str, Any] | None) -> str:
    """The work in one line, for page and file."""
    if not work:
        return _("geen werk")
    parts = [str(FORMS.get(work["form"], work["form"])), _("betaald") if work["paid"] else _("onbetaald")]
    if work["hours"]:
        parts.append(_("%(hours)s uur per week") % {"hours": work["hours"].replace(".", ",")})
    parts.append(_("sinds %(day)s") % {"day": date_format(date.fromisoformat(work["since"]), "j F Y")})
    if work["until"]:
        parts.append(
            _("gestopt op %(day)s") % {"day": date_format(date.fromisoformat(work["until"]), "j F Y")}
        )
    return ", ".join(parts)


def group_words(content: dict[str, Any]) -> str:
    """The target group in one line."""
    parts = [str(BENEFITS[content["benefit"]])] if content["benefit"] in BENEFITS else []
    if content["without_work_since"]:
        day = date_format(date.fromisoformat(content["without_work_since"]), "F Y")
        parts.append(_("zonder werk sinds %(day)s") % {"day": day})
    return ", ".join(parts) or _("onbekend")
