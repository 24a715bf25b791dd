"""Addresses of reports and money, under /rapporten/."""

from django.urls import include, path, register_converter

from impact.enums import DownloadKind
from impact.views import fairness, released, reports, trust, week


class KindConverter:
    """Only the four forms in which a report leaves."""

    regex = "|".join(DownloadKind.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(KindConverter, "kind")

app_name = "impact"
urlpatterns = [
    path("", reports.report_list, name="report_list"),
    path("nieuw/", reports.report_new, name="report_new"),
    path("<int:pk>/", reports.report, name="report"),
    path("<int:pk>/voortgang/", reports.report_progress, name="report_progress"),
    path("<int:pk>/opnieuw/", reports.report_retry, name="report_retry"),
    path("<int:pk>/stop/", reports.report_cancel, name="report_cancel"),
    path("<int:pk>/vrijgeven/", reports.report_release, name="report_release"),
    path("<int:pk>/concept.pdf", reports.report_pdf, name="report_pdf"),
    path("vrijgegeven/", released.released_list, name="released_list"),
    path("vrijgegeven/<int:pk>/", released.released, name="released"),
    path("vrijgegeven/<int:pk>/bestand.<kind:kind>", released.release_download, name="release_download"),
    path("vrijgegeven/<int:pk>/intrekken/", released.release_withdraw, name="release_withdraw"),
    path("<int:pk>/nareken/<str:figure>/", trust.recount, name="recount"),
    path("uitleg/sterretje/", trust.why_hidden, name="why_hidden"),
    path("uitleg/", released.definitions, name="definitions"),
    path("", include("impact.views.sharing_urls")),
    path("eerlijk/", fairness.fairness_page, name="fairness_page"),
    path("eerlijk.xlsx", fairness.fairness_book, name="fairness_book"),
    path("geld/", include("impact.views.money_urls")),
    path("week/", week.week, name="week"),
    path("week/mensen/", week.week_people, name="week_people"),
    path("", include("impact.views.story_urls")),
    path("", include("impact.views.evidence_urls")),
    path("", include("impact.views.together_urls")),
]
