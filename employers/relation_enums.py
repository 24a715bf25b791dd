"""The choices around the relation with an employer."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TalkKind(TextChoices):
    """How we spoke."""

    CALLED = "called", _("Gebeld")
    VISIT = "visit", _("Bezoek")
    MAIL = "mail", _("Mail")
    GATHERING = "gathering", _("Bijeenkomst")
    OTHER = "other", pgettext_lazy("soort gesprek", "Anders")


TALK_ICONS = {
    TalkKind.CALLED: "phone",
    TalkKind.VISIT: "building",
    TalkKind.MAIL: "mail",
    TalkKind.GATHERING: "gathering",
    TalkKind.OTHER: "chat",
}


class AgreementState(TextChoices):
    OPEN = "open", _("Nog niet getekend")
    SIGNED = "signed", _("Getekend")
    ENDED = "ended", _("Beëindigd")


AGREEMENT_MOVES: dict[str, set[str]] = {
    AgreementState.OPEN: {AgreementState.SIGNED, AgreementState.ENDED},
    AgreementState.SIGNED: {AgreementState.ENDED, AgreementState.OPEN},
    AgreementState.ENDED: {AgreementState.OPEN, AgreementState.SIGNED},
}


class Way(TextChoices):
    """The five ways in which a company helps the neighbourhood."""

    MONEY = "money", _("Geld")
    MEANS = "means", _("Middelen")
    KNOWLEDGE = "knowledge", _("Kennis")
    NETWORK = "network", _("Netwerk")
    MARKET = "market", _("Markt")


WAY_ICONS = {
    Way.MONEY: "euro",
    Way.MEANS: "briefcase",
    Way.KNOWLEDGE: "book",
    Way.NETWORK: "people",
    Way.MARKET: "handshake",
}
WAY_HELP = {
    Way.MONEY: _("een gift, sponsoring of een fonds"),
    Way.MEANS: _("spullen, ruimte, vervoer of gereedschap"),
    Way.KNOWLEDGE: _("iemand die iets uitlegt, meedenkt of een les geeft"),
    Way.NETWORK: _("iemand die ons aan anderen voorstelt"),
    Way.MARKET: _("een opdracht voor de wijk of iets dat ze bij ons kopen"),
}


class Unit(TextChoices):
    EURO = "euro", _("euro")
    HOURS = "hours", pgettext_lazy("eenheid", "uur")
    PIECES = "pieces", _("stuks")


class ValueSource(TextChoices):
    """Where a value comes from."""

    INVOICE = "invoice", _("Factuur of bon")
    TOLD = "told", _("De werkgever zegt het")
    ESTIMATE = "estimate", _("Schatting van het bureau")


class PsoStep(TextChoices):
    """The performance ladder for social enterprise (PSO)."""

    ASPIRANT = "aspirant", _("Aspirant")
    ONE = "1", _("Trede 1")
    TWO = "2", _("Trede 2")
    THREE = "3", _("Trede 3")
    THIRTY_PLUS = "30plus", _("PSO 30+")


class OrganisationForm(TextChoices):
    SOLE = "sole", _("Eenmanszaak")
    PARTNERSHIP = "partnership", _("Vof of maatschap")
    COMPANY = "company", _("Besloten vennootschap (bv)")
    PUBLIC_COMPANY = "public_company", _("Naamloze vennootschap (nv)")
    FOUNDATION = "foundation", _("Stichting")
    ASSOCIATION = "association", _("Vereniging")
    COOPERATIVE = "cooperative", _("Coöperatie")
    PUBLIC_BODY = "public_body", _("Overheid")
    NONE = "none", _("Geen eigen rechtsvorm")
