"""The candidate's own pages: consents with their past, who looked, what is not right, and the talent card."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from pypdf import PdfReader

from buurtbaan.audit.models import Reading
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import User
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from buurtbaan.vocabulary.models import Term
from candidates import services
from candidates.card import CardPart
from candidates.models import Candidate, Correction
from tests.candidates.factories import CandidateFactory
from tests.world import World

SignIn = Callable[..., Client]


def url(name: str, *args: Any) -> str:
    return reverse(f"candidates:{name}", args=args)


def text(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(strip_tags(response.content.decode()).split())


@pytest.fixture
def me(world: World, sign_in: SignIn) -> Client:
    return sign_in(world.members[Role.CANDIDATE])


# what is not right


def test_what_is_not_right_waits_for_the_coach_until_there_is_an_answer(
    world: World, me: Client, sign_in: SignIn
) -> None:
    Correction.objects.all().delete()
    coach = sign_in(world.members[Role.COACH])
    me.post(url("my_correction"), {"text": "Ik woon hier niet meer", "part": "contact"})
    (said,) = Correction.objects.all()
    assert "Ik woon hier niet meer" in text(coach.get(reverse("matching:today")))
    assert "Ik woon hier niet meer" in text(coach.get(url("file", world.candidate.pk)))
    assert "wacht op antwoord" in text(me.get(url("my_file")))
    page = url("correction_answer", world.candidate.pk, said.pk)
    coach.post(page, {"outcome": "changed", "answer": "Je nieuwe adres staat erin."})
    assert "Je nieuwe adres staat erin." in text(me.get(url("my_correction")))
    assert "Geef antwoord" not in text(coach.get(url("file", world.candidate.pk)))
    assert "Ik woon hier niet meer" not in text(coach.get(reverse("matching:today")))


def test_who_changes_nothing_says_why(world: World, sign_in: SignIn) -> None:
    page = url("correction_answer", world.candidate.pk, world.correction.pk)
    answer = sign_in(world.members[Role.COACH]).post(page, {"outcome": "kept", "answer": " "})
    assert "waarom je het niet verandert" in text(answer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.update(outcome="kept", answered_at=timezone.now())


def test_a_second_answer_is_refused(world: World) -> None:
    coach = world.members[Role.COACH]
    services.answer_correction(correction=world.correction, outcome="changed", answer="", by=coach)
    with pytest.raises(NotAllowedNow, match="al antwoord"):
        services.answer_correction(correction=world.correction, outcome="kept", answer="nee", by=coach)


def test_one_cannot_fill_the_list_without_end(world: World) -> None:
    by = world.members[Role.CANDIDATE]
    for number in range(19):
        services.say_correction(candidate=world.candidate, text=f"Fout {number}", by=by)
    with pytest.raises(NotAllowedNow, match="Bel je coach"):
        services.say_correction(candidate=world.candidate, text="Nog een", by=by)


def test_somebody_elses_correction_is_not_found(world: World, other_world: World, sign_in: SignIn) -> None:
    neighbour = CandidateFactory(bureau=world.bureau, coach=world.members[Role.COACH])
    theirs = Correction.objects.create(bureau=world.bureau, candidate=neighbour, text="Van de buren")
    coach = sign_in(world.members[Role.COACH])
    for pk in (theirs.pk, other_world.correction.pk):
        assert coach.get(url("correction_answer", world.candidate.pk, pk)).status_code == 404
    assert "Van de buren" not in text(sign_in(world.members[Role.CANDIDATE]).get(url("my_correction")))


# consents


def test_a_consent_tells_its_past_and_who_wrote_it_down(world: World, me: Client) -> None:
    coach = world.members[Role.COACH]
    story = services.give_consent(candidate=world.candidate, purpose="story", by=coach)
    me.post(url("my_consent_withdraw", story.pk))
    page = text(me.get(url("my_consents")))
    assert f"Je zei ja. {coach.user} schreef dat op." in page
    assert "Je trok het in, op je eigen pagina." in page
    story.refresh_from_db()
    assert story.withdrawn_by == world.members[Role.CANDIDATE]


def test_without_a_yes_to_contact_the_page_says_that_nobody_mails(world: World, me: Client) -> None:
    assert "We mailen je nu niet." in text(me.get(url("my_consents")))


# who looked


def test_looking_reads_as_plain_sentences_and_often_on_one_day_is_one(
    world: World, me: Client, sign_in: SignIn
) -> None:
    coach = sign_in(world.members[Role.COACH])
    for _time in range(3):
        coach.get(url("file", world.candidate.pk))
    page = text(me.get(url("my_readings")))
    assert f"las {world.members[Role.COACH].user} (coach) je dossier, 3 keer." in page


def test_a_colleague_with_a_reason_is_told_with_the_reason(world: World, me: Client, member: Any) -> None:
    Reading.objects.create(
        actor_name="Joris", role="coach", bureau_id=world.bureau.pk, candidate_id=world.candidate.pk,
        what="file", reason="Valt in voor een collega",
    )  # fmt: skip
    page = text(me.get(url("my_readings")))
    assert "las Joris (coach) je dossier" in page
    assert "Reden: Valt in voor een collega" in page


def test_who_looked_is_paged_and_costs_the_same(world: World, me: Client, count_queries: Any) -> None:
    def look(times: int) -> None:
        Reading.objects.bulk_create(
            Reading(
                actor_name=f"Collega {n}", role="coach", bureau_id=world.bureau.pk,
                candidate_id=world.candidate.pk, what="file",
            )
            for n in range(times)
        )  # fmt: skip

    look(5)
    few = count_queries(lambda: me.get(url("my_readings")))
    look(50)
    assert count_queries(lambda: me.get(url("my_readings"))) == few
    answer = me.get(url("my_readings"))
    assert len(answer.content) < 60_000
    assert "?page=2" in answer.content.decode()


# the talent card


@pytest.fixture
def talented(world: World) -> World:
    words = {
        kind: Term.objects.create(kind=kind, code=f"proef-{kind}", label_nl=label, label_en=label)
        for kind, label in (
            ("talent", "Organiseren"),
            ("task", "Taart bakken"),
            ("condition", "Rustige plek"),
        )
    }
    intake, talent = world.intake, words["talent"].pk
    intake.talents_shown, intake.talents_proof = [talent], {str(talent): "Regelde de buurtmaaltijd"}
    intake.tasks_liked, intake.conditions_needed = [words["task"].pk], [words["condition"].pk]
    intake.energy = "Mensen om me heen"
    intake.save()
    Candidate.objects.filter(pk=world.candidate.pk).update(benefit="social_assistance")
    return world


def words_of(answer: Any) -> str:
    assert answer.status_code == 200
    reader = PdfReader(io.BytesIO(answer.content))
    assert len(reader.pages) == 1
    return " ".join(reader.pages[0].extract_text().split())


def test_the_card_shows_what_somebody_can_and_nothing_that_was_not_chosen(
    talented: World, me: Client
) -> None:
    said = words_of(me.get(url("my_card_pdf")))
    for word in (
        "Kandidaateigen",
        "Organiseren",
        "Regelde de buurtmaaltijd",
        "Taart bakken",
        "8 uur per week",
    ):
        assert word in said
    for word in ("eigen Proef", "12345678", "Rustige plek", "Bijstand"):
        assert word not in said


def test_the_candidate_chooses_and_the_coach_prints_the_same(
    talented: World, me: Client, sign_in: SignIn
) -> None:
    me.post(url("my_card"), {"parts": ["needs", "last_name", "phone"]})
    said = words_of(me.get(url("my_card_pdf")))
    assert "Kandidaateigen Proef" in said
    assert "Rustige plek" in said
    assert "06 12345678" in said
    assert "Organiseren" not in said
    coach = sign_in(talented.members[Role.COACH])
    assert words_of(coach.get(url("card_pdf", talented.candidate.pk))) == said
    assert Reading.objects.filter(candidate_id=talented.candidate.pk, what="card").exists()


def test_however_much_there_is_it_stays_on_one_sheet(talented: World, me: Client) -> None:
    words = [
        Term.objects.create(
            kind="talent", code=f"lang-{n}", label_nl=f"Een talent met veel woorden {n}", label_en="x"
        ).pk
        for n in range(20)
    ]
    intake = talented.intake
    intake.talents_shown, intake.talents_claimed = words[:10], words[10:]
    intake.talents_proof = {str(pk): "Zo bleek dat, en nog iets meer. " * 6 for pk in words}
    intake.tasks_liked = intake.tasks_to_learn = intake.conditions_needed = words
    intake.dreams = intake.energy = intake.talents_evidence = "Heel veel woorden achter elkaar. " * 60
    intake.languages, intake.dutch_level, intake.dayparts = ["ar", "tr", "en", "fr"], 3, 2**21 - 1
    intake.save()
    me.post(url("my_card"), {"parts": CardPart.values})
    assert "Een talent met veel woorden 0" in words_of(me.get(url("my_card_pdf")))
    intake.talents_shown = words[:3]
    intake.save()
    assert words_of(me.get(url("my_card_pdf")))


def test_nothing_chosen_is_a_choice(talented: World, me: Client) -> None:
    me.post(url("my_card"), {})
    assert "Organiseren" not in words_of(me.get(url("my_card_pdf")))
    talented.intake.refresh_from_db()
    assert talented.intake.card_parts == []


def test_a_benefit_can_never_be_chosen() -> None:
    assert not any("benefit" in part or "uitkering" in part for part in CardPart.values)


def test_before_the_intake_the_page_says_what_comes_first(world: World, me: Client) -> None:
    world.intake.delete()
    assert "Eerst praat je met je coach" in text(me.get(url("my_card")))
    assert me.post(url("my_card"), {"parts": ["talents"]}).status_code == 409


# the address of the account


def test_a_new_address_in_the_file_becomes_the_way_in_and_the_old_one_stops(world: World) -> None:
    coach, account = world.members[Role.COACH], world.members[Role.CANDIDATE].user
    old = account.email
    services.save_details(candidate=world.candidate, values={"email": "Nieuw@proef.example"}, by=coach)
    account.refresh_from_db()
    assert account.email == "nieuw@proef.example"
    services.save_details(candidate=world.candidate, values={"email": coach.user.email}, by=coach)
    account.refresh_from_db()
    assert account.email.endswith(".invalid"), "never somebody else's address"
    assert not User.objects.filter(email=old).exists()


def test_the_account_follows_in_the_coachs_own_scope(world: World) -> None:
    coach = world.members[Role.COACH]
    with scoped(Scope.for_membership(coach)):
        services.save_details(candidate=world.candidate, values={"email": "op@proef.example"}, by=coach)
    assert User.objects.filter(email="op@proef.example").exists()


# what a page costs


@pytest.mark.parametrize("name", ["my_file", "my_consents", "my_readings", "my_correction", "my_card"])
def test_an_own_page_is_small(name: str, world: World, me: Client, count_queries: Any) -> None:
    assert count_queries(lambda: me.get(url(name))) <= 22, "ten of them say who asks, twice"
    assert len(me.get(url(name)).content) < 40_000
