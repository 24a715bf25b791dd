"""Matches, introductions and placements, with the people and places they need, all in one bureau."""

import uuid
from datetime import timedelta
from typing import Any

import factory
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from factory.django import DjangoModelFactory

from candidates.models import Candidate, Consent, Intake
from employers.models import Contact, Employer, Position
from matching.enums import MatchState
from matching.models import CheckIn, HoursStep, Introduction, Match, Message, Placement
from tests.bureaus.factories import BureauFactory, MembershipFactory


class PersonFactory(DjangoModelFactory):
    """A candidate with a coach, looking for work."""

    class Meta:
        model = Candidate
        skip_postgeneration_save = True

    bureau = factory.SubFactory(BureauFactory)
    first_name = factory.Sequence(lambda n: f"Mo{n}")
    last_name = "Proefpersoon"
    search_name = factory.LazyAttribute(lambda o: f"{o.first_name} {o.last_name}".lower())
    email = factory.Sequence(lambda n: f"mo{n}@kandidaat.example")
    phone = "0612345678"
    stage = "searching"
    coach = factory.SubFactory(MembershipFactory, bureau=factory.SelfAttribute("..bureau"))
    last_contact_on = factory.LazyFunction(timezone.localdate)
    last_proposed_on = factory.LazyFunction(timezone.localdate)

    @factory.post_generation
    def contact(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Said yes to contact; contact=False for somebody who did not."""
        if create and extracted is not False:
            Consent.objects.create(
                bureau=self.bureau, candidate=self, purpose="contact", text_version="contact-1-nl", text="…"
            )


class IntakeFactory(DjangoModelFactory):
    class Meta:
        model = Intake

    bureau = factory.SelfAttribute("candidate.bureau")
    candidate = factory.SubFactory(PersonFactory)
    hours_now = 8
    hours_wished = 16
    dayparts = 0b011


class CompanyFactory(DjangoModelFactory):
    class Meta:
        model = Employer

    bureau = factory.SubFactory(BureauFactory)
    name = factory.Sequence(lambda n: f"Werkplaats {50_000 + n}")
    kind = "social"


class WorkFactory(DjangoModelFactory):
    """An open position."""

    class Meta:
        model = Position

    bureau = factory.SubFactory(BureauFactory)
    employer = factory.SubFactory(CompanyFactory, bureau=factory.SelfAttribute("..bureau"))
    title = factory.Sequence(lambda n: f"Fietsen maken {60_000 + n}")
    form = "work_experience"
    status = "published"
    hours_min = 4
    hours_max = 24
    places = 2


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = Contact

    bureau = factory.SelfAttribute("employer.bureau")
    employer = factory.SubFactory(CompanyFactory)
    name = "Contactpersoon"
    email = factory.Sequence(lambda n: f"werk{n}@werkgever.example")


class MatchFactory(DjangoModelFactory):
    class Meta:
        model = Match

    bureau = factory.SubFactory(BureauFactory)
    candidate = factory.SubFactory(PersonFactory, bureau=factory.SelfAttribute("..bureau"))
    position = factory.SubFactory(WorkFactory, bureau=factory.SelfAttribute("..bureau"))
    employer = factory.SelfAttribute("position.employer")
    rules_version = "1"
    frozen = {}
    proposed_by = factory.SelfAttribute("candidate.coach")
    answer_by = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))


class IntroductionFactory(DjangoModelFactory):
    """A match of which the employer knows the name."""

    class Meta:
        model = Introduction

    match = factory.SubFactory(MatchFactory, state=MatchState.INTRODUCED)
    bureau = factory.SelfAttribute("match.bureau")
    candidate = factory.SelfAttribute("match.candidate")
    employer = factory.SelfAttribute("match.employer")
    position_title = factory.SelfAttribute("match.position.title")
    shared_name = factory.SelfAttribute("match.candidate.first_name")


class MeetingFactory(IntroductionFactory):
    """An introduction with a meeting in a week."""

    match = factory.SubFactory(MatchFactory, state=MatchState.MEETING_PLANNED)
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))
    place = "Buurthuis, Proefplein 1"
    calendar_uid = factory.LazyFunction(uuid.uuid4)


class WorkingFactory(DjangoModelFactory):
    """A placement that began four weeks ago."""

    class Meta:
        model = Placement

    bureau = factory.SubFactory(BureauFactory)
    candidate = factory.SubFactory(PersonFactory, bureau=factory.SelfAttribute("..bureau"), stage="working")
    position = factory.SubFactory(WorkFactory, bureau=factory.SelfAttribute("..bureau"))
    employer = factory.SelfAttribute("position.employer")
    shared_name = factory.SelfAttribute("candidate.first_name")
    form = "work_experience"
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(weeks=4))


class StepFactory(DjangoModelFactory):
    class Meta:
        model = HoursStep

    placement = factory.SubFactory(WorkingFactory)
    bureau = factory.SelfAttribute("placement.bureau")
    candidate = factory.SelfAttribute("placement.candidate")
    employer = factory.SelfAttribute("placement.employer")
    hours = 8
    during = factory.LazyAttribute(lambda o: DateRange(o.placement.starts_on, None))


class CheckInFactory(DjangoModelFactory):
    class Meta:
        model = CheckIn

    placement = factory.SubFactory(WorkingFactory)
    bureau = factory.SelfAttribute("placement.bureau")
    candidate = factory.SelfAttribute("placement.candidate")
    employer = factory.SelfAttribute("placement.employer")
    week = 4
    due_on = factory.LazyFunction(timezone.localdate)


class MessageFactory(DjangoModelFactory):
    class Meta:
        model = Message

    match = factory.SubFactory(MatchFactory)
    bureau = factory.SelfAttribute("match.bureau")
    candidate = factory.SelfAttribute("match.candidate")
    kind = "candidate.proposal"
    recipient = factory.SelfAttribute("candidate.email")
    subject = "Werk dat misschien bij je past"


def agree(match, share=("hours",)):
    """Bring a match to the state in which the candidate said yes, consent and all."""
    from matching.services.sharing import give_consent

    match.state, match.share = MatchState.CANDIDATE_AGREED, list(share)
    match.save()
    give_consent(match, share=match.share, by=match.candidate.coach)
    return match
