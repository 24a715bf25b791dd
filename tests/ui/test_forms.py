"""Forms say what to do, keep what was typed, and keep unknown apart from none."""

from datetime import date
from decimal import Decimal

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from buurtbaan.ui.examples import ExampleForm
from buurtbaan.ui.forms import DateInput, DaypartField, HoursField, Segmented, TermField, form_helper
from buurtbaan.vocabulary import dayparts


def words():
    return [("Met mensen", [(1, "luisteren"), (2, "geduld")])]


class AskForm(forms.Form):
    name = forms.CharField(label="Hoe heet je?")
    starts = forms.DateField(label="Vanaf", required=False, widget=DateInput)
    hours = HoursField(label="Uren", required=False)
    when = DaypartField(label="Wanneer", required=False)
    talents = TermField(label="Talenten", required=False, groups=words)
    travel = forms.ChoiceField(label="Reizen", widget=Segmented, choices=[("bike", "Fiets")])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        form_helper(self, submit="Bewaar gesprek", cancel_url="/terug/", once=True)


def sent(text):
    form = AskForm(QueryDict(f"name=Samira&travel=bike&{text}"))
    form.is_valid()
    return form


@given(st.integers(min_value=1, max_value=dayparts.ALL))
def test_ticked_dayparts_become_the_same_mask(mask):
    ticks = "&".join(f"when={number}" for number in dayparts.numbers(mask))
    assert sent(f"{ticks}&when_unknown=1").cleaned_data["when"] == mask


def test_not_knowing_when_is_an_answer_and_saying_nothing_is_not():
    assert sent("when_unknown=1").cleaned_data["when"] is None
    assert "weet ik nog niet" in sent("").errors["when"][0]


def test_a_daypart_that_does_not_exist_is_refused():
    assert "when" in sent("when=21").errors
    assert "when" in sent("when=maandag").errors


def test_words_not_asked_differ_from_no_words():
    assert sent("talents_unknown=1").cleaned_data["talents"] is None
    assert sent("").cleaned_data["talents"] == []
    assert sent("talents=2&talents=1&talents_unknown=1").cleaned_data["talents"] == [2, 1]


def test_a_word_outside_the_list_is_refused():
    assert "talents" in sent("talents=99").errors


@pytest.mark.parametrize("typed", ["12,5", "12.5", " 12,50 "])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_hours_take_a_comma_and_a_point(typed, language):
    with translation.override(language):
        assert sent(f"hours={typed}").cleaned_data["hours"] == Decimal("12.5")


@pytest.mark.parametrize("typed", ["veel", "0", "41", "8,125"])
def test_hours_that_cannot_be_are_refused(typed):
    assert "hours" in sent(f"hours={typed}").errors


def test_known_dayparts_hours_and_words_come_back_in_the_form():
    form = AskForm(initial={"when": dayparts.bit(3, 1), "hours": Decimal("12.50"), "talents": [2]})
    html = render_crispy_form(form)
    assert 'value="10" id="id_when_10" checked' in html
    assert 'value="12,5"' in html
    assert 'value="2" id="id_talents_0_1" checked' in html or 'value="2" id="id_talents_1" checked' in html
    assert 'id="id_when_unknown" value="1" checked' not in html


def test_what_was_typed_comes_back_with_the_error():
    html = render_crispy_form(sent("hours=veel&when=4&talents=1"))
    assert 'value="veel"' in html
    assert 'value="4" id="id_when_4" checked' in html


def test_the_summary_of_errors_links_to_each_input():
    form = ExampleForm({"hours": "veel", "talents_unknown": "1"})
    html = render_crispy_form(form)
    assert 'class="error-summary" role="alert" tabindex="-1" autofocus' in html
    for name, first in {
        "name": "id_name",
        "travel": "id_travel_0",
        "hours": "id_hours",
        "dayparts": "div_id_dayparts",
    }.items():
        assert form.errors[name]
        assert f'<a href="#{first}">' in html
        assert f'id="{first}"' in html


def test_a_required_field_says_what_to_do_with_its_own_name():
    assert sent("").errors.get("name") is None
    form = AskForm(QueryDict("when_unknown=1"))
    assert form.errors["name"] == ["Vul “Hoe heet je?” in."]
    assert form.errors["travel"] == ["Kies bij “Reizen” wat past."]


def test_each_form_carries_a_fresh_token_and_a_way_back():
    first, second = render_crispy_form(AskForm()), render_crispy_form(AskForm())
    assert 'name="once"' in first
    assert first != second
    assert '<a href="/terug/">' in first
    assert "Bewaar gesprek" in first


def test_help_and_errors_are_tied_to_their_input():
    html = render_crispy_form(ExampleForm({"since": "gisteren"}))
    assert 'id="id_since_helptext"' in html
    assert 'id="id_since_error"' in html
    assert 'aria-describedby="id_since_helptext id_since_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_date_is_written_for_the_picker_in_every_language():
    for language in ("nl", "en"):
        with translation.override(language):
            assert 'value="2026-03-01"' in str(AskForm(initial={"starts": date(2026, 3, 1)})["starts"])


def test_no_dashes_stand_where_nothing_is_chosen():
    class PickForm(forms.Form):
        kind = forms.ChoiceField(choices=[("", "---------"), ("a", "Appel")])
        way = forms.ChoiceField(widget=Segmented, choices=[("", "---------"), ("in", "Inkomsten")])

    form = PickForm()
    form_helper(form)
    assert [text for _value, text in form.fields["kind"].choices] == ["Kies…", "Appel"]
    assert [text for _value, text in form.fields["way"].choices] == ["Inkomsten"]
