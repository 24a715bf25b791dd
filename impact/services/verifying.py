"""Is this report real? Answers about a file or a hash, without keeping either, and silent about what is no release."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from buurtbaan.scope import Scope, scoped
from impact.canonical import sha256
from impact.models import Release, SealCertificate
from impact.seal.reading import Seal, SealState, read_seal
from impact.seal.signing import FIELD

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

BIGGEST = 25 * 1024 * 1024
"""Bytes of a file that is looked at; our reports stay far below."""
OUR_FIELD = f"({FIELD})".encode()
HASH = re.compile(r"[0-9a-f]{64}")


class Verdict(TextChoices):
    """What can be said; the label is the heading of the answer."""

    RELEASED = "released", _("Ja, dit rapport klopt")
    FIGURES = "figures", _("Ja, deze cijfers kloppen")
    WITHDRAWN = "withdrawn", _("Dit rapport is ingetrokken")
    SEALED = "sealed", _("Het zegel klopt, maar dit rapport is hier niet vrijgegeven")
    ALTERED = "altered", _("Dit bestand is veranderd")
    CUT = "cut", _("Dit bestand is beschadigd")
    STRANGER = "stranger", _("Dit zegel is niet van ons")
    UNSEALED = "unsealed", _("Dit is een PDF zonder ons zegel")
    NO_REPORT = "no_report", _("Dit is geen rapport van ons")
    UNKNOWN = "unknown", _("Dit kenmerk kennen we niet")
    NO_HASH = "no_hash", _("Dit is geen kenmerk")
    EMPTY = "empty", _("Dit bestand is leeg")
    TOO_BIG = "too_big", _("Dit bestand is te groot")
    TOO_OFTEN = "too_often", _("Je probeerde het vaak achter elkaar")


WORDS: dict[str, _StrPromise] = {
    Verdict.RELEASED: _(
        "Het bureau gaf dit bestand vrij en er is daarna niets aan veranderd, geen letter en geen cijfer."
    ),
    Verdict.FIGURES: _(
        "Dit zijn precies de cijfers die bij een vrijgegeven rapport horen. Er is niets aan veranderd."
    ),
    Verdict.WITHDRAWN: _(
        "Het bestand is echt, maar het bureau trok het rapport later in. Gebruik het niet meer en vraag het bureau "
        "om het nieuwe rapport."
    ),
    Verdict.SEALED: _(
        "Dit bestand is hier gemaakt en daarna niet veranderd. Maar we kennen het niet als vrijgegeven rapport. "
        "Vraag het bureau om het rapport dat is vrijgegeven."
    ),
    Verdict.ALTERED: _(
        "Het zegel in dit bestand klopt niet meer: er is iets veranderd, bijgezet of beschadigd. Vertrouw het niet. "
        "Download het rapport opnieuw, of vraag het bureau erom."
    ),
    Verdict.CUT: _(
        "Er ontbreekt een stuk. Vaak ging het downloaden of mailen mis. Download het rapport opnieuw en probeer "
        "het dan nog eens."
    ),
    Verdict.STRANGER: _(
        "In dit bestand zit een zegel of handtekening van iemand anders. We kunnen niet zeggen of dat goed is. "
        "Een rapport van deze site is het niet."
    ),
    Verdict.UNSEALED: _(
        "We kennen dit bestand niet. Misschien is het opnieuw opgeslagen of afgedrukt naar PDF: dan gaat het zegel "
        "eraf. Gebruik het bestand zoals je het downloadde."
    ),
    Verdict.NO_REPORT: _(
        "We kennen dit bestand niet. Kies de PDF van het rapport, of het bestand cijfers.json dat erin zit."
    ),
    Verdict.UNKNOWN: _(
        "Er is hier geen vrijgegeven rapport met dit kenmerk. Kijk of je het helemaal hebt overgenomen. Is het "
        "bestand van iemand anders gekregen? Vraag het bureau dan om het origineel."
    ),
    Verdict.NO_HASH: _("Een kenmerk (SHA-256) heeft 64 tekens: cijfers, en de letters a tot en met f."),
    Verdict.EMPTY: _("Er staat niets in. Kies het bestand nog eens, of download het opnieuw."),
    Verdict.TOO_BIG: _(
        "Onze rapporten zijn veel kleiner. Dit kan er dus geen zijn. We hebben het niet bekeken."
    ),
    Verdict.TOO_OFTEN: _("We hebben het niet bekeken. Wacht een paar minuten en probeer het dan weer."),
}
GOOD = (Verdict.RELEASED, Verdict.FIGURES)


@dataclass(frozen=True)
class Answer:
    """What is told about a file or hash. release: only of what was released, also when it was withdrawn."""

    verdict: Verdict
    hash: str = ""
    release: Release | None = None
    certificate: SealCertificate | None = None

    @property
    def words(self) -> str:
        return str(WORDS[self.verdict])

    @property
    def good(self) -> bool:
        return self.verdict in GOOD


def verify_hash(text: str) -> Answer:
    """What a SHA-256 belongs to: a released file or its figures. Spaces and capitals do not matter."""
    found = "".join(text.split()).lower()
    if not HASH.fullmatch(found):
        return Answer(Verdict.NO_HASH)
    return _known(found) or Answer(Verdict.UNKNOWN, found)


def verify_file(data: bytes) -> Answer:
    """What a file is. It is hashed and its seal is checked over its bytes; nothing in it is opened or kept."""
    if not data:
        return Answer(Verdict.EMPTY)
    if len(data) > BIGGEST:
        return Answer(Verdict.TOO_BIG)
    own = sha256(data)
    seal = read_seal(data)
    certificate = (
        SealCertificate.objects.filter(fingerprint=seal.fingerprint).first() if seal.fingerprint else None
    )
    known = _known(own, certificate)
    return known or Answer(_unknown(data, seal, ours=certificate is not None), own, certificate=certificate)


def _unknown(data: bytes, seal: Seal, *, ours: bool) -> Verdict:
    if not data.lstrip()[:5].startswith(b"%PDF-"):
        return Verdict.NO_REPORT
    if seal.fingerprint and not ours:
        return Verdict.STRANGER
    match seal.state:
        case SealState.WHOLE:
            return Verdict.SEALED
        case SealState.CUT:
            return Verdict.CUT
        case SealState.BROKEN | SealState.ADDED:
            return Verdict.ALTERED if ours or OUR_FIELD in data else Verdict.STRANGER
    return Verdict.UNSEALED if b"%%EOF" in data[-1024:] else Verdict.CUT


def _known(found: str, certificate: SealCertificate | None = None) -> Answer | None:
    """The release that this is the file or the figures of; the scope opens that one row and no other."""
    with scoped(Scope(token=found, reason="verify report")):
        release = (
            Release.objects.filter(Q(pdf_sha256=found) | Q(figures_sha256=found))
            .select_related("municipality")
            .defer("published")
            .order_by("-withdrawn_at", "pk")
            .first()
        )
    if release is None:
        return None
    if release.withdrawn_at:
        return Answer(Verdict.WITHDRAWN, found, release, certificate)
    verdict = Verdict.RELEASED if release.pdf_sha256 == found else Verdict.FIGURES
    return Answer(verdict, found, release, certificate)
