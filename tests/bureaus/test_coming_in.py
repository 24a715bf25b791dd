"""Invitations, single-use links, role switch, second factor, and leaving without leaving people behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import AccessLink, Invitation, Membership, User
from buurtbaan.bureaus.services import accept_invitation, end_membership, invite
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from tests.bureaus.factories import MembershipFactory
from tests.world import World

PASSWORD = "een lange zin om te onthouden"


def test_an_invitation_becomes_an_account_with_a_role(
    world: World, client: Client, sign_in: Callable[..., Client], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(world.members[Role.MANAGER]).post(
            reverse("invite"), {"email": "Nieuw@proef.example", "name": "Nina", "role": "coach"}
        )
    (message,) = mail.outbox
    assert message.to == ["nieuw@proef.example"]
    path = (
        next(line for line in message.body.splitlines() if "/uitnodiging/" in line).split("8000")[-1].strip()
    )
    assert "Nina" in client.get(path).content.decode()
    response = client.post(path, {"name": "Nina", "password": PASSWORD})
    assert response.status_code == 302
    made = Membership.objects.get(user__email="nieuw@proef.example")
    assert (made.role, made.bureau_id) == (Role.COACH, world.bureau.pk)
    assert client.post(path, {"name": "Nina", "password": PASSWORD}).content.decode().count("werkt niet meer")


def test_a_weak_password_is_explained_and_nothing_is_used_up(world: World, client: Client) -> None:
    path = reverse("invitation", args=[world.invitation_token])
    page = client.post(path, {"name": "Nina", "password": "kort"}).content.decode()
    assert "is-invalid" in page or "error" in page
    assert Invitation.objects.get(pk=world.invitation.pk).is_open


def test_a_second_invitation_makes_the_first_link_useless(world: World) -> None:
    manager = world.members[Role.MANAGER]
    _, first = invite(email="twee@proef.example", role=Role.COACH, bureau=world.bureau, by=manager)
    invite(email="twee@proef.example", role=Role.COACH, bureau=world.bureau, by=manager)
    with pytest.raises(NotAllowedNow):
        accept_invitation(token=first.rstrip("/").rsplit("/", 1)[1], name="T", password=PASSWORD)


def test_somebody_who_has_the_role_is_not_invited_again(world: World) -> None:
    coach = world.members[Role.COACH]
    with pytest.raises(NotAllowedNow):
        invite(email=coach.user.email, role=Role.COACH, bureau=world.bureau, by=world.members[Role.MANAGER])


def test_an_existing_account_keeps_its_password(world: World) -> None:
    user = User.objects.create_user("bekend@proef.example", PASSWORD)
    manager = world.members[Role.MANAGER]
    _, path = invite(email=user.email, role=Role.CONNECTOR, bureau=world.bureau, by=manager)
    accept_invitation(token=path.rstrip("/").rsplit("/", 1)[1], name="", password="iets heel anders dan dat")
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_single_use_link_opens_once(world: World, client: Client) -> None:
    path = reverse("access_link", args=[world.link_token])
    assert client.get(path).status_code == 200
    assert AccessLink.objects.get(pk=world.link.pk).used_at is None, "looking ahead spends nothing"
    assert client.post(path).status_code == 302
    assert client.session["membership"] == world.members[Role.CANDIDATE].pk
    assert Client().post(path).status_code == 409


@pytest.mark.parametrize("role", [Role.COACH, Role.MANAGER, Role.MUNICIPALITY, Role.PLATFORM])
def test_a_link_never_opens_a_role_that_needs_a_second_factor(
    role: Role, world: World, client: Client
) -> None:
    _, path = AccessLink.issue(membership=world.members[role], target="/")
    assert client.post(path).status_code == 409


def test_an_old_link_and_an_unknown_one_get_the_same_answer(world: World, client: Client) -> None:
    AccessLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    old = client.post(reverse("access_link", args=[world.link_token]))
    unknown = client.post(reverse("access_link", args=["zomaar-iets"]))
    assert old.status_code == unknown.status_code == 409


def test_switching_role_changes_what_one_may(world: World, sign_in: Callable[..., Client]) -> None:
    coach = world.members[Role.COACH]
    second = MembershipFactory(user=coach.user, role=Role.PLATFORM, bureau=None)
    client = sign_in(coach)
    assert client.get(reverse("bureau_list")).status_code == 403
    client.post(reverse("switch_role"), {"membership": second.pk})
    assert client.get(reverse("bureau_list")).status_code == 200


def test_nobody_takes_somebody_elses_role(
    world: World, other_world: World, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(world.members[Role.COACH])
    foreign = other_world.members[Role.MANAGER]
    assert client.post(reverse("switch_role"), {"membership": foreign.pk}).status_code == 409


def test_an_ended_role_opens_nothing(world: World, sign_in: Callable[..., Client]) -> None:
    coach = MembershipFactory(role=Role.COACH, bureau=world.bureau)
    client = sign_in(coach)
    Membership.objects.filter(pk=coach.pk).update(
        starts=timezone.localdate() - timedelta(days=9), ends=timezone.localdate() - timedelta(days=1)
    )
    assert client.get(reverse("access_log")).status_code == 403


@pytest.mark.parametrize("role", [Role.CONNECTOR, Role.COACH, Role.MANAGER, Role.MUNICIPALITY, Role.PLATFORM])
def test_staff_set_up_a_second_factor_first_where_it_is_required(
    role: Role, world: World, sign_in: Callable[..., Client], settings: Any
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    response = sign_in(world.members[role]).get(reverse("access_log"))
    assert (response.status_code, response["Location"]) == (302, reverse("mfa_index"))


def test_candidates_and_employers_do_not_need_one(
    world: World, sign_in: Callable[..., Client], settings: Any
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    for role in (Role.CANDIDATE, Role.EMPLOYER):
        assert sign_in(world.members[role]).get(reverse("access_log")).status_code == 403


def test_whoever_leaves_hands_over_their_people(world: World) -> None:
    coach, manager = world.members[Role.COACH], world.members[Role.MANAGER]
    today = date.today()
    with pytest.raises(NotAllowedNow):
        end_membership(membership=coach, last_day=today, by=manager)
    world.candidate.coach = MembershipFactory(role=Role.COACH, bureau=world.bureau)
    world.candidate.save()
    end_membership(membership=coach, last_day=today, by=manager)
    coach.refresh_from_db()
    assert coach.ends == today


def test_the_database_itself_ends_no_role_with_people(world: World) -> None:
    coach = Membership.objects.filter(pk=world.members[Role.COACH].pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        coach.update(ends=date.today())
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        scoped(Scope.for_membership(world.members[Role.PLATFORM])),
    ):
        coach.update(ends=date.today())


def test_the_last_manager_stays_until_there_is_another(world: World) -> None:
    manager = world.members[Role.MANAGER]
    with pytest.raises(NotAllowedNow):
        end_membership(membership=manager, last_day=date.today(), by=manager)


def test_signing_up_without_being_asked_is_not_possible(client: Client, db: None) -> None:
    client.post(reverse("account_signup"), {"email": "zomaar@proef.example", "password1": PASSWORD})
    assert not User.objects.filter(email="zomaar@proef.example").exists()


def test_guessing_a_password_is_slowed_down(world: World, client: Client) -> None:
    user = User.objects.create_user("raden@proef.example", PASSWORD)
    for _attempt in range(6):
        client.post(reverse("account_login"), {"login": user.email, "password": "mis"})
    page = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert page.status_code in (200, 429), "even the right password waits"
    assert "_auth_user_id" not in client.session


def test_who_accepted_an_invitation_can_set_up_a_second_factor(world: World, client: Client) -> None:
    client.post(reverse("invitation", args=[world.invitation_token]), {"name": "Nina", "password": PASSWORD})
    client.post(reverse("account_login"), {"login": world.invitation.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    assert page.context["form"].secret in page.content.decode().replace(" ", "")


def test_a_link_does_not_open_an_account_that_got_a_staff_role_later(world: World, client: Client) -> None:
    candidate = world.members[Role.CANDIDATE]
    MembershipFactory(user=candidate.user, role=Role.COACH, bureau=world.bureau)
    assert client.post(reverse("access_link", args=[world.link_token])).status_code == 409


def test_the_platform_asks_the_first_officer_of_a_municipality(
    world: World, client: Client, sign_in: Callable[..., Client], django_capture_on_commit_callbacks: Any
) -> None:
    page = reverse("bureau", args=[world.bureau.pk])
    platform = sign_in(world.members[Role.PLATFORM])
    with django_capture_on_commit_callbacks(execute=True):
        sent = platform.post(page, {"gemeente-email": "stad@proef.example", "gemeente": "Nodig uit"})
    assert sent.status_code == 302
    (message,) = mail.outbox
    link = next(line for line in message.body.splitlines() if "/uitnodiging/" in line)
    client.post(link.split("8000")[-1].strip(), {"name": "Sam", "password": PASSWORD})
    made = Membership.objects.get(user__email="stad@proef.example")
    assert (made.role, made.bureau_id) == (Role.MUNICIPALITY, None)
    assert made.municipality_id == world.bureau.municipality_id
    assert "Sam" in platform.get(page).content.decode()


def test_the_platform_asks_a_manager_of_a_bureau(world: World, sign_in: Callable[..., Client]) -> None:
    page = reverse("bureau", args=[world.bureau.pk])
    platform = sign_in(world.members[Role.PLATFORM])
    platform.post(page, {"leider-email": "baas@proef.example", "leider": "Nodig uit"})
    made = Invitation.objects.get(email="baas@proef.example")
    assert (made.role, made.bureau_id, made.municipality_id) == (Role.MANAGER, world.bureau.pk, None)


def test_a_role_with_people_leads_to_the_handover(world: World, sign_in: Callable[..., Client]) -> None:
    coach = world.members[Role.COACH]
    page = reverse("membership_edit", args=[coach.pk])
    client = sign_in(world.members[Role.MANAGER])
    answer = client.post(page, {"last_day": timezone.localdate().isoformat()})
    assert reverse("candidates:handover", args=[coach.pk]) in answer.content.decode()
    coach.refresh_from_db()
    assert coach.ends is None


def test_nobody_is_asked_for_where_no_files_hang(world: World, sign_in: Callable[..., Client]) -> None:
    idle = MembershipFactory(role=Role.COACH, bureau=world.bureau)
    page = reverse("membership_edit", args=[idle.pk])
    client = sign_in(world.members[Role.MANAGER])
    assert client.post(page, {"last_day": timezone.localdate().isoformat()}).status_code == 302
    idle.refresh_from_db()
    assert idle.ends == timezone.localdate()


def test_the_platform_never_leaves_people_behind(world: World, sign_in: Callable[..., Client]) -> None:
    coach = world.members[Role.COACH]
    page = reverse("membership_edit", args=[coach.pk])
    client = sign_in(world.members[Role.PLATFORM])
    answer = client.post(page, {"last_day": timezone.localdate().isoformat()})
    assert "De bureauleider stopt deze rol" in answer.content.decode()
    coach.refresh_from_db()
    assert coach.ends is None
    assert page not in client.get(reverse("people")).content.decode()


def test_a_wrong_password_is_answered_in_plain_words(db: None, client: Client) -> None:
    page = client.post(reverse("account_login"), {"login": "niemand@proef.example", "password": "mis"})
    assert "horen niet bij elkaar" in page.content.decode()
