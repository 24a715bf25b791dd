"""What people in the demo say themselves: where a talent showed, what is not right, and a name under a summary."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from buurtbaan.bureaus.models import Bureau
from buurtbaan.scope import Scope, scoped
from buurtbaan.vocabulary.models import TermKind
from candidates import services
from candidates.models import Candidate, Correction
from candidates.summary import write_summary
from impact.demo.story import terms_by_kind

PROOFS = (
    "Ik kookte elke vrijdag voor dertig mensen in het buurthuis",
    "Ik regelde de verhuizing van mijn zus, in één dag",
)
SAID = (
    (
        "hours",
        "Op woensdagmiddag kan ik niet, dan haal ik mijn dochter op.",
        "Woensdagmiddag staat er niet meer in.",
    ),
    ("talks", "In het gesprek van april staat dat ik niet wil reizen. Een half uur met de bus is goed.", ""),
)
"""Part, what was said, and the answer; without an answer it waits on the coach's day list."""


def speak(bureau: Bureau) -> None:
    """The first candidate, who has an own page; in no figure of a report."""
    with scoped(Scope.for_bureau(bureau, reason="demo")):
        person = Candidate.objects.select_related("intake", "coach").filter(bureau=bureau).order_by("pk")[0]
        if person.coach is None:
            return
        _approve(person)
        for days, (part, text, answer) in zip((20, 2), SAID, strict=True):
            said = Correction.objects.create(
                bureau=bureau,
                candidate=person,
                part=part,
                text=text,
                said_at=timezone.now() - timedelta(days=days),
            )
            if answer:
                services.answer_correction(correction=said, outcome="changed", answer=answer, by=person.coach)


def _approve(person: Candidate) -> None:
    assert person.coach is not None  # noqa: S101 - asked for above
    intake = person.intake
    shown = terms_by_kind()[TermKind.TALENT][: len(PROOFS)]
    values = {
        "talents_shown": shown,
        "talents_proof": {str(pk): text for pk, text in zip(shown, PROOFS, strict=True)},
        "language_levels": dict.fromkeys(intake.languages or (), 4),
    }
    on = intake.started_on
    kept = services.save_intake_step(candidate=person, by=person.coach, values=values, on=on)
    text = write_summary(person, kept)
    services.approve_summary(candidate=person, text=text, name=person.first_name, by=person.coach, on=on)
