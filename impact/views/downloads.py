"""Who took which file of a released report, and when; for the bureau's manager."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import IO, Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from buurtbaan.access import Request, allow, needs_export_right
from buurtbaan.bureaus.enums import Role
from buurtbaan.exporting import export_page, in_the_log
from buurtbaan.ui.forms import DateField
from buurtbaan.workbooks import new_book, write_sheet
from impact.enums import DownloadKind
from impact.models import Download

PER_PAGE = 50
MOST = 10_000


class DownloadFilter(forms.Form):
    """Which downloads."""

    wie = forms.CharField(label=gettext_lazy("Wie"), required=False, max_length=80)
    soort = forms.ChoiceField(
        label=gettext_lazy("Bestand"),
        required=False,
        choices=[("", gettext_lazy("Alle bestanden")), *DownloadKind.choices],
    )
    van = DateField(label=gettext_lazy("Vanaf"), required=False)
    tot = DateField(label=gettext_lazy("Tot en met"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("van") and cleaned.get("tot") and cleaned["tot"] < cleaned["van"]:
            self.add_error("tot", gettext_lazy("De laatste dag ligt voor de eerste. Draai ze om."))
        return cleaned

    def of(self, rows: QuerySet[Download]) -> QuerySet[Download]:
        """What is left of `rows`; what was not understood leaves them all and is said beside its field."""
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("wie"):
            rows = rows.filter(by_name__icontains=asked["wie"])
        if asked.get("soort"):
            rows = rows.filter(kind=asked["soort"])
        if asked.get("van"):
            rows = rows.filter(at__date__gte=asked["van"])
        return rows.filter(at__date__lte=asked["tot"]) if asked.get("tot") else rows


def _found(request: Request) -> tuple[DownloadFilter, QuerySet[Download]]:
    form = DownloadFilter(request.GET)
    rows = Download.objects.visible_to(request.membership).select_related("release")
    return form, form.of(rows).defer("release__published").order_by("-at", "-pk")


@allow(Role.MANAGER)
@require_GET
def download_log(request: Request) -> HttpResponse:
    """The list, newest first."""
    form, rows = _found(request)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "impact/download_log.html", {"filter": form, "page": page})


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def download_log_book(request: Request) -> HttpResponse:
    """The same as a workbook, for who may export and says why."""
    needs_export_right(request)
    _form, rows = _found(request)
    return export_page(
        request, "impact/download_log_book.html", found=rows.order_by()[: MOST + 1].count(), most=MOST,
        write=partial(_write, rows), what="download_log", words="%(reason)s", name=_("downloads-%(day)s.xlsx"),
        who_reads=in_the_log(),
    )  # fmt: skip


def _write(rows: QuerySet[Download], file: IO[bytes]) -> list[int]:
    """Who took a report along; nobody on it is a candidate."""
    heads = [_("Wanneer"), _("Wie"), _("Bestand"), _("Rapport van"), _("Tot en met"), _("Versie")]
    with new_book(file) as book:
        write_sheet(book, _("Downloads"), heads, _lines(rows))
    return []


def _lines(rows: QuerySet[Download]) -> Iterator[list[Any]]:
    for one in rows:
        when = timezone.localtime(one.at).strftime("%Y-%m-%d %H:%M")
        taken = one.release
        yield [when, one.by_name, one.get_kind_display(), taken.since, taken.until, taken.version]
