"""Social return: promises and what is done about them. What the principal approved is not changed any more."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from employers.effort import rate_of, worth
from employers.evidence import ENDINGS, Checked
from employers.models import Employer, SocialReturn, SocialReturnLine

Values = Mapping[str, Any]


@transaction.atomic
def add_obligation(*, employer: Employer, values: Values, by: Membership) -> SocialReturn:
    """What a company promised in a contract."""
    return SocialReturn.objects.create(bureau_id=employer.bureau_id, employer=employer, **values)


@transaction.atomic
def change_obligation(*, obligation: SocialReturn, values: Values, by: Membership) -> SocialReturn:
    """Another table of values reckons the lines anew that nobody approved yet."""
    row = _locked(obligation)
    moved = values.get("place", row.place) != row.place
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    if moved:
        _recount(row)
    return row


@transaction.atomic
def settle(*, obligation: SocialReturn, by: Membership) -> None:
    """The principal is satisfied: no more warnings."""
    row = _locked(obligation)
    row.settled_on = row.settled_on or timezone.localdate()
    row.save(update_fields=["settled_on"])


@transaction.atomic
def reopen(*, obligation: SocialReturn, by: Membership) -> None:
    """It was not settled after all."""
    row = _locked(obligation)
    row.settled_on = None
    row.save(update_fields=["settled_on"])


@transaction.atomic
def recount(*, obligation: SocialReturn, by: Membership) -> int:
    """Look the values up again for what is not approved. Returns how many lines still have none."""
    return _recount(_locked(obligation))


def _recount(row: SocialReturn) -> int:
    missing = 0
    for line in row.lines.filter(approved_on=None).exclude(block=""):
        _reckon(line, row)
        line.save(update_fields=["amount", "value", "unit", "source"])
        missing += line.amount is None
    return missing


@transaction.atomic
def add_line(
    *,
    obligation: SocialReturn,
    values: Values,
    file: UploadedFile | None,
    checked: Checked | None,
    by: Membership,
) -> SocialReturnLine:
    """Something that was done; `checked` is what `evidence.check` said of the file."""
    row = _locked(obligation)
    line = SocialReturnLine(bureau_id=row.bureau_id, obligation=row, **values)
    _reckon(line, row)
    _attach(line, file, checked)
    line.save()
    return line


@transaction.atomic
def change_line(
    *,
    line: SocialReturnLine,
    values: Values,
    file: UploadedFile | None,
    checked: Checked | None,
    by: Membership,
) -> SocialReturnLine:
    """Correct what was noted. Raises NotAllowedNow when the principal approved it."""
    row = _locked(line.obligation)
    found = _open_line(line)
    for name, value in values.items():
        setattr(found, name, value)
    _reckon(found, row)
    _attach(found, file, checked)
    found.save()
    return found


@transaction.atomic
def remove_line(*, line: SocialReturnLine, by: Membership) -> None:
    """Take a line off the list, and its proof off the disk. Raises NotAllowedNow when it was approved."""
    found = _open_line(line)
    _drop(found)
    found.delete()


@transaction.atomic
def approve_line(*, line: SocialReturnLine, on: date, who: str, by: Membership) -> None:
    """The principal agrees. Raises NotAllowedNow while the value is not known."""
    found = _open_line(line)
    if found.amount is None:
        raise NotAllowedNow(
            _("De waarde is nog onbekend. Voeg eerst het tarief toe en haal de waarden opnieuw op.")
        )
    found.approved_on, found.approved_by = on, who
    found.save(update_fields=["approved_on", "approved_by"])


@transaction.atomic
def take_back_approval(*, line: SocialReturnLine, by: Membership) -> None:
    """It was not approved after all; the line can be changed again."""
    found = SocialReturnLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    found.approved_on, found.approved_by = None, ""
    found.save(update_fields=["approved_on", "approved_by"])


def _locked(obligation: SocialReturn) -> SocialReturn:
    rows = SocialReturn.objects.select_for_update(of=("self",)).select_related("bureau__municipality")
    return rows.get(pk=obligation.pk)


def _open_line(line: SocialReturnLine) -> SocialReturnLine:
    found = SocialReturnLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if found.approved_on is not None:
        raise NotAllowedNow(_("Dit is al goedgekeurd. Neem eerst de goedkeuring terug."))
    return found


def _reckon(line: SocialReturnLine, obligation: SocialReturn) -> None:
    """A block's worth by the table of the day; an amount agreed on for once stays as it was typed."""
    if not line.block:
        line.value, line.unit, line.source = None, "", ""
        return
    rate = rate_of(line.block, bureau=obligation.bureau, place=obligation.place, on=line.on)
    if rate is None:
        line.amount, line.value, line.unit, line.source = None, None, "", ""
        return
    line.value, line.unit, line.source = rate.value, rate.unit, rate.source
    line.amount = worth(rate.value, rate.unit, fte=line.fte, months=line.months, hours=line.hours)


def _attach(line: SocialReturnLine, file: UploadedFile | None, checked: Checked | None) -> None:
    if file is None or checked is None:
        return
    _drop(line)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    line.evidence.save(f"{uuid.uuid4()}{ENDINGS[checked.kind]}", file, save=False)
    line.evidence_name, line.evidence_kind = checked.name, checked.kind
    line.evidence_sha256 = digest.hexdigest()


def _drop(line: SocialReturnLine) -> None:
    """The old file goes once the change is certain."""
    if line.evidence and line.evidence.name:
        transaction.on_commit(partial(line.evidence.storage.delete, line.evidence.name))
