"""What the answers look like; the description at openapi.json is made from these."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from ninja import Field, Schema


class Shape(Schema):
    """An answer says what is described and nothing else."""

    model_config = {"extra": "forbid"}


class Problem(Shape):
    """Why there is no answer, in plain words."""

    detail: str


class Place(Shape):
    code: str = Field(description="CBS code of the municipality, such as GM0518.")
    name: str


class Office(Shape):
    slug: str = Field(description="Stable short name of the bureau.")
    name: str


class Report(Shape):
    """A released report. Both days belong to the period."""

    id: int
    municipality: Place
    bureau: Office
    since: date
    until: date
    version: int = Field(description="Counts the reports over these days.")
    language: Literal["nl", "en"]
    released_at: datetime
    pdf_sha256: str = Field(description="SHA-256 of the PDF, to recognise the file.")
    page: str = Field(description="Where people read it.")
    figures: str = Field(description="Its figures as JSON.")
    figures_csv: str = Field(description="Its figures as CSV.")


class Reports(Shape):
    """Newest period first. `total` counts what the filters leave."""

    total: int
    offset: int
    limit: int
    reports: list[Report]


class Cell(Shape):
    """One number in one table. `hidden`: left out so that nobody can be recognised. `none`: not measured."""

    table: str
    table_title: str
    row: str
    row_title: str
    column: str
    column_title: str
    figure: str = Field(
        description="The number's own name; the same number has the same name in every report."
    )
    value: float | None
    status: Literal["shown", "hidden", "none"]
    unit: str
    indicator: str = Field(
        description="Which definition it goes by; empty for a sum of money as it was entered."
    )


class Figures(Shape):
    """Every number of a report, one line each."""

    report: Report
    measured_at: datetime
    threshold: int = Field(description="Smaller numbers of people are hidden.")
    definitions: str = Field(description="Version of the definitions.")
    disclosure: str = Field(description="Version of the rule that hides small numbers.")
    sha256: str = Field(description="SHA-256 of all that was published.")
    cells: list[Cell]


class Definition(Shape):
    id: str
    name: str
    definition: str
    formula: str
    population: str
    unit: str


class Definitions(Shape):
    version: str
    definitions: list[Definition]


class Period(Shape):
    """Days over which reports can be added up, and over how many bureaus."""

    since: date
    until: date
    bureaus: int
    page: str = Field(description="Where people read the sum.")
    figures: str = Field(description="The sum as JSON.")
    figures_csv: str = Field(description="The sum as CSV.")


class Periods(Shape):
    """Newest period first."""

    periods: list[Period]


class Part(Shape):
    """A report in a sum, and by which rules it was made."""

    report: int
    bureau: Office
    version: int
    language: Literal["nl", "en"]
    released_at: datetime
    measured_at: datetime
    definitions: str
    disclosure: str
    threshold: int
    pdf_sha256: str
    figures_sha256: str


class SumCell(Cell):
    """One number of a sum. `least`: so many or more, because a report leaves a part of it out."""

    status: Literal["shown", "least", "hidden", "none"]  # type: ignore[assignment]
    parts: list[float | None] = Field(description="What each report says, in the order of `parts`.")


class Sum(Shape):
    """Reports of all bureaus over the same days, added up. Somebody known to two bureaus counts twice."""

    municipality: Place
    since: date
    until: date
    parts: list[Part]
    without: list[str] = Field(description="Bureaus without a released report over exactly these days.")
    notes: list[str] = Field(description="In what the reports differ.")
    sha256: str = Field(description="SHA-256 of the sum.")
    cells: list[SumCell]
