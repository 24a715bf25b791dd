"""Own people and the bureau's, as a list and as a board."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Area, Membership
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from candidates import caseload as cases
from candidates import services
from candidates.enums import Stage
from candidates.models import Candidate, CandidateQuerySet
from candidates.permissions import can_edit
from candidates.views.shortcuts import STAFF_ROLES


def _holders(membership: Membership) -> list[Membership]:
    assert membership.bureau_id is not None  # noqa: S101 - bureau staff, says the database
    return [one for one in Membership.objects.staff_of(membership.bureau_id) if one.role != Role.MANAGER]


def areas(membership: Membership) -> list[Area]:
    """The areas that the bureau serves."""
    return list(Area.objects.filter(bureaus=membership.bureau_id).order_by("name"))


def _page_number(text: str) -> int:
    return min(int(text), cases.LAST_PAGE) if text.isdecimal() and 0 < len(text) < 6 and int(text) else 1


@allow(*STAFF_ROLES)
@require_GET
def caseload(request: Request) -> HttpResponse:
    """People as a list; the address holds every choice."""
    membership = request.membership
    scope = cases.scope_of(membership, request.GET.get("bereik", ""))
    names_only = scope == cases.BUREAU and membership.role != Role.MANAGER
    form, rows = chosen_people(request, scope, names_only=names_only)
    chosen = form.chosen() if request.GET else {}
    sort = request.GET.get("sort", "") if not names_only or "naam" in request.GET.get("sort", "") else ""
    listed = cases.listing(membership, rows, sort=sort, page=_page_number(request.GET.get("page", "")))
    context = {
        "form": form,
        "listed": listed,
        "scope": scope,
        "names_only": names_only,
        "narrowed": bool(chosen),
        "kept": urlencode(chosen),
        "is_manager": membership.role == Role.MANAGER,
        "may_pick": not names_only,
        "export_query": urlencode(chosen) if membership.may_export and not names_only else None,
    }
    return render(request, "candidates/caseload.html", context)


def chosen_people(
    request: Request, scope: str, *, names_only: bool
) -> tuple[cases.CaseloadFilter, CandidateQuerySet]:
    """The filter as the address says it, and the people who fit."""
    membership = request.membership
    form = cases.CaseloadFilter(
        request.GET or None,
        holders=_holders(membership),
        names_only=names_only,
        areas=[] if names_only else areas(membership),
    )
    chosen = form.chosen() if request.GET else {}
    return form, cases.narrowed(cases.people(membership, scope), chosen, names_only=names_only)


@allow(*STAFF_ROLES)
@require_GET
def search(request: Request) -> HttpResponse:
    """The search box in the header: names in the whole bureau."""
    term = request.GET.get("q", "")[:80]
    query = urlencode({"bereik": cases.BUREAU, "q": term})
    return HttpResponseRedirect(f"{reverse('candidates:caseload')}?{query}")


@allow(*STAFF_ROLES)
@require_GET
def board(request: Request) -> HttpResponse:
    """The own people by stage; for a manager the bureau's, or one colleague's."""
    membership = request.membership
    scope = cases.scope_of(membership, "")
    is_manager = membership.role == Role.MANAGER
    form = cases.CaseloadFilter(
        request.GET or None,
        holders=_holders(membership) if is_manager else [],
        names_only=False,
        areas=areas(membership),
    )
    for name in ("q", "fase") if is_manager else ("q", "fase", "wie"):
        del form.fields[name]
    chosen = form.chosen() if request.GET else {}
    rows = cases.narrowed(cases.people(membership, scope), chosen, names_only=False)
    context = {
        "columns": cases.board(membership, rows),
        "form": form,
        "query": urlencode(chosen),
        "kept": urlencode(chosen),
        "scope": scope,
    }
    return render(request, "candidates/board.html", context | {"is_manager": is_manager})


@allow(*STAFF_ROLES)
@require_POST
def board_move(request: Request) -> HttpResponse:
    """Move one card; the button says who, from where and where to."""
    back = reverse("candidates:board")
    if kept := QueryDict(request.POST.get("filter", "")[:300]).urlencode():
        back += f"?{kept}"
    pk, here, there = [*request.POST.get("move", "").split(":"), "", "", ""][:3]
    if there not in Stage.values or not pk.isdecimal() or len(pk) > 15:
        messages.error(request, _("Deze verplaatsing kennen we niet. Kies een knop op het bord."))
        return redirect(back)
    candidate = get_object_or_404(Candidate.objects.visible_to(request.membership), pk=pk)
    if not can_edit(request.membership, candidate):
        raise PermissionDenied(_("Je mag dit dossier lezen. Vraag aan wie deze persoon begeleidt."))
    try:
        services.change_stage(candidate=candidate, to=there, expected=here, by=request.membership)
    except NotAllowedNow as reason:
        tell(request, str(reason), level=messages.WARNING)
    else:
        words = {"name": candidate.short_name, "stage": Stage(there).label}
        url = reverse("candidates:file", args=[candidate.pk])
        tell(
            request,
            _("%(name)s staat nu op “%(stage)s”.") % words,
            next_url=url,
            next_label=_("Open dossier"),
        )
    return redirect(back)
