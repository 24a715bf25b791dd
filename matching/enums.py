"""The choices around matches, introductions and placements."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MatchState(TextChoices):
    PROPOSED = "proposed", _("Voorgesteld aan kandidaat")
    CANDIDATE_AGREED = "candidate_agreed", _("Kandidaat wil kennismaken")
    INTRODUCED = "introduced", _("Voorgesteld aan werkgever")
    MEETING_PLANNED = "meeting_planned", _("Kennismaking gepland")
    MET = "met", _("Kennisgemaakt")
    PLACED = "placed", _("Aan het werk")
    DECLINED = "declined", _("Gaat niet door")
    WITHDRAWN = "withdrawn", _("Ingetrokken")
    EXPIRED = "expired", _("Geen antwoord gekregen")


OPEN_STATES = (
    MatchState.PROPOSED,
    MatchState.CANDIDATE_AGREED,
    MatchState.INTRODUCED,
    MatchState.MEETING_PLANNED,
    MatchState.MET,
)
END_STATES = frozenset({MatchState.DECLINED, MatchState.WITHDRAWN, MatchState.EXPIRED})

MATCH_MOVES: dict[str, set[str]] = {
    MatchState.PROPOSED: {MatchState.CANDIDATE_AGREED, *END_STATES},
    MatchState.CANDIDATE_AGREED: {MatchState.INTRODUCED, *END_STATES},
    MatchState.INTRODUCED: {MatchState.MEETING_PLANNED, *END_STATES},
    MatchState.MEETING_PLANNED: {
        MatchState.MET,
        MatchState.MEETING_PLANNED,
        MatchState.INTRODUCED,
        *END_STATES,
    },
    MatchState.MET: {MatchState.PLACED, MatchState.MEETING_PLANNED, *END_STATES},
}

MOVES_BACK: dict[str, set[str]] = {
    MatchState.CANDIDATE_AGREED: {MatchState.PROPOSED},
    MatchState.MET: {MatchState.MEETING_PLANNED},
    MatchState.PLACED: {MatchState.MET},
    **{end: set(OPEN_STATES) for end in sorted(END_STATES)},
}
"""What can be taken back within a day; the database wants the event that names what it undoes."""


class DeclinedBy(TextChoices):
    CANDIDATE = "candidate", _("Kandidaat")
    EMPLOYER = "employer", _("Werkgever")
    BUREAU = "bureau", _("Bureau")


class DeclineReason(TextChoices):
    HOURS = "hours", _("De uren passen niet")
    TRAVEL = "travel", _("Het is te ver")
    TASKS = "tasks", _("Het werk past niet")
    CONDITIONS = "conditions", _("De werkplek past niet")
    TIMING = "timing", _("Het komt nu niet uit")
    FILLED = "filled", _("De plek is al vervuld")
    CLICK = "click", _("Het voelde niet goed")
    OTHER = "other", _("Iets anders")


class EndReason(TextChoices):
    """Why a placement ended; none of them is a failure."""

    AGREED_END = "agreed_end", _("Afgesproken einde")
    OTHER_WORK = "other_work", _("Ander werk gevonden")
    CONTRACT = "contract", _("Verder met een contract")
    STUDY = "study", _("Opleiding")
    HEALTH = "health", _("Even iets anders nodig")
    NO_FIT = "no_fit", _("Het paste niet")
    NO_MONEY = "no_money", _("Geen geld meer voor de plek")
    MOVED = "moved", _("Verhuisd")
    OTHER = "other", _("Anders")


class Destination(TextChoices):
    """Where somebody went."""

    OTHER_PLACEMENT = "other_placement", _("Andere werkplek via het bureau")
    SAME_EMPLOYER = "same_employer", _("Verder bij dezelfde werkgever")
    REGULAR_JOB = "regular_job", _("Reguliere baan")
    STUDY = "study", _("Opleiding")
    OWN_BUSINESS = "own_business", _("Eigen onderneming")
    VOLUNTEERING = "volunteering", _("Blijvend vrijwilligerswerk")
    SEARCHING = "searching", _("Zoekt verder met het bureau")
    CARE = "care", _("Eerst iets anders")
    UNKNOWN = "unknown", _("Onbekend")


class Said(TextChoices):
    """Whose words an ending is told in."""

    CANDIDATE = "candidate", _("De kandidaat")
    EMPLOYER = "employer", _("De werkgever")
    BUREAU = "bureau", _("Het bureau")
    TOGETHER = "together", _("Samen besproken")


class ChangeKind(TextChoices):
    """What was done to a placement."""

    STARTED = "started", _("Begonnen")
    EDITED = "edited", _("Afspraken veranderd")
    HOURS = "hours", _("Andere uren")
    CORRECTED = "corrected", _("Uren verbeterd")
    ENDED = "ended", _("Afgerond")
    WENT_ON = "went_on", _("Verder gegaan")


class NextStep(TextChoices):
    """What is planned for when work, or the money for it, ends."""

    TALK = "talk", _("Gesprek gepland")
    EXTENSION = "extension", _("Verlenging in zicht")
    CONTRACT = "contract", _("Contract in zicht")
    OTHER_WORK = "other_work", _("Ander werk in zicht")
    NOTHING = "nothing", _("Geen vervolg, samen besproken")


class CheckInMood(TextChoices):
    GOOD = "good", _("Het gaat goed")
    MIXED = "mixed", _("Wisselend")
    HARD = "hard", _("Het is lastig")


class QuestionKind(TextChoices):
    """What an employer is asked about."""

    INTRODUCTION = "introduction", _("Kennismaking")
    TIMES = "times", _("Wanneer het past")
    MET = "met", _("Hoe de kennismaking was")
    CHECK_IN = "check_in", _("Hoe gaat het")
    HOURS = "hours", _("Uren")
    COACH_PERIOD = "coach_period", _("Uren van de jobcoach")


class Grantor(TextChoices):
    """Who grants a job coach."""

    UWV = "uwv", _("UWV")
    MUNICIPALITY = "municipality", _("Gemeente")
    OTHER = "other", _("Anders")


class YesNo(TextChoices):
    YES = "yes", _("Ja")
    NO = "no", _("Nee")


ABOUT_INTRODUCTION = (QuestionKind.INTRODUCTION, QuestionKind.TIMES, QuestionKind.MET)
"""What is asked before somebody begins to work."""


class Teller(TextChoices):
    """Whose words they are."""

    CANDIDATE = "candidate", _("De kandidaat")
    EMPLOYER = "employer", _("De werkgever")
    COACH = "coach", _("De coach")


class Onward(TextChoices):
    """What somebody would like after a meeting."""

    YES = "yes", _("Ja, graag verder")
    MAYBE = "maybe", _("Ik weet het nog niet")
    NO = "no", _("Liever niet")


class MissedReason(TextChoices):
    """Why a meeting did not come about; none of them says anything about somebody."""

    TIMING = "timing", _("Het kwam niet uit")
    ILL = "ill", _("Iemand was ziek")
    WAY = "way", _("De weg was niet te vinden")
    TENSE = "tense", _("Het was spannend")
    UNKNOWN = "unknown", _("Dat weten we nog niet")


class ImportState(TextChoices):
    UPLOADED = "uploaded", _("Geüpload")
    PREVIEWING = "previewing", _("Wordt gelezen")
    READY = "ready", _("Klaar om over te nemen")
    RUNNING = "running", _("Wordt overgenomen")
    DONE = "done", _("Overgenomen")
    FAILED = "failed", _("Niet gelukt")


class MarkKind(TextChoices):
    """What somebody did with a matter on the list of the day."""

    LATER = "later", _("Later")
    DONE = "done", _("Gedaan")


class DigestDays(TextChoices):
    """When the list of the day comes by e-mail."""

    OFF = "off", _("Niet")
    WEEKDAYS = "weekdays", _("Elke werkdag")
    MONDAY = "monday", _("Alleen aan het begin van de week")


class DigestState(TextChoices):
    WAITING = "waiting", _("Wacht")
    SENT = "sent", _("Verstuurd")
    EMPTY = "empty", _("Niets te melden")
    FAILED = "failed", _("Niet gelukt")
