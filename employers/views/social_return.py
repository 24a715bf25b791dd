"""Social return: what was promised, what was done about it, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.audit.services import record_read
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau
from buurtbaan.drafts.conflicts import settle_row
from buurtbaan.drafts.keeping import keep
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.rules.figures import municipality_names, place_name, value_text
from buurtbaan.ui.feedback import tell
from buurtbaan.workbooks import book_response
from employers import effort
from employers.forms.social_return import (
    SETTLED,
    SOON,
    ApproveForm,
    LineForm,
    SocialReturnFilter,
    SocialReturnForm,
)
from employers.models import SocialReturn, SocialReturnLine
from employers.models.social_return import HUNDRED, SocialReturnQuerySet
from employers.permissions import WRITERS
from employers.services import social_return as services
from employers.sheets import evidence_sheet
from employers.views.shortcuts import visible_employer

STAFF = (Role.CONNECTOR, Role.COACH, Role.MANAGER)
ACTORS = (Role.COACH, Role.MANAGER)
PER_PAGE = 50


@dataclass(frozen=True)
class Progress:
    """How far an obligation is: what the principal approved, and what was noted, in euros and percent."""

    row: Any
    today: date

    @property
    def percent(self) -> int:
        return min(100, int(self.row.approved * HUNDRED / self.row.target))

    @property
    def waiting(self) -> Decimal:
        return self.row.noted - self.row.approved

    @property
    def to_go(self) -> Decimal:
        return max(self.row.target - self.row.approved, Decimal(0))

    @property
    def days(self) -> int:
        return (self.row.ends_on - self.today).days

    @property
    def state(self) -> str:
        """settled, reached, late (the period is over), soon (six weeks or less), or running."""
        if self.row.settled_on:
            return "settled"
        if not self.to_go:
            return "reached"
        if self.days < 0:
            return "late"
        return "soon" if self.days <= effort.WARN_DAYS else "running"


def _rows(request: Request) -> SocialReturnQuerySet:
    found = SocialReturn.objects.visible_to(request.membership).with_sums()
    return cast(SocialReturnQuerySet, found.select_related("employer", "bureau__municipality"))


def _seen(request: Request, pk: int) -> Any:
    return get_object_or_404(_rows(request), pk=pk)


def _line(request: Request, pk: int) -> SocialReturnLine:
    rows = SocialReturnLine.objects.visible_to(request.membership)
    return get_object_or_404(
        rows.select_related("obligation__employer", "obligation__bureau__municipality"), pk=pk
    )


@allow(*STAFF)
@require_GET
def social_return_list(request: Request) -> HttpResponse:
    """Every obligation of the bureau's employers, the nearest end first."""
    filters = SocialReturnFilter(request.GET)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    found, today = _rows(request), timezone.localdate()
    if text := wanted.get("q"):
        found = found.filter(
            Q(contract__icontains=text) | Q(principal__icontains=text) | Q(employer__name__icontains=text)
        )
    state = wanted.get("state", "")
    found = found.filter(settled_on__isnull=state != SETTLED)
    if state == SOON:
        promised = Coalesce("amount", F("contract_amount") * F("share") / HUNDRED)
        found = found.filter(ends_on__lte=today + timedelta(days=effort.WARN_DAYS), approved__lt=promised)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"filters": filters, "page": page, "rows": [Progress(row, today) for row in page]}
    return render(request, "employers/social_return_list.html", context)


@allow(*STAFF)
@require_GET
def social_return_of(request: Request, pk: int) -> HttpResponse:
    """What one employer promised."""
    employer = visible_employer(request, pk)
    today = timezone.localdate()
    rows = [Progress(row, today) for row in _rows(request).filter(employer=employer)]
    context = {"employer": employer, "rows": rows, "can_edit": request.membership.role in WRITERS}
    return render(request, "employers/social_return_of.html", context)


