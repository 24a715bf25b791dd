"""The three pages: what they show, to whom, and what they cost."""

from __future__ import annotations

import pytest
from django.urls import reverse

from buurtbaan.audit.models import Reading
from buurtbaan.bureaus.enums import Role
from candidates.models import Candidate, Intake, SafetyRemark
from employers.models import Position
from matching.models import Match
from tests.matching.factories import MatchFactory, PersonFactory, WorkFactory
from tests.matching.suggestions.making import AFTERNOONS, give

QUERIES, KILOBYTES = 12, 60
OF_THE_TEST = 2
"""A request inside the test's own transaction reads the scope around it and puts it back."""


def for_work(work):
    return reverse("matching:position_suggestions", args=[work.pk])


def for_person(person):
    return reverse("matching:candidate_suggestions", args=[person.pk])


def for_pair(person, work):
    return reverse("matching:side_by_side", args=[person.pk, work.pk])


def text(response):
    return response.content.decode()


def test_the_list_names_the_person_the_reasons_and_the_order(person, work, coach, sign_in):
    page = text(sign_in(coach).get(for_work(work)))
    assert "Noor P." in page
    assert "Nog nooit voorgesteld" in page
    assert "De volgorde:" in page
    assert "schatting" in page


def test_near_misses_say_the_one_thing_that_clashes(person, work, coach, sign_in):
    Intake.objects.filter(candidate=person).update(dayparts=AFTERNOONS)
    client = sign_in(coach)
    assert "Nog niemand bij wie het kan" in text(client.get(for_work(work)))
    assert "Geen dagdeel past." in text(client.get(for_work(work) + "?toon=net-niet"))


def test_unknown_choices_in_the_address_do_no_harm(person, work, coach, sign_in):
    page = text(sign_in(coach).get(for_work(work) + "?toon=x&wie=x&page=-3"))
    assert "Noor P." in page


def test_a_colleagues_candidate_leads_to_opening_with_a_reason(person, work, member, sign_in):
    page = text(sign_in(member(Role.COACH)).get(for_work(work)))
    assert reverse("candidates:open_with_reason", args=[person.pk]) in page
    assert for_pair(person, work) not in page


def test_a_colleagues_candidate_cannot_be_compared(person, work, member, sign_in):
    client = sign_in(member(Role.COACH))
    assert client.get(for_pair(person, work)).status_code == 404
    assert client.get(for_person(person)).status_code == 404


def test_work_for_a_person_offers_to_look_what_would_open_more(person, work, coach, sign_in):
    WorkFactory.create_batch(2, bureau=work.bureau, dayparts_asked=AFTERNOONS, conditions_offered=[])
    client = sign_in(coach)
    page = text(client.get(for_person(person)))
    assert "Vilt maken" in page
    assert "Zoek het uit" in page
    page = text(client.get(for_person(person) + "?wijziging=1"))
    assert "+2" in page
    assert "Ook de middagen" in page
    opened = Position.objects.filter(dayparts_asked=AFTERNOONS)
    assert all(f'href="{for_pair(person, one)}"' in page for one in opened)


def test_a_change_that_opens_much_names_the_first_and_counts_the_rest(person, work, coach, sign_in):
    WorkFactory.create_batch(8, bureau=work.bureau, dayparts_asked=AFTERNOONS, conditions_offered=[])
    page = text(sign_in(coach).get(for_person(person) + "?wijziging=1"))
    assert "en nog 3 werkplekken" in page


def test_work_tells_which_of_its_terms_keeps_people_out_and_leads_to_them(person, work, coach, sign_in):
    Intake.objects.filter(candidate=person).update(hours_now=4)
    client = sign_in(coach)
    assert "Zoek het uit" in text(client.get(for_work(work)))
    page = text(client.get(for_work(work) + "?tegen=1", headers={"HX-Request": "true"}))
    assert "<html" not in page
    assert "8 tot 16 uur per week." in page
    assert "punt=hours" in page
    page = text(client.get(for_work(work) + "?toon=net-niet&punt=hours"))
    assert "Noor P." in page
    assert "Alleen wie botst op: uren." in page
    assert "Noor P." not in text(client.get(for_work(work) + "?toon=net-niet&punt=dayparts"))


def test_htmx_gets_only_the_part_about_changes(person, work, coach, sign_in):
    response = sign_in(coach).get(for_person(person) + "?wijziging=1", headers={"HX-Request": "true"})
    assert "<html" not in text(response)
    assert 'id="wijziging"' in text(response)


