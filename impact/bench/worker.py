"""`python -m impact.bench.worker FIGURES N`: makes N reports when it is told to, warm, as a worker does."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path


def main(place: str, reports: int) -> None:
    """Says `ready`, waits for a line, makes the reports, and says `done`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buurtbaan.settings")
    import django

    django.setup()
    from django.utils import translation

    from impact.checking import check_document
    from impact.documents import render_report

    published = json.loads(Path(place).read_text())
    with translation.override("nl"):
        render_report(published, language="nl")
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        for _ in range(reports):
            check_document(render_report(published, language="nl"), published)
    sys.stdout.write("done\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
