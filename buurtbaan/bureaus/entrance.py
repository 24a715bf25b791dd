"""Coming in without a password: with a code from the coach, or a code by e-mail."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from buurtbaan.access import posted, public
from buurtbaan.bureaus import codes
from buurtbaan.throttle import too_often
from buurtbaan.ui.forms import form_helper

RATES = "8/5m/ip,40/h/ip"


class CodeForm(forms.Form):
    """Ten digits, however they were typed."""

    code = forms.CharField(
        label=_("Je code van tien cijfers"), max_length=40,
        help_text=_("Je coach leest de code voor of laat hem zien."),
    )  # fmt: skip

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["code"].widget.attrs |= {
            "inputmode": "numeric",
            "autocomplete": "one-time-code",
            "placeholder": "1234 567 890",
            "class": "code-input",
        }
        self.fields["code"].error_messages["required"] = _("Vul de tien cijfers in.")


@public
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def own_code(request: HttpRequest) -> HttpResponse:
    """Type the code and go to the own page. The same answer for a wrong, an old and an unknown code."""
    if request.user.is_authenticated:
        return redirect("home")
    form = CodeForm(posted(request))
    form_helper(form, submit=_("Ga naar mijn pagina"))
    status = 200
    if request.method == "POST" and too_often(request, "own_code", RATES):
        form.add_error(
            None, _("Te vaak geprobeerd. Wacht vijf minuten, of vraag je coach om een nieuwe code.")
        )
        status = 429
    elif request.method == "POST" and form.is_valid():
        if found := codes.use(typed=form.cleaned_data["code"]):
            user, membership, target = found
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
            request.session["membership"] = membership
            return HttpResponseRedirect(target)
        form.add_error(
            "code", _("Deze code werkt niet. Kijk de cijfers na. Een code werkt één keer, een half uur lang.")
        )
    return render(request, "bureaus/own_code.html", {"form": form}, status=status)
