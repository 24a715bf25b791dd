"""Addresses of the employer's own pages, and of what a coach does with an employer's answer."""

from django.urls import URLPattern, path

from matching.views import employer, employer_home, employer_link, employer_settle

employer_urls: list[URLPattern] = [
    path("vraag/<str:token>/", employer_link.employer_link, name="employer_link"),
    path("mijn-begin/", employer_home.my_start, name="my_start"),
    path("mijn-kennismakingen/", employer.my_introductions, name="my_introductions"),
    path("mijn-kennismakingen/<int:pk>/", employer.my_introduction, name="my_introduction"),
    path("mijn-mensen/", employer.my_placements, name="my_placements"),
    path("mijn-mensen/<int:pk>/uren-kloppen/", employer.hours_confirm, name="hours_confirm"),
    path("mijn-mensen/<int:pk>/hoe-gaat-het/", employer.my_check_in, name="my_check_in"),
    path("mijn-mensen/uren/<int:pk>/", employer.hours_answer, name="hours_answer"),
    path("plaatsingen/werkgever/<int:pk>/opgepakt/", employer_settle.question_settle, name="question_settle"),
]
