"""An employer's places and people."""

from __future__ import annotations

from copy import copy

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.bases import WAS, Base
from buurtbaan.drafts.conflicts import settle_row
from buurtbaan.drafts.services import once
from buurtbaan.ui.feedback import tell
from employers import addresses, services
from employers.forms.companies import LOOK_UP, ContactForm, LocationForm, MovePositionsForm
from employers.models import Contact, Location
from employers.views.companies import home_of
from employers.views.on_map import small_map
from employers.views.shortcuts import visible_employer


def _location(request: Request, pk: int) -> Location:
    rows = Location.objects.visible_to(request.membership).select_related("employer__bureau__municipality")
    return get_object_or_404(rows, pk=pk)


def _contact(request: Request, pk: int) -> Contact:
    rows = Contact.objects.visible_to(request.membership).select_related("employer__bureau")
    return get_object_or_404(rows, pk=pk)


@allow(Role.COACH, Role.MANAGER, Role.EMPLOYER)
@require_http_methods(["GET", "POST"])
def location_new(request: Request, pk: int) -> HttpResponse:
    """Where the work is done."""
    employer = visible_employer(request, pk)
    home = home_of(employer, request.membership)
    typed, said = _with_address(request)
    form = LocationForm(typed, bureau=employer.bureau, cancel_url=home)
    if said:
        return render(
            request, "employers/location_new.html", {"form": form, "employer": employer, "said": said}
        )
    with once(request) as first:
        if first.already:
            return redirect(first.url)
        if request.method == "POST" and form.is_valid():
            made = services.add_location(employer=employer, values=form.values(), by=request.membership)
            tell(request, _where(made))
            return first.done(home)
    return render(request, "employers/location_new.html", {"form": form, "employer": employer, "said": None})


@allow(Role.COACH, Role.MANAGER, Role.EMPLOYER)
@require_http_methods(["GET", "POST"])
def location_edit(request: Request, pk: int) -> HttpResponse:
    """Change a place."""
    location = _location(request, pk)
    employer = location.employer
    home = home_of(employer, request.membership)
    typed, said = _with_address(request)

    def draw(data: QueryDict | None, row: Location) -> LocationForm:
        return LocationForm(data, instance=row, bureau=employer.bureau, cancel_url=home)

    if said:
        form = draw(typed, copy(location))
        form.was = Base.read(request.POST.get(WAS, ""), request.path)  # type: ignore[attr-defined]
    else:
        form, clash = settle_row(request, location, draw)
        if clash:
            return clash
    if request.method == "POST" and not said and form.is_valid():
        changed = services.change_location(location=location, values=form.values(), by=request.membership)
        tell(request, _where(changed))
        return redirect(home)
    context = {"form": form, "employer": employer, "pk": pk, "said": said, "drawing": small_map([location])}
    return render(request, "employers/location_edit.html", context)


def _with_address(request: Request) -> tuple[QueryDict | None, dict[str, str] | None]:
    """What was typed, with what the address service knows where that was asked for; and what to say about it."""
    if request.method != "POST":
        return None, None
    if LOOK_UP not in request.POST or not addresses.is_on():
        return request.POST, None
    typed = request.POST.copy()
    try:
        found = addresses.look_up(**{name: typed.get(name, "") for name in ("address", "postcode", "city")})
    except addresses.AddressNotFound as reason:
        return typed, {"tone": "wait", "title": _("Niet gevonden"), "text": str(reason)}
    typed["address"] = found.address or typed.get("address", "")
    typed["postcode"] = found.postcode or typed.get("postcode", "")
    typed["city"] = found.city or typed.get("city", "")
    typed["coordinates"] = f"{found.latitude}, {found.longitude}"
    text = _("Kijk of dit klopt en bewaar de locatie.")
    return typed, {"tone": "ok", "title": _("Adres gevonden"), "text": text}


