"""Subscriptions that end, for who holds the relation and for the manager."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.day.frame import Asked, Facts, Matter, Source, day

# One line per subscription: giving the next warning settles the one before it.
FOUND = """
SELECT s.id, s.ends_on, 'subscription_ends' AS kind
FROM employers_subscriptionwarning w JOIN employers_subscription s ON s.id = w.subscription_id
JOIN employers_employer e ON e.id = s.employer_id
WHERE w.bureau_id = %(bureau)s AND w.settled_at IS NULL AND s.ends_on >= %(today)s AND s.stopped_on IS NULL
    AND (e.owner_id = %(me)s OR %(role)s = 'manager')
UNION ALL
SELECT s.id, coalesce(s.stopped_on, s.ends_on), 'subscription_over'
FROM employers_subscription s JOIN employers_employer e ON e.id = s.employer_id
WHERE s.bureau_id = %(bureau)s AND (e.owner_id = %(me)s OR %(role)s = 'manager')
    AND coalesce(s.stopped_on, s.ends_on) < %(today)s AND s.funding_after = ''
    AND NOT EXISTS (SELECT FROM employers_subscription n WHERE n.follows_id = s.id)
    AND EXISTS (
        SELECT FROM employers_subscriptionposition f JOIN matching_placement p ON p.position_id = f.position_id
        WHERE f.subscription_id = s.id AND p.starts_on <= %(today)s
            AND (p.ended_on IS NULL OR p.ended_on >= %(today)s)
            AND NOT EXISTS (
                SELECT FROM employers_subscriptionposition g
                JOIN employers_subscription o ON o.id = g.subscription_id
                WHERE g.position_id = f.position_id AND o.starts_on <= %(today)s
                    AND coalesce(o.stopped_on, o.ends_on) >= %(today)s))
"""
FACTS = """
'id', s.id, 'client', e.name, 'service', s.service, 'ends', first.ends_on
"""
JOINS = """
JOIN employers_subscription s ON s.id = first.id JOIN employers_employer e ON e.id = s.employer_id
"""


def _told(asked: Asked, kind: str, facts: Facts) -> Matter:
    page = reverse("employers:subscription", args=[facts["id"]])
    if kind == "subscription_over":
        text = _("%(service)s: voorbij sinds %(day)s. Wie betaalt nu?") % {
            "service": facts["service"], "day": day(facts["ends"]),
        }  # fmt: skip
        return Matter(facts["client"], text, page, _("Regel het"), "", page)
    left = (date.fromisoformat(facts["ends"]) - asked.today).days
    text = _("%(service)s, tot en met %(day)s") % {"service": facts["service"], "day": day(facts["ends"])}
    note = ngettext("nog %(days)s dag", "nog %(days)s dagen", left) % {"days": left}
    return Matter(facts["client"], text, page, _("Verleng of stop"), note, page)


SUBSCRIPTIONS = Source(FOUND, "ends_on, id", FACTS, JOINS, _told)
