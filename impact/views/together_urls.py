"""Addresses of the sum of all bureaus of a municipality, under /rapporten/."""

from django.urls import path, register_converter

from impact.views import together

register_converter(together.PeriodConverter, "period")

urlpatterns = [
    path("samen/", together.together_list, name="together_list"),
    path("samen/<period:period>/", together.together_page, name="together_page"),
    path("samen/<period:period>/cijfers.<kind:kind>", together.together_download, name="together_download"),
    path("samen/<period:period>/pdf/", together.together_progress, name="together_progress"),
    path("samen/<period:period>/nareken/<str:figure>/", together.together_recount, name="together_recount"),
]
