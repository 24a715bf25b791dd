"""Why a candidate and a position go together, or not: rules written by people, versioned, shown and kept.

No percentage, no learned weight. `inputs` is all that the rules may know, `criteria` holds the eleven rules,
`explain` puts them in order, `changes` asks what would open more, `texts` says it, `about` tells it to people,
`canonical` freezes it.
"""

from matching.rules.changes import Change, openings, single_change, single_changes
from matching.rules.explain import RULES_VERSION, explain, is_open, near_miss, sort_key, weight
from matching.rules.inputs import DEFAULT_MUSTS, CandidateInputs, Criterion, Evidence, PositionInputs
from matching.rules.results import Answer, CriterionResult, Explanation, Text, Weight
from matching.rules.texts import ORDER_SENTENCE, Register, render

__all__ = [
    "DEFAULT_MUSTS",
    "ORDER_SENTENCE",
    "RULES_VERSION",
    "Answer",
    "CandidateInputs",
    "Change",
    "Criterion",
    "CriterionResult",
    "Evidence",
    "Explanation",
    "PositionInputs",
    "Register",
    "Text",
    "Weight",
    "explain",
    "is_open",
    "near_miss",
    "openings",
    "render",
    "single_change",
    "single_changes",
    "sort_key",
    "weight",
]
