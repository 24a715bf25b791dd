"""What a match keeps: the rules' version, both sides' inputs, every answer, and the words of that day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from candidates.models import Candidate
from employers.models import Position
from matching.facts import candidate_inputs, position_inputs
from matching.gather import employers_to_avoid, intake_of, with_place
from matching.labels import FrozenLabels, Recorder, Words
from matching.rules import Explanation, canonical, explain, render
from matching.rules.texts import Labels, said_by


@dataclass(frozen=True)
class Comparison:
    """One candidate with one position as they are now."""

    explanation: Explanation
    words: Words
    frozen: dict[str, Any]


def compare(candidate: Candidate, position: Position) -> Comparison:
    """Explain a pair from what the database holds now, in a handful of queries."""
    candidate = Candidate.objects.select_related("area").get(pk=candidate.pk)
    position = with_place(Position.objects.filter(pk=position.pk)).get()
    words = Words.load([candidate.area, position.location.area if position.location else None])
    unsafe = position.employer_id in employers_to_avoid(candidate)
    theirs = candidate_inputs(candidate, intake_of(candidate), words, has_safety_clash=unsafe)
    ours = position_inputs(position, words)
    explanation = explain(theirs, ours)
    frozen = {
        "rules_version": explanation.rules_version,
        "candidate": canonical.to_plain(theirs),
        "position": canonical.to_plain(ours),
        "explanation": canonical.to_plain(explanation),
        "labels": _labels(explanation, words),
    }
    return Comparison(explanation, words, frozen)


def freeze(candidate: Candidate, position: Position) -> dict[str, Any]:
    """The reasons for a pair as they are now, for `Match.frozen`; later edits change nothing in it."""
    return compare(candidate, position).frozen


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
