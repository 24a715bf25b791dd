"""The municipality officer's round: read, compare, see what is planned, take the files along, check one of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.e2e.conftest import LAPTOP, PHONE, Someone
from tests.e2e.stack import DEMO_DATE, Stack

pytestmark = pytest.mark.e2e

RELEASED = f"""
from datetime import date, timedelta
from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.scope import Scope, scoped
from impact import services
from impact.forms import quarter_before
from impact.models import ImpactReport
from impact.services.making import make_report
bureau = Bureau.objects.get(slug="zuidwest")
with scoped(Scope.for_bureau(bureau)):
    by = Membership.objects.select_related("user").get(bureau=bureau, role="manager")
since, until = quarter_before(date.fromisoformat("{DEMO_DATE}") - timedelta(days=300))
earlier = quarter_before(since)
with scoped(Scope.for_membership(by)):
    asked = services.request_report(bureau=bureau, since=since, until=until, by=by, worker=False)
make_report(report_id=asked.pk, bureau_id=bureau.pk)
with scoped(Scope.for_membership(by)):
    made = ImpactReport.objects.get(pk=asked.pk)
    days = dict(zip(("since", "until"), map(str, earlier)))
    before = ImpactReport.objects.create(
        bureau=bureau, since=earlier[0], until=earlier[1], state="ready", snapshot=made.snapshot, pdf=made.pdf,
        published=made.published | {{"period": days, "stories": []}}, pdf_sha256=made.pdf_sha256,
        ready_at=made.ready_at)
    services.release(report=before, by=by)
    services.release(report=made, by=by)
"""
"""One report as every report is made, and an earlier one with the same figures to lay beside it; long ago enough to
overlap no report of another test."""


def follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name).first.click()


def take(page: Page, name: str, path: Path) -> Path:
    with page.expect_download() as waiting:
        page.locator("main").get_by_role("link", name=name).first.click()
    waiting.value.save_as(path)
    return path


def verdict(person: Someone, path: Path) -> str:
    """What the page that checks files says about this one."""
    page = person.page
    page.goto("/klopt-dit/")
    page.set_input_files("input[name=file]", path)
    with page.expect_navigation():
        page.get_by_role("button", name="Kijk na").click()
    return page.locator("h1").inner_text()


def test_an_officer_reads_compares_and_takes_along_reports_and_knows_which_file_is_real(
    someone: Callable[..., Someone], stack: Stack, tmp_path: Path
) -> None:
    stack.manage("shell", "-v", "0", "-c", RELEASED)
    manager = someone("jolanda@zuidwest.example", LAPTOP).page
    manager.goto("/rapporten/gepland/nieuw/")
    manager.check("input[name=rhythm][value=monthly]", force=True)
    with manager.expect_navigation():
        manager.get_by_role("button", name="Plan rapport").click()

    officer = someone("pieter@denhaag.example", PHONE)
    page = officer.page
    page.goto("/rapporten/gepland/")
    expect(page.locator("main")).to_contain_text("Elke maand")
    page.goto("/")
    follow(page, "Lees")
    pdf = take(page, "Download PDF", tmp_path / "rapport.pdf")
    book = load_workbook(take(page, "XLSX", tmp_path / "rapport.xlsx"))
    assert any("Ingestapt" in str(cell.value) for sheet in book for row in sheet for cell in row)
    follow(page, "Zet dit rapport naast een ander")
    expect(page.locator(".compare-two dd")).to_have_count(2)
    expect(page.locator(".compare-table").first).to_contain_text("Verschil")
    assert not officer.too_wide()

    assert verdict(officer, pdf) == "Ja, dit rapport klopt"
    altered = bytearray(pdf.read_bytes())
    altered[len(altered) // 2] ^= 1
    forged = tmp_path / "vervalst.pdf"
    forged.write_bytes(altered)
    assert verdict(officer, forged) == "Dit bestand is veranderd"
    assert officer.complaints == []
