"""Reports of one municipality added up: right, from what was released alone, and said when it is not the whole."""

from __future__ import annotations

import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership, Municipality
from impact import tasks
from impact.models import ApiKey, Download, Release
from impact.services import keys
from impact.services import together as services
from impact.together.adding import added
from impact.together.page import paper_html
from impact.together.summing import Period, parts_of, together, without_report
from tests.bureaus.factories import BureauFactory, MembershipFactory
from tests.impact.sums import SINCE, UNTIL, published, release

PERIOD = Period(SINCE, UNTIL)
PAGE = f"/rapporten/samen/{PERIOD.key}/"
KINDS = ("csv", "json", "xlsx", "pdf")


@pytest.fixture
def place(bureau: Bureau) -> Municipality:
    return bureau.municipality


@pytest.fixture
def parts(place: Municipality) -> list[Release]:
    """Two bureaus with a report over the same days; the one of the fixture has none."""
    return [release(place, published(seed), name) for seed, name in ((1, "Aan de Haven"), (2, "Bij de Brug"))]


@pytest.fixture
def officer(place: Municipality) -> Membership:
    return MembershipFactory(role=Role.MUNICIPALITY, bureau=None, municipality=place)


@pytest.fixture
def client(officer: Membership, sign_in: Callable[[Membership], Client]) -> Client:
    return sign_in(officer)


def summed(place: Municipality) -> dict[str, Any]:
    parts = parts_of(Release.objects.filter(municipality=place), PERIOD)
    return together(parts, municipality=place, period=PERIOD, without=without_report(place, parts))


def cells(said: dict[str, Any]) -> Iterator[tuple[tuple[str, str, str], dict[str, Any]]]:
    """Table, row and column of every figure, read from the tables as they stand."""
    for table in said["tables"]:
        for (row, _label), names in zip(table["rows"], table["cells"], strict=True):
            for (column, _word), name in zip(table["columns"], names, strict=True):
                yield (table["id"], row, column), said["figures"][name]


def test_every_sum_is_what_the_printed_tables_add_up_to(parts: list[Release], place: Municipality) -> None:
    printed: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for part in parts:
        for where, figure in cells(part.published):
            printed[where].append(figure)
    checked = defaultdict(int)
    for where, figure in cells(summed(place)):
        if where[0] == "bureaus" or figure["unit"] not in ("people", "count", "euro"):
            continue
        numbers = [one["value"] for one in printed[where]]
        known = sum(Decimal(str(one)) for one in numbers if one is not None)
        bare = None in numbers
        if figure["status"] == "shown":
            assert not bare
            assert figure["value"] == known
        elif figure["status"] == "least":
            assert bare
            assert (figure["value"], figure["unit"] in ("people", "count")) == (known, True)
        else:
            assert bare or not numbers
            assert figure["value"] is None
        checked[figure["status"]] += 1
    assert checked["shown"] > 150
    assert checked["least"] > 10
    assert checked["hidden"] > 3


def told(value: Any, status: str = "shown", unit: str = "people") -> dict[str, Any]:
    return {"value": value, "status": status, "unit": unit}


@pytest.mark.parametrize(
    ("name", "figures", "value", "status"),
    [
        ("age:18", [told(12), told(8)], 20, "shown"),
        ("age:18", [told(12), told(None, "hidden")], 12, "least"),
        ("age:18", [told(0), told(None, "hidden")], None, "hidden"),
        ("age:18", [told(None, "none"), told(None, "none")], None, "none"),
        ("sroi:noted", [told(1200, unit="euro"), told(None, "hidden", "euro")], None, "hidden"),
        ("saved:low", [told(1200, unit="euro"), told(None, "none", "euro")], None, "none"),
    ],
)
def test_what_a_report_leaves_out_is_never_guessed(
    name: str, figures: list[dict[str, Any]], value: int | None, status: str
) -> None:
    found = added(name, [{"figures": {name: one}} for one in figures])
    assert (found["value"], found["status"]) == (value, status)


def test_what_a_report_need_not_name_is_nought_in_it() -> None:
    here: dict[str, Any] = {"figures": {"area:BU1": told(9)}}
    assert added("area:BU1", [here, {"figures": {}}])["value"] == 9
    nobody = {"saved:people": told(0), "saved:low": told(None, "none", "euro")}
    some = {"saved:people": told(6), "saved:low": told(500, unit="euro")}
    assert added("saved:low", [{"figures": nobody}, {"figures": some}])["value"] == 500
    older = added("worked", [{"figures": {"worked": told(7)}}, {"figures": {}}])
    assert (older["value"], older["status"]) == (7, "least")