@allow(*STAFF)
@require_GET
def social_return(request: Request, pk: int) -> HttpResponse:
    """One obligation: how far it is and each effort with its value, proof and approval."""
    found = _seen(request, pk)
    lines = [
        {
            "line": line,
            "block": effort.block_name(line.block) if line.block else _("Vrij bedrag"),
            "value": "" if line.value is None else value_text(line.value, line.unit),
        }
        for line in found.lines.all()
    ]
    context = {
        "obligation": found,
        "employer": found.employer,
        "progress": Progress(found, timezone.localdate()),
        "lines": lines,
        "table": place_name(found.place, municipality_names()),
        "can_edit": request.membership.role in WRITERS,
    }
    return render(request, "employers/social_return.html", context)


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def social_return_new(request: Request, pk: int) -> HttpResponse:
    """Note what an employer promised."""
    employer = visible_employer(request, pk)
    form = SocialReturnForm(
        request.POST or None,
        places=_places(employer.bureau),
        cancel_url=reverse("employers:social_return_of", args=[pk]),
    )
    keep(request, form, title=_("Social return: %(name)s") % {"name": employer.name}, new=True)
    with once(request) as first:
        if first.already:
            return redirect(first.url)
        if request.method == "POST" and form.is_valid():
            made = services.add_obligation(employer=employer, values=form.cleaned_data, by=request.membership)
            tell(request, _("De afspraak staat erin. Schrijf nu op wat er al is gedaan."))
            return first.done(_page(made))
    context = {"form": form, "employer": employer, "title": _("Nieuwe afspraak social return")}
    return render(request, "employers/social_return_form.html", context)


def _places(bureau: Bureau, *more: str) -> list[tuple[str, str]]:
    names = municipality_names()
    return [(place, place_name(place, names)) for place in dict.fromkeys((*effort.tables(bureau), *more))]


def _page(obligation: SocialReturn) -> str:
    return reverse("employers:social_return", args=[obligation.pk])


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def social_return_edit(request: Request, pk: int) -> HttpResponse:
    """Change what was promised."""
    found = _seen(request, pk)
    places = _places(found.bureau, found.place)
    form, clash = settle_row(
        request,
        found,
        lambda data, row: SocialReturnForm(data, instance=row, places=places, cancel_url=_page(found)),
    )
    if clash:
        return clash
    keep(request, form, title=found.contract)
    if request.method == "POST" and form.is_valid():
        services.change_obligation(obligation=found, values=form.cleaned_data, by=request.membership)
        tell(request, _("De afspraak is bewaard."))
        return redirect(_page(found))
    context = {"form": form, "employer": found.employer, "title": _("Bewerk de afspraak")}
    return render(request, "employers/social_return_form.html", context)


@allow(*ACTORS)
@require_POST
def social_return_settle(request: Request, pk: int) -> HttpResponse:
    """Settled with the principal, or open again."""
    found = _seen(request, pk)
    url = reverse("employers:social_return_settle", args=[pk])
    if found.settled_on:
        services.reopen(obligation=found, by=request.membership)
        tell(request, _("De afspraak loopt weer."), undo_url=url)
    else:
        services.settle(obligation=found, by=request.membership)
        tell(request, _("De afspraak is afgerond."), undo_url=url)
    return redirect(_page(found))


@allow(*ACTORS)
@require_POST
def social_return_recount(request: Request, pk: int) -> HttpResponse:
    """Look the values up again, after somebody added a figure."""
    found = _seen(request, pk)
    missing = services.recount(obligation=found, by=request.membership)
    if missing:
        tell(
            request,
            _("Voor een deel is nog geen waarde bekend. Voeg het tarief toe."),
            next_url=reverse("rules:rate_list"),
            next_label=_("Naar de tarieven"),
        )
    else:
        tell(request, _("Alle waarden zijn bijgewerkt."))
    return redirect(_page(found))


@allow(*ACTORS)
@require_GET
def social_return_sheet(request: Request, pk: int) -> HttpResponse:
    """The list of efforts for the principal, as a workbook; who took it along is noted."""
    found = _seen(request, pk)
    record_read(by=request.membership, candidate_id=None, what="social_return_sheet", reason=found.contract)
    name = f"social-return-{slugify(found.contract)[:60] or found.pk}.xlsx"
    return book_response(evidence_sheet(found, found.lines.all()), name)


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def line_new(request: Request, pk: int) -> HttpResponse:
    """Note something that was done."""
    found = _seen(request, pk)
    form = LineForm(request.POST or None, request.FILES or None, obligation=found, cancel_url=_page(found))
    with once(request) as first:
        if first.already:
            return redirect(first.url)
        if request.method == "POST" and form.is_valid():
            line = services.add_line(
                obligation=found,
                values=form.values(),
                file=form.cleaned_data["file"],
                checked=form.checked,
                by=request.membership,
            )
            _tell_line(request, line)
            return first.done(_page(found))
    context = {"form": form, "obligation": found, "title": _("Wat is er gedaan?"), "line": None}
    return render(request, "employers/line_form.html", context, status=422 if form.errors else 200)


