"""Everything that changes employers, their people and places, positions and displacement checks."""

from employers.services.checks import correct_check, decide_check, fill_check
from employers.services.companies import (
    account_of,
    add_contact,
    add_employer,
    add_location,
    change_contact,
    change_employer,
    change_location,
    invite_contact,
    locked_employer,
    note_contact,
    pause_employer,
    remove_contact,
    remove_location,
    resume_employer,
)
from employers.services.positions import add_position, change_position, copy_position, move_position

__all__ = [
    "account_of",
    "add_contact",
    "add_employer",
    "add_location",
    "add_position",
    "change_contact",
    "change_employer",
    "change_location",
    "change_position",
    "copy_position",
    "correct_check",
    "decide_check",
    "fill_check",
    "invite_contact",
    "locked_employer",
    "move_position",
    "note_contact",
    "pause_employer",
    "remove_contact",
    "remove_location",
    "resume_employer",
]
