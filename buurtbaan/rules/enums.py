"""What the rules are about."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Topic(TextChoices):
    """Shelves on which the cards stand."""

    BEGINNING = "beginning", _("Beginnen met werk")
    MONEY = "money", _("Geld en uitkering")
    EMPLOYER = "employer", _("Wat een werkgever regelt")
    DUTIES = "duties", _("Plichten en ontheffing")
    OWN_BUSINESS = "own_business", _("Eigen onderneming")
