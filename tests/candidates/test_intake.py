"""The intake in full: where a talent showed, how well a language goes, a drawn name, and a summary that stays true."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from buurtbaan.bureaus.enums import Role
from buurtbaan.vocabulary.models import Term
from candidates import services
from candidates.models import Intake
from candidates.signatures import LONGEST, clean_signature
from candidates.summary import write_summary
from tests.world import World

SignIn = Callable[..., Client]
DRAWN = "M10 100" + "".join(f"L{20 + n * 10} {100 + n % 3 * 20}" for n in range(30))


def step(world: World, slug: str) -> str:
    return reverse("candidates:intake_step", args=[world.candidate.pk, slug])


def text(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(strip_tags(response.content.decode()).split())


def kept(world: World) -> Intake:
    return Intake.objects.get(candidate=world.candidate)


@pytest.fixture
def coach(world: World, sign_in: SignIn) -> Client:
    return sign_in(world.members[Role.COACH])


@pytest.fixture
def talent(db: None) -> Term:
    return Term.objects.create(
        kind="talent", code="proef-organiseren", label_nl="Organiseren", label_en="Organising"
    )


# details that follow an answer


def test_where_a_talent_showed_is_asked_after_the_talent_and_kept_with_it(
    world: World, coach: Client, talent: Term
) -> None:
    assert coach.get(step(world, "bewijs"))["Location"] == step(world, "talenten"), "nothing to prove yet"
    answer = coach.post(
        step(world, "talenten"), {"talents_claimed_unknown": "1", "talents_shown": [talent.pk]}
    )
    assert answer["Location"] == step(world, "bewijs")
    assert "Organiseren" in text(coach.get(step(world, "bewijs")))
    coach.post(step(world, "bewijs"), {f"proof_{talent.pk}": "Regelde de buurtmaaltijd"})
    assert kept(world).talents_proof == {str(talent.pk): "Regelde de buurtmaaltijd"}
    assert kept(world).provenance["talents_proof"]["role"] == "coach"
    assert "Regelde de buurtmaaltijd" in text(
        coach.get(reverse("candidates:file", args=[world.candidate.pk]))
    )
    coach.post(step(world, "talenten"), {"talents_claimed_unknown": "1", "talents_shown": []})
    assert kept(world).talents_proof == {}


def test_how_well_a_language_goes_is_asked_after_the_language(world: World, coach: Client) -> None:
    said = {"dutch_level": "", "languages": ["ar", "tr"], "digital_level": ""}
    assert coach.post(step(world, "talen"), said)["Location"] == step(world, "taalniveau")
    coach.post(step(world, "taalniveau"), {"level_ar": "4", "level_tr": ""})
    assert kept(world).language_levels == {"ar": 4}, "unknown stays unknown"
    assert "Arabisch (" in write_summary(world.candidate, kept(world))
    coach.post(step(world, "talen"), {**said, "languages": ["tr"]})
    assert kept(world).language_levels == {}


def test_a_level_that_does_not_exist_is_refused(world: World, coach: Client) -> None:
    Intake.objects.update(languages=["ar"])
    assert coach.post(step(world, "taalniveau"), {"level_ar": "9"}).status_code == 200
    assert kept(world).language_levels == {}


def test_the_overview_says_which_questions_are_open(world: World, coach: Client) -> None:
    page = text(coach.get(reverse("candidates:intake", args=[world.candidate.pk])))
    assert "Wat wil je dat er verandert?" in page
    assert "Waar droom je van?" not in page


# a name under it


def test_a_drawn_name_stands_under_the_summary_and_on_paper(world: World, coach: Client) -> None:
    page = step(world, "samenvatting")
    coach.post(page, {"text": "Ik ben Fatima.", "name": "", "signature": DRAWN})
    intake = kept(world)
    assert (intake.summary_signature, intake.summary_approved_name) == (DRAWN, "Kandidaateigen")
    assert intake.summary_approved_on == timezone.localdate()
    assert DRAWN in coach.get(page).content.decode()
    answer = coach.get(reverse("candidates:summary_pdf", args=[world.candidate.pk]))
    paper = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "Ik ben Fatima." in paper
    assert "Kandidaateigen" in paper


def test_without_a_name_typed_or_drawn_nothing_is_approved(world: World, coach: Client) -> None:
    page = coach.post(step(world, "samenvatting"), {"text": "Ik ben Fatima.", "name": "", "signature": ""})
    assert "Er staat nog geen naam onder" in text(page)
    assert "Ik ben Fatima." in text(page)
    assert kept(world).summary_approved_on is None


@pytest.mark.parametrize(
    "drawn",
    [
        "M1 1",
        "M0 0" + "L1 1" * 5,
        '"/><script>alert(1)</script>',
        DRAWN + "Z",
        "M10 10" + "L999 999" * 20,
        "M10 10" + "L20 20" * 4000,
        "x" * (LONGEST + 1),
    ],
)
def test_what_is_not_a_drawn_name_is_refused(drawn: str, world: World, coach: Client) -> None:
    answer = coach.post(step(world, "samenvatting"), {"text": "Ik.", "name": "Ada", "signature": drawn})
    assert answer.status_code == 200
    assert "alert(1)" not in answer.content.decode().replace("&lt;script&gt;alert(1)", "")
    assert kept(world).summary_approved_on is None


@given(st.text(max_size=200))
def test_only_points_pass(drawn: str) -> None:
    try:
        passed = clean_signature(drawn)
    except ValidationError:
        return
    assert set(passed) <= set("ML 0123456789")


# a summary that stays true


def approve(world: World) -> Intake:
    coach = world.members[Role.COACH]
    return services.approve_summary(candidate=world.candidate, text="Zo ben ik.", name="Ik", by=coach)


def test_an_approved_summary_is_true_until_an_answer_changes(world: World, coach: Client) -> None:
    assert not services.summary_is_outdated(approve(world))
    services.save_intake_step(
        candidate=world.candidate, by=world.members[Role.COACH], values={"hours_now": Decimal("8.0")}
    )
    assert not services.summary_is_outdated(kept(world)), "the same answer in other words"
    services.save_intake_step(
        candidate=world.candidate, by=world.members[Role.COACH], values={"hours_now": Decimal(12)}
    )
    assert services.summary_is_outdated(kept(world))
    assert "klopt niet meer met de antwoorden" in text(coach.get(step(world, "samenvatting")))
    assert "klopt niet meer" in text(coach.get(reverse("candidates:file", args=[world.candidate.pk])))
    approve(world)
    assert not services.summary_is_outdated(kept(world))


def test_a_note_does_not_make_a_summary_untrue(world: World) -> None:
    approve(world)
    services.save_intake_step(
        candidate=world.candidate, by=world.members[Role.COACH], values={}, step="dromen", note="Kwam met zus"
    )
    assert not services.summary_is_outdated(kept(world))


def test_a_summary_from_before_is_judged_by_the_days(world: World) -> None:
    approve(world)
    Intake.objects.update(summary_basis="", provenance={"hours_now": {"on": "2020-01-01"}})
    assert not services.summary_is_outdated(kept(world))
    Intake.objects.update(provenance={"hours_now": {"on": "2999-01-01"}})
    assert services.summary_is_outdated(kept(world))


def test_the_candidate_takes_the_summary_along(world: World, sign_in: SignIn) -> None:
    approve(world)
    me = sign_in(world.members[Role.CANDIDATE])
    answer = me.get(reverse("candidates:my_summary_pdf"))
    assert "Zo ben ik." in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()


def test_without_an_intake_there_is_no_paper(world: World, coach: Client) -> None:
    world.intake.delete()
    assert coach.get(reverse("candidates:summary_pdf", args=[world.candidate.pk])).status_code == 404


# asked and not known yet


def test_not_knowing_yet_is_an_answer_and_something_else_than_not_asked(world: World, coach: Client) -> None:
    Intake.objects.filter(candidate=world.candidate).update(
        dutch_level=None, digital_level=None, provenance={}
    )
    page = coach.get(step(world, "talen")).content.decode()
    assert 'value="unknown" checked' not in page, "nothing is chosen before it was asked"
    coach.post(step(world, "talen"), {"dutch_level": "unknown", "languages_unknown": "1"})
    assert kept(world).dutch_level is None
    assert kept(world).provenance["dutch_level"]["unknown"] is True
    assert "digital_level" not in kept(world).provenance
    overview = text(coach.get(reverse("candidates:intake", args=[world.candidate.pk])))
    assert "Gevraagd, en nog niet bekend: hoe goed het Nederlands gaat" in overview
    assert 'value="unknown"' in coach.get(step(world, "talen")).content.decode()
    coach.post(step(world, "talen"), {"dutch_level": "3", "languages_unknown": "1"})
    assert kept(world).dutch_level == 3
    assert "unknown" not in kept(world).provenance["dutch_level"]


def test_hours_and_dayparts_can_be_unknown_too(world: World, coach: Client) -> None:
    Intake.objects.filter(candidate=world.candidate).update(
        hours_now=None, hours_wished=None, dayparts=None, provenance={}
    )
    coach.post(step(world, "uren"), {"hours_now": "", "hours_wished": ""})
    assert kept(world).said_unknown(("hours_now", "hours_wished", "dayparts")) == []
    said = {"hours_now": "8", "hours_wished": "", "hours_unknown": "on", "dayparts_unknown": "1"}
    coach.post(step(world, "uren"), said)
    assert kept(world).hours_now == 8
    assert kept(world).said_unknown(("hours_now", "hours_wished", "dayparts")) == ["hours_wished", "dayparts"]
