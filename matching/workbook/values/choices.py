"""Words from a fixed list: yes or no, work form, source, rung of the ladder."""

import re
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.workbook.errors import ValueProblem
from matching.workbook.values.text import Cell, fold, typed, words

_NO_FORM = _("Dit is geen werkvorm die we kennen. Kies een werkvorm uit het voorbeeldbestand.")
_NO_SOURCE = _(
    "Dit is geen herkomst die we kennen. Schrijf inloop, organisatie, aanmelding, bijeenkomst of online."
)
_NO_RUNG = _("Dit is geen trede. Schrijf een getal van 1 tot en met 6.")
_YES = words("ja j yes y x xx v vink waar true 1 aan")
_NO = words("nee neen n no onwaar false 0 uit")
_TICKS = {
    "✓": True,
    "✔": True,
    "☑": True,
    "✅": True,
    "☒": True,
    "☐": False,
    "✗": False,
    "✘": False,
    "❌": False,
}

_WORK_FORMS = {
    "volunteering": "vrijwilligerswerk; vrijwilliger; vrijwillig; onbetaald werk; vw",
    "activation": "activerend werk; dagbesteding; arbeidsmatige dagbesteding; activering; activeringswerk; "
    "activerend werk / dagbesteding; belevingsgerichte dagbesteding",
    "work_experience": "werkervaringsplaats; werkervaringsplek; werkervaring; wep; stage; werkstage; "
    "participatieplaats; participatieplek; werkfit",
    "learn_work": "leerwerkplek; leerwerkplaats; leerwerk; leer werkplek; leerwerkbaan; leerwerktraject; "
    "bbl; praktijkleren",
    "trial": "proefplaatsing; proefplaats; proef; op proef; proefperiode; try out; tryout; try-out plaats",
    "participation_job": "baan op de parallelle arbeidsmarkt; parallelle arbeidsmarkt; buurtbaan; "
    "parallelle baan; "
    "participatiebaan; parallel; baankans",
    "secondment": "detachering; gedetacheerd; detacheren; uitzenden; uitzendwerk; uitzendbaan",
    "sheltered": "beschut werk; beschut; beschutte werkplek; beschutte werkplaats; sociale werkplaats; "
    "wsw; nieuw beschut",
    "basic_job": "basisbaan; basis baan",
    "supported_job": "betaalde baan met ondersteuning; betaald met ondersteuning; baan met ondersteuning; "
    "betaald werk met ondersteuning; loonkostensubsidie; lks; afspraakbaan; garantiebaan; baan met "
    "loonkostensubsidie; "
    "baan met jobcoach; banenafspraak; betaald met jobcoach",
    "regular_job": "reguliere baan; regulier; vaste baan; betaalde baan; betaald; betaald werk; reguliere "
    "arbeid; "
    "regulier werk; loondienst; vast; vast contract; arbeidsovereenkomst",
    "own_business": "eigen onderneming; eigen bedrijf; zzp; zzp'er; zelfstandig; zelfstandige; ondernemer; "
    "sociale cooperatie; eigen zaak; freelance",
}
_SOURCES = {
    "walk_in": "inloop; walk in; walkin; binnengelopen; binnenloop; binnen gelopen; inloopspreekuur; "
    "spreekuur; zelf; "
    "zelf gekomen; zelfmelder; eigen initiatief; straat; op straat; aangesproken; langsgekomen; mond tot "
    "mond; "
    "via via; buren; via buren; familie; via familie; vriend; via vriend; via vrienden; vrienden; kennis; "
    "via een kennis",
    "organisation": "organisatie; buurthuis; wijkcentrum; buurtcentrum; buurtorganisatie; buurthuis van de "
    "wijk; "
    "vrijwilligersorganisatie; vrijwilligerswerk; vrijwilliger; via organisatie; via een organisatie in de "
    "buurt; "
    "buurtkamer; moskee; kerk; school; voedselbank; speeltuin; sportclub; vereniging; bewonersorganisatie; "
    "ontmoetingsplek",
    "referral": "aanmelding; aangemeld; aanmelding w i; w i; aanmelding w&i; werk en inkomen; werkplein; "
    "wijkteam; "
    "sociaal wijkteam; sociaal team; doorverwijzing; doorverwezen; verwijzing; verwezen; verwijzer; "
    "gemeente; "
    "via gemeente; uwv; welzijn; welzijnswerk; maatschappelijk werk; huisarts; praktijkondersteuner; ggz; "
    "zorg; "
    "schuldhulp; schuldhulpverlening; reclassering; jobcoach; klantmanager; consulent; aangemeld of "
    "doorverwezen; "
    "aanmelding wijkteam; aanmelding gemeente; aanmelding uwv; aanmelding werk en inkomen; vluchtelingenwerk",
    "gathering": "bijeenkomst; maandelijkse bijeenkomst; meetup; netwerkbijeenkomst; banenmarkt; markt; "
    "informatiebijeenkomst; "
    "info bijeenkomst; bewonersavond; evenement; event; koffieochtend; open dag; workshop; training; "
    "buurtfeest",
    "online": "online; website; internet; facebook; instagram; whatsapp; linkedin; sociale media; social "
    "media; mail; "
    "e mail; webformulier; formulier; aanmeldformulier; site; app; google",
}
_SOURCE_STARTS = (
    ("inloop", "walk_in"),
    ("aanmeld", "referral"),
    ("doorverw", "referral"),
    ("verwez", "referral"),
    ("verwijz", "referral"),
    ("wijkteam", "referral"),
    ("bijeenkomst", "gathering"),
    ("online", "online"),
    ("website", "online"),
    ("buurthuis", "organisation"),
    ("wijkcentrum", "organisation"),
    ("organisatie", "organisation"),
)
_RUNGS = (
    "geisoleerd; isolatie; geen contacten",
    "sociale contacten buitenshuis; sociale contacten; contacten; sociale contacten buiten de deur; "
    "contacten buitenshuis",
    "deelname aan georganiseerde activiteiten; georganiseerde activiteiten; deelname georganiseerde "
    "activiteiten; "
    "activiteiten; deelname activiteiten; deelname aan activiteiten",
    "onbetaald werk; vrijwilligerswerk; onbetaald",
    "betaald werk met ondersteuning; betaald met ondersteuning; werk met ondersteuning; betaald werk met "
    "begeleiding",
    "betaald werk; betaald; regulier werk; betaalde baan",
)


