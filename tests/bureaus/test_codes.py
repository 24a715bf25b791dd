"""A code to say out loud: it opens one page once, for a short while, after few mistakes, and tells nobody anything."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus import codes
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import AccessLink
from buurtbaan.scope import Scope, scoped
from tests.bureaus.factories import MembershipFactory
from tests.world import World

PAGE = "/code/"


def issued(world: World) -> str:
    with scoped(Scope.for_membership(world.members[Role.COACH])):
        return codes.issue(membership=world.members[Role.CANDIDATE], target=reverse("candidates:my_file"))


def wrong(code: str) -> str:
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_code_opens_the_own_page_once(world: World, client: Client) -> None:
    code = issued(world)
    answer = client.post(PAGE, {"code": codes.spoken(code)})
    assert answer.status_code == 302
    assert answer["Location"] == reverse("candidates:my_file")
    assert client.get(answer["Location"]).status_code == 200
    again = Client()
    again.post(PAGE, {"code": code})
    assert not signed_in(again)


def test_after_five_mistakes_the_code_is_over(world: World, client: Client) -> None:
    code = issued(world)
    for _try in range(codes.TRIES):
        client.post(PAGE, {"code": wrong(code)})
    client.post(PAGE, {"code": code})
    assert not signed_in(client)


def test_a_code_lasts_half_an_hour(world: World, client: Client) -> None:
    code = issued(world)
    AccessLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    client.post(PAGE, {"code": code})
    assert not signed_in(client)


def test_a_new_code_ends_the_one_before(world: World, client: Client) -> None:
    first, second = issued(world), issued(world)
    client.post(PAGE, {"code": first})
    assert not signed_in(client)
    client.post(PAGE, {"code": second})
    assert signed_in(client)


def test_a_wrong_code_and_an_unknown_number_read_the_same(world: World) -> None:
    def page(code: str) -> str:
        answer = Client().post(PAGE, {"code": code})
        return answer.content.decode().split("<main")[1].split("csrfmiddlewaretoken")[0]

    code = issued(world)
    other = f"{(int(code[:4]) + 1) % 10000:04d}{code[4:]}"
    assert page(wrong(code)) == page(other)
    assert page("12") == page(other)


def test_trying_often_is_slowed_down_even_with_the_right_code(world: World, client: Client) -> None:
    cache.clear()
    for _try in range(8):
        client.post(PAGE, {"code": "0000000000"})
    answer = client.post(PAGE, {"code": issued(world)})
    assert answer.status_code == 429
    assert not signed_in(client)


def test_neither_link_nor_code_stands_in_the_database(world: World) -> None:
    code = issued(world)
    row = AccessLink.objects.latest("pk")
    kept = f"{row.token_hash} {row.number_hash} {row.code_hash}"
    assert code not in kept
    assert Client().post(reverse("access_link", args=[code])).status_code == 409


def test_a_code_never_opens_an_account_that_got_a_staff_role(world: World, client: Client) -> None:
    code = issued(world)
    MembershipFactory(user=world.members[Role.CANDIDATE].user, role=Role.COACH, bureau=world.bureau)
    client.post(PAGE, {"code": code})
    assert not signed_in(client)


def test_numbers_of_codes_that_are_over_are_given_back(world: World) -> None:
    issued(world)
    AccessLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    issued(world)
    assert AccessLink.objects.exclude(number_hash=None).count() == 1


def test_another_bureaus_scope_cannot_read_the_row(world: World, other_world: World) -> None:
    issued(world)
    with scoped(Scope.for_membership(other_world.members[Role.COACH])):
        assert not AccessLink.objects.filter(membership=world.members[Role.CANDIDATE]).exists()


def test_a_code_by_mail_is_six_digits_and_an_unknown_address_reads_the_same(
    world: World, client: Client, mailoutbox: Any
) -> None:
    address = world.members[Role.CANDIDATE].user.email
    known = client.post(reverse("account_request_login_code"), {"email": address})
    unknown = Client().post(reverse("account_request_login_code"), {"email": "niemand@proef.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    (mail,) = [one for one in mailoutbox if one.to == [address]]
    code = next(word for word in mail.body.split() if word.isdecimal() and len(word) == 6)
    answer = client.post(known["Location"], {"code": code})
    assert answer.status_code == 302
    assert signed_in(client)
