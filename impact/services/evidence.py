"""Evidence for a fund: put down by one, signed by another, and never changed after that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtbaan.audit.services import record_reads
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from impact.canonical import sha256
from impact.models import EvidenceHour, EvidenceLine, EvidenceSheet, EvidenceState
from impact.participation import TALK, TRAINING, Gathered, Taken, gather

SCHEMA = "buurtbaan-evidence/1"


def locked(sheet: EvidenceSheet, *states: str) -> EvidenceSheet:
    """The sheet as it is now, kept from others. Raises NotAllowedNow when it is in another state."""
    found = (
        EvidenceSheet.objects.select_related("fund", "bureau")
        .select_for_update(of=("self",))
        .get(pk=sheet.pk)
    )
    if found.state not in states:
        raise NotAllowedNow(
            _("Dit bewijs is nu: %(state)s. Laad de bladzijde opnieuw.")
            % {"state": found.get_state_display().lower()}
        )
    return found


@transaction.atomic
def prepare(*, sheet: EvidenceSheet, by: Membership) -> EvidenceSheet:
    """Put down everybody and every hour as they are now, for a second person to sign; each file is noted as read.

    Raises NotAllowedNow without anybody to put down, or for a period that is not over.
    """
    sheet = locked(sheet, EvidenceState.DRAFT)
    if sheet.until > timezone.localdate():
        raise NotAllowedNow(_("De periode is nog niet voorbij. Kies een eerdere laatste dag."))
    found = gather(sheet)
    if not found.people:
        raise NotAllowedNow(_("Er is niemand met een ja en met uren op dit fonds in deze periode."))
    lines = _write_down(sheet, found)
    sheet.content = content_of(sheet, found, lines)
    sheet.sha256 = sha256(sheet.content)
    sheet.state, sheet.prepared_at = EvidenceState.PREPARED, timezone.now()
    sheet.prepared_by, sheet.prepared_name = by, str(by.user)[:160]
    sheet.save()
    _note(sheet, found, by)
    return sheet


def _write_down(sheet: EvidenceSheet, found: Gathered) -> list[EvidenceLine]:
    here = {"bureau_id": sheet.bureau_id, "sheet": sheet}
    lines = [_line(one, here) for one in found.people]
    EvidenceHour.objects.bulk_create(_hour(one, hour, here) for one in found.people for hour in one.hours)
    return EvidenceLine.objects.bulk_create(lines)


def _line(one: Taken, here: dict[str, Any]) -> EvidenceLine:
    content = one.content()
    return EvidenceLine(**here, candidate=one.candidate, content=content, sha256=sha256(content))


def _hour(one: Taken, hour: Any, here: dict[str, Any]) -> EvidenceHour:
    source = {("conversation_id" if hour.kind == TALK else "attendance_id"): hour.source}
    return EvidenceHour(**here, candidate=one.candidate, on=hour.on, minutes=hour.minutes, **source)


def content_of(sheet: EvidenceSheet, found: Gathered, lines: list[EvidenceLine]) -> dict[str, Any]:
    """What is signed about the whole: sums, and the hash of each line, so that a line that is gone shows."""
    return {
        "schema": SCHEMA,
        "bureau": sheet.bureau.name,
        "fund": sheet.fund.name,
        "project": sheet.project,
        "since": sheet.since.isoformat(),
        "until": sheet.until.isoformat(),
        "people": len(lines),
        "talk_minutes": sum(one.minutes(TALK) for one in found.people),
        "training_minutes": sum(one.minutes(TRAINING) for one in found.people),
        "without_yes": len(found.without_yes),
        "still_needed": found.needed,
        "lines": sorted(line.sha256 for line in lines),
    }


def _note(sheet: EvidenceSheet, found: Gathered, by: Membership) -> None:
    reason = _("Bewijs voor %(fund)s") % {"fund": sheet.fund.name}
    record_reads(
        by=by, candidate_ids=[one.candidate.pk for one in found.people], what="evidence", reason=reason
    )


@transaction.atomic
def put_back(*, sheet: EvidenceSheet, by: Membership) -> EvidenceSheet:
    """Make it a draft again, as long as nobody signed: what was put down goes, and its hours are free."""
    sheet = locked(sheet, EvidenceState.PREPARED)
    sheet.hours.all().delete()
    sheet.lines.all().delete()
    sheet.state, sheet.content, sheet.sha256 = EvidenceState.DRAFT, {}, ""
    sheet.prepared_by, sheet.prepared_name, sheet.prepared_at = None, "", None
    sheet.save()
    return sheet


def may_sign(sheet: EvidenceSheet, by: Membership) -> bool:
    """A second person of the bureau: another manager, or a coach with the export right."""
    if sheet.state != EvidenceState.PREPARED or sheet.bureau_id != by.bureau_id:
        return False
    first = sheet.prepared_by
    same = first is not None and (first.pk == by.pk or first.user_id == by.user_id)
    return not same and (by.role == Role.MANAGER or (by.role == Role.COACH and by.may_export))


@transaction.atomic
def sign(*, sheet: EvidenceSheet, by: Membership) -> EvidenceSheet:
    """Sign as the second person; from here on nothing on it changes. Each file on it is noted as read.

    Raises NotAllowedNow for who prepared it, or when it is not any more what was put down.
    """
    sheet = locked(sheet, EvidenceState.PREPARED)
    if not may_sign(sheet, by):
        raise NotAllowedNow(_("Tekenen doet een tweede persoon: niet wie het klaarzette."))
    if not is_whole(sheet):
        raise NotAllowedNow(_("Het bewijs is niet meer zoals het is klaargezet. Zet het opnieuw klaar."))
    sheet.state, sheet.signed_at = EvidenceState.SIGNED, timezone.now()
    sheet.signed_by, sheet.signed_name = by, str(by.user)[:160]
    sheet.save(update_fields=["state", "signed_at", "signed_by", "signed_name"])
    reason = _("Ondertekend voor %(fund)s") % {"fund": sheet.fund.name}
    ids = list(sheet.lines.values_list("candidate", flat=True))
    record_reads(by=by, candidate_ids=ids, what="evidence", reason=reason)
    return sheet


@transaction.atomic
def withdraw(*, sheet: EvidenceSheet, reason: str, by: Membership) -> EvidenceSheet:
    """Take a signed sheet out of use, with a reason; it stays to be read, and its hours are free for another one."""
    sheet = locked(sheet, EvidenceState.SIGNED)
    if not reason.strip():
        raise NotAllowedNow(_("Schrijf op waarom je dit bewijs intrekt."))
    sheet.hours.all().delete()
    sheet.state, sheet.withdrawn_at = EvidenceState.WITHDRAWN, timezone.now()
    sheet.withdrawn_reason = reason.strip()[:300]
    sheet.save(update_fields=["state", "withdrawn_at", "withdrawn_reason"])
    return sheet


@transaction.atomic
def remove(*, sheet: EvidenceSheet, by: Membership) -> None:
    """Throw a draft away."""
    locked(sheet, EvidenceState.DRAFT).delete()


def is_whole(sheet: EvidenceSheet, lines: Sequence[EvidenceLine] | None = None) -> bool:
    """Whether content and lines still are what the hashes say; lines of erased people may be gone."""
    told = set(sheet.content.get("lines", []))
    lines = list(sheet.lines.all()) if lines is None else lines
    same = all(line.sha256 in told and sha256(line.content) == line.sha256 for line in lines)
    return same and sha256(sheet.content) == sheet.sha256


def changes(sheet: EvidenceSheet) -> list[str]:
    """What is different now from what was put down, in words; it changes nothing on the sheet."""
    now = {one.candidate.pk: one.content() for one in gather(sheet).people}
    lines = {line.candidate_id: line.content for line in sheet.lines.all()}
    gone = sheet.content.get("people", len(lines)) - len(lines)
    found = [_erased(gone)] if gone else []
    for pk, was in lines.items():
        if pk not in now:
            found.append(
                _("%(name)s zou er nu niet op staan: het ja of de uren zijn weg.") % {"name": was["name"]}
            )
        else:
            words = [text for key, text in _CHANGED.items() if was[key] != now[pk][key]]
            if words:
                found.append(f"{was['name']}: " + ", ".join(str(word()) for word in words) + ".")
    more = len(now.keys() - lines.keys())
    return found + ([_joined(more)] if more else [])


def _erased(count: int) -> str:
    return ngettext(
        "%(n)s regel is gewist, samen met het dossier.",
        "%(n)s regels zijn gewist, samen met het dossier.",
        count,
    ) % {"n": count}


def _joined(count: int) -> str:
    return ngettext("%(n)s mens zou er nu bij komen.", "%(n)s mensen zouden er nu bij komen.", count) % {
        "n": count
    }


_CHANGED: dict[str, Any] = {
    "name": lambda: _("andere naam"),
    "born": lambda: _("ander geboortejaar"),
    "entry": lambda: _("andere begindag"),
    "exit": lambda: _("ander einde"),
    "benefit": lambda: _("andere uitkering"),
    "without_work_since": lambda: _("andere dag zonder werk sinds"),
    "days": lambda: _("andere uren of dagen"),
    "work": lambda: _("ander werk"),
}


__all__ = [
    "TRAINING", "changes", "content_of", "is_whole", "may_sign", "prepare", "put_back", "remove", "sign", "withdraw",
]  # fmt: skip
