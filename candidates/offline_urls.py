"""Addresses that work without network, or send what was written without; the worker stands at the root to cover all."""

from django.urls import path, re_path

from candidates.views import offline

app_name = "offline"
urlpatterns = [
    path("sw.js", offline.worker, name="worker"),
    re_path(r"^offline/(?P<language>nl|en)/$", offline.shell, name="shell"),
    path("niet-verstuurd/", offline.queue, name="queue"),
    path("niet-verstuurd/sleutel/", offline.key, name="key"),
    path("niet-verstuurd/verstuur/", offline.send, name="send"),
]
