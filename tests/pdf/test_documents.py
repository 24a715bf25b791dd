"""Every other paper of the product: each address that gives a PDF is asked for one, and each is PDF/UA-1."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.ui import pdf
from matching.models import Introduction
from tests.test_access import ENTRIES
from tests.world import World

FOLDER = Path(settings.BASE_DIR) / "templates" / "documents"
REPORTS = {"impact:report_pdf", "impact:release_download"}
ASIDE = {"impact/report.html", "impact/success.html", "impact/together.html"}
"""These have tests of their own, in test_report_pdf.py, test_success_sheet.py and test_together_pdf.py."""


def papers(world: World) -> list[tuple[str, str, Role]]:
    """Name, address and a role for each address that ends in .pdf."""
    found = []
    for name, entry in ENTRIES.items():
        url = reverse(name, kwargs=entry.args(world) if entry.args else None)
        if url.endswith(".pdf") and isinstance(entry.roles, frozenset) and name not in REPORTS:
            roles = entry.roles - entry.not_mine
            found.append((name, url, min(roles or entry.roles, key=list(Role).index)))
    return found


def test_every_paper_of_the_product_can_be_read_by_everybody(
    world: World,
    sign_in: Callable[[Membership], Client],
    broken: Callable[[bytes, str], dict[str, int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    used: set[str] = set()
    plain = pdf.render_to_string

    def noted(template: str, *args: object) -> str:
        used.add(template.removeprefix("documents/"))
        return plain(template, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(pdf, "render_to_string", noted)
    Introduction.objects.filter(pk=world.introduction.pk).update(starts_at=timezone.now())
    wrong = {}
    for name, url, role in papers(world):
        answer = sign_in(world.members[role]).get(url)
        if answer.status_code == 404:
            continue
        if answer.status_code != 200:
            wrong[name] = {f"{role}: {answer.status_code}": 1}
        elif found := broken(answer.content, "ua1"):
            wrong[name] = found
    assert not wrong, sorted(wrong.items())
    assert {str(path.relative_to(FOLDER)) for path in FOLDER.glob("*/[!_]*.html")} - used == ASIDE
