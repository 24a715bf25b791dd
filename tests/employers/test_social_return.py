"""Social return: promised, done, proven and approved; never guessed and never a saving."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as calmly
from hypothesis import strategies as st
from openpyxl import load_workbook

from buurtbaan.audit.models import Change, Reading
from buurtbaan.bureaus.enums import RateUnit, Role
from buurtbaan.bureaus.models import Membership, Rate
from buurtbaan.errors import NotAllowedNow
from employers.effort import worth
from employers.models import SocialReturn, SocialReturnLine
from employers.services import social_return as services
from matching.day import day_list
from tests.world import World

D = Decimal
SignIn = Callable[[Membership], Client]
PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40 + b"IEND\xaeB`\x82"


@pytest.fixture
def coach(world: World) -> Membership:
    return world.members[Role.COACH]


def url(world: World, rest: str = "") -> str:
    return f"/werkgevers/social-return/{world.social_return.pk}/{rest}"


def line_data(world: World, **fields: Any) -> dict[str, Any]:
    day = world.social_return.starts_on + timedelta(days=10)
    return {"block": "wia", "what": "Werkplek in de keuken", "on": day.isoformat(), **fields}


def text_of(response: Any) -> str:
    return response.content.decode().replace("\xa0", " ")


@pytest.mark.parametrize(
    ("value", "unit", "given", "wanted"),
    [
        ("30000", RateUnit.EUR_FTE_YEAR, {"fte": D("0.5"), "months": D(6)}, D("7500.00")),
        ("750", RateUnit.EUR_MONTH, {"months": D(2)}, D("1500.00")),
        ("100", RateUnit.EUR_HOUR, {"hours": D("7.5")}, D("750.00")),
        ("30000", RateUnit.EUR_FTE_YEAR, {"fte": D(1)}, None),
        ("30000", RateUnit.SHARE, {"fte": D(1), "months": D(1), "hours": D(1)}, None),
    ],
)
def test_a_block_is_worth_its_value_times_how_much_of_it(
    value: str, unit: str, given: dict[str, Decimal], wanted: Decimal | None
) -> None:
    quantities = {"fte": None, "months": None, "hours": None, **given}
    assert worth(D(value), unit, **quantities) == wanted  # type: ignore[arg-type]


@calmly(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    value=st.decimals(0, 99_999, places=2),
    fte=st.decimals(0, 5, places=2),
    months=st.decimals(0, 24, places=2),
)
def test_an_effort_is_never_worth_less_than_nothing_and_grows_with_time(
    value: Decimal, fte: Decimal, months: Decimal
) -> None:
    unit = RateUnit.EUR_FTE_YEAR
    short = worth(value, unit, fte=fte, months=months, hours=None)
    longer = worth(value, unit, fte=fte, months=months + 1, hours=None)
    assert short is not None
    assert longer is not None
    assert 0 <= short <= longer


def test_a_line_is_reckoned_with_the_table_of_the_contract(
    world: World, coach: Membership, sign_in: SignIn
) -> None:
    call_command("load_rates", verbosity=0)
    client = sign_in(coach)
    response = client.post(url(world, "inspanning/"), line_data(world, fte="0,5", months="6"))
    assert response.status_code == 302
    line = SocialReturnLine.objects.get(block="wia")
    assert (line.amount, line.value, line.source) == (D("7500.00"), D(30000), "utrecht.nl")
    text = text_of(client.get(url(world)))
    assert "€ 7.500" in text
    assert "€ 30.000 per voltijdsjaar" in text
    assert "geen besparing" in text


def test_a_value_that_no_table_tells_stays_unknown_until_somebody_adds_it(
    world: World, coach: Membership, sign_in: SignIn
) -> None:
    client = sign_in(coach)
    client.post(url(world, "inspanning/"), line_data(world, fte="1", months="12"))
    line = SocialReturnLine.objects.get(block="wia")
    assert line.amount is None
    assert "weten we de waarde niet" in text_of(client.get(url(world)))
    with pytest.raises(NotAllowedNow, match="nog onbekend"):
        services.approve_line(line=line, on=date.today(), who="Gemeente", by=coach)
    Rate.objects.create(
        kind="sroi_block", key="wia", value=28000, unit="EUR/FTE-year", place="region Utrecht", source="tabel"
    )
    client.post(url(world, "waarden/"))
    line.refresh_from_db()
    assert line.amount == D("28000.00")
    assert "weten we de waarde niet" not in text_of(client.get(url(world)))


def test_what_the_unit_needs_is_asked_for(world: World, coach: Membership, sign_in: SignIn) -> None:
    call_command("load_rates", verbosity=0)
    client = sign_in(coach)
    text = text_of(client.post(url(world, "inspanning/"), line_data(world, fte="1")))
    assert "Vul in hoeveel maanden" in text
    text = text_of(client.post(url(world, "inspanning/"), line_data(world, block="social_activity_hour")))
    assert "Vul in hoeveel uren" in text
    text = text_of(client.post(url(world, "inspanning/"), line_data(world, block="vrij")))
    assert "Vul het bedrag in dat je hebt afgesproken" in text
    early = (world.social_return.starts_on - timedelta(days=1)).isoformat()
    text = text_of(client.post(url(world, "inspanning/"), line_data(world, on=early, fte="1", months="1")))
    assert "valt buiten de periode" in text


def test_another_table_reckons_what_is_not_approved_anew(world: World, coach: Membership) -> None:
    call_command("load_rates", verbosity=0)
    day = world.social_return.starts_on
    values = {
        "block": "wia",
        "what": "Werk",
        "on": day,
        "fte": D(1),
        "months": D(12),
        "hours": None,
        "amount": None,
    }
    made = [
        services.add_line(obligation=world.social_return, values=values, file=None, checked=None, by=coach)
        for _ in range(2)
    ]
    services.approve_line(line=made[0], on=day, who="Gemeente", by=coach)
    services.change_obligation(obligation=world.social_return, values={"place": "region Oost"}, by=coach)
    amounts = [SocialReturnLine.objects.get(pk=line.pk).amount for line in made]
    assert amounts == [D("30000.00"), D("40000.00")]


def test_what_was_approved_is_not_changed_until_it_is_taken_back(
    world: World, coach: Membership, sign_in: SignIn
) -> None:
    client, line = sign_in(coach), f"/werkgevers/social-return/inspanningen/{world.effort.pk}/"
    approved = {"on": date.today().isoformat(), "who": "Contractbeheer"}
    assert client.post(f"{line}goedkeuring/", approved).status_code == 302
    assert client.get(line).status_code == 409
    assert client.post(f"{line}weg/").status_code == 409
    assert "€ 500" in text_of(client.get(url(world)))
    assert client.post(f"{line}terug/").status_code == 302
    assert client.post(f"{line}weg/").status_code == 302
    assert Change.objects.filter(table="employers_socialreturnline", action="DELETE").exists()


def send(client: Client, world: World, content: bytes, name: str = "bewijs.pdf") -> Any:
    data = line_data(world, block="vrij", amount="100", file=SimpleUploadedFile(name, content))
    return client.post(url(world, "inspanning/"), data)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html>hoi</html>", "geen PDF of foto"),
        (b"%PDF-1.4 halverwege", "geen PDF of foto"),
        (PDF.replace(b"/Type", b"/JavaScript (app.alert) /Type"), "bevat een programma"),
        (PDF.replace(b"/Type", b"/J#61vaScript (x) /Type"), "bevat een programma"),
        (PDF + b" " * (5 * 1024 * 1024), "te groot"),
        (b"PK\x03\x04zip", "geen PDF of foto"),
    ],
)
def test_a_proof_that_is_not_one_is_refused_with_what_to_do(
    content: bytes, said: str, world: World, coach: Membership, sign_in: SignIn
) -> None:
    response = send(sign_in(coach), world, content)
    assert response.status_code == 422
    assert said in text_of(response)
    assert SocialReturnLine.objects.count() == 1


def test_a_proof_is_kept_apart_and_given_as_a_file_with_a_line_in_the_log(
    world: World, coach: Membership, sign_in: SignIn, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = sign_in(coach)
    assert send(client, world, PNG, "../../Foto; van <ons>.exe").status_code == 302
    line = SocialReturnLine.objects.get(evidence_kind="image/png")
    assert line.evidence_name == "Foto van ons.png"
    kept = Path(settings.MEDIA_ROOT) / line.evidence.name
    assert kept.read_bytes() == PNG
    response = client.get(f"/werkgevers/social-return/inspanningen/{line.pk}/bewijs/")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content) == PNG
    assert Reading.objects.filter(what="social_return_evidence", candidate_id=None).count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/werkgevers/social-return/inspanningen/{line.pk}/weg/")
    assert not kept.exists()


def test_another_bureau_gets_no_proof_and_a_connector_reads_only(
    world: World, other_world: World, sign_in: SignIn
) -> None:
    send(sign_in(world.members[Role.COACH]), world, PDF)
    line = SocialReturnLine.objects.exclude(evidence="").get()
    proof = f"/werkgevers/social-return/inspanningen/{line.pk}/bewijs/"
    assert sign_in(other_world.members[Role.MANAGER]).get(proof).status_code == 404
    assert sign_in(world.members[Role.CONNECTOR]).get(proof).status_code == 403
    assert sign_in(world.members[Role.EMPLOYER]).get(proof).status_code == 403
    page = text_of(sign_in(world.members[Role.CONNECTOR]).get(url(world)))
    assert "Schrijf inspanning op" not in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"share": "5", "amount": "100"}, "één van de twee"),
        ({}, "één van de twee"),
        ({"share": "0"}, "meer dan nul"),
        ({"share": "101"}, "100"),
        ({"share": "5", "ends_on": "2025-01-01"}, "Dit is voor de eerste dag"),
    ],
)
def test_a_promise_is_a_percentage_or_an_amount(
    fields: dict[str, str], said: str, world: World, coach: Membership, sign_in: SignIn
) -> None:
    data = {
        "contract": "Schoonmaak", "principal": "School", "contract_amount": "200.000",
        "place": world.bureau.municipality.code, "starts_on": "2026-01-01", "ends_on": "2026-12-31",
    }  # fmt: skip
    page = f"/werkgevers/{world.employer.pk}/social-return/nieuw/"
    assert said in text_of(sign_in(coach).post(page, {**data, **fields}))
    assert sign_in(coach).post(page, {**data, "share": "2,5"}).status_code == 302
    assert SocialReturn.objects.get(contract="Schoonmaak").target == D("5000.00")


def matters(membership: Membership, own: bool = False) -> list[Any]:
    return [m for group in day_list(membership, own=own) for m in group.matters if m.name.startswith("Fietsen")
            and "Groenonderhoud" in m.text]  # fmt: skip


def test_six_weeks_before_the_end_the_day_says_how_much_is_still_to_go(world: World) -> None:
    manager, coach = world.members[Role.MANAGER], world.members[Role.COACH]
    row = SocialReturn.objects.filter(pk=world.social_return.pk)
    today = date.today()
    assert matters(manager) == []
    row.update(ends_on=today + timedelta(days=43))
    assert matters(manager) == []
    row.update(ends_on=today + timedelta(days=42))
    assert [m.note.replace("\xa0", " ") for m in matters(manager)] == ["nog € 5.000 te gaan"]
    assert matters(coach, own=True) == []
    world.employer.owner = coach
    world.employer.save()
    assert len(matters(coach, own=True)) == 1
    assert matters(world.members[Role.CONNECTOR]) == []
    SocialReturnLine.objects.update(amount=5000, approved_on=today, approved_by="Gemeente")
    assert matters(manager) == []
    SocialReturnLine.objects.update(approved_on=None, approved_by="")
    row.update(settled_on=today)
    assert matters(manager) == []


def test_the_list_for_the_principal_holds_every_effort_and_no_formula(
    world: World, coach: Membership, sign_in: SignIn
) -> None:
    SocialReturnLine.objects.update(what="=1+1")
    response = sign_in(coach).get(url(world, "verantwoording.xlsx"))
    sheet = load_workbook(io.BytesIO(response.content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    values = [cell.value for cell in cells]
    assert "'=1+1" in values
    assert {5000, 500} <= {value for value in values if isinstance(value, int | float)}
    assert any("geen besparing" in str(value) for value in values)
    assert Reading.objects.filter(what="social_return_sheet").count() == 1


def test_the_database_refuses_an_approval_without_a_value(world: World) -> None:
    with pytest.raises(DatabaseError, match="social_return_approved"), transaction.atomic():
        SocialReturnLine.objects.update(amount=None, approved_on=date.today(), approved_by="Gemeente")


def test_a_line_cannot_point_into_another_bureau(world: World, other_world: World) -> None:
    def point_elsewhere() -> None:
        with transaction.atomic():
            SocialReturnLine.objects.filter(pk=world.effort.pk).update(obligation=other_world.social_return)
            connection.check_constraints()

    with pytest.raises(DatabaseError, match="_bureau"):
        point_elsewhere()


@pytest.mark.parametrize("many", [5, 50])
def test_the_lists_take_the_same_queries_for_five_and_fifty(
    many: int, world: World, coach: Membership, sign_in: SignIn, count_queries: Any
) -> None:
    one = SocialReturn.objects.get(pk=world.social_return.pk)
    for number in range(many):
        one.pk, one.contract = None, f"Contract {number}"
        one.save()
        SocialReturnLine.objects.create(
            bureau=world.bureau,
            obligation=world.social_return,
            what=f"Werk {number}",
            on=one.starts_on,
            amount=5,
        )
    client = sign_in(coach)
    for page in ("/werkgevers/social-return/", f"/werkgevers/{world.employer.pk}/social-return/", url(world)):
        client.get(page)
        seen: list[Any] = []
        used = count_queries(lambda page=page, seen=seen: seen.append(client.get(page)))
        assert used <= 12, page
        assert len(seen[0].content) < 60_000, page
