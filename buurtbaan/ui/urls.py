from django.urls import path

from buurtbaan.ui import views

urlpatterns = [
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("onderdelen/", views.ui_examples, name="ui_examples"),
    path("onderdelen/tekens/", views.ui_icons, name="ui_icons"),
]
