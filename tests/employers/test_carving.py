"""From a team's week to a draft position, and from there through its states."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from buurtbaan.vocabulary.models import Term, TermKind
from employers import services
from employers.enums import CheckDecision, MoveReason, PositionStatus, WorkForm
from employers.forms.carving import TaskForm
from employers.models import Employer, Position, PositionTemplate, TeamPicture, TeamTask
from employers.services.carving import bundle
from tests.employers.factories import CheckFactory, EmployerFactory, LocationFactory, PositionFactory, replies

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer(bureau: Any) -> Employer:
    return EmployerFactory(bureau=bureau)


@pytest.fixture
def picture(employer: Employer) -> TeamPicture:
    return TeamPicture.objects.create(bureau=employer.bureau, employer=employer, name="Huiskamer")


@pytest.fixture
def as_coach(coach: Membership, sign_in: Any) -> Client:
    return sign_in(coach)


def url(name: str, *args: Any) -> str:
    return reverse(f"employers:{name}", args=args)


def text(response: Any) -> str:
    return str(response.content.decode())


def task(picture: TeamPicture, words: str = "Koffie schenken", **changed: Any) -> TeamTask:
    here = {"bureau": picture.bureau, "employer": picture.employer, "picture": picture}
    return TeamTask.objects.create(**here, words=words, **changed)


def hours(low: str, high: str = "") -> dict[str, Decimal]:
    return {"hours_low": Decimal(low), "hours_high": Decimal(high or low)}


def typed(**changed: str) -> dict[str, str]:
    return {"task": "Koffie schenken", "hours": "", "done_by": "", "standing": "left"} | changed


class TestTyping:
    @pytest.mark.parametrize(
        ("said", "span"),
        [
            ("2", ("2", "2")),
            ("2,5", ("2.5", "2.5")),
            ("2-3", ("2", "3")),
            ("2 tot 3 uur", ("2", "3")),
            ("1,5 – 2", ("1.5", "2")),
        ],
    )
    def test_hours_are_taken_as_people_say_them(self, said: str, span: tuple[str, str]) -> None:
        form = TaskForm(typed(hours=said))
        assert form.is_valid(), form.errors
        assert form.cleaned_data["hours"] == (Decimal(span[0]), Decimal(span[1]))

    @pytest.mark.parametrize("said", ["veel", "3-2", "1-2-3", "0", "400", "-1", "NaN", "1e3", "2,1"])
    def test_hours_that_are_none_are_explained(self, said: str) -> None:
        assert "hours" in TaskForm(typed(hours=said)).errors

    def test_a_word_of_the_list_is_kept_as_that_word(self) -> None:
        term = Term.objects.of(TermKind.TASK)[0]
        form = TaskForm(typed(task=term.label_nl.upper()))
        assert form.is_valid()
        assert (form.values()["term"], form.values()["words"]) == (term.pk, "")

    def test_nothing_tapped_means_not_known(self) -> None:
        form = TaskForm(typed())
        assert form.is_valid()
        assert form.values()["dayparts"] is None


class TestBundle:
    def test_hours_add_up_and_dayparts_join(self, picture: TeamPicture) -> None:
        rows = [
            task(picture, **hours("2", "3"), dayparts=0b1),
            task(picture, **hours("1.25"), dayparts=0b100),
        ]
        together = bundle(rows)
        assert (together.hours_low, together.hours_high) == (Decimal(3), Decimal("4.5"))
        assert (together.dayparts, together.silent) == (0b101, 0)

    def test_a_task_of_unknown_hours_leaves_the_end_open(self, picture: TeamPicture) -> None:
        together = bundle([task(picture, **hours("2", "3")), task(picture)])
        assert (together.hours_low, together.hours_high, together.silent) == (Decimal(2), None, 1)
        assert together.dayparts is None


class TestCarving:
    def carve(self, picture: TeamPicture, tasks: list[TeamTask], by: Membership) -> Position:
        keys = [one.pk for one in tasks]
        return services.carve(
            picture=picture, tasks=keys, title="Gastheer", form=WorkForm.WORK_EXPERIENCE, by=by
        )

    def test_a_draft_begins_with_what_the_card_knows(self, picture: TeamPicture, coach: Membership) -> None:
        place = LocationFactory(employer=picture.employer)
        term = Term.objects.of(TermKind.TASK)[0]
        rows = [
            task(picture, "", term=term.pk, **hours("2", "3"), dayparts=0b1),
            task(picture, "Praatje maken", **hours("4"), dayparts=0b10),
        ]
        made = self.carve(picture, rows, coach)
        assert (made.status, made.location, made.tasks) == (PositionStatus.DRAFT, place, [term.pk])
        assert (made.hours_min, made.hours_max, made.dayparts_asked) == (Decimal(6), Decimal(7), 0b11)
        assert "Praatje maken" in made.description
        assert set(made.carved_from.all()) == set(rows)

    def test_a_task_goes_into_one_piece_of_work(self, picture: TeamPicture, coach: Membership) -> None:
        row = task(picture)
        made = self.carve(picture, [row], coach)
        with pytest.raises(NotAllowedNow, match="Gastheer"):
            self.carve(picture, [row], coach)
        services.move_position(position=made, to="closed", code=MoveReason.STOPS, by=coach)
        assert self.carve(picture, [row], coach) != made

    def test_more_than_a_week_is_too_much(self, picture: TeamPicture, coach: Membership) -> None:
        with pytest.raises(NotAllowedNow, match="Vink minder taken aan"):
            self.carve(picture, [task(picture, **hours("30")), task(picture, **hours("12"))], coach)
        assert not Position.objects.exists()

    def test_tasks_of_another_card_do_not_come_along(self, picture: TeamPicture, coach: Membership) -> None:
        other = TeamPicture.objects.create(bureau=picture.bureau, employer=picture.employer, name="Keuken")
        with pytest.raises(NotAllowedNow, match="Vink eerst"):
            self.carve(picture, [task(other)], coach)

    def test_it_is_taken_back_until_something_is_done_with_it(
        self, picture: TeamPicture, coach: Membership
    ) -> None:
        row = task(picture)
        made = self.carve(picture, [row], coach)
        services.uncarve(position=made, by=coach)
        row.refresh_from_db()
        assert row.position is None
        again = self.carve(picture, [row], coach)
        services.fill_check(position=again, replies=replies(), by=coach)
        with pytest.raises(NotAllowedNow):
            services.uncarve(position=again, by=coach)

    def test_work_that_was_not_carved_is_not_thrown_away(self, employer: Employer, coach: Membership) -> None:
        with pytest.raises(NotAllowedNow):
            services.uncarve(position=PositionFactory(employer=employer), by=coach)

    def test_a_card_that_work_came_from_stays(self, picture: TeamPicture, coach: Membership) -> None:
        row = task(picture)
        self.carve(picture, [row], coach)
        with pytest.raises(NotAllowedNow):
            services.remove_picture(picture=picture, by=coach)
        with pytest.raises(NotAllowedNow):
            services.drop_task(task=row, by=coach)


class TestCardPage:
    def test_a_task_is_added_once_and_the_ticks_stay(self, as_coach: Client, picture: TeamPicture) -> None:
        first = task(picture)
        data = typed(task="Stoelen tellen", hours="1-2") | {
            "taak": str(first.pk),
            "once": "8e9a1b1c-0000-4000-8000-000000000041",
        }
        for _twice in range(2):
            response = as_coach.post(url("team_task_new", picture.pk), data)
        assert response["Location"] == f"{url('team', picture.pk)}?taak={first.pk}&erbij=1"
        assert picture.tasks.count() == 2
        page = text(as_coach.get(response["Location"]))
        assert "Stoelen tellen" in page
        assert "autofocus" in page

    def test_what_is_not_right_is_said_beside_the_field(self, as_coach: Client, picture: TeamPicture) -> None:
        page = text(as_coach.post(url("team_task_new", picture.pk), typed(task="", hours="veel")))
        assert "Schrijf welke taak het is" in page
        assert "Schrijf de uren als 2 of als 2-3" in page

    def test_a_dropped_task_comes_back(self, as_coach: Client, picture: TeamPicture) -> None:
        row = task(picture)
        response = as_coach.post(url("team_task_drop", picture.pk), {"weg": str(row.pk)})
        page = text(as_coach.get(response["Location"]))
        assert "Koffie schenken" not in page
        assert url("team_task_restore", row.pk) in page
        as_coach.post(url("team_task_restore", row.pk))
        assert "Koffie schenken" in text(as_coach.get(url("team", picture.pk)))

    def test_the_sum_of_what_is_ticked_shows_without_a_script(
        self, as_coach: Client, picture: TeamPicture
    ) -> None:
        row = task(picture, **hours("2", "3"))
        page = text(as_coach.get(f"{url('team', picture.pk)}?taak={row.pk}&taak=x&taak=999"))
        assert "2 tot 3 uur" in page

    def test_ticked_tasks_become_work_and_show_where_they_went(
        self, as_coach: Client, picture: TeamPicture
    ) -> None:
        row = task(picture)
        data = {"taak": str(row.pk), "title": "Gastheer", "form": "work_experience"}
        response = as_coach.post(url("team_carve", picture.pk), data)
        made = Position.objects.get()
        assert response["Location"] == url("position", made.pk)
        assert url("team", picture.pk) in text(as_coach.get(url("position", made.pk)))
        assert url("position", made.pk) in text(as_coach.get(url("team", picture.pk)))
        assert "Koffie schenken" in text(as_coach.get(url("check_fill", made.pk)))

    def test_nothing_ticked_says_so_and_keeps_what_was_typed(
        self, as_coach: Client, picture: TeamPicture
    ) -> None:
        page = text(as_coach.post(url("team_carve", picture.pk), {"title": "Gastheer", "form": "trial"}))
        assert "Vink eerst de taken aan" in page
        assert 'value="Gastheer"' in page

    def test_fifty_tasks_cost_no_more_queries_than_five_and_stay_small(
        self, as_coach: Client, picture: TeamPicture, count_queries: Any
    ) -> None:
        address = url("team", picture.pk)
        for number in range(5):
            task(picture, f"Taak {number}")
        few = count_queries(lambda: as_coach.get(address))
        for number in range(45):
            task(picture, f"Nog een taak {number}")
        assert count_queries(lambda: as_coach.get(address)) == few
        assert len(as_coach.get(address).content) < 60_000


class TestStates:
    def opened(self, employer: Employer) -> Position:
        position = PositionFactory(employer=employer, status=PositionStatus.PUBLISHED)
        CheckFactory(position=position, positive=True)
        return position

    def test_every_step_is_told_with_who_and_why(
        self, as_coach: Client, employer: Employer, coach: Membership
    ) -> None:
        position = self.opened(employer)
        address = url("position_move", position.pk)
        as_coach.post(address, {"to": "paused", "code": "busy", "reason": "Tot de zomer"})
        page = text(as_coach.get(url("position", position.pk)))
        assert "Het is nu te druk om iemand te begeleiden: Tot de zomer" in page
        step = position.moves.get()
        assert (step.from_state, step.to_state, step.by) == ("published", "paused", coach)

    def test_other_asks_for_words(self, as_coach: Client, employer: Employer) -> None:
        position = self.opened(employer)
        response = as_coach.post(url("position_move", position.pk), {"to": "paused", "code": "other"})
        assert "Schrijf in een paar woorden waarom" in text(response)

    def test_a_step_is_taken_back_by_whoever_made_it_for_a_moment(
        self, as_coach: Client, employer: Employer, manager: Membership
    ) -> None:
        position = self.opened(employer)
        as_coach.post(url("position_move", position.pk), {"to": "closed", "code": "double"})
        with pytest.raises(NotAllowedNow):
            services.undo_move(position=position, by=manager)
        as_coach.post(url("position_undo", position.pk))
        position.refresh_from_db()
        assert (position.status, position.closed_reason) == ("published", "")
        assert as_coach.post(url("position_undo", position.pk)).status_code == 409

    def test_not_after_a_quarter_of_an_hour(self, employer: Employer, coach: Membership) -> None:
        position = self.opened(employer)
        services.move_position(position=position, to="paused", reason="Verbouwing", by=coach)
        position.moves.update(at=timezone.now() - timedelta(minutes=16))
        with pytest.raises(NotAllowedNow):
            services.undo_move(position=position, by=coach)

    def test_a_filled_one_with_room_again_opens_by_a_clear_act(self, world: Any, sign_in: Any) -> None:
        client = sign_in(world.members[Role.COACH])
        Position.objects.filter(pk=world.position.pk).update(status=PositionStatus.FILLED, places=2)
        page = text(client.get(url("position", world.position.pk)))
        assert "zijn weer 2 plekken" in page
        client.post(url("position_move", world.position.pk), {"to": "published"})
        world.position.refresh_from_db()
        assert world.position.status == PositionStatus.PUBLISHED
        assert world.position.moves.first().code == MoveReason.SPACE


class TestExceptions:
    def waiting(self, employer: Employer, coach: Membership) -> Any:
        draft = PositionFactory(employer=employer)
        given = replies(vacancy=("yes", "Voor de nacht."))
        return services.fill_check(position=draft, replies=given, by=coach)

    def test_a_doubt_opens_only_as_an_exception_with_grounds(
        self, employer: Employer, coach: Membership, manager: Membership
    ) -> None:
        check = self.waiting(employer, coach)
        decide = {"check": check, "reason": "Extra handen", "by": manager}
        with pytest.raises(NotAllowedNow):
            services.decide_check(decision=CheckDecision.NO_DISPLACEMENT, **decide)
        with pytest.raises(NotAllowedNow):
            services.decide_check(decision=CheckDecision.EXCEPTION, **decide)
        services.decide_check(decision=CheckDecision.EXCEPTION, grounds=["surplus"], **decide)
        check.position.refresh_from_db()
        assert check.position.status == PositionStatus.CHECKED

    def test_without_a_doubt_no_exception_is_needed(
        self, employer: Employer, coach: Membership, manager: Membership
    ) -> None:
        check = services.fill_check(position=PositionFactory(employer=employer), replies=replies(), by=coach)
        with pytest.raises(NotAllowedNow):
            services.decide_check(
                check=check, decision=CheckDecision.EXCEPTION, reason="x", grounds=["other"], by=manager
            )

    def test_it_is_marked_wherever_it_stands(
        self, employer: Employer, coach: Membership, manager: Membership, sign_in: Any
    ) -> None:
        check = self.waiting(employer, coach)
        client = sign_in(manager)
        address = url("check_decide", check.pk)
        response = client.post(address, {"decision": "exception", "reason": "Extra handen"})
        assert "Kies minstens één reden" in text(response)
        client.post(address, {"decision": "exception", "grounds": ["surplus"], "reason": "Extra handen"})
        for page in (url("position", check.position_id), url("check", check.pk)):
            assert "Het is extra, boven op het vaste team" in text(client.get(page))
        paper = client.get(url("check_pdf", check.pk))
        assert paper["Content-Type"] == "application/pdf"
        assert paper.content.startswith(b"%PDF")


class TestTemplates:
    def test_one_is_kept_and_begun_from_without_names(
        self, as_coach: Client, employer: Employer, coach: Membership
    ) -> None:
        position = PositionFactory(
            employer=employer,
            title="Vouwen",
            guide_name="Iemand",
            hours_min=Decimal(8),
            hours_max=Decimal(12),
        )
        as_coach.post(url("template_keep", position.pk), {"name": "Vouwen in de wasserij"})
        template = PositionTemplate.objects.get()
        assert "Iemand" not in str(template.values)
        other = EmployerFactory(bureau=employer.bureau)
        page = text(as_coach.get(f"{url('position_new')}?werkgever={other.pk}&sjabloon={template.pk}"))
        assert 'value="Vouwen"' in page
        assert 'value="12"' in page
        assert f"sjabloon={template.pk}" in text(
            as_coach.get(f"{url('position_new')}?sjabloon={template.pk}")
        )

    def test_a_name_is_there_once_and_a_dropped_one_comes_back(
        self, as_coach: Client, employer: Employer
    ) -> None:
        position = PositionFactory(employer=employer)
        keep = url("template_keep", position.pk)
        as_coach.post(keep, {"name": "Vouwen"})
        assert "al een sjabloon met deze naam" in text(as_coach.post(keep, {"name": "Vouwen"}))
        template = PositionTemplate.objects.get()
        as_coach.post(url("template_drop", template.pk))
        assert (
            template.name
            not in text(as_coach.get(url("template_list"))).split("<main")[1].split("Nog geen")[1]
        )
        as_coach.post(url("template_restore", template.pk))
        assert template.name in text(as_coach.get(url("template_list")))

    @pytest.mark.parametrize("odd", ["0", "x", "99999999999999999999", "²"])
    def test_one_that_is_none_is_not_there(self, odd: str, as_coach: Client) -> None:
        assert as_coach.get(url("position_new"), {"sjabloon": odd}).status_code == 404
