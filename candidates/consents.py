"""What people say yes to, word for word. A text that was used is never changed: a new version gets a new entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from candidates.enums import ConsentPurpose


@dataclass(frozen=True)
class ConsentText:
    """One version of one text, in the languages of the house."""

    version: str
    since: date
    nl: str
    en: str

    def words(self, language: str) -> str:
        """The text in Dutch, or in English for an English reader."""
        return self.en if language.startswith("en") else self.nl

    def code(self, language: str) -> str:
        """What is kept beside the text: version and language."""
        return f"{self.version}-{'en' if language.startswith('en') else 'nl'}"


TEXTS: dict[str, list[ConsentText]] = {
    ConsentPurpose.RECORD: [
        ConsentText(
            "record-1",
            date(2026, 1, 1),
            "Het bureau mag opschrijven wat ik vertel, om samen werk te zoeken. Alleen mijn verbinder, mijn coach "
            "en de leiding van het bureau lezen het. De gemeente ziet mijn naam niet. "
            "Ik kan altijd meelezen en stoppen.",
            "The bureau may write down what I tell, to look for work together. Only my connector, my coach and the "
            "bureau's manager read it. The municipality does not see my name. I can always read along, and stop.",
        )
    ],
    ConsentPurpose.CONTACT: [
        ConsentText(
            "contact-1",
            date(2026, 1, 1),
            "Het bureau mag mij bellen, mailen of een bericht sturen.",
            "The bureau may call me, e-mail me or send me a message.",
        )
    ],
    ConsentPurpose.REFERRER_OUTCOME: [
        ConsentText(
            "referrer-1",
            date(2026, 1, 1),
            "Het bureau mag aan wie mij aanmeldde vertellen of ik meedoe en of ik werk heb gevonden. Verder niets.",
            "The bureau may tell who referred me whether I take part and whether I found work. Nothing else.",
        )
    ],
    ConsentPurpose.STORY: [
        ConsentText(
            "story-1",
            date(2026, 1, 1),
            "Het bureau mag mijn verhaal gebruiken om te laten zien wat het doet. "
            "Zonder mijn naam, en ik lees het eerst.",
            "The bureau may use my story to show what it does. Without my name, and I read it first.",
        )
    ],
    ConsentPurpose.FUNDER: [
        ConsentText(
            "funder-1",
            date(2026, 1, 1),
            "Het bureau mag aan een fonds dat meebetaalt, zoals het Europees Sociaal Fonds (ESF+), laten zien dat ik "
            "meedeed: mijn naam, mijn geboortejaar, wanneer ik begon en stopte, hoe lang ik zonder werk was, welke "
            "uitkering ik had als ik dat heb verteld, hoeveel uren ik hulp kreeg, op welke trainingsdagen ik er was, "
            "en welk werk ik vond. Niet wat ik vertelde. Wat al is getekend, houdt het fonds.",
            "The bureau may show a fund that helps to pay, such as the European Social Fund (ESF+), that I took part: "
            "my name, my year of birth, when I began and stopped, how long I was without work, which benefit I had if "
            "I told so, how many hours of help I had, on which training days I was there, and which work I found. Not "
            "what I told. What has been signed stays with the fund.",
        )
    ],
    ConsentPurpose.SHARE_WITH_EMPLOYER: [
        ConsentText(
            "employer-1",
            date(2026, 1, 1),
            "Het bureau mag aan {recipient} vertellen wat hieronder staat, zodat we kunnen kennismaken.",
            "The bureau may tell {recipient} what is written below, so that we can meet.",
        )
    ],
    ConsentPurpose.SHARE_WITH_ORGANISATION: [
        ConsentText(
            "organisation-1",
            date(2026, 1, 1),
            "Het bureau mag mijn naam, telefoonnummer en e-mailadres doorgeven aan {recipient}. "
            "Niet waarom. Dat vertel ik daar zelf, als ik wil.",
            "The bureau may give my name, phone number and e-mail address to {recipient}. "
            "Not why. I tell that myself, if I want to.",
        )
    ],
}
ASKED_AT_FIRST = (ConsentPurpose.RECORD, ConsentPurpose.CONTACT)
"""Asked in the first conversation; without the first of them nothing is kept."""
GENERAL = (
    ConsentPurpose.RECORD,
    ConsentPurpose.CONTACT,
    ConsentPurpose.REFERRER_OUTCOME,
    ConsentPurpose.STORY,
    ConsentPurpose.FUNDER,
)
"""Given once for the bureau; sharing with an employer is asked for each match apart."""


def current_text(purpose: str, on: date | None = None) -> ConsentText:
    """The version that holds on a day, the newest unless told otherwise."""
    versions = TEXTS[purpose]
    held = [text for text in versions if on is None or text.since <= on]
    return (held or versions)[-1]


def text_for(purpose: str, *, recipient: str = "", language: str = "") -> str:
    """The words to read out before somebody says yes."""
    return current_text(purpose).words(language or get_language() or "nl").replace("{recipient}", recipient)


def read_out(purpose: str, code: str) -> tuple[ConsentText, str] | None:
    """The text and language that a code such as `record-1-nl` stands for; None for a code we never used."""
    for text in TEXTS[purpose]:
        for language in ("nl", "en"):
            if text.code(language) == code:
                return text, language
    return None
