"""Explanations as screens and e-mails show them: for staff as a grid, for the candidate in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise

from buurtbaan.ui import pieces
from matching.freeze import thaw
from matching.rules import Answer, Criterion, CriterionResult, Explanation, Register, render
from matching.rules.texts import CRITERION_LABELS, Labels, said_by


def grid(
    explanation: Explanation, labels: Labels, overrules: Mapping[str, str] | None = None
) -> list[pieces.Criterion]:
    """Every criterion with both sides' words, the answer and who said it, for `criteria_grid`."""
    reasons = overrules or {}
    return [_row(result, labels, reasons.get(result.criterion, "")) for result in explanation.results]


def _row(result: CriterionResult, labels: Labels, overruled: str) -> pieces.Criterion:
    return pieces.Criterion(
        label=CRITERION_LABELS[result.criterion],
        answer=result.answer,
        must=result.is_must,
        candidate_text=render(result.candidate, labels),
        position_text=render(result.position, labels),
        evidence=said_by(result.candidate_evidence, labels) if result.candidate else "",
        overruled=overruled,
        reason=render(result.reasons, labels),
    )


def position_on(explanation: Explanation) -> date | None:
    """The day on which what the position says was last saved; None where the reasons do not tell."""
    said = (result.position_evidence for result in explanation.results if result.position_evidence)
    return next((evidence.on for evidence in said), None)


def frozen_position_on(frozen: dict[str, Any]) -> date | None:
    """The same for a match."""
    return position_on(thaw(frozen)[0])


def frozen_grid(frozen: dict[str, Any], overrules: Mapping[str, str] | None = None) -> list[pieces.Criterion]:
    """The grid of a match, as it was when it was proposed."""
    explanation, labels = thaw(frozen)
    return grid(explanation, labels, overrules)


def strip(answers: Iterable[tuple[Criterion, Answer]], musts: frozenset[Criterion]) -> list[pieces.Criterion]:
    """Answers without words, for `criteria_strip` and for people whose file is a colleague's."""
    return [
        pieces.Criterion(label=CRITERION_LABELS[criterion], answer=answer, must=criterion in musts)
        for criterion, answer in answers
    ]


@dataclass(frozen=True)
class PlainReason:
    """One reason as the candidate reads it."""

    label: str | Promise
    answer: Answer
    text: str


def plain(frozen: dict[str, Any]) -> list[PlainReason]:
    """The same reasons in the candidate's plain words, what fits first; what does not apply is left out."""
    explanation, labels = thaw(frozen)
    order = (Answer.FITS, Answer.CLASHES, Answer.UNKNOWN)
    return [
        PlainReason(
            CRITERION_LABELS[result.criterion],
            result.answer,
            render(result.reasons, labels, Register.CANDIDATE),
        )
        for answer in order
        for result in explanation.results
        if result.answer is answer
    ]


@dataclass(frozen=True)
class Remark:
    """One criterion that deserves a word: what clashes, or what to ask."""

    label: str | Promise
    answer: Answer
    must: bool
    text: str


def remarks(
    explanation: Explanation,
    labels: Labels,
    answer: Answer,
    *,
    musts_only: bool = False,
    most: int | None = None,
) -> list[Remark]:
    """The criteria with this answer, in words; musts first, `most` of them at most."""
    found = [
        result
        for result in explanation.results
        if result.answer is answer and (result.is_must or not musts_only)
    ]
    return [
        Remark(
            CRITERION_LABELS[result.criterion],
            result.answer,
            result.is_must,
            render(result.reasons, labels),
        )
        for result in sorted(found, key=lambda result: not result.is_must)[:most]
    ]
