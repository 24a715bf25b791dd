"""Rows with everything joined that the rules need, so that a list costs a few queries, not one per person."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from buurtbaan.bureaus.models import Membership
from candidates.models import Candidate, Intake
from employers.models import Position
from matching.models import Placement

LONG_TEXTS = ("dreams", "wishes", "energy", "talents_evidence", "notes", "summary")


def intakes_of(candidates: Iterable[int], membership: Membership) -> dict[int, Intake]:
    """Candidate → what they said, of those whose file the role may open; without the long texts."""
    found = Intake.objects.visible_to(membership).filter(candidate__in=list(candidates)).defer(*LONG_TEXTS)
    return {intake.candidate_id: intake for intake in found}


def intake_of(candidate: Candidate) -> Intake | None:
    """What one candidate said, if anybody asked."""
    return Intake.objects.filter(candidate=candidate).defer(*LONG_TEXTS).first()


def with_place(positions: QuerySet[Position]) -> QuerySet[Position]:
    """Positions with employer and place; `guided_now` is how many people work there or will begin."""
    still = Q(ended_on=None) | Q(ended_on__gte=timezone.localdate())
    here = Placement.objects.filter(still, position=OuterRef("pk")).order_by().values("position")
    guided = Subquery(here.annotate(people=Count("pk")).values("people"), output_field=IntegerField())
    return positions.select_related("employer", "location__area").annotate(guided_now=Coalesce(guided, 0))


def employers_to_avoid(candidate: Candidate) -> list[int]:
    """Employers with somebody there whom the candidate does not want to meet; who and why stays hidden."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT employer_id FROM safety_pairs() WHERE candidate_id = %s", [candidate.pk])
        return [row[0] for row in cursor.fetchall()]
