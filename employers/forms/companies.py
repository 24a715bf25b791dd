"""What people type about employers, their places and their people."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial
from typing import Any

from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.models import Area, Bureau, Membership
from buurtbaan.ui.forms import DateField, TermField, form_helper
from employers import addresses
from employers.enums import EmployerKind, Facility
from employers.models import Contact, Employer, Location
from employers.terms import offered_groups

LONGEST_PAUSE = timedelta(days=366)
COMPANY = ["name", "kind", "kvk", "sector_name", "sector", "organisation_form", "employees", "website"]
PSO = ["pso_step", "pso_on"]
ACQUAINTANCE = ["story", "environment"]
RELATION = ["owner", "named_in_reports"]
WebAddressField = partial(forms.URLField, assume_scheme="https")


class EmployerForm(forms.ModelForm):
    """All that the bureau knows of an employer. `double`: who has this name or number already."""

    kvk = forms.CharField(
        label=_("KvK-nummer"),
        required=False,
        max_length=20,
        help_text=_("Acht cijfers. Een eigen project heeft er misschien geen."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    sector = forms.CharField(
        label=_("SBI-code"),
        required=False,
        max_length=2,
        help_text=_("De eerste twee cijfers, bijvoorbeeld 56 voor eten en drinken."),
        validators=[RegexValidator(r"^\d{2}$", _("Schrijf twee cijfers, bijvoorbeeld 56."))],
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    environment = TermField(
        label=_("Wat kunnen mensen hier krijgen?"),
        groups=offered_groups,
        required=False,
        help_text=_("Kies wat op de hele werkplek geldt. Per werkplek kun je meer kiezen."),
    )

    class Meta:
        model = Employer
        fields = [*COMPANY, *PSO, *ACQUAINTANCE, *RELATION]
        field_classes = {"website": WebAddressField, "pso_on": DateField}
        widgets = {"story": forms.Textarea({"rows": 5})}
        help_texts = {
            "pso_step": _("Laat leeg als zij niet op de Prestatieladder Socialer Ondernemen staan."),
            "pso_on": _("De dag op het certificaat."),
            "name": _("Zoals mensen in de wijk hem kennen."),
            "sector_name": _("In een paar woorden, bijvoorbeeld fietsen repareren en verhuren."),
            "story": _("Wie zijn zij, waarom geven zij mensen een kans?"),
            "owner": _("Wie van het bureau houdt contact?"),
            "named_in_reports": _("Alleen als de werkgever dat goed vindt."),
        }

    def __init__(self, *args: Any, bureau: Bureau, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bureau = bureau
        self.double: Employer | None = None
        self.fields["kind"].choices = [("", _("Kies een soort")), *EmployerKind.choices]  # type: ignore[attr-defined]
        self.fields["owner"].empty_label = _("Nog niemand")  # type: ignore[attr-defined]
        self.fields["owner"].queryset = Membership.objects.staff_of(bureau)  # type: ignore[attr-defined]
        self.fields["owner"].label_from_instance = lambda one: str(one.user)  # type: ignore[attr-defined]
        groups = [
            (_("Wie is het"), COMPANY),
            (_("PSO"), PSO),
            (_("Hoe is het daar"), ACQUAINTANCE),
            (_("Onze band"), RELATION),
        ]
        form_helper(self, submit=_("Bewaar werkgever"), cancel_url=cancel_url, groups=groups, once=True)

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        self._refuse_double(name__iexact=name)
        return name

    def clean_kvk(self) -> str:
        """Spaces and dots may be typed; letters may not."""
        kvk = re.sub(r"[\s.]", "", self.cleaned_data["kvk"])
        if kvk and not re.fullmatch(r"[0-9]{8}", kvk):
            raise ValidationError(
                _("Een KvK-nummer heeft acht cijfers, zonder letters. Kijk het nog even na.")
            )
        if kvk:
            self._refuse_double(kvk=kvk)
        return kvk

    def clean(self) -> dict[str, Any]:
        """A day without a step tells nothing."""
        data = super().clean() or {}
        if data.get("pso_on") and not data.get("pso_step") and "pso_step" not in self.errors:
            self.add_error("pso_step", _("Kies de trede die bij deze dag hoort."))
        return data

    def _refuse_double(self, **same: str) -> None:
        others = Employer.objects.filter(bureau=self.bureau, **same).exclude(pk=self.instance.pk)
        if found := others.first():
            self.double = found
            raise ValidationError(_("Deze werkgever staat er al: %(name)s."), params={"name": found.name})


class CompanyProfileForm(forms.ModelForm):
    """What an employer's own contact may change."""

    environment = TermField(
        label=_("Wat kunnen mensen bij jullie krijgen?"), groups=offered_groups, required=False
    )

    class Meta:
        model = Employer
        fields = ["sector_name", "employees", "website", "story", "environment", "named_in_reports"]
        field_classes = {"website": WebAddressField}
        labels = {
            "story": _("Over jullie"),
            "sector_name": _("Wat doen jullie?"),
            "named_in_reports": _("Jullie naam mag in het rapport voor de gemeente"),
        }
        help_texts = {"story": _("Kandidaten lezen dit als wij jullie aan hen voorstellen.")}
        widgets = {"story": forms.Textarea({"rows": 5})}

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Bewaar"), cancel_url=cancel_url)


