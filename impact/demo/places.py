"""Bureaus, areas, companies and the work they have.

The codes and coordinates of areas are near the truth but not checked against a register.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Place:
    code: str
    name: str
    postcodes: tuple[str, ...]
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Work:
    """A position: title, form, hours a week, and the group of the word list that its tasks come from."""

    title: str
    form: str
    hours: tuple[int, int]
    places: int = 4
    mornings_only: bool = False
    guidance: int = 2
    dutch: int = 1
    tasks: str = "workshop"
    demands: tuple[str, ...] = ()


@dataclass(frozen=True)
class Company:
    name: str
    kind: str
    sector: str
    sector_name: str
    area: int
    work: tuple[Work, ...]
    named: bool = True


@dataclass(frozen=True)
class Town:
    slug: str
    name: str
    municipality: tuple[str, str]
    places: tuple[Place, ...]
    companies: tuple[Company, ...]
    connectors: tuple[str, ...] = ()
    coaches: tuple[str, ...] = ()
    manager: str = ""
    officer: str = ""
    organisations: tuple[tuple[str, str], ...] = field(default=())


ZUIDWEST = Town(
    slug="zuidwest",
    name="Baankans Zuidwest",
    municipality=("GM0518", "Den Haag"),
    places=(
        Place("WK051832", "Moerwijk", ("2531", "2532", "2533"), 52.0537, 4.2953),
        Place("WK051833", "Morgenstond", ("2541", "2542", "2544"), 52.0497, 4.2716),
        Place("WK051834", "Bouwlust", ("2543", "2545"), 52.0409, 4.2617),
        Place("WK051835", "Vrederust", ("2546", "2547", "2548"), 52.0436, 4.2489),
    ),
    companies=(
        Company(
            "Tweede Vilt",
            "social",
            "13",
            "Producten van hergebruikt textiel",
            0,
            (
                Work(
                    "Vilt snijden en naaien",
                    "work_experience",
                    (4, 24),
                    6,
                    tasks="textile",
                    demands=("noise",),
                ),
                Work("Inpakken en verzenden", "participation_job", (8, 27), 3, tasks="logistics"),
            ),
        ),
        Company(
            "Goedemorgen Ontbijt",
            "social",
            "10",
            "Maakt ontbijtproducten",
            1,
            (
                Work(
                    "Granola mengen en afwegen", "learn_work", (8, 24), 5, mornings_only=True, tasks="kitchen"
                ),
            ),
        ),
        Company(
            "Restaurant De Lange Tafel",
            "social",
            "56",
            "Buurtrestaurant",
            0,
            (
                Work(
                    "Koken met de kok",
                    "learn_work",
                    (8, 24),
                    4,
                    tasks="kitchen",
                    demands=("busy_moments", "standing_for_long"),
                ),
                Work(
                    "Bedienen en gastvrouw zijn",
                    "work_experience",
                    (4, 20),
                    3,
                    dutch=2,
                    tasks="hospitality",
                    demands=("customers", "busy_moments"),
                ),
            ),
        ),
        Company(
            "Spaak en Ketting",
            "social",
            "95",
            "Fietsenwerkplaats",
            2,
            (
                Work(
                    "Fietsen opknappen",
                    "work_experience",
                    (4, 27),
                    6,
                    tasks="workshop",
                    demands=("machines",),
                ),
            ),
        ),
        Company(
            "Zorg om de Hoek",
            "care",
            "88",
            "Zorg aan huis en in de wijk",
            1,
            (
                Work(
                    "Gastheer of gastvrouw in de ontmoetingsruimte",
                    "supported_job",
                    (12, 28),
                    4,
                    dutch=3,
                    tasks="care",
                ),
                Work("Hulp bij het huishouden", "regular_job", (12, 32), 3, dutch=2, tasks="cleaning"),
            ),
        ),
        Company(
            "Wasserij Helder",
            "regular",
            "96",
            "Wasserij",
            3,
            (
                Work(
                    "Linnen vouwen en sorteren",
                    "supported_job",
                    (12, 32),
                    4,
                    dutch=0,
                    tasks="cleaning",
                    demands=("standing_for_long",),
                ),
            ),
            named=False,
        ),
        Company(
            "Tuinen van Zuidwest",
            "social",
            "01",
            "Tuincoöperatie",
            2,
            (
                Work(
                    "Groente telen en oogsten",
                    "work_experience",
                    (4, 20),
                    5,
                    dutch=0,
                    tasks="green",
                    demands=("outdoors_all_weather", "bending_often"),
                ),
                Work("Onderhoud van binnentuinen", "volunteering", (2, 12), 6, dutch=0, tasks="green"),
            ),
        ),
        Company(
            "Bouwstoffen Laan",
            "regular",
            "46",
            "Handel in bouwmaterialen",
            3,
            (
                Work(
                    "Orders klaarzetten in het magazijn",
                    "regular_job",
                    (16, 36),
                    3,
                    dutch=2,
                    tasks="logistics",
                    demands=("lifting_up_to_15_kg",),
                ),
            ),
            named=False,
        ),
    ),
    connectors=("Noor Verbeek", "Karim Oussoren"),
    coaches=("Marit Hoogland", "Dewi Sastro", "Tom Rietveld"),
    manager="Jolanda Kievit",
    officer="Pieter van Zanten",
    organisations=(
        ("Buurthuis De Wissel", "community_centre"),
        ("Wijkcentrum Morgenlicht", "community_centre"),
        ("Taalhuis Zuid", "welfare"),
        ("Wijkteam Moerwijk", "wijkteam"),
        ("Werk en Inkomen", "work_income"),
    ),
)

SPIJKERKWARTIER = Town(
    slug="spijkerkwartier",
    name="BuurtBaanBureau Spijkerkwartier",
    municipality=("GM0202", "Arnhem"),
    places=(
        Place("WK020203", "Spijkerkwartier", ("6828",), 51.9831, 5.9196),
        Place("WK020204", "Arnhemse Broek", ("6826", "6827"), 51.9777, 5.9265),
    ),
    companies=(
        Company(
            "Wijkfietsen",
            "own_project",
            "95",
            "Fietsen van het bureau",
            0,
            (Work("Fietsen maken en verhuren", "activation", (2, 16), 6, tasks="workshop"),),
        ),
        Company(
            "Kelderzwam",
            "own_project",
            "01",
            "Paddenstoelenkwekerij",
            0,
            (Work("Oesterzwammen kweken", "work_experience", (4, 20), 5, dutch=0, tasks="green"),),
        ),
        Company(
            "Klus Om de Hoek",
            "own_project",
            "43",
            "Klusbedrijf van de buurt",
            0,
            (Work("Kleine klussen bij buren", "learn_work", (4, 24), 5, dutch=2, tasks="building"),),
        ),
        Company(
            "Drukkerij Rijnkade",
            "regular",
            "18",
            "Drukkerij",
            1,
            (Work("Afwerken en inpakken", "regular_job", (16, 32), 2, dutch=1, tasks="logistics"),),
        ),
    ),
    connectors=("Fenna Drost",),
    coaches=("Sander Ploeg", "Leila Amrani"),
    manager="Wim Terpstra",
    officer="Anneke Jolink",
    organisations=(
        ("Sociaal wijkteam Centrum", "wijkteam"),
        ("Werk en Inkomen Arnhem", "work_income"),
        ("Buurthuis De Spil", "community_centre"),
    ),
)

GEEREN = Town(
    slug="samen-zuid",
    name="Bewonerscoöperatie Samen Zuid",
    municipality=("GM0758", "Breda"),
    places=(Place("WK075806", "Geeren-zuid", ("4826",), 51.6036, 4.8026),),
    companies=(
        Company(
            "Wijkrestaurant De Hoek",
            "own_project",
            "56",
            "Restaurant van de coöperatie",
            0,
            (Work("Koken en serveren", "work_experience", (4, 20), 6, tasks="hospitality"),),
        ),
        Company(
            "Schoonmaak Samen",
            "own_project",
            "81",
            "Schoonmaak in de wijk",
            0,
            (Work("Portieken schoonhouden", "supported_job", (8, 24), 6, dutch=0, tasks="cleaning"),),
        ),
    ),
    connectors=("Ria Goossens",),
    coaches=("Mo Lamers",),
    manager="Ingrid Roovers",
    officer="Bas Verhulst",
    organisations=(("Buurthuis Zuid", "community_centre"),),
)

TOWNS = (ZUIDWEST, SPIJKERKWARTIER, GEEREN)
