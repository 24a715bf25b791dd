"""What is filled in about coaching on the job."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.ui.forms import AmountField, DateField, DateInput, HoursInput, Segmented, form_helper
from matching.coaching import HOUR, Grant, duration
from matching.enums import Grantor
from matching.forms.fields import text_box
from matching.models import CoachGoal, CoachHours, CoachPlan
from matching.models.job_coaching import LONGEST_LINE
from matching.services.job_coaching import GoalGiven

FEWEST_ROWS, MOST_ROWS = 3, 8
MOST_HOURS = Decimal(2000)
OTHER = "other"
USUAL = (30, 45, 60, 90, 120, 180, 240)
IN_ALL = _("uur in totaal")
MINUTES = _("minuten")


class PlanForm(forms.Form):
    """What was granted: by whom, for whom to give, over which days, and the hours for each goal."""

    granted_by = forms.ChoiceField(label=_("Wie kent het toe?"), choices=Grantor.choices, widget=Segmented)
    grantor = forms.CharField(label=_("Welke gemeente, of wie anders"), required=False, max_length=120)
    provider = forms.CharField(
        label=_("Wie levert de jobcoach?"), max_length=160,
        help_text=_("De organisatie, bijvoorbeeld ons bureau of een jobcoachbureau."),
    )  # fmt: skip
    coach = forms.ModelChoiceField(label=_("Wie coacht?"), queryset=Membership.objects.none(), required=False)
    protocol = forms.CharField(
        label=_("Volgens welk protocol of welke regeling"), required=False, max_length=160,
        help_text=_("Zoals het in het besluit staat."),
    )  # fmt: skip
    reference = forms.CharField(label=_("Kenmerk van het besluit"), required=False, max_length=80)
    starts_on = DateField(label=_("Van"), widget=DateInput)
    ends_on = DateField(label=_("Tot en met"), widget=DateInput)
    travel_counts = forms.BooleanField(
        label=_("Reistijd telt mee in de toegekende uren"), required=False,
        help_text=_("Kijk in het besluit. Weet je het niet? Laat dit dan leeg."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, plan: CoachPlan | None = None, bureau_id: int, cancel_url: str, **kwargs: Any
    ) -> None:
        self.goals: list[CoachGoal] = list(plan.goals.all()) if plan and plan.pk else []
        kwargs["initial"] = {**_of(plan, self.goals), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        coaches = Membership.objects.staff_of(bureau_id).filter(role=Role.COACH).select_related("user")
        self.fields["coach"].queryset = coaches.order_by("user__name", "pk")  # type: ignore[attr-defined]
        self.rows = min(MOST_ROWS, max(FEWEST_ROWS, len(self.goals) + 1))
        for number in range(self.rows):
            self.fields[f"goal_{number}"] = forms.CharField(
                label=format_lazy(_("Doel {n}"), n=number + 1), required=number == 0, max_length=160
            )
            self.fields[f"hours_{number}"] = AmountField(
                label=format_lazy(_("Uren voor doel {n}"), n=number + 1), required=number == 0, unit=IN_ALL,
                min_value=Decimal("0.25"), max_value=MOST_HOURS,
            )  # fmt: skip
        self.fields["goal_0"].help_text = _(
            "In gewone woorden, bijvoorbeeld: zelfstandig reizen. De werkgever leest dit ook."
        )
        rows = [f"{part}_{number}" for number in range(self.rows) for part in ("goal", "hours")]
        groups = [
            (_("De toekenning"), ["granted_by", "grantor", "protocol", "reference", "starts_on", "ends_on"]),
            (_("Doelen en uren"), [*rows, "travel_counts"]),
            (_("Wie coacht"), ["provider", "coach"]),
        ]
        form_helper(self, submit=_("Bewaar plan"), cancel_url=cancel_url, groups=groups, once=plan is None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("De laatste dag ligt voor de eerste. Kies een latere dag."))
        for number in range(self.rows):
            words, hours = cleaned.get(f"goal_{number}"), cleaned.get(f"hours_{number}")
            if words and hours is None and f"hours_{number}" not in self.errors:
                self.add_error(f"hours_{number}", _("Vul in hoeveel uur er voor dit doel is toegekend."))
            if hours is not None and not words and f"goal_{number}" not in self.errors:
                self.add_error(f"goal_{number}", _("Vul in welk doel dit is."))
        return cleaned

    def given(self) -> list[GoalGiven]:
        """The goals that were filled in, in their order."""
        rows = (
            (n, self.cleaned_data[f"goal_{n}"], self.cleaned_data[f"hours_{n}"]) for n in range(self.rows)
        )
        return [
            GoalGiven(words, int(hours * HOUR), self.goals[n].pk if n < len(self.goals) else None)
            for n, words, hours in rows
            if words and hours is not None
        ]

    def values(self) -> dict[str, Any]:
        """Everything but the goals."""
        return {n: v for n, v in self.cleaned_data.items() if not n.startswith(("goal_", "hours_"))}


def _of(plan: CoachPlan | None, goals: list[CoachGoal]) -> dict[str, Any]:
    """What the form starts with."""
    if plan is None:
        return {}
    names = (
        "granted_by",
        "grantor",
        "protocol",
        "reference",
        "provider",
        "starts_on",
        "ends_on",
        "travel_counts",
    )
    start: dict[str, Any] = {name: getattr(plan, name) for name in names} | {"coach": plan.coach_id}
    for number, goal in enumerate(goals):
        start |= {f"goal_{number}": goal.words, f"hours_{number}": Decimal(goal.minutes) / HOUR}
    return start


class LogForm(forms.Form):
    """A line, quick to fill in with a thumb."""

    goal = forms.ChoiceField(label=_("Waaraan werkten jullie?"), widget=forms.RadioSelect)
    long = forms.ChoiceField(label=_("Hoe lang?"), widget=Segmented)
    minutes = forms.IntegerField(
        label=_("Anders, in minuten"), required=False, min_value=0, max_value=LONGEST_LINE,
        widget=HoursInput({"inputmode": "numeric"}, unit=MINUTES),
    )  # fmt: skip
    travel_minutes = forms.IntegerField(
        label=_("Reistijd erbij, in minuten"), required=False, min_value=0, max_value=LONGEST_LINE,
        widget=HoursInput({"inputmode": "numeric"}, unit=MINUTES),
    )  # fmt: skip
    done = forms.CharField(
        label=_("Wat deden jullie?"), max_length=500, widget=text_box(2),
        help_text=_("Schrijf over het werk. De werkgever leest dit mee bij het tekenen."),
    )  # fmt: skip
    candidate_words = forms.CharField(
        label=_("In woorden van de kandidaat"), required=False, max_length=500, widget=text_box(2),
        help_text=_("Alleen voor jullie. Dit komt niet op de urenstaat."),
    )  # fmt: skip
    worked_on = DateField(label=_("Op welke dag?"), widget=DateInput)

    def __init__(
        self, *args: Any, grants: list[Grant], cancel_url: str, line: CoachHours | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"worked_on": timezone.localdate(), **_of_line(line), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        goal, long = self.fields["goal"], self.fields["long"]
        goal.choices = [(str(one.pk), _left(one)) for one in grants]  # type: ignore[attr-defined]
        long.choices = [*((str(n), duration(n)) for n in USUAL), (OTHER, _("Anders"))]  # type: ignore[attr-defined]
        if len(grants) == 1:
            goal.initial = str(grants[0].pk)
        form_helper(self, submit=_("Bewaar uren"), cancel_url=cancel_url, once=line is None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("long") not in (None, OTHER):
            cleaned["minutes"] = int(cleaned["long"])
        elif "long" in cleaned and cleaned.get("minutes") is None and not cleaned.get("travel_minutes"):
            self.add_error("minutes", _("Vul in hoeveel minuten het was."))
        cleaned["minutes"] = cleaned.get("minutes") or 0
        cleaned["travel_minutes"] = cleaned.get("travel_minutes") or 0
        return cleaned

    def values(self) -> dict[str, Any]:
        """As a line is kept; the goal as its number."""
        kept = ("minutes", "travel_minutes", "done", "candidate_words", "worked_on")
        return {name: self.cleaned_data[name] for name in kept} | {"goal": int(self.cleaned_data["goal"])}


def _left(one: Grant) -> str:
    """The goal, and what is left of it."""
    if one.left > 0:
        return _now("%(goal)s (nog %(left)s)") % {"goal": one.words, "left": duration(one.left)}
    return _now("%(goal)s (alles is gebruikt)") % {"goal": one.words}


def _of_line(line: CoachHours | None) -> dict[str, Any]:
    if line is None:
        return {}
    usual = line.minutes in USUAL
    return {
        "goal": str(line.goal_id), "long": str(line.minutes) if usual else OTHER,
        "minutes": None if usual else line.minutes, "travel_minutes": line.travel_minutes or None,
        "done": line.done, "candidate_words": line.candidate_words, "worked_on": line.worked_on,
    }  # fmt: skip


class CorrectForm(LogForm):
    """The line as it should have been, and why; or taken out."""

    reason = forms.CharField(label=_("Waarom verander je dit?"), max_length=300)
    remove = forms.BooleanField(
        label=_("Haal deze regel weg"), required=False,
        help_text=_("De regel telt niet meer mee. Je kunt hem nog wel teruglezen."),
    )  # fmt: skip


class SpanForm(forms.Form):
    """From a day to a day, for a paper or to put down."""

    van = DateField(label=_("Van"), widget=DateInput)
    tot = DateField(label=_("Tot en met"), widget=DateInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("van") and cleaned.get("tot") and cleaned["tot"] < cleaned["van"]:
            self.add_error("tot", _("De laatste dag ligt voor de eerste. Kies een latere dag."))
        return cleaned


def last_month(today: date) -> tuple[date, date]:
    """The whole month before this one: what is usually put down."""
    until = today.replace(day=1) - timedelta(days=1)
    return until.replace(day=1), until


class ReasonForm(forms.Form):
    """Why something that was signed or noted is opened or taken out."""

    reason = forms.CharField(label=_("Waarom?"), max_length=300, widget=text_box(2))

    def __init__(self, *args: Any, submit: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_helper(self, submit=submit, cancel_url=cancel_url)