def _where(location: Location) -> str:
    if location.area:
        return _("De locatie is bewaard. De buurt is %(area)s.") % {"area": location.area.name}
    return _("De locatie is bewaard. De buurt weten we nog niet: kies hem zelf als je hem weet.")


@allow(Role.COACH, Role.MANAGER, Role.EMPLOYER)
@require_http_methods(["GET", "POST"])
def location_remove(request: Request, pk: int) -> HttpResponse:
    """Forget a place; while positions are there, the page lists them with what to do."""
    location = _location(request, pk)
    employer, mine = location.employer, request.membership
    home = home_of(employer, mine)
    positions = list(location.positions.all())
    form = None
    if positions and mine.is_staff_role:
        form = MovePositionsForm(request.POST or None, location=location, cancel_url=home)
    if request.method == "POST" and form is None:
        services.remove_location(location=location, by=mine)
        tell(request, _("De locatie is weggehaald."))
        return redirect(home)
    if request.method == "POST" and form is not None and form.is_valid():
        moved = services.move_and_remove_location(location=location, to=form.chosen(), by=mine)
        said = ngettext(
            "De locatie is weggehaald en %(n)s werkplek is verplaatst.",
            "De locatie is weggehaald en %(n)s werkplekken zijn verplaatst.",
            moved,
        )
        tell(request, said % {"n": moved})
        return redirect(home)
    context = {
        "location": location,
        "employer": employer,
        "positions": positions,
        "form": form,
        "home": home,
        "is_staff": mine.is_staff_role,
    }
    return render(request, "employers/location_remove.html", context)


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def contact_new(request: Request, pk: int) -> HttpResponse:
    """Somebody we can call or write."""
    employer = visible_employer(request, pk)
    home = home_of(employer, request.membership)
    form = ContactForm(request.POST or None, employer=employer, cancel_url=home)
    with once(request) as first:
        if first.already:
            return redirect(first.url)
        if request.method == "POST" and form.is_valid():
            services.add_contact(employer=employer, values=form.cleaned_data, by=request.membership)
            tell(request, _("De contactpersoon is bewaard."))
            return first.done(home)
    return render(request, "employers/contact_new.html", {"form": form, "employer": employer})


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def contact_edit(request: Request, pk: int) -> HttpResponse:
    """Change how we reach somebody."""
    contact = _contact(request, pk)
    employer = contact.employer
    home = home_of(employer, request.membership)
    form, clash = settle_row(
        request,
        contact,
        lambda data, row: ContactForm(data, instance=row, employer=employer, cancel_url=home),
    )
    if clash:
        return clash
    if request.method == "POST" and form.is_valid():
        services.change_contact(contact=contact, values=form.cleaned_data, by=request.membership)
        tell(request, _("De contactpersoon is bewaard."))
        return redirect(home)
    return render(request, "employers/contact_edit.html", {"form": form, "employer": employer, "pk": pk})


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def contact_remove(request: Request, pk: int) -> HttpResponse:
    """Forget somebody at an employer."""
    contact = _contact(request, pk)
    employer = contact.employer
    home = home_of(employer, request.membership)
    if request.method == "POST":
        services.remove_contact(contact=contact, by=request.membership)
        tell(request, _("De contactpersoon is weggehaald."))
        return redirect(home)
    has_account = services.account_of(contact) is not None
    context = {"contact": contact, "employer": employer, "home": home, "has_account": has_account}
    return render(request, "employers/contact_remove.html", context)


@allow(Role.COACH, Role.MANAGER)
@require_POST
def contact_invite(request: Request, pk: int) -> HttpResponse:
    """Ask somebody at an employer to use Buurtbaan."""
    contact = _contact(request, pk)
    services.invite_contact(contact=contact, by=request.membership)
    tell(request, _("De uitnodiging is onderweg naar %(email)s.") % {"email": contact.email})
    return redirect("employers:employer", pk=contact.employer_id)
