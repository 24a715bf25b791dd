"""Pages about the look itself."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from buurtbaan.access import Request, allow, public
from buurtbaan.bureaus.enums import Role
from buurtbaan.ui import examples, feedback, icons


@allow(Role.PLATFORM)
@require_GET
def ui_examples(request: Request) -> HttpResponse:
    """Every component once, to look at and to test."""
    done = _("Samira is voorgesteld bij het buurtrestaurant.")
    feedback.tell(request, done, undo_url="?", next_url="?", next_label=_("Plan kennismaking"))
    messages.warning(request, _("Er is al vier weken geen contact geweest."))
    return render(
        request,
        "ui/ui_examples.html",
        {
            "form": examples.example_form("errors" if "fout" in request.GET else "filled"),
            "filter": examples.ExampleFilter(request.GET),
            "page": Paginator(range(240), 10).page(3),
            "criteria": examples.CRITERIA,
            "steps": examples.STEPS,
            "people": examples.PEOPLE,
            "mask": examples.CANDIDATE_DAYPARTS,
            "asked": examples.ASKED_DAYPARTS,
            "now": timezone.now(),
            "tones": ["ok", "info", "wait", "quiet", "unknown", "clash", "error", "accent"],
        },
    )


@allow(Role.PLATFORM)
@require_GET
def ui_icons(request: Request) -> HttpResponse:
    """Every drawing with its name."""
    return render(request, "ui/ui_icons.html", {"icons": icons.names()})


@public
@require_GET
@cache_control(max_age=86400, public=True)
def manifest(request: Request) -> JsonResponse:
    """What a phone needs to put Buurtbaan among its apps."""
    body = {
        "name": "Buurtbaan",
        "short_name": "Buurtbaan",
        "lang": "nl",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f8f3ea",
        "theme_color": "#0b5a60",
        "icons": [
            {"src": static("icons/buurtbaan.svg"), "sizes": "any", "type": "image/svg+xml"},
            *(
                {"src": static(f"icons/buurtbaan-{n}.png"), "sizes": f"{n}x{n}", "type": "image/png"}
                for n in (192, 512)
            ),
        ],
    }
    return JsonResponse(body, content_type="application/manifest+json")
