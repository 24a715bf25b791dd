"""One way to write figures down, so that the same figures always have the same bytes and the same hash.

RFC 8785 for what we use: keys in order, no spaces, UTF-8, numbers as short as they can be.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

BIGGEST = 2**53
"""Beyond this a number may change on its way through another program."""


def canonical(value: Any) -> bytes:
    """The bytes of `value`. Raises ValueError for what has no single spelling (NaN, huge numbers)."""
    return _text(value).encode()


def sha256(value: Any) -> str:
    """The hash by which a file or a figure set is recognised: of the bytes, or of the canonical form."""
    return hashlib.sha256(value if isinstance(value, bytes) else canonical(value)).hexdigest()


def plain(value: Any) -> Any:
    """The same as plain JSON types, as it will come back from a JSON column."""
    return json.loads(canonical(value))


def _text(value: Any) -> str:
    match value:
        case None | bool() | str():
            return json.dumps(value, ensure_ascii=False)
        case int() | float() | Decimal():
            return _number(value)
        case datetime() | date():
            return json.dumps(value.isoformat())
        case dict():
            pairs = sorted((str(key), item) for key, item in value.items())
            return "{" + ",".join(f"{_text(key)}:{_text(item)}" for key, item in pairs) + "}"
        case list() | tuple():
            return "[" + ",".join(_text(item) for item in value) + "]"
    raise ValueError(f"No canonical form for {type(value).__name__}")


def _number(value: int | float | Decimal) -> str:
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite() or abs(exact) > BIGGEST:
        raise ValueError(f"No canonical form for {value}")
    if exact == exact.to_integral_value():
        return str(int(exact))
    return format(exact.normalize(), "f")
