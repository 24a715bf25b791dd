"""The hours on a fund as a workbook: for who has the right, with a reason, and written down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import IO, Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from buurtbaan.access import Request, allow, needs_export_right
from buurtbaan.bureaus.enums import Role
from buurtbaan.exporting import export_page, in_the_log
from buurtbaan.workbooks import new_book, write_sheet
from candidates.models import Conversation, Fund, HourClaim
from impact.money.hours import FundHours, hours_per_fund
from impact.views.funds import years_of_funds
from impact.views.money import year_asked

MOST_ROWS = 5000


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def fund_hours(request: Request, pk: int) -> HttpResponse:
    """The hours of a year for the fund: work with people and other time, without names of candidates."""
    found = get_object_or_404(Fund.objects.visible_to(request.membership), pk=pk)
    needs_export_right(request)
    year = year_asked(request, years_of_funds())
    claims = found.claims.filter(day__year=year)
    talks = Conversation.objects.filter(fund=found, held_on__year=year)
    count = sum(rows.order_by()[: MOST_ROWS + 1].count() for rows in (claims, talks))
    title = f"{found.name}, {year}".replace("%", "%%")
    return export_page(
        request, "impact/fund_hours.html", found=count, most=MOST_ROWS,
        write=partial(_write, found, year, claims, talks), what="fund_hours", words=f"{title}. %(reason)s",
        name=f"{slugify(found.name) or found.pk}-{year}.xlsx",
        who_reads=in_the_log(),
    )  # fmt: skip


def _write(
    found: Fund, year: int, claims: QuerySet[HourClaim], talks: QuerySet[Conversation], file: IO[bytes]
) -> list[int]:
    """Colleagues and their hours; no candidate stands in it."""
    hours = hours_per_fund(found.bureau_id, date(year, 1, 1), date(year, 12, 31)).get(found.pk)
    with new_book(file) as book:
        heads = [
            _("Dag"),
            _("Wie"),
            _("Wat"),
            _("Van"),
            _("Tot"),
            _("Minuten"),
            _("Teruggenomen"),
            _("Waarom"),
        ]
        write_sheet(book, _("Opgeschreven tijd"), heads, _claim_lines(claims))
        heads = [_("Dag"), _("Wie"), _("Soort"), _("Minuten")]
        write_sheet(book, _("Gesprekken"), heads, _talk_lines(talks))
        write_sheet(book, _("Wat telt"), [_("Soort"), _("Uren")], _sums(hours))
    return []


def _claim_lines(claims: QuerySet[HourClaim]) -> Iterator[list[Any]]:
    for one in claims.select_related("worker").order_by("day", "during"):
        since, until = (timezone.localtime(at) for at in (one.during.lower, one.during.upper))
        gone = one.void_at.date() if one.void_at else None
        times = [f"{since:%H:%M}", f"{until:%H:%M}", one.minutes]
        yield [one.day, str(one.worker), one.what, *times, gone, one.void_reason]


def _talk_lines(talks: QuerySet[Conversation]) -> Iterator[list[Any]]:
    for one in talks.select_related("by__user").order_by("held_on", "pk"):
        yield [one.held_on, str(one.by.user) if one.by else "", str(one.get_kind_display()), one.minutes]


def _sums(hours: FundHours | None) -> Iterator[list[Any]]:
    if hours:
        yield [_("Gesprekken"), hours.talks]
        yield [_("Opgeschreven tijd, min wat al telt"), hours.stretches]
        yield [_("Samen"), hours.all]
