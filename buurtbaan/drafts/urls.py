"""Drafts and what waited for signing in."""

from django.urls import path

from buurtbaan.drafts import views

urlpatterns = [
    path("concepten/bewaar/", views.draft_save, name="draft_save"),
    path("concepten/teken/", views.draft_token, name="draft_token"),
    path("concepten/<uuid:pk>/weg/", views.draft_throw, name="draft_throw"),
    path("concepten/<uuid:pk>/terug/", views.draft_back, name="draft_back"),
    path("verder/", views.held_post, name="held_post"),
    path("verder/weg/", views.held_drop, name="held_drop"),
]
