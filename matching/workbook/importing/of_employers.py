"""The people and the places of employers, each on a sheet of its own."""

from __future__ import annotations

from dataclasses import dataclass

from employers.models import Contact, Location
from employers.places import fill
from matching.workbook.columns import Sheet
from matching.workbook.importing import bulk
from matching.workbook.importing.employers import Employers
from matching.workbook.importing.ground import Ground, set_changed
from matching.workbook.rows import ContactRow, LocationRow
from matching.workbook.values import fold


@dataclass(frozen=True)
class Colleagues:
    """Contacts by the name of their employer and their own."""

    ground: Ground
    employers: Employers

    def take(self, rows: list[ContactRow]) -> None:
        """One chunk of the sheet; an employer that nobody knows is made, with a note."""
        self.employers.need(rows)
        pairs = [(row, self.employers.find(row.employer) or 0) for row in rows]
        known: dict[tuple[int, str], Contact] = {}
        for contact in Contact.objects.filter(employer__in={pk for _row, pk in pairs}).order_by("pk"):
            known.setdefault((contact.employer_id, fold(contact.name)), contact)
        new: dict[tuple[int, str], Contact] = {}
        changed, unchanged = [], 0
        for row, pk in pairs:
            key, said = (pk, fold(row.name)), {"task": row.task, "email": row.email, "phone": row.phone}
            found = known.get(key) or new.get(key)
            if found is None:
                new[key] = Contact(bureau=self.ground.bureau, employer_id=pk, name=row.name, **said)
            elif set_changed(found, said.items()) and key in known:
                changed.append(found)
            else:
                unchanged += 1
        bulk.insert(new.values())
        bulk.update(changed, ["task", "email", "phone"])
        count = self.ground.count(Sheet.CONTACTS)
        count.created += len(new)
        count.updated += len(changed)
        count.unchanged += unchanged


@dataclass(frozen=True)
class Places:
    """Locations by the name of their employer and where they are."""

    ground: Ground
    employers: Employers

    def take(self, rows: list[LocationRow]) -> None:
        """One chunk of the sheet; a place with the same address only learns what the row adds."""
        self.employers.need(rows)
        pairs = [(row, self.employers.find(row.employer) or 0) for row in rows]
        known: dict[tuple[int, str, str, str], list[Location]] = {}
        for place in Location.objects.filter(employer__in={pk for _row, pk in pairs}).order_by("pk"):
            key = (place.employer_id, fold(place.address), place.postcode, fold(place.city))
            known.setdefault(key, []).append(place)
        new, changed = [], []
        for row, pk in pairs:
            there = known.setdefault((pk, fold(row.address), row.postcode, fold(row.city)), [])
            found = next((one for one in there if fold(one.name) in ("", fold(row.name))), None)
            said = {"name": row.name, "accessibility": row.accessibility}
            if found is None and not row.name and there:
                found = there[0]
            if found is None:
                there.append(self._new(row, pk))
                new.append(there[-1])
            elif set_changed(found, said.items()) and found.pk:
                changed.append(found)
        fill(new)
        bulk.insert(new)
        bulk.update(changed, ["name", "accessibility"])
        count = self.ground.count(Sheet.LOCATIONS)
        count.created += len(new)
        count.updated += len(changed)
        count.unchanged += len(pairs) - len(new) - len(changed)

    def _new(self, row: LocationRow, employer: int) -> Location:
        return Location(
            bureau=self.ground.bureau,
            employer_id=employer,
            name=row.name,
            address=row.address,
            postcode=row.postcode,
            city=row.city,
            accessibility=row.accessibility,
            area_id=self.ground.area(row, "", row.postcode),
        )
