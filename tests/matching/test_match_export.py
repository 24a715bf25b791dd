"""The list of proposals as a workbook: who may, why, which rows, and who can read that it happened."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from buurtbaan.audit.models import Reading
from buurtbaan.bureaus.models import Membership
from matching import exports
from matching.views import board_export
from tests.matching.factories import CompanyFactory, MatchFactory, PersonFactory, WorkFactory

PAGE = reverse("matching:match_export")


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def rows(client: Client, query: str = "") -> list[tuple[Any, ...]]:
    response = client.post(f"{PAGE}{query}", {"reason": "Teamoverleg"})
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    return list(load_workbook(BytesIO(body(response))).active.iter_rows(min_row=2, values_only=True))


@pytest.fixture
def at_coach(coach: Membership, sign_in: Any) -> Client:
    Membership.objects.filter(pk=coach.pk).update(may_export=True)
    client: Client = sign_in(coach)
    return client


@pytest.fixture
def two(bureau: Any, coach: Any) -> list[Any]:
    """A proposal of an own person that stopped, and one of a colleague's that runs."""
    cart = WorkFactory(bureau=bureau, employer=CompanyFactory(bureau=bureau, name="De Kar"), title="=Karren")
    own = PersonFactory(bureau=bureau, coach=coach, first_name="Samira")
    said = {"declined_by": "employer", "decline_reason": "hours", "decline_note": "eigen woorden"}
    return [
        MatchFactory(bureau=bureau, candidate=own, position=cart, state="declined", **said),
        MatchFactory(
            bureau=bureau, candidate=PersonFactory(bureau=bureau, first_name="Bram"), state="proposed"
        ),
    ]


def test_the_workbook_holds_what_the_list_shows_and_no_reasons(two: Any, at_coach: Client) -> None:
    (one,) = rows(at_coach, "?van=eigen")
    assert one[:4] == ("Samira Proefpersoon", "'=Karren", "De Kar", two[0].get_state_display())
    assert (one[9], one[10]) == ("Werkgever", "De uren passen niet")
    assert not any("eigen woorden" in str(value) for value in one)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?van=alle&sort=naam", ["Bram Proefpersoon", "Samira Proefpersoon"]),
        ("?van=alle&stand=open", ["Bram Proefpersoon"]),
        ("?van=alle&q=samira&weergave=bord", ["Samira Proefpersoon"]),
    ],
)
def test_the_filters_of_the_list_count(two: Any, at_coach: Client, query: str, names: list[str]) -> None:
    assert [row[0] for row in rows(at_coach, query)] == names


def test_it_wants_the_right_and_a_reason(two: Any, bureau: Any, coach: Any, sign_in: Any) -> None:
    client = sign_in(coach)
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"reason": "Teamoverleg"}).status_code == 403
    assert PAGE not in client.get(reverse("matching:match_list"), {"weergave": "lijst"}).content.decode()
    Membership.objects.filter(pk=coach.pk).update(may_export=True)
    assert (
        PAGE
        in client.get(reverse("matching:match_list"), {"weergave": "lijst", "van": "alle"}).content.decode()
    )
    assert "Vul “" in client.post(PAGE, {"reason": ""}).content.decode()
    assert not Reading.objects.filter(what="match_export").exists()


def test_everybody_on_it_can_read_that_it_happened(two: Any, at_coach: Client) -> None:
    rows(at_coach, "?van=alle")
    line = Reading.objects.get(what="match_export")
    assert line.reason == "2 voorstellen. Teamoverleg"
    people = set(Reading.objects.filter(what="export").values_list("candidate_id", flat=True))
    assert people == {one.candidate_id for one in two}


def test_a_list_that_is_too_long_is_narrowed_first(two: Any, at_coach: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(board_export, "MOST_ROWS", 1)
    page = at_coach.post(f"{PAGE}?van=alle", {"reason": "Teamoverleg"}).content.decode()
    assert "hoogstens 1 voorstellen" in page
    assert exports.MOST_ROWS > 1
    empty = at_coach.get(f"{PAGE}?van=alle&q=niemandzoheten").content.decode()
    assert "geen voorstel om te exporteren" in empty
