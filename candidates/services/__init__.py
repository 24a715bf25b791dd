"""Every write in a candidate's file. Keyword-only, `by` is who acts, one transaction each."""

from candidates.services.access import invite_candidate, open_with_reason
from candidates.services.consent import give_consent, may_write, withdraw_consent
from candidates.services.contact import add_conversation, message_from_candidate, set_call_back
from candidates.services.course import change_stage, close_file, reopen_file
from candidates.services.intake import (
    add_safety_remark,
    approve_summary,
    remove_safety_remark,
    save_intake_step,
)
from candidates.services.measuring import add_measurement
from candidates.services.people import assign, register_first_conversation, save_details

__all__ = [
    "add_conversation",
    "add_measurement",
    "add_safety_remark",
    "approve_summary",
    "assign",
    "change_stage",
    "close_file",
    "give_consent",
    "invite_candidate",
    "may_write",
    "message_from_candidate",
    "open_with_reason",
    "register_first_conversation",
    "remove_safety_remark",
    "reopen_file",
    "save_details",
    "save_intake_step",
    "set_call_back",
    "withdraw_consent",
]
