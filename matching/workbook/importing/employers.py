"""Employers, their places and people: one per name, new ones without more than a name are welcome."""

import re
from collections.abc import Iterable
from typing import Any, TypeAlias

from django.utils import timezone
from django.utils.translation import gettext as _

from employers.enums import EmployerKind
from employers.models import Contact, Employer, FormerEmployer, Location
from employers.places import fill
from matching.workbook.columns import Sheet
from matching.workbook.doubles import Double
from matching.workbook.importing import bulk
from matching.workbook.importing.ground import Ground, set_changed
from matching.workbook.rows import ContactRow, EmployerRow, LocationRow, PlacementRow, PositionRow
from matching.workbook.values import fold

SHEET = Sheet.EMPLOYERS
Named: TypeAlias = PositionRow | PlacementRow | ContactRow | LocationRow
"""Rows of other sheets, which name an employer."""
_LEGAL = re.compile(r"\b(?:b v|bv|n v|nv|vof|v o f|stichting|cv|coop|cooperatie|u a|ua)\b")


def plain_name(name: str) -> str:
    """A company's name for finding it: without accents, capitals, and what a notary put to it."""
    key = fold(name)
    return " ".join(_LEGAL.sub(" ", key).split()) or key


class Employers:
    """The bureau's employers by name; a name that nobody knows becomes an employer with a note."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.exact: dict[str, int] = {}
        self.plain: dict[str, int] = {}
        self.kvk: dict[str, int] = {}
        for pk, name, kvk in (
            Employer.objects.filter(bureau=ground.bureau).order_by("pk").values_list("pk", "name", "kvk")
        ):
            self._remember(pk, name, kvk)
        formers = FormerEmployer.objects.filter(bureau=ground.bureau).order_by("-pk")
        for pk, name, kvk in formers.values_list("employer", "name", "kvk"):
            self._remember(pk, name, kvk)

    def _remember(self, pk: int, name: str, kvk: str) -> None:
        self.exact.setdefault(fold(name), pk)
        self.plain.setdefault(plain_name(name), pk)
        if kvk:
            self.kvk.setdefault(kvk, pk)

    def find(self, name: str) -> int | None:
        """The employer of this name, or of this name but for its legal form."""
        return self.exact.get(fold(name)) or self.plain.get(plain_name(name))

    def need(self, rows: Iterable[Named]) -> None:
        """Make the employers that other sheets name and nobody knows."""
        new: dict[str, Named] = {}
        for row in rows:
            if self.find(row.employer) is None:
                new.setdefault(plain_name(row.employer), row)
        for row in new.values():
            reason = _("Deze werkgever stond er nog niet in. We maken hem aan met alleen een naam.")
            self.ground.note(row, "employer", row.employer, reason, once=True)
        self._create([Employer(name=row.employer, kind=EmployerKind.SOCIAL) for row in new.values()])

    def _create(self, new: list[Employer]) -> None:
        for employer in new:
            employer.bureau = self.ground.bureau
        bulk.insert(new)
        for employer in new:
            self._remember(employer.pk, employer.name, employer.kvk)

    def take(self, rows: list[EmployerRow]) -> None:
        """One chunk of the sheet: made or brought up to date, with place and contact."""
        known = [(row, pk) for row in rows if (pk := self._known(row))]
        keys = {row.key for row, _pk in known}
        new = [row for row in rows if row.key not in keys]
        self._tell_doubles(new)
        self._create([self._new(row) for row in new])
        changed = self._update(known)
        pairs = [*known, *((row, self.exact[fold(row.name)]) for row in new)]
        changed |= self._places(pairs)
        changed |= self._contacts(pairs)
        count = self.ground.count(SHEET)
        count.created += len(new)
        count.updated += sum(pk in changed for _row, pk in known)
        count.unchanged += sum(pk not in changed for _row, pk in known)

    def _known(self, row: EmployerRow) -> int | None:
        return (self.kvk.get(row.kvk) if row.kvk else None) or self.exact.get(fold(row.name))

    def _tell_doubles(self, rows: list[EmployerRow]) -> None:
        """Names that differ in no more than a legal form are shown, not merged."""
        seen: dict[str, EmployerRow] = {}
        for row in rows:
            key = plain_name(row.name)
            earlier = seen.setdefault(key, row)
            reason = _("Bijna dezelfde naam.")
            if earlier is not row:
                self.ground.count(SHEET).doubles += 1
                double = Double(row.sheet, row.row, row.name, earlier.row, earlier.name, reason)
                self.ground.stream.doubles.append(double)
            elif key in self.plain:
                self.ground.double(row, SHEET, row.name, reason)

    def _new(self, row: EmployerRow) -> Employer:
        if not row.kind:
            reason = _("Geen soort werkgever ingevuld. We nemen sociale onderneming.")
            self.ground.note(row, "kind", "", reason, once=True)
        return Employer(
            name=row.name,
            kind=row.kind or EmployerKind.SOCIAL,
            import_key=row.key,
            kvk=row.kvk,
            sector_name=row.sector_name,
            website=row.website,
        )

    def _update(self, pairs: list[tuple[EmployerRow, int]]) -> set[int]:
        records = Employer.objects.in_bulk([pk for _row, pk in pairs])
        fields: set[str] = set()
        changed = []
        for row, pk in pairs:
            kvk = row.kvk if self.kvk.get(row.kvk, pk) == pk else ""
            said = {"kind": row.kind, "kvk": kvk, "sector_name": row.sector_name, "website": row.website}
            if names := set_changed(records[pk], said.items()):
                records[pk].updated_at = timezone.now()
                fields |= names
                changed.append(records[pk])
        if changed:
            bulk.update(changed, [*sorted(fields), "updated_at"])
        return {employer.pk for employer in changed}

    def _places(self, pairs: list[tuple[EmployerRow, int]]) -> set[int]:
        """An address that the employer did not have yet."""
        there = {
            (employer, fold(address), postcode, fold(city))
            for employer, address, postcode, city in Location.objects.filter(
                employer__in=[pk for _row, pk in pairs]
            ).values_list("employer", "address", "postcode", "city")
        }
        new = [
            Location(
                bureau=self.ground.bureau,
                employer_id=pk,
                address=row.address,
                postcode=row.postcode,
                city=row.city,
                area_id=self.ground.area(row, "", row.postcode),
            )
            for row, pk in pairs
            if (row.address or row.postcode or row.city)
            and (pk, fold(row.address), row.postcode, fold(row.city)) not in there
        ]
        fill(new)
        bulk.insert(new)
        return {location.employer_id for location in new}

    def _contacts(self, pairs: list[tuple[EmployerRow, int]]) -> set[int]:
        """A person, number or address to reach the employer that was not there yet."""
        records: dict[int, list[Contact]] = {}
        for contact in Contact.objects.filter(employer__in=[pk for _row, pk in pairs]).order_by("pk"):
            records.setdefault(contact.employer_id, []).append(contact)
        new, changed = [], []
        for row, pk in pairs:
            said: dict[str, Any] = {"email": row.email, "phone": row.phone}
            if not (row.contact or row.email or row.phone):
                continue
            name = row.contact or row.name
            found = next((c for c in records.get(pk, ()) if fold(c.name) == fold(name)), None)
            if found is None:
                new.append(Contact(bureau=self.ground.bureau, employer_id=pk, name=name, **said))
            elif set_changed(found, said.items()):
                changed.append(found)
        bulk.insert(new)
        bulk.update(changed, ["email", "phone"])
        return {contact.employer_id for contact in (*new, *changed)}
