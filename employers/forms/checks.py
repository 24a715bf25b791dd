"""The displacement check as a form, made from the questions of its version."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from buurtbaan.ui.forms import Segmented, form_helper
from employers import displacement
from employers.displacement import Question, Reply
from employers.enums import CheckDecision, ExceptionGround
from employers.models import DisplacementCheck

QUESTIONS = displacement.QUESTIONS[displacement.VERSION]


class CheckForm(forms.Form):
    """Each question with its answers, and room to explain."""

    def __init__(
        self, *args: Any, cancel_url: str, replies: dict[str, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for number, question in enumerate(QUESTIONS, start=1):
            given = (replies or {}).get(question.key, {})
            self.fields[question.key] = forms.ChoiceField(
                label=f"{number}. {question.text}",
                help_text=str(question.help),
                choices=question.replies,
                widget=Segmented,
                initial=given.get("reply"),
                error_messages={
                    "required": _("Kies een antwoord bij “%(question)s”") % {"question": question.text}
                },
            )
            self.fields[f"{question.key}_why"] = forms.CharField(
                label=_("Toelichting"),
                required=False,
                max_length=500,
                widget=forms.Textarea({"rows": 2}),
                help_text=self._when(question),
                initial=given.get("why"),
            )
        groups = [("", [one.key, f"{one.key}_why"]) for one in QUESTIONS]
        helper = form_helper(
            self, submit=_("Vraag om een besluit"), cancel_url=cancel_url, groups=groups, once=True
        )
        helper.form_class += " ask-why"

    @staticmethod
    def _when(question: Question) -> Any:
        answer = Reply(question.risk).label.lower()
        return _("Nodig bij “%(answer)s” en bij “weet ik niet”.") % {"answer": answer}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for question in QUESTIONS:
            reply, why = data.get(question.key, ""), data.get(f"{question.key}_why", "").strip()
            if displacement.needs_why(question, reply) and not why:
                self.add_error(f"{question.key}_why", _("Leg dit antwoord in een paar woorden uit."))
        return data

    def replies(self) -> dict[str, dict[str, str]]:
        """What the service keeps."""
        return {
            question.key: {
                "reply": self.cleaned_data[question.key],
                "why": self.cleaned_data[f"{question.key}_why"].strip(),
            }
            for question in QUESTIONS
        }


class DecisionForm(forms.Form):
    """What a second person decides, and why; a yes although an answer gives pause asks for grounds of its own."""

    decision = forms.ChoiceField(label=_("Je besluit"), choices=CheckDecision.choices, widget=Segmented)
    grounds = forms.MultipleChoiceField(
        label=_("Waarom mag het toch?"),
        required=False,
        choices=ExceptionGround.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Het rapport telt deze redenen. Je woorden hieronder staan er niet in."),
    )
    reason = forms.CharField(
        label=_("Waarom?"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("De werkgever leest dit ook. Schrijf niets over personen."),
    )

    def __init__(self, *args: Any, check: DisplacementCheck, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.check = check
        if displacement.doubts(check.version, check.answers):
            barred = CheckDecision.NO_DISPLACEMENT
        else:
            barred = CheckDecision.EXCEPTION
            del self.fields["grounds"]
        kept = [choice for choice in CheckDecision.choices if choice[0] != barred]
        self.fields["decision"].choices = kept  # type: ignore[attr-defined]
        form_helper(self, submit=_("Leg besluit vast"), cancel_url=cancel_url)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") != CheckDecision.EXCEPTION:
            data["grounds"] = []
        elif not data.get("grounds"):
            self.add_error("grounds", _("Kies minstens één reden waarom het toch mag."))
        return data
