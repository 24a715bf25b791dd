"""Subscriptions: the list, the page of one with what was delivered, and the acts on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.acts import act_once
from buurtbaan.drafts.conflicts import settle
from buurtbaan.drafts.keeping import keep
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from employers import earning_lists, lists
from employers.enums import EmployerKind, SubscriptionState
from employers.forms.earning_filters import SubscriptionFilter
from employers.forms.subscriptions import ExtendForm, OtherFundingForm, StopForm, SubscriptionForm
from employers.models import Employer, Subscription
from employers.services import subscriptions as services
from employers.views.delivered import months_shown
from employers.views.shortcuts import visible_employer

CHOICES = 12
FORM_PAGE = "employers/subscription_form.html"


@allow(Role.COACH, Role.MANAGER)
@require_GET
def subscription_list(request: Request) -> HttpResponse:
    """What is sold by the month, and what comes to an end."""
    filters = SubscriptionFilter(request.GET)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    found = earning_lists.subscriptions(request.membership, wanted, request.GET.get("sort", ""))
    page = lists.page_of(found, request.GET.get("page"))
    noted = earning_lists.delivered([row.pk for row in page])
    context = {
        "filters": filters,
        "page": page,
        "rows": [
            {"row": row, "state": row.state, "months": months_shown(row, noted[row.pk])} for row in page
        ],
        "sums": earning_lists.running_sums(request.membership),
        "filtered": any(wanted.values()),
    }
    return render(request, "employers/subscription_list.html", context)


@allow(Role.COACH, Role.MANAGER)
@require_GET
def subscription_choose(request: Request) -> HttpResponse:
    """Who buys it: care organisations first, anybody else by name."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:80]
    found = Employer.objects.visible_to(request.membership).exclude(kind=EmployerKind.OWN_PROJECT)
    found = found.filter(name__icontains=text) if text else found.filter(kind=EmployerKind.CARE)
    context = {"q": text, "employers": list(found.order_by("name", "pk")[:CHOICES])}
    return render(request, "employers/subscription_choose.html", context)


@allow(Role.COACH, Role.MANAGER)
@require_GET
def employer_earnings(request: Request, pk: int) -> HttpResponse:
    """What one client buys: subscriptions and commissions."""
    found = visible_employer(request, pk)
    rows = found.subscriptions.newest_first()[:50]
    context = {
        "employer": found,
        "subscriptions": [{"row": row, "state": row.state} for row in rows],
        "commissions": found.commissions.order_by("-starts_on", "-pk")[:50],
        "own_project": found.kind == EmployerKind.OWN_PROJECT,
    }
    return render(request, "employers/employer_earnings.html", context)


def visible(request: Request, pk: int) -> Subscription:
    """The subscription with its client, or 404."""
    rows = Subscription.objects.visible_to(request.membership).select_related(
        "employer__owner__user", "follows", "followed_by"
    )
    return get_object_or_404(rows, pk=pk)


@allow(Role.COACH, Role.MANAGER)
@require_GET
def subscription(request: Request, pk: int) -> HttpResponse:
    """What was agreed and delivered, whom it pays for, and what is to be done when it ends."""
    found = visible(request, pk)
    mine = request.membership
    works = list(found.positions.order_by("title", "pk"))
    people = found.employer.placements.visible_to(mine).running().filter(position__in=works)
    followed = getattr(found, "followed_by", None)
    left = Subscription.objects.filter(pk=pk).left_with_people(timezone.localdate()).exists()
    context = {
        "subscription": found,
        "employer": found.employer,
        "followed": followed,
        "state": found.state,
        "over": found.state == SubscriptionState.OVER,
        "ending": found.state == SubscriptionState.ENDING and not found.stopped_on and not followed,
        "left": left,
        "works": works,
        "people": people.select_related("candidate", "position").order_by("starts_on", "pk"),
        "contracts": _contracts(request, found),
        "warnings": found.warnings.order_by("-days"),
        "delivered": months_shown(found, list(found.months.all())),
    }
    return render(request, "employers/subscription.html", context)


