from django.urls import URLPattern, URLResolver, include, path

from employers.views import checks, companies, own, places, positions, social_return_urls
from employers.views.carving_urls import carving_urls
from employers.views.earning_urls import earning_urls
from employers.views.merging_urls import merging_urls
from employers.views.places_urls import place_urls
from employers.views.work_urls import work_urls

app_name = "employers"
urlpatterns: list[URLPattern | URLResolver] = [
    *place_urls,
    *earning_urls,
    path("", companies.employer_list, name="employer_list"),
    path("nieuw/", companies.employer_new, name="employer_new"),
    path("<int:pk>/", companies.employer, name="employer"),
    path("<int:pk>/bewerk/", companies.employer_edit, name="employer_edit"),
    path("<int:pk>/pauze/", companies.employer_pause, name="employer_pause"),
    path("<int:pk>/hervat/", companies.employer_resume, name="employer_resume"),
    path("", include("employers.views.relation_urls")),
    path("<int:pk>/locaties/nieuw/", places.location_new, name="location_new"),
    path("<int:pk>/contacten/nieuw/", places.contact_new, name="contact_new"),
    path("locaties/<int:pk>/", places.location_edit, name="location_edit"),
    path("locaties/<int:pk>/weg/", places.location_remove, name="location_remove"),
    path("contacten/<int:pk>/", places.contact_edit, name="contact_edit"),
    path("contacten/<int:pk>/weg/", places.contact_remove, name="contact_remove"),
    path("contacten/<int:pk>/uitnodigen/", places.contact_invite, name="contact_invite"),
    path("werkplekken/", positions.position_list, name="position_list"),
    path("werkplekken/nieuw/", positions.position_new, name="position_new"),
    path("werkplekken/<int:pk>/", positions.position, name="position"),
    path("werkplekken/<int:pk>/bewerk/", positions.position_edit, name="position_edit"),
    path("werkplekken/<int:pk>/kopie/", positions.position_copy, name="position_copy"),
    path("werkplekken/<int:pk>/stand/", positions.position_move, name="position_move"),
    path("werkplekken/<int:pk>/toets/", checks.check_fill, name="check_fill"),
    path("toetsen/<int:pk>/", checks.check, name="check"),
    path("toetsen/<int:pk>/besluit/", checks.check_decide, name="check_decide"),
    *carving_urls,
    *merging_urls,
    *work_urls,
    *social_return_urls.urlpatterns,
    path("mijn-bedrijf/", own.my_company, name="my_company"),
    path("mijn-bedrijf/bewerk/", own.my_company_edit, name="my_company_edit"),
    path("mijn-werkplekken/", own.my_positions, name="my_positions"),
    path("mijn-werkplekken/<int:pk>/", own.my_position, name="my_position"),
]
