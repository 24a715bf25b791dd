"""The organisations around the bureau."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from candidates.models import Organisation

FIELDS = frozenset({"name", "kind", "email", "phone"})


@transaction.atomic
def save_organisation(
    *, values: Mapping[str, Any], by: Membership, organisation: Organisation | None = None
) -> Organisation:
    """A new organisation, or a better description of one. Raises NotAllowedNow when the name is taken."""
    row = organisation or Organisation(bureau=by.bureau)
    for name in FIELDS & values.keys():
        setattr(row, name, values[name])
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise NotAllowedNow(_("Deze organisatie staat er al. Zoek haar in de lijst.")) from None
    return row
