"""Made-up content for the page that shows every component."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import (
    DateField,
    DaypartField,
    HoursField,
    Segmented,
    TermField,
    TermGroups,
    form_helper,
)
from buurtbaan.ui.pieces import Answer, Criterion, Step, Text
from buurtbaan.vocabulary import dayparts

CANDIDATE_DAYPARTS = dayparts.every_week(dayparts.MORNING) | dayparts.bit(3, dayparts.AFTERNOON)
ASKED_DAYPARTS = dayparts.every_week(dayparts.MORNING) | dayparts.bit(1, dayparts.AFTERNOON)

TRAVEL = [("walk", _("Lopend")), ("bike", _("Fiets")), ("public", _("Bus of tram"))]
NEEDS = [("quiet", _("een rustige plek")), ("guide", _("een vaste begeleider"))]
FILLED = {
    "name": "Samira el Amrani",
    "travel": "bike",
    "hours": Decimal("12.5"),
    "dayparts": CANDIDATE_DAYPARTS,
    "talents": [2, 5],
}


def words() -> TermGroups:
    """A list long enough for the box that narrows it."""
    return [
        (_("Met mensen"), _numbered(1, _("goed luisteren"), _("geduld hebben"), _("contact maken"))),
        (
            _("Met je handen"),
            _numbered(4, _("fietsen maken"), _("koken"), _("naaien"), _("planten verzorgen")),
        ),
        (_("Met je hoofd"), _numbered(8, _("rekenen"), _("plannen"), _("uitleggen"), _("schrijven"))),
        (_("Met geduld"), _numbered(12, _("ordenen"), _("tekenen"))),
    ]


def _numbered(first: int, *texts: Text) -> list[tuple[int, Text]]:
    return list(enumerate(texts, first))


class ExampleForm(forms.Form):
    """One of each input, in the order of an ordinary intake."""

    name = forms.CharField(label=_("Hoe heet je?"), max_length=80)
    since = DateField(
        label=_("Sinds wanneer zoek je werk?"),
        required=False,
        help_text=_("Ongeveer is goed genoeg."),
    )
    travel = forms.ChoiceField(label=_("Hoe kom je op je werk?"), widget=Segmented, choices=TRAVEL)
    area = forms.ChoiceField(
        label=_("In welke wijk woon je?"), choices=[("", _("Kies een wijk")), ("a", "Moerwijk")]
    )
    hours = HoursField(label=_("Hoeveel uur kun je nu werken?"))
    dayparts = DaypartField(
        label=_("Wanneer kun je werken?"), required=False, help_text=_("Tik aan wat meestal lukt.")
    )
    talents = TermField(label=_("Waar ben je goed in?"), required=False, groups=words)
    wish = forms.CharField(label=_("Wat zou je willen veranderen?"), required=False, widget=forms.Textarea)
    needs = forms.MultipleChoiceField(
        label=_("Wat heb je nodig?"), required=False, widget=forms.CheckboxSelectMultiple, choices=NEEDS
    )
    agree = forms.BooleanField(label=_("Ik vind het goed dat jullie dit bewaren."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Bewaar intake"), cancel_url="?", once=True)


class ExampleFilter(forms.Form):
    """A filter above a list."""

    q = forms.CharField(label=_("Naam"), required=False, widget=forms.SearchInput)
    stage = forms.ChoiceField(label=_("Waar staat iemand"), required=False, choices=[("", _("Alles"))])


def example_form(kind: str) -> ExampleForm:
    """Filled in, or sent with mistakes."""
    if kind == "errors":
        return ExampleForm({"hours": "veel", "talents_unknown": "1"}, auto_id="fout_%s")
    return ExampleForm(initial=FILLED, auto_id="goed_%s")


_SAID = _("gezegd op 3 maart, intake")
CRITERIA = [
    Criterion(_("Uren"), Answer.FITS, True, _("8 nu, wil naar 16"), _("8 tot 20, groeien kan"), _SAID),
    Criterion(_("Dagdelen"), Answer.CLASHES, True, _("ochtenden"), _("ook dinsdagmiddag"), _SAID),
    Criterion(_("Reizen"), Answer.FITS, False, _("fiets, hoogstens 20 minuten"), _("9 minuten fietsen")),
    Criterion(_("Begeleiding"), Answer.UNKNOWN, True, _("nog niet gevraagd"), _("vaste begeleider, nu plek")),
    Criterion(
        _("Talenten"), Answer.FITS, False, _("geduld hebben"), _("geduld hebben"), _("gezien bij De Pan")
    ),
    Criterion(_("Taal"), Answer.NOT_APPLICABLE, False, _("spreekt goed Nederlands"), _("geen eis")),
]
STEPS = [
    Step(_("Dromen"), "#stap", "done"),
    Step(_("Talenten"), "#stap", "done"),
    Step(_("Uren en dagen"), "", "current"),
    Step(_("Reizen")),
    Step(_("Afspraken")),
]
PEOPLE: list[tuple[str, Text, str, Text]] = [
    ("Samira el Amrani", _("Moerwijk · 8 uur, wil naar 16"), "proposed", _("voorgesteld")),
    ("Joris Blok", _("Morgenstond · 12 uur"), "placed", _("aan het werk")),
    ("Nadia Yılmaz", _("Bouwlust · uren nog niet bekend"), "intake", _("intake")),
]
