"""The choices that the shared models use."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What someone is in one bureau, employer or municipality."""

    CONNECTOR = "connector", _("Verbinder")
    COACH = "coach", _("Coach")
    MANAGER = "manager", _("Bureauleider")
    EMPLOYER = "employer", _("Contactpersoon werkgever")
    CANDIDATE = "candidate", _("Kandidaat")
    MUNICIPALITY = "municipality", _("Medewerker gemeente")
    PLATFORM = "platform", _("Platformbeheerder")


STAFF = frozenset({Role.CONNECTOR, Role.COACH, Role.MANAGER})
HOLDERS = frozenset({Role.CONNECTOR, Role.COACH})
NEEDS_SECOND_FACTOR = STAFF | {Role.MUNICIPALITY, Role.PLATFORM}


class AreaKind(TextChoices):
    """CBS divides a municipality into districts, and these into neighbourhoods."""

    DISTRICT = "WK", _("Wijk")
    NEIGHBOURHOOD = "BU", _("Buurt")


class RateUnit(TextChoices):
    EUR_HOUR = "EUR/hour", _("euro per uur")
    EUR_MONTH = "EUR/month", _("euro per maand")
    EUR_YEAR = "EUR/year", _("euro per jaar")
    EUR_FTE_YEAR = "EUR/FTE-year", _("euro per voltijdsjaar")
    SHARE = "share", _("aandeel")
    MONTHS = "months", _("maanden")
    ASSIGNMENTS_YEAR = "assignments/year", _("opdrachten per jaar")
