"""Commissions, the positions they give work to, and what own projects earn and cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from employers.enums import EmployerKind
from employers.models import Commission, CommissionPosition, Employer, Position, ProjectLine
from employers.services.companies import locked_employer

Values = Mapping[str, Any]


@transaction.atomic
def add_commission(*, values: Values, by: Membership) -> Commission:
    """Somebody ordered work of the actor's bureau."""
    made = Commission(bureau=by.bureau, **values)
    _refuse_foreign(made)
    made.save()
    return made


@transaction.atomic
def change_commission(*, commission: Commission, values: Values, by: Membership) -> Commission:
    """Correct what was ordered."""
    row = locked_commission(commission)
    for name, value in values.items():
        setattr(row, name, value)
    _refuse_foreign(row)
    row.save()
    return row


@transaction.atomic
def remove_commission(*, commission: Commission, by: Membership) -> None:
    """Take a commission off the list, for example one that was noted twice."""
    locked_commission(commission).delete()


def locked_commission(commission: Commission) -> Commission:
    """The commission as it stands now, held until the transaction ends."""
    return Commission.objects.select_for_update(of=("self",)).get(pk=commission.pk)


def _refuse_foreign(row: Commission) -> None:
    """Client and project are of the own bureau, and the project is one of its own."""
    for employer in (row.employer, row.project):
        if employer is not None and employer.bureau_id != row.bureau_id:
            raise NotAllowedNow(_("Deze werkgever hoort bij een ander bureau. Kies een andere."))
    if row.project is not None and row.project.kind != EmployerKind.OWN_PROJECT:
        raise NotAllowedNow(
            _("%(name)s is geen eigen project. Kies er een dat dat wel is.") % {"name": row.project.name}
        )


@transaction.atomic
def give_work(*, commission: Commission, position: Position, by: Membership) -> bool:
    """This commission gives work to a position of the bureau; True when that is new."""
    row = locked_commission(commission)
    if position.bureau_id != row.bureau_id:
        raise NotAllowedNow(_("Deze werkplek hoort bij een ander bureau. Kies een andere."))
    _tie, new = CommissionPosition.objects.get_or_create(
        commission=row, position=position, defaults={"bureau_id": row.bureau_id}
    )
    return new


@transaction.atomic
def take_work(*, tie: CommissionPosition, by: Membership) -> None:
    """This commission gives no work to that position after all."""
    tie.delete()


@transaction.atomic
def add_line(*, project: Employer, values: Values, by: Membership) -> ProjectLine:
    """An amount that an own project earned or spent."""
    row = locked_employer(project)
    if row.kind != EmployerKind.OWN_PROJECT:
        raise NotAllowedNow(_("Alleen een eigen project van het bureau heeft inkomsten en kosten."))
    return ProjectLine.objects.create(bureau_id=row.bureau_id, employer=row, **values)


@transaction.atomic
def change_line(*, line: ProjectLine, values: Values, by: Membership) -> ProjectLine:
    """Correct an amount."""
    row = locked_line(line)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


@transaction.atomic
def remove_line(*, line: ProjectLine, by: Membership) -> None:
    """Take an amount away that was noted by mistake."""
    locked_line(line).delete()


def locked_line(line: ProjectLine) -> ProjectLine:
    """The amount as it stands now, held until the transaction ends."""
    return ProjectLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
