"""Addresses of the neighbourhood: organisations, referrals, gatherings, trainings, help requests, budgets."""

from django.urls import URLPattern, URLResolver, path

from candidates.views import (
    budget,
    gatherings,
    helping,
    neighbourhood,
    organisations,
    referrals,
    sign_up,
    trainings,
)

app_name = "neighbourhood"
urlpatterns: list[URLPattern | URLResolver] = [
    path("bijeenkomst/<str:token>/", sign_up.gathering_sign_up, name="gathering_sign_up"),
    path(
        "bijeenkomst/<str:token>/bijeenkomst.ics",
        sign_up.gathering_sign_up_calendar,
        name="gathering_sign_up_calendar",
    ),
    path("buurt/", neighbourhood.hub, name="hub"),
    path("buurt/organisaties/", organisations.organisation_list, name="organisation_list"),
    path("buurt/organisaties/nieuw/", organisations.organisation_new, name="organisation_new"),
    path("buurt/organisaties/<int:pk>/", organisations.organisation, name="organisation"),
    path("buurt/organisaties/<int:pk>/wijzig/", organisations.organisation_edit, name="organisation_edit"),
    path("buurt/aanmeldingen/", referrals.referral_list, name="referral_list"),
    path("buurt/aanmeldingen/nieuw/", referrals.referral_new, name="referral_new"),
    path("buurt/aanmeldingen/<int:pk>/", referrals.referral, name="referral"),
    path("buurt/aanmeldingen/<int:pk>/stand/", referrals.referral_move, name="referral_move"),
    path("buurt/aanmeldingen/<int:pk>/vertel/", referrals.referral_tell, name="referral_tell"),
    path("buurt/doorverwijzingen/", referrals.outward_list, name="outward_list"),
    path("buurt/doorverwijzingen/<int:pk>/", referrals.outward, name="outward"),
    path("buurt/bijeenkomsten/", gatherings.gathering_list, name="gathering_list"),
    path("buurt/bijeenkomsten/nieuw/", gatherings.gathering_new, name="gathering_new"),
    path("buurt/bijeenkomsten/<int:pk>/", gatherings.gathering, name="gathering"),
    path("buurt/bijeenkomsten/<int:pk>/wijzig/", gatherings.gathering_edit, name="gathering_edit"),
    path("buurt/bijeenkomsten/<int:pk>/afgelasten/", gatherings.gathering_cancel, name="gathering_cancel"),
    path("buurt/bijeenkomsten/<int:pk>/links/", gatherings.gathering_links, name="gathering_links"),
    path("buurt/bijeenkomsten/<int:pk>/mensen/", gatherings.gathering_add, name="gathering_add"),
    path(
        "buurt/bijeenkomsten/<int:pk>/aanwezig/", gatherings.gathering_attendance, name="gathering_attendance"
    ),
    path(
        "buurt/bijeenkomsten/<int:pk>/gebeld/<int:guest>/",
        gatherings.gathering_called,
        name="gathering_called",
    ),
    path(
        "buurt/bijeenkomsten/<int:pk>/bijeenkomst.ics",
        gatherings.gathering_calendar,
        name="gathering_calendar",
    ),
    path("buurt/trainingen/", trainings.training_list, name="training_list"),
    path("buurt/trainingen/nieuw/", trainings.training_new, name="training_new"),
    path("buurt/trainingen/<int:pk>/", trainings.training, name="training"),
    path("buurt/trainingen/<int:pk>/wijzig/", trainings.training_edit, name="training_edit"),
    path("buurt/trainingen/<int:pk>/afronden/", trainings.training_close, name="training_close"),
    path("buurt/trainingen/<int:pk>/mensen/", trainings.training_add, name="training_add"),
    path("buurt/trainingen/<int:pk>/dag/", trainings.session_new, name="session_new"),
    path(
        "buurt/trainingen/<int:pk>/dag/<int:session>/",
        trainings.session_attendance,
        name="session_attendance",
    ),
    path(
        "buurt/trainingen/<int:pk>/deelnemer/<int:place>/", trainings.training_result, name="training_result"
    ),
    path("buurt/hulpvragen/", helping.help_list, name="help_list"),
    path("buurt/hulpvragen/nieuw/", helping.help_new, name="help_new"),
    path("buurt/hulpvragen/<int:pk>/", helping.help_request, name="help_request"),
    path("buurt/hulpvragen/<int:pk>/wijzig/", helping.help_edit, name="help_edit"),
    path("buurt/hulpvragen/<int:pk>/helper/", helping.help_find, name="help_find"),
    path("buurt/hulpvragen/<int:pk>/stand/", helping.help_move, name="help_move"),
    path("kandidaten/mijn/buurt/", neighbourhood.my_neighbourhood, name="my_neighbourhood"),
    path("kandidaten/mijn/opleidingsbudget/", budget.my_budget, name="my_budget"),
    path("kandidaten/mijn/opleidingsbudget.pdf", budget.my_budget_statement, name="my_budget_statement"),
    path("kandidaten/<int:pk>/verwijs-door/", referrals.send_on, name="send_on"),
    path("kandidaten/<int:pk>/opleidingsbudget/", budget.budget, name="budget"),
    path("kandidaten/<int:pk>/opleidingsbudget/boek/", budget.budget_book, name="budget_book"),
    path(
        "kandidaten/<int:pk>/opleidingsbudget/<int:line>/rechtzetten/",
        budget.budget_take_back,
        name="budget_take_back",
    ),
    path("kandidaten/<int:pk>/opleidingsbudget.pdf", budget.budget_statement, name="budget_statement"),
]
