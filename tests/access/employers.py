"""Employers, positions and displacement checks."""

from collections.abc import Callable
from typing import Any

from buurtbaan.bureaus.enums import Role
from tests.access import STAFF, Entry
from tests.world import World

R = Role
WRITERS = frozenset({R.COACH, R.MANAGER})
COMPANY = WRITERS | {R.EMPLOYER}
OWN = frozenset({R.EMPLOYER})


def of(name: str) -> Callable[[World], dict[str, Any]]:
    """The key of one of the world's rows."""
    return lambda w: {"pk": getattr(w, name).pk}


EARNING = {
    "employers:employer_earnings": Entry(roles=WRITERS, args=of("employer")),
    "employers:subscription_list": Entry(roles=WRITERS),
    "employers:subscription_choose": Entry(roles=WRITERS),
    "employers:subscription_new": Entry(roles=WRITERS, post=True, args=of("employer")),
    "employers:subscription": Entry(roles=WRITERS, args=of("subscription")),
    "employers:subscription_edit": Entry(roles=WRITERS, post=True, args=of("subscription")),
    "employers:subscription_extend": Entry(roles=WRITERS, post=True, args=of("subscription")),
    "employers:subscription_stop": Entry(roles=WRITERS, post=True, args=of("subscription")),
    "employers:subscription_resume": Entry(roles=WRITERS, get=False, post=True, args=of("subscription")),
    "employers:subscription_other": Entry(roles=WRITERS, post=True, args=of("subscription")),
    "employers:delivered_new": Entry(roles=WRITERS, post=True, args=of("subscription")),
    "employers:delivered_edit": Entry(roles=WRITERS, post=True, args=of("month")),
    "employers:commission_list": Entry(roles=WRITERS),
    "employers:commission_new": Entry(roles=WRITERS, post=True),
    "employers:commission": Entry(roles=WRITERS, args=of("commission")),
    "employers:commission_edit": Entry(roles=WRITERS, post=True, args=of("commission")),
    "employers:commission_remove": Entry(roles=WRITERS, post=True, args=of("commission")),
    "employers:commission_give": Entry(
        roles=WRITERS, get=False, post=True, args=of("commission"), ok=frozenset({404})
    ),
    "employers:commission_take": Entry(roles=WRITERS, get=False, post=True, args=of("ordered")),
    "employers:project_list": Entry(roles=WRITERS),
    "employers:project": Entry(roles=WRITERS, args=of("project")),
    "employers:project_line_new": Entry(roles=WRITERS, post=True, args=of("project")),
    "employers:project_line_edit": Entry(roles=WRITERS, post=True, args=of("project_line")),
    "employers:project_line_remove": Entry(roles=WRITERS, get=False, post=True, args=of("project_line")),
}
ENTRIES = EARNING | {
    "employers:employer_list": Entry(roles=STAFF),
    "employers:employer_new": Entry(roles=WRITERS, post=True),
    "employers:employer": Entry(roles=STAFF, args=lambda w: {"pk": w.employer.pk}),
    "employers:employer_edit": Entry(roles=WRITERS, post=True, args=lambda w: {"pk": w.employer.pk}),
    "employers:employer_pause": Entry(roles=COMPANY, post=True, args=lambda w: {"pk": w.employer.pk}),
    "employers:merge_choose": Entry(
        roles=WRITERS, args=lambda w: {"pk": w.employer.pk}, not_mine=frozenset({R.COACH})
    ),
    "employers:merge": Entry(
        roles=WRITERS,
        post=True,
        args=lambda w: {"pk": w.employer.pk, "other": w.project.pk},
        not_mine=frozenset({R.COACH}),
    ),
    "employers:employer_resume": Entry(
        roles=COMPANY, get=False, post=True, args=lambda w: {"pk": w.employer.pk}
    ),
    "employers:location_new": Entry(roles=COMPANY, post=True, args=lambda w: {"pk": w.employer.pk}),
    "employers:contact_new": Entry(roles=WRITERS, post=True, args=lambda w: {"pk": w.employer.pk}),
    "employers:location_edit": Entry(roles=COMPANY, post=True, args=lambda w: {"pk": w.location.pk}),
    "employers:location_remove": Entry(roles=COMPANY, post=True, args=lambda w: {"pk": w.location.pk}),
    "employers:contact_edit": Entry(roles=WRITERS, post=True, args=lambda w: {"pk": w.contact.pk}),
    "employers:contact_remove": Entry(roles=WRITERS, post=True, args=lambda w: {"pk": w.contact.pk}),
    "employers:contact_invite": Entry(
        roles=WRITERS, get=False, post=True, args=lambda w: {"pk": w.contact.pk}
    ),
    "employers:position_list": Entry(roles=STAFF),
    "employers:position_new": Entry(roles=WRITERS, post=True),
    "employers:position": Entry(roles=STAFF, args=lambda w: {"pk": w.position.pk}),
    "employers:position_edit": Entry(roles=WRITERS, post=True, args=lambda w: {"pk": w.position.pk}),
    "employers:position_copy": Entry(
        roles=WRITERS, get=False, post=True, args=lambda w: {"pk": w.position.pk}
    ),
    "employers:position_move": Entry(roles=WRITERS, post=True, args=lambda w: {"pk": w.position.pk}),
    "employers:check_fill": Entry(roles=WRITERS, post=True, args=lambda w: {"pk": w.position.pk}),
    "employers:check": Entry(roles=STAFF | OWN, args=lambda w: {"pk": w.check.pk}),
    "employers:check_decide": Entry(
        roles=frozenset({R.MANAGER}), post=True, args=lambda w: {"pk": w.check.pk}
    ),
    "employers:team_list": Entry(roles=STAFF, args=lambda w: {"pk": w.employer.pk}),
    "employers:team_new": Entry(roles=WRITERS, post=True, args=lambda w: {"pk": w.employer.pk}),
    "employers:team": Entry(roles=STAFF, args=lambda w: {"pk": w.team_picture.pk}),
    "employers:team_edit": Entry(roles=WRITERS, post=True, args=lambda w: {"pk": w.team_picture.pk}),
    "employers:team_remove": Entry(roles=WRITERS, post=True, args=lambda w: {"pk": w.team_picture.pk}),
    "employers:team_task_new": Entry(
        roles=WRITERS, get=False, post=True, args=lambda w: {"pk": w.team_picture.pk}
    ),
    "employers:team_carve": Entry(
        roles=WRITERS, get=False, post=True, args=lambda w: {"pk": w.team_picture.pk}
    ),
    "employers:team_task": Entry(roles=WRITERS, post=True, args=lambda w: {"pk": w.team_task.pk}),
    "employers:team_task_drop": Entry(
        roles=WRITERS, get=False, post=True, args=lambda w: {"pk": w.team_picture.pk}
    ),
    "employers:team_task_restore": Entry(
        roles=WRITERS, get=False, post=True, args=lambda w: {"pk": w.team_task.pk}
    ),
    "employers:team_uncarve": Entry(
        roles=WRITERS, get=False, post=True, args=lambda w: {"pk": w.position.pk}
    ),
    "employers:position_undo": Entry(
        roles=WRITERS, get=False, post=True, args=lambda w: {"pk": w.position.pk}
    ),
    "employers:template_keep": Entry(roles=WRITERS, post=True, args=lambda w: {"pk": w.position.pk}),
    "employers:template_list": Entry(roles=WRITERS),
    "employers:template_edit": Entry(roles=WRITERS, post=True, args=lambda w: {"pk": w.template.pk}),
    "employers:template_drop": Entry(
        roles=WRITERS, get=False, post=True, args=lambda w: {"pk": w.template.pk}
    ),
    "employers:template_restore": Entry(
        roles=WRITERS, get=False, post=True, args=lambda w: {"pk": w.template.pk}
    ),
    "employers:check_pdf": Entry(roles=STAFF | OWN, args=lambda w: {"pk": w.check.pk}),
    "employers:employer_map": Entry(roles=STAFF),
    "employers:employer_export": Entry(roles=STAFF, post=True, ok=frozenset({200, 403})),
    "employers:position_export": Entry(roles=STAFF, post=True, ok=frozenset({200, 403})),
    "employers:logo": Entry(roles=STAFF | OWN, args=lambda w: {"pk": w.employer.pk}),
    "employers:logo_edit": Entry(roles=COMPANY, post=True, args=lambda w: {"pk": w.employer.pk}),
    "employers:logo_remove": Entry(roles=COMPANY, get=False, post=True, args=lambda w: {"pk": w.employer.pk}),
    "employers:my_company": Entry(roles=OWN),
    "employers:my_company_edit": Entry(roles=OWN, post=True),
    "employers:my_positions": Entry(roles=OWN),
    "employers:my_position": Entry(roles=OWN, args=lambda w: {"pk": w.position.pk}),
}