def test_without_an_intake_the_page_says_where_to_begin(work, coach, sign_in):
    person = PersonFactory(bureau=work.bureau, coach=coach)
    assert "Begin de intake" in text(sign_in(coach).get(for_person(person)))


def test_side_by_side_shows_both_texts_and_proposes(person, work, coach, sign_in):
    client = sign_in(coach)
    page = text(client.get(for_pair(person, work)))
    assert "Nu 8 uur per week." in page
    assert "8 tot 16 uur per week." in page
    assert "Stel voor" in page
    response = client.post(
        reverse("matching:propose"), {"candidate": person.pk, "position": work.pk, "note": "Leuk"}
    )
    match = Match.objects.get()
    assert response["Location"] == reverse("matching:match", args=[match.pk])
    assert match.frozen["rules_version"] == "1"


def test_a_must_that_clashes_asks_for_a_reason_and_keeps_what_was_typed(person, work, coach, sign_in):
    Intake.objects.filter(candidate=person).update(dayparts=AFTERNOONS)
    client = sign_in(coach)
    assert "Dagdelen botst. Waarom kan het toch?" in text(client.get(for_pair(person, work)))
    post = {
        "candidate": person.pk,
        "position": work.pk,
        "note": "Belangrijke toelichting",
        "overrule_dayparts": "",
    }
    refused = client.post(reverse("matching:propose"), post)
    assert refused.status_code == 409
    assert "Belangrijke toelichting" in text(refused)
    assert not Match.objects.exists()
    client.post(reverse("matching:propose"), post | {"overrule_dayparts": "De werkgever schuift mee"})
    assert Match.objects.get().overrules == {"dayparts": "De werkgever schuift mee"}


def test_a_connector_reads_the_reasons_and_cannot_propose(person, work, connector, sign_in):
    Candidate.objects.filter(pk=person.pk).update(connector=connector)
    page = text(sign_in(connector).get(for_pair(person, work)))
    assert "Nu 8 uur per week." in page
    assert 'form="voorstel"' not in page
    assert "Een coach of de bureauleider stelt iemand voor." in page


def test_what_keeps_somebody_safe_cannot_be_overruled(person, work, coach, sign_in):
    SafetyRemark.objects.create(
        bureau=work.bureau, candidate=person, employer=work.employer, text="niet bij Kees"
    )
    client = sign_in(coach)
    page = text(client.get(for_pair(person, work)))
    assert "Deze werkplek kan niet" in page
    assert "Kees" not in page
    assert 'form="voorstel"' not in page
    client.post(
        reverse("matching:propose"), {"candidate": person.pk, "position": work.pk, "overrule_safety": "toch"}
    )
    assert not Match.objects.exists()


def test_a_pair_in_talks_leads_to_its_proposal(person, work, coach, sign_in):
    match = MatchFactory(bureau=work.bureau, candidate=person, position=work)
    page = text(sign_in(coach).get(for_pair(person, work)))
    assert reverse("matching:match", args=[match.pk]) in page
    assert 'form="voorstel"' not in page


def test_work_that_is_not_open_can_be_read_but_not_proposed_for(person, work, coach, sign_in):
    Position.objects.filter(pk=work.pk).update(status="draft")
    client = sign_in(coach)
    assert "Deze werkplek is niet open" in text(client.get(for_work(work)))
    assert 'form="voorstel"' not in text(client.get(for_pair(person, work)))


@pytest.mark.parametrize("page", [for_person, lambda person: None])
def test_reading_about_a_person_leaves_a_line(page, person, work, coach, sign_in):
    url = page(person) or for_pair(person, work)
    sign_in(coach).get(url)
    assert Reading.objects.filter(candidate_id=person.pk, actor_id=coach.pk, what="work").count() == 1


@pytest.mark.parametrize("many", [2, 30])
def test_the_lists_cost_the_same_for_few_and_for_many(
    many, person, work, coach, area, sign_in, count_queries
):
    for number in range(many):
        give(PersonFactory(bureau=work.bureau, coach=coach, area=area, first_name=f"Persoon{number}"))
        WorkFactory(bureau=work.bureau, conditions_offered=[], location=work.location, employer=work.employer)
    client = sign_in(coach)
    for url in (
        for_work(work),
        for_work(work) + "?tegen=1",
        for_person(person),
        for_person(person) + "?wijziging=1",
    ):
        client.get(url)
        assert count_queries(lambda url=url: client.get(url)) <= QUERIES + OF_THE_TEST, url
        assert len(client.get(url).content) <= KILOBYTES * 1024
