"""What people type about subscriptions."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import AmountField, DateField, HoursInput, form_helper
from employers.earnings import months_of
from employers.enums import PositionStatus
from employers.models import Employer, Position, Subscription, SubscriptionMonth
from employers.models.subscriptions import MOST_HOURS, MOST_PRICE
from employers.services.subscriptions import first_of_next

EARLIEST = date(2000, 1, 1)
LONGEST = timedelta(days=3653)
"""Ten years; a longer period is a slip of the pen."""


def euros(label: Any, *, most: int, least: Decimal = Decimal(0)) -> AmountField:
    """Euros from `least` to `most`."""
    wrong = {
        "min_value": _("Dit bedrag is te laag. Schrijf het zonder minteken."),
        "max_value": _("Dit bedrag is te hoog om te kloppen. Kijk het na."),
    }
    return AmountField(label=label, min_value=least, max_value=Decimal(most), error_messages=wrong)


class MonthHoursField(forms.DecimalField):
    """Hours in a month; a comma and a point both count as decimal sign."""

    def __init__(self, *, least: Decimal, most: int, **kwargs: Any) -> None:
        widget = HoursInput(unit=_("uur"))
        super().__init__(min_value=least, max_value=most, decimal_places=2, widget=widget, **kwargs)
        self.error_messages |= {
            "invalid": _("Schrijf de uren als getal, bijvoorbeeld 80 of 72,5."),
            "min_value": _("Dit zijn te weinig uren. Schrijf ze zonder minteken."),
            "max_value": _("Dit zijn te veel uren voor een maand. Kijk het getal na."),
        }

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


def check_period(form: forms.Form | forms.ModelForm, first: str = "starts_on", last: str = "ends_on") -> None:
    """Put what is wrong with two days beside the second one."""
    starts, ends = form.cleaned_data.get(first), form.cleaned_data.get(last)
    if starts and starts < EARLIEST:
        form.add_error(first, _("Deze dag is te lang geleden. Kijk het jaar na."))
    if starts and ends and ends < starts:
        form.add_error(last, _("De laatste dag ligt voor de eerste. Kijk beide na."))
    elif starts and ends and ends - starts > LONGEST:
        form.add_error(last, _("Dit is langer dan tien jaar. Kijk het jaar na."))


class PeriodForm(forms.Form):
    """What is agreed for one period."""

    starts_on = DateField(label=_("Eerste dag"))
    ends_on = DateField(label=_("Laatste dag"))
    hours_month = MonthHoursField(
        label=_("Uren per maand"), least=Decimal("0.5"), most=MOST_HOURS,
        help_text=_("Hoeveel uur per maand de organisatie koopt."),
    )  # fmt: skip
    price_month = euros(_("Prijs per maand"), most=MOST_PRICE)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        check_period(self)
        return data


class SubscriptionForm(PeriodForm):
    """A whole subscription: what is done, for how much, and which positions it pays for."""

    service = forms.CharField(
        label=_("Wat doen we voor hen?"),
        max_length=160,
        help_text=_("In gewone woorden, bijvoorbeeld: gastvrouw in de huiskamer en hulp bij de maaltijd."),
    )
    positions = forms.TypedMultipleChoiceField(
        label=_("Welke werkplekken betaalt dit?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Je kunt ze ook later kiezen."),
    )
    field_order = ("service", "hours_month", "price_month", "starts_on", "ends_on", "positions")

    def __init__(
        self,
        *args: Any,
        employer: Employer,
        instance: Subscription | None = None,
        cancel_url: str,
        **kwargs: Any,
    ) -> None:
        if instance is not None:
            known = ("service", "hours_month", "price_month", "starts_on", "ends_on")
            kwargs["initial"] = {name: getattr(instance, name) for name in known}
            kwargs["initial"]["positions"] = list(instance.funded.values_list("position", flat=True))
        super().__init__(*args, **kwargs)
        self.works = works_of(employer, self.initial.get("positions", []))
        self.fields["positions"].choices = [(one.pk, one.title) for one in self.works]  # type: ignore[attr-defined]
        if not self.works:
            del self.fields["positions"]
        form_helper(self, submit=_("Bewaar abonnement"), cancel_url=cancel_url, once=True)

    def values(self) -> dict[str, Any]:
        """What the service keeps on the subscription itself."""
        return {name: value for name, value in self.cleaned_data.items() if name != "positions"}

    def chosen(self) -> list[Position]:
        """The positions that it pays for."""
        wanted = set(self.cleaned_data.get("positions", []))
        return [one for one in self.works if one.pk in wanted]

    def clean_service(self) -> str:
        return " ".join(self.cleaned_data["service"].split())


def works_of(employer: Employer, chosen: list[int]) -> list[Position]:
    """The client's positions that are not closed, and those that were chosen before."""
    rows = employer.positions.exclude(status=PositionStatus.CLOSED) | employer.positions.filter(pk__in=chosen)
    return list(rows.order_by("title", "pk"))


