"""Addresses of success sheets, evidence for funds and the comparison between bureaus, under /rapporten/."""

from django.urls import path

from impact.views import evidence, network, success

urlpatterns = [
    path("succesbladen/", success.success_list, name="success_list"),
    path("succesbladen/nieuw/", success.success_new, name="success_new"),
    path("succesbladen/<int:pk>/", success.success, name="success"),
    path("succesbladen/<int:pk>/uitgeven/", success.success_issue, name="success_issue"),
    path("succesbladen/<int:pk>/weg/", success.success_remove, name="success_remove"),
    path("succesbladen/<int:pk>/blad.pdf", success.success_pdf, name="success_pdf"),
    path("bewijs/", evidence.evidence_list, name="evidence_list"),
    path("bewijs/nieuw/", evidence.evidence_new, name="evidence_new"),
    path("bewijs/<int:pk>/", evidence.evidence, name="evidence"),
    path("bewijs/<int:pk>/klaarzetten/", evidence.evidence_prepare, name="evidence_prepare"),
    path("bewijs/<int:pk>/terug/", evidence.evidence_undo, name="evidence_undo"),
    path("bewijs/<int:pk>/tekenen/", evidence.evidence_sign, name="evidence_sign"),
    path("bewijs/<int:pk>/intrekken/", evidence.evidence_withdraw, name="evidence_withdraw"),
    path("bewijs/<int:pk>/veranderd/", evidence.evidence_changes, name="evidence_changes"),
    path("bewijs/<int:pk>/weg/", evidence.evidence_remove, name="evidence_remove"),
    path("bewijs/<int:pk>/bestand.xlsx", evidence.evidence_book, name="evidence_book"),
    path("netwerk/", network.network, name="network"),
    path("netwerk/meedoen/", network.network_join, name="network_join"),
    path("netwerk/stoppen/", network.network_leave, name="network_leave"),
    path("netwerk/vergelijking.xlsx", network.network_book, name="network_book"),
]
