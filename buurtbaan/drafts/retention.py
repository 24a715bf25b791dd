"""What is not sent in time goes by itself."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from buurtbaan.bureaus.models import Bureau
from buurtbaan.drafts.models import HELD, KEPT, THROWN, Draft, HeldPost
from buurtbaan.scope import Scope, scoped


def forget() -> int:
    """Remove drafts after thirty days, thrown ones after one, held posts after an hour; gives how many."""
    now = timezone.now()
    with scoped(Scope.for_bureaus(Bureau.objects.values_list("pk", flat=True), reason="forget drafts")):
        late = Q(saved_at__lt=now - KEPT) | Q(thrown_at__lt=now - THROWN)
        gone, _kinds = Draft.objects.filter(late).delete()
        held, _kinds = HeldPost.objects.filter(created_at__lt=now - HELD).delete()
    return gone + held
