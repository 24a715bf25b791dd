"""Pure parsers: a cell becomes a value, None when it is empty, or a ValueProblem."""

from matching.workbook.values.choices import parse_rung, parse_source, parse_work_form, parse_yes_no
from matching.workbook.values.contact import parse_email, parse_phone, parse_postcode
from matching.workbook.values.dates import (
    Birth,
    Day,
    Precision,
    age_on,
    parse_birth,
    parse_day,
)
from matching.workbook.values.hours import Hours, parse_count, parse_hours
from matching.workbook.values.names import PersonName, parse_name
from matching.workbook.values.text import Cell, fold, parse_line, parse_note, plain

__all__ = [
    "Birth",
    "Cell",
    "Day",
    "Hours",
    "PersonName",
    "Precision",
    "age_on",
    "fold",
    "parse_birth",
    "parse_count",
    "parse_day",
    "parse_email",
    "parse_hours",
    "parse_line",
    "parse_name",
    "parse_note",
    "parse_phone",
    "parse_postcode",
    "parse_rung",
    "parse_source",
    "parse_work_form",
    "parse_yes_no",
    "plain",
]
