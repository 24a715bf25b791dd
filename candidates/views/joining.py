"""The public page to sign up by oneself, and the staff's list of who did."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted, public
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau
from buurtbaan.bureaus.services import absolute
from buurtbaan.drafts.services import once
from buurtbaan.scope import Scope, scoped
from buurtbaan.throttle import too_often
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import form_helper
from buurtbaan.ui.pdf import document_pdf, pdf_response
from candidates import emails, services
from candidates.doubles import find_doubles
from candidates.forms.joining import JoinForm
from candidates.models import Candidate
from candidates.qr import qr_svg
from candidates.views.shortcuts import STAFF_ROLES

RATES = "12/10m/ip,60/d/ip"
A_BUREAU = "300/d/key"
AN_ADDRESS = "2/d/key"
SHOWN = 100


@public
@require_GET
def bureaus(request: HttpRequest) -> HttpResponse:
    """Which bureau is near: names and addresses, nothing about persons."""
    every = Bureau.objects.select_related("municipality").order_by("municipality__name", "name")
    return render(request, "candidates/join_bureaus.html", {"bureaus": every})


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, slug: str, language: str = "") -> HttpResponse:
    """Welcome, and a few questions; whatever happens behind it, everybody gets the same answer."""
    bureau = get_object_or_404(Bureau.objects.select_related("municipality"), slug=slug)
    with translation.override(language or get_language() or "nl"):
        answer = _join(request, bureau)
    if language:
        answer.set_cookie("taal", language, samesite="Lax")
    return answer


def _join(request: HttpRequest, bureau: Bureau) -> HttpResponse:
    form = JoinForm(posted(request))
    form_helper(form, submit="")
    thanks = reverse("joining:thanks", args=[bureau.slug])
    status = 200
    if request.method == "POST" and _too_often(request, bureau):
        form.add_error(None, _("Het is nu druk. Probeer het over tien minuten nog eens, of loop binnen."))
        status = 429
    elif request.method == "POST" and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            if not form.is_machine:
                _keep(request, bureau, form)
            return first.done(thanks)
    return render(request, "candidates/join.html", {"bureau": bureau, "form": form}, status=status)


def _too_often(request: HttpRequest, bureau: Bureau) -> bool:
    return too_often(request, "join", RATES) or too_often(request, "join", A_BUREAU, key=bureau.slug)


def _keep(request: HttpRequest, bureau: Bureau, form: JoinForm) -> None:
    with scoped(Scope.for_bureau(bureau, reason="sign_up")):
        candidate = services.sign_up(bureau=bureau, language=(get_language() or "nl")[:2], **form.values())
    if candidate.email and not too_often(request, "join_mail", AN_ADDRESS, key=candidate.email.lower()):
        emails.send_welcome_on_commit(candidate=candidate)


@public
@require_GET
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens next; the same for everybody."""
    bureau = get_object_or_404(Bureau, slug=slug)
    return render(request, "candidates/join_thanks.html", {"bureau": bureau})


@allow(*STAFF_ROLES)
@require_GET
def signups(request: Request) -> HttpResponse:
    """Who signed up and has nobody yet: a first name and since when, until somebody takes them on."""
    waiting = Candidate.objects.listed_to(request.membership).untaken().order_by("entered_on", "pk")[:SHOWN]
    context = {"waiting": waiting, **_invitation(request)}
    return render(request, "candidates/signups.html", context)


def _invitation(request: Request) -> dict[str, object]:
    bureau = request.membership.bureau
    assert bureau is not None  # noqa: S101 - bureau staff, says the database
    address = absolute(reverse("joining:join", args=[bureau.slug]))
    return {
        "bureau": bureau,
        "address": address,
        "shown": address.partition("://")[2],
        "english": absolute(reverse("joining:join_english", args=[bureau.slug])).partition("://")[2],
        "picture": qr_svg(address),
    }


@allow(*STAFF_ROLES)
@require_POST
def signup_take(request: Request, pk: int) -> HttpResponse:
    """This one is mine; a manager goes on to choose who."""
    people = Candidate.objects.listed_to(request.membership).untaken()
    candidate = get_object_or_404(people, pk=pk)
    if request.membership.role == Role.MANAGER:
        return redirect("candidates:assign", pk=pk)
    services.take_on(candidate=candidate, by=request.membership)
    said = _("%(name)s hoort nu bij jou. Bel vandaag of morgen.") % {"name": candidate.first_name}
    if names := _known_already(request, candidate):
        said += " " + _("Misschien kennen we deze persoon al: %(names)s.") % {"names": names}
    tell(request, said)
    return redirect("candidates:file", pk=pk)


def _known_already(request: Request, candidate: Candidate) -> str:
    """Others of the bureau who may be the same; for staff alone, never for the public page."""
    found = find_doubles(
        membership=request.membership,
        first_name=candidate.first_name,
        phone=candidate.phone,
        email=candidate.email,
    )
    return ", ".join(one.candidate.short_name for one in found if one.candidate.pk != candidate.pk)


@allow(*STAFF_ROLES)
@require_GET
def join_poster(request: Request) -> HttpResponse:
    """A poster for the window: what one can do here, and the square to scan."""
    context = {**_invitation(request), "language": get_language() or "nl"}
    data = document_pdf("documents/candidates/join_poster.html", context, moment=timezone.now())
    return pdf_response(data, "poster", context["bureau"].slug, save=True)  # type: ignore[attr-defined]
