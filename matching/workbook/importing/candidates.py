"""Candidates: found again by their key or by name and birth, made where they are new, never merged on a guess."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.db.models import Q
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from candidates.enums import OrganisationKind, ResidentKind, Stage
from candidates.models import Candidate, Organisation, StageChange
from candidates.names import search_name
from matching.workbook.columns import Sheet
from matching.workbook.doubles import People, Person, swapped
from matching.workbook.importing import bulk, consents, intakes
from matching.workbook.importing.ground import Ground, set_changed
from matching.workbook.rows import CandidateRow
from matching.workbook.values import Birth, PersonName, fold

SHEET = Sheet.CANDIDATES
_KINDS = (
    ("wijkteam", OrganisationKind.WIJKTEAM),
    ("sociaal team", OrganisationKind.WIJKTEAM),
    ("buurthuis", OrganisationKind.COMMUNITY_CENTRE),
    ("wijkcentrum", OrganisationKind.COMMUNITY_CENTRE),
    ("buurtcentrum", OrganisationKind.COMMUNITY_CENTRE),
    ("welzijn", OrganisationKind.WELFARE),
    ("werk en inkomen", OrganisationKind.WORK_INCOME),
    ("w i", OrganisationKind.WORK_INCOME),
    ("uwv", OrganisationKind.WORK_INCOME),
    ("school", OrganisationKind.SCHOOL),
    ("reclassering", OrganisationKind.PROBATION),
    ("zorg", OrganisationKind.CARE),
)


Pair = tuple[CandidateRow, Candidate]


def take(rows: list[CandidateRow], ground: Ground) -> None:
    """One chunk: a fixed number of queries, whatever its size."""
    organisations = _organisations(rows, ground)
    same, changed_rows = ground.known(Candidate, rows)
    ground.claimed.update(same.values(), (candidate.pk for candidate in changed_rows.values()))
    by_key = [(row, changed_rows[row.head]) for row in rows if row.head in changed_rows]
    rest = [row for row in rows if row.head not in same and row.head not in changed_rows]
    by_name = _find_by_name(rest, ground)
    seen = {row.head for row, _candidate in by_name}
    new = [row for row in rest if row.head not in seen]
    _tell_doubles(new, ground)
    created = _create(new, ground, organisations)
    changed = intakes.take([*by_key, *by_name, *created], ground)
    consents.take([*by_key, *by_name, *created], ground)
    changed |= _update(by_key, ground, organisations, by_key=True)
    changed |= _update(by_name, ground, organisations, by_key=False)
    count = ground.count(SHEET)
    updated = sum(candidate.pk in changed for _row, candidate in (*by_key, *by_name))
    count.created += len(created)
    count.updated += updated
    count.unchanged += len(rows) - len(created) - updated


def _find_by_name(rows: list[CandidateRow], ground: Ground) -> list[Pair]:
    """People with the same name of whom birth date, phone or e-mail agrees; each is found once."""
    if ground.empty or not rows:
        return []
    names: dict[str, list[Candidate]] = defaultdict(list)
    known = Candidate.objects.filter(bureau=ground.bureau, created_at__lt=ground.started)
    for candidate in known.filter(search_name__in=[_search(row) for row in rows]).order_by("pk"):
        names[candidate.search_name].append(candidate)
    pairs = []
    for row in rows:
        same = next((c for c in names.get(_search(row), ()) if _is_same(row, c, ground)), None)
        if same is not None:
            pairs.append((row, same))
            ground.claimed.add(same.pk)
    return pairs


def _search(row: CandidateRow) -> str:
    return _search_name(row.name)


@lru_cache(maxsize=5000)
def _search_name(name: PersonName) -> str:
    return search_name(name.first, name.prefix, name.last)


def _is_same(row: CandidateRow, candidate: Candidate, ground: Ground) -> bool:
    """The very same name, nothing that contradicts, and something beside the name that agrees."""
    if candidate.pk in ground.claimed or candidate.full_name.casefold() != row.name.full.casefold():
        return False
    birth, other = row.birth, _birth(candidate)
    if birth and other:
        return birth.year == other.year and len({birth.on, other.on} - {None}) < 2
    return bool(row.phone and row.phone == candidate.phone) or bool(
        row.email and row.email == candidate.email.lower()
    )


def _birth(candidate: Candidate) -> Birth | None:
    year = candidate.born_in()
    return Birth(year, candidate.birth_date) if year else None


def _update(pairs: list[Pair], ground: Ground, organisations: dict[str, int], *, by_key: bool) -> set[int]:
    """Bring known people up to date; gives whose record changed.

    A row that is known by its key says the same name, birth, phone and e-mail as when it came: what somebody
    corrected since then stays corrected. A row that says nothing new does not even come here.
    """
    fields: set[str] = set()
    changed: list[Candidate] = []
    told: set[int] = set()
    for row, candidate in pairs:
        values = {**_said(row, ground, organisations), "import_key": row.key}
        if not by_key:
            values |= _identity(row)
        names = set_changed(candidate, values.items())
        if "birth_date" in names and candidate.birth_year:
            candidate.birth_year = None
            names.add("birth_year")
        if names:
            candidate.updated_at = timezone.now()
            fields |= names
            changed.append(candidate)
        if names - {"import_key"}:
            told.add(candidate.pk)
    if changed:
        bulk.update(changed, [*sorted(fields), "updated_at"])
    return told


def _identity(row: CandidateRow) -> dict[str, Any]:
    """Phone, e-mail and birth; only the year where no date is known."""
    birth = row.birth
    return {
        "phone": row.phone,
        "email": row.email,
        "birth_date": birth.on if birth else None,
        "birth_year": birth.year if birth and not birth.on else None,
    }


def _said(row: CandidateRow, ground: Ground, organisations: dict[str, int]) -> dict[str, Any]:
    """What a row says of somebody beside who it is."""
    student = {True: ResidentKind.STUDENT, False: ResidentKind.RESIDENT, None: None}[row.student]
    return {
        "postcode": row.postcode,
        "area_id": ground.area(row, row.area, row.postcode),
        "resident_kind": student,
        "source": row.source,
        "source_organisation_id": organisations.get(fold(row.source_organisation)),
        "without_work_since": row.without_work_since,
        "connector_id": ground.colleague(row, "connector", row.connector, Role.CONNECTOR),
        "coach_id": ground.colleague(row, "coach", row.coach, Role.COACH),
        "entered_on": row.entered_on,
    }


def _create(rows: list[CandidateRow], ground: Ground, organisations: dict[str, int]) -> list[Pair]:
    """New files, each with the day on which it began."""
    pairs = [(row, _new(row, ground, organisations)) for row in rows]
    bulk.insert(candidate for _row, candidate in pairs)
    bulk.insert(change for row, candidate in pairs for change in _stages(row, candidate, ground))
    ground.claimed.update(candidate.pk for _row, candidate in pairs)
    ground.undated.update(c.pk for row, c in pairs if row.entered_on is None and row.intake_on is None)
    return pairs


def _stages(row: CandidateRow, candidate: Candidate, ground: Ground) -> Iterator[StageChange]:
    """Met on the first day, and looking for work since the intake."""
    about = {"bureau_id": candidate.bureau_id, "candidate_id": candidate.pk, "by": ground.by}
    yield StageChange(**about, to_stage=Stage.MET, on=candidate.entered_on)
    if row.intake_on:
        yield StageChange(**about, from_stage=Stage.MET, to_stage=Stage.SEARCHING, on=row.intake_on)


def _new(row: CandidateRow, ground: Ground, organisations: dict[str, int]) -> Candidate:
    said = {
        name: value for name, value in _said(row, ground, organisations).items() if value not in (None, "")
    }
    came = [day for day in (row.entered_on, row.intake_on) if day]
    return Candidate(
        bureau=ground.bureau,
        first_name=row.name.first,
        infix=row.name.prefix,
        last_name=row.name.last,
        search_name=_search(row),
        import_key=row.key,
        stage=Stage.SEARCHING if row.intake_on else Stage.MET,
        last_contact_on=max(came, default=None),
        **_identity(row),
        **{**said, "entered_on": min(came, default=ground.today)},
    )


def _tell_doubles(rows: list[CandidateRow], ground: Ground) -> None:
    """Say which new people may be somebody the bureau has on file; both stay."""
    if ground.empty or not rows:
        return
    people = _alike(rows, ground)
    for row in rows:
        person = Person.of(row.name, row.birth, row.phone, row.email, row=row.row)
        if found := people.like(person):
            ground.double(row, SHEET, found[0].full, found[1])


def _alike(rows: list[CandidateRow], ground: Ground) -> People:
    """Everybody on file who shares a name, phone, e-mail or birth date with one of the rows."""
    days = {
        day
        for row in rows
        if row.birth and row.birth.on
        for day in (row.birth.on, swapped(row.birth.on))
        if day
    }
    shared = (
        Q(search_name__in={_search(row) for row in rows})
        | Q(phone__in={row.phone for row in rows if row.phone})
        | Q(email__in={row.email for row in rows if row.email})
        | Q(birth_date__in=days)
    )
    people = People()
    known = Candidate.objects.filter(shared, bureau=ground.bureau, created_at__lt=ground.started).order_by(
        "pk"
    )
    for candidate in known:
        name = PersonName(candidate.first_name, candidate.infix, candidate.last_name)
        people.add(Person.of(name, _birth(candidate), candidate.phone, candidate.email, pk=candidate.pk))
    return people


def _organisations(rows: list[CandidateRow], ground: Ground) -> dict[str, int]:
    """Organisations by folded name; new ones are made, of the kind that their name tells."""
    names = {
        fold(row.source_organisation): row.source_organisation for row in rows if row.source_organisation
    }
    if not names:
        return {}
    mine = Organisation.objects.filter(bureau=ground.bureau)
    known = {fold(name): pk for pk, name in mine.order_by("pk").values_list("pk", "name")}
    new = [
        Organisation(bureau=ground.bureau, name=name, kind=_kind(key))
        for key, name in names.items()
        if key not in known
    ]
    bulk.insert(new)
    return known | {fold(organisation.name): organisation.pk for organisation in new}


def _kind(key: str) -> str:
    return next((kind for word, kind in _KINDS if word in key), OrganisationKind.OTHER)
