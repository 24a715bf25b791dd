"""Addresses of templates, of what can be taken back, and of the check on paper, for `employers.urls`."""

from django.urls import URLPattern, path

from employers.views import checks, positions, templates

work_urls: list[URLPattern] = [
    path("werkplekken/<int:pk>/terug/", positions.position_undo, name="position_undo"),
    path("werkplekken/<int:pk>/sjabloon/", templates.template_keep, name="template_keep"),
    path("sjablonen/", templates.template_list, name="template_list"),
    path("sjablonen/<int:pk>/", templates.template_edit, name="template_edit"),
    path("sjablonen/<int:pk>/weg/", templates.template_drop, name="template_drop"),
    path("sjablonen/<int:pk>/terug/", templates.template_restore, name="template_restore"),
    path("toetsen/<int:pk>.pdf", checks.check_pdf, name="check_pdf"),
]
