"""The description for programs, and the page for who writes them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from buurtbaan.access import public
from buurtbaan.bureaus.services import absolute
from impact.api.v1 import api

PREFIX = "/api/v1"
WORDS: dict[str, Promise] = {
    "reports": gettext_lazy(
        "Welke rapporten er zijn, nieuwste periode eerst. Zonder filter zijn het ze allemaal."
    ),
    "report": gettext_lazy("Eén rapport: waar het over gaat, en waar de cijfers staan."),
    "figures": gettext_lazy("De cijfers als JSON, één regel per getal."),
    "figures_csv": gettext_lazy("Dezelfde cijfers als CSV: het bestand dat ook op de pagina staat."),
    "together": gettext_lazy("Over welke periodes er iets op te tellen is."),
    "together_figures": gettext_lazy(
        "Alle bureaus samen, als JSON: de som, en wat elk rapport zegt. Een stand “least” is: zoveel of meer."
    ),
    "together_csv": gettext_lazy("Alle bureaus samen, als CSV."),
    "definitions": gettext_lazy("Wat elk cijfer betekent en hoe het is geteld."),
}
"""What each operation gives, in the words of the page."""


def description() -> dict[str, Any]:
    """The OpenAPI document, in English, whoever asks."""
    with translation.override("en"):
        return dict(api.get_openapi_schema(path_prefix=PREFIX))


@public
@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    response = JsonResponse(description(), json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "public, max-age=3600"
    return response


@public
@require_GET
def api_page(request: HttpRequest) -> HttpResponse:
    """How to fetch the figures with a program, from the same description."""
    context = {
        "operations": [_operation(path, one["get"]) for path, one in description()["paths"].items()],
        "address": absolute(reverse("api:reports")),
        "openapi": absolute(reverse("api:openapi")),
        "a_minute": settings.API_REQUESTS_A_MINUTE,
    }
    return render(request, "impact/api_page.html", context)


def _operation(path: str, one: dict[str, Any]) -> dict[str, Any]:
    return {
        "path": path,
        "said": WORDS[one["operationId"]],
        "asked": [part["name"] for part in one.get("parameters", []) if part["in"] == "query"],
    }
