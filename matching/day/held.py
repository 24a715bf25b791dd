"""Messages about the person alone that may not be sent: somebody calls instead."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from candidates.phones import show_phone
from matching.day.frame import Asked, Facts, Matter, Source
from matching.day.people import short_name

# Of each person the newest, until somebody spoke with them; what hangs on a proposal stands with the proposals.
FOUND = """
SELECT DISTINCT ON (s.candidate_id) s.id, s.created_at, 'tell_yourself' AS kind
FROM matching_message s JOIN candidates_candidate c ON c.id = s.candidate_id
WHERE s.bureau_id = %(bureau)s AND {mine} AND s.state = 'held' AND s.match_id IS NULL AND c.stage <> 'closed'
    AND s.created_at >= %(now)s - interval '14 days' AND NOT EXISTS (SELECT FROM candidates_conversation said
    WHERE said.candidate_id = s.candidate_id AND said.created_at > s.created_at AND said.by_id IS NOT NULL)
ORDER BY s.candidate_id, s.created_at DESC, s.id
"""
FACTS = """
'candidate', c.id, 'subject', s.subject, 'phone', c.phone, 'first_name', c.first_name, 'last_name', c.last_name
"""
JOINS = """
JOIN matching_message s ON s.id = first.id JOIN candidates_candidate c ON c.id = s.candidate_id
"""


def _told(asked: Asked, kind: str, facts: Facts) -> Matter:
    page = reverse("candidates:file", args=[facts["candidate"]])
    url = reverse("candidates:conversation_add", args=[facts["candidate"]])
    return Matter(
        short_name(facts),
        facts["subject"],
        url,
        _("Schrijf het gesprek op"),
        show_phone(facts["phone"]),
        page,
    )


HELD = Source(FOUND, "created_at, id", FACTS, JOINS, _told, person="c.id")
