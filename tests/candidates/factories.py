"""People who take part."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from candidates.models import Candidate, Conversation, Intake, Organisation
from candidates.names import search_name
from tests.bureaus.factories import BureauFactory


class CandidateFactory(DjangoModelFactory):
    class Meta:
        model = Candidate

    bureau = factory.SubFactory(BureauFactory)
    first_name = factory.Sequence(lambda n: f"Persoon{n}")
    last_name = "Proef"
    search_name = factory.LazyAttribute(
        lambda o: search_name(o.first_name, getattr(o, "infix", ""), o.last_name)
    )
    last_contact_on = factory.LazyFunction(timezone.localdate)


class IntakeFactory(DjangoModelFactory):
    class Meta:
        model = Intake

    bureau = factory.SelfAttribute("candidate.bureau")
    candidate = factory.SubFactory(CandidateFactory)


class ConversationFactory(DjangoModelFactory):
    class Meta:
        model = Conversation

    bureau = factory.SelfAttribute("candidate.bureau")
    candidate = factory.SubFactory(CandidateFactory)
    text = "We spraken elkaar."


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    bureau = factory.SubFactory(BureauFactory)
    name = factory.Sequence(lambda n: f"Buurthuis {n}")
    kind = "community_centre"
