"""What works without network, and sends what was written without."""

from tests.access import STAFF, Entry

ENTRIES = {
    "offline:worker": Entry(roles="public"),
    "offline:shell": Entry(roles="public", args=lambda _world: {"language": "nl"}, other_hidden=False),
    "offline:queue": Entry(roles=STAFF),
    "offline:key": Entry(roles=STAFF),
    "offline:send": Entry(roles=STAFF, get=False, post=True),
}
