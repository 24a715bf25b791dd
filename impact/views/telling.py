"""E-mail about new reports, on or off, and what a link in one says after the report was withdrawn."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from buurtbaan.access import Request, allow, posted
from buurtbaan.bureaus.enums import Role
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import Segmented, form_helper
from impact.services import notices

YES, NO = "aan", "uit"


class NoticeForm(forms.Form):
    """Yes or no."""

    wanted = forms.ChoiceField(
        label=gettext_lazy("E-mail als een rapport is vrijgegeven"),
        choices=[(YES, gettext_lazy("Aan")), (NO, gettext_lazy("Uit"))],
        widget=Segmented,
        help_text=gettext_lazy("Er staat een link in, nooit het rapport zelf. Dit geldt alleen voor jou."),
    )


@allow(Role.MUNICIPALITY)
@require_http_methods(["GET", "POST"])
def notice_settings(request: Request) -> HttpResponse:
    """One's own choice."""
    form = NoticeForm(posted(request), initial={"wanted": YES if notices.wish(request.membership) else NO})
    form_helper(form, cancel_url=reverse("impact:released_list"))
    if request.method == "POST" and form.is_valid():
        notices.set_wish(wanted=form.cleaned_data["wanted"] == YES, by=request.membership)
        tell(request, _("Bewaard."))
        return redirect("impact:notice_settings")
    return render(request, "impact/notice_settings.html", {"form": form})


def withdrawn_or_404(request: Request, pk: int) -> HttpResponse:
    """For who got the link to a report that is not to be read any more: what happened, and whom to ask."""
    told = notices.was_told(request.membership, pk)
    if told is None:
        raise Http404
    return render(request, "impact/release_gone.html", {"told": told}, status=410)
