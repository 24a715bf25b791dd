"""Addresses of the relation with an employer."""

from django.urls import path

from employers.views import agreements, relation, relations, ways

urlpatterns = [
    path("<int:pk>/relatie/", relation.relation, name="relation"),
    path("<int:pk>/blad.pdf", agreements.employer_sheet, name="employer_sheet"),
    path("<int:pk>/gesprekken/nieuw/", relation.talk_new, name="talk_new"),
    path("gesprekken/<int:pk>/", relation.talk_edit, name="talk_edit"),
    path("gesprekken/<int:pk>/weg/", relation.talk_remove, name="talk_remove"),
    path("gesprekken/<int:pk>/terug/", relation.talk_restore, name="talk_restore"),
    path("<int:pk>/herinneringen/nieuw/", relation.reminder_new, name="reminder_new"),
    path("herinneringen/<int:pk>/", relation.reminder_edit, name="reminder_edit"),
    path("herinneringen/<int:pk>/gedaan/", relation.reminder_done, name="reminder_done"),
    path("herinneringen/<int:pk>/open/", relation.reminder_reopen, name="reminder_reopen"),
    path("<int:pk>/overeenkomsten/", agreements.agreement_list, name="agreement_list"),
    path("<int:pk>/overeenkomsten/nieuw/", agreements.agreement_new, name="agreement_new"),
    path("overeenkomsten/<int:pk>/", agreements.agreement, name="agreement"),
    path("overeenkomsten/<int:pk>/bewerk/", agreements.agreement_edit, name="agreement_edit"),
    path("overeenkomsten/<int:pk>/getekend/", agreements.agreement_sign, name="agreement_sign"),
    path("overeenkomsten/<int:pk>/einde/", agreements.agreement_end, name="agreement_end"),
    path("overeenkomsten/<int:pk>/terug/", agreements.agreement_back, name="agreement_back"),
    path("overeenkomsten/<int:pk>.pdf", agreements.agreement_pdf, name="agreement_pdf"),
    path("<int:pk>/bijdragen/", ways.contribution_list, name="contribution_list"),
    path("<int:pk>/bijdragen/nieuw/", ways.contribution_new, name="contribution_new"),
    path("bijdragen/<int:pk>/", ways.contribution_edit, name="contribution_edit"),
    path("bijdragen/<int:pk>/weg/", ways.contribution_remove, name="contribution_remove"),
    path("bijdragen/<int:pk>/terug/", ways.contribution_restore, name="contribution_restore"),
    path("vijf-manieren/", ways.ways, name="ways"),
    path("vijf-manieren/exporteer/", ways.ways_export, name="ways_export"),
    path("relaties/overdragen/", relations.relations_hand_over, name="relations_hand_over"),
    path("relaties/overdragen/ongedaan/", relations.relations_take_back, name="relations_take_back"),
]
