"""Our own map of the neighbourhood: points on a flat drawing, near ones together, no tiles of anybody.

Over a town the earth is flat enough: a degree of longitude counts cos(latitude) times a degree of latitude.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import TypeAlias

from django.utils.formats import number_format
from django.utils.functional import cached_property

Point: TypeAlias = tuple[float, float]
"""Latitude and longitude."""

KM_PER_DEGREE = 111.2
FAR_KM = 12.0
"""What lies further from the middle of all is left out of the frame and said in words."""
LEAST_KM = 0.8
"""A frame is never narrower than this, so that one place has surroundings."""
MARGIN = 0.16
QUARTER_KM = 1.4
"""Across a neighbourhood of which we know no other beside it."""
MOST_DOTS = 60
MOST_LABELS = 14
AROUND = tuple((dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
SCALES_KM = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True)
class Pin:
    """Something to find on the map; `strong` draws it filled, `owner` is the employer that it leads to."""

    key: int
    name: str
    point: Point
    owner: int = 0
    strong: bool = True
    vague: bool = False


@dataclass(frozen=True)
class Quarter:
    """A neighbourhood by its middle."""

    name: str
    point: Point


@dataclass
class Dot:
    """One pin, or several that lie too near to each other to tell them apart."""

    x: float
    y: float
    pins: list[Pin]

    def take(self, part: Dot) -> None:
        """Join with another; the middle moves by how many pins each has."""
        self.pins += part.pins
        share = part.count / self.count
        self.x += (part.x - self.x) * share
        self.y += (part.y - self.y) * share

    @property
    def count(self) -> int:
        return len(self.pins)

    @property
    def first(self) -> Pin:
        return self.pins[0]

    @property
    def strong(self) -> bool:
        return any(pin.strong for pin in self.pins)

    @property
    def vague(self) -> bool:
        return all(pin.vague for pin in self.pins)

    @property
    def radius(self) -> float:
        """More pins, a larger dot; never so large that it hides a neighbourhood."""
        return 9.0 if self.count == 1 else min(26.0, 11.0 + 2.4 * math.sqrt(self.count))

    @property
    def names(self) -> str:
        """At most five names, and how many more."""
        shown = ", ".join(pin.name for pin in self.pins[:5])
        return f"{shown} + {self.count - 5}" if self.count > 5 else shown

    @property
    def box(self) -> str:
        """The corners around these pins, for an address that shows these alone."""
        return box_of([pin.point for pin in self.pins])


@dataclass(frozen=True)
class Label:
    """A neighbourhood in the drawing: a soft disc, and its name in the top of it, clear of the dots."""

    name: str
    x_disc: float
    y: float
    radius: float
    x: float
    y_name: float
    shown: bool


@dataclass(frozen=True)
class Frame:
    """Which part of the world fills a drawing of `width` by `height` units."""

    south: float
    west: float
    scale: float
    squeeze: float
    width: int
    height: int

    def place(self, point: Point) -> tuple[float, float]:
        """Where a point lies in the drawing; y grows downwards."""
        x = (point[1] - self.west) * self.squeeze * self.scale
        y = self.height - (point[0] - self.south) * self.scale
        return round(x, 1), round(y, 1)

    def shows(self, x: float, y: float) -> bool:
        """Whether a spot of the drawing lies in the frame."""
        return 0 <= x <= self.width and 0 <= y <= self.height

    def holds(self, point: Point) -> bool:
        return self.shows(*self.place(point))

    @property
    def units_per_km(self) -> float:
        return self.scale / KM_PER_DEGREE


def frame_for(points: Sequence[Point], width: int, height: int) -> Frame:
    """The frame around these points (at least one), with a margin and with at least LEAST_KM across."""
    south, north = min(p[0] for p in points), max(p[0] for p in points)
    west, east = min(p[1] for p in points), max(p[1] for p in points)
    middle = (south + north) / 2, (west + east) / 2
    squeeze = math.cos(math.radians(middle[0]))
    least = LEAST_KM / KM_PER_DEGREE
    tall = max(north - south, least * height / width) * (1 + 2 * MARGIN)
    wide = max((east - west) * squeeze, least) * (1 + 2 * MARGIN)
    scale = min(height / tall, width / wide)
    return Frame(
        south=middle[0] - height / scale / 2,
        west=middle[1] - width / scale / squeeze / 2,
        scale=scale,
        squeeze=squeeze,
        width=width,
        height=height,
    )


def near_middle(points: Sequence[Point]) -> list[Point]:
    """The points without those that lie far from the middle of all, so that one far place shrinks nothing."""
    if not points:
        return []
    middle = median(p[0] for p in points), median(p[1] for p in points)
    return [point for point in points if apart_km(point, middle) <= FAR_KM]


def apart_km(one: Point, other: Point) -> float:
    """The straight line between two points in a town."""
    squeeze = math.cos(math.radians((one[0] + other[0]) / 2))
    return math.hypot(one[0] - other[0], (one[1] - other[1]) * squeeze) * KM_PER_DEGREE


def cluster(pins: Iterable[tuple[float, float, Pin]], near: float) -> list[Dot]:
    """Pins less than `near` units apart share a dot, which lies in their middle; dots grow together until they fit."""
    dots = _joined((Dot(x, y, [pin]) for x, y, pin in pins), near)
    while len(dots) > MOST_DOTS:
        near *= 1.5
        dots = _joined(dots, near)
    return dots


def _joined(parts: Iterable[Dot], near: float) -> list[Dot]:
    """Parts less than `near` apart as one dot each.

    A dot stands in the square of `near` by `near` that its middle lies in, so that only nine squares are searched.
    """
    dots: list[Dot] = []
    squares: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for part in parts:
        number = _closest(dots, squares, part.x, part.y, near)
        if number is None:
            squares[_square(part.x, part.y, near)].append(len(dots))
            dots.append(Dot(part.x, part.y, list(part.pins)))
            continue
        close = dots[number]
        before = _square(close.x, close.y, near)
        close.take(part)
        if (after := _square(close.x, close.y, near)) != before:
            squares[before].remove(number)
            squares[after].append(number)
    return dots


def _square(x: float, y: float, near: float) -> tuple[int, int]:
    return int(x // near), int(y // near)


def _closest(
    dots: Sequence[Dot], squares: Mapping[tuple[int, int], list[int]], x: float, y: float, near: float
) -> int | None:
    """The number of the closest dot that is less than `near` away, the oldest of equals."""
    column, row = _square(x, y, near)
    best, least = None, near * near
    for dx, dy in AROUND:
        for number in squares.get((column + dx, row + dy), ()):
            dot = dots[number]
            apart = (dot.x - x) ** 2 + (dot.y - y) ** 2
            if apart < least or (apart == least and best is not None and number < best):
                best, least = number, apart
    return best


def box_of(points: Sequence[Point]) -> str:
    """South, west, north, east as a text for an address."""
    lats, lons = [p[0] for p in points], [p[1] for p in points]
    return ",".join(f"{value:.5f}" for value in (min(lats), min(lons), max(lats), max(lons)))


def read_box(text: str) -> tuple[float, float, float, float] | None:
    """The corners in such a text, a little wider for the rounding; None for anything else."""
    try:
        south, west, north, east = (float(part) for part in text.split(","))
    except ValueError:
        return None
    if not (-90 <= south <= north <= 90 and -180 <= west <= east <= 180):
        return None
    return south - 1e-5, west - 1e-5, north + 1e-5, east + 1e-5


@dataclass
class Drawing:
    """A map of one size; give `pins` within the frame's reach."""

    pins: Sequence[Pin]
    quarters: Sequence[Quarter]
    width: int
    height: int
    near: float = 30.0
    letter: float = 15.0
    """How high a letter is, in units."""
    focus: Sequence[Point] = field(default_factory=list)

    @cached_property
    def frame(self) -> Frame:
        points = list(self.focus) or near_middle([pin.point for pin in self.pins])
        return frame_for(points or [quarter.point for quarter in self.quarters], self.width, self.height)

    @cached_property
    def dots(self) -> list[Dot]:
        """Small ones last, so that none lies hidden under a large one."""
        placed = ((*self.frame.place(pin.point), pin) for pin in self.pins)
        inside = ((x, y, pin) for x, y, pin in placed if self.frame.shows(x, y))
        return sorted(cluster(inside, self.near), key=lambda dot: -dot.radius)

    @cached_property
    def labels(self) -> list[Label]:
        """The neighbourhoods in the frame; a name that would lie over another one is left out."""
        inside = [quarter for quarter in self.quarters if self.frame.holds(quarter.point)]
        spots = [(quarter.name, *self.frame.place(quarter.point)) for quarter in inside]
        found: list[Label] = []
        taken: list[tuple[float, float, float]] = []
        for name, x, y in spots:
            others = [math.hypot(x - ox, y - oy) for other, ox, oy in spots if (ox, oy) != (x, y)]
            reach = min(others, default=QUARTER_KM * self.frame.units_per_km) * 0.5
            radius = round(min(max(reach, 34.0), self.width / (7 if others else 3)), 1)
            half = len(name) * self.letter * 0.29
            x_name = round(min(max(x, half + 6), self.width - half - 6), 1)
            y_name = self._clear_of_dots(x_name, half, y, radius)
            free = all(
                abs(x_name - tx) > half + th or abs(y_name - ty) > self.letter * 1.3 for tx, ty, th in taken
            )
            shown = free and len(taken) < MOST_LABELS
            if shown:
                taken.append((x_name, y_name, half))
            found.append(Label(name, x, y, radius, x_name, y_name, shown))
        return found

    def _clear_of_dots(self, x: float, half: float, y: float, radius: float) -> float:
        """How low a name goes: in the top of its disc, or else above it, under it or in its foot, where no dot is."""
        tops = (y - radius + self.letter, y - radius - 6, y + radius + self.letter, y + radius - 6)
        inside = [round(min(max(one, self.letter), self.height - 4), 1) for one in tops]
        reach = self.letter / 2

        def free(line: float) -> bool:
            return all(
                abs(dot.x - x) > half + dot.radius or abs(dot.y - line + reach) > reach + dot.radius
                for dot in self.dots
            )

        return next((line for line in inside if free(line)), inside[0])

    @property
    def bar(self) -> tuple[float, str]:
        """How long the measuring bar is in units, and what it stands for."""
        fitting = [km for km in SCALES_KM if km * self.frame.units_per_km <= self.width / 3]
        km = fitting[-1] if fitting else SCALES_KM[0]
        text = f"{number_format(km)} km" if km >= 1 else f"{round(km * 1000)} m"
        return round(km * self.frame.units_per_km, 1), text.replace(",0 km", " km").replace(".0 km", " km")