class ExtendForm(PeriodForm):
    """The next period; it proposes a year at the same hours and price."""

    def __init__(self, *args: Any, subscription: Subscription, cancel_url: str, **kwargs: Any) -> None:
        first = first_of_next(subscription)
        kwargs["initial"] = {
            "starts_on": first, "ends_on": year_later(first) - timedelta(days=1),
            "hours_month": subscription.hours_month, "price_month": subscription.price_month,
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Verleng"), cancel_url=cancel_url, once=True)


def year_later(day: date) -> date:
    """The same day a year on; 29 February gives the first of March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


class StopForm(forms.Form):
    """When it stops, and why."""

    last_day = DateField(
        label=_("Wat is de laatste dag?"),
        help_text=_("Laat de afgesproken dag staan als het gewoon mag aflopen."),
    )
    reason = forms.CharField(label=_("Waarom?"), max_length=200, required=False)

    def __init__(self, *args: Any, subscription: Subscription, cancel_url: str, **kwargs: Any) -> None:
        kwargs["initial"] = {"last_day": subscription.ends_on}
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Stop abonnement"), cancel_url=cancel_url)


class OtherFundingForm(forms.Form):
    """Who pays for the people who stayed."""

    funding = forms.CharField(
        label=_("Wie betaalt nu voor deze mensen?"),
        max_length=200,
        help_text=_("Bijvoorbeeld: de gemeente uit het re-integratiebudget, of de organisatie zelf."),
    )

    def __init__(self, *args: Any, subscription: Subscription, cancel_url: str, **kwargs: Any) -> None:
        kwargs["initial"] = {"funding": subscription.funding_after}
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Bewaar"), cancel_url=cancel_url)


class DeliveredForm(forms.Form):
    """Hours of a month that was noted."""

    hours = MonthHoursField(label=_("Geleverde uren"), least=Decimal(0), most=2 * MOST_HOURS)
    note = forms.CharField(label=_("Opmerking"), max_length=200, required=False)

    def __init__(
        self, *args: Any, instance: SubscriptionMonth | None = None, cancel_url: str, **kwargs: Any
    ) -> None:
        if instance is not None:
            kwargs["initial"] = {"hours": instance.hours, "note": instance.note}
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Bewaar uren"), cancel_url=cancel_url, once=instance is None)


class NewDeliveredForm(DeliveredForm):
    """Hours of a month that still has none; a month that somebody else noted meanwhile is explained."""

    month = forms.TypedChoiceField(label=_("Welke maand?"), coerce=date.fromisoformat)
    field_order = ("month", "hours", "note")

    def __init__(self, *args: Any, subscription: Subscription, **kwargs: Any) -> None:
        noted = {row.month: row for row in subscription.months.all()}
        begun = [month for month in months_of(subscription) if month <= timezone.localdate()]
        self.noted = noted
        self.waiting = [month for month in begun if month not in noted]
        super().__init__(*args, **kwargs)
        shown = begun if self.is_bound else self.waiting
        self.fields["month"].choices = [  # type: ignore[attr-defined]
            (month.isoformat(), date_format(month, "F Y")) for month in shown
        ]

    def clean_month(self) -> date:
        month: date = self.cleaned_data["month"]
        if month in self.noted:
            hours = HoursInput().format_value(self.noted[month].hours)
            raise ValidationError(
                _("Voor %(month)s staan al %(hours)s uren. Kies een andere maand, of verbeter die uren."),
                params={"month": date_format(month, "F Y"), "hours": hours},
            )
        return month
