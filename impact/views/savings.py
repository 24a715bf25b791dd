"""What may have been saved: a range, every parameter with its source, and what would have happened anyway."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django import forms
from django.db.models import Count, Q, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.rules.figures import value_text
from buurtbaan.ui.charts import Range
from buurtbaan.ui.formats import euro
from buurtbaan.ui.forms import AmountField, DateField
from employers.models import SocialReturnLine
from impact.documents import RATE_WORDS
from impact.money.savings import Savings, savings
from impact.money.sums import benefit_years, people_at_a_time
from impact.money.years import rate
from impact.views.money import bureau_of

PER_YEAR = ("benefit_cost", "per_person_year_low")
MONTHS = 18


class PeriodForm(forms.Form):
    """Over which days; in the address."""

    van = DateField(label=gettext_lazy("Eerste dag"))
    tot = DateField(label=gettext_lazy("Laatste dag"))

    def clean(self) -> dict[str, date]:
        data = super().clean() or {}
        since, until = data.get("van"), data.get("tot")
        if until and until > timezone.localdate():
            self.add_error("tot", _("Deze dag moet nog komen. Kies vandaag of een eerdere dag."))
        elif since and until and until < since:
            self.add_error("tot", _("De laatste dag ligt voor de eerste. Draai ze om."))
        return data


class RecountForm(forms.Form):
    """An amount that somebody names, to see how many benefits that would be."""

    bedrag = AmountField(label=gettext_lazy("Bespaard bedrag"), min_value=Decimal(1))
    maanden = forms.IntegerField(label=gettext_lazy("In hoeveel maanden"), min_value=1, max_value=600)


@allow(Role.MANAGER)
@require_GET
def savings_page(request: Request) -> HttpResponse:
    """The range over a period, and a sum to do oneself; social return stands apart."""
    bureau, today = bureau_of(request), timezone.localdate()
    form = PeriodForm(
        request.GET if "van" in request.GET else None,
        initial={"van": today - timedelta(days=364), "tot": today},
    )
    since, until = form.get_initial_for_field(form.fields["van"], "van"), today
    if form.is_bound and form.is_valid():
        since, until = form.cleaned_data["van"], form.cleaned_data["tot"]
    found = savings(bureau, since, until)
    cost = rate(bureau, *PER_YEAR, until)
    recount = RecountForm(request.GET if "bedrag" in request.GET else None, initial={"maanden": MONTHS})
    outcome = None
    if cost and recount.is_bound and recount.is_valid():
        years = benefit_years(recount.cleaned_data["bedrag"], cost.amount)
        outcome = years, people_at_a_time(years, recount.cleaned_data["maanden"])
    lines = SocialReturnLine.objects.visible_to(request.membership).filter(on__range=(since, until))
    context = {
        "form": form, "since": since, "until": until, "found": found, "chart": _chart(found),
        "rates": [(RATE_WORDS[name], value_text(one.amount, one.unit), one) for name, one in found.rates.items()],
        "missing": [RATE_WORDS[name] for name in found.missing],
        "recount": recount, "outcome": outcome, "cost": cost,
        "effort": lines.aggregate(
            count=Count("pk"), noted=Sum("amount"), unknown=Count("pk", filter=Q(amount=None)),
            agreed=Sum("amount", filter=Q(approved_on__isnull=False)),
        ),
    }  # fmt: skip
    return render(request, "impact/savings_page.html", context)


def _chart(found: Savings) -> Range | None:
    if found.low is None or found.high is None:
        return None
    return Range(
        "besparing", _("Bespaarde uitkeringen"),
        _("Een schatting: ten minste het ene, ten hoogste het andere bedrag."),
        Decimal(found.low), Decimal(found.high), euro(found.low), euro(found.high),
    )  # fmt: skip
