"""Why work ended and where to, read from the words that people use for it."""

from matching.enums import Destination, EndReason
from matching.workbook.values import fold

# What a reason says, by the words it may hold; the first that fits counts.
_REASONS: tuple[tuple[str, EndReason, Destination], ...] = (
    ("ander werk", EndReason.OTHER_WORK, Destination.REGULAR_JOB),
    ("andere baan", EndReason.OTHER_WORK, Destination.REGULAR_JOB),
    ("baan gevonden", EndReason.OTHER_WORK, Destination.REGULAR_JOB),
    ("werk gevonden", EndReason.OTHER_WORK, Destination.REGULAR_JOB),
    ("vast contract", EndReason.CONTRACT, Destination.REGULAR_JOB),
    ("in dienst", EndReason.CONTRACT, Destination.REGULAR_JOB),
    ("studie", EndReason.STUDY, Destination.STUDY),
    ("opleiding", EndReason.STUDY, Destination.STUDY),
    ("school", EndReason.STUDY, Destination.STUDY),
    ("ziek", EndReason.HEALTH, Destination.CARE),
    ("gezondheid", EndReason.HEALTH, Destination.CARE),
    ("past niet", EndReason.NO_FIT, Destination.SEARCHING),
    ("paste niet", EndReason.NO_FIT, Destination.SEARCHING),
    ("klik", EndReason.NO_FIT, Destination.SEARCHING),
    ("subsidie", EndReason.NO_MONEY, Destination.UNKNOWN),
    ("geld", EndReason.NO_MONEY, Destination.UNKNOWN),
    ("verhuis", EndReason.MOVED, Destination.UNKNOWN),
    ("contract", EndReason.AGREED_END, Destination.UNKNOWN),
    ("afgesproken", EndReason.AGREED_END, Destination.UNKNOWN),
    ("afgerond", EndReason.AGREED_END, Destination.UNKNOWN),
    ("klaar", EndReason.AGREED_END, Destination.UNKNOWN),
    ("afgelopen", EndReason.AGREED_END, Destination.UNKNOWN),
)


def why_it_ended(text: str) -> tuple[EndReason, Destination]:
    """The kind of reason and destination; the words themselves are kept beside them."""
    said = fold(text)
    return next(
        ((reason, destination) for word, reason, destination in _REASONS if word in said),
        (EndReason.OTHER, Destination.UNKNOWN),
    )
