"""The choices around reports and money."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReportState(TextChoices):
    WAITING = "waiting", _("Wacht op een plek")
    RUNNING = "running", _("Wordt gemaakt")
    READY = "ready", _("Klaar om te lezen")
    FAILED = "failed", _("Niet gelukt")
    CANCELLED = "cancelled", _("Gestopt")
    RELEASED = "released", _("Vrijgegeven")


class ReportPhase(TextChoices):
    """What is going on, in the words of the progress bar."""

    GATHERING = "gathering", _("Gegevens verzamelen")
    FIGURES = "figures", _("Cijfers berekenen")
    DRAWING = "drawing", _("Rapport opmaken")
    CHECKING = "checking", _("Cijfers nakijken")
    SEALING = "sealing", _("Afsluiten")


class FlowDirection(TextChoices):
    IN = "in", _("Inkomsten")
    OUT = "out", _("Uitgaven")


class AssignmentResult(TextChoices):
    """What an impact assignment counts."""

    ENTERED = "entered", _("Mensen begonnen")
    AT_WORK = "at_work", _("Mensen aan het werk")
    PAID_WORK = "paid_work", _("Mensen in betaald werk")
    SUSTAINED = "sustained", _("Mensen na een half jaar nog aan het werk")
    OTHER = "other", _("Iets anders")


class DownloadKind(TextChoices):
    PDF = "pdf", "PDF"
    XLSX = "xlsx", "XLSX"
    CSV = "csv", "CSV"
    JSON = "json", "JSON"
