"""Templates: work as the bureau often offers it, to begin a new position from."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from employers.models import Position, PositionTemplate

KEPT = (
    "title", "description", "form", "tasks", "talents", "hours_min", "hours_max", "growth_possible", "hours_growth",
    "dayparts_asked", "dayparts_enough", "conditions_offered", "conditions_demanded", "dutch_level",
    "guidance_languages", "guidance_offered", "musts",
)  # fmt: skip
"""What a template takes along: the work itself; no employer, place, date or name."""
HOURS = frozenset({"hours_min", "hours_max", "hours_growth"})


@transaction.atomic
def keep_template(*, position: Position, name: str, by: Membership) -> PositionTemplate:
    """Keep a position's work as a template. Raises NotAllowedNow when the bureau has one of this name."""
    values = {field: _plain(getattr(position, field)) for field in KEPT}
    return _saved(
        PositionTemplate(
            bureau_id=position.bureau_id, name=name, form=position.form, values=values, made_by=by
        )
    )


@transaction.atomic
def rename_template(*, template: PositionTemplate, name: str, by: Membership) -> PositionTemplate:
    """Give it another name. Raises NotAllowedNow when another one has it."""
    row = _locked(template)
    row.name = name
    return _saved(row)


@transaction.atomic
def drop_template(*, template: PositionTemplate, by: Membership) -> None:
    """Take it off the list; positions that began with it stay."""
    row = _locked(template)
    row.dropped_at = timezone.now()
    row.save(update_fields=["dropped_at"])


@transaction.atomic
def restore_template(*, template: PositionTemplate, by: Membership) -> None:
    """Put it back. Raises NotAllowedNow when another one took its name meanwhile."""
    row = _locked(template)
    row.dropped_at = None
    _saved(row)


def values_of(template: PositionTemplate) -> dict[str, Any]:
    """What a new position begins with."""
    return {name: _back(name, value) for name, value in template.values.items() if name in KEPT}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


def _back(name: str, value: Any) -> Any:
    return Decimal(value) if name in HOURS and value is not None else value


def _saved(row: PositionTemplate) -> PositionTemplate:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise NotAllowedNow(_("Er is al een sjabloon met deze naam. Kies een andere naam.")) from error
    return row


def _locked(template: PositionTemplate) -> PositionTemplate:
    return PositionTemplate.objects.select_for_update(of=("self",)).get(pk=template.pk)
