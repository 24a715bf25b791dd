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
FORM_IS_FIXED = frozenset({PositionStatus.PUBLISHED, PositionStatus.PAUSED, PositionStatus.FILLED})


class CheckDecision(TextChoices):
    """What came out of the displacement check."""

    NO_DISPLACEMENT = "no_displacement", _("Geen verdringing")
    EXCEPTION = "exception", _("Toch akkoord, met reden")
    REFUSED = "refused", _("Niet akkoord")


POSITIVE = frozenset({CheckDecision.NO_DISPLACEMENT, CheckDecision.EXCEPTION})


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
