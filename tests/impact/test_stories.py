"""A story goes out with a yes, and never without: by the services, and by the database itself."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from candidates.enums import ConsentPurpose
from candidates.models import Consent
from candidates.services.erasing import erase
from impact.documents import report_document
from impact.enums import ReportState
from impact.models import ImpactReport, Release, Story, StoryConsent, StoryPurpose, StoryUse
from impact.publishing import publish
from impact.recognising import QUESTIONS, warnings
from impact.services import releasing
from impact.services import stories as services
from tests.impact.invented import figures_of, invent
from tests.world import World

SINCE, UNTIL = date(2026, 1, 1), date(2026, 6, 30)
SignIn = Callable[[Membership], Client]


def agreed(world: World, purpose: str = StoryPurpose.REPORT) -> StoryConsent:
    """The world's story, read along by the manager, with a yes of whom it is about."""
    services.check(story=world.story, answers=set(QUESTIONS), note="", by=world.members[Role.MANAGER])
    asked = services.ask(
        story=world.story, purpose=purpose, ends_on=timezone.localdate() + timedelta(days=30), since=SINCE,
        until=UNTIL, by=world.members[Role.COACH],
    )  # fmt: skip
    return services.answer(asked=asked, yes=True, by=world.members[Role.CANDIDATE])


def told(world: World) -> list[dict[str, Any]]:
    return services.for_report(world.bureau, since=SINCE, until=UNTIL, language="nl")


def test_a_story_is_told_only_in_the_report_it_was_agreed_for(world: World) -> None:
    assert told(world) == []
    agreed(world)
    assert [one["name"] for one in told(world)] == ["Sem"]
    other = services.for_report(world.bureau, since=SINCE, until=UNTIL - timedelta(days=1), language="nl")
    assert other == []
    assert services.usable(world.bureau.pk, StoryPurpose.SHEET) == []


