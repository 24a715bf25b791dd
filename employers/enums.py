"""The choices around employers and positions."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class EmployerKind(TextChoices):
    SOCIAL = "social", _("Sociale onderneming")
    REGULAR = "regular", _("Gewoon bedrijf")
    CARE = "care", _("Zorgorganisatie")
    HOUSING = "housing", _("Woningcorporatie")
    MUNICIPALITY = "municipality", _("Gemeente")
    SCHOOL = "school", _("School")
    OWN_PROJECT = "own_project", _("Eigen project van het bureau")


class Facility(TextChoices):
    """Plain facts about a building; what it is like to work there stands in the vocabulary's conditions."""

    LEVEL_ENTRANCE = "level_entrance", _("Ingang zonder drempel")
    WIDE_DOORS = "wide_doors", _("Brede deuren")
    LIFT = "lift", _("Lift")
    ADAPTED_TOILET = "adapted_toilet", _("Aangepaste wc")
    PARKING = "parking", _("Parkeren voor de deur")
    BIKES = "bikes", _("Plek voor fiets of scootmobiel")
    STOP_NEARBY = "stop_nearby", _("Halte dichtbij")


class WorkForm(TextChoices):
    """In the order of the parallel labour market."""

    VOLUNTEERING = "volunteering", _("Vrijwilligerswerk")
    ACTIVATION = "activation", _("Activerend werk of dagbesteding")
    WORK_EXPERIENCE = "work_experience", _("Werkervaringsplaats")
    LEARN_WORK = "learn_work", _("Leerwerkplek")
    TRIAL = "trial", _("Proefplaatsing")
    PARTICIPATION_JOB = "participation_job", _("Baan op de parallelle arbeidsmarkt")
    SECONDMENT = "secondment", _("Detachering")
    SHELTERED = "sheltered", _("Beschut werk")
    BASIC_JOB = "basic_job", _("Basisbaan")
    SUPPORTED_JOB = "supported_job", _("Betaalde baan met ondersteuning")
    REGULAR_JOB = "regular_job", _("Reguliere baan")
    OWN_BUSINESS = "own_business", _("Eigen onderneming")


PAID_FORMS = frozenset(
    {
        WorkForm.PARTICIPATION_JOB,
        WorkForm.SECONDMENT,
        WorkForm.SHELTERED,
        WorkForm.BASIC_JOB,
        WorkForm.SUPPORTED_JOB,
        WorkForm.REGULAR_JOB,
    }
)
END_REQUIRED_FORMS = frozenset({WorkForm.TRIAL})


class PositionStatus(TextChoices):
    DRAFT = "draft", _("Concept")
    CHECKED = "checked", _("Getoetst")
    PUBLISHED = "published", _("Open")
    PAUSED = "paused", _("Op pauze")
    FILLED = "filled", _("Vervuld")
    CLOSED = "closed", _("Gesloten")


POSITION_MOVES: dict[str, set[str]] = {
    PositionStatus.DRAFT: {PositionStatus.CHECKED, PositionStatus.CLOSED},
    PositionStatus.CHECKED: {PositionStatus.PUBLISHED, PositionStatus.DRAFT, PositionStatus.CLOSED},
    PositionStatus.PUBLISHED: {PositionStatus.PAUSED, PositionStatus.FILLED, PositionStatus.CLOSED},
    PositionStatus.PAUSED: {PositionStatus.PUBLISHED, PositionStatus.CLOSED},
    PositionStatus.FILLED: {PositionStatus.PUBLISHED, PositionStatus.CLOSED},
    PositionStatus.CLOSED: {PositionStatus.DRAFT},
}

NEEDS_REASON = frozenset({PositionStatus.PAUSED, PositionStatus.CLOSED})


class MoveReason(TextChoices):
    """Why a position came into another state; own words can stand beside it."""

    GUIDE_AWAY = "guide_away", _("De begeleider is er even niet")
    BUSY = "busy", _("Het is nu te druk om iemand te begeleiden")
    NO_WORK = "no_work", _("Er is nu te weinig werk")
    CHANGING = "changing", _("Het werk of de plek verandert")
    NOT_ALLOWED = "not_allowed", _("De verdringingstoets is niet akkoord")
    ALLOWED = "allowed", _("De verdringingstoets is akkoord")
    FULL = "full", _("Alle plekken zijn bezet")
    SOMEONE = "someone", _("Er begint binnenkort iemand")
    GUIDED = "guided", _("De begeleiding zit nu vol")
    FINISHED = "finished", _("Het werk is klaar")
    PAID = "paid", _("Het is een gewone baan geworden")
    STOPS = "stops", _("De werkgever stopt ermee")
    NOBODY = "nobody", _("Er kwam niemand die het wil doen")
    DOUBLE = "double", _("De werkplek stond er dubbel in")
    AGAIN = "again", _("We beginnen er opnieuw mee")
    FORM = "form", _("De werkvorm is veranderd")
    SPACE = "space", _("Er is weer plek")
    RESUMED = "resumed", _("De pauze is voorbij")
    UNDONE = "undone", _("Teruggedraaid")
    OTHER = "other", _("Anders")


