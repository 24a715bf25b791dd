"""What a coach does with what an employer said, or did not say."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buurtbaan.access import Request, allow
from buurtbaan.ui.feedback import tell
from matching import services
from matching.models import EmployerQuestion
from matching.views.matches import ACTORS


@allow(*ACTORS)
@require_POST
def question_settle(request: Request, pk: int) -> HttpResponse:
    """Called, or put right: off the day list."""
    rows = EmployerQuestion.objects.visible_to(request.membership).exclude(placement=None)
    found = get_object_or_404(rows, pk=pk)
    services.settle(question=found, by=request.membership)
    tell(request, _("Genoteerd: je hebt dit opgepakt."))
    return redirect("matching:placement", found.placement_id)
