"""The demo's report beside a script that knows nothing of how reports are made."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.utils import translation

from buurtbaan.bureaus.models import Bureau
from candidates.enums import ErasureRule
from candidates.models import Candidate
from candidates.services.erasing import erase
from impact.checking import text_of
from impact.documents import render_report, report_document, shown
from impact.publishing import exact, publish
from tests.impact.test_figures import measured
from tests.impact.test_remainder import steady

SCRIPT = (Path(__file__).parent / "independent.sql").read_text()
PERIOD = date(2026, 1, 1), date(2026, 11, 20)


def second_opinion(bureau: Bureau) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(SCRIPT, {"bureau": bureau.pk, "since": PERIOD[0], "until": PERIOD[1]})
        return dict(cursor.fetchall())


def test_the_demo_as_an_independent_script_counts_it_and_after_erasures(db: None) -> None:
    """One test for two promises, because telling the demo's story takes long."""
    call_command("load_demo", "--date", "2026-11-20", verbosity=0)
    bureau = Bureau.objects.get(slug__contains="zuidwest")
    the_pdf_says_what_the_script_counts(bureau)
    erased_people_still_count(bureau)


def the_pdf_says_what_the_script_counts(bureau: Bureau) -> None:
    opinion = second_opinion(bureau)
    figures = measured(bureau, *PERIOD)
    ours = exact(figures)
    assert len(opinion) > 60
    assert {name: ours.get(name) for name in opinion} == opinion
    with translation.override("nl"):
        published, guard = publish(figures)
        text = re.sub(r"\s+", " ", text_of(render_report(published, language="nl")))
        for line, names in _lines(published):
            known = [name for name in names if name in opinion and name not in guard.hidden]
            if known:
                assert _row(line, names, published, opinion) in text


def _lines(published: dict[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
    blocks = [block for section in report_document(published).sections for block in section.blocks]
    return [(row.label, row.figures) for block in blocks for row in block.rows]


def _row(label: str, names: tuple[str, ...], published: dict[str, Any], opinion: dict[str, int]) -> str:
    """A line of a table as the PDF must have it, with what the script counted in place of what we did."""
    cells = []
    for name in names:
        figure = published["figures"][name]
        if name in opinion and figure["status"] == "shown":
            figure = {**figure, "value": Decimal(opinion[name])}
        cells.append(shown(figure))
    return " ".join([label, *cells])


def erased_people_still_count(bureau: Bureau) -> None:
    before = measured(bureau, *PERIOD)
    placed = Candidate.objects.filter(bureau=bureau, placements__isnull=False).distinct().order_by("pk")[:4]
    others = Candidate.objects.filter(bureau=bureau, placements=None).order_by("pk")[:3]
    for person in [*placed, *others]:
        erase(candidate=person, rule=ErasureRule.ASKED)
    after = measured(bureau, *PERIOD)
    assert (before.people("funnel:entered"), before.people("funnel:started")) == (50, 27)
    assert Candidate.objects.filter(bureau=bureau).count() == 44, (
        "50 of this year and a closed file of years ago"
    )
    assert (after.people("funnel:entered"), after.people("funnel:started")) == (50, 27)
    assert steady(after) == steady(before)
    assert abs(after.benefit_days[1] - before.benefit_days[1]) <= 1
