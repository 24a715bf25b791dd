"""Employers, their places and people, positions and displacement checks."""

from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from employers import displacement
from employers.enums import CheckDecision, EmployerKind, PositionStatus, WorkForm
from employers.models import (
    Agreement,
    Contact,
    Contribution,
    DisplacementCheck,
    Employer,
    Location,
    Position,
    Reminder,
    Subscription,
    Talk,
)
from employers.relation_enums import TalkKind, Way
from tests.bureaus.factories import BureauFactory


def replies(**changed: tuple[str, str]) -> dict[str, dict[str, str]]:
    """Answers that give no pause; `changed` overrides some as key=(reply, why)."""
    calm = {"yes": "no", "no": "yes"}
    given = {q.key: {"reply": calm[q.risk], "why": ""} for q in displacement.QUESTIONS[displacement.VERSION]}
    return given | {key: {"reply": reply, "why": why} for key, (reply, why) in changed.items()}


class EmployerFactory(DjangoModelFactory):
    class Meta:
        model = Employer

    bureau = factory.SubFactory(BureauFactory)
    name = factory.Sequence(lambda n: f"Werkplaats {20_000 + n}")
    kind = EmployerKind.SOCIAL


class LocationFactory(DjangoModelFactory):
    class Meta:
        model = Location

    employer = factory.SubFactory(EmployerFactory)
    bureau = factory.SelfAttribute("employer.bureau")
    address = factory.Sequence(lambda n: f"Proefstraat {n}")


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = Contact

    employer = factory.SubFactory(EmployerFactory)
    bureau = factory.SelfAttribute("employer.bureau")
    name = factory.Sequence(lambda n: f"Contact {n}")
    email = factory.Sequence(lambda n: f"contact{n}@werkgever.example")


class TalkFactory(DjangoModelFactory):
    class Meta:
        model = Talk

    employer = factory.SubFactory(EmployerFactory)
    bureau = factory.SelfAttribute("employer.bureau")
    kind = TalkKind.CALLED


class ReminderFactory(DjangoModelFactory):
    class Meta:
        model = Reminder

    employer = factory.SubFactory(EmployerFactory)
    bureau = factory.SelfAttribute("employer.bureau")
    text = "Bel terug"
    due_on = factory.LazyFunction(timezone.localdate)


class AgreementFactory(DjangoModelFactory):
    class Meta:
        model = Agreement

    employer = factory.SubFactory(EmployerFactory)
    bureau = factory.SelfAttribute("employer.bureau")
    title = factory.Sequence(lambda n: f"Afspraak {n}")
    text = "Wij begeleiden samen."
    starts_on = factory.LazyFunction(timezone.localdate)


class ContributionFactory(DjangoModelFactory):
    class Meta:
        model = Contribution

    employer = factory.SubFactory(EmployerFactory)
    bureau = factory.SelfAttribute("employer.bureau")
    way = Way.MEANS
    what = "Een bakfiets"


class PositionFactory(DjangoModelFactory):
    class Meta:
        model = Position

    employer = factory.SubFactory(EmployerFactory)
    bureau = factory.SelfAttribute("employer.bureau")
    title = factory.Sequence(lambda n: f"Werk {30_000 + n}")
    form = WorkForm.WORK_EXPERIENCE
    status = PositionStatus.DRAFT


class SubscriptionFactory(DjangoModelFactory):
    """Forty hours a month for 900 euro."""

    class Meta:
        model = Subscription

    employer = factory.SubFactory(EmployerFactory, kind=EmployerKind.CARE)
    bureau = factory.SelfAttribute("employer.bureau")
    service = factory.Sequence(lambda n: f"Gastvrouw {n}")
    hours_month = 40
    price_month = 900


class CheckFactory(DjangoModelFactory):
    """A check that waits for a decision; `decided(by)` makes it a positive one."""

    class Meta:
        model = DisplacementCheck

    class Params:
        positive = factory.Trait(
            decision=CheckDecision.NO_DISPLACEMENT,
            reason="Dit bleef liggen.",
            decided_at=factory.LazyFunction(timezone.now),
        )
        refused = factory.Trait(
            decision=CheckDecision.REFUSED,
            reason="Er staat een vacature.",
            decided_at=factory.LazyFunction(timezone.now),
        )

    position = factory.SubFactory(PositionFactory)
    employer = factory.SelfAttribute("position.employer")
    bureau = factory.SelfAttribute("position.bureau")
    version = displacement.VERSION

    @factory.lazy_attribute
    def answers(self) -> dict[str, Any]:
        return {"form": self.position.form, "title": self.position.title, "replies": replies()}
