"""Money, funds, the social cash book and the manager's week."""

from buurtbaan.bureaus.enums import Role
from tests.access import STAFF, Entry

R = Role
MANAGER = frozenset({R.MANAGER})
NOT_MINE = frozenset({R.CONNECTOR})


def _of(name, **more):  # type: ignore[no-untyped-def]
    return Entry(args=lambda w: {"pk": getattr(w, name).pk}, **more)


ENTRIES = {
    "impact:week": Entry(roles=MANAGER),
    "impact:week_people": Entry(roles=MANAGER),
    "impact:money": Entry(roles=MANAGER),
    "impact:flow_new": Entry(roles=MANAGER, post=True),
    "impact:flow_restore": Entry(roles=MANAGER, get=False, post=True, ok=frozenset({302, 404})),
    "impact:flow_edit": _of("flow", roles=MANAGER, post=True),
    "impact:flow_remove": _of("flow", roles=MANAGER, get=False, post=True),
    "impact:assignments": Entry(roles=MANAGER),
    "impact:assignment": _of("assignment", roles=MANAGER),
    "impact:assignment_new": Entry(roles=MANAGER, post=True),
    "impact:assignment_edit": _of("assignment", roles=MANAGER, post=True),
    "impact:assignment_remove": _of("assignment", roles=MANAGER, get=False, post=True),
    "impact:funds": Entry(roles=MANAGER, post=True),
    "impact:fund": _of("fund", roles=MANAGER, post=True),
    "impact:fund_edit": _of("fund", roles=MANAGER, post=True),
    "impact:fund_evidence": _of("fund", roles=MANAGER),
    "impact:fund_hours": _of("fund", roles=MANAGER, post=True, ok=frozenset({200, 403})),
    "impact:deadline_done": _of("fund_deadline", roles=MANAGER, get=False, post=True),
    "impact:deadline_remove": _of("fund_deadline", roles=MANAGER, get=False, post=True),
    "impact:claim_new": Entry(roles=STAFF, post=True),
    "impact:claim_void": _of("hour_claim", roles=STAFF, get=False, post=True, not_mine=NOT_MINE),
    "impact:cashbook": Entry(roles=STAFF),
    "impact:cashbook_book": Entry(roles=STAFF, post=True, ok=frozenset({200, 403})),
    "impact:cashbook_new": Entry(roles=STAFF, post=True),
    "impact:cashbook_entry": _of("cash", roles=STAFF),
    "impact:cashbook_correct": _of("cash", roles=STAFF, post=True, ok=frozenset({200, 302, 403})),
    "impact:cashbook_undo": _of("cash", roles=STAFF, get=False, post=True, ok=frozenset({302, 403})),
    "impact:cashbook_strike": _of("cash", roles=STAFF, get=False, post=True, ok=frozenset({302, 403})),
    "impact:put_back": Entry(
        args=lambda w: {"kind": "termijn"}, roles=MANAGER, get=False, post=True, ok=frozenset({302, 404})
    ),
    "impact:unreadable": Entry(
        args=lambda w: {"kind": "kasboek", "pk": w.cash.pk},
        roles=MANAGER,
        post=True,
        ok=frozenset({200, 302}),
    ),
    "impact:savings_page": Entry(roles=MANAGER),
}
