"""What somebody typed and has not sent: the own drafts, whoever they are about."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from buurtbaan.drafts.keeping import link_to, when
from buurtbaan.drafts.models import KEPT
from matching.day import frame
from matching.day.frame import Asked, Facts, Matter, Source
from matching.day.people import short_name

FOUND = f"""
SELECT d.id, d.saved_at, 'unfinished' AS kind
FROM drafts_draft d
WHERE d.bureau_id = %(bureau)s AND d.user_id = %(user)s AND d.thrown_at IS NULL
    AND NOT EXISTS (SELECT FROM drafts_submission s WHERE s.once = d.id)
    AND d.saved_at > %(now)s - interval '{KEPT.days} days'
"""  # noqa: S608 - a constant of ours
FACTS = """
'id', d.id, 'title', d.title, 'url', d.url, 'at', d.saved_at, 'first_name', c.first_name, 'last_name', c.last_name
"""
JOINS = "JOIN drafts_draft d ON d.id = first.id LEFT JOIN candidates_candidate c ON c.id = d.candidate_id"


def _told(asked: Asked, kind: str, facts: Facts) -> Matter:
    number = UUID(facts["id"])
    url = link_to(facts["url"], number)
    note = _("getypt %(when)s") % {"when": when(frame.moment(facts["at"]))}
    throw = reverse("draft_throw", args=[number])
    if facts["first_name"] is None:
        return Matter(facts["title"], _("Nog niet verstuurd"), url, _("Ga verder"), note, throw=throw)
    return Matter(short_name(facts), facts["title"], url, _("Ga verder"), note, throw=throw)


UNFINISHED = Source(FOUND, "saved_at DESC, id", FACTS, JOINS, _told, person="d.candidate_id")
