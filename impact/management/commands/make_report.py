"""`manage.py make_report`: the same report as the button makes, as files in a folder."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError

from buurtbaan.bureaus.models import Bureau
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from impact import exports, services
from impact.enums import DownloadKind, ReportState
from impact.models import ImpactReport


class Command(BaseCommand):
    help = "Maakt het impactrapport van een bureau en zet PDF, JSON, CSV en XLSX in een map."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bureau", required=True, metavar="SLUG")
        parser.add_argument("--from", dest="since", required=True, type=date.fromisoformat, metavar="DATUM")
        parser.add_argument("--until", required=True, type=date.fromisoformat, metavar="DATUM")
        parser.add_argument("--out", required=True, type=Path, metavar="MAP")
        parser.add_argument("--language", choices=["nl", "en"], default="nl")
        parser.add_argument("--json", action="store_true", help="vertel in JSON waar de bestanden staan")

    def handle(
        self, *args: Any, bureau: str, since: date, until: date, out: Path, language: str, **options: Any
    ) -> None:
        """Ask, make, write; a report that is there already is written again, not made anew."""
        found = Bureau.objects.select_related("municipality").filter(slug=bureau).first()
        if found is None:
            raise CommandError(f"Er is geen bureau “{bureau}”. Kies uit: {self._slugs()}.")
        report = self._made(found, since, until, language)
        files = self._write(report, found, out)
        told = {
            "report": report.pk,
            "version": report.version,
            "sha256": report.pdf_sha256,
            "files": {kind: str(path) for kind, path in files.items()},
        }
        self.stdout.write(
            json.dumps(told, ensure_ascii=False) if options["json"] else "\n".join(map(str, files.values()))
        )

    def _slugs(self) -> str:
        return ", ".join(Bureau.objects.order_by("slug").values_list("slug", flat=True))

    def _made(self, bureau: Bureau, since: date, until: date, language: str) -> ImpactReport:
        with scoped(Scope.for_bureau(bureau, reason="make_report")):
            try:
                report = services.request_report(
                    bureau=bureau, since=since, until=until, language=language, by=None, worker=False
                )
            except NotAllowedNow as reason:
                raise CommandError(str(reason)) from reason
        if report.state not in (ReportState.READY, ReportState.RELEASED):
            services.make_report(report_id=report.pk, bureau_id=bureau.pk)
        with scoped(Scope.for_bureau(bureau, reason="make_report")):
            report.refresh_from_db()
        if report.state not in (ReportState.READY, ReportState.RELEASED):
            raise CommandError(
                report.error or "Een worker is al met dit rapport bezig. Probeer het zo nog eens."
            )
        return report

    def _write(self, report: ImpactReport, bureau: Bureau, out: Path) -> dict[str, Path]:
        try:
            out.mkdir(parents=True, exist_ok=True)
            stem = Path(report.file_name).stem
            files = {}
            for kind in DownloadKind:
                path = out / f"{stem}.{kind.value}"
                path.write_bytes(self._bytes(report, kind))
                files[kind.value] = path
        except OSError as reason:
            raise CommandError(f"{out}: {reason.strerror}") from reason
        return files

    def _bytes(self, report: ImpactReport, kind: DownloadKind) -> bytes:
        if kind != DownloadKind.PDF:
            return exports.as_kind(report.published or {}, kind)
        with default_storage.open(report.file_name) as file:
            return bytes(file.read())
