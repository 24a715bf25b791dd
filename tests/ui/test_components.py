"""Components carry their meaning in words, keep what they are given, and trust no text."""

import re
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from buurtbaan.ui import icons
from buurtbaan.ui.examples import ExampleFilter
from buurtbaan.ui.pieces import STATUS_TONES, TONES, Answer, Criterion, Step
from buurtbaan.vocabulary import dayparts

EVIL = "<script>alert(1)</script>"


def draw(text, path="/lijst/", **values):
    request = RequestFactory().get(path)
    return Template("{% load ui %}" + text).render(Context({"request": request, **values}))


@pytest.mark.parametrize("name", icons.names())
def test_every_icon_is_one_small_wellformed_drawing(name):
    ElementTree.fromstring((icons.DRAWINGS / f"{name}.svg").read_text())  # noqa: S314 our own file
    assert 'aria-hidden="true"' in icons.draw(name)
    assert len(icons.draw(name)) < 700


def test_an_icon_that_stands_alone_has_a_name_and_an_unknown_one_fails():
    assert 'role="img" aria-label="past"' in icons.draw("check", "past")
    with pytest.raises(KeyError):
        icons.draw("eenhoorn")


@pytest.mark.parametrize("tone", TONES)
def test_a_state_is_an_icon_and_a_word(tone):
    html = draw("{% badge tone 'wacht' %}", tone=tone)
    assert "<svg" in html
    assert "wacht" in html


def test_every_known_state_has_a_tone_that_exists():
    assert set(STATUS_TONES.values()) <= set(TONES)
    assert "tone-quiet" in draw("{% status 'nooit_gezien' 'woord' %}")


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (Answer.FITS, "past"),
        (Answer.UNKNOWN, "onbekend"),
        (Answer.CLASHES, "botst"),
        (Answer.NOT_APPLICABLE, "n.v.t."),
    ],
)
def test_each_answer_has_its_own_word(answer, word):
    assert word in draw("{% answer code %}", code=answer)


def test_the_criteria_grid_shows_both_texts_and_the_weight():
    rows = [
        Criterion("Uren", "fits", True, "8 nu", "8 tot 20", "gezegd op 3 maart"),
        Criterion("Taal", "unknown"),
    ]
    html = draw("{% criteria_grid rows 'Samira' 'De Pan' %}", rows=rows)
    for text in (
        "Uren",
        "moet",
        "8 nu",
        "8 tot 20",
        "gezegd op 3 maart",
        "past",
        "fijn als het past",
        "onbekend",
    ):
        assert text in html
    assert 'data-label="Samira"' in html


def test_the_strip_puts_musts_first_and_leaves_out_what_does_not_apply():
    rows = [
        Criterion("Reizen", "fits"),
        Criterion("Uren", "clashes", True),
        Criterion("Taal", "not_applicable"),
    ]
    html = draw("{% criteria_strip rows %}", rows=rows)
    assert html.index("Uren") < html.index("Reizen")
    assert "Taal" not in html
    assert ": botst" in html


def test_the_week_tells_in_words_what_can_and_what_is_asked():
    html = draw(
        "{% daypart_grid mask asked=asked %}",
        mask=dayparts.bit(0, 0),
        asked=dayparts.bit(0, 0) | dayparts.bit(1, 0),
    )
    assert html.count('class="is-on is-asked"') == 1
    assert html.count("gevraagd, kan niet") == 2  # the cell and the key
    assert html.count("<td") == 22


def test_a_week_nobody_asked_about_is_not_an_empty_week():
    assert "nog niet gevraagd" in draw("{% daypart_grid None %}")
    assert "<table" in draw("{% daypart_grid 0 %}")


