"""Names of any script: how they are searched, and where a Dutch prefix stands."""

from __future__ import annotations

import re
import unicodedata

SEARCH_MAX = 240
PARTICLES = frozenset(
    [
        "van",
        "de",
        "der",
        "den",
        "het",
        "'t",
        "’t",
        "ten",
        "ter",
        "te",
        "in",
        "op",
        "aan",
        "uit",
        "bij",
        "onder",
        "over",
        "voor",
        "von",
        "zu",
        "du",
        "des",
        "la",
        "le",
        "les",
        "da",
        "do",
        "das",
        "dos",
        "di",
        "del",
        "della",
    ]
)
# Letters that Unicode does not take apart into a base and an accent.
_BASE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)
_SILENT = re.compile(r"['’‘`´ʼ.]")
_BETWEEN = re.compile(r"[-‐‑‒–—/_,()]+")


def fold(text: str) -> str:
    """Lower case without accents, apostrophes and hyphens; letters of other scripts stay as they are."""
    small = unicodedata.normalize("NFKD", text).casefold()
    apart = unicodedata.normalize("NFKD", _SILENT.sub("", small))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    joined = unicodedata.normalize("NFC", bare).translate(_BASE)
    return " ".join(_BETWEEN.sub(" ", joined).split())


def search_name(first: str, infix: str = "", last: str = "") -> str:
    """The name as it is searched and sorted: every writer of a candidate fills `search_name` with this."""
    return fold(" ".join(part for part in (first, infix, last) if part))[:SEARCH_MAX]


def split_infix(last: str) -> tuple[str, str]:
    """The Dutch prefix apart from the last name: `van der Berg` is (`van der`, `Berg`)."""
    words = last.split()
    cut = next((at for at, word in enumerate(words) if word.casefold() not in PARTICLES), len(words))
    if not 0 < cut < len(words):
        return "", " ".join(words)
    return " ".join(words[:cut]).lower(), " ".join(words[cut:])
