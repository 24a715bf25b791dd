"""What one tap on the list of the day does: later, done, and taking either back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import DateField, DateInput, form_helper
from employers.views.shortcuts import back_to
from matching.day import TITLES, day_list
from matching.enums import MarkKind
from matching.models import DayMark
from matching.services import day
from matching.views.matches import STAFF

MOST = 50


class DayForm(forms.Form):
    """When a matter comes back."""

    until = DateField(label=gettext_lazy("Weer op je lijst vanaf"), widget=DateInput)

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Bewaar"), cancel_url=cancel_url)


@allow(*STAFF)
@require_POST
def day_act(request: Request) -> HttpResponse:
    """The button that was tapped: put aside (`later`), or done (`gedaan`); each names its matter."""
    home = reverse("matching:today")
    try:
        _act(request)
    except NotAllowedNow as reason:
        tell(request, str(reason), level=messages.INFO)
    return back_to(request, home)


def _act(request: Request) -> None:
    later, done = request.POST.get("later", ""), request.POST.get("gedaan", "")
    if not later and not done:
        raise NotAllowedNow(_("Kies bij een regel wat je wilt doen."))
    if done:
        mark, found = day.do_matter(key=done, by=request.membership)
        text = _("%(what)s: %(name)s.") % {"what": found.matter.did, "name": found.matter.name}
        tell(request, text, undo_url=_undo(mark))
        return
    mark, found = day.put_aside(key=later, by=request.membership)
    text = _("%(name)s staat op %(day)s weer op je lijst.") % {
        "name": found.matter.name, "day": _day(mark),
    }  # fmt: skip
    another = reverse("matching:day_later", args=[mark.pk])
    tell(request, text, undo_url=_undo(mark), next_url=another, next_label=_("Kies een andere dag"))


def _day(mark: DayMark) -> str:
    return date_format(mark.until, "l j F") if mark.until else ""


def _undo(mark: DayMark) -> str:
    return reverse("matching:day_undo", args=[mark.pk])


@allow(*STAFF)
@require_http_methods(["GET", "POST"])
def day_later(request: Request, pk: int) -> HttpResponse:
    """Another day for what was put aside."""
    mine = DayMark.objects.visible_to(request.membership).filter(what=MarkKind.LATER)
    mark = get_object_or_404(mine, pk=pk)
    home = reverse("matching:today")
    data = request.POST if request.method == "POST" else None
    form = DayForm(data, cancel_url=home, initial={"until": mark.until})
    if request.method == "POST" and form.is_valid():
        try:
            mark = day.choose_day(mark=mark, until=form.cleaned_data["until"])
        except NotAllowedNow as reason:
            form.add_error("until", str(reason))
        else:
            text = _("Weer op je lijst op %(day)s.") % {"day": _day(mark)}
            tell(request, text, undo_url=_undo(mark))
            return redirect(home)
    return render(request, "matching/day_later.html", {"form": form, "title": TITLES[mark.kind][0]})


@allow(*STAFF)
@require_POST
def day_undo(request: Request, pk: int) -> HttpResponse:
    """Back on the list, as if it had not been tapped."""
    mark = get_object_or_404(DayMark.objects.visible_to(request.membership), pk=pk)
    day.take_back(mark=mark, by=request.membership)
    tell(request, _("Het staat weer op je lijst."))
    return redirect("matching:today")


@allow(*STAFF)
@require_GET
def day_aside(request: Request) -> HttpResponse:
    """What I put aside and did, each with a way back."""
    own = request.membership.role == Role.CONNECTOR
    mine = DayMark.objects.visible_to(request.membership)
    today = timezone.localdate()
    later = mine.filter(what=MarkKind.LATER, until__gt=today)
    marks = {f"{mark.kind}:{mark.about}": mark for mark in later[:200]}
    groups = day_list(request.membership, own=own, aside=True) if marks else []
    since = timezone.now() - DayMark.UNDO
    done = mine.filter(what=MarkKind.DONE, at__gt=since).select_related("candidate")[:MOST]
    context = {
        "groups": [
            (group, [(matter, marks[matter.key]) for matter in group.matters if matter.key in marks])
            for group in groups
        ],
        "done": [(TITLES[mark.kind][0], mark) for mark in done if mark.kind in TITLES],
    }
    return render(request, "matching/day_aside.html", context)