def _contracts(request: Request, found: Subscription) -> list[Any]:
    """Who got an ordinary contract out of it, in any of its periods."""
    whole = Subscription(pk=found.whole_id)
    rows = whole.conversions.visible_to(request.membership)
    return list(rows.select_related("candidate").order_by("contract_on", "pk"))


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def subscription_new(request: Request, pk: int) -> HttpResponse:
    """A client buys hours a month."""
    client = visible_employer(request, pk)
    back = reverse("employers:employer_earnings", args=[pk])
    form = SubscriptionForm(request.POST or None, employer=client, cancel_url=back)
    keep(request, form, title=_("Nieuw abonnement"), new=True)

    def do() -> tuple[str, str]:
        made = services.add_subscription(
            employer=client, values=form.values(), positions=form.chosen(), by=request.membership
        )
        said = _("Het abonnement staat erin. We waarschuwen 90, 60 en 30 dagen voor het einde.")
        return said, reverse("employers:subscription", args=[made.pk])

    return act_once(
        request, form, do=do, template="employers/subscription_new.html", context={"employer": client}
    )


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def subscription_edit(request: Request, pk: int) -> HttpResponse:
    """Correct what was agreed."""
    found = visible(request, pk)
    back = reverse("employers:subscription", args=[pk])

    def now(data: QueryDict | None, row: Subscription | None = None) -> SubscriptionForm:
        row = row or services.locked_subscription(found)
        return SubscriptionForm(data, instance=row, employer=found.employer, cancel_url=back)

    form, clash = settle(request, now(request.POST or None, found), now)
    if clash:
        return clash
    keep(request, form, title=found.service)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_subscription(
                subscription=found, values=form.values(), positions=form.chosen(), by=request.membership
            )
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            tell(request, _("Het abonnement is bewaard."))
            return redirect(back)
    return render(request, FORM_PAGE, {"form": form, **_form_context(found, _("Bewerk abonnement"))})


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def subscription_extend(request: Request, pk: int) -> HttpResponse:
    """A next period."""
    found = visible(request, pk)
    back = reverse("employers:subscription", args=[pk])
    form = ExtendForm(request.POST or None, subscription=found, cancel_url=back)
    keep(request, form, title=_("Verleng abonnement"), new=True)

    def do() -> tuple[str, str]:
        made = services.extend_subscription(
            subscription=found, values=form.cleaned_data, by=request.membership
        )
        day = date_format(made.ends_on, "j F Y")
        said = _("Verlengd tot en met %(day)s. De werkplekken gaan mee.") % {"day": day}
        return said, reverse("employers:subscription", args=[made.pk])

    return act_once(
        request, form, do=do, template=FORM_PAGE, context=_form_context(found, _("Verleng abonnement"))
    )


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def subscription_stop(request: Request, pk: int) -> HttpResponse:
    """It stops, now or on the agreed day."""
    found = visible(request, pk)
    back = reverse("employers:subscription", args=[pk])
    form = StopForm(request.POST or None, subscription=found, cancel_url=back)
    keep(request, form, title=_("Stop abonnement"))
    if request.method == "POST" and form.is_valid():
        try:
            services.stop_subscription(subscription=found, **form.cleaned_data, by=request.membership)
        except NotAllowedNow as reason:
            form.add_error("last_day", str(reason))
        else:
            day = date_format(form.cleaned_data["last_day"], "j F Y")
            tell(
                request,
                _("Het abonnement stopt na %(day)s. Je hoort er geen waarschuwingen meer over.")
                % {"day": day},
                undo_url=reverse("employers:subscription_resume", args=[pk]),
            )
            return redirect(back)
    return render(request, FORM_PAGE, {"form": form, **_form_context(found, _("Stop abonnement"))})


@allow(Role.COACH, Role.MANAGER)
@require_POST
def subscription_resume(request: Request, pk: int) -> HttpResponse:
    """It goes on until the agreed day after all."""
    found = visible(request, pk)
    services.resume_subscription(subscription=found, by=request.membership)
    tell(request, _("Het abonnement loopt weer door tot de afgesproken dag."))
    return redirect("employers:subscription", pk=pk)


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def subscription_other(request: Request, pk: int) -> HttpResponse:
    """Note what pays for those who stayed when it was over."""
    found = visible(request, pk)
    back = reverse("employers:subscription", args=[pk])
    form = OtherFundingForm(request.POST or None, subscription=found, cancel_url=back)
    keep(request, form, title=_("Wie betaalt daarna"))

    def do() -> tuple[str, str]:
        services.note_other_funding(subscription=found, **form.cleaned_data, by=request.membership)
        return _("Genoteerd wie nu betaalt. De mensen kunnen blijven."), back

    return act_once(
        request, form, do=do, template=FORM_PAGE, context=_form_context(found, _("Wie betaalt daarna"))
    )


def _form_context(found: Subscription, title: str) -> dict[str, Any]:
    return {"subscription": found, "employer": found.employer, "title": title}
