"""`manage.py import_workbook`: read a bureau's workbook, and take it over with --commit."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from buurtbaan.bureaus.models import Bureau
from matching.workbook.errors import WorkbookRefused
from matching.workbook.importing import ImportResult, preview, take_over

SHOWN = 50  # entries of each list on the screen; --json shows all


class Command(BaseCommand):
    help = "Leest een werkboek (.xlsx) van een bureau. Zonder --commit wordt er niets bewaard."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="het werkboek (.xlsx)")
        parser.add_argument("--bureau", required=True, metavar="SLUG", help="het korte adres van het bureau")
        parser.add_argument("--commit", action="store_true", help="neem de gegevens echt over")
        parser.add_argument(
            "--skip-bad-rows", action="store_true", help="neem de goede rijen over, ook als er foute zijn"
        )
        parser.add_argument("--json", action="store_true", help="schrijf de uitkomst als JSON")

    def handle(self, *args: Any, file: Path, bureau: str, **options: Any) -> None:
        """Exit code 1, and nothing written, when the file cannot be read or bad rows may not be skipped."""
        with translation.override("nl"):
            self._handle(file, self._bureau(bureau), **options)

    def _handle(self, file: Path, bureau: Bureau, **options: Any) -> None:
        skip, commit = options["skip_bad_rows"], options["commit"]
        try:
            result = (
                take_over(file, bureau=bureau, skip_bad_rows=skip) if commit else preview(file, bureau=bureau)
            )
        except WorkbookRefused as refused:
            if options["json"]:
                self._write_json(
                    {"bureau": bureau.slug, "file": file.name, "committed": False, "error": refused.reason}
                )
            raise CommandError(refused.reason) from refused
        if options["json"]:
            self._write_json({"bureau": bureau.slug, "file": file.name, **result.as_dict()})
        else:
            self._write_text(result)
        if result.bad and not skip:
            raise CommandError(
                f"Er zijn {result.bad} foute rijen. Er is niets overgenomen. Verbeter ze, "
                "of neem de goede rijen over met --skip-bad-rows."
            )

    def _bureau(self, slug: str) -> Bureau:
        try:
            return Bureau.objects.get(slug=slug)
        except Bureau.DoesNotExist:
            known = ", ".join(Bureau.objects.order_by("slug").values_list("slug", flat=True)) or "geen"
            raise CommandError(f"Er is geen bureau '{slug}'. Bekend: {known}.") from None

    def _write_json(self, data: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))

    def _write_text(self, result: ImportResult) -> None:
        for name, count in result.sheets.items():
            self.stdout.write(
                f"{name}: {count.read} gelezen, {count.created} nieuw, {count.updated} bijgewerkt, "
                f"{count.skipped} overgeslagen, {count.doubles} mogelijk dubbel"
            )
        if result.ignored_sheets:
            self.stdout.write(f"Niet gelezen tabbladen: {', '.join(result.ignored_sheets)}")
        left = [
            f"{c.sheet} {c.column} {c.header or '(zonder kop)'}: {c.reason}" for c in result.left_out_columns
        ]
        self._write_list("Kolommen die we niet lezen", left)
        problems = [
            f"{p.sheet} rij {p.row}, {p.column}: {p.reason} (gevonden: {p.value or 'leeg'})"
            for p in result.problems
        ]
        self._write_list("Fouten", problems)
        doubles = [
            f"{d.sheet} rij {d.row} {d.name} lijkt op {d.other_name} "
            f"({f'rij {d.other_row}' if d.other_row else 'al in het bureau'}): {d.reason}"
            for d in result.doubles
        ]
        self._write_list("Mogelijk dubbel", doubles)
        self._write_list(
            "Zo gelezen", [f"{n.sheet} rij {n.row}, {n.column}: {n.reason}" for n in result.notes]
        )
        self.stdout.write("Overgenomen." if result.committed else "Er is niets overgenomen.")

    def _write_list(self, title: str, lines: list[str]) -> None:
        if lines:
            self.stdout.write(f"{title}:")
            for line in lines[:SHOWN]:
                self.stdout.write(f"  {line}")
            if len(lines) > SHOWN:
                self.stdout.write(f"  … en nog {len(lines) - SHOWN}. Met --json zie je alles.")
