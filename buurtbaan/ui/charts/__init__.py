"""Our own charts: data in, the same SVG on a page and in a PDF, with a table that says the same.

    {% load charts %}{% chart funnel %}                  drawing, and its table behind "Bekijk als tabel"
    {% chart funnel table="open" %}                      drawing with the table under it (reports)
    {% chart funnel table="none" %}                      drawing alone, beside figures in text

Make one with the dataclasses here; `staircase(...)` makes a placement's hours chart from its steps.
"""

from buurtbaan.ui.charts.bars import Bar, Bars, Funnel, Mix, Pair, PairedBars, Range
from buurtbaan.ui.charts.base import Chart, DataTable, Drawing
from buurtbaan.ui.charts.courses import Course, Courses, Point
from buurtbaan.ui.charts.flows import MoneyFlow, Stream
from buurtbaan.ui.charts.grids import LadderMatrix, People
from buurtbaan.ui.charts.steps import Mark, Part, Staircase, Survival, Tread, path_chart, staircase
from buurtbaan.ui.charts.strips import Strip
from buurtbaan.ui.charts.targets import TargetLine

__all__ = [
    "Bar",
    "Bars",
    "Chart",
    "Course",
    "Courses",
    "DataTable",
    "Drawing",
    "Funnel",
    "LadderMatrix",
    "Mark",
    "Mix",
    "MoneyFlow",
    "Pair",
    "PairedBars",
    "Part",
    "People",
    "Point",
    "Range",
    "Staircase",
    "Stream",
    "Strip",
    "Survival",
    "TargetLine",
    "Tread",
    "path_chart",
    "staircase",
]
