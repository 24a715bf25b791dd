"""What is agreed when work begins, goes on, or changes; the work form decides what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.ui.forms import DateField, DateInput, DaypartField, HoursField, form_helper
from buurtbaan.ui.pieces import Text
from employers.enums import END_REQUIRED_FORMS, PAID_FORMS, WorkForm
from employers.models import Contact, Employer
from matching.forms.fields import text_box
from matching.models import Placement
from matching.services.placements import LONGEST_TRIAL

BY_FORM = "vragen-bij-werkvorm"
"""The part of the page that another work form changes."""
FOLLOWING_FORM = ("form", "ends_on", "contract_on", "employer_of_record")
LAST_DAY: dict[str, tuple[Text, Text]] = {
    "paid": (_("Contract tot en met"), _("Laat leeg bij een contract voor onbepaalde tijd.")),
    "trial": (
        _("Proefplaatsing tot en met"),
        _("Een proefplaatsing heeft altijd een einddatum, hoogstens zes maanden na het begin."),
    ),
    "other": (_("Loopt tot en met"), _("Laat leeg als er geen einddatum is.")),
}


class TermsForm(forms.Form):
    """What is agreed about work, whatever its form."""

    form = forms.ChoiceField(label=_("Werkvorm"), choices=WorkForm.choices)
    starts_on = DateField(label=_("Eerste dag"), widget=DateInput)
    dayparts = DaypartField(label=_("Wanneer werkt iemand?"), required=False, skippable=True)
    contract_on = DateField(label=_("Contract vanaf"), widget=DateInput)
    ends_on = DateField(label=_("Loopt tot en met"), required=False, widget=DateInput)
    employer_of_record = forms.CharField(
        label=_("Werkgever op papier"), max_length=160,
        help_text=_("Bij wie iemand in dienst komt. Dat kan ook een ander zijn, bijvoorbeeld bij detachering."),
    )  # fmt: skip
    supervisor_contact = forms.ModelChoiceField(
        label=_("Wie begeleidt op het werk?"), queryset=Contact.objects.none(), required=False,
        empty_label=_("Iemand anders, of nog niet bekend"),
    )  # fmt: skip
    supervisor = forms.CharField(label=_("Iemand anders: wie?"), required=False, max_length=120)
    job_coach = forms.ModelChoiceField(
        label=_("Jobcoach"), queryset=Membership.objects.none(), required=False,
        empty_label=_("Geen, of iemand van buiten"),
    )  # fmt: skip
    job_coach_name = forms.CharField(
        label=_("Jobcoach van buiten"), required=False, max_length=120, help_text=_("Naam en organisatie.")
    )
    agreed = forms.CharField(
        label=_("Wat is er afgesproken?"), required=False, max_length=2000, widget=text_box(4),
        help_text=_("Bijvoorbeeld over taken, pauzes, reiskosten of wat iemand nodig heeft."),
    )  # fmt: skip

    WORK: tuple[str, ...] = ("form", "starts_on")
    PEOPLE: tuple[str, ...] = (
        "dayparts",
        "supervisor_contact",
        "supervisor",
        "job_coach",
        "job_coach_name",
        "agreed",
    )

    def __init__(
        self, *args: Any, by: Membership, employer: Employer | None, asked: Mapping[str, Any], ask_url: str,
        cancel_url: str, submit: Text, once: bool = True, **kwargs: Any,
    ) -> None:  # fmt: skip
        """asked: the query of the page, with what was chosen before; ask_url: where other questions come from."""
        super().__init__(*args, **kwargs)
        self.initial = {**self.initial, **{name: asked[name] for name in FOLLOWING_FORM if asked.get(name)}}
        work_form = str(self.data.get("form") or self.initial.get("form") or WorkForm.WORK_EXPERIENCE)
        by_form = self._ask_by(work_form)
        self._people(by, employer)
        self.fields["form"].widget.attrs |= {
            "hx-get": ask_url, "hx-trigger": "change", "hx-include": "closest form",
            "hx-params": ",".join(FOLLOWING_FORM), "hx-target": f"#{BY_FORM}", "hx-select": f"#{BY_FORM}",
            "hx-swap": "outerHTML",
        }  # fmt: skip
        title = WorkForm(work_form).label if work_form in WorkForm.values else _("Afspraken")
        groups = [
            (_("Het werk"), list(self.WORK)),
            (title, by_form),
            (_("Wanneer, en wie erbij is"), list(self.PEOPLE)),
        ]
        rules = {"supervisor": "vrijwilligers-begeleiden"} if work_form == WorkForm.VOLUNTEERING else {}
        rules |= {"ends_on": "proefplaatsing"} if work_form in END_REQUIRED_FORMS else {}
        rules |= {"contract_on": "no-riskpolis"} if work_form in PAID_FORMS else {}
        helper = form_helper(
            self, submit=submit, cancel_url=cancel_url, groups=groups, once=once, rules=rules
        )
        helper.layout.fields[1].css_id = BY_FORM

    def _ask_by(self, work_form: str) -> list[str]:
        """Only the questions that this work form has; gives their names."""
        paid, trial = work_form in PAID_FORMS, work_form in END_REQUIRED_FORMS
        last: Any = self.fields["ends_on"]
        last.label, last.help_text = LAST_DAY["paid" if paid else "trial" if trial else "other"]
        last.required = trial
        last.error_messages["required"] = _("Een proefplaatsing heeft een einddatum. Vul die in.")
        if not paid:
            del self.fields["contract_on"], self.fields["employer_of_record"]
            return ["ends_on"]
        self.fields["contract_on"].error_messages["required"] = _("Vul de datum van het contract in.")
        of_record = self.fields["employer_of_record"]
        of_record.error_messages["required"] = _("Vul in wie de werkgever op papier is.")
        return ["employer_of_record", "contract_on", "ends_on"]

    def _people(self, by: Membership, employer: Employer | None) -> None:
        contacts: Any = self.fields["supervisor_contact"]
        if employer is None:
            del self.fields["supervisor_contact"]
            self.fields["supervisor"].label = _("Wie begeleidt op het werk?")
            self.PEOPLE = tuple(name for name in self.PEOPLE if name != "supervisor_contact")
        else:
            contacts.queryset = Contact.objects.visible_to(by).filter(employer=employer)
        coach: Any = self.fields["job_coach"]
        if by.bureau_id is not None:
            coach.queryset = Membership.objects.staff_of(by.bureau_id)
        coach.label_from_instance = lambda colleague: str(colleague.user)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        form, starts, ends = cleaned.get("form"), cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("De einddatum ligt voor de eerste dag. Kies een latere dag."))
        elif form in END_REQUIRED_FORMS and starts and ends and ends - starts > LONGEST_TRIAL:
            self.add_error(
                "ends_on", _("Een proefplaatsing duurt hoogstens zes maanden. Kies een eerdere dag.")
            )
        contract = cleaned.get("contract_on")
        if contract and ends and contract > ends:
            self.add_error("contract_on", _("Het contract begint na de einddatum. Kijk de dagen na."))
        if cleaned.get("job_coach") and cleaned.get("job_coach_name"):
            self.add_error("job_coach_name", _("Kies een collega, of schrijf iemand van buiten op."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """What the services take: questions that this form does not have are empty."""
        none = {"contract_on": None, "employer_of_record": "", "supervisor_contact": None}
        return none | {name: value for name, value in self.cleaned_data.items() if name in self.fields}


class PlaceForm(TermsForm):
    """Work that begins after a proposal; it may go on from work that the person has."""

    hours = HoursField(label=_("Uren om mee te beginnen"))
    previous = forms.ModelChoiceField(
        label=_("Is dit het vervolg op ander werk?"), queryset=Placement.objects.none(), required=False,
        empty_label=_("Nee, dit begint nieuw of komt ernaast"),
        help_text=_("Een vervolg telt als één pad: de weken lopen door. Het andere werk stopt de dag ervoor."),
    )  # fmt: skip

    WORK: tuple[str, ...] = ("previous", "form", "starts_on", "hours")

    def __init__(self, *args: Any, earlier: QuerySet[Placement], **kwargs: Any) -> None:
        self.WORK = self.WORK if earlier else tuple(name for name in self.WORK if name != "previous")
        super().__init__(*args, **kwargs)
        field: Any = self.fields["previous"]
        field.queryset = earlier
        field.label_from_instance = lambda one: f"{one.position or one.get_form_display()}, {one.employer}"
        if not earlier:
            del self.fields["previous"]


class GoOnForm(TermsForm):
    """Other agreements at the same employer, or straight on at another one without a proposal."""

    hours = HoursField(label=_("Uren per week"))

    WORK: tuple[str, ...] = ("form", "starts_on", "hours")


class EditForm(TermsForm):
    """What was agreed about running work."""

    in_neighbourhood = forms.TypedChoiceField(
        label=_("In de eigen wijk"), required=False, empty_value=None,
        choices=[("", _("Weet ik nog niet")), ("ja", _("Ja")), ("nee", _("Nee"))],
        coerce=lambda value: {"ja": True, "nee": False}[value],
    )  # fmt: skip

    WORK: tuple[str, ...] = ("form", "starts_on", "in_neighbourhood")

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        initial = {
            name: getattr(placement, name)
            for name in (*FOLLOWING_FORM, "starts_on", "dayparts", "supervisor", "job_coach_name", "agreed")
        }
        initial |= {
            "supervisor_contact": placement.supervisor_contact_id, "job_coach": placement.job_coach_id,
        }  # fmt: skip
        known = {True: "ja", False: "nee", None: ""}
        initial["in_neighbourhood"] = known[placement.in_neighbourhood]
        self.placement = placement
        super().__init__(*args, employer=placement.employer, initial=initial, once=False, **kwargs)
        self.fields["form"].help_text = _(
            "Alleen om te verbeteren. Komt er na een proef een contract? Kies “Verder bij deze werkgever”."
        )

    def clean_starts_on(self) -> Any:
        day = self.cleaned_data["starts_on"]
        if self.placement.ended_on and day > self.placement.ended_on:
            raise ValidationError(_("De eerste dag ligt na de laatste dag. Kies een eerdere dag."))
        return day
