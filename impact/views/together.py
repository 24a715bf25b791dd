"""Reports of all bureaus of a municipality added up, for its officer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.cache import caches
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET
from redis.exceptions import RedisError

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Municipality
from impact import tasks
from impact.canonical import sha256
from impact.enums import DownloadKind
from impact.models import Release
from impact.parts import PART, reading
from impact.services.together import hand_out_sum, paper_of
from impact.together.adding import Published
from impact.together.page import recounted, whole_of
from impact.together.summing import Period, parts_of, periods, together, without_report
from impact.views.released import CONTENT_TYPES
from impact.views.reports import PER_PAGE, as_file

MOST_TURNS = 45
"""How often the page looks by itself whether the paper is there, every two seconds; then it asks to try again."""
BETWEEN = 20
"""Seconds in which one click is enough to send for a worker."""


class PeriodConverter:
    """The first and the last day, as they stand in an address."""

    regex = r"\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d"

    def to_python(self, value: str) -> Period:
        since, until = (_day(one) for one in value.split("_"))
        return Period(since, until)

    def to_url(self, value: Period | str) -> str:
        return value.key if isinstance(value, Period) else value


def _day(text: str) -> date:
    """Raises ValueError for what is no day, so that the address is none either."""
    found = parse_date(text)
    if found is None:
        raise ValueError(text)
    return found


def _place(request: Request) -> Municipality:
    found = request.membership.municipality
    if found is None:
        raise Http404
    return found


def _sum(request: Request, period: Period) -> tuple[Published | None, list[Release], list[str]]:
    """The sum over a period, its parts, and who is not in it; no sum where no report was released."""
    place = _place(request)
    parts = parts_of(Release.objects.visible_to(request.membership), period)
    without = without_report(place, parts)
    summed = together(parts, municipality=place, period=period, without=without) if parts else None
    return summed, parts, without


@allow(Role.MUNICIPALITY)
@require_GET
def together_list(request: Request) -> HttpResponse:
    """Over which days there is anything to add up."""
    found = periods(Release.objects.visible_to(request.membership))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "bureaus": Bureau.objects.filter(municipality=_place(request)).count()}
    return render(request, "impact/together_list.html", context)


@allow(Role.MUNICIPALITY)
@require_GET
def together_page(request: Request, period: Period) -> HttpResponse:
    """The sum over a period, one part at a time."""
    summed, parts, without = _sum(request, period)
    context: dict[str, Any] = {"period": period, "without": without, "place": _place(request)}
    if summed is None:
        return render(request, "impact/together_none.html", context)
    whole = whole_of(summed, recount=reverse("impact:together_page", args=[period]) + "nareken/")
    context |= {
        "whole": whole,
        "document": whole.document,
        "reading": reading(whole.document, request.GET.get(PART, "")),
        "bureaus": len(parts) + len(without),
        "kinds": [kind for kind in DownloadKind.choices if kind[0] != DownloadKind.PDF],
    }
    return render(request, "impact/together_page.html", context)


@allow(Role.MUNICIPALITY)
@require_GET
def together_recount(request: Request, period: Period, figure: str) -> HttpResponse:
    """One figure of the sum, with what each report says of it."""
    summed, _parts, _without = _sum(request, period)
    found = recounted(summed, figure) if summed else None
    if found is None:
        raise Http404
    return render(request, "impact/together_recount.html", {"found": found, "period": period})


@allow(Role.MUNICIPALITY)
@require_GET
def together_progress(request: Request, period: Period) -> HttpResponse:
    """Whether the paper lies there, for htmx; without it the page of the sum."""
    if not request.htmx:
        return redirect("impact:together_page", period)
    summed, _parts, _without = _sum(request, period)
    asked = request.GET.get("keer", "")
    turn = int(asked) + 1 if asked.isascii() and asked.isdecimal() and len(asked) < 4 else 1
    context = {
        "period": period, "turn": turn, "gone": summed is None, "late": turn > MOST_TURNS,
        "ready": summed is not None and paper_of(summed) is not None,
    }  # fmt: skip
    return render(request, "impact/_together_wait.html", context)


@allow(Role.MUNICIPALITY)
@require_GET
def together_download(request: Request, period: Period, kind: str) -> HttpResponse:
    """The sum as a file; it is noted with every report in it."""
    summed, parts, _without = _sum(request, period)
    if summed is None:
        raise Http404
    form = DownloadKind(kind)
    data = hand_out_sum(summed=summed, parts=parts, kind=form, by=request.membership)
    if data is None:
        _send_for(_place(request).pk, period, summed)
        return render(request, "impact/together_wait.html", {"period": period, "turn": 0})
    name = f"samen-{_place(request).code.lower()}-{period.since}-{period.until}.{form.value}"
    return as_file(data, CONTENT_TYPES[form], name)


def _send_for(municipality_id: int, period: Period, summed: Published) -> None:
    """Wake a worker, but not for every click; with Redis away there is nobody to wake."""
    try:
        is_first = caches["throttle"].add(f"sum:{municipality_id}:{sha256(summed)}", 1, timeout=BETWEEN)
    except (RedisError, OSError):
        return
    if is_first:
        tasks.wake(tasks.make_sum, municipality_id, *period.key.split("_"), summed["language"])
