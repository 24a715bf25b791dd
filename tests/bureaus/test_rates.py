"""The figures that come along, each with its source."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from buurtbaan.bureaus.models import Rate

pytestmark = pytest.mark.django_db
HEAD = "kind,key,value,unit,valid_from,valid_until,place,source,note\n"


def test_loading_twice_gives_the_same_figures() -> None:
    call_command("load_rates", verbosity=0)
    first = list(Rate.objects.order_by("pk").values())
    call_command("load_rates", verbosity=0)
    assert list(Rate.objects.order_by("pk").values()) == first
    assert all(rate["source"] for rate in first)


@pytest.mark.parametrize(
    ("day", "wage"),
    [(date(2025, 6, 30), "14.06"), (date(2025, 7, 1), "14.40"), (date(2026, 1, 1), "14.71")],
)
def test_the_minimum_wage_is_that_of_the_day(day: date, wage: str) -> None:
    call_command("load_rates", verbosity=0)
    found = Rate.objects.all().choose("minimum_wage", "age_21_up", on=day, places=["NL"])
    assert found is not None
    assert found.value == Decimal(wage)


def test_what_is_not_known_stays_unknown() -> None:
    call_command("load_rates", verbosity=0)
    assert Rate.objects.all().choose("benefit_norm_net", "single", on=date(2026, 3, 1), places=["NL"]) is None


def test_a_bad_line_is_named_and_nothing_is_half_done(tmp_path: Path) -> None:
    file = tmp_path / "rates.csv"
    file.write_text(HEAD + "a,b,1,share,,,NL,proef,\nc,d,veel,share,,,NL,proef,\n")
    with pytest.raises(CommandError, match="regel 3"):
        call_command("load_rates", str(file), verbosity=0)
    assert not Rate.objects.exists()
