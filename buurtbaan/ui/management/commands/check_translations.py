"""`manage.py check_translations [--update]`: every text on the screens has its English."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from buurtbaan.ui.translations import Message, messages


class Command(BaseCommand):
    help = "Kijkt of elke tekst een Engelse vertaling heeft; --update zet nieuwe teksten in de lijst."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--update", action="store_true", help="voeg nieuwe teksten toe en haal ongebruikte weg"
        )

    def handle(self, *args: Any, update: bool, **options: Any) -> None:
        """Fail on a text without English, and on an entry that nothing uses."""
        path = Path(settings.BASE_DIR) / "locale" / "en" / "LC_MESSAGES" / "django.po"
        used = messages(Path(settings.BASE_DIR))
        if update:
            self._update(path, used)
        known = {_key(entry): entry for entry in polib.pofile(str(path))} if path.exists() else {}
        missing = [key for key in used if key not in known or not known[key].translated()]
        unused = [key for key in known if key not in used]
        broken = [key for key, entry in known.items() if key in used and not _same_names(entry)]
        for title, keys in (
            ("zonder Engels", missing),
            ("ongebruikt", unused),
            ("andere invulnamen", broken),
        ):
            for key in keys:
                self.stdout.write(f"{title}: {key[1]!r} ({', '.join(used.get(key, [])[:2])})")
        if missing or unused or broken:
            counts = (
                f"{len(missing)} zonder Engels, {len(unused)} ongebruikt, {len(broken)} met andere invulnamen"
            )
            raise CommandError(counts)

    def _update(self, path: Path, used: dict[Message, list[str]]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        old = {_key(entry): entry for entry in polib.pofile(str(path))} if path.exists() else {}
        po = polib.POFile(wrapwidth=110)
        po.metadata = {
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Language": "en",
            "Plural-Forms": "nplurals=2; plural=(n != 1);",
        }
        for key in sorted(used):
            po.append(old.get(key) or _entry(key))
        po.save(str(path))


def _key(entry: polib.POEntry) -> Message:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def _entry(key: Message) -> polib.POEntry:
    context, singular, plural = key
    extra = {"msgid_plural": plural, "msgstr_plural": {0: "", 1: ""}} if plural else {}
    return polib.POEntry(msgctxt=context or None, msgid=singular, **extra)


def _same_names(entry: polib.POEntry) -> bool:
    """The translation fills in the same named values as the text it translates."""
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    wanted = _names(entry.msgid) | _names(entry.msgid_plural or "")
    return all(
        _names(text) <= wanted and (entry.msgid_plural or _names(text) == wanted) for text in texts if text
    )


def _names(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|%[sd]|\{\w*\}", text))
