"""Addresses of the teams' cards, for `employers.urls`."""

from django.urls import URLPattern, path

from employers.views import carving

carving_urls: list[URLPattern] = [
    path("<int:pk>/takenkaarten/", carving.team_list, name="team_list"),
    path("<int:pk>/takenkaarten/nieuw/", carving.team_new, name="team_new"),
    path("takenkaarten/<int:pk>/", carving.team, name="team"),
    path("takenkaarten/<int:pk>/bewerk/", carving.team_edit, name="team_edit"),
    path("takenkaarten/<int:pk>/weg/", carving.team_remove, name="team_remove"),
    path("takenkaarten/<int:pk>/taak/", carving.team_task_new, name="team_task_new"),
    path("takenkaarten/<int:pk>/werkplek/", carving.team_carve, name="team_carve"),
    path("takenkaarten/taken/<int:pk>/", carving.team_task, name="team_task"),
    path("takenkaarten/<int:pk>/taak/weg/", carving.team_task_drop, name="team_task_drop"),
    path("takenkaarten/taken/<int:pk>/terug/", carving.team_task_restore, name="team_task_restore"),
    path("takenkaarten/werkplek/<int:pk>/terug/", carving.team_uncarve, name="team_uncarve"),
]
