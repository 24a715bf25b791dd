"""The tables of growing and of lasting: how people say they are, a step back, and who is still at work."""

from __future__ import annotations

from django.utils.translation import gettext as _

from candidates.enums import Source
from candidates.wellbeing import Question, questions
from impact.figures import BANDS, SOURCES, THREADS
from impact.layout import Table, people, word


def growing() -> list[Table]:
    """Beside the ladder and the hours: how people feel, in their own words, and who took a step back."""
    return [_wellbeing(), _back()]


def lasting() -> list[Table]:
    """Beside the survival by week: by where people came from, and at whose work they still are."""
    return [_by_source(), _moved()]


def _wellbeing() -> Table:
    rows, cells = [], []
    for question in questions():
        for band, answers in zip(reversed(BANDS), reversed(_answers(question)), strict=True):
            rows.append((f"{question.code}:{band}", f"{question.short}: {answers}"))
            cells.append(tuple(f"wellbeing:{question.code}:{half}:{band}" for half in ("start", "now")))
        rows.append((f"{question.code}:people", _("%(question)s: samen") % {"question": question.short}))
        cells.append((f"wellbeing:{question.code}:people",) * 2)
    columns = (("start", _("Bij het begin")), ("now", _("Nu")))
    title = _("Hoe het gaat, in eigen woorden")
    return Table("wellbeing", "wellbeing", title, _("Antwoord"), tuple(rows), columns, tuple(cells))


def _answers(question: Question) -> tuple[str, str, str]:
    """The five answers as three bands, in the words people chose from."""
    low, lower, middle, higher, high = (str(answer) for answer in question.answers)
    either = _("%(one)s of %(other)s")
    return either % {"one": low, "other": lower}, middle, either % {"one": higher, "other": high}


def _back() -> Table:
    rows = (("hours", _("Minder uren per week")), ("ladder", _("Een trede lager op de ladder")))
    cells = (("back",), ("ladder:down",))
    return Table("back", "back", _("Een stapje terug"), _("Stap"), rows, people(), cells)


def _by_source() -> Table:
    words = dict(Source.choices)
    rows = (*((key, word(key, words)) for key in SOURCES), ("total", _("Totaal")))
    columns, marks = [], [(week, what) for week in THREADS for what in ("followed", "still")]
    for week, what in marks:
        text = _("%(n)s weken geleden begonnen") if what == "followed" else _("na %(n)s weken aan het werk")
        columns.append((f"{what}:{week}", text % {"n": week}))
    cells = [tuple(f"source:{key}:{what}:{week}" for week, what in marks) for key in SOURCES]
    cells.append(tuple(f"kept:{week}:{what}" for week, what in marks))
    title, head = _("Nog aan het werk, naar herkomst"), _("Herkomst")
    return Table("by_source", "source_kept", title, head, rows, tuple(columns), tuple(cells), True)


def _moved() -> Table:
    rows = tuple((str(week), _("%(n)s weken") % {"n": week}) for week in THREADS)
    columns = (
        ("same", _("Bij de eerste werkgever")),
        ("other", _("Bij een andere werkgever")),
        ("still", _("Samen nog aan het werk")),
    )
    cells = tuple((f"moved:{week}:same", f"moved:{week}:other", f"kept:{week}:still") for week in THREADS)
    return Table("moved", "moved", _("Bij wie mensen nog werken"), _("Na de start"), rows, columns, cells)
