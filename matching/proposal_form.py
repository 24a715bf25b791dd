"""The form by which a coach puts somebody forward; a must that clashes asks why it can be done all the same."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtbaan.ui.forms import form_helper
from candidates.models import Candidate
from employers.models import Position
from matching.labels import Words
from matching.rules import Explanation, render
from matching.rules.texts import CRITERION_LABELS

FORM_ID = "voorstel"
MOST = 500


class ProposalForm(forms.Form):
    """A note, and for each must that clashes a reason to overrule it."""

    candidate = forms.IntegerField(widget=forms.HiddenInput)
    position = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        explanation: Explanation,
        words: Words,
        pair: tuple[Candidate, Position],
    ) -> None:
        candidate, position = pair
        super().__init__(data, initial={"candidate": candidate.pk, "position": position.pk})
        for result in explanation.clashes:
            if result.is_must and result.overrulable:
                self.fields[f"overrule_{result.criterion}"] = forms.CharField(
                    label=_("%(label)s botst. Waarom kan het toch?")
                    % {"label": CRITERION_LABELS[result.criterion]},
                    help_text=render(result.reasons, words),
                    max_length=MOST,
                    widget=forms.Textarea({"rows": 2}),
                )
        self.fields["note"] = forms.CharField(
            label=_("Wat wil je erbij zeggen?"),
            help_text=_("De kandidaat kan dit lezen."),
            required=False,
            max_length=2000,
            widget=forms.Textarea({"rows": 3}),
        )
        form_helper(self, submit="", form_id=FORM_ID, action=reverse("matching:propose"), once=True)
