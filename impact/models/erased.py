"""What erased people still count for."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from buurtbaan.bureaus.models import Bureau
from impact.models.reading import ManagerRowQuerySet


class ErasedFigure(models.Model):
    """What people who were erased still count for: one figure, in the months from `since` to `until`.

    Each figure stands by itself and is summed over people, so that no row and no set of rows describes a person.
    since, until: first days of months. event: it happened once, in that month; otherwise it held all that time.
    people: how many it is. amount: the sum behind an average, or days.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    bureau = models.ForeignKey(Bureau, models.CASCADE, related_name="+")
    cell = models.CharField(max_length=80)
    event = models.BooleanField(default=True)
    since = models.DateField()
    until = models.DateField()
    people = models.PositiveIntegerField(default=0)
    amount = models.DecimalField(max_digits=12, decimal_places=2, default=0)

    objects = ManagerRowQuerySet.as_manager()

    class Meta:
        ordering = ["cell", "since", "until"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "cell", "since", "until"], name="erased_figure_once"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="erased_figure_period"),
        ]

    def __str__(self) -> str:
        return f"{self.cell} {self.since}: {self.people}"