def test_percentages_and_averages_are_worked_out_again_from_what_all_publish() -> None:
    def part(still: Any, followed: int, mean: Any, people: int) -> dict[str, Any]:
        status = "hidden" if still is None else "shown"
        return {
            "figures": {
                "kept:13:still": told(still, status), "kept:13:followed": told(followed),
                "stairs:0": told(people), "stairs:0:mean": told(mean, "shown" if mean else "hidden", "hours"),
            }
        }  # fmt: skip

    two = [part(10, 10, 8, 30), part(10, 30, 16, 10)]
    assert added("kept:13:share", two)["value"] == 50
    assert added("stairs:0:mean", two)["value"] == Decimal("10.0")
    assert added("kept:13:share", [two[0], part(None, 30, 16, 10)])["status"] == "hidden"
    assert added("stairs:0:mean", [two[0], part(1, 30, None, 10)])["status"] == "hidden"
    assert added("stairs:0:mean", [two[0], part(1, 30, None, 0)])["value"] == 8


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    """A quick drawing in a folder of its own, when the test asks for it; drawing itself has a test in tests/pdf."""
    monkeypatch.setattr(tasks, "wake", lambda *_args: None)
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(services, "paper", lambda said: b"%PDF-1.7 " + str(said["figures"]).encode())


def drawn(place: Municipality) -> bool:
    return services.make_sum(municipality_id=place.pk, period=PERIOD, language="nl", least=2)


def outputs(client: Client) -> list[bytes]:
    """Everything that can be had of the sum: pages, figures and files."""
    pages = [PAGE, f"{PAGE}?deel=wie", f"{PAGE}?deel=verantwoording", f"{PAGE}nareken/area:BU1/"]
    found = [client.get(url).content.split(b"<main")[1].split(b"</main")[0] for url in pages]
    found += [client.get(f"{PAGE}cijfers.{kind}").content for kind in ("csv", "json")]
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{PAGE}cijfers.xlsx").content))
    return [*found, repr([[*sheet.values] for sheet in book]).encode()]