class PauseForm(forms.Form):
    until = DateField(
        label=_("Tot en met welke dag?"),
        help_text=_("Tot die dag komen er geen nieuwe voorstellen. Wie hier werkt, gaat gewoon door."),
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Zet op pauze"), cancel_url=cancel_url)

    def clean_until(self) -> Any:
        until, today = self.cleaned_data["until"], timezone.localdate()
        if until < today:
            raise ValidationError(_("Deze dag is al voorbij. Kies een dag vanaf vandaag."))
        if until > today + LONGEST_PAUSE:
            raise ValidationError(_("Kies een dag binnen een jaar. Daarna kun je de pauze langer maken."))
        return until


class CoordinatesField(forms.CharField):
    """A place as maps write it, "52.0705, 4.3007"; gives (latitude, longitude) or None."""

    def to_python(self, value: Any) -> Any:
        if value in (None, "") or isinstance(value, tuple):
            return value or None
        match = re.fullmatch(r"\s*(-?\d{1,2}\.\d+)\s*[,; ]\s*(-?\d{1,3}\.\d+)\s*", str(value))
        if not match:
            raise ValidationError(
                _("Schrijf twee getallen met een komma ertussen, bijvoorbeeld 52.0705, 4.3007.")
            )
        latitude, longitude = float(match[1]), float(match[2])
        if not (50.5 <= latitude <= 53.8 and 3.2 <= longitude <= 7.3):
            raise ValidationError(_("Dit punt ligt niet in Nederland. Kijk de getallen nog even na."))
        return latitude, longitude

    def prepare_value(self, value: Any) -> Any:
        return f"{value[0]}, {value[1]}" if isinstance(value, tuple) else value


LOOK_UP = "look_up"


class LocationForm(forms.ModelForm):
    postcode = forms.CharField(
        label=_("Postcode"),
        required=False,
        max_length=10,
        help_text=_("Hieruit leiden we de buurt af."),
        widget=forms.TextInput({"autocomplete": "postal-code"}),
    )
    coordinates = CoordinatesField(
        label=_("Punt op de kaart"),
        required=False,
        max_length=40,
        help_text=_("Alleen als je de reistijd preciezer wilt. Plak de twee getallen uit een kaart."),
    )
    facilities = forms.MultipleChoiceField(
        label=_("Wat is er?"),
        required=False,
        choices=Facility.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Kruis aan wat je zeker weet. Hoe het werk zelf is, vul je in bij de werkgever of de werkplek."
        ),
    )

    class Meta:
        model = Location
        fields = ["name", "address", "postcode", "city", "area", "facilities", "accessibility"]
        help_texts = {
            "name": _("Bijvoorbeeld werkplaats of keuken."),
            "area": _("Laat leeg, dan kiezen we hem bij de postcode."),
            "accessibility": _("Bijvoorbeeld: bel bij de zijdeur, dan komt iemand naar buiten."),
        }

    def __init__(self, *args: Any, bureau: Bureau, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area = self.fields["area"]
        area.queryset = Area.objects.filter(municipality=bureau.municipality_id)  # type: ignore[attr-defined]
        area.empty_label = _("Bij de postcode")  # type: ignore[attr-defined]
        self.order_fields(["name", "address", "postcode", "city", "area", "coordinates"])
        if self.instance.approximate:
            self.fields["coordinates"].help_text = _(
                "Nu bij benadering, uit de postcode. Preciezer? Plak de twee getallen uit een kaart."
            )
        elif self.instance.point:
            self.initial["coordinates"] = self.instance.point
        helper = form_helper(self, submit=_("Bewaar locatie"), cancel_url=cancel_url, once=True)
        if addresses.is_on():
            helper.add_input(Submit(LOOK_UP, _("Zoek het adres op"), css_class="btn-secondary"))

    def clean_postcode(self) -> str:
        """2531ab, 2531 AB and 2531 are all fine."""
        return re.sub(r"\s", "", self.cleaned_data["postcode"]).upper()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (data.get("address") or data.get("postcode") or data.get("name")) and not self.errors:
            raise ValidationError(_("Vul een naam, een straat of een postcode in, dan weten we waar het is."))
        return data

    def values(self) -> dict[str, Any]:
        """What the service keeps."""
        data = dict(self.cleaned_data)
        data["latitude"], data["longitude"] = data.pop("coordinates") or (None, None)
        return data


class MovePositionsForm(forms.Form):
    """Where the positions of a place go, before the place goes."""

    NOWHERE = "geen"

    to = forms.ChoiceField(label=_("Waar gaan deze werkplekken naartoe?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, location: Location, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = location.employer.locations.exclude(pk=location.pk)
        self.places = {str(one.pk): one for one in others}
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            *((key, str(one)) for key, one in self.places.items()),
            (self.NOWHERE, _("Nog geen locatie: dat vullen we later in")),
        ]
        form_helper(self, submit=_("Verplaats ze en haal de locatie weg"), cancel_url=cancel_url)

    def chosen(self) -> Location | None:
        """The other place, or None for none yet."""
        return self.places.get(self.cleaned_data["to"])


class ContactForm(forms.ModelForm):
    class Meta:
        model = Contact
        fields = ["name", "task", "email", "phone"]
        help_texts = {
            "task": _("Bijvoorbeeld eigenaar of werkbegeleider."),
            "email": _("Nodig om iemand uit te nodigen voor Buurtbaan."),
        }
        widgets = {"phone": forms.TextInput({"type": "tel", "autocomplete": "off"})}

    def __init__(self, *args: Any, employer: Employer, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.employer = employer
        form_helper(self, submit=_("Bewaar contactpersoon"), cancel_url=cancel_url, once=True)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        others = Contact.objects.filter(employer=self.employer, email__iexact=email).exclude(
            pk=self.instance.pk
        )
        if email and (found := others.first()):
            raise ValidationError(_("%(name)s heeft dit e-mailadres al."), params={"name": found.name})
        return email
