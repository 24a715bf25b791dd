"""Addresses of coaching on the job and of wage values."""

from django.urls import URLPattern, path

from matching.views import coach_periods, coach_signing, job_coaching, wage_values

coaching_urls: list[URLPattern] = [
    path("plaatsingen/<int:pk>/jobcoach/", job_coaching.coaching, name="coaching"),
    path("plaatsingen/<int:pk>/jobcoach/nieuw-plan/", job_coaching.coach_plan_new, name="coach_plan_new"),
    path("jobcoach/plan/<int:pk>/", job_coaching.coach_plan_edit, name="coach_plan_edit"),
    path("jobcoach/plan/<int:pk>/uren/", job_coaching.coach_hours_new, name="coach_hours_new"),
    path("jobcoach/plan/<int:pk>/urenstaat.pdf", coach_periods.coach_plan_pdf, name="coach_plan_pdf"),
    path("jobcoach/plan/<int:pk>/urenstaat.xlsx", coach_periods.coach_plan_xlsx, name="coach_plan_xlsx"),
    path("jobcoach/plan/<int:pk>/zet-vast/", coach_periods.coach_period_new, name="coach_period_new"),
    path("jobcoach/uren/<int:pk>/", job_coaching.coach_hours_correct, name="coach_hours_correct"),
    path("jobcoach/uren/<int:pk>/terug/", job_coaching.coach_hours_undo, name="coach_hours_undo"),
    path("jobcoach/periode/<int:pk>/", coach_periods.coach_period, name="coach_period"),
    path("jobcoach/periode/<int:pk>/terug/", coach_periods.coach_period_undo, name="coach_period_undo"),
    path("jobcoach/periode/<int:pk>/teken/", coach_periods.coach_period_sign, name="coach_period_sign"),
    path("jobcoach/periode/<int:pk>/heropen/", coach_periods.coach_period_reopen, name="coach_period_reopen"),
    path("jobcoach/periode/<int:pk>/urenstaat.pdf", coach_periods.coach_period_pdf, name="coach_period_pdf"),
    path(
        "jobcoach/periode/<int:pk>/urenstaat.xlsx", coach_periods.coach_period_xlsx, name="coach_period_xlsx"
    ),
    path("jobcoach/", coach_periods.my_coaching, name="my_coaching"),
    path("jobcoach/urenstaat.pdf", coach_periods.my_coaching_pdf, name="my_coaching_pdf"),
    path("jobcoach/urenstaat.xlsx", coach_periods.my_coaching_xlsx, name="my_coaching_xlsx"),
    path("mijn-werk/jobcoach/<int:pk>/", coach_signing.my_coach_period, name="my_coach_period"),
    path("mijn-mensen/jobcoach/<int:pk>/", coach_signing.employer_coach_period, name="employer_coach_period"),
    path("plaatsingen/<int:pk>/loonwaarde/", wage_values.wage_value, name="wage_value"),
    path("plaatsingen/<int:pk>/loonwaarde/nieuw/", wage_values.wage_value_new, name="wage_value_new"),
    path("loonwaarde/<int:pk>/weg/", wage_values.wage_value_void, name="wage_value_void"),
    path("loonwaarde/<int:pk>/terug/", wage_values.wage_value_undo, name="wage_value_undo"),
]
