"""From outside: a referrer signs somebody up for a gathering. Shows nobody's name, whatever happens."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from buurtbaan.access import posted, public
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.forms import form_helper
from candidates.forms.neighbourhood import SignUpForm
from candidates.services import gatherings as services
from candidates.views.gatherings import as_calendar


def _invited(token: str) -> services.Invited:
    found = services.open_sign_up(token)
    if found is None:
        raise Http404
    return found


@public
@require_http_methods(["GET", "POST"])
def gathering_sign_up(request: HttpRequest, token: str) -> HttpResponse:
    """A short form; after it the same page says that it worked, without saying for whom."""
    invited = _invited(token)
    here = reverse("neighbourhood:gathering_sign_up", args=[token])
    form = SignUpForm(posted(request))
    form_helper(form, submit=_("Meld aan"), once=True)
    if request.method == "POST" and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            try:
                services.sign_up(token=token, **form.values())
            except NotAllowedNow as reason:
                form.add_error(None, str(reason))
            else:
                return first.done(f"{here}?gelukt=1")
    context = {
        "invited": invited,
        "gathering": invited.gathering,
        "form": form,
        "done": "gelukt" in request.GET and request.method == "GET",
        "token": token,
    }
    response = render(request, "neighbourhood/gathering_sign_up.html", context)
    response["Cache-Control"] = "no-store"
    return response


@public
@require_GET
def gathering_sign_up_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar file for who has the link."""
    return as_calendar(_invited(token).gathering)
