"""Social return whose period is nearly over while too little of it was approved."""

from __future__ import annotations

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from buurtbaan.ui.formats import euro
from employers.effort import WARN_DAYS
from matching.day.frame import Asked, Facts, Matter, Source, day

# Whoever keeps the relation with the employer is whose matter it is; `c` stands for that colleague.
FOUND = f"""
SELECT o.id, o.ends_on, s.approved, s.promised, 'social_return' AS kind
FROM employers_socialreturn o JOIN employers_employer e ON e.id = o.employer_id
CROSS JOIN LATERAL (SELECT e.owner_id AS coach_id, e.owner_id AS connector_id) c
CROSS JOIN LATERAL (
    SELECT coalesce(o.amount, o.contract_amount * o.share / 100) AS promised, coalesce((
        SELECT sum(l.amount) FROM employers_socialreturnline l
        WHERE l.obligation_id = o.id AND l.approved_on IS NOT NULL), 0) AS approved
) s
WHERE o.bureau_id = %(bureau)s AND {{mine}} AND %(role)s IN ('coach', 'manager') AND o.settled_on IS NULL
    AND o.ends_on <= %(today)s + {WARN_DAYS} AND s.approved < s.promised
"""  # noqa: S608 - a constant of ours
FACTS = """
'id', o.id, 'contract', o.contract, 'employer', e.name, 'ends', o.ends_on,
'to_go', (first.promised - first.approved)::text
"""
JOINS = "JOIN employers_socialreturn o ON o.id = first.id JOIN employers_employer e ON e.id = o.employer_id"


def _told(asked: Asked, kind: str, facts: Facts) -> Matter:
    text = _("%(contract)s, tot en met %(day)s") % {"contract": facts["contract"], "day": day(facts["ends"])}
    note = _("nog %(amount)s te gaan") % {"amount": euro(Decimal(facts["to_go"]))}
    url = reverse("employers:social_return", args=[facts["id"]])
    return Matter(facts["employer"], text, url, _("Bekijk"), note, url)


SOCIAL_RETURN = Source(FOUND, "ends_on, id", FACTS, JOINS, _told)
