"""Addresses of the suggestions, for `matching.urls`."""

from django.urls import URLPattern, path

from matching.views import rules_page, since, suggestions

suggestion_urls: list[URLPattern] = [
    path("zoek/kandidaten/<int:pk>/", suggestions.position_suggestions, name="position_suggestions"),
    path("zoek/werk/<int:pk>/", suggestions.candidate_suggestions, name="candidate_suggestions"),
    path("zoek/<int:candidate>/bij/<int:position>/", suggestions.side_by_side, name="side_by_side"),
    path("zoek/uitleg/", rules_page.rules_explained, name="rules_explained"),
    path("voorstellen/<int:pk>/sinds-toen/", since.match_since, name="match_since"),
]
