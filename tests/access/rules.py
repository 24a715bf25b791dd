"""Rules and figures are for everybody; the platform and a bureau's manager write them."""

from buurtbaan.bureaus.enums import Role
from tests.access import EVERYBODY, STAFF, Entry

R = Role
READERS = STAFF | {R.MUNICIPALITY, R.PLATFORM}
WRITERS = frozenset({R.MANAGER, R.PLATFORM})
ADMIN = frozenset({R.PLATFORM})

ENTRIES = {
    "rules:card_list": Entry(roles=EVERYBODY),
    "rules:card_new": Entry(roles=ADMIN, post=True),
    "rules:card": Entry(roles=EVERYBODY, args=lambda w: {"code": w.rule.card.code}, other_hidden=False),
    "rules:card_edit": Entry(
        roles=WRITERS, post=True, args=lambda w: {"code": w.rule.card.code}, other_hidden=False
    ),
    "rules:rate_list": Entry(roles=READERS),
    "rules:rate_new": Entry(roles=WRITERS, post=True),
    "rules:rate_edit": Entry(roles=WRITERS, post=True, args=lambda w: {"pk": w.rate.pk}, other_hidden=False),
    "rules:wage_subsidy": Entry(roles=EVERYBODY),
    "rules:income_exemption": Entry(roles=EVERYBODY),
}
