"""What has changed since a match was made, beside the reasons that it keeps; the record itself is only read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from buurtbaan.ui.pieces import Text
from matching.freeze import Comparison, thaw
from matching.rules import Answer, CriterionResult, render
from matching.rules.texts import CRITERION_LABELS, Labels


@dataclass(frozen=True)
class Told:
    """A criterion at one moment: the answer, why, and what both sides said."""

    answer: Answer
    reason: str
    candidate: str
    position: str


@dataclass(frozen=True)
class Difference:
    """One criterion that reads otherwise now."""

    label: Text
    then: Told
    now: Told

    @property
    def answer_changed(self) -> bool:
        return self.then.answer is not self.now.answer

    @property
    def candidate_changed(self) -> bool:
        return self.then.candidate != self.now.candidate

    @property
    def position_changed(self) -> bool:
        return self.then.position != self.now.position


def differences(frozen: dict[str, Any], now: Comparison) -> list[Difference]:
    """The criteria whose answer or words changed, those with another answer first."""
    then, labels = thaw(frozen)
    current = {result.criterion: result for result in now.explanation.results}
    found = [
        Difference(
            CRITERION_LABELS[old.criterion], _told(old, labels), _told(current[old.criterion], now.words)
        )
        for old in then.results
        if _said(old) != _said(current[old.criterion])
    ]
    return sorted(found, key=lambda one: not one.answer_changed)


def _said(result: CriterionResult) -> tuple[Any, ...]:
    return result.answer, result.reasons, result.candidate, result.position


def _told(result: CriterionResult, labels: Labels) -> Told:
    texts = (render(part, labels) for part in (result.reasons, result.candidate, result.position))
    return Told(result.answer, *texts)