MOVE_REASONS: dict[str, list[MoveReason]] = {
    PositionStatus.DRAFT: [MoveReason.CHANGING, MoveReason.AGAIN, MoveReason.OTHER],
    PositionStatus.PAUSED: [
        MoveReason.GUIDE_AWAY,
        MoveReason.BUSY,
        MoveReason.NO_WORK,
        MoveReason.CHANGING,
        MoveReason.OTHER,
    ],
    PositionStatus.FILLED: [MoveReason.FULL, MoveReason.SOMEONE, MoveReason.GUIDED, MoveReason.OTHER],
    PositionStatus.CLOSED: [
        MoveReason.FINISHED,
        MoveReason.PAID,
        MoveReason.STOPS,
        MoveReason.NOBODY,
        MoveReason.DOUBLE,
        MoveReason.NOT_ALLOWED,
        MoveReason.OTHER,
    ],
}
"""What somebody chooses from; a state that is not here explains itself."""
USUAL_REASONS: dict[tuple[str, str], MoveReason] = {
    (PositionStatus.PUBLISHED, PositionStatus.FILLED): MoveReason.FULL,
    (PositionStatus.FILLED, PositionStatus.PUBLISHED): MoveReason.SPACE,
    (PositionStatus.PAUSED, PositionStatus.PUBLISHED): MoveReason.RESUMED,
    (PositionStatus.CLOSED, PositionStatus.DRAFT): MoveReason.AGAIN,
    (PositionStatus.DRAFT, PositionStatus.CHECKED): MoveReason.ALLOWED,
}
"""Why a move is made when nobody says otherwise."""
FORM_IS_FIXED = frozenset({PositionStatus.PUBLISHED, PositionStatus.PAUSED, PositionStatus.FILLED})


class CheckDecision(TextChoices):
    """What came out of the displacement check."""

    NO_DISPLACEMENT = "no_displacement", _("Geen verdringing")
    EXCEPTION = "exception", _("Toch akkoord, met reden")
    REFUSED = "refused", _("Niet akkoord")


class ExceptionGround(TextChoices):
    """Why work may open although an answer gives pause; the report counts these."""

    LEFT_UNDONE = "left_undone", _("Het werk blijft anders liggen")
    RELIEVES = "relieves", _("Vaste mensen krijgen tijd voor hun eigen vak")
    SHORT = "short", _("Het is kort en heeft een einddatum")
    LEADS_ON = "leads_on", _("Het leidt naar een gewone baan")
    SURPLUS = "surplus", _("Het is extra, boven op het vaste team")
    AGREED = "agreed", _("Medewerkers of bond zijn het ermee eens")
    OTHER = "other", _("Iets anders")


POSITIVE = frozenset({CheckDecision.NO_DISPLACEMENT, CheckDecision.EXCEPTION})


class TaskStanding(TextChoices):
    """How a team's task goes now."""

    DONE = "done", _("Gaat goed")
    LEFT = "left", _("Blijft liggen")
    TAKES_TIME = "takes_time", _("Kost tijd van het eigen vak")


class SubscriptionState(TextChoices):
    """How far a subscription is; follows from its days."""

    COMING = "planned", _("Begint nog")
    RUNNING = "active", _("Loopt")
    ENDING = "ending", _("Loopt af")
    OVER = "ended", _("Voorbij")


class CommissionOrigin(TextChoices):
    """Where the work of a commission comes from."""

    BROUGHT_BACK = "brought_back", _("Teruggehaald van buiten de wijk")
    NEW = "new_work", _("Nieuw werk")


class LineKind(TextChoices):
    """What an own project's money came from or went to."""

    SALES = "sales", _("Verkoop en diensten")
    SUBSIDY = "subsidy", _("Subsidie of fonds")
    GIFT = "gift", _("Gift")
    OTHER_INCOME = "other_in", _("Andere inkomsten")
    WAGES = "wages", _("Loon en vergoedingen")
    GUIDANCE = "guidance", _("Begeleiding")
    MATERIAL = "material", _("Materiaal en inkoop")
    RENT = "rent", _("Huur en energie")
    OTHER_COST = "other_out", _("Andere kosten")


INCOME_KINDS = frozenset({LineKind.SALES, LineKind.SUBSIDY, LineKind.GIFT, LineKind.OTHER_INCOME})


class Guidance(IntegerChoices):
    """How much guidance, asked or offered."""

    NONE = 0, _("Geen")
    AT_START = 1, _("In het begin")
    REGULAR = 2, _("Geregeld")
    CONSTANT = 3, _("Steeds iemand in de buurt")


class LanguageLevel(IntegerChoices):
    """Spoken Dutch, in words a neighbour understands."""

    NONE = 0, _("Nog niet")
    FEW_WORDS = 1, _("Een paar woorden")
    SIMPLE = 2, _("Een eenvoudig gesprek")
    GOOD = 3, _("Goed")
    FLUENT = 4, _("Vloeiend")
