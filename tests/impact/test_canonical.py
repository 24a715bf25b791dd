"""The same figures always have the same bytes."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.canonical import canonical, plain, sha256

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text()
    | st.decimals(-(10**6), 10**6, places=2),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_reading_and_writing_again_changes_nothing(value: Any) -> None:
    once = canonical(value)
    assert canonical(json.loads(once)) == once
    assert canonical(plain(value)) == once


@given(st.dictionaries(st.text(), st.integers(0, 9)))
def test_the_order_of_entry_does_not_matter(value: dict[str, int]) -> None:
    assert canonical(value) == canonical(dict(reversed(value.items())))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("12000.00"), "12000"),
        (13.40, "13.4"),
        (Decimal("0.10"), "0.1"),
        (date(2026, 6, 30), '"2026-06-30"'),
        (datetime(2026, 6, 30, 9, 5, tzinfo=UTC), '"2026-06-30T09:05:00+00:00"'),
        ({"b": 1, "a": (True, None)}, '{"a":[true,null],"b":1}'),
        ("Geïsoleerd", '"Geïsoleerd"'),
    ],
)
def test_one_spelling(value: Any, text: str) -> None:
    assert canonical(value).decode() == text


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53 + 1, object(), {1, 2}])
def test_what_has_no_single_spelling_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="No canonical form"):
        canonical(value)


def test_the_hash_is_that_of_the_file() -> None:
    assert sha256({"a": 1}) == hashlib.sha256(b'{"a":1}').hexdigest() == sha256(b'{"a":1}')
