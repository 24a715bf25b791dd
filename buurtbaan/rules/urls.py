from django.urls import URLPattern, URLResolver, path

from buurtbaan.rules.views import cards, rates, sums

app_name = "rules"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", cards.card_list, name="card_list"),
    path("nieuw/", cards.card_new, name="card_new"),
    path("kaarten/<slug:code>/", cards.card, name="card"),
    path("kaarten/<slug:code>/bewerk/", cards.card_edit, name="card_edit"),
    path("tarieven/", rates.rate_list, name="rate_list"),
    path("tarieven/nieuw/", rates.rate_new, name="rate_new"),
    path("tarieven/<int:pk>/", rates.rate_edit, name="rate_edit"),
    path("loonkostensubsidie/", sums.wage_subsidy, name="wage_subsidy"),
    path("bijverdienen/", sums.income_exemption, name="income_exemption"),
]
