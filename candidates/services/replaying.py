"""A restored backup brings nobody back: the ledger, kept outside the database, says whom to erase again."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from buurtbaan.bureaus.models import Bureau
from buurtbaan.scope import Scope, scoped
from candidates.enums import ErasureRule
from candidates.models import Candidate, Erasure
from candidates.services.erasing import as_line, erase, hash_key


def replay(keys: Collection[str]) -> int:
    """Erase everybody whose key stands in the ledger, in a transaction each; gives how many. Twice is once."""
    done = 0
    for bureau in Bureau.objects.order_by("pk"):
        with scoped(Scope.for_bureau(bureau, reason="replay_erasures")):
            people = Candidate.objects.filter(bureau=bureau).only("pk", "key", "bureau")
            back = [person.pk for person in people.iterator() if hash_key(person) in keys]
        for pk in back:
            with scoped(Scope.for_bureau(bureau, reason="replay_erasures")):
                erase(candidate=Candidate.objects.get(pk=pk), rule=ErasureRule.REPLAYED)
                done += 1
    return done


def ledger_lines() -> list[dict[str, Any]]:
    """Every line of every bureau, as it is kept outside the database."""
    lines = []
    for bureau in Bureau.objects.order_by("pk"):
        with scoped(Scope.for_bureau(bureau, reason="export_erasures")):
            lines += [as_line(line) for line in Erasure.objects.filter(bureau=bureau).order_by("pk")]
    return lines
