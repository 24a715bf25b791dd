"""What was taken off a list can be put back for a day, from the message after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core import serializers, signing
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buurtbaan.access import Request, allow
from buurtbaan.bureaus.enums import Role
from buurtbaan.ui.feedback import tell
from candidates.models import Fund, FundDeadline
from impact.models import FundingFlow, ImpactAssignment

A_DAY = 24 * 3600
KINDS: dict[str, type[ImpactAssignment] | type[FundDeadline]] = {
    "opdracht": ImpactAssignment,
    "termijn": FundDeadline,
}


def way_back(kind: str, row: ImpactAssignment | FundDeadline, *, flows: Sequence[int] = ()) -> str:
    """The address that puts a row back with its own number. flows: of money, that were about it."""
    said = {"row": serializers.serialize("json", [row]), "flows": list(flows)}
    kept = signing.dumps(said, salt=f"put back {kind}", compress=True)
    return f"{reverse('impact:put_back', args=[kind])}?{urlencode({'rij': kept})}"


@allow(Role.MANAGER)
@require_POST
def put_back(request: Request, kind: str) -> HttpResponse:
    """Put back what was taken off within the day, once. Its number stays, because reports name it."""
    try:
        said = signing.loads(request.GET.get("rij", ""), salt=f"put back {kind}", max_age=A_DAY)
    except signing.BadSignature:
        raise Http404 from None
    row: Any = next(iter(serializers.deserialize("json", said["row"]))).object
    if kind not in KINDS or row.bureau_id != request.membership.bureau_id:
        raise Http404
    if isinstance(row, FundDeadline) and not Fund.objects.filter(pk=row.fund_id).exists():
        raise Http404
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        tell(request, _("“%(name)s” staat er al weer.") % {"name": _name(row)})
    else:
        tell(request, _("“%(name)s” staat er weer.") % {"name": _name(row)})
    if isinstance(row, FundDeadline):
        return redirect("impact:fund", row.fund_id)
    FundingFlow.objects.filter(pk__in=said["flows"], assignment=None).update(assignment=row.pk)
    return redirect("impact:assignment", row.pk)


def _name(row: ImpactAssignment | FundDeadline) -> str:
    return row.what if isinstance(row, FundDeadline) else row.name
