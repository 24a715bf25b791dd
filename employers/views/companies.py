"""Employers: the list, the page of one, and the acts on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Invitation, Membership
from buurtbaan.drafts.conflicts import settle
from buurtbaan.drafts.keeping import keep
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.vocabulary.words import named, words
from employers import lists, services
from employers.enums import EmployerKind, PositionStatus
from employers.forms.companies import EmployerForm, PauseForm
from employers.forms.filters import EmployerFilter
from employers.models import Employer
from employers.permissions import WRITERS, can_edit, may_begin_merging
from employers.views.shortcuts import visible_employer


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_GET
def employer_list(request: Request) -> HttpResponse:
    """The bureau's employers, with what goes on there at a glance."""
    filters = EmployerFilter(request.GET, membership=request.membership)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    found = lists.employers(request.membership, wanted, request.GET.get("sort", ""))
    page = lists.page_of(found, request.GET.get("page"), lists.employer_rows())
    kinds = lists.labels(EmployerKind)
    rows = [
        {
            "employer": employer,
            "kind": kinds[employer.kind],
            "quiet": lists.is_quiet(employer),
        }
        for employer in page
    ]
    context = {
        "filters": filters,
        "page": page,
        "rows": rows,
        "can_add": request.membership.role in WRITERS,
        "may_hand_over": request.membership.role in WRITERS,
        "filtered": any(wanted.values()),
        "can_export": request.membership.may_export,
        "query": request.GET.urlencode(),
    }
    return render(request, "employers/employer_list.html", context)


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_GET
def employer(request: Request, pk: int) -> HttpResponse:
    """Who they are, who to call, where it is, which work there is and who works there."""
    found = visible_employer(request, pk)
    positions = found.positions.exclude(status=PositionStatus.CLOSED).select_related("location__area")
    people = found.placements.visible_to(request.membership).running().select_related("candidate", "position")
    taken = lists.people_at([one.pk for one in positions])
    known = words(found.environment)
    context = {
        "employer": found,
        "can_edit": can_edit(request.membership, found),
        "can_merge": may_begin_merging(request.membership, found),
        "formers": found.formers.all(),
        "positions": [{"position": one, "people": taken[one.pk]} for one in positions],
        "closed_count": found.positions.filter(status=PositionStatus.CLOSED).count(),
        "people": people,
        "locations": found.locations.select_related("area"),
        "contacts": contact_cards(found),
        "environment": named(found.environment, known),
        "quiet": lists.is_quiet(found),
        "new_url": reverse("employers:position_new") + f"?werkgever={pk}",
    }
    return render(request, "employers/employer.html", context)


def contact_cards(employer: Employer) -> list[dict[str, Any]]:
    """Each contact with whether they have an account, were asked, or can be asked. Three queries in all."""
    accounts = {
        email.lower()
        for email in Membership.objects.current()
        .filter(role=Role.EMPLOYER, employer=employer)
        .values_list("user__email", flat=True)
    }
    asked = {one.email.lower(): one for one in Invitation.objects.filter(employer=employer) if one.is_open}
    return [
        {
            "contact": contact,
            "has_account": contact.email.lower() in accounts or contact.membership_id is not None,
            "invitation": asked.get(contact.email.lower()),
        }
        for contact in employer.contacts.all()
    ]


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def employer_new(request: Request) -> HttpResponse:
    """Somebody who may give people a chance."""
    mine = request.membership
    form = EmployerForm(
        request.POST or None,
        bureau=_bureau(mine),
        cancel_url=reverse("employers:employer_list"),
        initial={"owner": mine.pk, "name": request.GET.get("naam", "")[:120]},
    )
    keep(request, form, title=_("Nieuwe werkgever"), new=True)
    with once(request) as first:
        if first.already:
            return redirect(first.url)
        if request.method == "POST" and form.is_valid() and (made := _add(form, mine)):
            tell(
                request,
                _("%(name)s staat erin. Vul nu aan waar het is en wie je kunt bellen.") % {"name": made.name},
                next_url=reverse("employers:location_new", args=[made.pk]),
                next_label=_("Vul een locatie in"),
            )
            return first.done(reverse("employers:employer", args=[made.pk]))
    return render(request, "employers/employer_new.html", {"form": form})


def _add(form: EmployerForm, by: Membership) -> Employer | None:
    """The new employer, or None with the reason in the form."""
    try:
        return services.add_employer(values=form.cleaned_data, by=by)
    except NotAllowedNow as reason:
        form.add_error(None, str(reason))
        return None


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def employer_edit(request: Request, pk: int) -> HttpResponse:
    """Change what we know of an employer."""
    found = visible_employer(request, pk)
    page = reverse("employers:employer", args=[pk])

    def now(data: QueryDict | None, row: Employer | None = None) -> EmployerForm:
        row = row or services.locked_employer(found)
        return EmployerForm(data, instance=row, bureau=_bureau(request.membership), cancel_url=page)

    form, clash = settle(request, now(request.POST or None, found), now)
    if clash:
        return clash
    keep(request, form, title=found.name)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_employer(employer=found, values=form.cleaned_data, by=request.membership)
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            tell(request, _("De gegevens zijn bewaard."))
            return redirect(page)
    name = Employer.objects.values_list("name", flat=True).get(pk=pk)
    return render(request, "employers/employer_edit.html", {"form": form, "employer": found, "name": name})


def _bureau(membership: Membership) -> Bureau:
    """Staff always have a bureau; the database sees to it."""
    assert membership.bureau is not None  # noqa: S101
    return membership.bureau


@allow(Role.COACH, Role.MANAGER, Role.EMPLOYER)
@require_http_methods(["GET", "POST"])
def employer_pause(request: Request, pk: int) -> HttpResponse:
    """No new proposals for a while."""
    found = visible_employer(request, pk)
    form = PauseForm(request.POST or None, cancel_url=home_of(found, request.membership))
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until"]
        services.pause_employer(employer=found, until=until, by=request.membership)
        tell(
            request,
            _("Er komen geen nieuwe voorstellen tot en met %(day)s.") % {"day": date_format(until, "j F Y")},
            undo_url=reverse("employers:employer_resume", args=[pk]),
        )
        return redirect(home_of(found, request.membership))
    return render(request, "employers/employer_pause.html", {"form": form, "employer": found})


@allow(Role.COACH, Role.MANAGER, Role.EMPLOYER)
@require_POST
def employer_resume(request: Request, pk: int) -> HttpResponse:
    """Proposals are welcome again."""
    found = visible_employer(request, pk)
    services.resume_employer(employer=found, by=request.membership)
    tell(request, _("De pauze is voorbij. Er kunnen weer voorstellen komen."))
    return redirect(home_of(found, request.membership))


def home_of(employer: Employer, membership: Membership) -> str:
    """The page that somebody came from: the employer's contact has one of their own."""
    if membership.role == Role.EMPLOYER:
        return reverse("employers:my_company")
    return reverse("employers:employer", args=[employer.pk])
