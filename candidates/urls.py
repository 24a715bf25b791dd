"""Addresses of candidates."""

from django.urls import URLPattern, URLResolver, path

from candidates import urls_plan
from candidates.views import acts, card, caseload, file, intake, joining, meeting, mine, voice

app_name = "candidates"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", caseload.caseload, name="caseload"),
    path("zoeken/", caseload.search, name="search"),
    path("bord/", caseload.board, name="board"),
    path("bord/verplaats/", caseload.board_move, name="board_move"),
    path("gesprek/", meeting.conversation_new, name="conversation_new"),
    path("gesprek/dubbel/", meeting.doubles, name="doubles"),
    path("aanmeldingen/", joining.signups, name="signups"),
    path("aanmeldingen/<int:pk>/neem-aan/", joining.signup_take, name="signup_take"),
    path("aanmeldingen/poster.pdf", joining.join_poster, name="join_poster"),
    path("mijn/", mine.my_file, name="my_file"),
    path("mijn/toestemming/", mine.my_consent_give, name="my_consent_give"),
    path("mijn/toestemming/<int:consent>/intrekken/", mine.my_consent_withdraw, name="my_consent_withdraw"),
    path("mijn/toestemmingen/", mine.my_consents, name="my_consents"),
    path("mijn/talentkaart/", card.my_card, name="my_card"),
    path("mijn/talentkaart.pdf", card.my_card_pdf, name="my_card_pdf"),
    path("<int:pk>/talentkaart.pdf", card.card_pdf, name="card_pdf"),
    path("mijn/wie-keek/", mine.my_readings, name="my_readings"),
    path("mijn/klopt-niet/", voice.my_correction, name="my_correction"),
    path("<int:pk>/", file.file, name="file"),
    path("<int:pk>/tijdlijn/", file.timeline_page, name="timeline_page"),
    path("<int:pk>/openen/", file.open_with_reason, name="open_with_reason"),
    path("<int:pk>/intake/", intake.intake, name="intake"),
    path("<int:pk>/intake/<slug:slug>/", intake.intake_step, name="intake_step"),
    path("<int:pk>/vermijden/<int:remark>/weg/", intake.safety_remove, name="safety_remove"),
    path("<int:pk>/klopt-niet/<int:correction>/", voice.correction_answer, name="correction_answer"),
    path("<int:pk>/gesprek/", acts.conversation_add, name="conversation_add"),
    path("<int:pk>/gegevens/", acts.details_edit, name="details_edit"),
    path("<int:pk>/fase/", acts.stage_change, name="stage_change"),
    path("<int:pk>/meting/", acts.measurement_add, name="measurement_add"),
    path("<int:pk>/overdragen/", acts.assign, name="assign"),
    path("<int:pk>/terugbellen/", acts.call_back, name="call_back"),
    path("<int:pk>/sluiten/", acts.close, name="close"),
    path("<int:pk>/heropenen/", acts.reopen, name="reopen"),
    path("<int:pk>/toestemming/", acts.consent_give, name="consent_give"),
    path("<int:pk>/toestemming/<int:consent>/intrekken/", acts.consent_withdraw, name="consent_withdraw"),
    path("<int:pk>/link/", acts.candidate_link, name="candidate_link"),
    *urls_plan.PATTERNS,
]
