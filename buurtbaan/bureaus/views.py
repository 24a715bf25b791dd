"""Coming in, changing role, the people of a bureau, and who looked at what."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, public, signed_in
from buurtbaan.audit.models import Change, Reading
from buurtbaan.bureaus import services
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.forms import AcceptForm, BureauForm, BureauInviteForm, EndMembershipForm, InviteForm
from buurtbaan.bureaus.models import Bureau, Invitation, Membership
from buurtbaan.drafts import held
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow

HOMES = {
    Role.CONNECTOR: "matching:today",
    Role.COACH: "matching:today",
    Role.MANAGER: "impact:week",
    Role.EMPLOYER: "matching:my_start",
    Role.CANDIDATE: "candidates:my_file",
    Role.MUNICIPALITY: "impact:released_list",
    Role.PLATFORM: "bureau_list",
}
PER_PAGE = 50


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Everybody's own first page; strangers are asked to sign in."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    membership: Membership | None = request.membership  # type: ignore[attr-defined]
    if membership is None:
        return render(request, "bureaus/no_role.html")
    try:
        return redirect(HOMES[Role(membership.role)])
    except NoReverseMatch:
        return render(request, "bureaus/no_role.html")


@public
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """For whoever watches over the web server: it answers."""
    return HttpResponse("ok", content_type="text/plain")


@signed_in
@require_POST
def switch_role(request: Request) -> HttpResponse:
    """Work on in another of one's own roles."""
    chosen = request.POST.get("membership", "")
    mine = next((m for m in request.memberships if str(m.pk) == chosen), None)
    if mine is None:
        raise NotAllowedNow(_("Die rol heb je niet meer. Kies een andere."))
    request.session["membership"] = mine.pk
    return redirect("home")


@public
@require_http_methods(["GET", "POST"])
def access_link(request: HttpRequest, token: str) -> HttpResponse:
    """A single-use link: the first page asks for a click, so that a mail program that looks ahead spends nothing."""
    if request.method == "GET":
        return render(request, "bureaus/access_link.html", {"link": services.open_link(token)})
    user, membership, target = services.use_link(token=token)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session["membership"] = membership
    here = url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return HttpResponseRedirect(target if here else reverse("home"))


@public
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: a name and a password, or just a click for an address that has an account."""
    found = services.open_invitation(token)
    if found is None:
        return render(request, "bureaus/invitation.html", {"invitation": None})
    form = AcceptForm(request.POST or None, invitation=found)
    if request.method == "POST" and form.is_valid():
        services.accept_invitation(
            token=token,
            name=form.cleaned_data.get("name", ""),
            password=form.cleaned_data.get("password", ""),
        )
        messages.success(request, _("Welkom. Meld je aan met je e-mail en wachtwoord."))
        return redirect("account_login")
    return render(request, "bureaus/invitation.html", {"invitation": found, "form": form})


@allow(Role.MANAGER, Role.EMPLOYER, Role.MUNICIPALITY, Role.PLATFORM)
@require_GET
def people(request: Request) -> HttpResponse:
    """Who has a role here, and who was asked."""
    mine = (
        Membership.objects.current()
        .visible_to(request.membership)
        .select_related("user", "bureau", "municipality")
    )
    staff = mine.exclude(role__in=[Role.CANDIDATE])
    if request.membership.role == Role.MANAGER:
        staff = staff.exclude(role=Role.EMPLOYER)
    page = Paginator(staff.order_by("user__name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "bureaus/people.html", {"page": page, "invitations": _open_invitations(request.membership)}
    )


def _invitations(membership: Membership) -> list[Invitation]:
    found = Invitation.objects.filter(accepted_at=None, withdrawn_at=None).select_related(
        "bureau", "municipality"
    )
    match membership.role:
        case Role.MANAGER:
            found = found.filter(bureau=membership.bureau_id)
        case Role.EMPLOYER:
            found = found.filter(employer=membership.employer_id)
        case Role.MUNICIPALITY:
            found = found.filter(municipality=membership.municipality_id)
    return list(found[:PER_PAGE])


def _open_invitations(membership: Membership) -> list[Invitation]:
    return [invitation for invitation in _invitations(membership) if invitation.is_open]


@allow(Role.MANAGER, Role.EMPLOYER, Role.MUNICIPALITY)
@require_http_methods(["GET", "POST"])
def invite(request: Request) -> HttpResponse:
    """Ask a colleague to take a role."""
    form = InviteForm(request.POST or None, by=request.membership)
    if request.method == "POST" and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            try:
                services.invite(
                    **form.cleaned_data,
                    bureau=request.membership.bureau,
                    employer=request.membership.employer,
                    municipality=request.membership.municipality,
                    by=request.membership,
                )
            except NotAllowedNow as reason:
                form.add_error("email", str(reason))
            else:
                messages.success(
                    request, _("De uitnodiging is onderweg naar %s.") % form.cleaned_data["email"]
                )
                return first.done(reverse("people"))
    return render(request, "bureaus/invite.html", {"form": form})


@allow(Role.MANAGER, Role.EMPLOYER, Role.MUNICIPALITY, Role.PLATFORM)
@require_POST
def invitation_withdraw(request: Request, pk: int) -> HttpResponse:
    """Take an invitation back."""
    mine = {invitation.pk for invitation in _invitations(request.membership)}
    found = get_object_or_404(Invitation.objects.filter(pk__in=mine), pk=pk)
    services.withdraw_invitation(invitation=found, by=request.membership)
    messages.success(request, _("De uitnodiging voor %s is ingetrokken.") % found.email)
    return redirect("people")


@allow(Role.MANAGER, Role.EMPLOYER, Role.MUNICIPALITY, Role.PLATFORM)
@require_http_methods(["GET", "POST"])
def membership_edit(request: Request, pk: int) -> HttpResponse:
    """End somebody's role here; whoever holds people hands them over first."""
    mine = Membership.objects.current().visible_to(request.membership).exclude(role=Role.CANDIDATE)
    member = get_object_or_404(mine.select_related("user", "bureau"), pk=pk)
    held = services.holds(member) if member.is_staff_role else 0
    form = EndMembershipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.end_membership(membership=member, by=request.membership, **form.cleaned_data)
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("De rol van %s stopt.") % member.user)
            return redirect("people")
    context = {"member": member, "form": form, "held": held, "handover_url": _handover_url(member)}
    return render(request, "bureaus/membership_edit.html", context)


