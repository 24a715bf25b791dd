"""Addresses of bringing a workbook, under the namespace of matching."""

from django.urls import path

from matching.workbook import views

urlpatterns = [
    path("", views.import_list, name="import_list"),
    path("nieuw/", views.import_new, name="import_new"),
    path("voorbeeld.xlsx", views.import_template, name="import_template"),
    path("<int:pk>/", views.import_preview, name="import_preview"),
    path("<int:pk>/voortgang/", views.import_progress, name="import_progress"),
    path("<int:pk>/neem-over/", views.import_start, name="import_start"),
    path("<int:pk>/gooi-weg/", views.import_remove, name="import_remove"),
]
