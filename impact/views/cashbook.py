"""The social cash book: written right after an activity, read by kind of people, put right without losing a line."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, needs_export_right, posted
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.keeping import keep
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.exporting import export_page, in_the_log
from buurtbaan.ui.feedback import tell
from buurtbaan.workbooks import new_book, write_sheet
from impact.enums import Stakeholder
from impact.models import CashbookEntry
from impact.money.forms import CashFilter, CashForm, QuickCashForm, first_values
from impact.services import cashbook as services
from impact.services.unreadable import UNREADABLE, may_blank

STAFF = (Role.CONNECTOR, Role.COACH, Role.MANAGER)
PER_PAGE = 40
MOST_ROWS = 5000
RECENT = 12


def _years(request: Request) -> list[int]:
    days = CashbookEntry.objects.visible_to(request.membership).holding().order_by().dates("on", "year")
    return sorted({timezone.localdate().year, *(day.year for day in days)}, reverse=True)


def _chosen(request: Request, filters: CashFilter) -> tuple[QuerySet[CashbookEntry], int, bool]:
    """The lines that somebody asked for, the year, and whether that is a choice."""
    wanted = filters.cleaned_data if filters.is_valid() else {}
    year = wanted.get("jaar") or timezone.localdate().year
    rows = CashbookEntry.objects.visible_to(request.membership).holding().filter(on__year=year)
    if text := wanted.get("q"):
        rows = rows.filter(activity__icontains=text)
    if stakeholder := wanted.get("wie"):
        rows = rows.filter(stakeholder=stakeholder)
    return rows, year, bool(wanted.get("q") or wanted.get("wie"))


def totals(rows: QuerySet[CashbookEntry]) -> list[dict[str, Any]]:
    """Sums per kind of people, and the total under them; None where nobody knows anything."""
    sums = rows.order_by().values_list("stakeholder").annotate(Count("pk"), Sum("cost"), Sum("value"))
    found = {code: line for code, *line in sums}
    lines = [_line(code, label, *found[code]) for code, label in Stakeholder.choices if code in found]
    if len(lines) > 1:
        sides = {name: [line[name] for line in lines if line[name] is not None] for name in ("cost", "value")}
        cost, value = (sum(side, Decimal(0)) if side else None for side in sides.values())
        lines.append(_line("", _("Totaal"), sum(line["count"] for line in lines), cost, value))
    return lines


def _line(code: str, label: Any, count: int, cost: Decimal | None, value: Decimal | None) -> dict[str, Any]:
    return {"code": code, "label": label, "count": count, "cost": cost, "value": value}


@allow(*STAFF)
@require_GET
def cashbook(request: Request) -> HttpResponse:
    """A year of activities, with sums per kind of people."""
    filters = CashFilter(request.GET, years=_years(request))
    rows, year, narrowed = _chosen(request, filters)
    page = Paginator(rows.select_related("by__user").order_by("-on", "-pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "filters": filters,
        "page": page,
        "sums": totals(rows),
        "year": year,
        "narrowed": narrowed,
        "may_export": request.membership.may_export,
        "query": request.GET.urlencode(),
    }
    return render(request, "impact/cashbook.html", context)


@allow(*STAFF)
@require_http_methods(["GET", "POST"])
def cashbook_book(request: Request) -> HttpResponse:
    """The same lines as a workbook, with the sums, for who may export and says why."""
    needs_export_right(request)
    rows, year, _narrowed = _chosen(request, CashFilter(request.GET, years=_years(request)))
    return export_page(
        request, "impact/cashbook_book.html", found=rows.order_by()[: MOST_ROWS + 1].count(), most=MOST_ROWS,
        write=partial(_write, rows), what="cashbook", words=f"{year}. %(reason)s",
        name=_("sociaal-kasboek") + f"-{year}.xlsx", who_reads=in_the_log(),
    )  # fmt: skip


def _write(rows: QuerySet[CashbookEntry], file: IO[bytes]) -> list[int]:
    """The lines and their sums; nobody stands in them."""
    with new_book(file) as book:
        known = _("Hoe bekend")
        heads = [_("Wanneer"), _("Activiteit"), _("Voor wie"), _("Kosten"), known, _("Waarde"), known, _("Toelichting"),
                 _("Opgeschreven door")]  # fmt: skip
        write_sheet(book, _("Kasboek"), heads, _lines(rows))
        heads = [_("Voor wie"), _("Activiteiten"), _("Kosten"), _("Waarde")]
        sums = ([str(one["label"]), one["count"], one["cost"], one["value"]] for one in totals(rows))
        write_sheet(book, _("Totalen"), heads, sums)
    return []


def _lines(rows: QuerySet[CashbookEntry]) -> Any:
    for one in rows.select_related("by__user").order_by("on", "pk"):
        yield [one.on, one.activity, str(one.get_stakeholder_display()), one.cost, str(one.get_cost_known_display()),
               one.value, str(one.get_value_known_display()), one.note, str(one.by.user) if one.by else ""]  # fmt: skip


@allow(*STAFF)
@require_http_methods(["GET", "POST"])
def cashbook_new(request: Request) -> HttpResponse:
    """Five answers on a phone; what was written last stands there already."""
    mine = request.membership
    own = CashbookEntry.objects.visible_to(mine).holding()
    last = own.filter(by=mine).exclude(activity=UNREADABLE).order_by("-noted_at").first()
    first = {"activity": last.activity, "stakeholder": last.stakeholder} if last else {}
    form = QuickCashForm(posted(request), initial=first)
    keep(request, form, title=_("Sociaal kasboek"), new=True)
    if request.method == "POST" and form.is_valid():
        with once(request) as done:
            if done.already:
                return redirect(done.url)
            made = services.note(values=form.values(), by=mine)
            _say(request, made, _("“%(what)s” staat in het kasboek."))
            return done.done(
                reverse("impact:cashbook_new") if "nog" in request.POST else reverse("impact:cashbook")
            )
    said = own.exclude(activity=UNREADABLE).order_by("activity")
    recent = said.values_list("activity", flat=True).distinct()[:RECENT]
    return render(request, "impact/cashbook_new.html", {"form": form, "recent": recent, "last": last})


def _say(request: Request, entry: CashbookEntry, words: str) -> None:
    tell(
        request,
        words % {"what": entry.activity},
        undo_url=reverse("impact:cashbook_undo", args=[entry.pk]),
        undo_label=_("Terugdraaien"),
        next_url=reverse("impact:cashbook_entry", args=[entry.pk]),
        next_label=_("Vul aan of verbeter"),
    )


def _seen(request: Request, pk: int) -> CashbookEntry:
    rows = CashbookEntry.objects.visible_to(request.membership).select_related("by__user", "void_by__user")
    return get_object_or_404(rows, pk=pk)


def _mine(request: Request, pk: int) -> CashbookEntry:
    found = _seen(request, pk)
    if not services.may_change(found, request.membership):
        raise PermissionDenied(_("Vraag wie dit opschreef of de bureauleider om het te veranderen."))
    return found


@allow(*STAFF)
@require_GET
def cashbook_entry(request: Request, pk: int) -> HttpResponse:
    """One line, with every line that it took the place of."""
    found = _seen(request, pk)
    history: list[CashbookEntry] = []
    one = found
    while one.replaces_id and len(history) < RECENT:
        one = _seen(request, one.replaces_id)
        history.append(one)
    newer = CashbookEntry.objects.visible_to(request.membership).holding().filter(replaces=found).first()
    context = {
        "entry": found,
        "history": history,
        "newer": newer,
        "may_change": services.may_change(found, request.membership) and found.void_at is None,
        "may_blank": may_blank(request.membership),
        "unreadable": found.activity == UNREADABLE,
    }
    return render(request, "impact/cashbook_entry.html", context)


@allow(*STAFF)
@require_http_methods(["GET", "POST"])
def cashbook_correct(request: Request, pk: int) -> HttpResponse:
    """Another line takes its place; the old one stays to be read."""
    found = _mine(request, pk)
    if found.void_at is not None:
        raise NotAllowedNow(
            _("Deze regel telt al niet meer. Kijk bij de geschiedenis wat ervoor in de plaats kwam.")
        )
    here = reverse("impact:cashbook_entry", args=[pk])
    form = CashForm(posted(request), initial=first_values(found), cancel_url=here)
    if request.method == "POST" and form.is_valid():
        with once(request) as done:
            if done.already:
                return redirect(done.url)
            try:
                made = services.correct(entry=found, values=form.cleaned_data, by=request.membership)
            except NotAllowedNow as reason:
                form.add_error(None, str(reason))
            else:
                _say(request, made, _("“%(what)s” is verbeterd."))
                return done.done(reverse("impact:cashbook_entry", args=[made.pk]))
    return render(request, "impact/cashbook_correct.html", {"form": form, "entry": found})


@allow(*STAFF)
@require_POST
def cashbook_undo(request: Request, pk: int) -> HttpResponse:
    """Within a day: as if it was never written."""
    services.take_back(entry=_mine(request, pk), by=request.membership)
    tell(request, _("Teruggedraaid. De regel telt niet meer mee."))
    return redirect("impact:cashbook")


@allow(*STAFF)
@require_POST
def cashbook_strike(request: Request, pk: int) -> HttpResponse:
    """It was a mistake: it does not count any more, and stays to be read."""
    services.strike(entry=_mine(request, pk), by=request.membership)
    tell(request, _("De regel is doorgehaald en telt niet meer mee."))
    return redirect("impact:cashbook_entry", pk)
