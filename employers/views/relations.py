"""Relations change hands when somebody leaves or the work is divided anew."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from employers import services
from employers.forms.relation import HandoverForm, who
from employers.models import Agreement, Employer, Reminder
from employers.permissions import can_hand_over
from employers.relation_enums import AgreementState
from employers.services.relations import Handed

UNDO = "relations_handed"


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def relations_hand_over(request: Request) -> HttpResponse:
    """Choose whose relations, tick which ones, and say to whom they go."""
    by = request.membership
    holders = _holders(by)
    chosen = (request.POST if request.method == "POST" else request.GET).get("van", "")
    owner = next((one for one in holders if str(one.pk) == chosen), None)
    if owner is None and not chosen and len(holders) == 1:
        owner = holders[0]
    context: dict[str, Any] = {
        "holders": [(one, who(one)) for one in holders], "owner": owner, "rows": [], "form": None,
        "ended": owner is not None and not owner.is_current,
    }  # fmt: skip
    if owner:
        rows = list(_held(owner))
        form = HandoverForm(posted(request), by=by, owner=owner)
        if request.method == "POST" and form.is_valid() and (answer := _hand_over(request, owner, form)):
            return answer
        ticked = request.POST.getlist("ids") if request.method == "POST" else None
        context["rows"] = [(one, ticked is None or str(one.pk) in ticked) for one in rows]
        context["form"] = form
    return render(request, "employers/relations_hand_over.html", context)


def _holders(by: Membership) -> list[Membership]:
    """On whom relations hang and whose `by` may hand over, with `held`; also who has left."""
    rows = Membership.objects.visible_to(by).select_related("user")
    hangs = Q(pk__in=Employer.objects.visible_to(by).values("owner"))
    hangs |= Q(pk__in=_open_reminders(by).values("for_whom"))
    hangs |= Q(pk__in=_open_agreements(by).values("colleague"))
    return [one for one in rows.filter(hangs).order_by("user__name", "pk") if can_hand_over(by, one)]


def _open_reminders(by: Membership) -> Any:
    return Reminder.objects.visible_to(by).filter(done_at=None)


def _open_agreements(by: Membership) -> Any:
    return Agreement.objects.visible_to(by).exclude(state=AgreementState.ENDED)


def _held(owner: Membership) -> Any:
    """The employers on which something hangs for this colleague."""
    todo = Reminder.objects.filter(employer=OuterRef("pk"), for_whom=owner, done_at=None)
    agreed = Agreement.objects.filter(employer=OuterRef("pk"), colleague=owner)
    agreed = agreed.exclude(state=AgreementState.ENDED)
    rows = Employer.objects.filter(bureau=owner.bureau_id).annotate(
        reminder_count=Count("reminders", filter=Q(reminders__for_whom=owner, reminders__done_at=None))
    )
    rows = rows.annotate(has_agreement=Exists(agreed))
    return rows.filter(Q(owner=owner) | Exists(todo) | Exists(agreed)).order_by("name", "pk")


def _hand_over(request: Request, owner: Membership, form: HandoverForm) -> HttpResponse | None:
    ids = [int(one) for one in request.POST.getlist("ids") if one.isdecimal() and len(one) < 16]
    to = form.cleaned_data["to"]
    with once(request) as first:
        if first.already:
            return redirect(first.url)
        try:
            handed = services.hand_over_relations(owner=owner, to=to, employers=ids, by=request.membership)
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
            return None
        request.session[UNDO] = asdict(handed)
        n = len(handed.employers)
        said = ngettext("%(n)s relatie is nu van %(who)s.", "%(n)s relaties zijn nu van %(who)s.", n)
        tell(request, said % {"n": n, "who": to.user}, undo_url=reverse("employers:relations_take_back"))
        return first.done(reverse("employers:employer_list"))


@allow(Role.COACH, Role.MANAGER)
@require_POST
def relations_take_back(request: Request) -> HttpResponse:
    """Put the last ones handed over back."""
    kept = request.session.pop(UNDO, None)
    if kept is None:
        tell(request, _("Er is niets om ongedaan te maken."), level=messages.INFO)
    else:
        services.take_back_relations(handed=Handed(**kept), by=request.membership)
        tell(request, _("Ongedaan gemaakt."))
    return redirect("employers:employer_list")
