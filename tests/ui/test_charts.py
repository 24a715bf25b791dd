"""Charts: right in every language, named for those who cannot see them, and never more than they may show."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from buurtbaan.ui.charts import (
    Bar,
    Bars,
    Chart,
    Funnel,
    LadderMatrix,
    Mark,
    Mix,
    Pair,
    PairedBars,
    People,
    Range,
    Staircase,
    Survival,
    path_chart,
    staircase,
)
from buurtbaan.ui.templatetags.charts import chart

SVG = "{http://www.w3.org/2000/svg}"
RUNGS = ("Geïsoleerd", "Contacten", "Activiteiten", "Onbetaald", "Met steun", "Betaald")


def hours_chart() -> Staircase:
    steps = [
        (date(2026, 1, 5), date(2026, 2, 1), Decimal("8.5")),
        (date(2026, 2, 2), date(2026, 3, 1), Decimal("16")),
        (date(2026, 3, 2), date(2026, 4, 5), Decimal("12")),
        (date(2026, 4, 6), None, Decimal("27")),
    ]
    return staircase(steps, chart_id="hours", title="Uren", until=date(2026, 6, 30))


def every_chart() -> list[Chart]:
    bars = (Bar("Inloop", 8), Bar("Bijeenkomst", None), Bar("Online", 0), Bar("Via", Decimal("1250.5")))
    return [
        Bars(id="bars", title="Bronnen", description="d", bars=bars),
        Funnel(
            id="funnel",
            title="Trechter",
            description="d",
            stages=(Bar("In", 50, "100%"), Bar("Aan", 27), Bar("x", None)),
        ),
        PairedBars(
            id="pairs",
            title="Uren",
            description="d",
            pairs=(Pair("1–7", 4, None),),
            before="start",
            after="nu",
        ),
        Mix(id="mix", title="Vormen", description="d", parts=bars),
        Range(
            id="range",
            title="Bespaard",
            description="d",
            low=Decimal("12000.5"),
            high=Decimal(51000),
            low_text="€ 12.000",
            high_text="€ 51.000",
        ),
        hours_chart(),
        Survival(
            id="still",
            title="Nog aan het werk",
            description="d",
            marks=(Mark(4, 26, 25), Mark(13, 9, None), Mark(52, 0, 0)),
        ),
        LadderMatrix(
            id="ladder", title="Ladder", description="d", rungs=RUNGS, counts=((0, None, 12, 0, 0, 0),) * 6
        ),
        People(id="people", title="Mensen", description="d", total=50, filled=27),
    ]


def svg_of(drawn: Chart) -> ElementTree.Element:
    html = chart(drawn)
    found = re.search(r"<svg.*?</svg>", html, re.S)
    assert found, html
    return ElementTree.fromstring(found.group())  # noqa: S314 - our own drawing


@pytest.mark.parametrize("drawn", every_chart(), ids=lambda c: c.id)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_coordinates_are_numbers_in_every_language(drawn: Chart, language: str) -> None:
    with translation.override(language):
        root = svg_of(drawn)
    numeric = ("x", "y", "width", "height", "cx", "cy", "r", "font-size", "stroke-width")
    values = [el.attrib[name] for el in root.iter() for name in numeric if name in el.attrib]
    assert values
    for value in values:
        float(value)
    for path in root.iter(f"{SVG}path"):
        assert re.fullmatch(r"[MLZHV0-9.\s-]+", path.attrib["d"]), path.attrib["d"]


@pytest.mark.parametrize("drawn", every_chart(), ids=lambda c: c.id)
def test_a_chart_is_named_described_and_says_the_same_as_a_table(drawn: Chart) -> None:
    root = svg_of(drawn)
    ids = {el.attrib["id"]: el for el in root.iter() if "id" in el.attrib}
    assert root.attrib["role"] == "img"
    named = [ids[name] for name in root.attrib["aria-labelledby"].split()]
    assert [el.tag for el in named] == [f"{SVG}title", f"{SVG}desc"]
    assert all(el.text for el in named)
    table = drawn.table()
    assert table.rows
    assert all(len(row) == len(table.columns) for row in table.rows)


@pytest.mark.parametrize("drawn", every_chart(), ids=lambda c: c.id)
def test_a_chart_obeys_the_content_security_policy(drawn: Chart) -> None:
    html = chart(drawn)
    assert "style=" not in html
    assert "<style" not in html
    assert "<script" not in html


@pytest.mark.parametrize("drawn", every_chart(), ids=lambda c: c.id)
def test_every_pattern_that_is_used_is_defined_in_the_same_drawing(drawn: Chart) -> None:
    root = svg_of(drawn)
    defined = {el.attrib["id"] for el in root.iter(f"{SVG}pattern")}
    used = {match for el in root.iter() for match in re.findall(r"url\(#(.+?)\)", el.attrib.get("fill", ""))}
    assert used == defined


def test_a_count_that_is_not_shown_has_the_same_bar_whatever_it_was() -> None:
    few = Bars(id="b", title="t", description="d", bars=(Bar("a", 10), Bar("b", None)))
    rects = [el.attrib["width"] for el in svg_of(few).iter(f"{SVG}rect") if "hidden" in el.attrib["fill"]]
    assert rects == ["22"]
    assert few.table().rows[1] == ("b", "niet getoond")


def test_a_step_back_looks_like_any_other_step() -> None:
    drawing = hours_chart().draw()
    colours = {
        dict(mark.attributes).get("stroke")
        for mark in drawing.marks
        if mark.tag == "path" and mark.fill == "none"
    }
    words = [mark.text for mark in drawing.marks if mark.tag == "text"]
    assert len(colours) == 2  # the staircase and its axis
    assert [word for word in words if word[0].isdigit() and len(word) < 5] == ["8,5", "16", "12", "27"]


def test_the_drawing_with_its_table_open_has_no_fold() -> None:
    template = Template("{% load charts %}{% chart drawn table='open' %}")
    html = template.render(Context({"drawn": every_chart()[0]}))
    assert "<details" not in html
    assert "<caption>Bronnen</caption>" in html


def test_words_of_users_are_escaped() -> None:
    html = chart(Bars(id="b", title="<b>", description='"', bars=(Bar("<script>alert(1)</script>", 1),)))
    assert "<script" not in html
    assert "<b>" not in html


@given(st.integers(0, 20000), st.integers(0, 20000))
def test_dots_never_exceed_a_hundred(total: int, filled: int) -> None:
    drawn = People(id="p", title="t", description="d", total=total, filled=min(filled, total))
    assert len([mark for mark in drawn.draw().marks if mark.tag == "circle"]) <= 100


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**6)), min_size=1, max_size=12))
def test_no_bar_leaves_the_paper(values: list[int | None]) -> None:
    bars = tuple(Bar(f"rij {index}", value) for index, value in enumerate(values))
    for drawn in (
        Bars(id="b", title="t", description="d", bars=bars),
        Mix(id="m", title="t", description="d", parts=bars),
    ):
        for mark in drawn.draw().marks:
            box = dict(mark.attributes)
            if mark.tag == "rect":
                assert float(box["x"]) >= 0
                assert float(box["x"]) + float(box["width"]) <= drawn.width + 2


@pytest.mark.parametrize("ago", [28, 8])
def test_hours_of_the_last_day_stand_clear_of_the_word_today_and_of_its_line(ago: int) -> None:
    day = timedelta(days=1)
    today = date(2026, 6, 30)
    steps = [
        (today - 200 * day, today - ago * day, Decimal(16)),
        (today - (ago - 1) * day, today, Decimal(20)),
        (today + day, today + day, Decimal(20)),
    ]
    drawn = path_chart([("", steps)], chart_id="pad", title="Uren", until=today + day, today=today).draw()
    words = [dict(mark.attributes) | {"text": mark.text} for mark in drawn.marks if mark.tag == "text"]
    word = next(one for one in words if one["text"] == "vandaag")
    numbers = [one for one in words if one.get("font-size") == "18"]
    assert [one["text"] for one in numbers][-1] == "20", "what holds last is never the one left out"
    near = [one for one in numbers if abs(float(one["x"]) - float(word["x"])) < 60]
    assert near, "the last hours stand close to the word"
    assert all(float(one["y"]) - 18 >= float(word["y"]) for one in near)
    lines = [dict(mark.attributes)["d"] for mark in drawn.marks if mark.tag == "path"]
    upright = [re.findall(r"[\d.]+", d) for d in lines if len(re.findall(r"[\d.]+", d)) == 4]
    assert upright, "the line of today is drawn"
    crossing = [
        one for x, top, x2, low in upright if x == x2 for one in near
        if abs(float(one["x"]) - float(x)) < 10 and float(top) < float(one["y"]) - 6 < float(low)
    ]  # fmt: skip
    assert not crossing
