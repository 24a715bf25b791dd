"""An employer's logo: kept, replaced, taken away."""

from __future__ import annotations

from django.db import transaction

from buurtbaan.bureaus.models import Membership
from employers.logos import Drawn
from employers.models import Employer, EmployerLogo
from employers.services.companies import locked_employer


@transaction.atomic
def keep_logo(*, employer: Employer, drawn: Drawn, by: Membership) -> EmployerLogo:
    """The employer's logo from now on; there is one at a time."""
    row = locked_employer(employer)
    logo, _new = EmployerLogo.objects.update_or_create(
        employer=row,
        defaults={
            "bureau_id": row.bureau_id,
            "picture": drawn.picture,
            "width": drawn.width,
            "height": drawn.height,
            "digest": drawn.digest,
        },
    )
    return logo


@transaction.atomic
def remove_logo(*, employer: Employer, by: Membership) -> None:
    """No logo any more."""
    EmployerLogo.objects.filter(employer=locked_employer(employer)).delete()
