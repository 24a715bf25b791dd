"""Rule cards: found by who asks, written by who may, and never lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.template import Context, Template
from django.test import Client, RequestFactory

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.rules.models import RuleCard, RuleVersion
from buurtbaan.scope import Scope, scoped
from tests.world import World

SignIn = Callable[[Membership], Client]
WORDS = {
    "question": "Hoelang mag een proef?", "short": "Drie maanden.", "answer": "Drie maanden, daarna praten.",
    "law": "Verordening", "source": "raadsbesluit", "reviewed_on": "2026-01-05", "reviewed_by": "beleid",
}  # fmt: skip


@pytest.fixture
def cards(db: None) -> None:
    call_command("load_rule_cards", verbosity=0)


def test_loading_twice_overwrites_nothing_that_was_written_since(cards: None) -> None:
    card = RuleCard.objects.get(code="proefplaatsing")
    RuleVersion.objects.create(card=card, **{**WORDS, "reviewed_on": date(2026, 1, 5)})
    count = RuleVersion.objects.count()
    call_command("load_rule_cards", verbosity=0)
    assert RuleVersion.objects.count() == count
    assert RuleVersion.objects.current().get(card=card).short == "Drie maanden."


def test_every_card_that_comes_along_says_its_law_and_that_no_lawyer_saw_it(cards: None) -> None:
    rows = RuleVersion.objects.all()
    assert rows.count() >= 10
    assert all(row.law and row.source and row.reviewed_by and not row.by_lawyer for row in rows)


def test_a_broken_file_is_named_and_nothing_is_half_done(tmp_path: Path, db: None) -> None:
    file = tmp_path / "cards.toml"
    file.write_text('[[card]]\ncode = "a"\ntopic = "money"\nquestion = "?"\n')
    with pytest.raises(CommandError, match="a:"):
        call_command("load_rule_cards", str(file), verbosity=0)
    assert not RuleCard.objects.exists()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("proefplaatsing", "Hoelang mag een proefplaatsing duren?"),
        ("proefplatsing", "Hoelang mag een proefplaatsing duren?"),
        ("verdringen", "Wanneer is onbetaald werk verdringing?"),
        ("7:658 aansprakelijk", "Wie is aansprakelijk als er iets gebeurt op het werk?"),
        ("10d", "Wie krijgt loonkostensubsidie, en hoeveel?"),
        ("vrijwilliger", "Mag een vrijwilliger iemand begeleiden?"),
    ],
)
def test_a_card_is_found_by_dutch_words_and_through_spelling_mistakes(
    typed: str, found: str, cards: None, coach: Membership, sign_in: SignIn
) -> None:
    text = sign_in(coach).get("/regels/", {"q": typed.replace("7:658 ", "")}).content.decode()
    assert found in text


def test_what_nobody_wrote_down_says_so(cards: None, coach: Membership, sign_in: SignIn) -> None:
    assert "Geen regel gevonden" in sign_in(coach).get("/regels/", {"q": "zwemdiploma"}).content.decode()


@pytest.mark.parametrize("q", ["' OR 1", "((", "a" * 80, "%", "!!", "-"])
def test_strange_searches_find_nothing_and_break_nothing(
    q: str, cards: None, coach: Membership, sign_in: SignIn
) -> None:
    assert sign_in(coach).get("/regels/", {"q": q}).status_code == 200


def test_a_manager_writes_what_holds_in_the_own_municipality_and_only_there(
    cards: None, world: World, other_world: World, sign_in: SignIn
) -> None:
    manager = sign_in(world.members[Role.MANAGER])
    url = "/regels/kaarten/proefplaatsing/"
    assert manager.post(f"{url}bewerk/", WORDS).status_code == 302
    made = RuleVersion.objects.get(short="Drie maanden.")
    assert made.municipality == world.bureau.municipality
    here = sign_in(world.members[Role.CANDIDATE]).get(url).content.decode()
    assert "Drie maanden." in here
    assert "In heel Nederland" in here
    there = sign_in(other_world.members[Role.COACH]).get(url).content.decode()
    assert "Drie maanden." not in there
    assert "Drie maanden." in sign_in(world.members[Role.MUNICIPALITY]).get(url).content.decode()


def test_a_new_text_keeps_the_old_one_to_read(cards: None, world: World, sign_in: SignIn) -> None:
    admin = sign_in(world.members[Role.PLATFORM])
    url = "/regels/kaarten/beschut-werk/"
    assert admin.post(f"{url}bewerk/", WORDS).status_code == 302
    text = admin.get(url).content.decode()
    assert (
        text.index("Drie maanden.")
        < text.index("Wat er eerder stond")
        < text.index("Wanneer is iets beschut")
    )


def test_a_rule_that_ended_is_not_listed_but_still_readable(
    cards: None, coach: Membership, sign_in: SignIn
) -> None:
    RuleVersion.objects.filter(card__code="tegenprestatie").update(
        valid_until=date.today() - timedelta(days=1)
    )
    client = sign_in(coach)
    assert "iets terug te doen" not in client.get("/regels/").content.decode()
    assert "Deze regel geldt nu niet" in client.get("/regels/kaarten/tegenprestatie/").content.decode()


def test_the_administrator_makes_a_card_and_a_double_is_refused(world: World, sign_in: SignIn) -> None:
    admin = sign_in(world.members[Role.PLATFORM])
    asked = {**WORDS, "code": "proef", "topic": "beginning"}
    assert admin.post("/regels/nieuw/", asked).status_code == 302
    again = admin.post("/regels/nieuw/", asked)
    assert "Er is al een kaart met dit korte adres" in again.content.decode()


def test_the_database_lets_a_manager_write_for_the_own_municipality_alone(
    world: World, other_world: World
) -> None:
    words = {**WORDS, "reviewed_on": date(2026, 1, 5), "card": world.rule.card}
    manager = Scope.for_membership(world.members[Role.MANAGER])
    for place in (None, other_world.bureau.municipality):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(), scoped(manager):
            RuleVersion.objects.create(municipality=place, **words)
    with scoped(manager):
        RuleVersion.objects.create(municipality=world.bureau.municipality, **words)
    coach = Scope.for_membership(world.members[Role.COACH])
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(), scoped(coach):
        RuleVersion.objects.create(municipality=world.bureau.municipality, **words)


def test_the_application_cannot_rewrite_what_was_written(world: World) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        scoped(Scope.for_membership(world.members[Role.PLATFORM])),
    ):
        RuleVersion.objects.update(short="Nee.")


def test_a_rule_stands_beside_its_field_and_asks_the_database_once(
    cards: None, coach: Membership, count_queries: Any
) -> None:
    request = RequestFactory().get("/")
    request.membership = coach  # type: ignore[attr-defined]
    page = Template("{% load rules %}{% rule 'proefplaatsing' %}{% rule 'no-riskpolis' %}{% rule 'geen' %}")
    drawn: list[str] = []
    assert count_queries(lambda: drawn.append(page.render(Context({"request": request})))) <= 2
    assert drawn[0].count("<details") == 2


def test_a_page_without_a_reader_shows_no_rule(cards: None) -> None:
    assert Template("{% load rules %}{% rule 'proefplaatsing' %}").render(Context({})).strip() == ""


@pytest.mark.parametrize("many", [5, 50])
def test_the_shelf_takes_the_same_queries_for_five_and_fifty_cards(
    many: int, coach: Membership, sign_in: SignIn, count_queries: Any
) -> None:
    for number in range(many):
        card = RuleCard.objects.create(code=f"kaart-{number}", topic="money")
        RuleVersion.objects.create(card=card, **{**WORDS, "reviewed_on": date(2026, 1, 5)})
    client = sign_in(coach)
    client.get("/regels/")
    seen: list[Any] = []
    used = count_queries(lambda: seen.append(client.get("/regels/")))
    assert used <= 10
    assert len(seen[0].content) < 60_000


def test_the_position_form_carries_its_rules(cards: None, world: World, sign_in: SignIn) -> None:
    text = (
        sign_in(world.members[Role.COACH])
        .get(f"/werkgevers/werkplekken/{world.position.pk}/bewerk/")
        .content.decode()
    )
    assert "Hoelang mag een proefplaatsing duren?" in text
    assert "Mag een vrijwilliger iemand begeleiden?" in text
