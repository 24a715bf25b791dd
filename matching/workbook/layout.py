"""What a sheet and a column are."""

from dataclasses import dataclass
from enum import StrEnum


class Sheet(StrEnum):
    """The sheets in the order in which they are taken over; the value is the name in the template."""

    CANDIDATES = "Kandidaten"
    EMPLOYERS = "Werkgevers"
    CONTACTS = "Contactpersonen"
    LOCATIONS = "Locaties"
    POSITIONS = "Werkplekken"
    PLACEMENTS = "Plaatsingen"
    HOURS_STEPS = "Urenstappen"
    CONVERSATIONS = "Gesprekken"
    MEASUREMENTS = "Metingen"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header in the template, other ways people write it, and what to fill in.

    `once`: the sheet cannot be read without this column or one of its `instead`.
    """

    name: str
    header: str
    variants: str = ""
    help: str = ""
    once: bool = False
    instead: tuple[str, ...] = ()
