"""Django's admin: for platform administrators, and never about a candidate."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Rate
from tests.bureaus.factories import MembershipFactory
from tests.world import World

pytestmark = pytest.mark.django_db
PAGES = ["municipality", "area", "bureau", "rate", "user"]


@pytest.fixture
def as_platform(world: World, sign_in: Any) -> Client:
    return sign_in(world.members[Role.PLATFORM])


def test_holds_the_platforms_own_tables_and_nothing_else() -> None:
    kept = {model._meta.label for model in admin.site._registry}
    assert kept == {
        "bureaus.Municipality",
        "bureaus.Area",
        "bureaus.Bureau",
        "bureaus.Rate",
        "bureaus.User",
        "vocabulary.Term",
    }


@pytest.mark.parametrize("name", PAGES)
def test_opens_for_the_platform(as_platform: Client, name: str) -> None:
    assert as_platform.get(reverse(f"admin:bureaus_{name}_changelist")).status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PLATFORM])
def test_stays_closed_for_everybody_else(role: Role, world: World, sign_in: Any) -> None:
    client = sign_in(world.members[role])
    assert client.get(reverse("admin:index"), follow=True).status_code == 403


def test_the_role_must_be_the_one_worked_in_now(world: World, sign_in: Any) -> None:
    manager = world.members[Role.MANAGER]
    MembershipFactory(user=manager.user, role=Role.PLATFORM, bureau=None)
    assert sign_in(manager).get(reverse("admin:index"), follow=True).status_code == 403


def test_strangers_come_to_the_products_own_sign_in(client: Client) -> None:
    response = client.get(reverse("admin:index"), follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("account_login"))


def test_candidates_are_not_among_the_accounts(as_platform: Client, world: World) -> None:
    listed = as_platform.get(reverse("admin:bureaus_user_changelist")).content.decode()
    assert world.members[Role.COACH].user.email in listed
    assert world.members[Role.CANDIDATE].user.email not in listed
    one = reverse("admin:bureaus_user_change", args=[world.members[Role.CANDIDATE].user_id])
    assert as_platform.get(one).status_code == 302


def test_passwords_cannot_be_set(as_platform: Client, world: World) -> None:
    user = world.members[Role.COACH].user
    page = reverse("admin:bureaus_user_change", args=[user.pk])
    data = {"name": "Anders", "email": user.email, "language": "nl", "is_active": "on", "password": "nieuw"}
    assert as_platform.post(page, data).status_code == 302
    before = user.password
    user.refresh_from_db()
    assert (user.name, user.password) == ("Anders", before)


def test_a_bureau_cannot_be_deleted(as_platform: Client, world: World) -> None:
    assert as_platform.post(reverse("admin:bureaus_bureau_delete", args=[world.bureau.pk])).status_code == 403


def test_a_rate_can_be_added(as_platform: Client) -> None:
    data = {
        "kind": "minimum_wage",
        "key": "age_21_up",
        "value": "15.10",
        "unit": "EUR/hour",
        "valid_from": "2027-01-01",
        "place": "NL",
        "source": "proef",
    }
    assert as_platform.post(reverse("admin:bureaus_rate_add"), data).status_code == 302
    assert Rate.objects.get(key="age_21_up").place == "NL"
