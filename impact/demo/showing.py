"""Stories in every state, evidence that was signed, and other bureaus to stand beside. In no figure of a report."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.scope import Scope, scoped
from candidates.enums import ConsentPurpose, Stage
from candidates.models import Candidate, Fund
from candidates.services import give_consent
from impact.beside import SHARED
from impact.demo.story import Cast
from impact.forms import quarter_before
from impact.models import (
    EvidenceSheet,
    NetworkFigure,
    NetworkPlace,
    Story,
    StoryConsent,
    StoryPurpose,
    StoryUse,
)
from impact.participation import gather
from impact.recognising import QUESTIONS
from impact.services import evidence as evidence_services
from impact.services import stories as services

TOLD = (
    (
        "Robin",
        "Van acht naar zevenentwintig uur",
        "Robin kwam drie jaar bijna niet buiten. Solliciteren deed pijn: weer een nee, weer een reden om thuis te "
        "blijven.\n\nBij een koffieochtend vroeg iemand niet naar een diploma, maar naar wat Robin graag doet. Spullen "
        "maken, zei Robin. Nu maakt Robin die in een werkplaats, eerst acht uur per week, daarna twaalf, toen even "
        "weer acht. Dat mocht gewoon. Intussen is het 27 uur.\n\n“Ik word weer gemist als ik er niet ben.”",
        "From eight to twenty-seven hours",
        "Robin hardly went out for three years. Applying for jobs hurt: another no, another reason to stay in.\n\nAt a "
        "coffee morning somebody did not ask for a diploma, but for what Robin likes to do. Making things, Robin said. "
        "Now Robin makes them in a workshop, first eight hours a week, then twelve, then eight again for a while. That "
        "was fine. By now it is 27 hours.\n\n“People miss me when I am not there.”",
    ),
    (
        "Alex",
        "De soep van donderdag",
        "Alex kookte altijd al voor te veel mensen. In het buurthuis bleek dat precies genoeg te zijn. Eén middag per "
        "week werd er drie, en nu is er een contract voor zestien uur.\n\n“Ik dacht dat koken geen talent was.”",
        "",
        "",
    ),
    (
        "Kim",
        "Eerst leren fietsen, dan naar het werk",
        "Kim wilde werken, maar de bus was te duur en lopen te ver. Eerst kwam er fietsles, daarna pas werk. Kim komt "
        "nu elke ochtend als eerste binnen.",
        "",
        "",
    ),
)


def show(cast: Cast) -> None:
    """Stories of people who found work, and evidence for the fund."""
    manager = Membership.objects.get(bureau=cast.bureau, role=Role.MANAGER)
    people = list(
        Candidate.objects.filter(bureau=cast.bureau, stage=Stage.WORKING).order_by("pk")[: len(TOLD)]
    )
    first = Candidate.objects.filter(bureau=cast.bureau).order_by("pk")[0]
    people = [first, *(one for one in people if one.pk != first.pk)]
    for number, (person, words) in enumerate(zip(people, TOLD, strict=False)):
        _tell(cast, manager, person, words, number)
    _evidence(cast, manager)


def _tell(cast: Cast, manager: Membership, person: Candidate, words: tuple[str, ...], number: int) -> None:
    """The first waits for one answer and has another; the second may go anywhere; the third was just written."""
    pseudonym, title, text, title_en, text_en = words
    about = {"bureau": cast.bureau, "candidate": person}
    story = Story.objects.create(
        **about, pseudonym=pseudonym, title=title, text=text, title_en=title_en, text_en=text_en,
        written_by=person.coach or cast.coaches[0], written_at=timezone.now() - timedelta(days=12 - 3 * number),
    )  # fmt: skip
    if number == len(TOLD) - 1:
        return
    services.check(
        story=story, answers=set(QUESTIONS), note="Dit past bij meer mensen in de wijk.", by=manager
    )
    since, until = quarter_before(cast.today)
    ends_on = cast.today + timedelta(days=365)
    for purpose in StoryPurpose.values:
        asked = services.ask(
            story=story,
            purpose=purpose,
            ends_on=ends_on,
            since=since,
            until=until,
            by=person.coach or cast.coaches[0],
        )
        wait = number == 0 and purpose == StoryPurpose.REPORT
        if not wait and (number == 1 or purpose == StoryPurpose.SHEET):
            StoryConsent.objects.filter(pk=asked.pk).update(
                answer="yes", answered_at=timezone.now() - timedelta(days=4)
            )
        elif not wait:
            asked.delete()
    if number == 1:
        StoryUse.objects.create(
            **about, story=story, version=story.version, purpose=StoryPurpose.PUBLIC, where="De wijkkrant",
            by=cast.coaches[0], at=timezone.now() - timedelta(days=2),
        )  # fmt: skip


def _evidence(cast: Cast, manager: Membership) -> None:
    """Half of the people with hours on the fund said yes; last quarter was signed, what came after is a draft."""
    fund = Fund.objects.filter(bureau=cast.bureau).order_by("pk").first()
    if fund is None:
        return
    with_hours = (
        Candidate.objects.filter(bureau=cast.bureau, conversations__fund=fund).distinct().order_by("pk")
    )
    for number, person in enumerate(with_hours):
        if number % 4:
            give_consent(candidate=person, purpose=ConsentPurpose.FUNDER, by=person.coach or cast.coaches[0])
    here = {"bureau": cast.bureau, "fund": fund, "project": "Meedoen in de wijk", "made_by": manager}
    since, until = quarter_before(cast.today)
    Membership.objects.filter(pk=cast.coaches[0].pk).update(may_export=True)
    signer = Membership.objects.select_related("user").get(pk=cast.coaches[0].pk)
    sheet = EvidenceSheet.objects.create(**here, since=since, until=until)
    if gather(sheet).people:
        with scoped(Scope.for_membership(manager, reason="demo")):
            evidence_services.prepare(sheet=sheet, by=manager)
        with scoped(Scope.for_membership(signer, reason="demo")):
            evidence_services.sign(sheet=sheet, by=signer)
    EvidenceSheet.objects.create(**here, since=until + timedelta(days=1), until=cast.today)


OTHERS = ((62, 55), (71, 48), (44, 39), (80, 66), (58, 61))
"""The share with an intake and the share that began with work, of five bureaus that are not in this installation."""


def stand_beside(bureau: Bureau, elsewhere: Bureau, today: date) -> None:
    """The first bureau takes part beside five others, whose figures came by way of a bureau that does not."""
    with scoped(Scope.for_bureau(bureau, reason="demo")):
        _shares_of(NetworkPlace.objects.create(bureau=bureau), (74, 54), 0, today)
    with scoped(Scope.for_bureau(elsewhere, reason="demo")):
        for number, percents in enumerate(OTHERS, start=1):
            place = NetworkPlace.objects.create(
                bureau=elsewhere, key=uuid.uuid5(uuid.NAMESPACE_URL, f"{number}")
            )
            _shares_of(place, percents, number, today)
            place.left_at = timezone.now()
            place.save(update_fields=["left_at"])


def _shares_of(place: NetworkPlace, percents: tuple[int, int], number: int, today: date) -> None:
    since, until = quarter_before(today)
    known = dict(zip(("intake", "started"), percents, strict=True))
    NetworkFigure.objects.bulk_create(
        NetworkFigure(
            key=place.key, name="Buurtwerk Voorbeeldstad" if number == 2 else "", indicator=shared.id, since=since,
            until=until, percent=known.get(shared.id, _near(percents[1], number, step)),
        )
        for step, shared in enumerate(SHARED)
    )  # fmt: skip


def _near(percent: int, number: int, step: int) -> int:
    return min(max(percent + 11 * ((number + 2) * (step + 3) % 7) - 33, 9), 95)
