"""Keys for a municipality's own programs, for its officers."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.services import absolute
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import form_helper
from impact.models import ApiKey
from impact.services import keys


class KeyForm(forms.Form):
    """What a key is called."""

    name = forms.CharField(
        label=gettext_lazy("Waarvoor is deze sleutel?"),
        max_length=80,
        help_text=gettext_lazy(
            "Bijvoorbeeld “Dashboard sociaal domein”. Geef elk programma een eigen sleutel."
        ),
    )


@allow(Role.MUNICIPALITY)
@require_GET
def key_list(request: Request) -> HttpResponse:
    """The keys of the municipality, revoked ones last."""
    found = list(ApiKey.objects.visible_to(request.membership).order_by("-made_at", "-pk")[:100])
    context = {
        "keys": [key for key in found if not key.revoked_at],
        "revoked": [key for key in found if key.revoked_at],
    }
    return render(request, "impact/key_list.html", context)


@allow(Role.MUNICIPALITY)
@require_http_methods(["GET", "POST"])
def key_new(request: Request) -> HttpResponse:
    """Make a key. Its secret stands in the answer to this one post, and nowhere else."""
    form = KeyForm(posted(request))
    form_helper(form, submit=_("Maak sleutel"), cancel_url=reverse("impact:key_list"), once=True)
    if request.method == "POST" and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            try:
                key, secret = keys.make_key(name=form.cleaned_data["name"], by=request.membership)
            except NotAllowedNow as reason:
                form.add_error("name", str(reason))
            else:
                first.done(reverse("impact:key_list"))
                address = absolute(reverse("api:reports"))
                return render(
                    request, "impact/key_made.html", {"key": key, "secret": secret, "address": address}
                )
    return render(request, "impact/key_new.html", {"form": form})


@allow(Role.MUNICIPALITY)
@require_POST
def key_revoke(request: Request, pk: int) -> HttpResponse:
    """Close a key for good."""
    key = get_object_or_404(ApiKey.objects.visible_to(request.membership), pk=pk)
    keys.revoke_key(key=key, by=request.membership)
    tell(request, _("De sleutel “%(name)s” opent niets meer.") % {"name": key.name})
    return redirect("impact:key_list")
