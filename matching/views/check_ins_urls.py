"""Addresses of the conversations after the start, for staff."""

from django.urls import URLPattern, path

from matching.views import check_ins

check_in_urls: list[URLPattern] = [
    path("plaatsingen/<int:pk>/nazorg/", check_ins.placement_check_ins, name="placement_check_ins"),
    path("plaatsingen/nazorg/<int:pk>/", check_ins.check_in, name="check_in"),
    path("plaatsingen/nazorg/<int:pk>/verzet/", check_ins.check_in_move, name="check_in_move"),
    path(
        "plaatsingen/nazorg/<int:pk>/verzet/terug/", check_ins.check_in_move_back, name="check_in_move_back"
    ),
    path("plaatsingen/nazorg/<int:pk>/sla-over/", check_ins.check_in_skip, name="check_in_skip"),
    path("plaatsingen/nazorg/<int:pk>/sla-over/terug/", check_ins.check_in_unskip, name="check_in_unskip"),
    path("plaatsingen/nazorg/<int:pk>/gelezen/", check_ins.check_in_read, name="check_in_read"),
    path("plaatsingen/nazorg/<int:pk>/terugdraaien/", check_ins.check_in_undo, name="check_in_undo"),
    path("plaatsingen/nazorg/<int:pk>/stuur/", check_ins.check_in_send, name="check_in_send"),
]
