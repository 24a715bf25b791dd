"""Released figures for a municipality's own programs: its own, as described, as often as it may, and no more."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from unittest import mock

import pytest
from django.conf import settings as configured
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from redis.exceptions import ConnectionError as RedisAway

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership, hash_token
from impact import exports
from impact.api import shapes
from impact.models import ApiKey, Download, Release
from impact.services import keys
from tests.bureaus.factories import BureauFactory, MembershipFactory

PUBLISHED: dict[str, Any] = {
    "schema": "buurtbaan-impact/1",
    "measured_at": "2026-07-01T08:00:00+00:00",
    "threshold": 5,
    "versions": {"definitions": "2026-1", "disclosure": "2026-1"},
    "figures": {
        "funnel:entered": {"value": 12, "status": "shown", "unit": "people"},
        "funnel:intake": {"value": None, "status": "hidden", "unit": "people"},
        "saved:low": {"value": None, "status": "none", "unit": "euro"},
    },
    "tables": [
        {
            "id": "funnel",
            "indicator": "entered",
            "title": "Van eerste gesprek tot werk",
            "head": "Stap",
            "rows": [["entered", "Ingestapt"], ["intake", "Intake"], ["low", "Bespaard"]],
            "columns": [["people", "Mensen"]],
            "cells": [["funnel:entered"], ["funnel:intake"], ["saved:low"]],
            "total": False,
        }
    ],
}


def release_of(bureau: Bureau, **fields: Any) -> Release:
    """A released report with three numbers."""
    from impact.models import ImpactReport, Snapshot

    days = {"since": fields.pop("since", date(2026, 1, 1)), "until": fields.pop("until", date(2026, 6, 30))}
    snapshot = Snapshot.objects.create(
        bureau=bureau, **days, figures={}, sha256="0" * 64, definitions_version="1"
    )
    report = ImpactReport.objects.create(
        bureau=bureau,
        **days,
        state="released",
        snapshot=snapshot,
        published=PUBLISHED,
        pdf="reports/1/1/x.pdf",
    )
    values = {"published": PUBLISHED, "pdf": "reports/1/1/x.pdf", "pdf_sha256": "0" * 64, **fields}
    return Release.objects.create(
        bureau=bureau,
        bureau_name=bureau.name,
        municipality=bureau.municipality,
        report=report,
        **days,
        **values,
    )


@pytest.fixture
def officer(bureau: Bureau) -> Membership:
    return MembershipFactory(role=Role.MUNICIPALITY, bureau=None, municipality=bureau.municipality)


@pytest.fixture
def secret(officer: Membership) -> str:
    caches["throttle"].clear()
    return keys.make_key(name="Dashboard", by=officer)[1]


@pytest.fixture
def ask(secret: str) -> Callable[..., Any]:
    """ask("reports") with the key."""

    def make(name: str, query: str = "", key: str = secret, **headers: str) -> Any:
        path = name if name.startswith("/") else reverse(f"api:{name}")
        return Client().get(path + query, headers={"Authorization": f"Bearer {key}", **headers})

    return make


def test_a_key_reads_its_own_municipality_and_no_other(bureau: Bureau, ask: Callable[..., Any]) -> None:
    mine = release_of(bureau)
    elsewhere = release_of(BureauFactory())
    answer = ask("reports").json()
    assert [one["id"] for one in answer["reports"]] == [mine.pk]
    assert answer["total"] == 1
    for name in ("report", "figures", "figures_csv"):
        assert ask(reverse(f"api:{name}", args=[mine.pk])).status_code == 200
        assert ask(reverse(f"api:{name}", args=[elsewhere.pk])).status_code == 404


def test_the_figures_are_those_that_were_published(bureau: Bureau, ask: Callable[..., Any]) -> None:
    release = release_of(bureau)
    cells = ask(reverse("api:figures", args=[release.pk])).json()["cells"]
    assert [(one["figure"], one["value"], one["status"]) for one in cells] == [
        ("funnel:entered", 12.0, "shown"),
        ("funnel:intake", None, "hidden"),
        ("saved:low", None, "none"),
    ]
    csv = ask(reverse("api:figures_csv", args=[release.pk]))
    assert csv.content == exports.as_csv(release.published)
    assert csv["Content-Type"].startswith("text/csv")


@pytest.mark.parametrize("bad", ["", "bbk_unknown", "Bearer", "ééé"])
def test_without_a_key_that_opens_there_is_nothing(bad: str, bureau: Bureau, ask: Callable[..., Any]) -> None:
    release = release_of(bureau)
    answer = ask(reverse("api:figures", args=[release.pk]), key=bad)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert set(answer.json()) == {"detail"}


def test_a_session_opens_nothing_here(
    bureau: Bureau, officer: Membership, sign_in: Callable[[Membership], Client]
) -> None:
    assert sign_in(officer).get(reverse("api:reports")).status_code == 401


def test_a_revoked_key_opens_nothing_at_once(
    officer: Membership, ask: Callable[..., Any], sign_in: Callable[[Membership], Client]
) -> None:
    assert ask("reports").status_code == 200
    sign_in(officer).post(reverse("impact:key_revoke", args=[ApiKey.objects.get().pk]))
    assert ask("reports").status_code == 401


def test_a_withdrawn_report_is_gone(bureau: Bureau, ask: Callable[..., Any]) -> None:
    release = release_of(bureau)
    Release.objects.update(withdrawn_at=timezone.now(), withdrawn_reason="Fout")
    assert ask("reports").json()["total"] == 0
    answer = ask(reverse("api:figures", args=[release.pk]))
    assert answer.status_code == 404
    assert "ingetrokken" in answer.json()["detail"]


def test_who_asks_too_often_hears_how_long_to_wait(ask: Callable[..., Any], settings: Any) -> None:
    settings.API_REQUESTS_A_MINUTE = 3
    with mock.patch("impact.api.guards.time.time", return_value=1_800_000_015.0):
        assert [ask("reports").status_code for _n in range(4)] == [200, 200, 200, 429]
        refused = ask("definitions")
    assert (refused.status_code, refused["Retry-After"]) == (429, "45")
    with mock.patch("impact.api.guards.time.time", return_value=1_800_000_061.0):
        assert ask("reports").status_code == 200


def test_the_limit_is_counted_in_redis() -> None:
    cache = caches["throttle"]
    assert "redis" in configured.CACHES["throttle"]["BACKEND"]
    cache.set("probe", 1, timeout=5)
    assert cache.incr("probe") == 2


def test_with_redis_away_the_answers_and_the_limit_go_on(ask: Callable[..., Any], settings: Any) -> None:
    settings.API_REQUESTS_A_MINUTE = 2
    away = mock.Mock(side_effect=RedisAway("away"))
    with (
        mock.patch.object(caches["throttle"].__class__, "add", away),
        mock.patch("impact.api.guards.time.time", return_value=1_800_000_000.0),
    ):
        assert [ask("reports").status_code for _n in range(3)] == [200, 200, 429]


def test_what_did_not_change_is_not_sent_again_and_is_no_download(
    bureau: Bureau, ask: Callable[..., Any]
) -> None:
    url = reverse("api:figures", args=[release_of(bureau).pk])
    first = ask(url)
    again = ask(url, **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert [(one.kind, one.by_name) for one in Download.objects.all()] == [("json", "Sleutel “Dashboard”")]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?since=2026-06-30&until=2026-01-01", 422),
        ("?since=gisteren", 422),
        ("?since=0", 422),
        ("?until=20261231", 422),
        ("?limit=100000", 422),
        ("?offset=-1", 422),
        ("?municipality=GM9999", 404),
        ("?since=2999-01-01", 200),
        ("?bureau=bestaat-niet", 200),
    ],
)
def test_a_question_that_cannot_be_answered_is_explained(
    query: str, status: int, bureau: Bureau, ask: Callable[..., Any]
) -> None:
    release_of(bureau)
    answer = ask("reports", query)
    assert answer.status_code == status
    assert answer.json()["total"] == 0 if status == 200 else len(answer.json()["detail"]) > 20


def test_filters_leave_what_was_asked_for(bureau: Bureau, ask: Callable[..., Any]) -> None:
    early = release_of(bureau, since=date(2025, 1, 1), until=date(2025, 12, 31))
    late = release_of(bureau)
    asked = {
        "": [late.pk, early.pk],
        "?until=2025-12-31": [early.pk],
        "?since=2026-01-01": [late.pk],
        f"?bureau={bureau.slug}&limit=1&offset=1": [early.pk],
        f"?municipality={bureau.municipality.code}&language=en": [],
    }
    for query, ids in asked.items():
        assert [one["id"] for one in ask("reports", query).json()["reports"]] == ids


def test_only_a_hash_of_the_secret_is_kept(secret: str) -> None:
    key = ApiKey.objects.get()
    assert key.secret_hash == hash_token(secret)
    assert secret not in json.dumps({name: str(value) for name, value in vars(key).items()})


def test_using_a_key_is_noted_without_a_write_each_time(
    ask: Callable[..., Any], count_queries: Callable[..., int]
) -> None:
    ask("reports")
    used = ApiKey.objects.get().last_used_at
    assert used
    ask("reports")
    assert ApiKey.objects.get().last_used_at == used
    ApiKey.objects.update(last_used_at=used - timedelta(hours=2))
    ask("reports")
    assert ApiKey.objects.get().last_used_at > used
    assert count_queries(lambda: ask("reports")) <= 12


def test_the_secret_is_shown_once(officer: Membership, sign_in: Callable[[Membership], Client]) -> None:
    client = sign_in(officer)
    form = {"name": "Dashboard", "once": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}
    made = client.post(reverse("impact:key_new"), form)
    shown = made.content.decode()
    assert keys.MARK in shown
    assert client.post(reverse("impact:key_new"), form)["Location"] == reverse("impact:key_list")
    listed = client.get(reverse("impact:key_list")).content.decode()
    assert keys.MARK not in listed
    assert ApiKey.objects.get().ending in listed
    again = client.post(reverse("impact:key_new"), {"name": "Dashboard"})
    assert "andere naam" in again.content.decode()


# The description and the answers.

SHAPES = {
    "/api/v1/reports": shapes.Reports,
    "/api/v1/reports/{report_id}": shapes.Report,
    "/api/v1/reports/{report_id}/figures": shapes.Figures,
    "/api/v1/definitions": shapes.Definitions,
    "/api/v1/together": shapes.Periods,
    "/api/v1/together/{since}/{until}/figures": shapes.Sum,
}


def filled(path: str, number: int) -> str:
    """An address of the description with the number of a report, or with the days of the report above."""
    days = path.replace("{since}", "2026-01-01").replace(
        "{until}", "2026-06-30" if number < 10**8 else "2026-05-31"
    )
    return days.replace("{report_id}", str(number))


def described() -> dict[str, Any]:
    return dict(Client().get(reverse("api:openapi")).json())


def fits(schema: dict[str, Any], value: Any, parts: dict[str, Any]) -> bool:
    """Whether a value is as a JSON schema says: types, fields, choices; nothing more and nothing less."""
    if "$ref" in schema:
        return fits(parts[schema["$ref"].rsplit("/", 1)[1]], value, parts)
    if "anyOf" in schema:
        return any(fits(one, value, parts) for one in schema["anyOf"])
    if "enum" in schema:
        return value in schema["enum"]
    kind = schema.get("type")
    if kind == "object":
        known = schema["properties"]
        whole = set(schema.get("required", [])) <= set(value) <= set(known)
        return whole and all(fits(known[name], item, parts) for name, item in value.items())
    if kind == "array":
        return isinstance(value, list) and all(fits(schema["items"], item, parts) for item in value)
    types = {"string": str, "integer": int, "number": int | float, "null": type(None), "boolean": bool}
    return isinstance(value, types[kind])


def test_every_answer_is_as_the_description_says(bureau: Bureau, ask: Callable[..., Any]) -> None:
    release, document = release_of(bureau), described()
    assert document["openapi"].startswith("3.")
    for path, methods in document["paths"].items():
        assert set(methods) == {"get"}
        answer = ask(filled(path, release.pk))
        assert answer.status_code == 200
        told = methods["get"]["responses"]["200"]["content"]
        kind = answer["Content-Type"].split(";")[0]
        assert set(told) == {kind}
        if kind == "application/json":
            schema = told[kind]["schema"]
            assert fits(schema, answer.json(), document["components"]["schemas"]), path
            assert not fits(schema, {**answer.json(), "more": 1}, document["components"]["schemas"])
            SHAPES[path].model_validate(answer.json())


def test_every_refusal_is_as_the_description_says(
    bureau: Bureau, ask: Callable[..., Any], settings: Any
) -> None:
    document = described()
    settings.API_REQUESTS_A_MINUTE = 6
    for path, methods in document["paths"].items():
        told = methods["get"]["responses"]
        missing = ask(filled(path, 987654321))
        no_key = ask(filled(path, 1), key="x")
        for answer in (missing, no_key) if "{" in path else (no_key,):
            schema = told[str(answer.status_code)]["content"]["application/json"]["schema"]
            assert fits(schema, answer.json(), document["components"]["schemas"])
        assert "429" in told
    assert document["components"]["securitySchemes"]["Key"]["scheme"] == "bearer"


@pytest.mark.django_db
def test_the_description_names_every_address_and_the_page_every_one_of_them() -> None:
    document = described()
    from impact.api.urls import urlpatterns

    ours = {re.sub(r"<(?:int:)?(\w+)>", r"{\1}", f"/api/{one.pattern}") for one in urlpatterns}
    operations = {path for path in ours if path.startswith("/api/v1/") and "openapi" not in path}
    assert set(document["paths"]) == operations
    page = Client().get(reverse("api:api_page")).content.decode()
    assert all(path in page for path in document["paths"])
    assert "http://" not in page.replace(configured.SITE_ADDRESS, "").replace("http://www.w3.org", "")