def lookup(words: dict[str, str]) -> dict[str, str]:
    """Every word on the right, and every code on the left, as a key to its code."""
    return {fold(word): code for code, line in words.items() for word in (code, *line.split(";"))}


WORK_FORM_WORDS = lookup(_WORK_FORMS)
SOURCE_WORDS = lookup(_SOURCES)
RUNG_WORDS = {fold(word): rung for rung, line in enumerate(_RUNGS, start=1) for word in line.split(";")}
_RUNG_NUMBER = re.compile(r"(?:trede\s*)?([0-9]{1,3})(?:\s*[.):=,-]?\s*([^\W\d_].*)?)?", re.I)


def parse_yes_no(value: Cell) -> bool | None:
    """`ja`, `J`, `x`, a tick or `nee`; an empty cell is not an answer."""
    if value is None or isinstance(value, bool):
        return value
    text = typed(value)
    if not text:
        return None
    if text in _TICKS:
        return _TICKS[text]
    word = fold(text)
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueProblem(_("Schrijf ja of nee, of laat de cel leeg."))


def parse_work_form(value: Cell) -> str | None:
    """The code of the work form, from its name or a common word for it."""
    return choose(value, WORK_FORM_WORDS, _NO_FORM)


def parse_source(value: Cell) -> str | None:
    """How somebody came to the bureau; a word followed by a name (`aanmelding wijkteam`) goes by the word."""
    text = fold(typed(value))
    for start, code in _SOURCE_STARTS:
        if text not in SOURCE_WORDS and text.removeprefix("via ").startswith(start):
            return code
    return choose(value, SOURCE_WORDS, _NO_SOURCE)


def choose(value: Cell, words: dict[str, str], wrong: str | Promise) -> str | None:
    """The code behind a word; `wrong` is the reason when the word is not on the list."""
    text = typed(value)
    if not text:
        return None
    word = fold(text)
    code = words.get(word) or words.get(word.removeprefix("via "))
    if code is None:
        raise ValueProblem(wrong)
    return code


def parse_rung(value: Cell) -> int | None:
    """A rung of the participation ladder, 1 to 6: the number, `trede 3`, or its words."""
    if isinstance(value, bool | date | datetime):
        raise ValueProblem(_NO_RUNG)
    text = typed(value)
    if not text:
        return None
    if rung := RUNG_WORDS.get(fold(text)):
        return rung
    found = _RUNG_NUMBER.fullmatch(text)
    if not found or not 1 <= int(found[1]) <= 6:
        raise ValueProblem(_NO_RUNG)
    return int(found[1])
