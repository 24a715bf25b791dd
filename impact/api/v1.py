"""Version 1: lists, figures and definitions, as JSON and CSV. What is here stays; what is new comes beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from ninja import Field, NinjaAPI, Query, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from pydantic import BeforeValidator

from buurtbaan.bureaus.services import absolute
from impact import exports
from impact.api import shapes
from impact.api.guards import Key, PerKey
from impact.canonical import sha256
from impact.enums import DownloadKind
from impact.indicators import INDICATORS, VERSION
from impact.models import ApiKey, Download, Release

MOST = 200
WORD = Field("", max_length=100, pattern=r"^[^\x00]*$")


def _written_out(day: str) -> str:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day):
        raise ValueError(day)
    return day


Day = Annotated[date, BeforeValidator(_written_out)]
"""A day as the description says, 2026-12-31: a bare number, which would be so many seconds, is no day."""
DESCRIPTION = (
    "Released impact reports of the neighbourhood jobs bureaus of one municipality. Only what was published: no "
    "person, no draft, and small numbers are hidden. Every request carries a key of the municipality."
)
api = NinjaAPI(
    title="Buurtbaan",
    version="1",
    description=DESCRIPTION,
    auth=Key(),
    throttle=PerKey(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
REFUSALS: dict[Any, Any] = {401: shapes.Problem, 429: shapes.Problem}
NOT_THERE: dict[Any, Any] = {**REFUSALS, 404: shapes.Problem}

CSV_TOO: dict[str, Any] = {
    "responses": {
        200: {"description": "The figures", "content": {"text/csv": {"schema": {"type": "string"}}}}
    }
}
"""What the description says of an answer that is no JSON."""


class Filters(Schema):
    """Which reports: everything may be left out."""

    municipality: str = WORD
    bureau: str = WORD
    since: Day | None = None
    until: Day | None = None
    language: str = WORD
    offset: int = Field(0, ge=0, le=1_000_000)
    limit: int = Field(50, ge=1, le=MOST)


@api.get(
    "/reports",
    response={200: shapes.Reports, **NOT_THERE, 422: shapes.Problem},
    url_name="reports",
    operation_id="reports",
    summary="Which reports there are",
    description="Filters: the code of the municipality, the short name of a bureau, and the first and last day that "
    "the periods must lie between.",
)
def reports(request: HttpRequest, filters: Query[Filters]) -> dict[str, Any]:
    """Released reports of the municipality, newest period first."""
    found = _wanted(request, filters)
    start, size = filters.offset, filters.limit
    return {
        "total": found.count(),
        "offset": start,
        "limit": size,
        "reports": [_report(release) for release in found[start : start + size]],
    }


def _wanted(request: HttpRequest, filters: Filters) -> QuerySet[Release]:
    found, key = _released(request), key_of(request)
    if filters.municipality and filters.municipality != key.municipality.code:
        raise Http404(
            _("Deze sleutel is van een andere gemeente. Laat de gemeente weg, of gebruik haar sleutel.")
        )
    if filters.since and filters.until and filters.until < filters.since:
        raise HttpError(422, _("De laatste dag ligt voor de eerste. Draai ze om."))
    if filters.bureau:
        found = found.filter(bureau__slug=filters.bureau)
    if filters.language:
        found = found.filter(language=filters.language)
    if filters.since:
        found = found.filter(since__gte=filters.since)
    return found.filter(until__lte=filters.until) if filters.until else found


@api.get(
    "/reports/{report_id}",
    response={200: shapes.Report, **NOT_THERE, 422: shapes.Problem},
    url_name="report",
    operation_id="report",
    summary="One report",
)
def report(request: HttpRequest, report_id: int) -> dict[str, Any]:
    """What a report is about and where its figures are."""
    return _report(_one(request, report_id))


@api.get(
    "/reports/{report_id}/figures",
    response={200: shapes.Figures, **NOT_THERE, 422: shapes.Problem},
    url_name="figures",
    operation_id="figures",
    summary="The figures of a report, as JSON",
    description="One line per number. Answers 304 when nothing changed since the ETag in If-None-Match.",
)
def figures(request: HttpRequest, report_id: int) -> Any:
    """Every number that was published."""
    release = _one(request, report_id)
    published, sign = release.published, sha256(release.published)
    if same := unchanged(request, f'"{sign}-json"'):
        return same
    answer = {
        "report": _report(release),
        "measured_at": published["measured_at"],
        "threshold": published["threshold"],
        "definitions": published["versions"]["definitions"],
        "disclosure": published["versions"]["disclosure"],
        "sha256": sign,
        "cells": list(cells_of(published)),
    }
    response = api.create_response(request, shapes.Figures(**answer).model_dump(mode="json"), status=200)
    return _handed_out(request, release, DownloadKind.JSON, response, f'"{sign}-json"')


@api.get(
    "/reports/{report_id}/figures.csv",
    response=NOT_THERE | {422: shapes.Problem},
    url_name="figures_csv",
    operation_id="figures_csv",
    summary="The figures of a report, as CSV",
    description="The same file as on the page: UTF-8 with a header line, one line per number.",
    openapi_extra=CSV_TOO,
)
def figures_csv(request: HttpRequest, report_id: int) -> HttpResponse:
    """The CSV that people download."""
    release = _one(request, report_id)
    sign = f'"{sha256(release.published)}-csv"'
    if same := unchanged(request, sign):
        return same
    response = HttpResponse(exports.as_csv(release.published), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_name(release)}.csv"'
    return _handed_out(request, release, DownloadKind.CSV, response, sign)


@api.get(
    "/definitions",
    response={200: shapes.Definitions, **REFUSALS},
    url_name="definitions",
    operation_id="definitions",
    summary="What the figures mean",
)
def definitions(request: HttpRequest) -> dict[str, Any]:
    """Name, definition and formula of every figure, in the language asked for with Accept-Language."""
    names = ("id", "name", "definition", "formula", "population", "unit")
    return {
        "version": VERSION,
        "definitions": [{name: str(getattr(one, name)) for name in names} for one in INDICATORS.values()],
    }


def key_of(request: HttpRequest) -> ApiKey:
    """The key that opened the door."""
    key: ApiKey = request.auth  # type: ignore[attr-defined]
    return key


def _released(request: HttpRequest) -> QuerySet[Release]:
    rows = Release.objects.filter(municipality=key_of(request).municipality_id, withdrawn_at=None)
    return (
        rows.select_related("bureau", "municipality")
        .defer("published")
        .order_by("-until", "-released_at", "-pk")
    )


def _one(request: HttpRequest, report_id: int) -> Release:
    found = Release.objects.filter(municipality=key_of(request).municipality_id, withdrawn_at=None)
    release = found.select_related("bureau", "municipality").filter(pk=report_id).first()
    if release is None or "tables" not in release.published:
        raise Http404(_("Dit rapport is er niet. Misschien is het ingetrokken: vraag het aan het bureau."))
    return release


def _name(release: Release) -> str:
    return release.pdf.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _report(release: Release) -> dict[str, Any]:
    here = {"report_id": release.pk}
    return {
        "id": release.pk,
        "municipality": {"code": release.municipality.code, "name": release.municipality.name},
        "bureau": {"slug": release.bureau.slug, "name": release.bureau_name},
        **{name: getattr(release, name) for name in ("since", "until", "version", "language", "released_at")},
        "pdf_sha256": release.pdf_sha256,
        "page": absolute(reverse("impact:released", args=[release.pk])),
        "figures": absolute(reverse("api:figures", kwargs=here)),
        "figures_csv": absolute(reverse("api:figures_csv", kwargs=here)),
    }


def cells_of(published: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every number of every table, with its words."""
    for table in published["tables"]:
        for (row, row_title), names in zip(table["rows"], table["cells"], strict=True):
            for (column, column_title), name in zip(table["columns"], names, strict=True):
                yield {
                    "table": table["id"],
                    "table_title": table["title"],
                    "row": row,
                    "row_title": row_title,
                    "column": column,
                    "column_title": column_title,
                    "figure": name,
                    "indicator": table["indicator"],
                    **{part: published["figures"][name][part] for part in ("value", "status", "unit")},
                }


