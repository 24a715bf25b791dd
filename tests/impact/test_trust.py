"""A figure that can be trusted: it never changes, it can be counted again, and what changed is said."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from candidates.enums import ErasureRule
from candidates.models import Candidate, Conversation
from candidates.services.erasing import erase
from impact import exports, services
from impact.canonical import sha256
from impact.documents import pdf_html, report_document
from impact.enums import DownloadKind
from impact.indicators import INDICATORS
from impact.models import FundingFlow, ImpactReport, Release, Snapshot
from impact.publishing import publish
from impact.recounting import figures_of
from matching.models import HoursStep
from tests.impact.test_figures import measured, story
from tests.impact.test_report import SINCE, UNTIL, drawn, make, officer, people, report
from tests.world import World

__all__ = ["drawn", "people", "report", "story"]


@pytest.fixture
def released(report: ImpactReport, manager: Membership, drawn: None) -> Release:
    return services.release(report=make(report), by=manager)


def again(bureau: Bureau, manager: Membership, since: date = SINCE, until: date = UNTIL) -> dict[str, Any]:
    """What the next report says."""
    asked = services.request_report(bureau=bureau, since=since, until=until, by=manager, worker=False)
    published = make(asked).published
    assert published
    return published


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Snapshot, {"figures": {}}),
        (Snapshot, {"sha256": "0" * 64}),
        (ImpactReport, {"published": {}}),
        (ImpactReport, {"state": "waiting"}),
        (ImpactReport, {"pdf_sha256": "0" * 64}),
        (Release, {"published": {}}),
        (Release, {"until": date(2026, 7, 1)}),
    ],
)
def test_the_database_lets_nobody_change_what_was_released(
    model: Any, values: dict[str, Any], released: Release
) -> None:
    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        model.objects.update(**values)


@pytest.mark.parametrize("model", [Release, ImpactReport])
def test_what_was_released_is_not_deleted_either(model: Any, released: Release) -> None:
    with pytest.raises(IntegrityError, match="never change"), transaction.atomic():
        model.objects.all()._raw_delete("default")


def test_a_snapshot_is_what_its_hash_says_and_names_its_rules(released: Release) -> None:
    snapshot = Snapshot.objects.get()
    assert sha256(snapshot.figures) == snapshot.sha256
    assert set(snapshot.rules_versions) == {"matching", "disclosure", "rates"}


def test_a_release_can_still_be_withdrawn(released: Release, manager: Membership) -> None:
    services.withdraw_release(release=released, reason="Fout", by=manager)
    released.refresh_from_db()
    assert released.withdrawn_at


def test_a_first_report_lies_beside_nothing(report: ImpactReport, drawn: None) -> None:
    assert make(report).published["changes"] is None  # type: ignore[index]


def test_the_next_report_says_what_changed_without_saying_of_whom(
    released: Release, bureau: Bureau, coach: Membership, manager: Membership
) -> None:
    for number in range(3):
        Candidate.objects.create(
            bureau=bureau, first_name=f"Laat {number}", coach=coach, entered_on=date(2026, 3, 1)
        )
    erase(candidate=Candidate.objects.order_by("pk")[0], rule=ErasureRule.RETENTION)
    Candidate.objects.filter(first_name="Mens 5").update(birth_year=1990)
    published = again(bureau, manager)
    changes = published["changes"]
    assert (changes["kind"], changes["version"]) == ("same", 1)
    assert changes["why"] == {"late": "few", "corrected": "few", "erased": "few"}
    assert changes["figures"]["funnel:entered"] == {"before": 12, "now": 15}
    with translation.override("nl"):
        document = report_document(published)
        assert document.changed
        assert "minder dan 5" in " ".join(document.changed.sentences)
        html = pdf_html(published, language="nl")
    assert "Wat is er veranderd sinds het vorige rapport?" in html
    assert changes["counts"]["different"] > 0


def test_few_late_people_stay_out_of_every_table_of_the_next_report(
    released: Release, bureau: Bureau, coach: Membership, manager: Membership
) -> None:
    """Without this, the row in which a table moved by one would describe the one who came late."""
    before = released.published["figures"]
    assert before["source:walk_in:entered"]["status"] == "shown"
    Candidate.objects.create(
        bureau=bureau, first_name="Laat", coach=coach, source="walk_in", entered_on=date(2026, 3, 1)
    )
    now = again(bureau, manager)["figures"]
    assert now["funnel:entered"]["value"] == 13
    assert now["source:walk_in:entered"]["status"] == "hidden"
    assert now["age:unknown"]["status"] == "hidden"


def test_what_was_put_right_of_one_person_is_told_by_no_average_and_no_amount(
    story: Bureau, manager: Membership, drawn: None
) -> None:
    Candidate.objects.update(benefit="social_assistance")
    asked = services.request_report(bureau=story, since=SINCE, until=UNTIL, by=manager, worker=False)
    before = services.release(report=make(asked), by=manager).published["figures"]
    telling = [
        name for name in before if name.endswith(":mean") or name.startswith(("saved:years", "saved:low"))
    ]
    shown = {name for name in telling if before[name]["status"] == "shown"}
    paid = HoursStep.objects.filter(placement__form="regular_job", placement__starts_on__range=(SINCE, UNTIL))
    step = paid.order_by("placement__starts_on", "during")[0]
    HoursStep.objects.filter(pk=step.pk).update(hours=39)
    now = again(story, manager)["figures"]
    for name in shown:
        assert now[name]["status"] == "hidden" or now[name]["value"] == before[name]["value"], name
    assert any(now[name]["status"] == "hidden" for name in shown if name.endswith(":mean"))
    assert now["saved:years:low"]["status"] == "hidden"


def test_a_report_with_the_same_data_has_the_same_figures_and_says_so(
    released: Release, bureau: Bureau, manager: Membership
) -> None:
    published = again(bureau, manager)
    assert published["figures"] == released.published["figures"]
    assert published["changes"]["why"] == {"late": "nobody", "corrected": "nobody", "erased": "nobody"}
    assert published["changes"]["counts"]["different"] == 0


@pytest.mark.parametrize(
    ("since", "until", "kind"),
    [
        (date(2026, 1, 1), date(2026, 7, 31), "within"),
        (date(2026, 7, 1), date(2026, 7, 31), "before"),
    ],
)
def test_longer_and_later_reports_name_the_one_before(
    since: date, until: date, kind: str, released: Release, bureau: Bureau, manager: Membership
) -> None:
    changes = again(bureau, manager, since, until)["changes"]
    assert (changes["kind"], changes["figures"], changes["counts"]) == (kind, {}, None)


def test_a_figure_is_counted_again_from_the_data_of_now(
    report: ImpactReport, drawn: None, coach: Membership, manager: Membership, sign_in: Callable[..., Client]
) -> None:
    make(report)
    url = reverse("impact:recount", args=[report.pk, "funnel:entered"])
    client = sign_in(manager)
    assert "Het klopt nog" in client.get(url).content.decode()
    Candidate.objects.create(
        bureau=report.bureau, first_name="Laat", coach=coach, entered_on=date(2026, 3, 1)
    )
    page = client.get(url).content.decode()
    assert "Het verschil is 1." in page
    assert "impact/sql/people.sql" in page
    assert client.get(reverse("impact:recount", args=[report.pk, "counts"])).status_code == 404


def test_every_figure_in_a_table_can_be_counted_again(story: Bureau) -> None:
    from impact.publishing import exact

    figures = measured(story)
    published, _guard = publish(figures)
    ours = exact(figures)
    inside = {name for table in published["tables"] for names in table["cells"] for name in names}
    assert {published["figures"][name]["value"] for name in inside - ours.keys()} <= {0, None}


def test_each_kind_of_figure_is_counted_again_within_the_budget(
    world: World, drawn: None, sign_in: Callable[..., Client], count_queries: Callable[..., int]
) -> None:
    manager, until = world.members[Role.MANAGER], timezone.localdate()
    FundingFlow.objects.filter(pk=world.flow.pk).update(year=until.year)
    Conversation.objects.create(
        bureau=world.bureau, candidate=world.candidate, fund=world.fund, minutes=60, held_on=until, by=manager
    )
    with translation.override("nl"):
        asked = services.request_report(
            bureau=world.bureau, since=until - timedelta(400), until=until, by=manager, worker=False
        )
        report = make(asked)
    kinds = {name.split(":")[0]: name for name in sorted(figures_of(report))}
    assert {
        "funnel",
        "area",
        "positions",
        "assignment",
        "flow",
        "funds",
        "budget",
        "cashbook",
        "saved",
    } <= kinds.keys()
    client = sign_in(manager)
    for kind, name in kinds.items():
        url = reverse("impact:recount", args=[report.pk, name])
        assert "De gegevens zijn veranderd" not in client.get(url).content.decode(), name
        assert count_queries(lambda url=url: client.get(url)) <= 12, kind


def test_only_the_manager_counts_again(
    report: ImpactReport, drawn: None, bureau: Bureau, manager: Membership, sign_in: Callable[..., Client]
) -> None:
    made = services.release(report=make(report), by=manager)
    url = reverse("impact:recount", args=[report.pk, "funnel:entered"])
    client = sign_in(officer(bureau))
    assert client.get(url).status_code == 403
    parts = {"deel": "begin"}
    page = client.get(reverse("impact:released", args=[made.pk]), parts).content.decode()
    assert "nareken/" not in page
    assert (
        "nareken/funnel:entered/"
        in sign_in(manager).get(reverse("impact:report", args=[report.pk]), parts).content.decode()
    )


def test_a_report_is_read_in_light_parts_and_no_table_is_lost(
    released: Release, bureau: Bureau, sign_in: Callable[..., Client]
) -> None:
    url = reverse("impact:released", args=[released.pk])
    client = sign_in(officer(bureau))
    keys = re.findall(r'<li><a href="\?deel=(\w+)"', client.get(url).content.decode())
    pages = [client.get(url, {"deel": key}).content for key in keys]
    assert max(map(len, pages)) < 60 * 1024
    read = b"".join(pages).decode()
    for table in released.published["tables"]:
        assert escape(table["title"]) in read
    assert reverse("impact:why_hidden") in read
    assert client.get(url, {"deel": "bestaat-niet"}).status_code == 404


def test_every_table_has_a_definition_that_the_page_and_the_pdf_lead_to(story: Bureau) -> None:
    published, _guard = publish(measured(story))
    assert {table["indicator"] for table in published["tables"]} <= INDICATORS.keys()
    html = pdf_html(published, language="nl")
    for table in published["tables"]:
        assert f'href="#uitleg-{table["indicator"]}"' in html
        assert f'id="uitleg-{table["indicator"]}"' in html


def test_the_page_about_stars_works_its_example_out_with_the_rule_itself(
    manager: Membership, sign_in: Callable[..., Client]
) -> None:
    page = sign_in(manager).get(reverse("impact:why_hidden")).content.decode()
    assert "38 min 35 is 3" in page
    assert page.count("∗") >= 4


def test_every_form_of_a_report_has_the_same_figures(story: Bureau) -> None:
    import csv
    import io

    import openpyxl

    with translation.override("nl"):
        published, guard = publish(measured(story))
        files = {kind: exports.as_kind(published, kind) for kind in (DownloadKind.CSV, DownloadKind.XLSX)}
        document = report_document(published)
    lines = list(csv.DictReader(io.StringIO(files[DownloadKind.CSV].decode("utf-8-sig"))))
    book = openpyxl.load_workbook(io.BytesIO(files[DownloadKind.XLSX]), read_only=True)
    cells = [
        [str(v) if v is not None else "" for v in row]
        for row in book.worksheets[1].iter_rows(values_only=True)
    ]
    assert cells[1:] == [list(line.values()) for line in lines]
    for line in lines:
        figure = published["figures"][line["figure"]]
        assert (line["value"], line["status"]) == (
            "" if figure["value"] is None else str(figure["value"]),
            figure["status"],
        )
        assert line["figure"] not in guard.hidden or line["value"] == ""
    page = {n for s in document.sections for b in s.blocks for r in b.rows for n in r.figures}
    assert page <= {line["figure"] for line in lines}


def test_a_bureau_without_anything_has_a_report_of_one_day(
    bureau: Bureau, manager: Membership, drawn: None
) -> None:
    today = timezone.localdate() - timedelta(days=1)
    published = again(bureau, manager, today, today)
    assert published["figures"]["funnel:entered"] == {"value": 0, "status": "shown", "unit": "people"}
    assert published["figures"]["kept:13:share"]["status"] == "none"
    assert published["missing"] == [
        "benefit_cost.per_person_year_low",
        "benefit_cost.per_person_year_high",
        "counterfactual.share_low",
        "counterfactual.share_high",
    ]
