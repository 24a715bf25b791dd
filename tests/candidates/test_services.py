"""What happens in a file, and what is refused."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from buurtbaan.audit.models import Change
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import AccessLink, Membership
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from candidates import services
from candidates.consents import TEXTS
from candidates.enums import STAGE_MOVES, ConsentPurpose, Stage
from candidates.models import Candidate, Consent, Measurement
from candidates.summary import write_summary
from tests.candidates.factories import CandidateFactory, IntakeFactory


@pytest.fixture
def candidate(coach: Any) -> Candidate:
    return CandidateFactory(bureau=coach.bureau, coach=coach)


def test_a_first_conversation_makes_a_file_held_by_who_had_it(connector: Any) -> None:
    with scoped(Scope.for_membership(connector)):
        made = services.register_first_conversation(
            by=connector,
            first_name="Zoë",
            last_name="Öz",
            hopes="Werk met dieren",
            place="Plein",
            source="walk_in",
        )
    assert (made.search_name, made.connector, made.coach) == ("zoe oz", connector, None)
    assert made.first_conversations.get().hopes == "Werk met dieren"
    assert made.stage_changes.get().to_stage == Stage.MET
    assert {c.purpose for c in made.consents.all()} == {"record", "contact"}
    assert made.last_contact_on == timezone.localdate()


def test_the_words_of_a_consent_are_kept_with_their_version(connector: Any) -> None:
    made = services.register_first_conversation(
        by=connector, first_name="A", consents=["record"], language="nl", consent_language="en"
    )
    kept, text = made.consents.get(), TEXTS[ConsentPurpose.RECORD][-1]
    assert (kept.text, kept.text_version) == (text.en, f"{text.version}-en")


def test_without_a_yes_nothing_is_kept(connector: Any) -> None:
    with pytest.raises(NotAllowedNow, match="bewaren we niets"):
        services.register_first_conversation(by=connector, first_name="A", consents=["contact"])
    assert not Candidate.objects.exists()


def test_under_eighteen_is_refused_with_what_to_do(connector: Any) -> None:
    born = timezone.localdate() - timedelta(days=17 * 365)
    with pytest.raises(NotAllowedNow, match="jongerenwerk"):
        services.register_first_conversation(by=connector, first_name="A", birth_date=born)


def test_a_step_notes_who_said_what_when_and_forgets_what_became_unknown(
    candidate: Candidate, coach: Any
) -> None:
    day = date(2026, 3, 1)
    services.save_intake_step(
        candidate=candidate, by=coach, values={"hours_now": Decimal(8), "dayparts": 0}, on=day
    )
    intake = services.save_intake_step(
        candidate=candidate, by=coach, values={"hours_now": Decimal(8), "dreams": "x"}
    )
    assert intake.provenance["hours_now"] == {"by": str(coach.user), "role": "coach", "on": "2026-03-01"}
    assert intake.provenance["dreams"]["on"] == timezone.localdate().isoformat()
    assert "dayparts" in intake.provenance
    intake = services.save_intake_step(
        candidate=candidate, by=coach, values={"hours_now": None, "dreams": ""}
    )
    assert set(intake.provenance) == {"dayparts"}


def test_the_first_step_begins_the_intake(candidate: Candidate, coach: Any) -> None:
    services.save_intake_step(
        candidate=candidate, by=coach, values={"dreams": "x"}, step="dromen", note="kort"
    )
    candidate.refresh_from_db()
    assert candidate.stage == Stage.INTAKE
    assert candidate.intake.notes == {"dromen": "kort"}
    services.save_intake_step(candidate=candidate, by=coach, values={}, step="dromen", note="")
    candidate.intake.refresh_from_db()
    assert candidate.intake.notes == {}


def test_a_field_that_is_no_answer_is_never_written(candidate: Candidate, coach: Any) -> None:
    intake = services.save_intake_step(
        candidate=candidate, by=coach, values={"summary": "x", "bureau_id": 99}
    )
    assert (intake.summary, intake.bureau_id) == ("", coach.bureau_id)


def test_an_approved_summary_ends_the_intake_and_may_begin_the_search(
    candidate: Candidate, coach: Any
) -> None:
    services.save_intake_step(candidate=candidate, by=coach, values={"dreams": "x"})
    intake = services.approve_summary(
        candidate=candidate, text="Ik ben.", name="A", by=coach, start_search=True
    )
    candidate.refresh_from_db()
    assert intake.completed_on == intake.summary_approved_on == timezone.localdate()
    assert candidate.stage == Stage.SEARCHING


def test_a_summary_without_name_or_intake_is_refused(candidate: Candidate, coach: Any) -> None:
    with pytest.raises(NotAllowedNow, match="Begin eerst"):
        services.approve_summary(candidate=candidate, text="x", name="A", by=coach)
    IntakeFactory(candidate=candidate)
    with pytest.raises(NotAllowedNow, match="eigen naam"):
        services.approve_summary(candidate=candidate, text="x", name=" ", by=coach)


def test_the_summary_says_what_was_said_and_leaves_out_what_nobody_asked(candidate: Candidate) -> None:
    candidate.first_name = "Fatima"
    intake = IntakeFactory.build(
        candidate=candidate, dreams="Een eigen eettafel", hours_now=Decimal("8.5"), hours_wished=Decimal(27),
        conditions_needed=[], wants_own_area=False, forms_accepted=["volunteering", "learn_work"], languages=["ar"],
    )  # fmt: skip
    text = write_summary(candidate, intake)
    assert text.startswith("Ik ben Fatima. Mijn droom: Een eigen eettafel.")
    assert "8,5 uur per week" in text
    assert "niets bijzonders nodig" in text
    assert "vrijwilligerswerk en leerwerkplek" in text
    assert "Ik reis" not in text


def test_the_summary_is_in_the_language_of_the_candidate(candidate: Candidate) -> None:
    candidate.language = "en"
    assert (
        "%" not in write_summary(candidate, IntakeFactory.build(candidate=candidate, dreams="100% mine"))[:10]
    )


@pytest.mark.parametrize("here", list(Stage))
@pytest.mark.parametrize("there", [s for s in Stage if s != Stage.CLOSED])
def test_only_the_moves_that_exist_are_made(
    here: Stage, there: Stage, candidate: Candidate, coach: Any
) -> None:
    closed = timezone.localdate() if here == Stage.CLOSED else None
    Candidate.objects.filter(pk=candidate.pk).update(stage=here, closed_on=closed)
    if here == there or (there in STAGE_MOVES[here] and here != Stage.CLOSED):
        assert services.change_stage(candidate=candidate, to=there, by=coach).stage == there
        assert candidate.stage_changes.count() == (here != there)
    else:
        with pytest.raises(NotAllowedNow):
            services.change_stage(candidate=candidate, to=there, by=coach)


def test_of_two_who_move_one_person_the_second_hears_it(candidate: Candidate, coach: Any) -> None:
    services.change_stage(candidate=candidate, to=Stage.SEARCHING, by=coach, expected="met")
    with pytest.raises(NotAllowedNow, match="Zoekt werk"):
        services.change_stage(candidate=candidate, to=Stage.PAUSED, by=coach, expected="met")


def test_closing_starts_the_retention_period_and_reopening_stops_it(candidate: Candidate, coach: Any) -> None:
    coach.bureau.retention_years = 3
    coach.bureau.save()
    closed = services.close_file(candidate=candidate, reason="Verhuisd", by=coach, on=date(2026, 2, 1))
    assert (closed.stage, closed.retain_until) == (Stage.CLOSED, date(2029, 2, 1))
    with pytest.raises(NotAllowedNow, match="al afgesloten"):
        services.close_file(candidate=candidate, reason="x", by=coach)
    opened = services.reopen_file(candidate=candidate, by=coach)
    assert (opened.stage, opened.closed_on, opened.retain_until) == (Stage.INTAKE, None, None)


def test_a_file_does_not_close_while_something_runs(world: Any) -> None:
    coach = world.members[Role.COACH]
    with pytest.raises(NotAllowedNow, match="voorstel"):
        services.close_file(candidate=world.candidate, reason="x", by=coach)
    world.match.state = "withdrawn"
    world.match.save()
    with pytest.raises(NotAllowedNow, match="plaatsing"):
        services.close_file(candidate=world.candidate, reason="x", by=coach)


def test_a_conversation_keeps_the_promise_to_call(candidate: Candidate, coach: Any) -> None:
    today = timezone.localdate()
    services.set_call_back(candidate=candidate, on=today, by=coach)
    services.add_conversation(candidate=candidate, by=coach, text="x", held_on=today)
    candidate.refresh_from_db()
    assert (candidate.call_back_on, candidate.last_contact_on) == (None, today)


def test_a_note_of_long_ago_does_not_set_the_last_contact_back(candidate: Candidate, coach: Any) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    services.set_call_back(candidate=candidate, on=tomorrow, by=coach)
    services.add_conversation(candidate=candidate, by=coach, text="x", held_on=date(2020, 1, 1))
    candidate.refresh_from_db()
    assert candidate.last_contact_on == timezone.localdate()
    assert candidate.call_back_on == tomorrow
    with pytest.raises(NotAllowedNow, match="al geweest"):
        services.add_conversation(candidate=candidate, by=coach, text="x", held_on=tomorrow)


def test_a_second_measurement_on_a_day_corrects_the_first(candidate: Candidate, coach: Any) -> None:
    services.add_measurement(candidate=candidate, rung=2, by=coach)
    services.add_measurement(candidate=candidate, rung=3, potential=5, by=coach)
    assert Measurement.objects.get().rung == 3
    trail = Change.objects.filter(table="candidates_measurement").order_by("at")
    assert [line.action for line in trail] == ["INSERT", "UPDATE"]


def test_consent_is_given_once_taken_back_and_given_again(candidate: Candidate, coach: Any) -> None:
    first = services.give_consent(candidate=candidate, purpose="story", by=coach)
    assert services.give_consent(candidate=candidate, purpose="story", by=coach) == first
    taken = services.withdraw_consent(consent=first, by=coach)
    assert services.withdraw_consent(consent=first, by=coach).withdrawn_at == taken.withdrawn_at
    services.give_consent(candidate=candidate, purpose="story", by=coach)
    assert Consent.objects.filter(candidate=candidate).count() == 2
    assert Consent.objects.in_force().count() == 1


def test_who_may_not_be_recorded_any_longer_is_called(candidate: Candidate, coach: Any) -> None:
    consent = services.give_consent(candidate=candidate, purpose="record", by=coach)
    services.withdraw_consent(consent=consent, by=coach)
    candidate.refresh_from_db()
    assert candidate.call_back_on == timezone.localdate()


def test_handing_over_asks_for_a_colleague_with_that_role(
    candidate: Candidate, coach: Any, member: Any
) -> None:
    other = member(Role.COACH)
    assert services.assign(candidate=candidate, coach=other, connector=None, by=coach).coach == other
    for wrong in (
        member(Role.CONNECTOR),
        member(Role.COACH, ends=timezone.localdate() - timedelta(days=1), starts=date(2020, 1, 1)),
    ):
        with pytest.raises(NotAllowedNow, match="collega"):
            services.assign(candidate=candidate, coach=wrong, connector=None, by=coach)
    with pytest.raises(NotAllowedNow, match="iedereen heeft iemand"):
        services.assign(candidate=candidate, coach=None, connector=None, by=coach)


def test_opening_asks_for_a_reason(candidate: Candidate, member: Any) -> None:
    with pytest.raises(NotAllowedNow, match="waarom"):
        services.open_with_reason(candidate=candidate, reason="  ", by=member(Role.COACH))


def test_a_link_makes_the_account_once_and_signs_in_once(candidate: Candidate, coach: Any) -> None:
    with scoped(Scope.for_membership(coach)):
        first, path = services.invite_candidate(candidate=candidate, by=coach)
        second, other_path = services.invite_candidate(candidate=candidate, by=coach)
    assert first == second
    assert path != other_path
    assert first.role == Role.CANDIDATE
    assert not first.user.has_usable_password()
    assert first.user.email.endswith(".invalid")
    assert AccessLink.objects.filter(membership=first).count() == 2


def test_a_link_goes_by_mail_after_the_transaction(
    candidate: Candidate, coach: Any, django_capture_on_commit_callbacks: Any
) -> None:
    Candidate.objects.filter(pk=candidate.pk).update(email="iemand@proef.example")
    services.give_consent(candidate=candidate, purpose="contact", by=coach)
    with django_capture_on_commit_callbacks(execute=True):
        _membership, path = services.invite_candidate(candidate=candidate, by=coach)
        assert not mail.outbox
    assert path in mail.outbox[0].body
    assert mail.outbox[0].to == ["iemand@proef.example"]


def test_without_a_yes_to_contact_no_link_goes_by_mail(
    candidate: Candidate, coach: Any, django_capture_on_commit_callbacks: Any
) -> None:
    Candidate.objects.filter(pk=candidate.pk).update(email="iemand@proef.example")
    with django_capture_on_commit_callbacks(execute=True):
        services.invite_candidate(candidate=candidate, by=coach)
    assert not mail.outbox


def test_a_link_never_opens_somebody_elses_account(candidate: Candidate, coach: Any, manager: Any) -> None:
    Candidate.objects.filter(pk=candidate.pk).update(email=manager.user.email.upper())
    membership, _path = services.invite_candidate(candidate=candidate, by=coach)
    assert membership.user != manager.user


def test_no_link_for_an_account_that_got_another_role(
    candidate: Candidate, coach: Any, other_bureau: Any
) -> None:
    membership, _path = services.invite_candidate(candidate=candidate, by=coach)
    Membership.objects.create(user=membership.user, role=Role.MANAGER, bureau=other_bureau)
    with scoped(Scope.for_membership(coach)), pytest.raises(NotAllowedNow, match="andere rol"):
        services.invite_candidate(candidate=candidate, by=coach)


def test_details_are_corrected_and_found_under_the_new_name(candidate: Candidate, coach: Any) -> None:
    saved = services.save_details(
        candidate=candidate, values={"first_name": "Noor", "last_name": "Åberg", "stage": "closed"}, by=coach
    )
    assert (saved.search_name, saved.stage) == ("noor aberg", Stage.MET)
    with pytest.raises(NotAllowedNow, match="18"):
        services.save_details(candidate=candidate, values={"birth_date": timezone.localdate()}, by=coach)