def _tell_line(request: Request, line: SocialReturnLine) -> None:
    if line.amount is not None:
        tell(request, _("De inspanning staat erin."))
        return
    tell(
        request,
        _("De inspanning staat erin. De waarde is onbekend: voor deze tabel en dag is er geen tarief."),
        next_url=reverse("rules:rate_list"),
        next_label=_("Naar de tarieven"),
    )


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def line_edit(request: Request, pk: int) -> HttpResponse:
    """Correct what was noted."""
    line = _line(request, pk)
    found = line.obligation
    if line.approved_on:
        raise NotAllowedNow(_("Dit is al goedgekeurd. Neem eerst de goedkeuring terug."))
    files = request.FILES or None
    form, clash = settle_row(
        request,
        line,
        lambda data, row: LineForm(
            data, files if data else None, instance=row, obligation=found, cancel_url=_page(found)
        ),
    )
    if clash:
        return clash
    if request.method == "POST" and form.is_valid():
        changed = services.change_line(
            line=line,
            values=form.values(),
            file=form.cleaned_data["file"],
            checked=form.checked,
            by=request.membership,
        )
        _tell_line(request, changed)
        return redirect(_page(found))
    context = {"form": form, "obligation": found, "title": _("Bewerk de inspanning"), "line": line}
    return render(request, "employers/line_form.html", context, status=422 if form.errors else 200)


@allow(*ACTORS)
@require_POST
def line_remove(request: Request, pk: int) -> HttpResponse:
    """Take a line off the list."""
    line = _line(request, pk)
    services.remove_line(line=line, by=request.membership)
    tell(request, _("De inspanning is weg, met het bewijs."))
    return redirect(_page(line.obligation))


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def line_approve(request: Request, pk: int) -> HttpResponse:
    """The principal agrees with a line."""
    line = _line(request, pk)
    found = line.obligation
    start = {"on": timezone.localdate(), "who": found.principal}
    form = ApproveForm(request.POST or None, initial=start, cancel_url=_page(found))
    if request.method == "POST" and form.is_valid():
        try:
            services.approve_line(line=line, **form.cleaned_data, by=request.membership)
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            undo = reverse("employers:line_unapprove", args=[pk])
            tell(request, _("De goedkeuring staat erin."), undo_url=undo)
            return redirect(_page(found))
    context = {
        "form": form,
        "obligation": found,
        "title": _("Goedkeuring van de opdrachtgever"),
        "line": line,
    }
    return render(request, "employers/line_form.html", context)


@allow(*ACTORS)
@require_POST
def line_unapprove(request: Request, pk: int) -> HttpResponse:
    """It was not approved after all."""
    line = _line(request, pk)
    services.take_back_approval(line=line, by=request.membership)
    tell(request, _("De goedkeuring is teruggenomen."))
    return redirect(_page(line.obligation))


@allow(*ACTORS)
@require_GET
def line_evidence(request: Request, pk: int) -> HttpResponse:
    """The proof, to keep and never to open in the page; who took it is noted."""
    line = _line(request, pk)
    if not line.evidence or not line.evidence.name or not line.evidence.storage.exists(line.evidence.name):
        raise Http404(_("Bij deze inspanning is geen bewijs."))
    said = f"{line.obligation.contract}: {line.evidence_name}"
    record_read(by=request.membership, candidate_id=None, what="social_return_evidence", reason=said)
    response: Any = FileResponse(
        line.evidence.open("rb"),
        as_attachment=True,
        filename=line.evidence_name,
        content_type=line.evidence_kind,
    )
    response["Cache-Control"] = "no-store"
    return cast(HttpResponse, response)
