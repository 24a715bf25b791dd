"""`manage.py load_rule_cards [FILE]`: the rule cards that come along, in our own words."""

from __future__ import annotations

import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from buurtbaan.bureaus.enums import Role
from buurtbaan.rules.models import RuleCard, RuleVersion
from buurtbaan.scope import Scope, scoped

KNOWN = Path(__file__).resolve().parents[2] / "data" / "cards.toml"


class Command(BaseCommand):
    help = "Zet de meegeleverde regelkaarten in de database. Een kaart die er al is, blijft zoals hij is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=KNOWN, help="TOML met [[card]]-blokken")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """All cards or none; what an administrator wrote since is never overwritten."""
        try:
            cards = tomllib.loads(file.read_text(encoding="utf-8"))["card"]
        except (OSError, KeyError, tomllib.TOMLDecodeError) as reason:
            raise CommandError(f"{file}: {reason}") from reason
        with scoped(Scope(role=Role.PLATFORM, reason="load_rule_cards")):
            made = sum(_put(card) for card in cards)
        if options["verbosity"]:
            self.stdout.write(f"{made} nieuwe regelkaarten, {len(cards)} in het bestand.")


def _put(card: dict[str, Any]) -> bool:
    words = dict(card)
    try:
        row, _made = RuleCard.objects.get_or_create(
            code=words.pop("code"), defaults={"topic": words.pop("topic")}
        )
        words.pop("topic", None)
        if RuleVersion.objects.filter(card=row, municipality=None).exists():
            return False
        version = RuleVersion(card=row, **words)
        version.answer = version.answer.strip()
        version.full_clean()
    except (KeyError, TypeError, ValidationError) as reason:
        raise CommandError(f"{card.get('code', '?')}: {reason}") from reason
    version.save()
    return True