@pytest.mark.parametrize(
    "what", ["other words", "taken back", "over", "not read along", "all stories off", "leaving"]
)
def test_a_yes_stops_holding(world: World, what: str) -> None:
    asked = agreed(world)
    match what:
        case "other words":
            Story.objects.filter(pk=world.story.pk).update(text="Sem maakt nu brommers.")
        case "taken back":
            services.withdraw(asked=asked, by=world.members[Role.CANDIDATE])
        case "over":
            StoryConsent.objects.filter(pk=asked.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
        case "not read along":
            Story.objects.filter(pk=world.story.pk).update(checked_version=None)
        case "all stories off":
            later = timezone.now() + timedelta(seconds=1)
            about = {"bureau": world.bureau, "candidate": world.candidate, "withdrawn_at": later}
            Consent.objects.create(**about, purpose=ConsentPurpose.STORY, text="…", text_version="1")
        case "leaving":
            type(world.candidate).objects.filter(pk=world.candidate.pk).update(
                leaving_on=timezone.localdate()
            )
    assert told(world) == []


def _report(world: World, published: dict[str, Any], version: int = 2) -> ImpactReport:
    return ImpactReport.objects.create(
        bureau=world.bureau, since=SINCE, until=UNTIL, version=version, state=ReportState.READY,
        snapshot=world.snapshot, published=published, pdf="reports/none.pdf",
    )  # fmt: skip


def released(world: World, published: dict[str, Any]) -> Release:
    """A report that a municipality may read, newer than the world's."""
    fields = {"bureau": world.bureau, "since": SINCE, "until": UNTIL, "version": 9, "published": published}
    return Release.objects.create(
        **fields, bureau_name=world.bureau.name, municipality=world.bureau.municipality,
        report=_report(world, {}, version=9), pdf="reports/none.pdf", pdf_sha256="0" * 64,
    )  # fmt: skip


@pytest.mark.parametrize("put", [_report, released])
def test_the_database_keeps_a_story_without_a_yes_out_of_report_and_release(
    world: World, put: Callable[[World, dict[str, Any]], Any]
) -> None:
    story = world.story
    words = {"id": story.pk, "version": 1, "name": "Sem", "title": story.title, "text": story.text}
    with pytest.raises(DatabaseError, match="yes of whom it is about"), transaction.atomic():
        put(world, {"stories": [words]})
    agreed(world)
    with pytest.raises(DatabaseError, match="yes of whom it is about"), transaction.atomic():
        put(world, {"stories": [words | {"text": "Iets anders"}]})
    put(world, {"stories": [words]})
    if put is _report:
        with pytest.raises(DatabaseError, match="yes of whom it is about"), transaction.atomic():
            ImpactReport.objects.filter(version=2).update(published={"stories": [words | {"version": 2}]})


def test_the_database_keeps_a_story_without_a_yes_off_sheets_and_every_other_place(world: World) -> None:
    sheet = type(world.success_sheet).objects.filter(pk=world.success_sheet.pk)
    with pytest.raises(DatabaseError, match="yes of whom it is about"), transaction.atomic():
        sheet.update(story=world.story, story_version=1, issued_at=timezone.now())
    about = {"bureau": world.bureau, "candidate": world.candidate, "story": world.story, "version": 1}
    for purpose in StoryPurpose.values:
        with pytest.raises(DatabaseError, match="yes of whom it is about"), transaction.atomic():
            StoryUse.objects.create(**about, purpose=purpose, where="ergens", since=SINCE, until=UNTIL)


def test_a_report_with_a_story_that_was_taken_back_is_not_released(world: World) -> None:
    asked = agreed(world)
    report = _report(world, {"stories": told(world)})
    services.refuse_without_yes(report)
    services.withdraw(asked=asked, by=world.members[Role.CANDIDATE])
    with pytest.raises(NotAllowedNow, match="Een verhaal in dit rapport"):
        services.refuse_without_yes(report)
    assert releasing.stories is services


def test_what_went_out_is_told_to_whom_it_is_about_and_stays_told(world: World, sign_in: SignIn) -> None:
    asked = agreed(world, StoryPurpose.PUBLIC)
    services.use_on(world.story, StoryPurpose.PUBLIC, "De wijkkrant van mei", by=world.members[Role.COACH])
    services.withdraw(asked=asked, by=world.members[Role.CANDIDATE])
    page = sign_in(world.members[Role.CANDIDATE]).get(reverse("impact:my_story", args=[world.story.pk]))
    assert "De wijkkrant van mei" in page.text
    assert "Wie het toen kreeg, heeft het nog" in page.text
    with pytest.raises(NotAllowedNow, match="geen ja"):
        services.use_on(world.story, StoryPurpose.PUBLIC, "Nog eens", by=world.members[Role.COACH])


def test_nobody_but_the_person_says_yes(world: World) -> None:
    with pytest.raises(NotAllowedNow, match="Alleen wie het verhaal vertelt"):
        services.answer(asked=world.story_consent, yes=True, by=world.members[Role.MANAGER])


def test_who_wrote_it_does_not_read_along(world: World) -> None:
    with pytest.raises(NotAllowedNow, match="Jij schreef dit verhaal op"):
        services.check(story=world.story, answers=set(QUESTIONS), note="", by=world.members[Role.COACH])
    with pytest.raises(NotAllowedNow, match="Nog niet alles klopt"):
        services.check(story=world.story, answers={"names"}, note="", by=world.members[Role.MANAGER])
    with pytest.raises(DatabaseError, match="story_second_person"), transaction.atomic():
        Story.objects.filter(pk=world.story.pk).update(checked_by=world.members[Role.COACH])


def test_a_machine_finds_names_streets_work_and_numbers(world: World) -> None:
    text = (
        "KANDIDAATEIGEN werkt bij fietsen eigen in de Proefstraat. Bel 06-1234 5678 of mail a@b.nl. "
        "Zij woont in de Rozenlaan 4, 2531 AB."
    )
    found = {one.kind for one in warnings(world.candidate, text)}
    assert found == {"name", "employer", "street", "phone", "mail", "postcode"}
    assert warnings(world.candidate, "Sem begon met acht uur per week en heeft nu een vaste dag.") == []


def test_a_find_wants_a_word_of_the_second_person_and_the_own_name_is_refused(world: World) -> None:
    values = {
        "pseudonym": "Sem",
        "title": "Op weg",
        "text": "Bij Fietsen eigen",
        "title_en": "",
        "text_en": "",
    }
    story = services.rewrite(story=world.story, values=values, by=world.members[Role.COACH])
    with pytest.raises(NotAllowedNow, match="Schrijf op waarom"):
        services.check(story=story, answers=set(QUESTIONS), note=" ", by=world.members[Role.MANAGER])
    services.check(
        story=story, answers=set(QUESTIONS), note="Er werken er tien", by=world.members[Role.MANAGER]
    )
    values |= {"pseudonym": world.candidate.first_name}
    with pytest.raises(NotAllowedNow, match="andere naam"):
        services.rewrite(story=story, values=values, by=world.members[Role.COACH])


def test_a_question_can_be_taken_back_until_it_is_answered(world: World, sign_in: SignIn) -> None:
    coach = sign_in(world.members[Role.COACH])
    asked = world.story_consent
    assert coach.post(reverse("impact:story_ask_undo", args=[asked.pk])).status_code == 302
    assert not StoryConsent.objects.filter(pk=asked.pk).exists()
    again = agreed(world)
    with pytest.raises(NotAllowedNow, match="tot er een antwoord is"):
        services.take_back(asked=again, by=world.members[Role.COACH])


def test_an_erased_person_leaves_reports_that_were_not_released(world: World) -> None:
    agreed(world)
    report = _report(world, {"stories": told(world)})
    erase(candidate=world.candidate, rule="asked")
    report.refresh_from_db()
    assert report.state == ReportState.FAILED
    assert report.published is None
    assert not Story.objects.exists()


def test_the_pages_from_writing_to_yes(world: World, sign_in: SignIn) -> None:
    coach, manager = sign_in(world.members[Role.COACH]), sign_in(world.members[Role.MANAGER])
    words = {"pseudonym": "Bo", "title": "Soep", "text": "Bo kookt.", "title_en": "", "text_en": ""}
    made = coach.post(reverse("impact:story_new", args=[world.candidate.pk]), words)
    story = Story.objects.get(title="Soep")
    assert made["Location"] == reverse("impact:story", args=[story.pk])
    ticks = dict.fromkeys(QUESTIONS, "on")
    assert coach.post(reverse("impact:story_check", args=[story.pk]), ticks).status_code == 200
    assert manager.post(reverse("impact:story_check", args=[story.pk]), ticks).status_code == 302
    ask = {"purpose": "public", "ends_on": timezone.localdate() + timedelta(days=9)}
    coach.post(reverse("impact:story_ask", args=[story.pk]), ask)
    asked = StoryConsent.objects.get(story=story)
    mine = sign_in(world.members[Role.CANDIDATE])
    assert asked.words in mine.get(reverse("impact:my_story", args=[story.pk])).text
    mine.post(reverse("impact:my_story_answer", args=[asked.pk]), {"answer": "yes"})
    coach.post(reverse("impact:story_use", args=[story.pk]), {"where": "De website"})
    page = coach.get(reverse("impact:story_use", args=[story.pk]) + "?tekst=1")
    assert "Bo kookt." in page.text
    assert StoryUse.objects.get().where == "De website"


def test_a_list_of_stories_asks_as_much_for_many_as_for_few(
    world: World, sign_in: SignIn, count_queries: Callable[[Callable[[], Any]], int]
) -> None:
    client, url = sign_in(world.members[Role.COACH]), reverse("impact:story_list")
    client.get(url)
    few = count_queries(lambda: client.get(url))
    about = {"bureau": world.bureau, "candidate": world.candidate, "pseudonym": "Bo", "text": "Bo kookt."}
    Story.objects.bulk_create(Story(**about, title=f"Verhaal {n}") for n in range(20))
    assert count_queries(lambda: client.get(url)) == few <= 12


def test_a_candidate_reads_and_answers_behind_the_wall(world: World, other_world: World) -> None:
    with scoped(Scope.for_membership(world.members[Role.CANDIDATE])):
        assert [one.pk for one in Story.objects.all()] == [world.story.pk]
        services.answer(asked=world.story_consent, yes=True, by=world.members[Role.CANDIDATE])
    world.story_consent.refresh_from_db()
    assert world.story_consent.answer == "yes"


def test_a_report_tells_stories_in_a_section_of_their_own() -> None:
    people = invent(random.Random(4), 60, SINCE, 180)
    figures, _guard = publish(figures_of(people, SINCE, UNTIL))
    figures["stories"] = [
        {"id": 1, "version": 1, "name": "Sem", "title": "Fiets", "text": "Sem maakt fietsen."}
    ]
    last = report_document(figures).sections[-1]
    assert last.id == "verhalen"
    assert last.stories[0].text == "Sem maakt fietsen."
