"""Hours delivered on a subscription, month by month, against what was sold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.conflicts import settle
from buurtbaan.drafts.keeping import keep
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.charts import Pair, PairedBars
from buurtbaan.ui.feedback import tell
from employers.earnings import months_of, sold_in
from employers.forms.subscriptions import DeliveredForm, NewDeliveredForm
from employers.models import Subscription, SubscriptionMonth
from employers.services import subscriptions as services

SHOWN = 12


@dataclass(frozen=True)
class MonthRow:
    """One month: what was sold, and what was delivered if anybody noted it."""

    month: date
    sold: Decimal
    noted: SubscriptionMonth | None

    @property
    def difference(self) -> Decimal | None:
        return None if self.noted is None else self.noted.hours - self.sold


@dataclass(frozen=True)
class Delivered:
    """The months that have begun, newest first; the sums are over the noted ones alone."""

    rows: list[MonthRow]

    @property
    def noted(self) -> list[MonthRow]:
        return [row for row in self.rows if row.noted is not None]

    @property
    def missing(self) -> list[MonthRow]:
        """Months that are over and were not noted."""
        this = timezone.localdate().replace(day=1)
        return [row for row in self.rows if row.noted is None and row.month < this]

    @property
    def hours(self) -> Decimal:
        return sum((row.noted.hours for row in self.rows if row.noted), Decimal(0))

    @property
    def sold(self) -> Decimal:
        return sum((row.sold for row in self.noted), Decimal(0))

    @property
    def difference(self) -> Decimal:
        return self.hours - self.sold

    @property
    def size(self) -> Decimal:
        """The difference without its sign."""
        return abs(self.difference)

    @property
    def chart(self) -> PairedBars | None:
        """The last twelve noted months, oldest first."""
        if not self.noted:
            return None
        pairs = [
            Pair(date_format(row.month, "M Y"), row.sold, row.noted.hours)
            for row in reversed(self.noted[:SHOWN])
            if row.noted
        ]
        return PairedBars(
            id="geleverd",
            title=_("Uren verkocht en geleverd"),
            description=_("Per maand de verkochte en de geleverde uren."),
            pairs=tuple(pairs),
            before=_("verkocht"),
            after=_("geleverd"),
            label=_("Maand"),
        )


def months_shown(found: Subscription, noted: list[SubscriptionMonth]) -> Delivered:
    """Each month of a subscription that has begun, newest first."""
    by_month, today = {row.month: row for row in noted}, timezone.localdate()
    begun = [month for month in months_of(found) if month <= today]
    return Delivered(
        [MonthRow(month, sold_in(found, month), by_month.get(month)) for month in reversed(begun)]
    )


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def delivered_new(request: Request, pk: int) -> HttpResponse:
    """Note the hours of a month."""
    rows = Subscription.objects.visible_to(request.membership).select_related("employer")
    found = get_object_or_404(rows, pk=pk)
    back = reverse("employers:subscription", args=[pk])
    form = NewDeliveredForm(
        request.POST or None, subscription=found, cancel_url=back, initial={"month": request.GET.get("maand")}
    )
    keep(request, form, title=_("Noteer uren"), new=True)
    with once(request) as first:
        if first.already:
            return redirect(first.url)
        if request.method == "POST" and form.is_valid():
            try:
                services.note_hours(subscription=found, **form.cleaned_data, by=request.membership)
            except NotAllowedNow as reason:
                form.add_error("month", str(reason))
            else:
                month = date_format(form.cleaned_data["month"], "F Y")
                tell(request, _("De uren van %(month)s staan erin.") % {"month": month})
                return first.done(f"{back}#uren")
    return render(request, "employers/delivered_new.html", {"form": form, "subscription": found})


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def delivered_edit(request: Request, pk: int) -> HttpResponse:
    """Correct the hours of a month."""
    rows = SubscriptionMonth.objects.visible_to(request.membership)
    found = get_object_or_404(rows.select_related("subscription__employer"), pk=pk)
    back = reverse("employers:subscription", args=[found.subscription_id])

    def now(data: QueryDict | None, row: SubscriptionMonth | None = None) -> DeliveredForm:
        return DeliveredForm(data, instance=row or services.locked_month(found), cancel_url=back)

    form, clash = settle(request, now(request.POST or None, found), now)
    if clash:
        return clash
    keep(request, form, title=_("Verbeter uren"))
    if request.method == "POST" and form.is_valid():
        services.correct_hours(month=found, **form.cleaned_data, by=request.membership)
        tell(request, _("De uren van %(month)s zijn verbeterd.") % {"month": date_format(found.month, "F Y")})
        return redirect(f"{back}#uren")
    context = {"form": form, "month": found, "subscription": found.subscription}
    return render(request, "employers/delivered_edit.html", context)
