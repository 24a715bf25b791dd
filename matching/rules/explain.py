"""All criteria of one candidate with one position, the order in which they are shown, and near misses."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from matching.rules.criteria import RULES
from matching.rules.inputs import ALWAYS_MUST, CandidateInputs, Criterion, Evidence, PositionInputs
from matching.rules.results import Answer, CriterionResult, Explanation, Weight

RULES_VERSION = "1"
"""Raise it with every change that can alter an answer; a match keeps the version it was made with."""


def explain(candidate: CandidateInputs, position: PositionInputs) -> Explanation:
    """Every criterion, in fixed order."""
    theirs, ours = dict(candidate.evidence), dict(position.evidence)
    return Explanation(
        RULES_VERSION,
        tuple(_result(criterion, candidate, position, theirs, ours) for criterion in RULES),
    )


def _result(
    criterion: Criterion,
    candidate: CandidateInputs,
    position: PositionInputs,
    theirs: dict[Criterion, Evidence],
    ours: dict[Criterion, Evidence],
) -> CriterionResult:
    found = RULES[criterion](candidate, position)
    return CriterionResult(
        criterion=criterion,
        answer=found.answer,
        weight=weight(criterion, position),
        reasons=found.reasons,
        candidate=found.candidate,
        position=found.position,
        candidate_evidence=theirs.get(criterion),
        position_evidence=ours.get(criterion),
    )


def weight(criterion: Criterion, position: PositionInputs) -> Weight:
    """What the position calls a must, and safety always."""
    return Weight.MUST if criterion in position.musts or criterion in ALWAYS_MUST else Weight.SHOULD


SortKey: TypeAlias = tuple[int, int, int, date]


def sort_key(explanation: Explanation, last_proposed_on: date | None) -> SortKey:
    """Fewest must-clashes, fewest must-unknowns, most evidenced shoulds, longest without a proposal."""
    return (
        explanation.must_clashes,
        explanation.must_unknowns,
        -explanation.evidenced_pluses,
        last_proposed_on or date.min,
    )


def near_miss(explanation: Explanation) -> CriterionResult | None:
    """The one must that clashes, when it is exactly one: what would have to change, and nothing else."""
    musts = [result for result in explanation.clashes if result.is_must]
    return musts[0] if len(musts) == 1 else None


def is_open(explanation: Explanation) -> bool:
    """No must stands in the way; unknowns are questions, not obstacles."""
    return not any(result.is_must and result.answer is Answer.CLASHES for result in explanation.results)
