"""What a rule answers: one of four answers, its weight, both sides' words as codes, and who said so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from matching.rules.inputs import Criterion, Evidence

Value: TypeAlias = int | str | tuple[str, ...]


class Answer(StrEnum):
    """Unknown is an answer of its own: it counts neither for nor against, and never as a plus."""

    FITS = "fits"
    UNKNOWN = "unknown"
    CLASHES = "clashes"
    NOT_APPLICABLE = "not_applicable"


class Weight(StrEnum):
    MUST = "must"
    SHOULD = "should"


class Text(NamedTuple):
    """A sentence kept as its code and parameters, so that it reads in either language, later as well."""

    code: str
    params: tuple[tuple[str, Value], ...] = ()


def say(code: str, **params: Value) -> Text:
    """A sentence with its parameters in a fixed order."""
    return Text(code, tuple(sorted(params.items())) if params else ())


Texts: TypeAlias = tuple[Text, ...]


class Finding(NamedTuple):
    """What one rule found out: the answer, why, and what each side said."""

    answer: Answer
    reasons: Texts
    candidate: Texts
    position: Texts


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """A finding with its weight and its evidence."""

    criterion: Criterion
    answer: Answer
    weight: Weight
    reasons: Texts
    candidate: Texts
    position: Texts
    candidate_evidence: Evidence | None
    position_evidence: Evidence | None

    @property
    def is_must(self) -> bool:
        return self.weight is Weight.MUST

    @property
    def overrulable(self) -> bool:
        """A coach may overrule a clash with a reason, but never what keeps the candidate safe."""
        return self.answer is Answer.CLASHES and self.criterion is not Criterion.SAFETY

    @property
    def is_evidenced_plus(self) -> bool:
        """A should that fits, and somebody stands behind it."""
        return (
            self.answer is Answer.FITS
            and self.weight is Weight.SHOULD
            and self.candidate_evidence is not None
        )


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every criterion of one candidate with one position, in fixed order."""

    rules_version: str
    results: tuple[CriterionResult, ...]

    def __getitem__(self, criterion: Criterion) -> CriterionResult:
        return next(result for result in self.results if result.criterion == criterion)

    def count(self, answer: Answer, weight: Weight | None = None) -> int:
        """How many criteria have this answer, of one weight or of both."""
        return sum(
            result.answer is answer and (weight is None or result.weight is weight) for result in self.results
        )

    @property
    def must_clashes(self) -> int:
        return self.count(Answer.CLASHES, Weight.MUST)

    @property
    def must_unknowns(self) -> int:
        return self.count(Answer.UNKNOWN, Weight.MUST)

    @property
    def evidenced_pluses(self) -> int:
        return sum(result.is_evidenced_plus for result in self.results)

    @property
    def clashes(self) -> tuple[CriterionResult, ...]:
        return tuple(result for result in self.results if result.answer is Answer.CLASHES)
