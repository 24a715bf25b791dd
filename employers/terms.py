"""The words that employers choose from."""

from __future__ import annotations

from buurtbaan.ui.forms import TermGroups, term_groups
from buurtbaan.vocabulary.load import DEMAND
from buurtbaan.vocabulary.models import TermKind
from buurtbaan.vocabulary.words import CONDITION_GROUPS, TALENT_GROUPS, TASK_GROUPS

task_groups = term_groups(TermKind.TASK, TASK_GROUPS)
talent_groups = term_groups(TermKind.TALENT, TALENT_GROUPS)
_conditions = term_groups(TermKind.CONDITION, CONDITION_GROUPS)


def offered_groups() -> TermGroups:
    """What a workplace can offer: all conditions but the demands of the work."""
    return [group for group in _conditions() if group[0] != CONDITION_GROUPS[DEMAND]]


def demanded_groups() -> TermGroups:
    """What the work asks of somebody."""
    return [group for group in _conditions() if group[0] == CONDITION_GROUPS[DEMAND]]
