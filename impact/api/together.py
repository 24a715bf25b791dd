"""Sums of the reports of all bureaus, beside the reports themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtbaan.bureaus.services import absolute
from impact import exports
from impact.api import shapes
from impact.api.v1 import CSV_TOO, NOT_THERE, REFUSALS, Day, api, cells_of, key_of, unchanged
from impact.canonical import sha256
from impact.enums import DownloadKind
from impact.models import Release
from impact.services.together import note_sum
from impact.together.adding import Published
from impact.together.summing import Period, parts_of, periods, together, without_report

Found = tuple[Published, list[Release]]


@api.get(
    "/together",
    response={200: shapes.Periods, **REFUSALS},
    url_name="together",
    operation_id="together",
    summary="Over which periods reports can be added up",
)
def together_periods(request: HttpRequest) -> dict[str, Any]:
    """Every period of which a report was released, and how many bureaus did."""
    return {"periods": [_period(one) for one in periods(_released(request))]}


@api.get(
    "/together/{since}/{until}/figures",
    response={200: shapes.Sum, **NOT_THERE, 422: shapes.Problem},
    url_name="together_figures",
    operation_id="together_figures",
    summary="All bureaus together, as JSON",
    description="Only what the released reports say, added up. Answers 304 when nothing changed since the ETag.",
)
def together_figures(request: HttpRequest, since: Day, until: Day) -> Any:
    """Every number of the sum, with what each report says."""
    summed, parts = _sum(request, since, until)
    sign = sha256(summed)
    if same := unchanged(request, f'"{sign}-json"'):
        return same
    figures = summed["figures"]
    answer = {
        **summed["period"],
        **{name: summed[name] for name in ("municipality", "parts", "without", "notes")},
        "sha256": sign,
        "cells": [{**cell, "parts": figures[cell["figure"]].get("parts", [])} for cell in cells_of(summed)],
    }
    response = api.create_response(request, shapes.Sum(**answer).model_dump(mode="json"), status=200)
    return _handed_out(request, parts, DownloadKind.JSON, response, f'"{sign}-json"')


@api.get(
    "/together/{since}/{until}/figures.csv",
    response=NOT_THERE | {422: shapes.Problem},
    url_name="together_csv",
    operation_id="together_csv",
    summary="All bureaus together, as CSV",
    openapi_extra=CSV_TOO,
)
def together_csv(request: HttpRequest, since: Day, until: Day) -> HttpResponse:
    """The CSV that people download."""
    summed, parts = _sum(request, since, until)
    sign = f'"{sha256(summed)}-csv"'
    if same := unchanged(request, sign):
        return same
    response = HttpResponse(exports.as_csv(summed), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="samen-{since}-{until}.csv"'
    return _handed_out(request, parts, DownloadKind.CSV, response, sign)


def _released(request: HttpRequest) -> QuerySet[Release]:
    return Release.objects.filter(municipality=key_of(request).municipality_id)


def _period(one: Period) -> dict[str, Any]:
    days = {"since": one.since, "until": one.until}
    return {
        **days,
        "bureaus": one.bureaus,
        "page": absolute(reverse("impact:together_page", args=[one])),
        "figures": absolute(reverse("api:together_figures", kwargs=days)),
        "figures_csv": absolute(reverse("api:together_csv", kwargs=days)),
    }


def _sum(request: HttpRequest, since: date, until: date) -> Found:
    """The sum over these days. Raises Http404 where no report over exactly these days was released."""
    place, period = key_of(request).municipality, Period(since, until)
    parts = parts_of(_released(request), period)
    if not parts:
        raise Http404(_("Over precies deze dagen is er geen rapport. Kijk welke periodes er zijn."))
    return together(parts, municipality=place, period=period, without=without_report(place, parts)), parts


def _handed_out(
    request: HttpRequest, parts: list[Release], kind: DownloadKind, response: HttpResponse, sign: str
) -> HttpResponse:
    """Note with every report which key took it along, and let the program recognise it the next time."""
    note_sum(parts=parts, kind=kind, name=_("Sleutel “%(name)s”") % {"name": key_of(request).name})
    response["ETag"] = sign
    return response
