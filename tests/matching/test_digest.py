"""The list of the day by e-mail: only who wishes, once a day, numbers alone, and easy to stop."""

from __future__ import annotations

import re
import threading
from datetime import datetime, time, timedelta
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.models import Membership
from buurtbaan.scope import Scope, scoped
from matching import tasks
from matching.models import Digest, DigestWish
from matching.services import digest
from tests.matching.factories import PersonFactory

MONDAY = (2026, 11, 23)


def at(year: int, month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime(year, month, day, hour, minute))


def wishes(membership: Membership, days: str = "weekdays") -> DigestWish:
    """Somebody who asked for it long ago."""
    found = DigestWish.objects.create(bureau=membership.bureau, membership=membership, days=days)
    DigestWish.objects.update(changed_at=at(2020, 1, 1))
    Membership.objects.filter(pk=membership.pk).update(starts=at(2020, 1, 1).date())
    return found


def something(membership: Membership) -> Any:
    return PersonFactory(
        bureau=membership.bureau,
        coach=membership,
        first_name="Samira",
        call_back_on=datetime(2020, 1, 1).date(),
    )


def tick(moment: datetime) -> None:
    with mock.patch("django.utils.timezone.now", return_value=moment):
        tasks.send_digests()


def test_nobody_gets_it_unasked(coach: Membership) -> None:
    something(coach)
    tick(at(*MONDAY))
    assert not mail.outbox
    assert not Digest.objects.exists()


def test_numbers_alone_in_text_and_html_with_a_way_to_stop(coach: Membership) -> None:
    something(coach)
    wishes(coach)
    tick(at(*MONDAY))
    (sent,) = mail.outbox
    html = next(part for part, kind in sent.alternatives if kind == "text/html")
    assert sent.to == [coach.user.email]
    for said in ("1", "Terugbellen", "/vandaag/", "Stuur dit niet meer"):
        assert said in sent.body
        assert said in html
    assert "Samira" not in sent.subject + sent.body + html
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent.extra_headers["List-Unsubscribe"].strip("<>") in sent.body


def test_once_a_day_however_often_the_task_runs(coach: Membership) -> None:
    something(coach)
    wishes(coach)
    for minute in (0, 5, 10):
        tick(at(*MONDAY, 8, minute))
    assert len(mail.outbox) == 1
    tick(at(2026, 11, 24))
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    ("moment", "days", "sent"),
    [
        (at(2026, 11, 23, 7, 29), "weekdays", 0),
        (at(2026, 11, 23, 7, 30), "weekdays", 1),
        (at(2026, 11, 23, 12, 0), "weekdays", 0),
        (at(2026, 11, 23), "monday", 1),
        (at(2026, 11, 24), "monday", 0),
        (at(2026, 4, 7), "monday", 1),
        (at(2026, 4, 6), "weekdays", 0),
        (at(2026, 11, 22), "weekdays", 0),
        (at(2026, 12, 25), "weekdays", 0),
        (at(2026, 11, 23), "off", 0),
    ],
)
def test_its_days_and_its_hour(coach: Membership, moment: datetime, days: str, sent: int) -> None:
    something(coach)
    wishes(coach, days)
    tick(moment)
    assert len(mail.outbox) == sent


def test_the_bureaus_own_hour(coach: Membership) -> None:
    something(coach)
    wishes(coach)
    coach.bureau.digest_at = time(16)  # type: ignore[union-attr]
    coach.bureau.save()  # type: ignore[union-attr]
    tick(at(*MONDAY, 15, 59))
    assert not mail.outbox
    tick(at(*MONDAY, 16, 0))
    assert len(mail.outbox) == 1


def test_an_empty_day_is_quiet_and_stays_so(coach: Membership) -> None:
    wishes(coach)
    tick(at(*MONDAY))
    assert Digest.objects.get().state == "empty"
    something(coach)
    tick(at(*MONDAY, 9))
    assert not mail.outbox


def test_who_asks_for_it_later_on_the_day_waits_for_the_next(coach: Membership) -> None:
    something(coach)
    wishes(coach)
    DigestWish.objects.update(changed_at=at(*MONDAY, 7, 30))
    tick(at(*MONDAY, 8))
    assert not mail.outbox
    tick(at(2026, 11, 24))
    assert len(mail.outbox) == 1


