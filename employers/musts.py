"""Which points of the comparison with a candidate a position may call a must.

The codes are those of the matching rules; a test holds the two lists together. What a candidate wants to
avoid is always a must and stands in nobody's list.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Must(TextChoices):
    HOURS = "hours", _("De uren")
    DAYPARTS = "dayparts", _("De dagdelen")
    TRAVEL = "travel", _("De reistijd")
    AREA = "area", _("Werk in de eigen buurt")
    CONDITIONS = "conditions", _("Wat iemand nodig heeft en wat het werk vraagt")
    TASKS = "tasks", _("De taken")
    TALENTS = "talents", _("De talenten")
    LANGUAGE = "language", _("De taal")
    GUIDANCE = "guidance", _("De begeleiding")
    FORM = "form", _("De werkvorm")


USUAL = [Must.HOURS, Must.DAYPARTS, Must.TRAVEL, Must.CONDITIONS, Must.FORM]
