"""What the reader of a report is spared: rows and pages that say nothing."""

from __future__ import annotations

from datetime import date

from candidates.wellbeing import questions
from impact.documents import report_document
from impact.publishing import publish
from tests.impact import invented


def test_a_question_that_nobody_answered_twice_takes_one_line_and_not_a_page() -> None:
    published = publish(invented.figures_of([], date(2026, 1, 1), date(2026, 3, 31)))[0]
    published["measured_at"] = "2026-04-01T09:00:00+02:00"

    def rows() -> int:
        blocks = [block for part in report_document(published).sections for block in part.blocks]
        return len(next(block for block in blocks if block.id == "wellbeing").rows)

    assert rows() == len(questions())
    published["figures"][f"wellbeing:{questions()[0].code}:now:high"]["value"] = 6
    assert rows() == len(questions()) + 3, "its three answers, zeros too"