def test_in_the_readers_language(coach: Membership) -> None:
    something(coach)
    wishes(coach)
    with mock.patch.object(digest.translation, "override", wraps=digest.translation.override) as spoken:
        coach.user.language = "en"
        coach.user.save()
        tick(at(*MONDAY))
    assert "en" in {call.args[0] for call in spoken.call_args_list}


def test_a_mail_server_that_is_away_keeps_it_waiting_and_after_five_tries_it_failed(
    coach: Membership,
) -> None:
    something(coach)
    wishes(coach)
    with mock.patch("django.core.mail.EmailMessage.send", side_effect=OSError("weg")):
        for minute in range(5):
            tick(at(*MONDAY, 8, minute))
    found = Digest.objects.get()
    assert (found.state, found.tries, found.error) == ("failed", 5, "OSError: weg")


def test_a_worker_that_was_killed_before_sending_loses_nothing(coach: Membership) -> None:
    something(coach)
    wishes(coach)
    with mock.patch("matching.services.digest.send", side_effect=SystemExit), pytest.raises(SystemExit):
        tick(at(*MONDAY))
    assert Digest.objects.get().state == "waiting"
    tick(at(*MONDAY, 8, 5))
    assert (Digest.objects.get().state, len(mail.outbox)) == ("sent", 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_sends(member: Any) -> None:
    from buurtbaan.bureaus.enums import Role

    coach = member(Role.COACH)
    something(coach)
    wishes(coach)
    gate = threading.Barrier(2)

    def work() -> None:
        gate.wait()
        try:
            tasks.send_digests()
        finally:
            connection.close()

    with mock.patch("django.utils.timezone.now", return_value=at(*MONDAY)):
        workers = [threading.Thread(target=work) for _n in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert (len(mail.outbox), Digest.objects.count()) == (1, 1)


def stop_path(sent: Any) -> str:
    return re.sub(r"^https?://[^/]+", "", sent.extra_headers["List-Unsubscribe"].strip("<>"))


def test_looking_at_the_way_to_stop_spends_nothing_and_one_post_stops_it(coach: Membership) -> None:
    something(coach)
    wishes(coach)
    tick(at(*MONDAY))
    path, anybody = stop_path(mail.outbox[0]), Client(enforce_csrf_checks=True)
    assert "Stuur het niet meer" in anybody.get(path).content.decode()
    assert digest.wish(coach) == "weekdays"
    assert anybody.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert digest.wish(coach) == "off"
    assert anybody.get(path).status_code == 404
    assert "doet niets meer" in anybody.post(path).content.decode()
    tick(at(2026, 11, 24))
    assert len(mail.outbox) == 1


def test_each_chooses_for_oneself_and_the_manager_the_hour(
    coach: Membership, manager: Membership, sign_in: Any
) -> None:
    page = reverse("matching:digest_settings")
    client = sign_in(coach)
    assert "Elke werkdag" in client.get(page).content.decode()
    client.post(page, {"days": "monday", "digest_at": "05:00"})
    coach.bureau.refresh_from_db()  # type: ignore[union-attr]
    assert (digest.wish(coach), digest.wish(manager)) == ("monday", "off")
    assert coach.bureau.digest_at == time(7, 30)  # type: ignore[union-attr]
    sign_in(manager).post(page, {"days": "off", "digest_at": "08:15"})
    coach.bureau.refresh_from_db()  # type: ignore[union-attr]
    assert coach.bureau.digest_at == time(8, 15)  # type: ignore[union-attr]


def test_a_colleague_does_not_see_ones_wish(coach: Membership, manager: Membership) -> None:
    wishes(coach)
    with scoped(Scope.for_membership(manager)):
        assert not DigestWish.objects.exists()


def test_digests_are_forgotten(coach: Membership) -> None:
    Digest.objects.create(
        bureau=coach.bureau, membership=coach, day=timezone.localdate() - timedelta(days=61), state="sent"
    )
    tasks.forget_the_day()
    assert not Digest.objects.exists()
