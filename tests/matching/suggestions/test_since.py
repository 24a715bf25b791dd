"""A match reads the same after its inputs change, and tells beside it what is different now."""

from __future__ import annotations

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from buurtbaan.audit.models import Reading
from buurtbaan.bureaus.enums import Role
from buurtbaan.vocabulary.models import Term
from candidates.models import Candidate, Intake
from employers.models import Employer, Position
from matching import services
from matching.models import Match
from tests.matching.factories import MatchFactory
from tests.matching.suggestions.making import AFTERNOONS, MORNINGS


@pytest.fixture
def made(person, work, coach):
    return services.propose(candidate=person, position=work, note="Leuk", by=coach)


def kept(match):
    with connection.cursor() as cursor:
        cursor.execute("SELECT frozen::text, rules_version FROM matching_match WHERE id = %s", [match.pk])
        return cursor.fetchone()


def reasons(page):
    return re.search(r'<table class="criteria-grid">.*?</table>', page, re.DOTALL)[0]


def change_everything(match):
    need = Term.objects.of("condition").first()
    Intake.objects.filter(candidate=match.candidate).update(
        dayparts=AFTERNOONS,
        hours_now=2,
        conditions_needed=[need.pk],
        forms_accepted=["trial"],
        means=["walk"],
    )
    Candidate.objects.filter(pk=match.candidate_id).update(area=None, postcode="")
    Position.objects.filter(pk=match.position_id).update(
        hours_min=20, hours_max=30, dayparts_asked=MORNINGS | AFTERNOONS, dayparts_enough=9, musts=["form"]
    )
    Employer.objects.filter(pk=match.employer_id).update(environment=[])
    Term.objects.update(label_nl="iets anders")


def since(match):
    return reverse("matching:match_since", args=[match.pk])


def test_a_match_reads_the_same_after_its_inputs_change(made, coach, sign_in):
    client, url = sign_in(coach), reverse("matching:match", args=[made.pk])
    before, read = kept(made), reasons(client.get(url).content.decode())
    change_everything(made)
    assert kept(made) == before
    assert reasons(client.get(url).content.decode()) == read


def test_the_database_refuses_other_reasons_for_a_match(made):
    for change in ({"frozen": {}}, {"rules_version": "2"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Match.objects.filter(pk=made.pk).update(**change)
    Match.objects.filter(pk=made.pk).update(note="mag wel")


def test_what_changed_since_stands_beside_it(made, coach, sign_in):
    client = sign_in(coach)
    assert "Niets. Beide kanten zeggen nog hetzelfde." in client.get(since(made)).content.decode()
    change_everything(made)
    page = client.get(since(made)).content.decode()
    assert "Nu 8 uur per week." in page
    assert "Nu 2 uur per week." in page
    assert "20 tot 30 uur per week." in page
    assert "Taken" not in page
    fragment = client.get(since(made), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment


def test_of_a_colleagues_file_only_the_record_is_shown(made, member, sign_in):
    Intake.objects.filter(candidate=made.candidate).update(hours_now=2)
    page = sign_in(member(Role.COACH)).get(since(made)).content.decode()
    assert "Nu 2 uur per week." not in page
    assert reverse("candidates:open_with_reason", args=[made.candidate_id]) in page
    assert not Reading.objects.filter(candidate_id=made.candidate_id, what="work").exists()


def test_a_match_without_reasons_has_nothing_to_compare(person, work, coach, sign_in):
    match = MatchFactory(bureau=work.bureau, candidate=person, position=work)
    assert "geen redenen bewaard" in sign_in(coach).get(since(match)).content.decode()
