"""Addresses around the board: the steps from a match, taking one back, work that is filled, and the agenda."""

from django.urls import URLPattern, path

from matching.views import agenda, board, moving

board_urls: list[URLPattern] = [
    path("voorstellen/", board.match_list, name="match_list"),
    path("voorstellen/<int:pk>/verder/", moving.match_moves, name="match_moves"),
    path("voorstellen/<int:pk>/terugdraaien/", moving.match_undo, name="match_undo"),
    path("voorstellen/werkplek/<int:pk>/vervuld/", moving.position_filled, name="position_filled"),
    path("kennismakingen/agenda/", agenda.introduction_calendar, name="introduction_calendar"),
]
