"""What a match keeps: the rules' version, both sides' inputs, every answer, and the words of that day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from candidates.models import Candidate, Intake
from employers.models import Position
from matching.facts import candidate_inputs, position_inputs
from matching.gather import intake_of, with_place
from matching.labels import FrozenLabels, Recorder, Words
from matching.rules import CandidateInputs, Explanation, PositionInputs, canonical, explain, render
from matching.rules.texts import Labels, said_by


@dataclass(frozen=True)
class Comparison:
    """One candidate with one position as they are now."""

    candidate: CandidateInputs
    position: PositionInputs
    explanation: Explanation
    words: Words
    intake: Intake | None


def compare(candidate: Candidate, position: Position) -> Comparison:
    """Explain a pair: a candidate with `area` joined and a position from `gather.with_place`."""
    words = Words.load([candidate.area, position.location.area if position.location else None])
    intake = intake_of(candidate)
    unsafe = candidate.pk in position.avoided_by  # type: ignore[attr-defined]
    theirs = candidate_inputs(candidate, intake, words, has_safety_clash=unsafe)
    ours = position_inputs(position, words)
    return Comparison(theirs, ours, explain(theirs, ours), words, intake)


def freeze(candidate: Candidate, position: Position) -> dict[str, Any]:
    """The reasons for a pair as they are now, for `Match.frozen`; later edits change nothing in it."""
    now = compare(
        Candidate.objects.select_related("area").get(pk=candidate.pk),
        with_place(Position.objects.filter(pk=position.pk)).get(),
    )
    return {
        "rules_version": now.explanation.rules_version,
        "candidate": canonical.to_plain(now.candidate),
        "position": canonical.to_plain(now.position),
        "explanation": canonical.to_plain(now.explanation),
        "labels": _labels(now.explanation, now.words),
    }


def thaw(frozen: dict[str, Any]) -> tuple[Explanation, Labels]:
    """What `freeze` kept, and the words to read it with; an old match without reasons has none."""
    if not frozen:
        return Explanation("", ()), FrozenLabels({})
    return canonical.explanation_from(frozen["explanation"]), FrozenLabels(frozen.get("labels", {}))


def _labels(explanation: Explanation, words: Words) -> dict[str, Any]:
    """Every word that reading the explanation out needs, in both languages."""
    recorder = Recorder(words)
    for result in explanation.results:
        for texts in (result.reasons, result.candidate, result.position):
            render(texts, recorder)
        said_by(result.candidate_evidence, recorder)
        said_by(result.position_evidence, recorder)
    return recorder.words
