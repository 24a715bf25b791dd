"""Addresses around the board: the steps from a match, taking one back, work that is filled, and the agenda."""

from django.urls import URLPattern, path

from matching.views import agenda, board, board_export, feed, moving

board_urls: list[URLPattern] = [
    path("voorstellen/", board.match_list, name="match_list"),
    path("voorstellen/<int:pk>/verder/", moving.match_moves, name="match_moves"),
    path("voorstellen/<int:pk>/terugdraaien/", moving.match_undo, name="match_undo"),
    path("voorstellen/werkplek/<int:pk>/vervuld/", moving.position_filled, name="position_filled"),
    path("voorstellen.xlsx", board_export.match_export, name="match_export"),
    path("kennismakingen/agenda/abonnement/", feed.agenda_subscription, name="agenda_subscription"),
    path("kennismakingen/agenda/abonnement/stop/", feed.agenda_stop, name="agenda_stop"),
    path("agenda/<str:token>.ics", feed.agenda_feed, name="agenda_feed"),
    path("kennismakingen/agenda/", agenda.introduction_calendar, name="introduction_calendar"),
]
