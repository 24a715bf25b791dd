"""Addresses of the list of the day, and of the same list by e-mail."""

from django.urls import URLPattern, path

from matching.views import day_acts, digest, today

day_urls: list[URLPattern] = [
    path("vandaag/", today.today, name="today"),
    path("vandaag/doe/", day_acts.day_act, name="day_act"),
    path("vandaag/opzij/", day_acts.day_aside, name="day_aside"),
    path("vandaag/opzij/<int:pk>/", day_acts.day_later, name="day_later"),
    path("vandaag/opzij/<int:pk>/terug/", day_acts.day_undo, name="day_undo"),
    path("vandaag/per-mail/", digest.digest_settings, name="digest_settings"),
    path("vandaag/per-mail/stop/<str:token>/", digest.digest_stop, name="digest_stop"),
]
