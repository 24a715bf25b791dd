"""The page of examples and the app's manifest."""

from buurtbaan.bureaus.enums import Role
from tests.access import Entry

ENTRIES = {
    "manifest": Entry(roles="public"),
    "ui_examples": Entry(roles=frozenset({Role.PLATFORM})),
    "ui_icons": Entry(roles=frozenset({Role.PLATFORM})),
}
