"""Every act on matches, introductions and placements; each in one transaction, with the rows locked."""

from matching.services.accounts import (
    ask_about_meetings,
    miss_meeting,
    record_meeting,
    take_back_outcome,
    tell_meeting,
)
from matching.services.asking import answer_hours, answer_week, settle
from matching.services.changes import take_back
from matching.services.check_ins import (
    answer_check_in,
    do_check_in,
    move_back_check_in,
    move_check_in,
    read_check_in,
    send_questions,
    skip_check_in,
    take_back_check_in,
    unskip_check_in,
)
from matching.services.delivery import correct_address, deliver, send_again
from matching.services.edits import change_placement, plan_next
from matching.services.endings import decline, end_where_filled, expire, withdraw
from matching.services.hours import (
    add_hours_step,
    confirm_hours,
    correct_step,
    remove_step,
    take_back_step,
)
from matching.services.meetings import Plan, cancel_meeting, employer_answers, plan_meeting
from matching.services.placements import end_placement, go_on, place, plan_check_ins
from matching.services.places import keep_waiting
from matching.services.proposals import AlreadyProposed, candidate_answers, introduce, propose, say_not_right
from matching.services.sharing import ShareField
from matching.services.times import Time, answer_times, propose_times, settle_time
from matching.services.undo import undo

__all__ = [
    "AlreadyProposed",
    "Plan",
    "ShareField",
    "Time",
    "add_hours_step",
    "answer_check_in",
    "answer_hours",
    "answer_times",
    "answer_week",
    "ask_about_meetings",
    "cancel_meeting",
    "candidate_answers",
    "change_placement",
    "confirm_hours",
    "correct_address",
    "correct_step",
    "decline",
    "deliver",
    "do_check_in",
    "employer_answers",
    "end_placement",
    "end_where_filled",
    "expire",
    "go_on",
    "introduce",
    "keep_waiting",
    "miss_meeting",
    "move_back_check_in",
    "move_check_in",
    "place",
    "plan_check_ins",
    "plan_meeting",
    "plan_next",
    "propose",
    "propose_times",
    "read_check_in",
    "record_meeting",
    "remove_step",
    "say_not_right",
    "send_again",
    "send_questions",
    "settle",
    "settle_time",
    "skip_check_in",
    "take_back",
    "take_back_check_in",
    "take_back_outcome",
    "take_back_step",
    "tell_meeting",
    "undo",
    "unskip_check_in",
    "withdraw",
]
