"""The page that tells how work is looked for is complete, and anybody with an account may read it."""

from __future__ import annotations

from django.urls import reverse

from buurtbaan.bureaus.enums import Role
from matching.rules import RULES_VERSION, Criterion
from matching.rules.about import ABOUT, NOT_KEPT, NOT_READ, VERSIONS
from matching.rules.texts import CRITERION_LABELS


def test_every_criterion_and_the_version_now_are_explained():
    assert list(ABOUT) == list(Criterion)
    assert VERSIONS[0][0] == RULES_VERSION


def test_the_page_tells_what_is_compared_and_what_never_enters(coach, sign_in):
    page = sign_in(coach).get(reverse("matching:rules_explained")).content.decode()
    assert all(str(CRITERION_LABELS[one]) in page for one in Criterion)
    assert all(str(one).replace("'", "&#x27;") in page for one in (*NOT_KEPT, *NOT_READ))
    assert "moet altijd" in page
    assert "De volgorde" in page


def test_a_candidate_reads_it_from_their_proposal(world, sign_in):
    client = sign_in(world.members[Role.CANDIDATE])
    there = reverse("matching:rules_explained")
    assert there in client.get(reverse("matching:my_proposal", args=[world.match.pk])).content.decode()
    assert client.get(there).status_code == 200


def test_both_lists_lead_to_it(person, work, coach, sign_in):
    client, there = sign_in(coach), reverse("matching:rules_explained")
    for name, pk in (("position_suggestions", work.pk), ("candidate_suggestions", person.pk)):
        assert there in client.get(reverse(f"matching:{name}", args=[pk])).content.decode()
