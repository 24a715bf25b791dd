"""The list of the day by e-mail: on, off, and how to stop it from the e-mail itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from buurtbaan.access import Request, allow, by_link
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau
from buurtbaan.throttle import too_often
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import TimeInput, form_helper
from matching.enums import DigestDays
from matching.services import digest
from matching.views.matches import STAFF

RATES = "20/5m/ip,100/h/ip"


class DigestForm(forms.Form):
    """When the list of the day comes by e-mail; the hour is the bureau's, and its manager's to choose."""

    days = forms.ChoiceField(
        label=gettext_lazy("Wanneer wil je het overzicht krijgen?"), choices=DigestDays.choices,
        widget=forms.RadioSelect,
    )  # fmt: skip
    digest_at = forms.TimeField(
        label=gettext_lazy("Hoe laat, voor iedereen van het bureau?"), widget=TimeInput,
        help_text=gettext_lazy("Je collega's krijgen het overzicht op hetzelfde moment."),
    )  # fmt: skip

    def __init__(self, *args: Any, role: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if role != Role.MANAGER:
            del self.fields["digest_at"]
        form_helper(self, submit=_("Bewaar"))


@allow(*STAFF)
@require_http_methods(["GET", "POST"])
def digest_settings(request: Request) -> HttpResponse:
    """My own choice, in this role."""
    me, bureau = request.membership, request.membership.bureau
    assert bureau is not None  # noqa: S101 - whoever works here has one
    data = request.POST if request.method == "POST" else None
    initial = {"days": digest.wish(me), "digest_at": bureau.digest_at}
    form = DigestForm(data, role=me.role, initial=initial)
    if request.method == "POST" and form.is_valid():
        digest.set_wish(days=form.cleaned_data["days"], by=me)
        if "digest_at" in form.cleaned_data:
            Bureau.objects.filter(pk=bureau.pk).update(digest_at=form.cleaned_data["digest_at"])
        tell(request, _("Bewaard."))
        return redirect("matching:digest_settings")
    now, calm = digest.waiting_for(me)
    context = {
        "form": form,
        "now": now,
        "calm": calm,
        "hour": bureau.digest_at,
        "on": initial["days"] != "off",
    }
    return render(request, "matching/digest_settings.html", context)


@csrf_exempt
@by_link
@require_http_methods(["GET", "POST"])
def digest_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the e-mails from the e-mail: a button for people, a bare post for mail programs (RFC 8058).

    No form token is asked: whoever holds the link may stop these e-mails, and it does nothing else.
    """
    if too_often(request, "digest_stop", RATES):
        return render(request, "matching/digest_stop.html", {"state": "often"}, status=429)
    if request.method == "POST":
        state = "stopped" if digest.stop(token) else "over"
        return render(request, "matching/digest_stop.html", {"state": state})
    found = digest.opened(token)
    if found is None:
        return render(request, "matching/digest_stop.html", {"state": "over"}, status=404)
    return render(request, "matching/digest_stop.html", {"state": "ask", "found": found})
