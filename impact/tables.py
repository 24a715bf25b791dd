"""The tables of a report: which figures stand in them, under which words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.enums import OrganisationKind, ResidentKind, Rung, Source
from employers.enums import CheckDecision, EmployerKind, ExceptionGround, WorkForm
from impact.figures import (
    AGES,
    CHANGES,
    FORMS,
    HOURS,
    KNOWN,
    RUNGS,
    SOURCES,
    STAGES,
    STAIRS,
    UNKNOWN,
    VIA,
    WEEKS,
    WITHOUT_WORK,
    Figures,
    area_codes,
)
from impact.growth import growing, lasting
from impact.layout import Table, Words, people, word
from impact.money.tables import money_tables
from impact.money.words import words_of

STAGE_WORDS: dict[str, Promise] = {
    "entered": gettext_lazy("Ingestapt"),
    "intake": gettext_lazy("Intake"),
    "introduced": gettext_lazy("Kennismaking"),
    "started": gettext_lazy("Begonnen met werk"),
}
AGE_WORDS: dict[str, Promise] = {
    "18": gettext_lazy("18 tot en met 26 jaar"),
    "27": gettext_lazy("27 tot en met 39 jaar"),
    "40": gettext_lazy("40 tot en met 54 jaar"),
    "55": gettext_lazy("55 jaar en ouder"),
}
WITHOUT_WORDS: dict[str, Promise] = {
    "0": gettext_lazy("korter dan 1 jaar"),
    "1": gettext_lazy("1 tot 2 jaar"),
    "2": gettext_lazy("2 tot 5 jaar"),
    "5": gettext_lazy("5 jaar of langer"),
}
HOURS_WORDS: dict[str, Promise] = {
    "0": gettext_lazy("minder dan 8 uur"),
    "8": gettext_lazy("8 tot 16 uur"),
    "16": gettext_lazy("16 tot 24 uur"),
    "24": gettext_lazy("24 tot 32 uur"),
    "32": gettext_lazy("32 uur of meer"),
}
CHANGE_WORDS: dict[str, Promise] = {
    "more": gettext_lazy("Meer uren dan bij de start"),
    "same": gettext_lazy("Evenveel uren"),
    "fewer": gettext_lazy("Minder uren dan bij de start"),
}
PAID_WORDS: dict[str, Promise] = {
    "yes": gettext_lazy("Betaald werk"),
    "no": gettext_lazy("Onbetaald werk"),
    "own": gettext_lazy("Eigen onderneming"),
}
INSIDE_WORDS: dict[str, Promise] = {
    "yes": gettext_lazy("In de eigen wijk"),
    "no": gettext_lazy("Buiten de eigen wijk"),
}
DIRECTION_WORDS: dict[str, Promise] = {
    "up": gettext_lazy("Een trede of meer hoger"),
    "same": gettext_lazy("Op dezelfde trede"),
    "down": gettext_lazy("Een stap terug"),
}
BEGIN_WORDS: dict[str, Promise] = {
    "volunteering": gettext_lazy("Vrijwilligerswerk"),
    "activation": gettext_lazy("Activerend werk of dagbesteding"),
}
SECTOR_WORDS: dict[str, Promise] = {
    "A": gettext_lazy("Landbouw, bos en visserij"),
    "B": gettext_lazy("Winning van delfstoffen"),
    "C": gettext_lazy("Industrie en ambacht"),
    "D": gettext_lazy("Energie"),
    "E": gettext_lazy("Water en afval"),
    "F": gettext_lazy("Bouw"),
    "G": gettext_lazy("Handel"),
    "H": gettext_lazy("Vervoer en opslag"),
    "I": gettext_lazy("Horeca"),
    "J": gettext_lazy("Informatie en communicatie"),
    "K": gettext_lazy("Financiële diensten"),
    "L": gettext_lazy("Vastgoed"),
    "M": gettext_lazy("Advies en onderzoek"),
    "N": gettext_lazy("Verhuur en andere zakelijke diensten"),
    "O": gettext_lazy("Openbaar bestuur"),
    "P": gettext_lazy("Onderwijs"),
    "Q": gettext_lazy("Zorg en welzijn"),
    "R": gettext_lazy("Cultuur, sport en recreatie"),
    "S": gettext_lazy("Overige diensten"),
    "T": gettext_lazy("Huishoudens"),
    "U": gettext_lazy("Internationale organisaties"),
}


def tables(figures: Figures) -> list[Table]:
    """All tables of a report in reading order, in the language that is active."""
    return [
        _single("funnel", "entered", _("Van eerste gesprek tot werk"), _("Stap"), STAGE_WORDS),
        _sources(),
        *_who(figures),
        _ladder(),
        _directions(),
        _hours(),
        _parts("change", _("Meer of minder uren"), CHANGES, CHANGE_WORDS, "worked", "hours_change"),
        _stairs(),
        *growing(),
        *_work(figures),
        _kept(),
        *lasting(),
        _places(),
        *_exceptions(figures),
        *_assignments(figures),
        *_flows(figures),
        *money_tables(figures),
        _saved(),
        _complete(),
    ]


def _who(figures: Figures) -> list[Table]:
    entered = "funnel:entered"
    areas = {code: figures.areas.get(code, code) for code in area_codes(figures)}
    return [
        _parts("via", _("Via welke soort organisatie"), VIA, dict(OrganisationKind.choices)),
        _parts("age", _("Leeftijd"), AGES, AGE_WORDS, entered),
        _parts("area", _("Buurt"), tuple(areas), areas, entered),
        _parts("without", _("Tijd zonder werk"), WITHOUT_WORK, WITHOUT_WORDS, entered, "without_work"),
        _parts("resident", _("Bewoner of student"), ResidentKind.values, dict(ResidentKind.choices), entered),
    ]


def _work(figures: Figures) -> list[Table]:
    started, kinds = "funnel:started", dict(EmployerKind.choices)
    return [
        _parts("form", _("Werkvorm"), FORMS, dict(WorkForm.choices), started),
        _parts("paid", _("Betaald en onbetaald"), tuple(PAID_WORDS), PAID_WORDS, started),
        _parts("inside", _("In of buiten de wijk"), ("yes", "no", UNKNOWN), INSIDE_WORDS, started),
        _parts("employer", _("Soort werkgever"), EmployerKind.values, kinds, started, "employer_kind"),
        _parts("sector", _("Sector"), figures.sectors, SECTOR_WORDS, started),
        _single("begin", "other_starts", _("Vrijwilligerswerk en activerend werk"), _("Vorm"), BEGIN_WORDS),
    ]


def _single(family: str, indicator: str, title: str, head: str, words: Words) -> Table:
    """One column of people, without a total."""
    rows = tuple((key, str(word)) for key, word in words.items())
    cells = tuple((f"{family}:{key}",) for key, _label in rows)
    return Table(family, indicator, title, head, rows, people(), cells)


def _parts(
    family: str, title: str, keys: Iterable[str], words: Words, total: str = "", indicator: str = ""
) -> Table:
    """One column of people, and under it their total."""
    rows = [(key, word(key, words)) for key in keys]
    cells = [(f"{family}:{key}",) for key, _label in rows]
    if total:
        rows.append(("total", _("Totaal")))
        cells.append((total,))
    return Table(family, indicator or family, title, title, tuple(rows), people(), tuple(cells), bool(total))


def _directions() -> Table:
    rows = tuple((key, str(word)) for key, word in DIRECTION_WORDS.items())
    cells = tuple((f"ladder:{key}",) for key, _label in rows)
    return Table("direction", "ladder", _("Richting op de ladder"), _("Richting"), rows, people(), cells)


def _sources() -> Table:
    words = dict(Source.choices)
    rows = (*((key, word(key, words)) for key in SOURCES), ("total", _("Totaal")))
    columns = tuple((stage, str(STAGE_WORDS[stage])) for stage in STAGES)
    cells = [tuple(f"source:{key}:{stage}" for stage in STAGES) for key in SOURCES]
    cells.append(tuple(f"funnel:{stage}" for stage in STAGES))
    return Table(
        "source", "sources", _("Hoe we elkaar ontmoetten"), _("Herkomst"), rows, columns, tuple(cells), True
    )


def _ladder() -> Table:
    words = dict(Rung.choices)
    rows = (*((str(i), f"{i} {words[i]}") for i in RUNGS), ("total", _("Totaal nu")))
    columns = (*((str(j), str(j)) for j in RUNGS), ("total", _("Totaal start")))
    cells = [(*(f"ladder:{i}:{j}" for j in RUNGS), f"ladder:start:{i}") for i in RUNGS]
    cells.append((*(f"ladder:now:{j}" for j in RUNGS), "ladder:people"))
    return Table(
        "ladder",
        "ladder",
        _("De ladder: van start naar nu"),
        _("Start ↓  nu →"),
        rows,
        columns,
        tuple(cells),
        True,
    )


def _hours() -> Table:
    rows = (*((key, word(key, HOURS_WORDS)) for key in HOURS), ("total", _("Totaal")))
    columns = (("start", _("Bij de start")), ("last", _("Nu")))
    cells = [(f"hours:start:{key}", f"hours:last:{key}") for key in HOURS]
    return Table(
        "hours",
        "hours",
        _("Uren per week, bij de start en nu"),
        _("Uren per week"),
        rows,
        columns,
        (*cells, ("worked", "worked")),
        True,
    )


def _stairs() -> Table:
    rows = tuple(
        (str(week), _("de eerste week") if week == 0 else _("na %(n)s weken") % {"n": week})
        for week in STAIRS
    )
    columns = (("people", _("Mensen")), ("mean", _("Gemiddeld uren per week")))
    cells = tuple((f"stairs:{week}", f"stairs:{week}:mean") for week in STAIRS)
    return Table("stairs", "stairs", _("De urentrap"), _("Na de start"), rows, columns, cells)


def _kept() -> Table:
    rows = tuple((str(week), _("%(n)s weken") % {"n": week}) for week in WEEKS)
    columns = (
        ("followed", _("Zo lang geleden begonnen")),
        ("still", _("Nog aan het werk")),
        ("share", _("Deel")),
    )
    cells = tuple((f"kept:{week}:followed", f"kept:{week}:still", f"kept:{week}:share") for week in WEEKS)
    return Table("kept", "kept", _("Nog aan het werk"), _("Na de start"), rows, columns, cells)


def _places() -> Table:
    checks = [
        (f"checks:{key}", _("Verdringingstoets: %(outcome)s") % {"outcome": label})
        for key, label in CheckDecision.choices
    ]
    rows = (
        ("positions:new", _("Werkplekken die open gingen")),
        ("positions:places", _("Plekken op die werkplekken")),
        *checks,
        ("employers:all", _("Werkgevers waar in de periode iemand werkte")),
    )
    return Table(
        "places",
        "positions",
        _("Werkplekken en toetsen"),
        _("Wat"),
        rows,
        (("count", _("Aantal")),),
        tuple((key,) for key, _label in rows),
    )


def _exceptions(figures: Figures) -> list[Table]:
    """Why work opened although an answer gave pause; only where it did."""
    rows = tuple(
        (f"exceptions:{code}", str(label))
        for code, label in ExceptionGround.choices
        if f"exceptions:{code}" in figures.positions
    )
    if not rows:
        return []
    title, columns = _("Waarom het toch mocht"), (("count", _("Toetsen")),)
    return [
        Table("exceptions", "exceptions", title, _("Reden"), rows, columns, tuple((key,) for key, _l in rows))
    ]


def _assignments(figures: Figures) -> list[Table]:
    if not figures.assignments:
        return []
    rows = tuple((str(a.id), a.name) for a in figures.assignments)
    columns = (
        ("amount", _("Bedrag")),
        ("target", _("Doel")),
        ("result", _("Resultaat")),
        ("forecast", _("Verwachting")),
    )
    cells = tuple(
        (
            f"assignment:{key}:amount",
            f"assignment:{key}:target",
            f"assignment:{key}",
            f"assignment:{key}:forecast",
        )
        for key, _name in rows
    )
    return [Table("assignment", "assignments", _("Impactopdrachten"), _("Opdracht"), rows, columns, cells)]


def _flows(figures: Figures) -> list[Table]:
    found = []
    for year in sorted({flow.year for flow in figures.flows}):
        lines = [(i, flow) for i, flow in enumerate(figures.flows) if flow.year == year]
        rows = [
            (str(i), _("In: %(source)s") % {"source": words_of(f.source)})
            for i, f in lines
            if f.direction == "in"
        ]
        rows += [("in", _("Totaal in"))]
        rows += [
            (str(i), _("Uit: %(source)s") % {"source": words_of(f.source)})
            for i, f in lines
            if f.direction == "out"
        ]
        rows += [("out", _("Totaal uit"))]
        cells = tuple((f"flow:{year}:{key}",) for key, _label in rows)
        title = _("Geldstromen in %(year)s") % {"year": year}
        found.append(
            Table(
                f"flow-{year}",
                "flows",
                title,
                _("Geldstroom"),
                tuple(rows),
                (("amount", _("Bedrag")),),
                cells,
            )
        )
    return found


def _saved() -> Table:
    rows = (
        ("people", _("Mensen met bijstand in betaald werk")),
        ("years", _("Uitkeringsjaren")),
        ("amount", _("Bespaard")),
    )
    columns = (("low", _("Ten minste")), ("high", _("Ten hoogste")))
    cells = (
        ("saved:people", "saved:people"),
        ("saved:years:low", "saved:years:high"),
        ("saved:low", "saved:high"),
    )
    return Table("saved", "saved", _("Bespaarde uitkeringen"), _("Wat"), rows, columns, cells)


def _complete() -> Table:
    words = {
        "source": _("Herkomst"), "age": _("Leeftijd"), "area": _("Buurt"), "without": _("Tijd zonder werk"),
        "measured": _("Participatieladder"), "told": _("Hoe het gaat"), "inside": _("In of buiten de wijk"),
        "sector": _("Sector"), "hours_start": _("Uren bij de start"), "hours_last": _("Uren nu"),
    }  # fmt: skip
    columns = (("known", _("Bekend")), ("of", _("Van hoeveel mensen")), ("share", _("Deel")))
    cells = tuple((f"complete:{key}", of, f"complete:{key}:share") for key, (of, _unknown) in KNOWN.items())
    rows = tuple((key, words[key]) for key in KNOWN)
    return Table("complete", "complete", _("Volledigheid"), _("Gegeven"), rows, columns, cells)
