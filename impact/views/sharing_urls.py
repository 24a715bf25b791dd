"""Addresses of plans, batches, and what a municipality does with released reports; under /rapporten/."""

from django.urls import path

from impact.views import batches, comparing, downloads, keys, planning, telling

urlpatterns = [
    path("gepland/", planning.schedule_list, name="schedule_list"),
    path("gepland/nieuw/", planning.schedule_new, name="schedule_new"),
    path("gepland/<int:pk>/stop/", planning.schedule_stop, name="schedule_stop"),
    path("gepland/<int:pk>/terug/", planning.schedule_resume, name="schedule_resume"),
    path("reeks/", batches.batch_list, name="batch_list"),
    path("reeks/nieuw/", batches.batch_new, name="batch_new"),
    path("reeks/<int:pk>/", batches.batch, name="batch"),
    path("reeks/<int:pk>/voortgang/", batches.batch_progress, name="batch_progress"),
    path("reeks/<int:pk>/opnieuw/", batches.batch_retry, name="batch_retry"),
    path("vergelijk/", comparing.compare, name="compare"),
    path("e-mail/", telling.notice_settings, name="notice_settings"),
    path("downloads/", downloads.download_log, name="download_log"),
    path("downloads.xlsx", downloads.download_log_book, name="download_log_book"),
    path("sleutels/", keys.key_list, name="key_list"),
    path("sleutels/nieuw/", keys.key_new, name="key_new"),
    path("sleutels/<int:pk>/intrekken/", keys.key_revoke, name="key_revoke"),
]
