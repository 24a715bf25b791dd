"""The funds on which hours with people are claimed, and how many hours stand on each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from buurtbaan.access import Request, allow, posted
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.conflicts import settle_row
from buurtbaan.drafts.services import once
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import DateField, form_helper
from candidates.models import Conversation, Fund


class FundForm(forms.ModelForm):
    """A fund: its name and from when to when hours may be claimed."""

    class Meta:
        model = Fund
        fields = ["name", "since", "until"]
        field_classes = {"since": DateField, "until": DateField}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", gettext_lazy("De laatste dag ligt voor de eerste. Kijk beide na."))
        name, here = data.get("name", ""), Fund.objects.filter(bureau=self.instance.bureau_id)
        if here.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            self.add_error("name", gettext_lazy("Dit fonds staat er al."))
        return data


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def funds(request: Request) -> HttpResponse:
    """Every fund with the hours that were claimed on it this year and last year; and a new one."""
    membership = request.membership
    form = FundForm(posted(request), instance=Fund(bureau=membership.bureau))
    form_helper(form, submit=_("Bewaar fonds"), once=True)
    here = reverse("candidates:funds")
    if request.method == "POST" and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            made = form.save()
            tell(request, _("Fonds “%(name)s” is bewaard.") % {"name": made.name})
            return first.done(here)
    year = timezone.localdate().year
    context = {"rows": _rows(request, [year, year - 1]), "years": [year, year - 1], "form": form}
    return render(request, "candidates/funds.html", context)


def _rows(request: Request, years: list[int]) -> list[tuple[Fund, list[tuple[Any, int]]]]:
    """Each fund with hours and conversations per year; a conversation names one fund, so nothing counts twice."""
    notes = Conversation.objects.filter(bureau=request.membership.bureau_id, fund__isnull=False)
    sums = notes.order_by().values_list("fund", "held_on__year").annotate(Sum("minutes"), Count("pk"))
    found = {(fund, year): (minutes / 60, count) for fund, year, minutes, count in sums}
    every = Fund.objects.visible_to(request.membership).order_by("name")
    return [(fund, [found.get((fund.pk, year), (0, 0)) for year in years]) for fund in every]


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def fund_edit(request: Request, pk: int) -> HttpResponse:
    """Another name or other days."""
    found = get_object_or_404(Fund.objects.visible_to(request.membership), pk=pk)
    form, clash = settle_row(request, found, lambda data, row: FundForm(data, instance=row))
    if clash:
        return clash
    here = reverse("candidates:funds")
    form_helper(form, submit=_("Bewaar fonds"), cancel_url=here)
    if request.method == "POST" and form.is_valid():
        form.save()
        tell(request, _("Fonds “%(name)s” is bewaard.") % {"name": form.instance.name})
        return redirect(here)
    return render(request, "candidates/fund_edit.html", {"form": form, "fund": found})
