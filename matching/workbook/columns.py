"""The columns of the sheets: what each is called in Dutch spreadsheets."""

from matching.workbook.layout import Column, Sheet

__all__ = ["COLUMNS", "Column", "Sheet", "column_of"]

_PERSON = (
    Column(
        "first_name",
        "Voornaam",
        "voor naam; roepnaam; voornamen; voornaam kandidaat; naam voor",
        "Alleen deze is genoeg. Een hele naam mag ook in een kolom Naam.",
        once=True,
        instead=("full_name",),
    ),
    Column(
        "infix",
        "Tussenvoegsel",
        "tussen voegsel; tussenv; tussenvoegsels; tv; tussenvoeg; voorvoegsel; tussenvgs",
    ),
    Column(
        "last_name", "Achternaam", "achter naam; familienaam; geslachtsnaam; achternaam kandidaat; eigennaam"
    ),
    Column(
        "full_name",
        "Naam",
        "volledige naam; kandidaat; naam kandidaat; deelnemer; naam deelnemer; bewoner; "
        "naam bewoner; klant; cliënt; naam en voornaam; voor en achternaam; kandidaatnaam",
    ),
    Column(
        "birth",
        "Geboortedatum",
        "geb datum; gebdatum; geboorte datum; geb dat; gebdat; geboren; geboren op; "
        "geboortedag; geboortedatum kandidaat; geb",
        "Bijvoorbeeld 3-11-1985. Alleen een jaar mag ook.",
    ),
    Column("birth_year", "Geboortejaar", "geb jaar; gebjaar; jaar van geboorte; geboorte jaar"),
)
_EMPLOYER = Column(
    "employer",
    "Werkgever",
    "naam werkgever; bedrijf; bedrijfsnaam; organisatie; onderneming; ondernemer; "
    "sociaal ondernemer; bij; werkt bij; geplaatst bij; werkgever naam; plek bij",
    "De naam zoals op tabblad Werkgevers.",
    once=True,
)
_TITLE = Column(
    "title",
    "Functie",
    "werkplek; functienaam; werk; taak; taken; werkzaamheden; soort functie; vacature; rol; baan; "
    "omschrijving functie; titel; functietitel",
)
_FORM = Column(
    "form",
    "Werkvorm",
    "vorm; soort werk; type werk; soort plaatsing; type plaatsing; soort werkplek; vorm van werk; "
    "soort dienstverband; dienstverband; contractvorm; type",
    "Bijvoorbeeld vrijwilligerswerk of proefplaatsing.",
)
_STARTS = Column(
    "starts",
    "Start",
    "startdatum; start datum; datum start; begin; begindatum; vanaf; ingangsdatum; start op; gestart; "
    "gestart op; begonnen; begonnen op; ingang; datum ingang; per; aanvang; datum van; van",
    "Bijvoorbeeld 3-11-2025.",
)
_ENDS = Column(
    "ends",
    "Eind",
    "einddatum; eind datum; datum eind; einde; tot; tot en met; t/m; datum einde; gestopt; gestopt op; "
    "loopt tot; beëindigd; beëindigd op; eind op; datum tot; tm; stop; stopdatum",
    "Leeg als het nog loopt.",
)
_HOURS = Column(
    "hours",
    "Uren per week",
    "uren; uren p w; uren pw; uren/week; uur per week; u p w; upw; aantal uren; contracturen; "
    "urenperweek; aantal uren per week; weekuren; uren p/w; uren wk",
    "Bijvoorbeeld 8 of 8,5 of 8-12.",
)
_REASON = Column(
    "reason",
    "Reden",
    "toelichting; reden einde; reden eind; reden uitstroom; reden beëindiging; waarom; opmerking; "
    "opmerkingen; reden stoppen; reden van einde; uitstroomreden",
)
_PHONE = Column(
    "phone",
    "Telefoon",
    "tel; telefoonnummer; tel nr; telnr; tel nummer; mobiel; mobiele nummer; mobielnummer; gsm; 06; "
    "06 nummer; mob; telefoon nummer; telefoonnr; mobiele telefoon; nummer mobiel; telefoon mobiel",
    "Bijvoorbeeld 06 12345678.",
)
_EMAIL = Column(
    "email", "E-mail", "email; mail; mailadres; e mailadres; emailadres; e mail adres; mail adres"
)
_POSTCODE = Column(
    "postcode", "Postcode", "post code; pc; pc4; pc6; postcode 4; postcode cijfers; pcode", "2531 AB of 2531."
)
_ADDRESS = Column(
    "address",
    "Adres",
    "straat; straat en nummer; straat en huisnummer; bezoekadres; vestigingsadres; locatie",
)
_CITY = Column("city", "Plaats", "woonplaats; vestigingsplaats; stad; plaatsnaam; gemeente")
_BY = Column(
    "by",
    "Door",
    "coach; verbinder; medewerker; gesproken met; gesprek met; begeleider; wie; gespreksvoerder; naam coach; "
    "naam verbinder; gevoerd door; collega; met",
    "De naam van een collega met een account.",
)


