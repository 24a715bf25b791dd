"""Who somebody is never changes an answer or the order: from the rows in the database to the bytes on the page."""

from __future__ import annotations

import re
from datetime import date
from itertools import chain

import pytest
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buurtbaan.scope import Scope, scoped
from candidates.models import Candidate, Intake, Organisation
from employers.models import Position
from matching import judge
from matching.facts import FIELDS
from matching.freeze import freeze
from matching.gather import with_place
from matching.judge import Show
from matching.rules import canonical
from matching.rules.about import NOT_READ
from matching.suggest import candidates_for, positions_for
from tests.matching.factories import PersonFactory, WorkFactory
from tests.matching.suggestions.making import AFTERNOONS, give

PROTECTED = frozenset(chain.from_iterable(NOT_READ.values()))
INPUTS = {"postcode", "area", *chain.from_iterable(FIELDS.values())}
EVIDENCE = {"started_on", "completed_on", "provenance"}
"""Who noted it, and when."""
WHO_IS_LISTED = {
    "id", "bureau", "candidate", "stage", "coach", "connector", "entered_on", "last_proposed_on", "leaving_on",
}  # fmt: skip
"""Which people a list holds for whom, and who waits longest."""
KEEPING = {
    "last_contact_on", "call_back_on", "closed_on", "closed_reason", "retain_until", "key", "import_key", "created_at",
    "updated_at", "updated_by",
}  # fmt: skip


def columns(model):
    return {field.name: field for field in model._meta.concrete_fields}


def test_every_column_is_either_an_input_or_never_read():
    """A new column does not slip in: say here, and on the page that explains the rules, what it is."""
    known = [PROTECTED, INPUTS, EVIDENCE, WHO_IS_LISTED, KEEPING]
    for name in columns(Candidate) | columns(Intake):
        assert sum(name in kind for kind in known) == 1, name


def test_the_queries_read_no_other_tables_and_no_other_columns():
    tables = {
        table for query in (judge.PEOPLE, judge.WORK) for table in re.findall(r"(?:FROM|JOIN) (\w+)", query)
    }
    assert tables == {
        "candidates_candidate", "candidates_intake", "bureaus_area", "bureaus_postcode", "matching_match",
        "employers_position", "employers_employer", "employers_location", "safety_pairs", "matching_placement",
    }  # fmt: skip
    read = {name.removesuffix("_id") for name in re.findall(r"\b(?:person|told)\.(\w+)", judge.PEOPLE)}
    assert read <= INPUTS | WHO_IS_LISTED


def values_of(field):
    """Anything that a column may hold."""
    match field:
        case models.ForeignKey():
            return st.booleans()
        case models.DateField():
            return st.dates(date(1930, 1, 1), date(2008, 1, 1))
        case models.PositiveSmallIntegerField():
            return st.integers(1930, 2008)
        case models.CharField() | models.TextField() if field.choices:
            return st.sampled_from([code for code, _label in field.choices])
        case models.CharField() | models.TextField():
            return st.sampled_from(["Fatima", "Jan", "Mohammed", "Li", "ziek", "moslim"])
    return st.just([])


CHANGES = st.fixed_dictionaries(
    {name: values_of((columns(Candidate) | columns(Intake))[name]) for name in sorted(PROTECTED)}
)


def bytes_of(person, work, coach):
    """All that a coach can see about this person and this work: both lists, all answers, reasons, order, changes."""
    with scoped(Scope.for_membership(coach)):
        people = candidates_for(with_place(Position.objects.filter(pk=work.pk)).get(), coach, show=Show.ALL)
        jobs = positions_for(
            Candidate.objects.select_related("area").get(pk=person.pk), coach, show=Show.ALL, changes=True
        )
        lines = [
            [line.candidate.pk, line.answers, canonical.to_plain(line.explanation)] for line in people.lines
        ]
        lines += [[line.position.pk, canonical.to_plain(line.explanation)] for line in jobs.lines]
        changes = [canonical.to_plain(change) for change in jobs.changes]
        counts = [people.counts, jobs.counts]
        return canonical.to_bytes(canonical.to_plain([lines, changes, counts, freeze(person, work)]))


@pytest.mark.django_db
@settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES)
def test_flipping_every_protected_trait_leaves_the_bytes_as_they_were(changes, person, work, coach, area):
    if not Organisation.objects.exists():
        Organisation.objects.create(bureau=work.bureau, name="Moskee in de buurt", kind="community_centre")
        give(PersonFactory(bureau=work.bureau, coach=coach, area=area))
        WorkFactory.create_batch(2, bureau=work.bureau, dayparts_asked=AFTERNOONS, conditions_offered=[])
    before = bytes_of(person, work, coach)
    changes = {**changes, "source_organisation": Organisation.objects.first()}
    for model, which in ((Candidate, {"pk": person.pk}), (Intake, {"candidate": person})):
        mine = {name: value for name, value in changes.items() if name in columns(model)}
        assert model.objects.filter(**which).update(**mine) == 1
    assert bytes_of(person, work, coach) == before
