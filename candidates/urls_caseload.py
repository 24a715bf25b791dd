"""Addresses around the list: handing over, and taking it along."""

from django.urls import URLPattern, URLResolver, path

from candidates.views import export, handover

PATTERNS: list[URLPattern | URLResolver] = [
    path("overdragen/", handover.reassign, name="reassign"),
    path("overdragen/terug/", handover.reassign_undo, name="reassign_undo"),
    path("overdracht/", handover.handover_choose, name="handover_choose"),
    path("overdracht/<int:pk>/", handover.handover, name="handover"),
    path("export/", export.caseload_export, name="caseload_export"),
]
