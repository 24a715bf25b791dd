"""`manage.py verify_report FILE|HASH`: whether a file is a report that was released here, unchanged."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from impact.services.verifying import BIGGEST, HASH, Answer, Verdict, verify_file, verify_hash


class Command(BaseCommand):
    help = (
        "Zegt of een bestand of kenmerk (SHA-256) een vrijgegeven rapport is, en of er iets aan is veranderd."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", metavar="BESTAND|KENMERK")
        parser.add_argument("--json", action="store_true", help="als JSON")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        """Says it, and ends with an error when it is no released report as it was released."""
        answer = self._answer(what)
        told = self._told(answer)
        text = (
            json.dumps(told, ensure_ascii=False)
            if options["json"]
            else "\n".join(filter(None, told.values()))
        )
        if answer.good:
            self.stdout.write(text)
            return
        raise CommandError(text)

    def _answer(self, what: str) -> Answer:
        place = Path(what)
        if HASH.fullmatch(what.lower()) and not place.exists():
            return verify_hash(what)
        try:
            if place.stat().st_size > BIGGEST:
                return Answer(Verdict.TOO_BIG)
            return verify_file(place.read_bytes())
        except OSError as reason:
            raise CommandError(f"{what}: {reason.strerror}") from reason

    def _told(self, answer: Answer) -> dict[str, str]:
        release = answer.release
        return {
            "verdict": answer.verdict.value,
            "says": f"{answer.verdict.label}. {answer.words}",
            "report": f"{release.bureau_name}, {release.since} – {release.until}, v{release.version}"
            if release
            else "",
            "certificate": str(answer.certificate or ""),
            "sha256": answer.hash,
        }
