"""Conversations and measurements: what was said and where somebody stood, on a day."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from candidates.models import Candidate, Conversation, Measurement
from matching.workbook.columns import Sheet
from matching.workbook.importing import bulk
from matching.workbook.importing.ground import Ground, set_changed
from matching.workbook.importing.persons import Found, find_people
from matching.workbook.rows import ConversationRow, MeasurementRow


def take_conversations(rows: list[ConversationRow], ground: Ground) -> None:
    """One chunk of the sheet; the day of the last contact follows."""
    same, known = ground.known(Conversation, rows)
    pairs = find_people([row for row in rows if row.head not in same], Sheet.CONVERSATIONS, ground)
    new = [
        Conversation(
            bureau=ground.bureau,
            candidate_id=person.pk,
            held_on=row.held_on,
            kind=row.kind,
            minutes=row.minutes,
            text=row.text,
            by_id=ground.colleague(row, "by", row.by, None),
            import_key=row.key,
        )
        for row, person in pairs
        if row.head not in known
    ]
    bulk.insert(new)
    changed = []
    for row, _person in pairs:
        conversation = known.get(row.head)
        if conversation is not None:
            said = {"minutes": row.minutes, "text": row.text, "import_key": row.key}
            set_changed(conversation, said.items())
            changed.append(conversation)
    bulk.update(changed, ["minutes", "text", "import_key"])
    _last_contact([(person.pk, row.held_on) for row, person in pairs])
    count = ground.count(Sheet.CONVERSATIONS)
    count.created += len(new)
    count.updated += len(changed)
    count.unchanged += len(same)


def _last_contact(days: Iterable[tuple[int, date]]) -> None:
    """The last contact is the latest that is known; it never goes back."""
    latest: dict[int, date] = {}
    for pk, day in days:
        latest[pk] = max(day, latest.get(pk, day))
    later = []
    for candidate in Candidate.objects.filter(pk__in=latest).only("pk", "last_contact_on"):
        if candidate.last_contact_on is None or candidate.last_contact_on < latest[candidate.pk]:
            candidate.last_contact_on, candidate.updated_at = latest[candidate.pk], timezone.now()
            later.append(candidate)
    bulk.update(later, ["last_contact_on", "updated_at"])


def take_measurements(rows: list[MeasurementRow], ground: Ground) -> None:
    """One chunk of the sheet; a second measurement on a day corrects the first."""
    pairs = find_people(rows, Sheet.MEASUREMENTS, ground)
    known = {
        (measurement.candidate_id, measurement.measured_on): measurement
        for measurement in Measurement.objects.filter(candidate__in={person.pk for _row, person in pairs})
    }
    new: dict[tuple[int, date], Measurement] = {}
    changed = []
    count = ground.count(Sheet.MEASUREMENTS)
    for row, person in pairs:
        key = (person.pk, row.measured_on)
        if key in new:
            count.unchanged += 1  # one person under two spellings: the first row of that day counts
        elif key not in known:
            new[key] = _measurement(row, person, ground)
        elif set_changed(known[key], _said(row)):
            changed.append(known[key])
        else:
            count.unchanged += 1
    bulk.insert(new.values())
    bulk.update(changed, ["rung", "potential", "wellbeing"])
    count.created += len(new)
    count.updated += len(changed)


def _said(row: MeasurementRow) -> list[tuple[str, object]]:
    return [("rung", row.rung), ("potential", row.potential), ("wellbeing", row.wellbeing)]


def _measurement(row: MeasurementRow, person: Found, ground: Ground) -> Measurement:
    return Measurement(
        bureau=ground.bureau,
        candidate_id=person.pk,
        measured_on=row.measured_on,
        rung=row.rung,
        potential=row.potential,
        wellbeing=row.wellbeing,
        by_id=ground.colleague(row, "by", row.by, None),
    )
