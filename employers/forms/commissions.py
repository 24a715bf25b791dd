"""What people type about commissions and own projects."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import DateField, Segmented, form_helper
from employers.enums import INCOME_KINDS, CommissionOrigin, EmployerKind, LineKind
from employers.forms.subscriptions import EARLIEST, check_period, euros
from employers.models import Commission, Employer, ProjectLine
from employers.models.commissions import MOST_AMOUNT

AHEAD = timedelta(days=3653)
FIELDS = ("what", "amount", "starts_on", "ends_on", "origin", "done_before_by")


class CommissionForm(forms.Form):
    """What was ordered. A client whose name is an employer's is tied to that employer."""

    client = forms.CharField(
        label=_("Wie geeft de opdracht?"),
        max_length=160,
        help_text=_("Een naam is genoeg. Staat die bij de werkgevers, dan koppelen we hem."),
    )
    what = forms.CharField(
        label=_("Wat is de opdracht?"),
        max_length=200,
        help_text=_("Bijvoorbeeld: het groen rond de flats bijhouden."),
    )
    amount = euros(_("Bedrag"), most=MOST_AMOUNT)
    starts_on = DateField(label=_("Dag, of eerste dag"))
    ends_on = DateField(label=_("Laatste dag"), required=False, help_text=_("Leeg bij werk van één dag."))
    origin = forms.ChoiceField(
        label=_("Waar komt het werk vandaan?"), choices=CommissionOrigin.choices, widget=Segmented
    )
    done_before_by = forms.CharField(
        label=_("Wie deed dit werk eerst?"),
        max_length=160,
        required=False,
        help_text=_("Alleen bij werk dat is teruggehaald, bijvoorbeeld: een bedrijf uit een andere stad."),
    )
    project = forms.TypedChoiceField(
        label=_("Welk eigen project voert het uit?"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Het bedrag telt dan mee bij de inkomsten van dat project."),
    )

    def __init__(
        self, *args: Any, bureau_id: int, instance: Commission | None = None, cancel_url: str, **kwargs: Any
    ) -> None:
        if instance is not None:
            kwargs["initial"] = {name: getattr(instance, name) for name in FIELDS}
            kwargs["initial"] |= {"client": instance.client, "project": instance.project_id}
        super().__init__(*args, **kwargs)
        self.bureau_id = bureau_id
        self.projects = {one.pk: one for one in own_projects(bureau_id)}
        names = [(one.pk, one.name) for one in self.projects.values()]
        self.fields["project"].choices = [("", _("Geen")), *names]  # type: ignore[attr-defined]
        if not names:
            del self.fields["project"]
        form_helper(self, submit=_("Bewaar opdracht"), cancel_url=cancel_url, once=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        check_period(self)
        starts = data.get("starts_on")
        if starts and starts > timezone.localdate() + AHEAD:
            self.add_error("starts_on", _("Deze dag ligt meer dan tien jaar vooruit. Kijk het jaar na."))
        if data.get("origin") == CommissionOrigin.NEW:
            data["done_before_by"] = ""
        return data

    def values(self) -> dict[str, Any]:
        """What the service keeps."""
        data = {name: self.cleaned_data[name] for name in FIELDS}
        name = " ".join(self.cleaned_data["client"].split())
        known = Employer.objects.filter(bureau=self.bureau_id, name__iexact=name).first()
        project = self.projects.get(self.cleaned_data.get("project") or 0)
        return data | {"employer": known, "client_name": "" if known else name, "project": project}


def own_projects(bureau_id: int) -> list[Employer]:
    """The bureau's own projects, by name."""
    rows = Employer.objects.filter(bureau=bureau_id, kind=EmployerKind.OWN_PROJECT)
    return list(rows.order_by("name", "pk"))


class LineForm(forms.Form):
    """An amount that an own project earned or spent."""

    on = DateField(label=_("Dag"))
    kind = forms.ChoiceField(label=_("Inkomsten of kosten?"))
    what = forms.CharField(
        label=_("Waarvoor?"), max_length=160, help_text=_("Bijvoorbeeld: 12 fietsen verkocht, of banden.")
    )
    amount = euros(_("Bedrag"), most=MOST_AMOUNT, least=Decimal("0.01"))

    def __init__(
        self, *args: Any, instance: ProjectLine | None = None, cancel_url: str, **kwargs: Any
    ) -> None:
        if instance is not None:
            kwargs["initial"] = {name: getattr(instance, name) for name in ("on", "kind", "what", "amount")}
        super().__init__(*args, **kwargs)
        income = [(one.value, one.label) for one in LineKind if one in INCOME_KINDS]
        costs = [(one.value, one.label) for one in LineKind if one not in INCOME_KINDS]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", _("Kies…")), (_("Inkomsten"), income), (_("Kosten"), costs),
        ]  # fmt: skip
        form_helper(self, submit=_("Bewaar bedrag"), cancel_url=cancel_url, once=instance is None)

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day < EARLIEST or day > timezone.localdate() + timedelta(days=366):
            raise forms.ValidationError(_("Kies een dag vanaf 2000 en niet meer dan een jaar vooruit."))
        return day
