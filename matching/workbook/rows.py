"""What a row of each sheet says once it has been read: typed, checked, nothing taken over yet."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from matching.workbook.values import Birth, PersonName, fold


def digest(*parts: object) -> str:
    """A stable key of 64 signs, the same for the same parts in every run."""
    return hashlib.sha256(
        "\x1f".join("" if part is None else str(part) for part in parts).encode()
    ).hexdigest()


KEY, HEAD = 64, 40  # signs of a key, and of its head
_BESIDE = frozenset(("row", "sheet", "key"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`row` and `sheet` say where it stands, `key` is what its record is known by; none is what it says.

    The head of a key tells what the row is about, its tail what it says: with the same head and another tail the
    row was changed in the workbook since it came.
    """

    row: int
    sheet: str = ""
    key: str = ""

    @property
    def head(self) -> str:
        return self.key[:HEAD]

    def _said(self) -> Iterator[str]:
        return (field.name for field in fields(self) if field.name not in _BESIDE)

    def content(self) -> str:
        """A key of everything the row says: two rows with the same one say the same."""
        return digest(type(self).__name__, *(getattr(self, name) for name in self._said()))

    def identity(self) -> str:
        """A key of what the row is about: two rows with the same one speak of the same thing."""
        raise NotImplementedError

    def label(self) -> str:
        """What the row is about, for a person to read."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRef:
    """How another sheet points at a candidate."""

    name: PersonName
    birth: Birth | None = None

    def key(self) -> str:
        """Name and birth in one string."""
        born = self.birth and (self.birth.on or self.birth.year)
        return f"{self.name.key} {born or ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRow(Row):
    name: PersonName
    birth: Birth | None = None
    postcode: str = ""
    area: str = ""
    phone: str = ""
    email: str = ""
    connector: str = ""
    coach: str = ""
    entered_on: date | None = None
    intake_on: date | None = None
    source: str = ""
    source_organisation: str = ""
    hours_now: Decimal | None = None
    hours_wished: Decimal | None = None
    student: bool | None = None
    own_area: bool | None = None
    consent: bool | None = None
    dreams: str = ""
    wishes: str = ""
    without_work_since: date | None = None

    def identity(self) -> str:
        """The name as written, birth, phone and e-mail: with a slip of the pen it is another person."""
        born = self.birth and (self.birth.on or self.birth.year)
        return digest("candidate", self.name.full.casefold(), born, self.phone, self.email)

    def label(self) -> str:
        return self.name.full


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerRow(Row):
    name: str
    kind: str = ""
    sector_name: str = ""
    kvk: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""
    website: str = ""

    def identity(self) -> str:
        return digest("employer", fold(self.name))

    def label(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow(Row):
    employer: str
    name: str
    task: str = ""
    phone: str = ""
    email: str = ""

    def identity(self) -> str:
        return digest("contact", fold(self.employer), fold(self.name))

    def label(self) -> str:
        return f"{self.name}, {self.employer}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationRow(Row):
    employer: str
    name: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""
    accessibility: str = ""

    def identity(self) -> str:
        where = (fold(self.address), self.postcode, fold(self.city))
        return digest("location", fold(self.employer), fold(self.name), *where)

    def label(self) -> str:
        return ", ".join(part for part in (self.name, self.address, self.employer) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRow(Row):
    employer: str
    title: str
    form: str = ""
    hours_min: Decimal | None = None
    hours_max: Decimal | None = None
    places: int | None = None
    growth: bool | None = None
    starts: date | None = None
    ends: date | None = None
    description: str = ""
    guide: str = ""
    location: str = ""

    def identity(self) -> str:
        return digest("position", fold(self.employer), fold(self.title), self.form)

    def label(self) -> str:
        return f"{self.title}, {self.employer}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementRow(Row):
    person: PersonRef
    employer: str
    starts: date
    title: str = ""
    form: str = ""
    ends: date | None = None
    hours: Decimal | None = None
    reason: str = ""
    employer_of_record: str = ""
    contract_on: date | None = None

    def identity(self) -> str:
        return digest("placement", self.person.key(), fold(self.employer), fold(self.title), self.starts)

    def label(self) -> str:
        return f"{self.person.name.full}, {self.employer}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursStepRow(Row):
    person: PersonRef
    starts: date
    hours: Decimal
    employer: str = ""
    title: str = ""
    ends: date | None = None
    reason: str = ""

    def identity(self) -> str:
        return digest("step", self.person.key(), fold(self.employer), fold(self.title), self.starts)

    def label(self) -> str:
        return f"{self.person.name.full}, {self.starts:%d-%m-%Y}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationRow(Row):
    person: PersonRef
    held_on: date
    kind: str
    minutes: int | None = None
    text: str = ""
    by: str = ""

    def identity(self) -> str:
        return digest("conversation", self.person.key(), self.held_on, self.kind)

    def label(self) -> str:
        return f"{self.person.name.full}, {self.held_on:%d-%m-%Y}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurementRow(Row):
    person: PersonRef
    measured_on: date
    rung: int
    potential: int | None = None
    wellbeing: str = ""
    by: str = ""

    def identity(self) -> str:
        return digest("measurement", self.person.key(), self.measured_on)

    def label(self) -> str:
        return f"{self.person.name.full}, {self.measured_on:%d-%m-%Y}"
