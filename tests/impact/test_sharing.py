"""What a municipality does with released reports: compare, be told, download; and what the bureau sees of that."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from impact import services, tasks
from impact.comparing import compare
from impact.models import Download, NoticeState, Release, ReleaseNotice
from impact.services import notices
from tests.bureaus.factories import BureauFactory, MembershipFactory
from tests.impact.test_api import PUBLISHED, release_of


@pytest.fixture
def officer(bureau: Bureau) -> Membership:
    place = {"bureau": None, "municipality": bureau.municipality}
    return MembershipFactory(role=Role.MUNICIPALITY, **place, starts=date(2026, 1, 1))


def with_figures(**values: tuple[Any, str]) -> dict[str, Any]:
    """The published figures with other numbers."""
    other = deepcopy(PUBLISHED)
    for name, (value, status) in values.items():
        other["figures"][f"funnel:{name}"] |= {"value": value, "status": status}
    return other


def test_a_difference_is_told_only_of_two_numbers_that_are_shown(bureau: Bureau) -> None:
    before = release_of(bureau, since=date(2025, 1, 1), until=date(2025, 6, 30))
    assert "Intake" not in {line.label for line in compare(before, before).groups[0].lines}
    after = release_of(bureau, published=with_figures(entered=(9, "shown"), intake=(7, "shown")))
    lines = {line.label: line for line in compare(before, after).groups[0].lines}
    assert (lines["Ingestapt"].before, lines["Ingestapt"].after, lines["Ingestapt"].difference) == (
        "12",
        "9",
        "−3",
    )
    assert (lines["Intake"].before, lines["Intake"].after, lines["Intake"].difference) == ("∗", "7", "∗")
    assert "Bespaard" not in lines


def test_what_makes_two_reports_hard_to_compare_is_said(bureau: Bureau) -> None:
    before = release_of(bureau, since=date(2025, 1, 1), until=date(2025, 3, 31))
    after = release_of(bureau)
    assert any("niet even lang" in note for note in compare(before, after).notes)
    elsewhere = release_of(BureauFactory(municipality=bureau.municipality))
    assert any("twee bureaus" in note for note in compare(elsewhere, after).notes)


def test_an_officer_compares_what_the_own_municipality_released(
    bureau: Bureau,
    officer: Membership,
    sign_in: Callable[[Membership], Client],
    count_queries: Callable[..., int],
) -> None:
    client, url = sign_in(officer), reverse("impact:compare")
    assert "Nog geen vrijgegeven rapporten" in client.get(url).content.decode()
    before = release_of(bureau, since=date(2025, 1, 1), until=date(2025, 6, 30))
    assert "nog maar één rapport" in client.get(url).content.decode()
    after = release_of(bureau)
    page = client.get(url).content.decode()
    assert "Verschil" in page
    assert f'value="{before.pk}" selected' in page
    asked = client.get(url, {"a": after.pk, "b": before.pk}).content.decode()
    assert f'value="{after.pk}" selected' in asked
    same = client.get(url, {"a": after.pk, "b": after.pk}).content.decode()
    assert "twee keer hetzelfde rapport" in same
    assert "Verschil" not in same
    elsewhere = release_of(BureauFactory())
    for wrong in (elsewhere.pk, "x", 0):
        assert client.get(url, {"a": before.pk, "b": wrong}).status_code == 404
    assert count_queries(lambda: client.get(url)) <= 12


def test_each_officer_is_told_once_with_a_link_and_no_attachment(bureau: Bureau, officer: Membership) -> None:
    release = release_of(bureau)
    assert tasks.tell_officers() == 1
    assert tasks.tell_officers() == 0
    letter = mail.outbox[0]
    assert letter.to == [officer.user.email]
    assert reverse("impact:released", args=[release.pk]) in letter.body
    assert all(part[1] == "text/html" for part in letter.alternatives)
    assert letter.attachments == []
    assert "Ingestapt" not in letter.body


def test_who_said_no_or_came_later_is_not_told(
    bureau: Bureau, officer: Membership, sign_in: Callable[[Membership], Client]
) -> None:
    later = {"bureau": None, "municipality": bureau.municipality, "role": Role.MUNICIPALITY}
    MembershipFactory(**later, starts=timezone.localdate() + timedelta(days=1))
    MembershipFactory(**{**later, "municipality": BureauFactory().municipality})
    client = sign_in(officer)
    assert client.post(reverse("impact:notice_settings"), {"wanted": "uit"}).status_code == 302
    release_of(bureau)
    assert tasks.tell_officers() == 0
    client.post(reverse("impact:notice_settings"), {"wanted": "aan"})
    assert tasks.tell_officers() == 0  # what was released while it was off is no news any more


def test_mail_that_cannot_leave_waits_and_then_stops(bureau: Bureau, officer: Membership) -> None:
    release_of(bureau)
    with mock.patch("django.core.mail.EmailMultiAlternatives.send", side_effect=OSError("away")):
        assert tasks.tell_officers() == 0
        assert ReleaseNotice.objects.get().next_try_at > timezone.now()
        for _try in range(5):
            ReleaseNotice.objects.update(next_try_at=None)
            tasks.tell_officers()
    notice = ReleaseNotice.objects.get()
    assert (notice.state, notice.tries) == (NoticeState.FAILED, notices.MOST_TRIES)


def test_a_report_that_was_withdrawn_before_the_mail_left_is_not_told(
    bureau: Bureau, officer: Membership
) -> None:
    release = release_of(bureau)
    with mock.patch("django.core.mail.EmailMultiAlternatives.send", side_effect=OSError("away")):
        tasks.tell_officers()
    Release.objects.filter(pk=release.pk).update(withdrawn_at=timezone.now())
    ReleaseNotice.objects.update(next_try_at=None)
    assert tasks.tell_officers() == 0
    assert ReleaseNotice.objects.get().state == NoticeState.DROPPED


def test_the_link_to_a_withdrawn_report_says_what_happened(
    bureau: Bureau, officer: Membership, manager: Membership, sign_in: Callable[[Membership], Client]
) -> None:
    release = release_of(bureau)
    tasks.tell_officers()
    services.withdraw_release(release=release, reason="Telfout", by=manager)
    page = sign_in(officer).get(reverse("impact:released", args=[release.pk]))
    assert page.status_code == 410
    assert bureau.name in page.content.decode()
    stranger = MembershipFactory(
        role=Role.MUNICIPALITY, bureau=None, municipality=BureauFactory().municipality
    )
    assert sign_in(stranger).get(reverse("impact:released", args=[release.pk])).status_code == 404


@pytest.fixture
def taken(bureau: Bureau, officer: Membership) -> Release:
    release = release_of(bureau)
    common = {"release": release, "bureau": bureau, "municipality": bureau.municipality}
    Download.objects.create(**common, kind="pdf", by=officer, by_name="Pieter de Vries")
    Download.objects.create(
        **common, kind="csv", by_name="Sleutel “Dashboard”", at=timezone.now() - timedelta(days=40)
    )
    elsewhere = release_of(BureauFactory())
    Download.objects.create(
        release=elsewhere,
        bureau=elsewhere.bureau,
        municipality=elsewhere.municipality,
        kind="pdf",
        by_name="Ander",
    )
    return release


def test_the_manager_sees_who_took_what_and_finds_it(
    taken: Release,
    manager: Membership,
    sign_in: Callable[[Membership], Client],
    count_queries: Callable[..., int],
) -> None:
    client, url = sign_in(manager), reverse("impact:download_log")
    page = client.get(url).content.decode()
    assert "Pieter de Vries" in page
    assert "Dashboard" in page
    assert "Ander" not in page
    today = timezone.localdate().isoformat()
    asked = {"wie": "pieter", "soort": "pdf", "van": today}
    for name, value in asked.items():
        found = client.get(url, {name: value}).content.decode()
        assert "Pieter de Vries" in found
        assert "Dashboard" not in found.split("<table")[1]
    wrong = client.get(url, {"van": "2026-02-01", "tot": "2026-01-01"}).content.decode()
    assert "Draai ze om" in wrong
    few = count_queries(lambda: client.get(url))
    same = {"release": taken, "bureau": taken.bureau, "municipality": taken.municipality, "kind": "pdf"}
    Download.objects.bulk_create(Download(**same, by_name=f"Mens {n}") for n in range(45))
    assert count_queries(lambda: client.get(url)) <= few <= 12


def test_the_log_leaves_as_a_workbook_for_who_may_export(
    taken: Release, manager: Membership, sign_in: Callable[[Membership], Client]
) -> None:
    url = reverse("impact:download_log_book")
    assert sign_in(manager).get(url).status_code == 403
    Membership.objects.filter(pk=manager.pk).update(may_export=True)
    import io

    from openpyxl import load_workbook

    answer = sign_in(manager).post(f"{url}?soort=pdf", {"reason": "Vraag van de gemeente"})
    book = load_workbook(io.BytesIO(answer.getvalue()))
    rows = list(book.active.values)
    assert [row[1] for row in rows[1:]] == ["Pieter de Vries"]
