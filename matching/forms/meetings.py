"""When and where people meet, which moments suit, and how it was; input only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import STAFF
from buurtbaan.bureaus.models import Membership
from buurtbaan.ui.forms import DateField, DateInput, Segmented, TimeInput, form_helper
from matching.enums import MissedReason, Onward
from matching.forms.fields import text_box
from matching.models import MeetingOption
from matching.models.meetings import MOST_OPTIONS

MINUTES = [(30, _("een half uur")), (45, _("drie kwartier")), (60, _("een uur")), (90, _("anderhalf uur"))]
OVER = _("Dit moment is al voorbij. Kies een dag en tijd die nog komen.")
NONE = "none"


def local_moment(day: date, at: time) -> datetime:
    """A day and a time on the clock here. Raises ValidationError in the hour that the clock skips, and in the past."""
    here = datetime.combine(day, at)
    moment = timezone.make_aware(here)
    if timezone.localtime(moment.astimezone(UTC)).replace(tzinfo=None) != here:
        raise forms.ValidationError(_("Deze tijd bestaat niet: de klok gaat dan vooruit. Kies een andere."))
    if moment <= timezone.now():
        raise forms.ValidationError(OVER)
    return moment


class CompanyFields(forms.Form):
    """Who comes along: a colleague, who gets the calendar file, or anybody else by name."""

    companion_member = forms.ModelChoiceField(
        label=_("Welke collega gaat mee?"), queryset=Membership.objects.none(), required=False, empty_label=_("niemand")
    )  # fmt: skip
    companion = forms.CharField(
        label=_("Gaat er nog iemand mee?"), required=False, max_length=120,
        help_text=_("Bijvoorbeeld iemand uit de familie. De werkgever leest dit op de eigen pagina."),
    )  # fmt: skip

    def __init__(self, *args: Any, bureau_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Membership.objects.current().filter(bureau=bureau_id, role__in=STAFF)
        chosen: Any = self.fields["companion_member"]
        chosen.queryset = members.select_related("user").order_by("user__name", "pk")


class MeetingForm(CompanyFields):
    """When and where people meet, and who comes along."""

    day = DateField(label=_("Welke dag?"), widget=DateInput)
    time = forms.TimeField(label=_("Hoe laat?"), widget=TimeInput)
    minutes = forms.TypedChoiceField(label=_("Hoe lang?"), choices=MINUTES, coerce=int, initial=45)
    place = forms.CharField(label=_("Waar?"), max_length=200)
    field_order = ("day", "time", "minutes", "place", "companion_member", "companion")

    def __init__(self, *args: Any, cancel_url: str, again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(
            self, submit=_("Kijk wie bericht krijgt") if again else _("Verder: wie krijgt bericht?"),
            cancel_url=cancel_url,
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("day") and cleaned.get("time"):
            try:
                cleaned["starts_at"] = local_moment(cleaned["day"], cleaned["time"])
            except forms.ValidationError as reason:
                self.add_error("day", reason)
        return cleaned


class TimesForm(forms.Form):
    """One to five moments, all at one place and equally long."""

    minutes = forms.TypedChoiceField(label=_("Hoe lang?"), choices=MINUTES, coerce=int, initial=45)
    place = forms.CharField(label=_("Waar?"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_OPTIONS + 1):
            self.fields[f"day{number}"] = DateField(label=_("Dag"), widget=DateInput, required=False)
            self.fields[f"time{number}"] = forms.TimeField(label=_("Tijd"), widget=TimeInput, required=False)

    @property
    def rows(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        """The moments as they are drawn."""
        return [(n, self[f"day{n}"], self[f"time{n}"]) for n in range(1, MOST_OPTIONS + 1)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        found = [self._moment(number, cleaned) for number in range(1, MOST_OPTIONS + 1)]
        cleaned["moments"] = sorted({moment for moment in found if moment})
        if not cleaned["moments"] and not self.errors:
            self.add_error("day1", _("Noem minstens één moment."))
        return cleaned

    def _moment(self, number: int, cleaned: dict[str, Any]) -> datetime | None:
        day, at = cleaned.get(f"day{number}"), cleaned.get(f"time{number}")
        if day and at:
            try:
                return local_moment(day, at)
            except forms.ValidationError as reason:
                self.add_error(f"day{number}", reason)
        elif day and f"time{number}" not in self.errors:
            self.add_error(f"time{number}", _("Zet er een tijd bij."))
        elif at and f"day{number}" not in self.errors:
            self.add_error(f"day{number}", _("Zet er een dag bij."))
        return None


class StaffTimesForm(CompanyFields, TimesForm):
    """The same for a coach, who also says who comes along."""


class FitsForm(forms.Form):
    """Which moments suit; or, for who answers last, which one it will be."""

    fits = forms.MultipleChoiceField(
        label=_("Welke momenten passen je?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Vink aan wat past, of zeg dat er geen past.")},
        help_text=_("Kies er zoveel je kunt. Past er geen? Vink dan het laatste vakje aan."),
    )  # fmt: skip
    chosen = forms.ChoiceField(
        label=_("Deze momenten passen de anderen. Welk kies je?"), widget=forms.RadioSelect,
        error_messages={"required": _("Kies een moment, of zeg dat er geen past.")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("Wil je er iets bij zeggen?"), required=False, max_length=300, widget=text_box(2),
        help_text=_("Bijvoorbeeld: wanneer het wel kan."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, options: Sequence[MeetingOption], to_choose: Sequence[MeetingOption], cancel_url: str = "",
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        shown = to_choose or options
        name, gone = ("chosen", "fits") if to_choose else ("fits", "chosen")
        del self.fields[gone]
        choices = [
            *((str(one.pk), moment_text(one)) for one in shown),
            (NONE, gettext("Geen van deze momenten")),
        ]
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        form_helper(self, submit=_("Kies dit moment") if to_choose else _("Verstuur"), cancel_url=cancel_url)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        fits = cleaned.get("fits")
        if fits and NONE in fits and len(fits) > 1:
            self.add_error("fits", _("Je koos momenten en ook “geen van deze”. Kies een van beide."))
        return cleaned

    def said(self) -> dict[str, Any]:
        """What the service wants to know."""
        fits = [int(pk) for pk in self.cleaned_data.get("fits", []) if pk != NONE]
        chosen = self.cleaned_data.get("chosen", NONE)
        return {
            "fits": fits,
            "chosen": None if chosen == NONE else int(chosen),
            "words": self.cleaned_data["words"],
        }


def moment_text(option: MeetingOption) -> str:
    """A moment in one line: day, time, how long, where."""
    starts = timezone.localtime(option.starts_at)
    return gettext("%(day)s om %(time)s, %(minutes)s minuten. %(place)s") % {
        "day": date_format(starts, "l j F"), "time": f"{starts:%H:%M}", "minutes": option.minutes,
        "place": option.place,
    }  # fmt: skip


class OutcomeForm(forms.Form):
    """Whether they met, and how it was for each of them as the coach heard it."""

    happened = forms.ChoiceField(
        label=_("Is de kennismaking er geweest?"), widget=Segmented, initial="yes", required=False,
        choices=[("yes", _("Ja")), ("no", _("Het kwam er niet van"))],
    )  # fmt: skip
    outcome_candidate = forms.CharField(
        label=_("Wat zei de kandidaat?"), required=False, max_length=1000, widget=text_box()
    )
    outcome_employer = forms.CharField(
        label=_("Wat zei de werkgever?"), required=False, max_length=1000, widget=text_box()
    )
    outcome_coach = forms.CharField(
        label=_("Wat zag jij?"), required=False, max_length=1000, widget=text_box(),
        help_text=_("Dit leest de werkgever niet."),
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=_("Kwam het er niet van: waardoor?"), required=False, choices=[("", "–"), *MissedReason.choices],
        help_text=_("Alleen om het de volgende keer te laten lukken. Het telt nergens mee."),
    )  # fmt: skip

    field_order = ("happened", "reason", "outcome_candidate", "outcome_employer", "outcome_coach")

    def __init__(self, *args: Any, cancel_url: str, told: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for teller in told:
            self.fields.pop(f"outcome_{teller}", None)
        form_helper(self, submit=_("Bewaar hoe het was"), cancel_url=cancel_url)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("happened") == "no" and not cleaned.get("reason"):
            self.add_error("reason", _("Kies wat het beste past. “Dat weten we nog niet” mag ook."))
        return cleaned


class TellForm(forms.Form):
    """How it was for me, and whether I would like to go on."""

    words = forms.CharField(label=_("Hoe was het?"), max_length=1000, widget=text_box(4))
    next_step = forms.ChoiceField(
        label=_("Wil je verder?"), widget=Segmented, choices=Onward.choices, required=False
    )

    def __init__(self, *args: Any, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Vertel het"), cancel_url=cancel_url)


class AddressForm(forms.Form):
    """The right address for a message that did not arrive."""

    address = forms.EmailField(label=_("Het goede e-mailadres"), max_length=254)

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=_("Verbeter en verstuur opnieuw"), cancel_url=cancel_url)
