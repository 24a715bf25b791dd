"""Addresses of the read API, under /api/: each operation, its description, and a page in plain words."""

from django.urls import URLPattern, path

from buurtbaan.access import by_key
from impact.api import pages, together
from impact.api.v1 import api


def _operations() -> list[URLPattern]:
    """The operations' own addresses, each marked as opened by a key."""
    found = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
    return [path(f"v1/{one.pattern}", by_key(one.callback), name=one.name) for one in found]


__all__ = ["together"]
app_name = "api"
urlpatterns = [
    path("", pages.api_page, name="api_page"),
    path("v1/openapi.json", pages.openapi, name="openapi"),
    *_operations(),
]
