"""Addresses of matches, meetings and placements, for staff, candidates and employers."""

from django.urls import URLPattern, URLResolver, include, path

from matching.views import candidate, contracts, lists, matches, meetings, placements
from matching.views.board_urls import board_urls
from matching.views.check_ins_urls import check_in_urls
from matching.views.coaching_urls import coaching_urls
from matching.views.day_urls import day_urls
from matching.views.employer_urls import employer_urls
from matching.views.meetings_urls import meeting_urls
from matching.views.path_urls import path_urls
from matching.views.suggestions_urls import suggestion_urls

app_name = "matching"
urlpatterns: list[URLPattern | URLResolver] = [
    *board_urls,
    *suggestion_urls,
    *check_in_urls,
    *day_urls,
    *employer_urls,
    *path_urls,
    *meeting_urls,
    *coaching_urls,
    path("voorstellen/nieuw/", matches.propose, name="propose"),
    path("voorstellen/<int:pk>/", matches.match, name="match"),
    path("voorstellen/<int:pk>/antwoord/", matches.match_answer, name="match_answer"),
    path("voorstellen/<int:pk>/naar-werkgever/", matches.match_introduce, name="match_introduce"),
    path("voorstellen/<int:pk>/werkgever/", matches.match_employer_answer, name="match_employer_answer"),
    path("voorstellen/<int:pk>/begin/", meetings.match_place, name="match_place"),
    path("voorstellen/<int:pk>/stop/", matches.match_stop, name="match_stop"),
    path("kennismakingen/", lists.introductions, name="introductions"),
    path("plaatsingen/", lists.placement_list, name="placement_list"),
    path("plaatsingen/<int:pk>/", placements.placement, name="placement"),
    path("plaatsingen/<int:pk>/einde/", placements.placement_end, name="placement_end"),
    path("plaatsingen/<int:pk>/gewoon-contract/", contracts.placement_contract, name="placement_contract"),
    path("nazorg/<int:pk>/vertel/", candidate.check_in_answer, name="check_in_answer"),
    path("mijn-voorstellen/", candidate.my_proposals, name="my_proposals"),
    path("mijn-voorstellen/<int:pk>/", candidate.my_proposal, name="my_proposal"),
    path(
        "mijn-voorstellen/<int:pk>/klopt-niet/", candidate.my_proposal_not_right, name="my_proposal_not_right"
    ),
    path("mijn-voorstellen/<int:pk>/stop/", candidate.my_proposal_stop, name="my_proposal_stop"),
    path("mijn-werk/", candidate.my_work, name="my_work"),
    path("gegevens/", include("matching.workbook.urls")),
]
