"""What the rules say, to staff and to the candidate."""

from __future__ import annotations

import string
from datetime import date
from decimal import Decimal

from django.utils.translation import override
from hypothesis import given

from matching.rules import CandidateInputs, Criterion, PositionInputs, Register, explain, render
from matching.rules.inputs import Evidence
from matching.rules.messages import MESSAGES, PLAIN_WORDS
from matching.rules.results import say
from matching.rules.texts import CRITERION_LABELS, said_by
from tests.matching import strategies as some

BEGINNINGS = string.ascii_uppercase + string.digits + "«"


def word(kind: str, code: str) -> str:
    return f"«{code}»"


@some.checked
@given(some.candidates, some.positions)
def test_every_sentence_can_be_said_to_staff_and_to_the_candidate(candidate, position):
    for result in explain(candidate, position).results:
        for texts in (result.reasons, result.candidate, result.position):
            for register in Register:
                said = render(texts, word, register)
                assert said == "" or (said[0] in BEGINNINGS and said[-1] == ".")
        assert render(result.reasons, word)


@some.checked
@given(some.candidates, some.positions)
def test_the_candidate_is_never_spoken_about_in_the_reasons(candidate, position):
    for result in explain(candidate, position).results:
        assert "kandidaat" not in render(result.reasons, word, Register.CANDIDATE)


def test_plain_words_use_the_same_parameters_as_the_staff_sentence():
    for code, message in PLAIN_WORDS.items():
        assert _parameters(message) <= _parameters(MESSAGES[code]), code


def test_no_sentence_raises_its_voice():
    for message in [*MESSAGES.values(), *PLAIN_WORDS.values()]:
        assert "!" not in str(message)


def test_a_clash_names_both_sides_in_dutch():
    candidate = CandidateInputs(hours_now=Decimal("8.5"))
    position = PositionInputs(hours_min=Decimal(16), hours_max=Decimal(24))
    result = explain(candidate, position)[Criterion.HOURS]
    with override("nl"):
        assert render(result.reasons, word) == "Kan nu 8,5 uur. Nodig is minstens 16 uur."
        assert render(result.reasons, word, Register.CANDIDATE) == (
            "Je kunt nu 8,5 uur werken. Hier is minstens 16 uur nodig."
        )


def test_a_journey_is_called_an_estimate():
    with override("nl"):
        assert "schatting" in render(say("travel.fits", minutes=12, mean="bike"), word)
        assert "schatting" in render(say("travel.fits", minutes=12, mean="bike"), word, Register.CANDIDATE)


def test_evidence_says_who_and_when():
    with override("nl"):
        noted = Evidence(who="Noor", role="coach", on=date(2025, 11, 3))
        assert said_by(noted, word) == "Noor, «coach» op 3 november 2025"
        assert said_by(Evidence(who="Noor", role="", on=None), word) == "Noor"
        assert said_by(None, word) == ""


def test_a_role_alone_begins_with_a_capital():
    with override("nl"):
        assert said_by(Evidence(who="", role="coach", on=None), lambda kind, code: "coach") == "Coach"


def test_every_criterion_has_a_name():
    assert set(CRITERION_LABELS) == set(Criterion)


def _parameters(message: object) -> set[str]:
    class Names(dict):
        def __missing__(self, key: str) -> str:
            self[key] = ""
            return ""

    names = Names()
    _ = str(message) % names
    return set(names)
