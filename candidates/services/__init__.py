"""Every write in a candidate's file. Keyword-only, `by` is who acts, one transaction each."""

from candidates.services.access import invite_candidate, open_with_reason
from candidates.services.card import choose_card
from candidates.services.consent import give_consent, may_write, withdraw_consent
from candidates.services.contact import add_conversation, set_call_back
from candidates.services.course import change_stage, close_file, reopen_file
from candidates.services.handover import hand_over, reassign, undo_reassign
from candidates.services.intake import (
    add_safety_remark,
    approve_summary,
    remove_safety_remark,
    save_intake_step,
    summary_is_outdated,
)
from candidates.services.joining import sign_up, take_on
from candidates.services.leaving import leave, stay
from candidates.services.measuring import add_measurement
from candidates.services.people import assign, register_first_conversation, save_details
from candidates.services.plan import (
    add_goal,
    add_step,
    change_goal,
    change_step,
    end_goal,
    move_goal,
    move_step,
    remove_step,
    tick_step,
    untick_step,
)
from candidates.services.voice import answer_correction, say_correction
from candidates.services.wellbeing import save_wellbeing

__all__ = [
    "add_conversation",
    "add_goal",
    "add_measurement",
    "add_safety_remark",
    "add_step",
    "answer_correction",
    "approve_summary",
    "assign",
    "change_goal",
    "change_stage",
    "change_step",
    "choose_card",
    "close_file",
    "end_goal",
    "give_consent",
    "hand_over",
    "invite_candidate",
    "leave",
    "may_write",
    "move_goal",
    "move_step",
    "open_with_reason",
    "reassign",
    "register_first_conversation",
    "remove_safety_remark",
    "remove_step",
    "reopen_file",
    "save_details",
    "save_intake_step",
    "save_wellbeing",
    "say_correction",
    "set_call_back",
    "sign_up",
    "stay",
    "summary_is_outdated",
    "take_on",
    "tick_step",
    "undo_reassign",
    "untick_step",
    "withdraw_consent",
]
