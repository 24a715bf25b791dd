"""The word lists, for platform administrators."""

from __future__ import annotations

from django.contrib import admin

from buurtbaan.bureaus.admin_site import KeptAdmin
from buurtbaan.vocabulary.models import Term


@admin.register(Term)
class TermAdmin(KeptAdmin):
    """A word that is no longer used is switched off; people's files keep naming it."""

    list_display = ["label_nl", "label_en", "kind", "group", "code", "active"]
    list_filter = ["kind", "active", "group"]
    search_fields = ["label_nl", "label_en", "code"]

    def get_readonly_fields(self, request: object, obj: Term | None = None) -> list[str]:
        """Rules and imports know a word by its list and code."""
        return ["kind", "code"] if obj else []
