"""The choices in a candidate's file."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    """How far somebody has come; the order is that of the board."""

    MET = "met", _("Eerste gesprek")
    INTAKE = "intake", _("Intake")
    SEARCHING = "searching", _("Zoekt werk")
    INTRODUCING = "introducing", _("Maakt kennis")
    WORKING = "working", _("Aan het werk")
    PAUSED = "paused", _("Pauze")
    CLOSED = "closed", _("Afgesloten")


STAGE_MOVES: dict[str, set[str]] = {
    Stage.MET: {Stage.INTAKE, Stage.SEARCHING, Stage.PAUSED, Stage.CLOSED},
    Stage.INTAKE: {Stage.SEARCHING, Stage.PAUSED, Stage.CLOSED},
    Stage.SEARCHING: {Stage.INTAKE, Stage.INTRODUCING, Stage.WORKING, Stage.PAUSED, Stage.CLOSED},
    Stage.INTRODUCING: {Stage.SEARCHING, Stage.WORKING, Stage.PAUSED, Stage.CLOSED},
    Stage.WORKING: {Stage.SEARCHING, Stage.INTRODUCING, Stage.PAUSED, Stage.CLOSED},
    Stage.PAUSED: {Stage.MET, Stage.INTAKE, Stage.SEARCHING, Stage.INTRODUCING, Stage.WORKING, Stage.CLOSED},
    Stage.CLOSED: {Stage.MET, Stage.INTAKE, Stage.SEARCHING},
}


class Source(TextChoices):
    """How we met."""

    WALK_IN = "walk_in", _("Inloop")
    ORGANISATION = "organisation", _("Via een organisatie in de buurt")
    REFERRAL = "referral", _("Aangemeld of doorverwezen")
    GATHERING = "gathering", _("Bijeenkomst")
    ONLINE = "online", _("Online")


class OrganisationKind(TextChoices):
    COMMUNITY_CENTRE = "community_centre", _("Buurthuis")
    WIJKTEAM = "wijkteam", _("Wijkteam")
    WELFARE = "welfare", _("Welzijn")
    WORK_INCOME = "work_income", _("Werk en inkomen")
    SCHOOL = "school", _("School")
    PROBATION = "probation", _("Reclassering")
    CARE = "care", _("Zorg")
    OTHER = "other", _("Anders")


class InwardState(TextChoices):
    """What became of somebody whom an organisation signed up."""

    NEW = "new", _("Nog bellen")
    MET = "met", _("Gesproken")
    UNREACHABLE = "unreachable", _("Niet bereikt")
    DECLINED = "declined", _("Wil nu niet")


INWARD_MOVES: dict[str, set[str]] = {
    InwardState.NEW: {InwardState.MET, InwardState.UNREACHABLE, InwardState.DECLINED},
    InwardState.UNREACHABLE: {InwardState.NEW, InwardState.MET, InwardState.DECLINED},
    InwardState.DECLINED: {InwardState.NEW, InwardState.MET},
    InwardState.MET: set(),
}


class OutwardState(TextChoices):
    """What became of somebody whom we sent on."""

    SENT = "sent", _("Doorverwezen")
    ACCEPTED = "accepted", _("Kan daar terecht")
    REFUSED = "refused", _("Kan daar niet terecht")
    DONE = "done", _("Afgerond")


OUTWARD_MOVES: dict[str, set[str]] = {
    OutwardState.SENT: {OutwardState.ACCEPTED, OutwardState.REFUSED},
    OutwardState.ACCEPTED: {OutwardState.DONE},
    OutwardState.REFUSED: {OutwardState.SENT},
    OutwardState.DONE: {OutwardState.ACCEPTED},
}


class OutwardOutcome(TextChoices):
    """How it went there, without a word about why somebody went."""

    HELPED = "helped", _("Geholpen")
    STOPPED = "stopped", _("Zelf gestopt")
    BACK = "back", _("Terug bij ons")


class Told(TextChoices):
    """All that a referrer ever hears."""

    MET = "met", _("We hebben elkaar gesproken.")
    TAKING_PART = "taking_part", _("Doet mee en is bezig met de intake of zoekt werk.")
    AT_WORK = "at_work", _("Is aan het werk.")
    STOPPED = "stopped", _("Doet niet meer mee.")


class GuestState(TextChoices):
    """Whether somebody came."""

    EXPECTED = "expected", _("Verwacht")
    CAME = "came", _("Was er")
    MISSED = "missed", _("Was er niet")


class HelpKind(TextChoices):
    """What neighbours ask each other for."""

    COMPANY = "company", _("Gezelschap")
    ODD_JOB = "odd_job", _("Klus")
    MOVE = "move", _("Verhuizing")
    OTHER = "other", _("Iets anders")


class HelpState(TextChoices):
    """From a question to a thank you."""

    OPEN = "open", _("Zoekt iemand")
    FOUND = "found", _("Iemand gevonden")
    DONE = "done", _("Gedaan")
    THANKED = "thanked", _("Bedankt")
    CANCELLED = "cancelled", _("Niet meer nodig")


HELP_MOVES: dict[str, set[str]] = {
    HelpState.OPEN: {HelpState.FOUND, HelpState.CANCELLED},
    HelpState.FOUND: {HelpState.OPEN, HelpState.DONE, HelpState.CANCELLED},
    HelpState.DONE: {HelpState.THANKED, HelpState.FOUND},
    HelpState.THANKED: set(),
    HelpState.CANCELLED: {HelpState.OPEN},
}


class BudgetKind(TextChoices):
    """Why a training budget grows or shrinks."""

    EARNED = "earned", _("Verdiend")
    COURSE = "course", _("Cursus of opleiding")
    CORRECTION = "correction", _("Rechtgezet")


class ResidentKind(TextChoices):
    RESIDENT = "resident", _("Bewoner")
    STUDENT = "student", _("Student")


class BenefitStatus(TextChoices):
    """Asked only if somebody wants to tell; an intake is complete without it."""

    NONE = "none", _("Geen uitkering")
    SOCIAL_ASSISTANCE = "social_assistance", _("Bijstand")
    UNEMPLOYMENT = "unemployment", _("WW")
    DISABILITY = "disability", _("WIA, WAO of Wajong")
    OTHER = "other", _("Anders")


class ConversationKind(TextChoices):
    VISIT = "visit", _("Gesprek")
    PHONE = "phone", _("Telefoon")
    MESSAGE = "message", _("Bericht")
    WORKPLACE = "workplace", _("Op de werkplek")
    GROUP = "group", _("Groep of training")


class Means(TextChoices):
    """How somebody travels."""

    WALK = "walk", _("Lopend")
    BIKE = "bike", _("Fiets")
    TRANSIT = "transit", _("Bus, tram of trein")
    CAR = "car", _("Auto")


class Rung(IntegerChoices):
    """The participation ladder; a rung is found with questions, never typed blindly."""

    ISOLATED = 1, _("Geïsoleerd")
    CONTACTS = 2, _("Sociale contacten buitenshuis")
    ACTIVITIES = 3, _("Deelname aan georganiseerde activiteiten")
    UNPAID_WORK = 4, _("Onbetaald werk")
    SUPPORTED_WORK = 5, _("Betaald werk met ondersteuning")
    PAID_WORK = 6, _("Betaald werk")

    @property
    def own_words(self) -> str | Promise:
        """The same rung as somebody would say it of themselves; the official word can hurt."""
        return _OWN_RUNGS[self]


_OWN_RUNGS = {
    Rung.ISOLATED: _("Ik ben veel alleen"),
    Rung.CONTACTS: _("Ik zie mensen buiten de deur"),
    Rung.ACTIVITIES: _("Ik doe mee met activiteiten"),
    Rung.UNPAID_WORK: _("Ik werk zonder loon"),
    Rung.SUPPORTED_WORK: _("Ik heb betaald werk, met hulp"),
    Rung.PAID_WORK: _("Ik heb betaald werk"),
}


class ConsentPurpose(TextChoices):
    """One thing that somebody agrees to."""

    RECORD = "record", _("Mijn gegevens bewaren bij het bureau")
    CONTACT = "contact", _("Contact met mij opnemen")
    REFERRER_OUTCOME = "referrer_outcome", _("Aan de verwijzer vertellen hoe het is gegaan")
    STORY = "story", _("Mijn verhaal gebruiken, zonder mijn naam")
    FUNDER = "funder", _("Aan een fonds laten zien dat ik meedeed")
    SHARE_WITH_EMPLOYER = "share_with_employer", _("Gegevens delen met een werkgever")
    SHARE_WITH_ORGANISATION = "share_organisation", _("Mijn naam doorgeven aan een organisatie")


class GoalState(TextChoices):
    """What became of a goal; stopping is as good an end as reaching."""

    OPEN = "open", _("Mee bezig")
    REACHED = "reached", _("Bereikt")
    DROPPED = "dropped", _("Losgelaten")


class StepOwner(TextChoices):
    """Who takes a step."""

    CANDIDATE = "candidate", _("Kandidaat")
    COACH = "coach", _("Coach")
    CONNECTOR = "connector", _("Verbinder")
    OTHER = "other", _("Iemand anders")


class CorrectionPart(TextChoices):
    """What a correction is about."""

    STORY = "story", _("Mijn verhaal, dromen of wensen")
    TALENTS = "talents", _("Talenten of taken")
    HOURS = "hours", _("Uren, dagen of reizen")
    TALKS = "talks", _("Wat er over een gesprek staat")
    CONTACT = "contact", _("Mijn naam, telefoon of adres")
    OTHER = "other", _("Iets anders")


class CorrectionOutcome(TextChoices):
    """What the coach did with it."""

    CHANGED = "changed", _("Veranderd")
    KEPT = "kept", _("Niet veranderd")


class RetentionKind(TextChoices):
    """What happened to the term of a file."""

    NOTICE = "notice", _("Aangekondigd")
    POSTPONED = "postponed", _("Langer bewaren")


class ErasureRule(TextChoices):
    """Why somebody's file was erased."""

    ASKED = "asked", _("Op verzoek")
    LEFT = "left", _("Zelf gestopt")
    RETENTION = "retention", _("Bewaartermijn voorbij")
    REPLAYED = "replayed", _("Opnieuw gewist na herstel")