@pytest.mark.parametrize(
    "text",
    [
        "{% badge 'ok' evil %}",
        "{% person_card evil url='/x/' meta=evil %}{{ evil }}{% endperson_card %}",
        "{% fact evil %}{{ evil }}{% endfact %}",
        "{% empty_state evil evil url='/x/' label=evil %}",
        "{% tile evil evil evil %}",
        "{% timeline_item evil evil by=evil %}{{ evil }}{% endtimeline_item %}",
        "{% next_step title=evil url='/x/' label=evil %}{{ evil }}{% endnext_step %}",
        "{% summary_card %}{{ evil }}{% endsummary_card %}",
        "{% panel evil %}{{ evil }}{% endpanel %}",
        "{% tabs %}{% tab '/x/' evil %}{% endtabs %}",
        "{% progress_bar 5 evil url='/x/' %}",
        "{% sort_head 'a' evil %}",
        "{% avatar evil %}",
        "{% criteria_strip rows %}{% criteria_grid rows evil evil %}",
        "{% stepper steps %}",
    ],
)
def test_no_component_lets_markup_through(text):
    rows = [Criterion(EVIL, "fits", True, EVIL, EVIL, EVIL, EVIL)]
    assert "<script" not in draw(text, evil=EVIL, rows=rows, steps=[Step(EVIL, "/x/", "done")])


def test_a_fact_without_a_value_says_so():
    assert "nog niet bekend" in draw("<dl>{% fact 'Uren' %}{{ nothing }}{% endfact %}</dl>", nothing="")
    assert "nog niet bekend" in draw("<dl>{% fact 'Uren' %}{{ nothing }}{% endfact %}</dl>", nothing=None)
    assert "nog niet bekend" not in draw(
        "<dl>{% fact 'Uren' %}{{ none_at_all }}{% endfact %}</dl>", none_at_all=0
    )


def test_the_tab_of_this_page_is_marked():
    html = draw("{% tabs %}{% tab '/lijst/?a=1' 'Hier' %}{% tab '/elders/' 'Daar' count=0 %}{% endtabs %}")
    assert re.search(r'href="/lijst/\?a=1" aria-current="page">Hier', html)
    assert 'aria-current="page">Daar' not in html
    assert '<span class="count">0</span>' in html


def test_sorting_turns_round_and_keeps_the_filters():
    head = "{% sort_head 'naam' 'Naam' default=True %}"
    assert 'href="?q=jan&amp;sort=-naam"' in draw(head, "/lijst/?q=jan&page=3")
    assert 'aria-sort="ascending"' in draw(head)
    assert 'aria-sort="descending"' in draw(head, "/lijst/?sort=-naam")
    assert "aria-sort" not in draw(head, "/lijst/?sort=uren")


def test_leafing_keeps_filters_and_says_where_we_are():
    html = draw("{% pagination page %}", "/lijst/?q=jan&page=3", page=Paginator(range(240), 10).page(3))
    assert 'rel="prev" href="?q=jan&amp;page=2"' in html
    assert 'rel="next" href="?q=jan&amp;page=4"' in html
    assert html.count('aria-current="page"') == 1
    assert draw("{% pagination page %}", page=Paginator(range(5), 10).page(1)).strip() == ""


def test_a_filter_keeps_the_order_and_offers_to_clear_what_was_chosen():
    html = draw("{% filter_bar form %}", "/lijst/?q=jan&sort=uren&page=2", form=ExampleFilter({"q": "jan"}))
    assert '<input type="hidden" name="sort" value="uren">' in html
    assert 'name="page"' not in html
    assert "Wis filters" in html
    assert "Wis filters" not in draw("{% filter_bar form %}", form=ExampleFilter({}))


def test_long_work_asks_again_until_it_is_done():
    busy = draw("{% progress_bar None 'Wachten' url='/stand/' %}")
    assert 'hx-get="/stand/"' in busy
    assert "value=" not in busy.split("<progress")[1].split(">")[0]
    done = draw("{% progress_bar 100 'Klaar' %}")
    assert "hx-get" not in done
    assert 'value="100"' in done


def test_saved_is_told_in_local_time():
    at = datetime(2026, 1, 5, 13, 2, tzinfo=UTC)
    assert "bewaard 14:02" in draw("{% saved_badge at=at %}", at=at)
    assert "nog niet verstuurd" in draw("{% saved_badge pending=True %}")


def test_a_happening_has_a_machine_readable_day():
    html = draw("{% timeline_item day 'Intake' %}{% endtimeline_item %}", day=date(2026, 3, 1))
    assert '<time datetime="2026-03-01">1 maart 2026</time>' in html
