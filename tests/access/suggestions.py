"""Suggestions: who fits which work."""

from tests.access import STAFF, Entry

ENTRIES = {
    "matching:position_suggestions": Entry(roles=STAFF, args=lambda w: {"pk": w.position.pk}),
    "matching:candidate_suggestions": Entry(roles=STAFF, args=lambda w: {"pk": w.candidate.pk}),
    "matching:side_by_side": Entry(
        roles=STAFF, args=lambda w: {"candidate": w.candidate.pk, "position": w.position.pk}
    ),
    "matching:rules_explained": Entry(roles="signed_in"),
    "matching:match_since": Entry(roles=STAFF, args=lambda w: {"pk": w.match.pk}),
}
