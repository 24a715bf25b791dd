"""Cards as pages need them: one line per card, the own municipality's words before the country's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from buurtbaan.bureaus.models import Membership
from buurtbaan.rules.enums import Topic
from buurtbaan.rules.models import RuleVersion


@dataclass(frozen=True)
class Said:
    """What a card says today: for the country, and in the reader's municipality where that differs."""

    code: str
    topic: str
    national: RuleVersion | None
    local: tuple[RuleVersion, ...] = ()

    @property
    def first(self) -> RuleVersion:
        """What counts for the reader: the own municipality's words, or else the country's."""
        chosen = self.local[0] if self.local else self.national
        assert chosen is not None  # noqa: S101 - a card is made of at least one version
        return chosen


def by_card(versions: Iterable[RuleVersion]) -> list[Said]:
    """Versions of the same card together, in the order in which the cards first come."""
    found: dict[int, list[RuleVersion]] = {}
    for version in versions:
        found.setdefault(version.card_id, []).append(version)
    return [
        Said(
            rows[0].card.code,
            rows[0].card.topic,
            next((row for row in rows if row.municipality_id is None), None),
            tuple(row for row in rows if row.municipality_id is not None),
        )
        for rows in found.values()
    ]


def listed(membership: Membership, *, q: str = "", topic: str = "") -> list[Said]:
    """Today's cards that somebody may read; those that answer a question best come first."""
    rows = RuleVersion.objects.visible_to(membership).current()
    rows = rows.search(q) if q else rows.order_by("question", "pk")
    if topic:
        rows = rows.filter(card__topic=topic)
    return by_card(rows.select_related("card", "municipality").defer("answer"))


def shelves(cards: list[Said]) -> list[tuple[str, list[Said]]]:
    """Cards by topic, in the order of the topics."""
    found = [(str(topic.label), [card for card in cards if card.topic == topic]) for topic in Topic]
    return [(label, own) for label, own in found if own]


def beside(request: HttpRequest) -> dict[str, RuleVersion]:
    """Card's code → what counts for this reader, read once per request however many fields ask."""
    known: dict[str, RuleVersion] | None = getattr(request, "rule_cards", None)
    if known is None:
        membership = getattr(request, "membership", None)
        known = {card.code: card.first for card in listed(membership)} if membership else {}
        request.rule_cards = known  # type: ignore[attr-defined]
    return known