def test_exact_figures_behind_the_same_released_ones_change_no_byte(
    parts: list[Release], client: Client, place: Municipality
) -> None:
    before, paper = outputs(client), paper_html(summed(place))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("impact_snapshot", "impact_impactreport"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(
            """UPDATE impact_snapshot SET figures = '{"counts": {"area:BU1": 4}}', sha256 = 'other'"""
        )
        cursor.execute("""UPDATE impact_impactreport SET published = '{}', pdf_sha256 = 'other'""")
    assert outputs(client) == before
    assert paper_html(summed(place)) == paper


def test_the_paper_is_drawn_by_a_worker_and_only_for_the_sum_as_it_is(
    parts: list[Release], client: Client, place: Municipality, quick: None
) -> None:
    url, bar = f"{PAGE}cijfers.pdf", f"{PAGE}pdf/"
    assert "wordt gemaakt" in client.get(url).content.decode()
    assert client.get(bar).status_code == 302
    assert "De PDF is klaar" not in client.get(bar, headers={"hx-request": "true"}).content.decode()
    assert not Download.objects.exists()
    assert drawn(place)
    assert drawn(place)
    assert "De PDF is klaar" in client.get(bar, headers={"hx-request": "true"}).content.decode()
    first = client.get(url)
    assert first["Content-Type"] == "application/pdf"
    release(place, published(3), "", bureau=parts[0].bureau, version=2)
    assert "wordt gemaakt" in client.get(url).content.decode()
    assert drawn(place)
    assert client.get(url).content != first.content
    folder = f"together/{place.code}/{PERIOD.key}"
    (left,) = services.default_storage.listdir(folder)[1]
    services.default_storage.delete(f"{folder}/{left}")
    services.default_storage.save(f"{folder}/{left}", ContentFile(b"%PDF half"))
    assert "wordt gemaakt" in client.get(url).content.decode()


def test_who_waits_hears_when_it_takes_long_or_when_there_is_nothing_left(
    parts: list[Release], client: Client, place: Municipality
) -> None:
    bar, asks = f"{PAGE}pdf/", {"hx-request": "true"}
    assert "?keer=8" in client.get(f"{bar}?keer=7", headers=asks).text
    late = client.get(f"{bar}?keer=45", headers=asks).text
    assert "Het duurt langer dan anders" in late
    assert "hx-get" not in late
    Release.objects.update(withdrawn_at=timezone.now())
    gone = client.get(bar, headers=asks).text
    assert "Er is geen rapport meer over deze periode" in gone
    assert "hx-get" not in gone


def test_many_clicks_send_for_one_worker(
    parts: list[Release], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[Any] = []
    monkeypatch.setattr(tasks, "wake", lambda *asked: woken.append(asked))
    for _click in range(3):
        assert "wordt gemaakt" in client.get(f"{PAGE}cijfers.pdf").text
    assert len(woken) == 1


def test_a_sum_that_changed_while_it_was_drawn_is_not_kept(
    parts: list[Release], place: Municipality, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(said: dict[str, Any]) -> bytes:
        Release.objects.filter(pk=parts[0].pk).update(withdrawn_at=timezone.now())
        return b"%PDF of before"

    monkeypatch.setattr(services, "paper", late)
    drawn(place)
    assert services.paper_of(summed(place)) is None


def test_one_report_is_not_drawn_by_itself(place: Municipality, quick: None) -> None:
    release(place, published(1), "Aan de Haven")
    assert not drawn(place)


def test_the_newest_released_report_of_each_bureau_counts(parts: list[Release], place: Municipality) -> None:
    first = parts[0]
    newer = release(place, published(3), "", bureau=first.bureau, version=2)
    gone = release(place, published(4), "", bureau=first.bureau, version=3, withdrawn_at=timezone.now())
    other = release(BureauFactory().municipality, published(4), "Elders")
    later = release(place, published(4), "Later", since=date(2026, 4, 1))
    found = {part["report"] for part in summed(place)["parts"]}
    assert found == {newer.pk, parts[1].pk}
    assert not found & {first.pk, gone.pk, other.pk, later.pk}
    english = release(place, published(3), "", bureau=first.bureau, version=1, language="en")
    assert {part["report"] for part in summed(place)["parts"]} == {english.pk, parts[1].pk}


def test_it_is_said_who_is_missing_and_in_what_reports_differ(place: Municipality, bureau: Bureau) -> None:
    older = published(2)
    older["versions"] = {"definitions": "2025-9", "disclosure": "2025-1"}
    older["threshold"], older["missing"] = 10, ["benefit_cost.per_person_year_high"]
    older["rates"][0]["value"] = 13000
    release(place, published(1), "Aan de Haven")
    release(place, older, "Bij de Brug")
    found = summed(place)
    assert found["without"] == [bureau.name]
    notes = " ".join(found["notes"])
    for word in ("2025-9", "2025-1", "Bij de Brug 10", "13.000", "14.000", "Niet alle tarieven"):
        assert word in notes
    assert "0,15" not in notes


@pytest.mark.parametrize(
    "deel", ["", "begin", "wie", "stappen", "werk", "volhouden", "geld", "verantwoording"]
)
def test_each_part_of_the_page_is_light(
    deel: str, parts: list[Release], client: Client, count_queries: Any
) -> None:
    url = f"{PAGE}?deel={deel}" if deel else PAGE
    assert count_queries(lambda: client.get(url)) <= 12
    page = client.get(url)
    assert page.status_code == 200
    assert len(page.content) < 60_000


def test_more_bureaus_do_not_mean_more_queries(
    parts: list[Release], place: Municipality, client: Client, count_queries: Any
) -> None:
    two = count_queries(lambda: client.get(PAGE))
    for number in range(4):
        release(place, published(1 + number % 2), f"Nog een {number}")
    assert count_queries(lambda: client.get(PAGE)) == two
    assert len(client.get(PAGE).content) < 60_000


def test_a_figure_leads_to_its_definition_and_to_the_reports_behind_it(
    parts: list[Release], client: Client
) -> None:
    page = client.get(PAGE).content.decode()
    link = f"{PAGE}nareken/funnel:entered/"
    assert f'href="{link}"' in page
    numbers = [part.published["figures"]["funnel:entered"]["value"] for part in parts]
    shown = client.get(link).content.decode()
    assert all(reverse("impact:released", args=[part.pk]) in shown for part in parts)
    assert all(f">{number}<" in "".join(shown.split()) for number in (*numbers, sum(numbers)))
    assert reverse("impact:definitions") + "#entered" in shown
    for odd in ("bureau:x:funnel:entered", "niets", "assignment:1"):
        assert client.get(f"{PAGE}nareken/{odd}/").status_code == 404


def test_empty_states_say_what_to_do(place: Municipality, client: Client) -> None:
    every = reverse("impact:together_list")
    assert "Nog niets om op te tellen" in client.get(every).content.decode()
    assert "Kies een andere periode" in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}cijfers.csv").status_code == 404
    assert client.get(f"{PAGE}nareken/worked/").status_code == 404
    assert client.get("/rapporten/samen/2026-02-30_2026-06-30/").status_code == 404
    release(place, published(1), "Aan de Haven")
    alone = client.get(PAGE).content.decode()
    assert "Niet alle bureaus tellen mee" in alone
    assert "1 van de 2" in " ".join(client.get(every).content.decode().split())
    assert "1 van de 2 bureaus in" in " ".join(alone.split())


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_is_noted_with_every_report_in_it(
    kind: str, parts: list[Release], client: Client, officer: Membership, place: Municipality, quick: None
) -> None:
    if kind == "pdf":
        drawn(place)
    answer = client.get(f"{PAGE}cijfers.{kind}")
    assert answer["Content-Disposition"].startswith("attachment")
    noted = Download.objects.filter(kind=kind)
    assert {one.release_id for one in noted} == {part.pk for part in parts}
    assert {(one.by, one.by_name) for one in noted} == {(officer, f"{officer.user} (Samen)")}


def test_the_files_say_the_same(parts: list[Release], client: Client, place: Municipality) -> None:
    said = json.loads(client.get(f"{PAGE}cijfers.json").content)
    assert said == summed(place)
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{PAGE}cijfers.xlsx").content))
    least = next(name for name, one in said["figures"].items() if one["status"] == "least")
    texts = [cell for row in book.worksheets[0].values for cell in row]
    assert f"{said['figures'][least]['value']}+" in texts
    assert [row[0] for row in book.worksheets[-1].values][1:3] == ["Aan de Haven", "Bij de Brug"]


def test_a_manager_and_a_coach_do_not_add_up_bureaus(
    parts: list[Release], manager: Membership, sign_in: Callable[[Membership], Client]
) -> None:
    assert sign_in(manager).get(PAGE).status_code == 403
    page = sign_in(manager).get(reverse("impact:released_list")).content.decode()
    assert reverse("impact:together_list") not in page


def test_another_municipality_finds_nothing(parts: list[Release], sign_in: Callable[..., Client]) -> None:
    stranger = MembershipFactory(
        role=Role.MUNICIPALITY, bureau=None, municipality=BureauFactory().municipality
    )
    assert "Aan de Haven" not in sign_in(stranger).get(PAGE).content.decode()


def test_programs_read_the_sum_with_their_key(
    parts: list[Release], officer: Membership, place: Municipality
) -> None:
    _key, secret = keys.make_key(name="Dashboard", by=officer)
    ask = Client(headers={"authorization": f"Bearer {secret}"})
    (one,) = ask.get("/api/v1/together").json()["periods"]
    assert (one["since"], one["bureaus"]) == (SINCE.isoformat(), 2)
    url = f"/api/v1/together/{SINCE}/{UNTIL}/figures"
    answer = ask.get(url)
    found = {cell["figure"]: cell for cell in answer.json()["cells"]}
    said = summed(place)["figures"]["funnel:entered"]
    assert (found["funnel:entered"]["value"], found["funnel:entered"]["parts"]) == (
        said["value"],
        said["parts"],
    )
    assert ask.get(url, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert ask.get(f"{url}.csv").content.startswith(b"\xef\xbb\xbf")
    assert Download.objects.filter(by_name="Sleutel “Dashboard” (Samen)").count() == 4
    assert ask.get(f"/api/v1/together/{SINCE}/{SINCE}/figures").status_code == 404
    assert ask.get(f"/api/v1/together/1767222000/{UNTIL}/figures").status_code == 422
    ApiKey.objects.update(revoked_at=timezone.now())
    assert ask.get(url).status_code == 401
