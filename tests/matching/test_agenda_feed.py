"""The agenda in a program of one's own: a secret per role, renewed and stopped, and no candidate in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from buurtbaan.bureaus.models import Membership, User
from matching.models import AgendaFeed
from tests.matching.factories import MatchFactory, MeetingFactory, PersonFactory

PAGE = reverse("matching:agenda_subscription")


def meeting(bureau: Any, coach: Membership | None, **more: Any) -> Any:
    person = PersonFactory(bureau=bureau, coach=coach, first_name="Samira", last_name="Zonderling")
    match = MatchFactory(bureau=bureau, candidate=person, state="meeting_planned")
    more = {"starts_at": timezone.now() + timedelta(days=2), "place": "Dorpsplein 1", **more}
    return MeetingFactory(match=match, **more)


def made(client: Client) -> str:
    """The address as the page shows it, once."""
    response = client.post(PAGE, follow=True)
    address: str = response.context["address"]
    assert address in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert address not in client.get(PAGE).content.decode()
    return address


def events(address: str) -> list[Any]:
    response = Client().get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_a_program_reads_the_meetings_of_the_own_people_and_no_names(
    bureau: Any, coach: Any, sign_in: Any
) -> None:
    one = meeting(bureau, coach)
    meeting(bureau, None, place="Elders 9")
    address = made(sign_in(coach))
    (event,) = events(address)
    assert str(event["uid"]) == f"{one.calendar_uid}@buurtbaan"
    assert one.position_title in event["summary"]
    assert str(event["location"]) == "Dorpsplein 1"
    body = Client().get(address).content.decode()
    assert not any(word in body for word in ("Samira", "Zonderling", "Elders", one.candidate.email))
    assert address.endswith(".ics")


def test_who_comes_along_sees_it_and_a_manager_sees_the_bureaus(
    bureau: Any, coach: Any, connector: Any, manager: Any, sign_in: Any
) -> None:
    meeting(bureau, coach, companion_member=connector)
    assert len(events(made(sign_in(connector)))) == 1
    assert len(events(made(sign_in(manager)))) == 1


def test_another_bureau_stays_out(bureau: Any, other_bureau: Any, manager: Any, sign_in: Any) -> None:
    meeting(other_bureau, None)
    assert events(made(sign_in(manager))) == []


def test_what_was_called_off_is_gone(bureau: Any, coach: Any, sign_in: Any) -> None:
    one = meeting(bureau, coach)
    address = made(sign_in(coach))
    type(one.match).objects.filter(pk=one.match_id).update(state="withdrawn")
    assert events(address) == []


def test_a_new_address_ends_the_one_before_and_stopping_ends_all(coach: Any, sign_in: Any) -> None:
    client = sign_in(coach)
    first, second = made(client), made(client)
    assert Client().get(first).status_code == 404
    assert events(second) == []
    assert AgendaFeed.objects.count() == 1
    client.post(reverse("matching:agenda_stop"))
    assert Client().get(second).status_code == 404


@pytest.mark.parametrize("gone", ["role", "account"])
def test_who_left_reads_nothing_any_more(coach: Any, sign_in: Any, gone: str) -> None:
    address = made(sign_in(coach))
    if gone == "role":
        Membership.objects.filter(pk=coach.pk).update(
            starts=timezone.localdate() - timedelta(days=9), ends=timezone.localdate() - timedelta(days=1)
        )
    else:
        User.objects.filter(pk=coach.user_id).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_only_the_hash_of_the_secret_is_kept(coach: Any, sign_in: Any) -> None:
    token = made(sign_in(coach)).rpartition("/")[2].removesuffix(".ics")
    assert token not in str(AgendaFeed.objects.values().get())
    assert Client().get(reverse("matching:agenda_feed", args=["geen"])).status_code == 404
