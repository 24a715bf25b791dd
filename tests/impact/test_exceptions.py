"""Displacement checks in the report: how many, what came out, and why some opened although an answer gave pause."""

from datetime import timedelta

import pytest
from django.utils import timezone

from buurtbaan.bureaus.models import Bureau
from employers.enums import CheckDecision
from impact import snapshots
from impact.indicators import INDICATORS
from impact.publishing import publish
from tests.employers.factories import CheckFactory, EmployerFactory, PositionFactory

pytestmark = pytest.mark.django_db


def test_exceptions_are_counted_by_reason_and_without_anybodys_words(bureau: Bureau) -> None:
    today = timezone.localdate()
    employer = EmployerFactory(bureau=bureau)
    for grounds in (["left_undone", "short"], ["short"]):
        CheckFactory(
            position=PositionFactory(employer=employer),
            decision=CheckDecision.EXCEPTION,
            grounds=grounds,
            reason="Zoals besproken in de kantine",
            decided_at=timezone.now(),
        )
    CheckFactory(position=PositionFactory(employer=employer), positive=True)
    with snapshots.one_moment(bureau, reason="test"):
        figures = snapshots.measure(bureau, since=today - timedelta(days=30), until=today)
    assert figures.positions["checks:exception"] == 2
    published, _guard = publish(figures, version=1)
    table = next(one for one in published["tables"] if one["id"] == "exceptions")
    shown = [published["figures"][name]["value"] for row in table["cells"] for name in row]
    assert shown == [1, 2]
    assert table["indicator"] in INDICATORS
    assert "kantine" not in str(published)


def test_without_exceptions_there_is_no_such_table(bureau: Bureau) -> None:
    today = timezone.localdate()
    with snapshots.one_moment(bureau, reason="test"):
        figures = snapshots.measure(bureau, since=today - timedelta(days=30), until=today)
    published, _guard = publish(figures, version=1)
    assert "exceptions" not in {table["id"] for table in published["tables"]}