def _handover_url(member: Membership) -> str:
    """Where somebody's people are handed over, if this installation has people."""
    try:
        return reverse("candidates:handover", args=[member.pk])
    except NoReverseMatch:
        return ""


@allow(Role.MANAGER, Role.COACH, Role.CONNECTOR, Role.PLATFORM)
@require_GET
def access_log(request: Request) -> HttpResponse:
    """Who looked and who changed, newest first: the bureau's for its manager, the own acts for a colleague."""
    shown: type[Change] | type[Reading] = Change if request.GET.get("soort") == "wijzigingen" else Reading
    lines: QuerySet[Any] = shown.objects.visible_to(request.membership).order_by("-at", "-pk")
    if candidate := request.GET.get("kandidaat", ""):
        lines = (
            lines.filter(candidate_id=int(candidate))
            if candidate.isdecimal() and len(candidate) < 15
            else lines.none()
        )
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "changes": shown is Change,
        "looked": shown is Reading,
        "changes_url": f"{reverse('access_log')}?soort=wijzigingen",
        "names": _names({line.actor_id for line in page if line.actor_id}),
        "people": _people(request.membership, {line.candidate_id for line in page if line.candidate_id}),
        "candidate": candidate,
    }
    return render(request, "bureaus/access_log.html", context)


def _people(membership: Membership, ids: set[int]) -> dict[int, str]:
    """The names that belong to file numbers, for staff of the bureau."""
    if membership.bureau is None or not membership.is_staff_role:
        return {}
    return {person.pk: person.full_name for person in membership.bureau.candidates.filter(pk__in=ids)}


def _names(ids: set[int]) -> dict[int, str]:
    return {m.pk: str(m.user) for m in Membership.objects.filter(pk__in=ids).select_related("user")}


@allow(Role.PLATFORM)
@require_GET
def bureau_list(request: Request) -> HttpResponse:
    """All bureaus; no person in sight."""
    bureaus = Bureau.objects.select_related("municipality").prefetch_related("areas").order_by("name")
    return render(
        request,
        "bureaus/bureau_list.html",
        {"page": Paginator(bureaus, PER_PAGE).get_page(request.GET.get("page"))},
    )


@allow(Role.PLATFORM)
@require_http_methods(["GET", "POST"])
def bureau_new(request: Request) -> HttpResponse:
    """A new bureau; its first manager is invited on the next page."""
    form = BureauForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            made = form.save()
            messages.success(request, _("%s staat klaar. Nodig nu de bureauleider uit.") % made)
            return first.done(reverse("bureau", args=[made.pk]))
    return render(request, "bureaus/bureau_new.html", {"form": form})


@allow(Role.PLATFORM)
@require_http_methods(["GET", "POST"])
def bureau(request: Request, pk: int) -> HttpResponse:
    """One bureau's settings, and inviting its manager or an officer of its municipality."""
    found = get_object_or_404(Bureau.objects.select_related("municipality"), pk=pk)
    ask = BureauInviteForm(request.POST, prefix="leider")
    officer = BureauInviteForm(request.POST, prefix="gemeente")
    inviting = ask.is_bound or officer.is_bound
    form = BureauForm(request.POST if request.method == "POST" and not inviting else None, instance=found)
    if _invited(request, ask, Role.MANAGER, bureau=found) or _invited(
        request, officer, Role.MUNICIPALITY, municipality=found.municipality
    ):
        return redirect("bureau", pk=pk)
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, _("Bewaard."))
        return redirect("bureau", pk=pk)
    now = Membership.objects.current().select_related("user")
    context = {
        "bureau": found,
        "form": form,
        "ask": ask,
        "officer": officer,
        "managers": now.filter(bureau=found, role=Role.MANAGER),
        "officers": now.filter(municipality=found.municipality_id, role=Role.MUNICIPALITY),
    }
    return render(request, "bureaus/bureau.html", context)


def _invited(request: Request, form: BureauInviteForm, role: Role, **place: Any) -> bool:
    """Whether somebody was asked; why not stands with the form."""
    if not form.is_valid():
        return False
    try:
        services.invite(**form.cleaned_data, role=role, **place, by=request.membership)
    except NotAllowedNow as reason:
        form.add_error("email", str(reason))
        return False
    messages.success(request, _("De uitnodiging is onderweg naar %s.") % form.cleaned_data["email"])
    return True


@public
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "bureaus/accessibility.html")


@public
@require_POST
def large_text(request: HttpRequest) -> HttpResponse:
    """Larger letters on or off, kept with the session and, for who is signed in, with the account."""
    account = request.user.large_text if request.user.is_authenticated else False
    on = not request.session.get("large_text", account)
    request.session["large_text"] = on
    if request.user.is_authenticated:
        request.user.large_text = on
        request.user.save(update_fields=["large_text"])
    back = request.POST.get("next", "")
    return HttpResponseRedirect(
        back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else reverse("home")
    )


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open for too long, or in another window: keep what a page of ours sent, and say how to go on."""
    if secret := held.hold(request):
        return held.onwards(request, secret)
    return render(request, "errors/403_csrf.html", status=403)
