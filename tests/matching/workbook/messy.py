"""Workbooks as bureaus really keep them: right rows in every spelling, faults of every kind, all recorded.

The same seed gives the same workbook. `Messy.expected` holds one (sheet, row, column) per injected fault.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests.matching.workbook.books import as_text

FIRST = [
    "Aisha",
    "Bart",
    "Carlos",
    "Dunya",
    "Emine",
    "Farid",
    "Greet",
    "Hamza",
    "Iris",
    "Jamila",
    "Kees",
    "Lotte",
    "Mo",
    "Nadia",
    "Oscar",
    "Priya",
    "Rachid",
    "Sanne",
]
LAST = [
    "Aydın",
    "Bakker",
    "Çelik",
    "Dekker",
    "El-Idrissi",
    "Fransen",
    "Groot",
    "Haddad",
    "Ismail",
    "Jansen",
    "Kaya",
    "Lopez",
    "Mulder",
    "Nguyên",
    "Öztürk",
    "Peters",
    "Ramdin",
    "Smit",
    "Timmer",
    "Uysal",
    "Visser",
    "Willems",
    "Yılmaz",
    "Zwart",
]
PREFIX = ["", "", "", "", "van", "de", "van der", "van den", "'t"]
EMPLOYERS = [
    "Vilt & Co",
    "De Ochtendkoek",
    "Buurtkeuken Zuid",
    "Fietsenmaker Rond",
    "Zorg in de Wijk",
    "Was & Strijk",
]
TASKS = ["Vilten", "Inpakken", "Koken", "Fietsen maken", "Koffie schenken", "Strijken"]
FORMS = ["Vrijwilligerswerk", "dagbesteding", "Werkervaringsplaats", "leerwerkplek", "Activerend werk"]
SOURCES = ["inloop", "Inloop", "aanmelding W&I", "bijeenkomst", "online", "buurthuis", "wijkteam", ""]
MONTHS = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]

Fault = Callable[[random.Random], Any]


@dataclass
class Messy:
    """The workbook and what is known about it."""

    content: bytes
    expected: list[tuple[str, int, str]] = field(default_factory=list)
    doubles: list[tuple[str, int]] = field(default_factory=list)
    identical: int = 0
    good: dict[str, int] = field(default_factory=dict)
    read: dict[str, int] = field(default_factory=dict)
    ignored_sheets: list[str] = field(default_factory=list)
    left_out: set[tuple[str, str]] = field(default_factory=set)

    def save(self, path: Path) -> Path:
        """On disk, for a command."""
        path.write_bytes(self.content)
        return path


def spell_day(rng: random.Random, day: date) -> Any:
    """A date in one of the spellings that say the whole day."""
    return rng.choice(
        [
            lambda: datetime(day.year, day.month, day.day),
            lambda: f"{day.day}-{day.month}-{day.year}",
            lambda: f"{day:%d/%m/%y}",
            lambda: f"{day:%d-%m-%Y}",
            lambda: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
            lambda: day.isoformat(),
            lambda: (day - date(1899, 12, 30)).days,
        ]
    )()


def spell_phone(rng: random.Random, number: int) -> Any:
    """A mobile number in one of its spellings; number: eight digits after 06."""
    digits = f"{number:08d}"
    return rng.choice(
        [
            f"06{digits}",
            f"06-{digits}",
            f"06 {digits[:2]} {digits[2:4]} {digits[4:6]} {digits[6:]}",
            f"+316{digits}",
            f"+31 6 {digits}",
            f"+31 (0)6 {digits[:4]} {digits[4:]}",
            int(f"6{digits}"),
        ]
    )


def spell_hours(rng: random.Random, hours: int) -> Any:
    """Hours a week in one of their spellings."""
    return rng.choice(
        [
            hours,
            float(hours),
            str(hours),
            f"{hours} uur",
            f"ca. {hours}",
            f"{hours},5",
            f"{hours}-{hours + 4}",
        ]
    )


FAULTS: dict[str, dict[str, list[Fault]]] = {
    "Kandidaten": {
        "voor naam": [lambda r: "", lambda r: "12345", lambda r: "J" * 90],
        "Achternaam": [lambda r: "B" * 130],
        "Geb.datum": [
            lambda r: "31-2-1985",
            lambda r: "1-1-1900",
            lambda r: datetime(2012, 5, 6),
            lambda r: "3 maart 2011",
            lambda r: 2015,
            lambda r: "3-11-2044",
            lambda r: "ergens in de zomer",
            lambda r: "nov 1985",
        ],
        "Tel.": [
            lambda r: "06-12345",
            lambda r: "0612345678901",
            lambda r: "06-12345678 / 070-3123456",
            lambda r: "via zus",
            lambda r: 123,
        ],
        "POSTCODE": [lambda r: "253", lambda r: "2531 SS", lambda r: "onbekend adres 12", lambda r: 25311],
        "E-mail": [lambda r: "els@", lambda r: "els voorbeeld.nl", lambda r: "@voorbeeld.nl"],
        "Uren nu": [
            lambda r: 60,
            lambda r: "veel",
            lambda r: "12-8",
            lambda r: datetime(2025, 12, 8),
            lambda r: -4,
            lambda r: "#VALUE!",
        ],
        "Datum intake": [
            lambda r: "30-2-2025",
            lambda r: "3-11-2225",
            lambda r: "gisteren",
            lambda r: "5-5-1905",
        ],
        "Herkomst": [lambda r: "maan", lambda r: "???!", lambda r: 12],
        "Student": [lambda r: "misschien", lambda r: "soms"],
    },
    "Werkgevers": {
        "Naam": [lambda r: ""],
        "E-mail": [lambda r: "info@"],
        "Tel": [lambda r: "geen idee"],
        "Postcode": [lambda r: "ABCD 12"],
    },
    "Werkplekken": {
        "Functie": [lambda r: ""],
        "Werkvorm": [lambda r: "iets leuks"],
        "Uren p/w": [lambda r: "8-48", lambda r: "fulltime", lambda r: 0],
        "Aantal": [lambda r: "een paar", lambda r: 0],
    },
    "Plaatsingen": {
        "Start": [lambda r: "", lambda r: "32-1-2025", lambda r: "3-11-1925", lambda r: "2025"],
        "Eind": [lambda r: "1-1-2001", lambda r: "straks"],
        "Uren per week": [lambda r: "80", lambda r: "deeltijd"],
        "Werkgever": [lambda r: ""],
    },
    "Urenstappen": {
        "Vanaf": [lambda r: "", lambda r: "40-40-2025"],
        "Uren": [lambda r: "", lambda r: "99", lambda r: "meer"],
    },
    "Gesprekken": {
        "Datum": [lambda r: "", lambda r: "1-1-2199", lambda r: "ooit"],
        "Minuten": [lambda r: "lang", lambda r: 5000],
        "Verslag": [lambda r: "Nummer 123456782 genoemd", lambda r: "x" * 9000],
    },
    "Metingen": {
        "Trede": [lambda r: "", lambda r: 0, lambda r: 7, lambda r: "hoog", lambda r: "3,5"],
        "Datum": [lambda r: "1-13-2025"],
        "Groeipotentieel": [lambda r: 9],
    },
}


class _Maker:
    def __init__(self, rows: int, seed: int, faults: float, today: date) -> None:
        self.rng = random.Random(seed)
        self.rows = rows
        self.share = faults
        self.today = today
        self.book = Workbook()
        self.book.remove(self.book.active)
        self.messy = Messy(b"")
        self.people: list[dict[str, Any]] = []

    def make(self) -> Messy:
        self._candidates()
        self._employers()
        self._positions()
        self._placements()
        self._conversations()
        self._measurements()
        self._others()
        out = BytesIO()
        self.book.save(out)
        self.messy.content = out.getvalue()
        return self.messy

    def _sheet(
        self, title: str, kind: str, headers: list[str | None], above: list[list[Any]]
    ) -> Callable[..., int]:
        """A sheet; the function it gives appends a row, with a fault now and then, and says its number."""
        sheet = self.book.create_sheet(title)
        for row in above:
            sheet.append(row)
        sheet.append(headers)
        state = {"row": len(above) + 1}
        self.messy.read[kind] = self.messy.good[kind] = 0

        def append(cells: dict[str, Any], *, fault: bool = True) -> tuple[int, bool]:
            if self.rng.random() < 0.03:
                sheet.append([])
                state["row"] += 1
            spoiled = None
            if fault and self.rng.random() < self.share:
                spoiled = self.rng.choice(list(FAULTS[kind]))
                header = next(text for text in headers if text and text.strip() == spoiled)
                cells = {**cells, header: self.rng.choice(FAULTS[kind][spoiled])(self.rng)}
            values = (
                cells.get(header) if header else self.rng.choice([None, "kladje"]) for header in headers
            )
            sheet.append([as_text(sheet, value) for value in values])
            state["row"] += 1
            self.messy.read[kind] += 1
            if spoiled:
                self.messy.expected.append((title, state["row"], spoiled))
            else:
                self.messy.good[kind] += 1
            return state["row"], spoiled is None

        return append

    def _person(self, number: int) -> dict[str, Any]:
        rng = self.rng
        born = date(1950, 1, 1) + timedelta(days=rng.randrange(365 * 55))
        first, last = rng.choice(FIRST), rng.choice(LAST)
        suffix = "".join(chr(97 + number // power % 26) for power in (1, 26, 676))
        return {
            "first": first + suffix,
            "prefix": rng.choice(PREFIX),
            "last": last,
            "born": born,
            "phone": 10_000_000 + number * 7919 % 80_000_000,
            "start": self.today - timedelta(days=rng.randrange(30, 400)),
        }

    def _candidates(self) -> None:
        headers = [
            "Achternaam",
            "voor naam",
            "TUSSENVOEGSEL",
            "Geb.datum",
            "Tel.",
            "BSN",
            None,
            "POSTCODE",
            "E-mail ",
            "Uren nu",
            "uren  gewenst",
            "Datum intake",
            "Herkomst",
            "Verbinder",
            "coach",
            "Student",
            "Diagnose",
            "Kenmerk",
            "Klantnr",
        ]
        above = [["Kandidatenlijst buurtbureau (bijgewerkt)"], []]
        append = self._sheet(" kandidaten", "Kandidaten", headers, above)
        self.book[" kandidaten"].merge_cells("A1:H1")
        sheet = " kandidaten"
        self.messy.left_out = {
            (sheet, "BSN"),
            (sheet, ""),
            (sheet, "Diagnose"),
            (sheet, "Kenmerk"),
            (sheet, "Klantnr"),
        }
        for number in range(self.rows):
            person = self._person(number)
            cells = self._candidate_cells(person)
            _row, good = append(cells)
            if not good:
                continue
            self.people.append(person)
            if number % 50 == 10:
                append(cells, fault=False)
                self.messy.identical += 1
                self.messy.good["Kandidaten"] -= 1
            elif number % 50 == 20:
                twin = self.rng.choice(_TWINS)(person)
                twin_row, _good = append({**cells, **twin}, fault=False)
                self.messy.doubles.append((sheet, twin_row))

    def _candidate_cells(self, person: dict[str, Any]) -> dict[str, Any]:
        rng = self.rng
        now = rng.randrange(0, 20)
        return {
            "Achternaam": person["last"],
            "voor naam": person["first"],
            "TUSSENVOEGSEL": person["prefix"] or None,
            "Geb.datum": spell_day(rng, person["born"]),
            "Tel.": spell_phone(rng, person["phone"]),
            "BSN": bsn(rng),
            "POSTCODE": rng.choice(["2531ab", "2531 AB", "2531", 2533, "2541 kl ", ""]),
            "E-mail ": rng.choice([None, f"{fold_mail(person['first'])}@voorbeeld.nl"]),
            "Uren nu": spell_hours(rng, now),
            "uren  gewenst": spell_hours(rng, now + 6),
            "Datum intake": rng.choice([None, spell_day(rng, person["start"])]),
            "Herkomst": rng.choice(SOURCES),
            "Verbinder": rng.choice(["Vera", "", None]),
            "coach": rng.choice(["Cor", "onbekend", None]),
            "Student": rng.choice(["ja", "J", "x", "nee", "", None]),
            "Diagnose": rng.choice(["rug", None]),
            "Kenmerk": bsn(rng),
            "Klantnr": rng.randrange(10_000),
        }

    def _employers(self) -> None:
        append = self._sheet("Werkgevers", "Werkgevers", ["Tel", "Naam", "Plaats", "Postcode", "E-mail"], [])
        for name in EMPLOYERS:
            append(
                {"Naam": name, "Tel": "070 312 34 56", "Plaats": "Den Haag", "Postcode": "2531 AB"},
                fault=False,
            )
        for number in range(self.rows // 20):
            append(
                {"Naam": f"Bedrijf nummer {chr(65 + number % 26)}{number}", "Tel": 703123456, "E-mail": None}
            )

    def _positions(self) -> None:
        headers = ["Functie", "Werkgever", "Werkvorm", "Uren p/w", "Aantal"]
        append = self._sheet("WERKPLEKKEN", "Werkplekken", headers, [[]])
        for employer, task in zip(EMPLOYERS, TASKS, strict=True):
            cells = {"Functie": task, "Werkgever": employer, "Werkvorm": self.rng.choice(FORMS)}
            append({**cells, "Uren p/w": "8-24", "Aantal": 400}, fault=False)
        for number in range(self.rows // 20):
            append(
                {
                    "Functie": f"Klus {number}",
                    "Werkgever": self.rng.choice(EMPLOYERS).upper(),
                    "Werkvorm": self.rng.choice(FORMS),
                    "Uren p/w": spell_hours(self.rng, self.rng.randrange(4, 20)),
                    "Aantal": self.rng.choice([1, "2", 3.0, None]),
                }
            )

    def _placements(self) -> None:
        headers = [
            "Kandidaat",
            "Geboortedatum",
            "Werkgever",
            "Functie",
            "Start",
            "Eind",
            "Uren per week",
            "Reden",
        ]
        append = self._sheet("Plaatsingen ", "Plaatsingen", headers, [["Plaatsingen"]])
        steps = self._sheet(
            "uren stappen",
            "Urenstappen",
            ["Kandidaat", "Geboortedatum", "Werkgever", "Vanaf", "Uren", "Reden"],
            [],
        )
        for index, person in enumerate(self.people):
            if index % 2:
                continue
            place = self.rng.randrange(len(EMPLOYERS))
            who = {"Kandidaat": full_name(person), "Geboortedatum": spell_day(self.rng, person["born"])}
            ended = index % 8 == 0
            cells = {
                **who,
                "Werkgever": EMPLOYERS[place],
                "Functie": TASKS[place],
                "Start": spell_day(self.rng, person["start"]),
                "Eind": spell_day(self.rng, person["start"] + timedelta(days=28)) if ended else None,
                "Uren per week": spell_hours(self.rng, 8),
                "Reden": "klaar" if ended else None,
            }
            _row, good = append(cells)
            if good and not ended and index % 4 == 0:
                for week, hours in ((1, 12), (2, 10), (3, 16)):
                    step = {
                        **who,
                        "Werkgever": EMPLOYERS[place],
                        "Uren": spell_hours(self.rng, hours),
                        "Reden": "het gaat goed",
                    }
                    steps({**step, "Vanaf": spell_day(self.rng, person["start"] + timedelta(weeks=week))})

    def _conversations(self) -> None:
        headers = ["Datum", "Kandidaat", "Geboortedatum", "Soort", "Minuten", "Verslag", "Door"]
        append = self._sheet("gesprekken 2025", "Gesprekken", headers, [])
        for index, person in enumerate(self.people):
            if index % 3 == 0:
                append(
                    {
                        "Datum": spell_day(self.rng, person["start"] + timedelta(days=5)),
                        "Kandidaat": full_name(person, reverse=True),
                        "Geboortedatum": spell_day(self.rng, person["born"]),
                        "Soort": self.rng.choice(["telefoon", "Gesprek", "whatsapp", "nazorg", None]),
                        "Minuten": self.rng.choice([None, 20, "30"]),
                        "Verslag": self.rng.choice(
                            ["=fijn gesprek", "+1", "- belt terug", "Wil graag meer uren 😀", None]
                        ),
                        "Door": "Cor",
                    }
                )

    def _measurements(self) -> None:
        append = self._sheet(
            "Metingen",
            "Metingen",
            ["Voornaam", "Tussenvoegsel", "Naam", "Geboren", "Datum", "Trede", "Groeipotentieel"],
            [],
        )
        for index, person in enumerate(self.people):
            if index % 3 == 1:
                append(
                    {
                        "Voornaam": person["first"],
                        "Tussenvoegsel": person["prefix"],
                        "Naam": person["last"],
                        "Geboren": spell_day(self.rng, person["born"]),
                        "Datum": spell_day(self.rng, person["start"]),
                        "Trede": self.rng.choice([1, "2", "trede 3", "onbetaald werk", 4.0]),
                        "Groeipotentieel": self.rng.choice([None, 5, "6"]),
                    }
                )

    def _others(self) -> None:
        for name in ("Blad1", "Telling"):
            self.book.create_sheet(name).append(["draaitabel", 1])
        self.messy.ignored_sheets = ["Blad1", "Telling"]


def swapped_day(person: dict[str, Any]) -> dict[str, Any]:
    """The birth date with day and month changed, or another phone where that cannot be."""
    born = person["born"]
    if born.day <= 12 and born.day != born.month:
        return {"Geb.datum": f"{born.month}-{born.day}-{born.year}"}
    return {"Tel.": "06 55554444"}


_TWINS: list[Callable[[dict[str, Any]], dict[str, Any]]] = [
    lambda person: {"voor naam": person["first"].upper(), "Tel.": None},
    lambda person: {"voor naam": f"{person['first']}e"},
    lambda person: {"Tel.": "0611112222"},
    lambda person: {"Achternaam": person["first"], "voor naam": person["last"]},
    swapped_day,
]


def full_name(person: dict[str, Any], *, reverse: bool = False) -> str:
    """The whole name in one cell."""
    if reverse:
        return f"{' '.join(p for p in (person['prefix'], person['last']) if p)}, {person['first']}"
    return " ".join(part for part in (person["first"], person["prefix"], person["last"]) if part)


def fold_mail(name: str) -> str:
    """A name as the part of an address before the @."""
    return "".join(char for char in name.lower() if char.isascii() and char.isalnum()) or "x"


def bsn(rng: random.Random) -> int:
    """Nine digits that pass the elfproef, of nobody."""
    while True:
        digits = [rng.randrange(1, 10), *(rng.randrange(10) for _ in range(7))]
        last = sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits, strict=True)) % 11
        if last < 10:
            return int("".join(map(str, [*digits, last])))


def messy_workbook(
    rows: int = 1000, *, seed: int = 1, faults: float = 0.25, today: date = date(2025, 11, 21)
) -> Messy:
    """A workbook with about `rows` candidates and what belongs to them; a share `faults` is wrong."""
    return _Maker(rows, seed, faults, today).make()
