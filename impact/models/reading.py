"""Who reads rows of reports and money."""

from __future__ import annotations

from typing import Self

from django.db import models

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership


class ManagerRowQuerySet(models.QuerySet):
    """Rows that only the bureau's manager reads."""

    def visible_to(self, membership: Membership) -> Self:
        """The own bureau's, for its manager."""
        return self.filter(bureau=membership.bureau_id) if membership.role == Role.MANAGER else self.none()
