"""Rule cards: the shelf, one card, and writing what it says."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.drafts.conflicts import settle
from buurtbaan.drafts.keeping import keep
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.rules import cards, services
from buurtbaan.rules.forms import CardFilter, CardForm, VersionForm
from buurtbaan.rules.models import RuleCard, RuleVersion
from buurtbaan.rules.views.pages import EVERYBODY, WRITES, page
from buurtbaan.ui.feedback import tell


@allow(*EVERYBODY)
@require_GET
def card_list(request: Request) -> HttpResponse:
    """Every rule that counts here, by topic; or those that answer a question."""
    filters = CardFilter(request.GET)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    found = cards.listed(request.membership, q=wanted.get("q", ""), topic=wanted.get("topic", ""))
    context = {
        "filters": filters,
        "cards": found,
        "shelves": cards.shelves(found) if not wanted.get("q") else [("", found)],
        "may_add": request.membership.role == Role.PLATFORM,
    }
    return page(request, "rules/card_list.html", context)


@allow(*EVERYBODY)
@require_GET
def card(request: Request, code: str) -> HttpResponse:
    """What a card says today, here and in the country, and what it said before."""
    found = _visible(request.membership, code)
    rows = RuleVersion.objects.visible_to(request.membership).filter(card=found)
    versions = list(rows.select_related("card", "municipality").order_by("-pk"))
    current = {row.pk for row in rows.current()} & {row.pk for row in versions}
    said = cards.by_card(row for row in versions if row.pk in current)
    place = services.place_of(request.membership) if request.membership.role in WRITES else None
    context = {
        "card": found,
        "said": said[0] if said else None,
        "title": (said[0].first if said else versions[0]).question,
        "older": [row for row in versions if row.pk not in current],
        "place": place,
    }
    return page(request, "rules/card.html", context)


def _visible(membership: Membership, code: str) -> RuleCard:
    return get_object_or_404(RuleCard.objects.visible_to(membership), code=code)


@allow(Role.PLATFORM)
@require_http_methods(["GET", "POST"])
def card_new(request: Request) -> HttpResponse:
    """A question that nobody answered here yet."""
    form = CardForm(
        request.POST or None,
        cancel_url=reverse("rules:card_list"),
        initial={"reviewed_on": timezone.localdate()},
    )
    keep(request, form, title=_("Nieuwe regelkaart"), new=True)
    with once(request) as first:
        if first.already:
            return redirect(first.url)
        if request.method == "POST" and form.is_valid() and (made := _add(form, request.membership)):
            tell(request, _("De regel staat erin."))
            return first.done(made.card.get_absolute_url())
    return render(request, "rules/card_new.html", {"form": form})


def _add(form: CardForm, by: Membership) -> RuleVersion | None:
    """The new card, or None with the reason in the form."""
    values = dict(form.cleaned_data)
    try:
        return services.add_card(code=values.pop("code"), topic=values.pop("topic"), values=values, by=by)
    except NotAllowedNow as reason:
        form.add_error("code", str(reason))
        return None


@allow(Role.PLATFORM, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def card_edit(request: Request, code: str) -> HttpResponse:
    """What the card says from now on: in the country, or in the own municipality."""
    found = _visible(request.membership, code)
    place = services.place_of(request.membership)
    url = found.get_absolute_url()

    def now(data: QueryDict | None) -> VersionForm:
        return VersionForm(data, cancel_url=url, initial=_start(found, request.membership))

    form, clash = settle(request, now(request.POST or None), now)
    if clash:
        return clash
    keep(request, form, title=found.code)
    with once(request) as first:
        if first.already:
            return redirect(first.url)
        if request.method == "POST" and form.is_valid():
            services.write_version(card=found, values=form.cleaned_data, by=request.membership)
            tell(request, _("De nieuwe tekst staat erin. Wat er eerst stond, blijft te lezen."))
            return first.done(url)
    return render(request, "rules/card_edit.html", {"form": form, "card": found, "place": place})


def _start(found: RuleCard, by: Membership) -> dict[str, Any]:
    """What the form begins with: the words that stand now, in the own place or else in the country."""
    own = services.place_of(by)
    rows = RuleVersion.objects.visible_to(by).filter(card=found).order_by("-pk")
    version = (own and rows.filter(municipality=own).first()) or rows.filter(municipality=None).first()
    today = timezone.localdate()
    if version is None:
        return {"reviewed_on": today}
    kept = ("question", "short", "answer", "law", "article", "link", "source", "valid_from", "valid_until")
    start = {name: getattr(version, name) for name in kept}
    if own and version.municipality_id is None:
        start |= {"short": "", "answer": "", "article": "", "link": "", "source": "", "law": ""}
    return {**start, "reviewed_on": today}