def unchanged(request: HttpRequest, sign: str) -> HttpResponse | None:
    """304 for who has these figures already; that is no download."""
    answer = get_conditional_response(request, etag=sign)
    return answer if isinstance(answer, HttpResponse) else None


def _handed_out(
    request: HttpRequest, release: Release, kind: DownloadKind, response: HttpResponse, sign: str
) -> HttpResponse:
    """Note which key took it, and let the program recognise it the next time."""
    Download.objects.create(
        release=release,
        bureau_id=release.bureau_id,
        municipality_id=release.municipality_id,
        kind=kind,
        by_name=_("Sleutel “%(name)s”") % {"name": key_of(request).name},
    )
    response["ETag"] = sign
    return response


@api.exception_handler(AuthenticationError)
def _no_key(request: HttpRequest, reason: Exception) -> HttpResponse:
    said = _("Deze sleutel opent niets. Is hij ingetrokken? Vraag een nieuwe bij wie de rapporten leest.")
    response = api.create_response(request, {"detail": said}, status=401)
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(Throttled)
def _too_often(request: HttpRequest, reason: Throttled) -> HttpResponse:
    said = _("Te veel vragen achter elkaar. Wacht het aantal seconden dat bij Retry-After staat.")
    return api.create_response(request, {"detail": said}, status=429)


@api.exception_handler(Http404)
def _not_there(request: HttpRequest, reason: Exception) -> HttpResponse:
    return api.create_response(request, {"detail": str(reason)}, status=404)


@api.exception_handler(ValidationError)
def _not_understood(request: HttpRequest, reason: ValidationError) -> HttpResponse:
    names = ", ".join(sorted({str(error["loc"][-1]) for error in reason.errors}))
    said = _("Dit begrijpen we niet: %(names)s. Schrijf een dag als 2026-12-31 en een nummer als 12.")
    return api.create_response(request, {"detail": said % {"names": names}}, status=422)
