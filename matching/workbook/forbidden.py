"""What a bureau never keeps: columns left out by their header or by what is in them, with the reason."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.workbook.values.text import Cell, fold, passes_elfproef

BSN = _("Een BSN bewaren we niet. Deze kolom is niet gelezen.")
BSN_INSIDE = _("In deze kolom staan nummers die op een BSN lijken. Een BSN bewaren we niet.")
IDENTITY = _("Nummers van een identiteitsbewijs bewaren we niet. Deze kolom is niet gelezen.")
HEALTH = _(
    "Gegevens over gezondheid bewaren we niet. Noteer bij de intake wat iemand nodig heeft op het werk. "
    "Deze kolom is niet gelezen."
)
OFFENCE = _("Gegevens over politie en justitie bewaren we niet. Deze kolom is niet gelezen.")
CAREER = _("CV, diploma en opleiding bewaren we niet: we kijken naar talenten. Deze kolom is niet gelezen.")
ORIGIN = _("Afkomst, geloof en geaardheid bewaren we niet. Deze kolom is niet gelezen.")
BENEFIT = _("Een uitkering noteren we alleen als iemand het zelf wil vertellen. Deze kolom is niet gelezen.")

# Whole words after folding; a star stands for the rest of a word, an underscore for a space.
_WORDS: tuple[tuple[Promise, str], ...] = (
    (BSN, "bsn bsn* burgerservice* sofi sofi* soficode sociaalfiscaal*"),
    (
        IDENTITY,
        "paspoort* identiteit* idkaart* idnummer* rijbewijsnummer* vreemdelingen* vnummer v_nummer "
        "documentnummer*",
    ),
    (
        HEALTH,
        "diagnose* diagnoses beperking* ziek* ziekte* ziektebeeld* medicatie* medicijn* medisch* handicap* "
        "stoornis* "
        "gezondheid* psych* verslav* autis* adhd add ass ptss depress* aandoening* klacht* "
        "arbeidsongeschikt* "
        "zwanger* allergie* therapie* behandelaar* behandeling* behandelplan* indicatie* wao wia wajong iq "
        "ggz",
    ),
    (
        OFFENCE,
        "delict* strafblad* straf* justiti* vog detentie* gedetineerd* reclassering* veroorde* politie* "
        "gevangen* antecedent* criminel* misdrijf* misdrij* vonnis* taakstraf* recidiv*",
    ),
    (
        CAREER,
        "cv curriculum* diploma* opleiding* certificat* onderwijs* studie studierichting schoolniveau "
        "werkervaring "
        "arbeidsverleden* scholing* school*",
    ),
    (
        ORIGIN,
        "etnic* etnisch* ras afkomst* nationaliteit* geboorteland* geboorteplaats* geloof* godsdienst* "
        "religie* religieus* "
        "geaardheid* kerkgenootschap* huidskleur* vakbond* migratieachtergrond* moslim",
    ),
    (BENEFIT, "uitkering* bijstand* uitkeringssituatie* inkomen* schuld* schulden* schuldhulp*"),
)
_JOINED = (  # found anywhere in a header without its spaces
    (BSN, ("burgerservicenummer", "sofinummer", "bsnnr")),
    (IDENTITY, ("identiteitsbewijs", "idbewijs")),
    (ORIGIN, ("landvanherkomst", "landvangeboorte", "plaatsvangeboorte")),
    (CAREER, ("curriculumvitae", "opleidingsniveau", "hoogstgenoten")),
    (OFFENCE, ("verklaringomtrentgedrag", "strafrechtelijk")),
)


def _pattern(words: str) -> re.Pattern[str]:
    parts = "|".join(re.escape(word.replace("_", " ")).replace(r"\*", r"\w*") for word in words.split())
    return re.compile(rf"\b(?:{parts})\b")


_PATTERNS = tuple((reason, _pattern(words)) for reason, words in _WORDS)
_LEAST_SEEN = 3
_SHARE_OF_BSN = 0.6  # by chance one number in eleven passes the elfproef


def forbidden_header(header: str) -> Promise | None:
    """Why a column with this header is left out, or None when it may be read."""
    text = fold(header)
    joined = text.replace(" ", "")
    for reason, words in _JOINED:
        if any(word in joined for word in words):
            return reason
    return next((reason for reason, pattern in _PATTERNS if pattern.search(text)), None)


def looks_like_bsn(values: Iterable[Cell]) -> bool:
    """Whether most of the filled cells hold eight or nine digits that pass the elfproef."""
    seen = passed = 0
    for value in values:
        if value is None or isinstance(value, bool | date | datetime):
            continue
        text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
        if not text:
            continue
        seen += 1
        digits = re.sub(r"[ .-]", "", text)
        passed += len(digits) in (8, 9) and digits.isdigit() and passes_elfproef(digits.zfill(9))
    return seen >= _LEAST_SEEN and passed >= seen * _SHARE_OF_BSN
