"""The rules' sentences: a code and its parameters become Dutch or English, for staff or in plain words.

A parameter's kind is the part of its name before the first underscore: `hours_min` is a number of hours,
`terms_missing` a list of words from the vocabulary.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbaan.vocabulary import dayparts
from matching.rules.inputs import Criterion, Evidence
from matching.rules.messages import MESSAGES, PLAIN_WORDS
from matching.rules.results import Answer, Text, Texts, Value, Weight

Labels: TypeAlias = Callable[[str, str], str]
"""(kind, code) to a word for the reader; kinds: term, form, language, level, guidance, area, mean,
role."""

ORDER_SENTENCE = gettext_lazy(
    "De volgorde: wat het minst botst met wat moet, dan wat het minst onbekend is, dan wat het meeste past, "
    "dan wie het langst niet is voorgesteld."
)
WORK_ORDER_SENTENCE = gettext_lazy(
    "De volgorde: wat het minst botst met wat moet, dan wat het minst onbekend is, dan wat het meeste past, "
    "dan wat het langst open staat."
)
ESTIMATE_SENTENCE = gettext_lazy(
    "Reistijden zijn een schatting: de rechte lijn, met een omweg erbij, op een gewone snelheid."
)
CRITERION_LABELS = {
    Criterion.HOURS: gettext_lazy("Uren"),
    Criterion.DAYPARTS: gettext_lazy("Dagdelen"),
    Criterion.TRAVEL: gettext_lazy("Reis"),
    Criterion.AREA: gettext_lazy("Buurt"),
    Criterion.CONDITIONS: gettext_lazy("Omstandigheden"),
    Criterion.TASKS: gettext_lazy("Taken"),
    Criterion.TALENTS: gettext_lazy("Talenten"),
    Criterion.LANGUAGE: gettext_lazy("Taal"),
    Criterion.GUIDANCE: gettext_lazy("Begeleiding"),
    Criterion.FORM: gettext_lazy("Werkvorm"),
    Criterion.SAFETY: gettext_lazy("Veiligheid"),
}
ANSWER_LABELS = {
    Answer.FITS: gettext_lazy("past"),
    Answer.UNKNOWN: gettext_lazy("onbekend"),
    Answer.CLASHES: gettext_lazy("botst"),
    Answer.NOT_APPLICABLE: gettext_lazy("n.v.t."),
}
WEIGHT_LABELS = {Weight.MUST: gettext_lazy("moet"), Weight.SHOULD: gettext_lazy("liefst")}


class Register(StrEnum):
    """For whom a sentence is written."""

    STAFF = "staff"
    CANDIDATE = "candidate"


def render(texts: Texts | Text, labels: Labels, register: Register = Register.STAFF) -> str:
    """One or more sentences in the language now active; plain words, with "je", for the candidate."""
    several = (texts,) if isinstance(texts, Text) else texts
    return " ".join(_sentence(text, labels, register) for text in several)


def _sentence(text: Text, labels: Labels, register: Register) -> str:
    message = MESSAGES[text.code]
    if register is Register.CANDIDATE:
        message = PLAIN_WORDS.get(text.code, message)
    words = str(message) % {name: _word(name, value, labels) for name, value in text.params}
    return words[:1].upper() + words[1:]


_LISTS = {"terms": "term", "languages": "language", "forms": "form", "means": "mean"}


def _word(name: str, value: Value, labels: Labels) -> str:
    kind = name.split("_")[0]
    if isinstance(value, tuple):
        return dayparts.listed([labels(_LISTS[kind], one) for one in value])
    if kind == "hours":
        return number_format(Decimal(value), use_l10n=True)
    if kind == "dayparts":
        return dayparts.text(int(value))
    if kind == "day":
        return str(dayparts.DAYS[int(value)])
    if kind in ("count", "minutes"):
        return str(value)
    return labels(kind, str(value)) if kind != "postcode" else str(value)


def said_by(evidence: Evidence | None, labels: Labels) -> str:
    """Who told us and when, in a few words; nothing where nobody stands behind it."""
    if evidence is None:
        return ""
    role = labels("role", evidence.role) if evidence.role else ""
    who = ", ".join(part for part in (evidence.who, role) if part) or _("onbekend")
    who = who[:1].upper() + who[1:]
    if evidence.on is None:
        return who
    return _("%(who)s op %(day)s") % {"who": who, "day": date_format(evidence.on, "j F Y")}
