"""What is typed stays: on the server, for its writer alone, until the form is sent."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts import keeping, retention
from buurtbaan.drafts.models import Draft, HeldPost
from buurtbaan.scope import Scope, scoped
from candidates.models import Candidate, Conversation
from tests.drafts.typing import Typing
from tests.world import World

STEP = "candidates:intake_step"


@pytest.fixture
def coach(world: World, sign_in: Any) -> Client:
    world.draft.delete()
    client: Client = sign_in(world.members[Role.COACH])
    return client


def dreams(client: Client, world: World) -> Typing:
    return Typing(client, reverse(STEP, args=[world.candidate.pk, "dromen"])).open()


def note(client: Client, world: World) -> Typing:
    return Typing(client, reverse("candidates:conversation_add", args=[world.candidate.pk])).open()


def test_what_is_typed_is_there_on_the_next_visit(world: World, coach: Client) -> None:
    assert dreams(coach, world).save(dreams="Een eigen winkel", note="Belt morgen").json()["state"] == "saved"
    html = dreams(coach, world).html
    assert "Een eigen winkel" in html
    assert "Belt morgen" in html
    assert "Hier staat wat je om" in html
    assert "op een ander apparaat" not in html


def test_another_device_is_named(world: World, coach: Client, sign_in: Any) -> None:
    dreams(coach, world).save(dreams="Een eigen winkel")
    assert "op een ander apparaat" in dreams(sign_in(world.members[Role.COACH]), world).html


def test_a_later_request_is_not_undone_by_an_earlier_one_that_was_slow(world: World, coach: Client) -> None:
    page = dreams(coach, world)
    page.save(dreams="Een eigen winkel", sequence=2)
    page.save(dreams="Een eig", sequence=1)
    assert Draft.objects.get().data == {"dreams": ["Een eigen winkel"]}


def test_two_tabs_never_write_into_each_others_draft(world: World, coach: Client) -> None:
    one, two = note(coach, world), note(coach, world)
    one.save(text="Van het eerste tabblad")
    two.save(text="Van het tweede tabblad")
    assert {draft.data["text"][0] for draft in Draft.objects.all()} == {
        "Van het eerste tabblad",
        "Van het tweede tabblad",
    }
    third = note(coach, world)
    assert "Van het tweede tabblad" in third.html
    assert "Je begon hier ook" in third.html


def test_a_page_that_was_overtaken_on_another_device_is_told(world: World, coach: Client) -> None:
    phone = note(coach, world)
    phone.save(text="Op de telefoon")
    laptop = note(coach, world)
    assert laptop.save(text="Verder op de laptop").status_code == 200
    assert phone.save(text="Toch weer telefoon").json() == {"state": "elsewhere"}
    assert Draft.objects.get().data == {"text": ["Verder op de laptop"]}


def test_sending_the_form_ends_the_draft_and_a_late_save_does_not_bring_it_back(
    world: World, coach: Client
) -> None:
    page = note(coach, world)
    page.save(text="Gesprek over werk")
    assert page.send(kind="visit", text="Gesprek over werk", held_on=timezone.localdate()).status_code == 302
    assert not Draft.objects.exists()
    late = page.save(text="Gesprek over wer")
    assert (late.status_code, late.json()) == (410, {"state": "sent"})
    assert not Draft.objects.exists()


def test_a_form_continued_on_two_devices_is_done_once(world: World, coach: Client) -> None:
    phone = note(coach, world)
    phone.save(text="Een keer")
    laptop = note(coach, world)
    for page in (phone, laptop):
        answer = page.send(kind="visit", text="Een keer", held_on=timezone.localdate())
        assert answer.status_code == 302
    assert Conversation.objects.filter(text="Een keer").count() == 1


def test_a_post_holds_its_draft_before_any_row(
    world: World, coach: Client, django_assert_max_num_queries: Any
) -> None:
    """A save holds the draft and then asks for the candidate; the other order here would be a deadlock."""
    page = note(coach, world)
    page.save(text="Gesprek over werk")
    held = f"pg_advisory_xact_lock({uuid.UUID(page.hidden('concept')).int >> 65})"
    with django_assert_max_num_queries(200) as asked:
        page.send(kind="visit", text="Gesprek over werk", held_on=timezone.localdate())
    said = [one["sql"] for one in asked.captured_queries]
    first = next(
        at for at, sql in enumerate(said) if "FOR UPDATE" in sql or sql.startswith(("INSERT", "UPDATE"))
    )
    assert any(held in sql for sql in said[:first])


def test_a_form_that_is_refused_keeps_its_draft(world: World, coach: Client) -> None:
    page = note(coach, world)
    page.save(text="Nog niet af")
    answer = page.send(kind="visit", text="Nog niet af", held_on="2999-01-01")
    assert answer.status_code == 200
    assert page.hidden("concept") in answer.content.decode()
    assert Draft.objects.exists()


def test_ticks_and_chips_come_back_as_they_were(world: World, coach: Client) -> None:
    url = reverse(STEP, args=[world.candidate.pk, "uren"])
    Typing(coach, url).open().save(dayparts=["3", "4"], hours_now="6,5")
    html = Typing(coach, url).open().html
    assert html.count(" checked") == 2
    assert 'value="6,5"' in html


def test_what_no_longer_fits_the_form_is_shown_as_text(world: World, coach: Client) -> None:
    page = note(coach, world)
    page.save(text="Blijft", kind="visit")
    draft = Draft.objects.get()
    draft.data |= {"mood": ["Opgewekt"], "kind": ["rooksignaal"]}
    draft.labels |= {"mood": "Stemming"}
    draft.schema = "vroeger"
    draft.save()
    html = note(coach, world).html
    for text in ("Blijft", "Stemming", "Opgewekt", "rooksignaal", "Het formulier is intussen veranderd"):
        assert text in html


def test_a_form_of_its_fields_has_its_own_schema(world: World, coach: Client) -> None:
    dreams(coach, world).save(dreams="x")
    note(coach, world).save(text="x")
    assert len(set(Draft.objects.values_list("schema", flat=True))) == 2


def test_only_fields_of_the_form_are_kept_and_no_secrets(world: World, coach: Client) -> None:
    note(coach, world).save(text="Wel", password="geheim", elders="nee", csrfmiddlewaretoken="x")
    assert Draft.objects.get().data == {"text": ["Wel"]}


def test_too_much_text_is_said_and_what_was_kept_stays(world: World, coach: Client) -> None:
    page = note(coach, world)
    page.save(text="Kort")
    answer = page.save(text="a" * 250_000)
    assert (answer.status_code, answer.json()) == (413, {"state": "large"})
    assert Draft.objects.get().data == {"text": ["Kort"]}


@pytest.mark.parametrize("broken", [{"place": "x"}, {"concept": "x"}, {"sequence": "-1"}, {"version": "٣"}])
def test_a_damaged_save_is_refused(broken: dict[str, str], world: World, coach: Client) -> None:
    page = note(coach, world)
    said = {
        "concept": page.hidden("concept"), "place": page.attribute("place"), "page": "p", "sequence": "1",
        "version": "0", "v.text": "x",
    }  # fmt: skip
    assert coach.post(reverse("draft_save"), said | broken).status_code in (400, 403)
    assert not Draft.objects.exists()


def test_a_page_drawn_for_somebody_else_saves_nothing(world: World, coach: Client, sign_in: Any) -> None:
    page = note(coach, world)
    page.client = sign_in(world.members[Role.MANAGER])
    assert page.save(text="Van de coach").json() == {"state": "role"}
    assert not Draft.objects.exists()


def test_a_colleague_reads_no_draft_not_even_with_raw_sql(world: World, coach: Client) -> None:
    note(coach, world).save(text="Alleen voor mij")
    with scoped(Scope.for_membership(world.members[Role.MANAGER])):
        assert not Draft.objects.exists()
    with scoped(Scope.for_membership(world.members[Role.CANDIDATE])):
        assert not Draft.objects.exists()
    with scoped(Scope.for_membership(world.members[Role.COACH])):
        assert Draft.objects.count() == 1


def test_a_colleagues_number_is_not_taken_over(world: World, coach: Client, sign_in: Any) -> None:
    note(coach, world).save(text="Van de coach")
    theirs = Draft.objects.get()
    other = note(sign_in(world.members[Role.MANAGER]), world)
    other.html = other.html.replace(other.hidden("concept"), str(theirs.pk))
    assert other.save(text="Van de bureauleider").status_code == 410
    assert Draft.objects.get().data == {"text": ["Van de coach"]}


def test_erasing_somebody_takes_every_draft_along_also_a_colleagues(world: World, coach: Client) -> None:
    note(coach, world).save(text="Over deze persoon")
    person = Candidate.objects.create(bureau=world.bureau, first_name="Tijdelijk")
    Draft.objects.update(candidate=person)
    with scoped(Scope.for_membership(world.members[Role.MANAGER])):
        Candidate.objects.filter(pk=person.pk).delete()
    assert not Draft.objects.exists()


def test_a_draft_about_somebody_who_was_erased_is_not_kept(world: World, coach: Client) -> None:
    page = note(coach, world)
    with scoped(Scope.for_membership(world.members[Role.COACH])):
        place = keeping.signing.loads(page.attribute("place"), salt=keeping.PLACE)
    signed = keeping.signing.dumps(place | {"c": 999_999}, salt=keeping.PLACE, compress=True)
    page.html = page.html.replace(f'data-place="{page.attribute("place")}"', f'data-place="{signed}"')
    assert page.save(text="Te laat").json() == {"state": "gone"}


def test_throwing_away_can_be_undone(world: World, coach: Client) -> None:
    note(coach, world).save(text="Toch nog nodig")
    draft = Draft.objects.get()
    coach.post(reverse("draft_throw", args=[draft.pk]), {"next": "/kandidaten/"})
    assert "Toch nog nodig" not in note(coach, world).html
    answer = coach.post(reverse("draft_back", args=[draft.pk]))
    assert answer["Location"].endswith(f"?concept={draft.pk}")
    assert "Toch nog nodig" in note(coach, world).html


def test_one_can_begin_empty_beside_a_draft(world: World, coach: Client) -> None:
    url = reverse("candidates:conversation_new")
    Typing(coach, url).open().save(first_name="Amina")
    empty = coach.get(f"{url}?leeg=1").content.decode()
    assert "Amina" not in empty
    assert "Je begon hier ook" in empty
    assert "Amina" in coach.get(url).content.decode()


def test_drafts_go_after_thirty_days_and_thrown_ones_after_one(world: World) -> None:
    now = timezone.now()
    Draft.objects.update(saved_at=now - timedelta(days=31))
    about = {
        "user": world.draft.user,
        "bureau": world.bureau,
        "key": "k",
        "url": "/",
        "title": "t",
        "schema": "s",
    }
    Draft.objects.create(**about, thrown_at=now - timedelta(days=2))
    kept = Draft.objects.create(**about, saved_at=now - timedelta(days=29))
    HeldPost.objects.create(
        token_hash="x", user=world.draft.user, body="x", created_at=now - timedelta(hours=2)
    )
    assert retention.forget() == 3
    assert list(Draft.objects.all()) == [kept]
    assert not HeldPost.objects.exists()


def test_an_autosave_takes_few_queries(world: World, coach: Client, count_queries: Any) -> None:
    page = note(coach, world)
    page.save(text="Een")
    assert count_queries(lambda: page.save(text="Een twee")) <= 12  # eight of them every page takes


def test_a_draft_stays_out_of_the_trail(world: World, coach: Client) -> None:
    from buurtbaan.audit.models import Change

    note(coach, world).save(text="Nog niet gezegd")
    assert "Nog niet gezegd" not in str(list(Change.objects.values_list("after", flat=True)))


def test_the_day_list_shows_what_is_not_finished_with_a_way_on_and_a_way_out(
    world: World, coach: Client, sign_in: Any, count_queries: Any
) -> None:
    note(coach, world).save(text="Later meer")
    Typing(coach, reverse("candidates:conversation_new")).open().save(first_name="Amina")
    today = reverse("matching:today")
    html = coach.get(today).content.decode()
    for text in (
        "Nog niet af",
        "Gesprek",
        "Nieuw gesprek",
        *(str(draft.pk) for draft in Draft.objects.all()),
    ):
        assert text in html
    assert "Nog niet af" not in sign_in(world.members[Role.MANAGER]).get(today).content.decode()
    few = count_queries(lambda: coach.get(today))
    for _number in range(20):
        note(coach, world).save(text="Nog een")
    assert count_queries(lambda: coach.get(today)) == few
