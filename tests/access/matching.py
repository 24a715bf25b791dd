"""Matches, meetings and placements."""

from buurtbaan.bureaus.enums import Role
from tests.access import STAFF, Entry

R = Role
ACTORS = frozenset({R.COACH, R.MANAGER})
CANDIDATE = frozenset({R.CANDIDATE})
EMPLOYER = frozenset({R.EMPLOYER})


def of_match(world):
    return {"pk": world.match.pk}


def of_introduction(world):
    return {"pk": world.introduction.pk}


def of_placement(world):
    return {"pk": world.placement.pk}


def of_check_in(world):
    return {"pk": world.check_in.pk}


def of_mark(world):
    return {"pk": world.day_mark.pk}


def of_plan(world):
    return {"pk": world.coach_plan.pk}


def of_coach_hours(world):
    return {"pk": world.coach_hours.pk}


def of_period(world):
    return {"pk": world.coach_period.pk}


def of_wage_value(world):
    return {"pk": world.wage_value.pk}


def act(name_of_args, roles=ACTORS, *, get=True, **more):
    return Entry(roles=roles, args=name_of_args, get=get, post=True, **more)


ENTRIES = {
    "matching:today": Entry(roles=STAFF),
    "matching:day_act": Entry(roles=STAFF, get=False, post=True),
    "matching:day_aside": Entry(roles=STAFF),
    "matching:day_later": Entry(
        roles=STAFF, args=of_mark, post=True, not_mine=frozenset({R.CONNECTOR, R.MANAGER})
    ),
    "matching:day_undo": Entry(
        roles=STAFF, args=of_mark, get=False, post=True, not_mine=frozenset({R.CONNECTOR, R.MANAGER})
    ),
    "matching:digest_settings": Entry(roles=STAFF, post=True, data={"days": "weekdays"}),
    "matching:agenda_subscription": Entry(roles=STAFF, post=True),
    "matching:agenda_stop": Entry(roles=STAFF, get=False, post=True),
    "matching:agenda_feed": Entry(roles="by_link", args=lambda w: {"token": w.agenda_token}),
    "matching:match_export": Entry(roles=STAFF, post=True, ok=frozenset({200, 403})),
    "matching:digest_stop": Entry(roles="by_link", post=True, args=lambda w: {"token": w.digest_token}),
    "matching:match_list": Entry(roles=STAFF),
    "matching:match_moves": Entry(roles=ACTORS, args=of_match),
    "matching:match_undo": act(of_match, get=False),
    "matching:position_filled": act(lambda w: {"pk": w.position.pk}),
    "matching:introduction_calendar": Entry(roles=STAFF),
    "matching:propose": Entry(roles=ACTORS, get=False, post=True, ok=frozenset({404})),
    "matching:match": Entry(roles=STAFF, args=of_match),
    "matching:match_answer": act(of_match),
    "matching:match_introduce": act(of_match),
    "matching:match_employer_answer": act(of_match),
    "matching:meeting_plan": act(of_match),
    "matching:meeting_calendar": Entry(roles=STAFF, args=of_match, not_mine=STAFF),
    "matching:meeting_record": act(of_match),
    "matching:match_place": act(of_match),
    "matching:match_stop": act(of_match),
    "matching:introductions": Entry(roles=STAFF),
    "matching:placement_list": Entry(roles=STAFF),
    "matching:placement": Entry(roles=STAFF, args=of_placement),
    "matching:hours_new": act(of_placement),
    "matching:placement_end": act(of_placement),
    "matching:placement_contract": act(of_placement),
    "matching:placement_check_ins": Entry(roles=STAFF, args=of_placement),
    "matching:hours_correct": act(lambda w: {"pk": w.hours_step.pk}),
    "matching:change_undo": act(lambda w: {"pk": w.placement_change.pk}, get=False),
    "matching:placement_edit": act(of_placement),
    "matching:placement_history": Entry(roles=STAFF, args=of_placement),
    "matching:placement_go_on": act(of_placement),
    "matching:placement_move": act(of_placement),
    "matching:placement_path_pdf": Entry(roles=STAFF, args=of_placement),
    "matching:my_path_pdf": Entry(roles=CANDIDATE),
    "matching:next_plan": act(of_placement),
    "matching:ending_list": Entry(roles=STAFF),
    "matching:ending_sheet": Entry(roles=STAFF, ok=frozenset({200, 403})),
    "matching:check_in": act(of_check_in),
    "matching:check_in_move": act(of_check_in),
    "matching:check_in_move_back": act(of_check_in, get=False),
    "matching:check_in_skip": act(of_check_in),
    "matching:check_in_unskip": act(of_check_in, get=False),
    "matching:check_in_read": act(of_check_in, get=False),
    "matching:check_in_undo": act(of_check_in, get=False),
    "matching:check_in_send": act(of_check_in, get=False),
    "matching:check_in_answer": act(of_check_in, CANDIDATE),
    "matching:times_propose": act(of_match),
    "matching:times_settle": act(lambda w: {"pk": w.option.pk}, get=False),
    "matching:meeting_cancel": act(of_match, get=False),
    "matching:meeting_note": Entry(roles=STAFF, args=of_match, not_mine=STAFF),
    "matching:outcome_undo": act(of_match, get=False),
    "matching:message": Entry(roles=STAFF, args=of_match, post=True, not_mine=STAFF),
    "matching:delivery_report": Entry(roles="public", get=False, post=True, ok=frozenset({404})),
    "matching:my_times": act(of_match, CANDIDATE),
    "matching:my_meeting": act(of_match, CANDIDATE),
    "matching:my_meeting_note": Entry(roles=CANDIDATE, args=of_match, not_mine=CANDIDATE),
    "matching:my_meeting_calendar": Entry(roles=CANDIDATE, args=of_match, not_mine=CANDIDATE),
    "matching:introduction_times": act(of_introduction, EMPLOYER),
    "matching:introduction_propose": act(of_introduction, EMPLOYER),
    "matching:introduction_tell": act(of_introduction, EMPLOYER),
    "matching:message_again": act(lambda w: {"pk": w.match.pk}, get=False, not_mine=ACTORS),
    "matching:my_proposals": Entry(roles=CANDIDATE),
    "matching:my_proposal": act(of_match, CANDIDATE),
    "matching:my_proposal_not_right": act(of_match, CANDIDATE, get=False, data={"words": "De uren"}),
    "matching:my_proposal_stop": act(of_match, CANDIDATE, get=False),
    "matching:my_work": Entry(roles=CANDIDATE),
    "matching:my_introductions": Entry(roles=EMPLOYER),
    "matching:my_introduction": act(of_introduction, EMPLOYER),
    "matching:my_placements": Entry(roles=EMPLOYER),
    "matching:hours_confirm": act(of_placement, EMPLOYER, get=False),
    "matching:my_start": Entry(roles=EMPLOYER),
    "matching:my_check_in": act(of_placement, EMPLOYER),
    "matching:hours_answer": act(lambda w: {"pk": w.hours_step.pk}, EMPLOYER),
    "matching:question_settle": act(lambda w: {"pk": w.asked_how_it_goes.pk}, get=False),
    "matching:coaching": Entry(roles=ACTORS, args=of_placement),
    "matching:coach_plan_new": act(of_placement),
    "matching:coach_plan_edit": act(of_plan),
    "matching:coach_hours_new": act(of_plan),
    "matching:coach_plan_pdf": Entry(roles=ACTORS, args=of_plan),
    "matching:coach_plan_xlsx": Entry(roles=ACTORS, args=of_plan),
    "matching:coach_period_new": act(of_plan, get=False),
    "matching:coach_hours_correct": act(of_coach_hours),
    "matching:coach_hours_undo": act(of_coach_hours, get=False),
    "matching:coach_period": Entry(roles=ACTORS, args=of_period),
    "matching:coach_period_undo": act(of_period, get=False),
    "matching:coach_period_sign": act(of_period),
    "matching:coach_period_reopen": act(of_period),
    "matching:coach_period_pdf": Entry(roles=ACTORS, args=of_period),
    "matching:coach_period_xlsx": Entry(roles=ACTORS, args=of_period),
    "matching:my_coaching": Entry(roles=ACTORS),
    "matching:my_coaching_pdf": Entry(roles=ACTORS),
    "matching:my_coaching_xlsx": Entry(roles=ACTORS),
    "matching:my_coach_period": act(of_period, CANDIDATE),
    "matching:employer_coach_period": act(of_period, EMPLOYER),
    "matching:wage_value": Entry(roles=ACTORS, args=of_placement),
    "matching:wage_value_new": act(of_placement),
    "matching:wage_value_void": act(of_wage_value),
    "matching:wage_value_undo": act(of_wage_value, get=False),
    "matching:employer_link": Entry(
        roles="by_link", post=True, args=lambda w: {"token": w.employer_token}, data={"answer": "yes"}
    ),
}
