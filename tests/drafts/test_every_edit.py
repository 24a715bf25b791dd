"""Whatever form changes something that stands: two people in it never overwrite each other in silence."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.values import at_first, raw
from tests.world import World

Args = Callable[[World], list[Any]]
C, M = Role.COACH, Role.MANAGER
FORMS: list[tuple[str, Role, Args, str, str, str]] = [
    ("employers:agreement_edit", C, lambda w: [w.agreement.pk], "title", "Drie plekken", "Vier plekken"),
    ("employers:talk_edit", C, lambda w: [w.talk.pk], "note", "Over de winkel", "Over de tuin"),
    ("employers:reminder_edit", C, lambda w: [w.reminder.pk], "text", "Schrijf", "Ga langs"),
    ("employers:contribution_edit", C, lambda w: [w.contribution.pk], "what", "Een fiets", "Twee fietsen"),
    ("employers:team_edit", C, lambda w: [w.team_picture.pk], "name", "Keuken", "Tuin"),
    ("employers:template_edit", C, lambda w: [w.template.pk], "name", "Banden plakken", "Sturen"),
    ("employers:location_edit", C, lambda w: [w.location.pk], "address", "Proefweg 2", "Proefweg 3"),
    ("employers:contact_edit", C, lambda w: [w.contact.pk], "name", "Bo", "Bea"),
    ("employers:social_return_edit", C, lambda w: [w.social_return.pk], "contract", "Straten", "Parken"),
    ("employers:line_edit", C, lambda w: [w.effort.pk], "what", "Les", "Rondleiding"),
    ("rules:card_edit", M, lambda w: [w.rule.card.code], "short", "Nee.", "Soms."),
    ("rules:rate_edit", M, lambda w: [w.rate.pk], "source", "brief", "raad"),
    ("neighbourhood:training_edit", C, lambda w: [w.training.pk], "title", "Koken", "Zingen"),
    ("neighbourhood:gathering_edit", C, lambda w: [w.gathering.pk], "title", "Zomerfeest", "Herfst"),
    ("neighbourhood:help_edit", M, lambda w: [w.help_request.pk], "text", "Kast tillen", "Tuin doen"),
    ("neighbourhood:organisation_edit", C, lambda w: [w.organisation.pk], "name", "Huis Oost", "Huis West"),
    ("impact:fund_edit", M, lambda w: [w.fund.pk], "name", "Fonds A", "Fonds B"),
    ("candidates:goal_edit", C, lambda w: [w.candidate.pk, w.goal.pk], "title", "Fietsen", "Lopen"),
    ("candidates:step_edit", C, lambda w: [w.candidate.pk, w.step.pk], "what", "Bellen", "Mailen"),
    ("impact:assignment_edit", M, lambda w: [w.assignment.pk], "name", "Opdracht A", "Opdracht B"),
    ("impact:flow_edit", M, lambda w: [w.flow.pk], "source", "Fonds", "Gift"),
    ("impact:story_edit", C, lambda w: [w.story.pk], "title", "Op weg", "Verder"),
    ("matching:check_in", C, lambda w: [w.check_in.pk], "candidate_words", "Fijn", "Moe"),
    ("matching:coach_plan_edit", C, lambda w: [w.coach_plan.pk], "provider", "Bureau A", "Bureau B"),
]


def drawn(client: Client, url: str) -> dict[str, Any]:
    """A page's form as a browser would send it without a change."""
    page = client.get(url)
    assert page.status_code == 200
    form = page.context["form"]
    data: dict[str, Any] = {}
    for name, value in at_first(form).items():
        data |= raw(form.add_prefix(name), form.fields[name], value)
    was = re.search(r'<input type="hidden" name="was" value="([^"]*)"', page.content.decode())
    assert was, "the form does not say what it was drawn with"
    return data | {"was": unescape(was[1])}


@pytest.mark.parametrize(
    ("name", "role", "args", "field", "theirs", "mine"), FORMS, ids=[row[0] for row in FORMS]
)
def test_the_second_of_two_sees_three_values(
    name: str, role: Role, args: Args, field: str, theirs: str, mine: str, world: World, sign_in: Any
) -> None:
    client, url = sign_in(world.members[role]), reverse(name, args=args(world))
    # what the world leaves empty and the form asks for
    first = drawn(client, url) | {"mood": "good", "reviewed_by": "de proef"}
    second = dict(first)
    assert client.post(url, first | {field: theirs}).status_code == 302
    answer = client.post(url, second | {field: mine})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert theirs in html
    assert mine in html
