"""The comparison between bureaus, for the manager: joining, leaving, and how we do beside the others."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau
from buurtbaan.ui.feedback import tell
from buurtbaan.workbooks import book_response, new_book, write_sheet
from impact.beside import MIN_OTHERS, MIN_PEOPLE, SHARED, Comparison, comparison
from impact.models import NetworkPlace, Release
from impact.services import network as services


@allow(Role.MANAGER)
@require_GET
def network(request: Request) -> HttpResponse:
    """Our shares beside the range of the others; or what taking part means."""
    place = NetworkPlace.objects.visible_to(request.membership).filter(left_at=None).first()
    context = {
        "place": place,
        "compared": comparison(place.key) if place else None,
        "released": Release.objects.visible_to(request.membership).filter(withdrawn_at=None).exists(),
        "indicators": SHARED,
        "least": MIN_OTHERS + 1,
        "least_others": MIN_OTHERS,
        "people": MIN_PEOPLE,
    }
    return render(request, "impact/network.html", context)


@allow(Role.MANAGER)
@require_POST
def network_join(request: Request) -> HttpResponse:
    """Take part, with or without the name; also changes that."""
    services.join(bureau=_bureau(request), named=request.POST.get("named") == "yes", by=request.membership)
    tell(request, _("Je bureau doet mee aan de vergelijking."), undo_url=reverse("impact:network_leave"))
    return redirect("impact:network")


@allow(Role.MANAGER)
@require_POST
def network_leave(request: Request) -> HttpResponse:
    """Stop taking part."""
    services.leave(bureau=_bureau(request), by=request.membership)
    tell(request, _("Gestopt. De cijfers van je bureau zijn uit de vergelijking gehaald."))
    return redirect("impact:network")


@allow(Role.MANAGER)
@require_GET
def network_book(request: Request) -> HttpResponse:
    """The same figures as a workbook, and no others."""
    place = NetworkPlace.objects.visible_to(request.membership).filter(left_at=None).first()
    if place is None:
        raise Http404
    file = io.BytesIO()
    with new_book(file) as book:
        heads = [
            _("Cijfer"), _("Wat het is"), _("Wij (%)"), _("Andere bureaus"), _("Laagste (%)"), _("Midden (%)"),
            _("Hoogste (%)"),
        ]  # fmt: skip
        write_sheet(book, _("Vergelijking"), heads, _lines(comparison(place.key)))
        notes = [
            [
                _(
                    "Elk cijfer komt uit het nieuwste rapport dat een bureau vrijgaf. De perioden kunnen verschillen."
                )
            ]
        ]
        notes += [
            [
                _(
                    "Bureaus werken met andere mensen. Een lager cijfer zegt niet dat een bureau het slechter doet."
                )
            ]
        ]
        write_sheet(book, _("Uitleg"), [_("Hoe je dit leest")], notes)
    return book_response(file.getvalue(), _("vergelijking.xlsx"))


def _lines(found: Comparison) -> Iterator[list[Any]]:
    for one in (*found.results, *found.served):
        others = len(one.others) if one.enough else None
        yield [str(one.shared.name), str(one.shared.meaning), one.own, others, one.low, one.middle, one.high]


def _bureau(request: Request) -> Bureau:
    return Bureau.objects.get(pk=request.membership.bureau_id or 0)
