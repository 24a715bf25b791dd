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


class FlowKind(TextChoices):
    """What sort of money it is; those before WAGES come in, the others go out."""

    MUNICIPALITY = "municipality", _("Gemeente")
    GRANT = "grant", _("ESF+ of andere subsidie")
    UWV = "uwv", _("UWV")
    FUND = "fund", _("Fonds")
    SALES = "sales", _("Verkoop en diensten")
    GIFT = "gift", _("Gift")
    OTHER_IN = "other_in", _("Andere inkomsten")
    WAGES = "wages", _("Begeleiders en verbinders")
    RESIDENTS = "residents", _("Bewoners: loon, vergoeding, scholing")
    RENT = "rent", _("Huur en energie")
    MATERIAL = "material", _("Materiaal en inkoop")
    RESERVE = "reserve", _("Reserve voor later")
    OTHER_OUT = "other_out", _("Andere uitgaven")


FLOW_KINDS_OUT = frozenset(
    {
        FlowKind.WAGES,
        FlowKind.RESIDENTS,
        FlowKind.RENT,
        FlowKind.MATERIAL,
        FlowKind.RESERVE,
        FlowKind.OTHER_OUT,
    }
)


class Stakeholder(TextChoices):
    """For whom an activity of the social cash book was worth something."""

    RESIDENTS = "residents", _("Bewoners")
    PARTICIPANTS = "participants", _("Deelnemers")
    VOLUNTEERS = "volunteers", _("Vrijwilligers")
    EMPLOYERS = "employers", _("Ondernemers")
    ORGANISATIONS = "organisations", _("Organisaties")
    MUNICIPALITY = "municipality", _("Gemeente")


class Known(TextChoices):
    """How an amount in the social cash book is known."""

    RECEIPT = "receipt", _("Bon of rekening")
    AGREED = "agreed", _("Afgesproken prijs")
    ASKED = "asked", _("Gevraagd aan wie het aangaat")
    COMPARED = "compared", _("Prijs van iets dat erop lijkt")
    ESTIMATE = "estimate", _("Schatting")
