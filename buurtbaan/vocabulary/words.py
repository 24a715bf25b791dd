"""The words behind ids, and the names of the groups they stand in."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtbaan.vocabulary.load import DEMAND
from buurtbaan.vocabulary.models import Term, TermKind

TALENT_GROUPS: dict[str, Promise] = {
    "people": _("Met mensen"),
    "making": _("Met je handen"),
    "thinking": _("Met je hoofd"),
    "organising": _("Regelen en doorzetten"),
    "creating": _("Maken en verbeelden"),
    "skills": _("Praktisch"),
}
TASK_GROUPS: dict[str, Promise] = {
    "kitchen": _("Keuken"),
    "hospitality": _("Gastvrijheid"),
    "cleaning": _("Schoonmaken en was"),
    "green": _("Groen"),
    "animals": _("Dieren"),
    "workshop": _("Werkplaats"),
    "textile": _("Textiel"),
    "building": _("Klussen en bouwen"),
    "recycling": _("Hergebruik"),
    "logistics": _("Magazijn en vervoer"),
    "shop": _("Winkel"),
    "care": _("Zorg en hulp"),
    "children": _("Kinderen"),
    "neighbourhood": _("Buurt"),
    "office": _("Kantoor"),
    "digital": _("Computer en internet"),
    "creative": _("Creatief"),
}
CONDITION_GROUPS: dict[str, Promise] = {
    "body": _("Lichaam"),
    "surroundings": _("Omgeving"),
    "guidance": _("Begeleiding"),
    "rhythm": _("Ritme"),
    "people": _("Mensen om je heen"),
    DEMAND: _("Wat het werk vraagt"),
}
GROUPS: dict[str, dict[str, Promise]] = {
    TermKind.TALENT: TALENT_GROUPS,
    TermKind.TASK: TASK_GROUPS,
    TermKind.CONDITION: CONDITION_GROUPS,
}


def words(*lists: Iterable[int] | None) -> dict[int, str]:
    """Id → word in the reader's language, for all ids in these lists, in one query."""
    ids = {pk for one in lists for pk in one or ()}
    return {term.pk: term.label for term in Term.objects.filter(pk__in=ids)} if ids else {}


def named(ids: Iterable[int] | None, known: dict[int, str]) -> list[str] | None:
    """The words of a list, in its order; None stays None, because unknown is a state of its own."""
    return None if ids is None else [known[pk] for pk in ids if pk in known]