def _columns(*columns: Column, once: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """The columns of a sheet; `once` names shared ones without which this sheet cannot be read."""
    return tuple(
        Column(c.name, c.header, c.variants, c.help, True, c.instead) if c.name in once else c
        for c in columns
    )


COLUMNS: dict[Sheet, tuple[Column, ...]] = {
    Sheet.CANDIDATES: _columns(
        *_PERSON,
        _POSTCODE,
        Column("area", "Buurt", "wijk; buurt wijk; wijk buurt; woonbuurt; buurtnaam; woonwijk; naam buurt"),
        _PHONE,
        _EMAIL,
        Column("connector", "Verbinder", "buurtverbinder; naam verbinder; verbinder naam; buurtcoach"),
        Column(
            "coach",
            "Coach",
            "begeleider; naam coach; consulent; jobcoach; trajectbegeleider; coach naam; werkcoach",
        ),
        Column(
            "entered_on",
            "Datum aanmelding",
            "aanmelddatum; datum binnenkomst; binnenkomst; inschrijfdatum; sinds; "
            "datum inschrijving; aangemeld op; datum eerste gesprek; eerste gesprek; eerste contact; "
            "instroomdatum; "
            "datum instroom; datum eerste contact; aangemeld; startdatum; datum start; start",
            "Bijvoorbeeld 3-11-2025.",
        ),
        Column(
            "intake_on",
            "Datum intake",
            "intake; intakedatum; intake datum; intake op; datum intakegesprek; intakegesprek",
        ),
        Column(
            "source",
            "Herkomst",
            "bron; via; hoe binnengekomen; instroom; aangemeld via; hoe gekomen; instroom via; "
            "binnengekomen via; kanaal",
            "Inloop, organisatie, aanmelding, bijeenkomst of online.",
        ),
        Column(
            "source_organisation",
            "Via organisatie",
            "verwijzer; verwezen door; verwijzende organisatie; aangemeld door; "
            "doorverwezen door; naam organisatie; organisatie",
        ),
        Column(
            "hours_now",
            "Uren nu",
            "huidige uren; uren per week nu; belastbaarheid; uren belastbaar; uren kan nu; "
            "belastbaarheid uren; beschikbare uren; uren beschikbaar; nu uren; uren huidig",
            "Hoeveel uur iemand nu kan werken.",
        ),
        Column(
            "hours_wished",
            "Uren gewenst",
            "gewenste uren; uren wens; wens uren; uren per week gewenst; uren later; "
            "urenwens; uren gewenst per week; gewenst aantal uren",
            "Hoeveel uur iemand later wil werken.",
        ),
        Column("student", "Student", "is student; student ja nee", "Ja of nee."),
        Column(
            "own_area",
            "In eigen buurt",
            "eigen buurt; werken in eigen buurt; wil in eigen buurt werken; werk in eigen buurt; "
            "in eigen wijk; eigen wijk",
            "Wil iemand in de eigen buurt werken? Ja of nee.",
        ),
        Column(
            "consent",
            "Toestemming",
            "akkoord; avg; toestemming avg; avg akkoord; toestemming gegeven; toestemming registratie; privacy; "
            "toestemmingsverklaring; toestemming getekend; toestemming bewaren",
            "Mag het bureau deze gegevens bewaren? Ja of nee.",
        ),
        Column("dreams", "Droom", "dromen; waar droom je van; droombaan; toekomstdroom"),
        Column(
            "wishes",
            "Wens",
            "wensen; wat wil je dat er verandert; wens voor verandering; werkwens; wensen werk",
        ),
        Column(
            "without_work_since",
            "Zonder werk sinds",
            "werkloos sinds; geen werk sinds; laatst gewerkt; laatste baan tot",
        ),
    ),
    Sheet.EMPLOYERS: _columns(
        Column(
            "employer",
            "Werkgever",
            "naam; naam werkgever; bedrijf; bedrijfsnaam; naam bedrijf; organisatie; onderneming; "
            "naam organisatie; ondernemer; sociaal ondernemer",
            once=True,
        ),
        Column(
            "kind",
            "Soort",
            "soort werkgever; type; type werkgever; soort organisatie; categorie",
            "Sociale onderneming, bedrijf, zorg, woningcorporatie, gemeente, school of eigen project.",
        ),
        Column(
            "own_project",
            "Eigen project",
            "eigen project van het bureau; project bureau; eigen",
            "Ja of nee.",
        ),
        Column("sector_name", "Wat ze doen", "sector; branche; activiteit; activiteiten; bedrijfstak"),
        Column("kvk", "KvK-nummer", "kvk; kvk nummer; kvknr; kvk nr; kamer van koophandel", "Acht cijfers."),
        Column(
            "contact",
            "Contactpersoon",
            "contact; naam contactpersoon; contactpersoon naam; aanspreekpunt; eigenaar",
        ),
        _PHONE,
        _EMAIL,
        _ADDRESS,
        _POSTCODE,
        _CITY,
        Column("website", "Website", "site; webadres; url; www; internet; webpagina"),
    ),
    Sheet.CONTACTS: _columns(
        _EMPLOYER,
        Column("contact", "Naam", "contactpersoon; naam contactpersoon; contact; aanspreekpunt", once=True),
        Column("task", "Functie", "rol; taak; functietitel", "Bijvoorbeeld eigenaar of werkbegeleider."),
        _PHONE,
        _EMAIL,
    ),
    Sheet.LOCATIONS: _columns(
        _EMPLOYER,
        Column("name", "Locatie", "naam; naam locatie; vestiging", "Bijvoorbeeld werkplaats of keuken."),
        _ADDRESS,
        _POSTCODE,
        _CITY,
        Column("accessibility", "Toegankelijkheid", "bereikbaarheid; toegankelijk"),
    ),
    Sheet.POSITIONS: _columns(
        _EMPLOYER,
        _TITLE,
        _FORM,
        _HOURS,
        Column(
            "hours_min",
            "Uren vanaf",
            "uren minimaal; minimum uren; uren min; min uren; minimaal uren; uren minimum",
        ),
        Column(
            "hours_max",
            "Uren tot",
            "uren maximaal; maximum uren; uren max; max uren; maximaal uren; uren maximum",
        ),
        Column(
            "places",
            "Aantal plekken",
            "aantal plaatsen; aantal; plekken; plaatsen; aantal werkplekken; beschikbare plekken",
            "Een heel getal.",
        ),
        Column(
            "growth",
            "Uren kunnen groeien",
            "groei mogelijk; groei; doorgroei mogelijk; meer uren mogelijk; doorgroeien",
            "Ja of nee.",
        ),
        _STARTS,
        _ENDS,
        Column(
            "description",
            "Omschrijving",
            "beschrijving; toelichting; opmerking; opmerkingen; inhoud; wat ga je doen",
        ),
        Column(
            "guide", "Wie begeleidt", "begeleider; begeleiding door; werkbegeleider; mentor; naam begeleider"
        ),
        Column("location", "Locatie", "waar; vestiging; plek", "Zoals op tabblad Locaties, of het adres."),
        once=("title",),
    ),
    Sheet.PLACEMENTS: _columns(
        *_PERSON,
        _EMPLOYER,
        _TITLE,
        _FORM,
        _STARTS,
        _ENDS,
        _HOURS,
        _REASON,
        Column(
            "employer_of_record",
            "In dienst bij",
            "formele werkgever; juridisch werkgever; juridische werkgever; "
            "werkgever op papier; contract bij; dienstverband bij",
        ),
        Column(
            "contract_on",
            "Datum contract",
            "contractdatum; contract datum; datum ondertekening; contract getekend op",
        ),
        once=("starts",),
    ),
    Sheet.HOURS_STEPS: _columns(
        *_PERSON,
        Column("employer", "Werkgever", _EMPLOYER.variants),
        _TITLE,
        Column(
            "starts",
            "Vanaf",
            f"{_STARTS.variants}; start; datum; datum wijziging; wijziging per",
            _STARTS.help,
        ),
        _ENDS,
        _HOURS,
        _REASON,
        once=("starts", "hours"),
    ),
    Sheet.CONVERSATIONS: _columns(
        *_PERSON,
        Column(
            "held_on",
            "Datum",
            "datum gesprek; gespreksdatum; datum contact; wanneer; dag; contactdatum",
            "Bijvoorbeeld 3-11-2025.",
            once=True,
        ),
        Column(
            "kind",
            "Soort",
            "soort gesprek; type; type gesprek; soort contact; vorm; contactvorm; wijze; onderwerp",
        ),
        Column(
            "minutes",
            "Minuten",
            "duur; duur in minuten; aantal minuten; tijd; gespreksduur",
            "Een heel getal.",
        ),
        Column(
            "text",
            "Verslag",
            "notitie; notities; gespreksverslag; samenvatting; inhoud; opmerking; opmerkingen; toelichting; "
            "aantekening; aantekeningen; tekst; wat is er gezegd",
        ),
        _BY,
    ),
    Sheet.MEASUREMENTS: _columns(
        *_PERSON,
        Column(
            "measured_on",
            "Datum",
            "datum meting; meetdatum; wanneer; meetmoment; dag",
            "Bijvoorbeeld 3-11-2025.",
            once=True,
        ),
        Column(
            "rung",
            "Trede",
            "trede nu; ladder; participatieladder; trede participatieladder; score; huidige trede; niveau; "
            "trede ladder",
            "Een getal van 1 tot en met 6.",
            once=True,
        ),
        Column(
            "potential",
            "Groeipotentieel",
            "potentieel; kan groeien naar; groei; trede potentieel; groeimogelijkheid; "
            "verwachte trede; doel trede",
            "Een getal van 1 tot en met 6.",
        ),
        Column(
            "wellbeing",
            "Hoe gaat het",
            "welzijn; welbevinden; in eigen woorden; eigen woorden; hoe gaat het met je; "
            "toelichting; opmerking; opmerkingen",
        ),
        _BY,
    ),
}


def column_of(sheet: Sheet, name: str) -> Column:
    """The column by its name in code."""
    return next(column for column in COLUMNS[sheet] if column.name == name)
