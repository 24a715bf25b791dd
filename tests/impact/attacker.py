"""Somebody with a solver and every number we ever printed: what can they find out?"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import lil_matrix

from impact.averages import ROUNDED, classes
from impact.disclosure import PRINTED, Part, Web


def ranges(
    web: Web, hidden: frozenset[str], targets: Iterable[str], means: Mapping[str, Decimal] | None = None
) -> dict[str, tuple[float, float]]:
    """For each target the lowest and highest value in agreement with all that is printed.

    means: averages that are printed too; each lies between the fewest and the most hours of those it is about.
    Rounded inwards to whole people. An infinite bound means that nothing limits it.
    """
    names = list(web.numbers)
    place = {name: index for index, name in enumerate(names)}
    sums = lil_matrix((len(web.equations), len(names)))
    for row, equation in enumerate(web.equations):
        for name, sign in equation.items():
            sums[row, place[name]] = sign
    told = dict(means or {})
    orders = lil_matrix((max(1, len(web.orders)) + 2 * len(told), len(names)))
    for row, (larger, smaller) in enumerate(web.orders):
        orders[row, place[larger]], orders[row, place[smaller]] = -1, 1
    for row, (name, mean) in enumerate(told.items(), max(1, len(web.orders))):
        for one, (low, high) in classes(name).items():
            orders[row, place[one]] = float(low - mean - ROUNDED)
            orders[row + len(told), place[one]] = float(mean - ROUNDED - high)
    bounds = [_bounds(web, name, hidden) for name in names]
    known = {
        "A_eq": sums.tocsr(),
        "b_eq": np.zeros(sums.shape[0]),
        "A_ub": orders.tocsr(),
        "b_ub": np.zeros(orders.shape[0]),
    }
    return {target: _range(place[target], known, bounds) for target in targets}


def _bounds(web: Web, name: str, hidden: frozenset[str]) -> tuple[float, float | None]:
    number = web.numbers[name]
    printed = number.part is Part.RELEASED or (number.part in PRINTED and name not in hidden)
    return (number.value, number.value) if printed else (0, None)


def _range(
    target: int, known: dict[str, Any], bounds: list[tuple[float, float | None]]
) -> tuple[float, float]:
    goal = np.zeros(len(bounds))
    goal[target] = 1
    low = linprog(goal, **known, bounds=bounds, method="highs")
    high = linprog(-goal, **known, bounds=bounds, method="highs")
    assert low.status == 0, "what is printed contradicts itself"
    most = math.inf if high.status == 3 else math.floor(-high.fun + 1e-6)
    return math.ceil(low.fun - 1e-6), most
