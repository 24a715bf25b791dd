"""Handing people over: several from the list, or all of a colleague who leaves."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.bureaus.enums import HOLDERS, Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import form_helper
from candidates import services
from candidates.forms.handover import LastDayForm, ReassignForm
from candidates.models import Candidate
from candidates.permissions import can_assign
from candidates.services.handover import MOST_AT_ONCE, Move, colleagues_of, people_of, spread
from candidates.views.shortcuts import STAFF_ROLES

UNDO = "reassign_undo"


def _ids(values: list[str]) -> set[int]:
    return {int(one) for one in values[:MOST_AT_ONCE] if one.isdecimal() and len(one) < 16}


# several from the list


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def reassign(request: Request) -> HttpResponse:
    """The people who were ticked in the list, by name, and who takes them over."""
    back = reverse("candidates:caseload")
    ids = _ids((request.POST if request.method == "POST" else request.GET).getlist("ids"))
    seen = Candidate.objects.visible_to(request.membership).active().filter(pk__in=ids)
    people = [
        one
        for one in seen.select_related("coach__user", "connector__user").order_by("search_name", "pk")
        if can_assign(request.membership, one)
    ]
    if not people:
        tell(request, _("Vink eerst mensen aan in de lijst."), level=messages.INFO)
        return redirect(back)
    form = ReassignForm(posted(request), by=request.membership)
    form_helper(form, submit="", tag=False)
    if request.method == "POST" and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            if _reassigned(request, form, people):
                return first.done(back)
    return render(request, "candidates/reassign.html", {"people": people, "form": form})


def _reassigned(request: Request, form: Any, people: list[Candidate]) -> bool:
    try:
        moves = services.reassign(
            candidates=[one.pk for one in people], by=request.membership, **form.cleaned_data
        )
    except NotAllowedNow as reason:
        form.add_error(None, str(reason))
        return False
    request.session[UNDO] = [list(asdict(move).values()) for move in moves]
    said = ngettext("%(n)s persoon is overgedragen.", "%(n)s mensen zijn overgedragen.", len(moves))
    tell(request, said % {"n": len(moves)}, undo_url=reverse("candidates:reassign_undo"))
    return True


@allow(*STAFF_ROLES)
@require_POST
def reassign_undo(request: Request) -> HttpResponse:
    """Put the last ones handed over back."""
    moves = [Move(*values) for values in request.session.pop(UNDO, [])]
    back = services.undo_reassign(moves=moves, by=request.membership)
    if back < len(moves):
        tell(request, _("Niet iedereen kon terug: iemand is intussen verder gegaan."), level=messages.WARNING)
    else:
        tell(request, _("Ongedaan gemaakt."))
    return redirect("candidates:caseload")


# all of a colleague who leaves


@allow(Role.MANAGER)
@require_GET
def handover_choose(request: Request) -> HttpResponse:
    """Who leaves."""
    assert request.membership.bureau_id is not None  # noqa: S101 - bureau staff, says the database
    staff = Membership.objects.staff_of(request.membership.bureau_id).filter(role__in=HOLDERS)
    people = Candidate.objects.listed_to(request.membership).active().order_by()
    held: dict[int | None, int] = {}
    for field in ("coach", "connector"):
        held |= dict(people.values_list(field).annotate(n=Count("pk")))
    colleagues = [(one, held.get(one.pk, 0)) for one in staff]
    return render(request, "candidates/handover_choose.html", {"colleagues": colleagues})


def _leaving(request: Request, pk: int) -> Membership:
    here = Membership.objects.current().visible_to(request.membership).filter(role__in=HOLDERS)
    return get_object_or_404(here.select_related("user", "bureau"), pk=pk)


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def handover(request: Request, pk: int) -> HttpResponse:
    """Everybody who hangs on a colleague, with a proposed new holder; adjust, then confirm.

    What was adjusted waits in the session, so that the page also works for hundreds of people and without JavaScript.
    """
    leaving = _leaving(request, pk)
    colleagues = colleagues_of(leaving)
    people = list(people_of(leaving).order_by("search_name", "pk"))
    plan = _plan(request, leaving, people, colleagues)
    form = LastDayForm(posted(request) if "klaar" in request.POST else None)
    form_helper(form, submit="", tag=False)
    if request.method == "POST":
        if "verplaats" in request.POST:
            return _moved(request, leaving, plan, colleagues)
        if "klaar" in request.POST and form.is_valid() and (answer := _done(request, leaving, plan, form)):
            return answer
    loads: dict[int, int] = {one.pk: one.load for one in colleagues}  # type: ignore[attr-defined]
    groups = [(one, [who for who in people if plan.get(who.pk) == one.pk]) for one in colleagues]
    context = {
        "leaving": leaving, "colleagues": colleagues, "people": people, "form": form,
        "groups": [(one, mine, loads[one.pk] + len(mine)) for one, mine in groups],
    }  # fmt: skip
    return render(request, "candidates/handover.html", context)


def _key(leaving: Membership) -> str:
    return f"handover_{leaving.pk}"


def _plan(
    request: Request, leaving: Membership, people: list[Candidate], colleagues: list[Membership]
) -> dict[int, int]:
    """Who goes where: as adjusted before, and by load for whoever was not."""
    able = {one.pk: one.load for one in colleagues}  # type: ignore[attr-defined]
    if not able:
        return {}
    now = {one.pk for one in people}
    kept = {int(who): to for who, to in request.session.get(_key(leaving), {}).items()}
    plan = {who: to for who, to in kept.items() if who in now and to in able}
    for to in plan.values():
        able[to] += 1
    return plan | spread([one.pk for one in people if one.pk not in plan], able)


def _moved(
    request: Request, leaving: Membership, plan: dict[int, int], colleagues: list[Membership]
) -> HttpResponse:
    to = next((one for one in colleagues if str(one.pk) == request.POST.get("naar")), None)
    ticked = _all_ids(request) & plan.keys()
    if to is None or not ticked:
        tell(request, _("Vink mensen aan en kies bij wie ze komen."), level=messages.INFO)
    else:
        plan |= dict.fromkeys(ticked, to.pk)
    request.session[_key(leaving)] = {str(who): holder for who, holder in plan.items()}
    return redirect("candidates:handover", pk=leaving.pk)


def _all_ids(request: Request) -> set[int]:
    return {int(one) for one in request.POST.getlist("ids") if one.isdecimal() and len(one) < 16}


def _done(request: Request, leaving: Membership, plan: dict[int, int], form: Any) -> HttpResponse | None:
    with once(request) as first:
        if first.already:
            return redirect(first.url)
        try:
            moved = services.hand_over(
                leaving=leaving, holders=plan, last_day=form.cleaned_data["last_day"], by=request.membership
            )
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
            return None
        request.session.pop(_key(leaving), None)
        said = ngettext("%(n)s persoon is overgedragen.", "%(n)s mensen zijn overgedragen.", moved)
        tell(request, said % {"n": moved} + " " + _("De rol van %s stopt.") % leaving.user)
        return first.done(reverse("people"))
