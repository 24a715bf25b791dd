"""Rows with everything joined that the rules need, so that a list costs a few queries, not one per person."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils import timezone

from buurtbaan.bureaus.models import Membership
from candidates.models import Candidate, Intake
from employers.models import Position
from matching.facts import FIELDS
from matching.models import Placement

SAID = (
    "candidate_id",
    "bureau_id",
    "started_on",
    "completed_on",
    "provenance",
    *(name for names in FIELDS.values() for name in names),
)
"""What the rules may know of an intake, and who noted it when."""


TOLD = (
    "title", "status", "form", "updated_at", "bureau_id", "employer__name", "employer__environment",
    "location__postcode", "location__latitude", "location__longitude", "location__area__code",
    "location__area__name", "location__area__latitude", "location__area__longitude", "hours_min", "hours_max",
    "growth_possible", "dayparts_asked", "dayparts_enough", "conditions_offered", "conditions_demanded", "tasks",
    "talents", "dutch_level", "guidance_languages", "guidance_offered", "guidance_capacity", "musts",
)  # fmt: skip
"""What the rules and a list may know of a position, its employer and its place."""


def intakes_of(candidates: Iterable[int], membership: Membership) -> dict[int, Intake]:
    """Candidate → what they said, of those whose file the role may open; without the long texts."""
    found = Intake.objects.visible_to(membership).filter(candidate__in=list(candidates)).only(*SAID)
    return {intake.candidate_id: intake for intake in found}


def intake_of(candidate: Candidate) -> Intake | None:
    """What one candidate said, if anybody asked."""
    return Intake.objects.filter(candidate=candidate).only(*SAID).first()


def with_guides(positions: QuerySet[Position]) -> QuerySet[Position]:
    """Positions with employer and place; `guided_now` is how many people work there or will begin."""
    still = Q(ended_on=None) | Q(ended_on__gte=timezone.localdate())
    here = Placement.objects.filter(still, position=OuterRef("pk")).order_by().values("position")
    guided = Subquery(here.annotate(people=Count("pk")).values("people"), output_field=IntegerField())
    return positions.select_related("employer", "location__area").annotate(guided_now=Coalesce(guided, 0))


AVOIDED_BY = (
    "ARRAY(SELECT candidate_id FROM safety_pairs() s WHERE s.employer_id = employers_position.employer_id)"
)


def with_place(positions: QuerySet[Position]) -> QuerySet[Position]:
    """The same for one position with `avoided_by`: candidates who do not want to meet somebody there.

    Who that is and why stays hidden.
    """
    avoided = RawSQL(AVOIDED_BY, [], ArrayField(BigIntegerField()))  # noqa: S611 - a constant text
    return with_guides(positions).annotate(avoided_by=avoided)
