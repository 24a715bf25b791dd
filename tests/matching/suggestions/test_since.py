"""A match reads the same after its inputs change, and tells beside it what is different now."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from buurtbaan.audit.models import Reading
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Area, Membership, User
from buurtbaan.vocabulary.models import Term
from candidates.models import Candidate, Intake
from employers.models import Employer, Position
from matching import services
from matching.freeze import compare
from matching.gather import with_place
from matching.models import Match
from matching.rules import Answer, Criterion, criteria
from matching.rules.results import Finding, say
from matching.views import since as since_page
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


def words_of(page):
    """What the reasons say, without the headings, which carry today's names."""
    body = re.search(r'<table class="criteria-grid">.*?<tbody>(.*?)</tbody>', page, re.DOTALL)[1]
    return re.findall(r">([^<>]+)<", re.sub(r"\s+", " ", body))


def plain_reasons(page):
    """The part of the candidate's own page that gives the reasons."""
    part = re.search(r"<h2>(Waarom dit werk|Why this work)</h2>.*?</section>", page, re.DOTALL)[0]
    return re.findall(r"<li>.*?</li>", part, re.DOTALL)


def rename_everybody(match):
    User.objects.update(name="Iemand Anders")
    Candidate.objects.filter(pk=match.candidate_id).update(first_name="Anders")
    Employer.objects.filter(pk=match.employer_id).update(name="Andere naam BV")
    Position.objects.filter(pk=match.position_id).update(title="Ander werk")
    Area.objects.update(name="Andere buurt")


def new_rules(monkeypatch):
    """A later version, in which every criterion answers otherwise and reads otherwise."""
    other = Finding(Answer.CLASHES, (say("hours.fits"),), (), ())
    for criterion in criteria.RULES:
        monkeypatch.setitem(criteria.RULES, criterion, lambda *_both: other)
    for place in (import_module("matching.rules.explain"), since_page):
        monkeypatch.setattr(place, "RULES_VERSION", "2")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_staff_and_candidate_read_the_same_after_all_of_it_changed(
    made, coach, sign_in, monkeypatch, language
):
    own = Membership.objects.get(candidate=made.candidate)
    here, mine = (reverse(f"matching:{name}", args=[made.pk]) for name in ("match", "my_proposal"))
    staff, person = sign_in(coach), sign_in(own)
    for client in (staff, person):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    def read():
        return words_of(staff.get(here).content.decode()), plain_reasons(person.get(mine).content.decode())

    before = read()
    assert any("Nu 8 uur per week." in words for words in before[0]) == (language == "nl")
    assert len(before[0]) > 2 * len(Criterion)
    assert len(before[1]) > len(Criterion) / 2
    change_everything(made)
    rename_everybody(made)
    new_rules(monkeypatch)
    assert compare_now(made).count(Answer.CLASHES) == len(Criterion), "the rules did change"
    assert read() == before
    assert Match.objects.get(pk=made.pk).rules_version == "1"
    page = staff.get(since(made)).content.decode()
    assert ("versie 2" if language == "nl" else "version 2") in page


def compare_now(match):
    person = Candidate.objects.select_related("area").get(pk=match.candidate_id)
    return compare(person, with_place(Position.objects.filter(pk=match.position_id)).get()).explanation


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
