"""The five ways in which a company helps: noted per employer, and all of them over a year."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, needs_export_right, posted
from buurtbaan.audit.services import record_read
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.acts import act_once
from buurtbaan.drafts.conflicts import settle_row
from buurtbaan.drafts.keeping import keep
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import ReasonForm
from buurtbaan.workbooks import book_response
from employers import services
from employers.forms.relation import ContributionForm
from employers.models import Contribution, Employer
from employers.permissions import can_correct_line, can_edit
from employers.relation import helps, of_year, overview, years
from employers.relation_enums import WAY_HELP, Way
from employers.views.shortcuts import editable_employer, relation_of, visible_employer
from employers.ways_book import write_ways

PER_PAGE = 50


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_GET
def ways(request: Request) -> HttpResponse:
    """Who helped in a year, in which of the five ways."""
    membership = request.membership
    offered = years(membership)
    year = _year(request, offered)
    found = overview(membership, year, request.GET.get("sort", ""))
    page = Paginator(found.rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "overview": found,
        "page": page,
        "years": offered,
        "year": year,
        "silent": Employer.objects.visible_to(membership).count() - found.companies,
        "may_export": membership.may_export,
    }
    return render(request, "employers/ways.html", context)


def _year(request: Request, offered: list[int]) -> int:
    """The year in the address if there is anything to show for it, or else this one."""
    wanted = request.GET.get("jaar", "")
    year = int(wanted) if wanted.isdecimal() and len(wanted) == 4 else 0
    return year if year in offered else timezone.localdate().year


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def ways_export(request: Request) -> HttpResponse:
    """The overview as a workbook, for who has the right, with a reason, and written down."""
    membership = request.membership
    needs_export_right(request)
    year = _year(request, years(membership))
    back = f"{reverse('employers:ways')}?jaar={year}"
    said = _("De bureauleider ziet dit terug bij “Wie keek er”.")
    form = ReasonForm(posted(request), who_reads=said, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        return _workbook(request, year, form.cleaned_data["reason"])
    return render(request, "employers/ways_export.html", {"form": form, "year": year, "back": back})


def _workbook(request: Request, year: int, reason: str) -> HttpResponse:
    by = request.membership
    lines = of_year(Contribution.objects.visible_to(by).kept(), year).select_related("employer")
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    written = write_ways(overview(by, year), lines.order_by("on", "pk").iterator(chunk_size=500), file)
    said = _("%(year)s, %(n)s bijdragen. %(reason)s") % {"year": year, "n": written, "reason": reason}
    record_read(by=by, candidate_id=None, what="ways_export", reason=said)
    name = _("vijf-manieren-%(year)s.xlsx") % {"year": year}
    return book_response(file, name)


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_GET
def contribution_list(request: Request, pk: int) -> HttpResponse:
    """All that one company did, year by year."""
    employer = visible_employer(request, pk)
    mine = request.membership
    rows = Contribution.objects.filter(employer=employer).kept().select_related("by__user")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "employer": employer,
        "can_edit": can_edit(mine, employer),
        "page": page,
        "rows": [{"one": one, "may": can_correct_line(mine, one)} for one in page],
        "helps": helps(rows.order_by()),
    }
    return render(request, "employers/contribution_list.html", context)


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def contribution_new(request: Request, pk: int) -> HttpResponse:
    """Note how they helped."""
    employer = editable_employer(request, pk)
    by, here = request.membership, relation_of(pk)
    way = request.GET.get("manier", "")
    first = {"on": timezone.localdate(), "way": way if way in Way.values else ""}
    form = ContributionForm(posted(request), cancel_url=here, initial=first)
    keep(request, form, title=_("Bijdrage van %(name)s") % {"name": employer.name}, new=True)

    def do() -> tuple[str, str]:
        services.add_contribution(employer=employer, values=form.cleaned_data, by=by)
        return _("Genoteerd. Dank hen ook even."), here

    context = {"employer": employer, "back": here, "one": None, "ways": _explained()}
    return act_once(request, form, do=do, template="employers/contribution_form.html", context=context)


def _explained() -> list[tuple[Any, Any]]:
    return [(way.label, WAY_HELP[way]) for way in Way]


def _contribution(request: Request, pk: int) -> Contribution:
    rows = Contribution.objects.visible_to(request.membership).select_related("employer", "by__user")
    found: Contribution = get_object_or_404(rows, pk=pk)
    if not can_correct_line(request.membership, found):
        raise PermissionDenied(_("Alleen wie het opschreef kan dit veranderen. Noteer wat je zelf weet."))
    return found


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def contribution_edit(request: Request, pk: int) -> HttpResponse:
    """Correct what was noted."""
    found = _contribution(request, pk)
    by, here = request.membership, relation_of(found.employer_id)
    form, clash = settle_row(
        request, found, lambda data, row: ContributionForm(data, instance=row, cancel_url=here)
    )
    if clash:
        return clash

    def do() -> tuple[str, str]:
        services.change_contribution(contribution=found, values=form.cleaned_data, by=by)
        return _("De bijdrage is verbeterd."), here

    context = {"employer": found.employer, "back": here, "one": found, "ways": _explained()}
    return act_once(request, form, do=do, template="employers/contribution_form.html", context=context)


@allow(Role.COACH, Role.MANAGER)
@require_POST
def contribution_remove(request: Request, pk: int) -> HttpResponse:
    """Take it away; there is a way back."""
    found = _contribution(request, pk)
    services.remove_contribution(contribution=found, by=request.membership)
    tell(request, _("De bijdrage is weg."), undo_url=reverse("employers:contribution_restore", args=[pk]))
    return redirect(relation_of(found.employer_id))


@allow(Role.COACH, Role.MANAGER)
@require_POST
def contribution_restore(request: Request, pk: int) -> HttpResponse:
    """The way back."""
    found = _contribution(request, pk)
    services.restore_contribution(contribution=found, by=request.membership)
    tell(request, _("De bijdrage staat er weer."))
    return redirect(relation_of(found.employer_id))
