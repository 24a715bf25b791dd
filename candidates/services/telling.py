"""Telling somebody by e-mail that something changed; an app further on knows how, and holds what may not be sent."""

from __future__ import annotations

from django.conf import settings
from django.utils.module_loading import import_string

from candidates.enums import Stage
from candidates.models import Candidate


def tell_by_mail(candidate: Candidate, kind: str) -> None:
    """kind: "corrected" or "new_coach". Nobody is written to whose file is closed."""
    if candidate.stage != Stage.CLOSED:
        import_string(settings.TELL_CANDIDATE)(candidate=candidate, kind=kind)
