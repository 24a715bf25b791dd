"""Words on screen for the groups of the word lists, and for the languages people speak."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TALENT_GROUPS: dict[str, str | Promise] = {
    "people": _("Met mensen"),
    "organising": _("Regelen"),
    "thinking": _("Denken en leren"),
    "making": _("Doen en maken"),
    "creating": _("Bedenken"),
    "skills": _("Kunnen"),
}
TASK_GROUPS: dict[str, str | Promise] = {
    "kitchen": _("Keuken"),
    "hospitality": _("Gasten ontvangen"),
    "cleaning": _("Schoonmaken"),
    "textile": _("Textiel"),
    "workshop": _("Werkplaats"),
    "building": _("Klussen en bouwen"),
    "green": _("Groen"),
    "animals": _("Dieren"),
    "care": _("Zorg"),
    "children": _("Kinderen"),
    "shop": _("Winkel"),
    "logistics": _("Magazijn en vervoer"),
    "recycling": _("Hergebruik"),
    "neighbourhood": _("In de buurt"),
    "office": _("Kantoor"),
    "digital": _("Computer"),
    "creative": _("Creatief"),
}
CONDITION_GROUPS: dict[str, str | Promise] = {
    "body": _("Lichaam"),
    "surroundings": _("De plek"),
    "rhythm": _("Tijd en ritme"),
    "guidance": _("Uitleg en begeleiding"),
    "people": _("Mensen om je heen"),
    "demand": _("Wat het werk vraagt"),
}
GROUPS: dict[str, dict[str, str | Promise]] = {
    "talent": TALENT_GROUPS,
    "task": TASK_GROUPS,
    "condition": CONDITION_GROUPS,
}

LANGUAGES: dict[str, str | Promise] = {
    "ar": _("Arabisch"),
    "zgh": _("Berbers (Tamazight)"),
    "bg": _("Bulgaars"),
    "zh": _("Chinees"),
    "prs": _("Dari"),
    "de": _("Duits"),
    "en": _("Engels"),
    "fa": _("Farsi"),
    "fr": _("Frans"),
    "hi": _("Hindi"),
    "id": _("Indonesisch"),
    "it": _("Italiaans"),
    "ku": _("Koerdisch"),
    "om": _("Oromo"),
    "pap": _("Papiaments"),
    "ps": _("Pasjtoe"),
    "pl": _("Pools"),
    "pt": _("Portugees"),
    "ro": _("Roemeens"),
    "ru": _("Russisch"),
    "srn": _("Sranantongo"),
    "so": _("Somalisch"),
    "es": _("Spaans"),
    "ta": _("Tamil"),
    "ti": _("Tigrinya"),
    "tr": _("Turks"),
    "uk": _("Oekraïens"),
    "ur": _("Urdu"),
    "vi": _("Vietnamees"),
    "dse": _("Nederlandse Gebarentaal"),
}


def language_choices() -> list[tuple[str, str | Promise]]:
    """Languages beside Dutch by their name, for a form field."""
    return sorted(LANGUAGES.items(), key=lambda pair: str(pair[1]))
