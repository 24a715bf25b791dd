"""Made-up names, as mixed as a neighbourhood; any likeness to somebody is chance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

FIRST = (
    "Aisha",
    "Bram",
    "Chantal",
    "Dimitri",
    "Esra",
    "Farid",
    "Gwen",
    "Hassan",
    "Imke",
    "Jaouad",
    "Kadisha",
    "Lars",
    "Meryem",
    "Nordin",
    "Olga",
    "Priya",
    "Quincy",
    "Rachida",
    "Sjoerd",
    "Tamara",
    "Umar",
    "Veerle",
    "Wesley",
    "Xiomara",
    "Yusuf",
    "Zainab",
    "Anouk",
    "Burak",
    "Conny",
    "Delano",
    "Emine",
    "Floor",
    "Gerrit",
    "Hanan",
    "Ilse",
    "Jerrel",
    "Khadija",
    "Levi",
    "Monique",
    "Naima",
    "Ömer",
    "Petra",
    "Rosa",
    "Samir",
    "Thea",
    "Ursula",
    "Vikash",
    "Willem",
    "Yara",
    "Zeki",
)
LAST = (
    ("", "Achterveen"),
    ("van", "Akkerhuis"),
    ("", "Belkasmi"),
    ("de", "Brink"),
    ("", "Chandrapal"),
    ("", "Demirci"),
    ("van der", "Eikenhout"),
    ("", "Fortuin"),
    ("", "Guldenmond"),
    ("", "Haddaoui"),
    ("van", "Ittersveld"),
    ("", "Jankowska"),
    ("", "Karaca"),
    ("de", "Lindeboom"),
    ("", "Mahabirsing"),
    ("", "Nijdamstra"),
    ("", "Oosterlaken"),
    ("", "Pinasar"),
    ("", "Rozenblad"),
    ("", "Sedneyson"),
    ("", "Tahirovic"),
    ("van den", "Uilenburg"),
    ("", "Veldkampen"),
    ("", "Wongsoredjo"),
    ("", "Yildizhan"),
)

DREAMS = (
    "Ik wil weer onder de mensen zijn en iets maken met mijn handen.",
    "Een eigen plek waar ik elke week op kan rekenen.",
    "Later een klein eethuisje in de buurt.",
    "Mijn kinderen laten zien dat ik het kan.",
    "Werken met fietsen of motoren.",
    "Mensen helpen die het zwaar hebben.",
    "Rustig beginnen, en dan verder leren.",
    "In de tuin werken, buiten zijn.",
)
WISHES = (
    "Minder zorgen over geld.",
    "Een vast ritme in de week.",
    "Meer mensen kennen in de wijk.",
    "Beter Nederlands leren praten.",
    "Vertrouwen in mezelf terugkrijgen.",
)
HOPES = (
    "Iets te doen hebben, een paar ochtenden.",
    "Wil graag kijken wat er kan.",
    "Is al vrijwilliger en wil een stap verder.",
    "Zoekt werk dicht bij huis.",
    "Wil leren en daarna een betaalde baan.",
)
GROWTH = (
    "Het gaat goed, ik wil meer doen.",
    "Ik slaap beter, een extra dag kan.",
    "Ik ken de mensen nu.",
    "Ik durf nu ook de kassa te doen.",
)
STEP_BACK = "Even rustiger aan, thuis was het druk."


def pick(items: Sequence[T], number: int) -> T:
    """The one that is this number's turn."""
    return items[number % len(items)]
