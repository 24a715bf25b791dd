"""Intakes that fit, with changes."""

from __future__ import annotations

from buurtbaan.vocabulary import dayparts
from tests.matching.factories import IntakeFactory

MORNINGS = dayparts.every_week(dayparts.MORNING)
AFTERNOONS = dayparts.every_week(dayparts.AFTERNOON)


def give(candidate, **changes):
    """An intake that fits `work`, with changes."""
    return IntakeFactory(
        candidate=candidate,
        bureau=candidate.bureau,
        **{
            "hours_now": 8,
            "hours_wished": 24,
            "dayparts": MORNINGS,
            "means": ["bike"],
            "travel_minutes": 30,
            "conditions_needed": [],
            "forms_accepted": ["work_experience"],
            **changes,
        },
    )
