"""Languages that people in the neighbourhood speak and guides can help in, by their ISO 639 code."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtbaan.vocabulary.dayparts import listed

# The ones heard most come first; beside Dutch, which has a level of its own.
LANGUAGES: dict[str, Promise] = {
    "en": _("Engels"),
    "ar": _("Arabisch"),
    "tr": _("Turks"),
    "pl": _("Pools"),
    "uk": _("Oekraïens"),
    "ti": _("Tigrinya"),
    "so": _("Somalisch"),
    "om": _("Oromo"),
    "zgh": _("Berbers (Tamazight)"),
    "fa": _("Farsi"),
    "prs": _("Dari"),
    "ps": _("Pasjtoe"),
    "ku": _("Koerdisch"),
    "es": _("Spaans"),
    "fr": _("Frans"),
    "pt": _("Portugees"),
    "pap": _("Papiaments"),
    "srn": _("Sranantongo"),
    "bg": _("Bulgaars"),
    "ro": _("Roemeens"),
    "ru": _("Russisch"),
    "zh": _("Chinees"),
    "hi": _("Hindi"),
    "ur": _("Urdu"),
    "ta": _("Tamil"),
    "id": _("Indonesisch"),
    "vi": _("Vietnamees"),
    "de": _("Duits"),
    "it": _("Italiaans"),
    "dse": _("Nederlandse Gebarentaal"),
}


def choices() -> list[tuple[str, Promise]]:
    """Each language with its name, for a form field."""
    return list(LANGUAGES.items())


def name(code: str) -> str:
    """The name of a language, Dutch too; a code that we do not know stays as it is."""
    return str(_("Nederlands")) if code == "nl" else str(LANGUAGES.get(code, code))


def text(codes: Iterable[str]) -> str:
    """Several languages as a person would sum them up."""
    return listed([name(code) for code in codes])
