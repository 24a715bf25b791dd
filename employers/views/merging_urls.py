"""Addresses of taking two employers together, for `employers.urls`."""

from django.urls import URLPattern, path

from employers.views import merging

merging_urls: list[URLPattern] = [
    path("<int:pk>/dubbel/", merging.merge_choose, name="merge_choose"),
    path("<int:pk>/dubbel/<int:other>/", merging.merge, name="merge"),
]
