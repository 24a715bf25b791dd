"""Whether everybody gets the same chance, for the bureau's manager."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau
from buurtbaan.workbooks import new_book, write_sheet
from impact.enums import DownloadKind
from impact.fairness.counts import MIN_GROUP
from impact.fairness.page import STEP_WORDS, Cell, Fairness, fairness
from impact.forms import periods
from impact.views.reports import as_file

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def choices(today: date) -> list[tuple[str, Any, date, date]]:
    """Twelve whole months, and the usual periods of a report."""
    until = today.replace(day=1) - timedelta(days=1)
    year = ("", gettext_lazy("Laatste twaalf maanden"), _year_before(until), until)
    return [year, *periods(today)]


def _year_before(last: date) -> date:
    following = last + timedelta(days=1)
    return following.replace(year=following.year - 1)


class PeriodFilter(forms.Form):
    """Which period is looked at."""

    periode = forms.ChoiceField(label=gettext_lazy("Periode"), required=False)

    def __init__(self, *args: Any, options: list[tuple[str, Any, date, date]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        box: Any = self.fields["periode"]
        box.choices = [(key, label) for key, label, _since, _until in options]


@allow(Role.MANAGER)
@require_GET
def fairness_page(request: Request) -> HttpResponse:
    """How far people of each group came, and where that differs more than chance explains."""
    options = choices(timezone.localdate())
    bureau, key, since, until = _asked(request, options)
    found = fairness(bureau, since=since, until=until)
    context = {
        "filter": PeriodFilter(request.GET, options=options),
        "key": key,
        "since": since,
        "until": until,
        "found": found,
        "heads": list(STEP_WORDS.values()),
        "threshold": bureau.municipality.suppression_threshold,
        "smallest": MIN_GROUP,
    }
    return render(request, "impact/fairness_page.html", context)


@allow(Role.MANAGER)
@require_GET
def fairness_book(request: Request) -> HttpResponse:
    """The same numbers as a workbook, and no others."""
    bureau, _key, since, until = _asked(request, choices(timezone.localdate()))
    found, file = fairness(bureau, since=since, until=until), io.BytesIO()
    with new_book(file) as book:
        heads = [_("Kenmerk"), _("Groep"), *(str(word) for word in STEP_WORDS.values())]
        write_sheet(book, _("Cijfers"), heads, _lines(found))
        heads = [_("Kenmerk"), _("Groep"), _("Stap"), _("Mensen"), _("Procent"), _("Procent van de anderen")]
        write_sheet(book, _("Signalen"), heads, _signals(found))
    return as_file(file.getvalue(), XLSX, f"{bureau.slug}-{since}-{until}.{DownloadKind.XLSX}")


def _asked(request: Request, options: list[tuple[str, Any, date, date]]) -> tuple[Bureau, str, date, date]:
    """The bureau and the period in the address; twelve months where it says nothing that we know."""
    wanted = request.GET.get("periode", "")
    key, _label, since, until = next((one for one in options if one[0] == wanted), options[0])
    bureau = Bureau.objects.select_related("municipality").get(pk=request.membership.bureau_id or 0)
    return bureau, key, since, until


def _lines(found: Fairness) -> Iterator[list[Any]]:
    yield ["", str(found.total.label), *_counts(found.total.cells)]
    for table in found.tables:
        for line in table.lines:
            yield [str(table.trait), str(line.label), *_counts(line.cells)]


def _counts(cells: list[Cell]) -> list[Any]:
    return [_("te klein") if cell.count is None else cell.count for cell in cells]


def _signals(found: Fairness) -> Iterator[list[Any]]:
    for one in found.signals:
        yield [str(one.trait), str(one.group), str(one.step), one.size, one.share, one.others]
