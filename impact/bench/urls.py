"""The product's addresses, and one page with nothing on it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.views.decorators.http import require_GET

from buurtbaan.access import Request, signed_in


@signed_in
@require_GET
def floor(request: Request) -> HttpResponse:
    """The membership is read, the layout is drawn, and that is all."""
    return render(request, "layout/base.html")


urlpatterns = [path("bench/vloer/", floor, name="floor"), path("", include("buurtbaan.urls"))]
