"""The shared pages."""

from buurtbaan.bureaus.enums import Role
from tests.access import Entry

R = Role
MANAGING = frozenset({R.MANAGER, R.EMPLOYER, R.MUNICIPALITY, R.PLATFORM})

ENTRIES = {
    "home": Entry(roles="public"),
    "healthz": Entry(roles="public"),
    "switch_role": Entry(roles="signed_in", get=False, post=True),
    "own_code": Entry(roles="public", post=True, ok=frozenset({200, 302, 429})),
    "access_link": Entry(
        roles="public", post=True, args=lambda w: {"token": w.link_token}, ok=frozenset({200, 302, 409})
    ),
    "invitation": Entry(roles="public", post=True, args=lambda w: {"token": w.invitation_token}),
    "people": Entry(roles=MANAGING),
    "invite": Entry(roles=MANAGING - {R.PLATFORM}, post=True),
    "invitation_withdraw": Entry(
        roles=MANAGING,
        get=False,
        post=True,
        args=lambda w: {"pk": w.invitation.pk},
        not_mine=frozenset({R.EMPLOYER, R.MUNICIPALITY}),
        other_hidden=False,
    ),
    "membership_edit": Entry(
        roles=MANAGING,
        post=True,
        args=lambda w: {"pk": w.members[R.COACH].pk},
        not_mine=frozenset({R.EMPLOYER, R.MUNICIPALITY}),
        other_hidden=False,
    ),
    "access_log": Entry(roles=frozenset({R.MANAGER, R.COACH, R.CONNECTOR, R.PLATFORM})),
    "bureau_list": Entry(roles=frozenset({R.PLATFORM})),
    "bureau_new": Entry(roles=frozenset({R.PLATFORM}), post=True),
    "bureau": Entry(
        roles=frozenset({R.PLATFORM}), post=True, args=lambda w: {"pk": w.bureau.pk}, other_hidden=False
    ),
    "accessibility": Entry(roles="public"),
    "large_text": Entry(roles="public", get=False, post=True),
}
