"""Addresses of the map, logos and exports, under the namespace of employers."""

from django.urls import URLPattern, path

from employers.views import export, logos, on_map

place_urls: list[URLPattern] = [
    path("kaart/", on_map.employer_map, name="employer_map"),
    path("export/", export.employer_export, name="employer_export"),
    path("werkplekken/export/", export.position_export, name="position_export"),
    path("<int:pk>/logo.png", logos.logo, name="logo"),
    path("<int:pk>/logo/", logos.logo_edit, name="logo_edit"),
    path("<int:pk>/logo/weg/", logos.logo_remove, name="logo_remove"),
]
