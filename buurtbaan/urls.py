"""Every address of the product."""

from django.contrib import admin
from django.urls import include, path

from buurtbaan.bureaus import entrance, views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("rol/", views.switch_role, name="switch_role"),
    path("code/", entrance.own_code, name="own_code"),
    path("i/<str:token>/", views.access_link, name="access_link"),
    path("uitnodiging/<str:token>/", views.invitation, name="invitation"),
    path("mensen/", views.people, name="people"),
    path("mensen/uitnodigen/", views.invite, name="invite"),
    path("mensen/uitnodiging/<int:pk>/intrekken/", views.invitation_withdraw, name="invitation_withdraw"),
    path("mensen/<int:pk>/", views.membership_edit, name="membership_edit"),
    path("inzage/", views.access_log, name="access_log"),
    path("bureaus/", views.bureau_list, name="bureau_list"),
    path("bureaus/nieuw/", views.bureau_new, name="bureau_new"),
    path("bureaus/<int:pk>/", views.bureau, name="bureau"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("letters/", views.large_text, name="large_text"),
    path("", include("buurtbaan.drafts.urls")),
    path("taal/", include("django.conf.urls.i18n")),
    path("accounts/", include("allauth.urls")),
    path("beheer/", admin.site.urls),
    path("", include("candidates.offline_urls")),
    path("", include("candidates.neighbourhood_urls")),
    path("regels/", include("buurtbaan.rules.urls")),
    path("kandidaten/", include("candidates.urls")),
    path("meedoen/", include("candidates.joining_urls")),
    path("werkgevers/", include("employers.urls")),
    path("", include("matching.urls")),
    path("rapporten/", include("impact.urls")),
    path("api/", include("impact.api.urls")),
    path("klopt-dit/", include("impact.views.verify_urls")),
    path("", include("buurtbaan.ui.urls")),
]
