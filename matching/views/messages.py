"""One message: where it went, whether it arrived, and what to do when it did not; and what the provider reports."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from matching import services
from matching.forms.meetings import AddressForm
from matching.models import Message
from matching.services.delivery import NOT_ARRIVED
from matching.views.matches import ACTORS, STAFF


def _message(request: Request, pk: int) -> Message:
    rows = Message.objects.visible_to(request.membership).select_related("candidate", "match")
    return get_object_or_404(rows, pk=pk)


def _back(found: Message) -> str:
    if found.match_id:
        return reverse("matching:match", args=[found.match_id])
    return reverse("matching:today")


@allow(*STAFF)
@require_http_methods(["GET", "POST"])
def message(request: Request, pk: int) -> HttpResponse:
    """What became of a message; a wrong address is put right here, and the message goes again."""
    found = _message(request, pk)
    may = request.membership.role in ACTORS and found.state in NOT_ARRIVED
    form = AddressForm(request.POST or None, cancel_url=_back(found), initial={"address": found.recipient})
    if request.method == "POST":
        if not may:
            raise PermissionDenied(_("Een coach of de bureauleider zet deze stap. Vraag het aan de coach."))
        if form.is_valid():
            try:
                services.correct_address(
                    message=found, address=form.cleaned_data["address"], by=request.membership
                )
            except NotAllowedNow as reason:
                form.add_error(None, str(reason))
            else:
                tell(request, _("Het adres is verbeterd. Het bericht gaat opnieuw op weg."))
                return redirect(_back(found))
    own_address = not found.kind.startswith(("coach.", "companion."))
    context = {"message": found, "form": form, "may": may, "own_address": own_address, "back": _back(found)}
    return render(request, "matching/message.html", context)


@allow(*ACTORS)
@require_POST
def message_again(request: Request, pk: int) -> HttpResponse:
    """Try a message that did not arrive once more."""
    found = _message(request, pk)
    services.send_again(message=found, by=request.membership)
    tell(request, _("Het bericht gaat opnieuw op weg."))
    return redirect(_back(found))
