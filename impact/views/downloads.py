"""Who took which file of a released report, and when; for the bureau's manager."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from buurtbaan.access import Request, allow, needs_export_right
from buurtbaan.bureaus.enums import Role
from buurtbaan.ui.forms import DateInput
from buurtbaan.workbooks import book_response, new_book, write_sheet
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
    van = forms.DateField(label=gettext_lazy("Vanaf"), required=False, widget=DateInput)
    tot = forms.DateField(label=gettext_lazy("Tot en met"), required=False, widget=DateInput)

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
@require_GET
def download_log_book(request: Request) -> HttpResponse:
    """The same as a workbook, for who may export."""
    needs_export_right(request)
    _form, rows = _found(request)
    file = io.BytesIO()
    heads = [_("Wanneer"), _("Wie"), _("Bestand"), _("Rapport van"), _("Tot en met"), _("Versie")]
    with new_book(file) as book:
        write_sheet(book, _("Downloads"), heads, _lines(rows[:MOST]))
    return book_response(file.getvalue(), f"downloads-{timezone.localdate()}.xlsx")


def _lines(rows: QuerySet[Download]) -> Iterator[list[Any]]:
    for one in rows:
        when = timezone.localtime(one.at).strftime("%Y-%m-%d %H:%M")
        taken = one.release
        yield [when, one.by_name, one.get_kind_display(), taken.since, taken.until, taken.version]
