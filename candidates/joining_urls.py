"""Addresses for who signs up by oneself: short, to say out loud and to print."""

from django.urls import path

from candidates.views import joining

app_name = "joining"
urlpatterns = [
    path("", joining.bureaus, name="bureaus"),
    path("<slug:slug>/", joining.join, name="join"),
    path("<slug:slug>/english/", joining.join, {"language": "en"}, name="join_english"),
    path("<slug:slug>/dank-je/", joining.thanks, name="thanks"),
]
