"""Gatherings: planning, inviting, ticking who came on a phone, and calling afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.bureaus.services import absolute
from buurtbaan.calendars import Moment, calendar_file
from buurtbaan.drafts.conflicts import settle_row
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.pieces import Text
from candidates.enums import GuestState, InwardState
from candidates.forms.neighbourhood import GatheringForm, organisations_of
from candidates.models import Gathering, GatheringGuest, GatheringLink
from candidates.services import gatherings as services
from candidates.views.screens import act, choosable, chosen, page_of
from candidates.views.shortcuts import STAFF_ROLES

GUESTS_SHOWN = 150


def gathering_of(request: Request, pk: int) -> Gathering:
    """One gathering of the bureau, or 404."""
    rows = Gathering.objects.visible_to(request.membership).with_counts().select_related("bureau")
    return get_object_or_404(rows, pk=pk)


def guests_of(gathering: Gathering) -> Any:
    """The list at the door, in the order of names."""
    rows = gathering.guests.select_related("candidate", "referral__organisation")
    return rows.order_by("candidate__search_name", "referral__person_name", "pk")


@allow(*STAFF_ROLES)
@require_GET
def gathering_list(request: Request) -> HttpResponse:
    """What is coming, or what was."""
    past = request.GET.get("wanneer") == "geweest"
    rows = Gathering.objects.visible_to(request.membership)
    rows = rows.past() if past else rows.coming()
    context = {"page": page_of(request, rows.with_counts()), "past": past, "coming": not past}
    return render(request, "neighbourhood/gathering_list.html", context)


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def gathering_new(request: Request) -> HttpResponse:
    """Plan one; it begins as the last one, four weeks later."""
    form = GatheringForm(posted(request), initial=_as_last_time(request))

    def do() -> tuple[Text, str]:
        made = services.save_gathering(values=form.cleaned_data, by=request.membership)
        return _("De bijeenkomst staat. Nodig nu mensen uit."), reverse(
            "neighbourhood:gathering", args=[made.pk]
        )

    back = reverse("neighbourhood:gathering_list")
    return act(
        request,
        form,
        "neighbourhood/gathering_new.html",
        {},
        submit=_("Bewaar bijeenkomst"),
        back=back,
        do=do,
        draft=_("Bijeenkomst"),
    )


def _as_last_time(request: Request) -> dict[str, Any]:
    last = Gathering.objects.visible_to(request.membership).order_by("-starts_at", "-pk").first()
    if last is None:
        return {"minutes": 90}
    starts = timezone.localtime(last.starts_at) + timedelta(weeks=4)
    while starts <= timezone.localtime():
        starts += timedelta(weeks=4)
    same = ("title", "minutes", "place", "agenda", "capacity")
    return {**{name: getattr(last, name) for name in same}, "starts_at": starts.replace(tzinfo=None)}


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def gathering_edit(request: Request, pk: int) -> HttpResponse:
    """Another time, place or agenda."""
    found = gathering_of(request, pk)
    back = reverse("neighbourhood:gathering", args=[pk])
    form, clash = settle_row(request, found, lambda data, row: GatheringForm(data, instance=row))
    if clash:
        return clash

    def do() -> tuple[Text, str]:
        services.save_gathering(gathering=found, values=form.cleaned_data, by=request.membership)
        return _("De bijeenkomst is veranderd."), back

    context = {"gathering": found}
    return act(
        request,
        form,
        "neighbourhood/gathering_edit.html",
        context,
        submit=_("Bewaar"),
        back=back,
        do=do,
        draft=_("Bijeenkomst"),
    )


@allow(*STAFF_ROLES)
@require_GET
def gathering(request: Request, pk: int) -> HttpResponse:
    """One gathering: what, who comes, and afterwards whom to call."""
    found = gathering_of(request, pk)
    guests = list(guests_of(found)[:GUESTS_SHOWN])
    context = {
        "gathering": found,
        "guests": guests,
        "to_call": [one for one in guests if to_call(one)] if found.has_begun or found.cancelled_on else [],
        "left": None if found.capacity is None else max(0, found.capacity - found.people),  # type: ignore[attr-defined]
    }
    return render(request, "neighbourhood/gathering.html", context)


def to_call(guest: GatheringGuest) -> bool:
    """Whoever was not there and was not called, and whoever came and has no file yet."""
    if guest.referral and guest.referral.state == InwardState.DECLINED:
        return False
    return guest.called_on is None and (guest.state != GuestState.CAME or guest.candidate_id is None)


@allow(*STAFF_ROLES)
@require_POST
def gathering_cancel(request: Request, pk: int) -> HttpResponse:
    """Call it off."""
    services.cancel_gathering(gathering=gathering_of(request, pk), by=request.membership)
    tell(request, _("De bijeenkomst gaat niet door. Bel wie op de lijst staat."))
    return redirect("neighbourhood:gathering", pk=pk)


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def gathering_links(request: Request, pk: int) -> HttpResponse:
    """The links with which organisations sign people up; each opens only this gathering."""
    found = gathering_of(request, pk)
    if request.method == "POST":
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            _make_or_stop(request, found)
            return first.done(reverse("neighbourhood:gathering_links", args=[pk]))
    links = list(
        found.links.filter(stopped_at=None).select_related("organisation").order_by("organisation__name")
    )
    have = {link.organisation_id for link in links}
    context = {
        "gathering": found,
        "links": [
            (link, absolute(reverse("neighbourhood:gathering_sign_up", args=[link.token]))) for link in links
        ],
        "others": [one for one in organisations_of(request.membership)[:200] if one.pk not in have],
    }
    response = render(request, "neighbourhood/gathering_links.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _make_or_stop(request: Request, gathering: Gathering) -> None:
    stop = request.POST.get("stop", "")
    if stop.isdecimal() and len(stop) < 16:
        mine = GatheringLink.objects.visible_to(request.membership).filter(gathering=gathering)
        services.stop_link(link=get_object_or_404(mine, pk=stop), by=request.membership)
        tell(request, _("De link werkt niet meer."))
        return
    chosen_one = request.POST.get("organisation", "")
    if not chosen_one.isdecimal() or len(chosen_one) > 15:
        raise NotAllowedNow(_("Kies een organisatie uit de lijst."))
    organisation = get_object_or_404(organisations_of(request.membership), pk=chosen_one)
    services.make_link(gathering=gathering, organisation=organisation, by=request.membership)
    tell(request, _("De link voor %(name)s staat klaar. Stuur hem zelf door.") % {"name": organisation})


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def gathering_add(request: Request, pk: int) -> HttpResponse:
    """Put people from the own caseload on the list."""
    found = gathering_of(request, pk)
    error = ""
    if request.method == "POST":
        try:
            count = services.add_people(gathering=found, people=chosen(request), by=request.membership)
        except NotAllowedNow as reason:
            error = str(reason)
        else:
            said = ngettext("%(n)s persoon erbij.", "%(n)s mensen erbij.", count) % {"n": count}
            tell(request, said if count else _("Er is niemand bij gekomen."))
            return redirect("neighbourhood:gathering", pk=pk)
    there = set(found.guests.values_list("candidate_id", flat=True))
    context = {
        "gathering": found,
        "people": [(one, one.pk in there) for one in choosable(request)],
        "q": request.GET.get("q", ""),
        "error": error,
        "ticked": request.POST.getlist("wie"),
    }
    return render(request, "neighbourhood/gathering_add.html", context)


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def gathering_attendance(request: Request, pk: int) -> HttpResponse:
    """At the door, on a phone: one tap per person."""
    found = gathering_of(request, pk)
    if request.method == "POST":
        number, _colon, state = request.POST.get("gast", "").partition(":")
        if state not in GuestState.values or not number.isdecimal() or len(number) > 15:
            raise NotAllowedNow(_("Deze knop kennen we niet. Kies er een uit de lijst."))
        guest = get_object_or_404(_own_guests(request, found), pk=number)
        services.mark_guest(guest=guest, state=state, by=request.membership)
        return redirect(reverse("neighbourhood:gathering_attendance", args=[pk]) + f"#gast-{guest.pk}")
    guests = list(guests_of(found)[:GUESTS_SHOWN])
    context = {
        "gathering": found,
        "guests": guests,
        "came": sum(one.state == GuestState.CAME for one in guests),
    }
    return render(request, "neighbourhood/gathering_attendance.html", context)


def _own_guests(request: Request, gathering: Gathering) -> Any:
    return GatheringGuest.objects.visible_to(request.membership).filter(gathering=gathering)


@allow(*STAFF_ROLES)
@require_POST
def gathering_called(request: Request, pk: int, guest: int) -> HttpResponse:
    """Called: off the list."""
    found = gathering_of(request, pk)
    one = get_object_or_404(_own_guests(request, found).select_related("candidate", "referral"), pk=guest)
    services.mark_called(guest=one, by=request.membership)
    tell(request, _("Genoteerd: %(name)s is gebeld.") % {"name": one.name})
    return redirect(reverse("neighbourhood:gathering", args=[pk]) + "#bellen")


def moment_of(gathering: Gathering) -> Moment:
    """The gathering for a calendar."""
    return Moment(
        uid=str(gathering.calendar_uid), sequence=gathering.calendar_sequence, starts_at=gathering.starts_at,
        minutes=gathering.minutes, title=gathering.title, place=gathering.place, text=gathering.agenda,
    )  # fmt: skip


def as_calendar(gathering: Gathering) -> HttpResponse:
    """The calendar file as a download."""
    method = "CANCEL" if gathering.cancelled_on else "PUBLISH"
    content = calendar_file(moment_of(gathering), bureau=gathering.bureau, method=method)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="bijeenkomst.ics"'
    return response


@allow(*STAFF_ROLES)
@require_GET
def gathering_calendar(request: Request, pk: int) -> HttpResponse:
    """For the own calendar."""
    return as_calendar(gathering_of(request, pk))


TO_CALL = (
    Q(called_on=None)
    & ~Q(referral__state=InwardState.DECLINED)
    & (~Q(state=GuestState.CAME) | Q(candidate=None))
)
"""`to_call` in SQL, for counting."""
