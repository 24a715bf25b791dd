"""Somebody we may know already: what looks alike, what sounds alike, and what is nobody's business."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection

from buurtbaan.bureaus.enums import Role
from buurtbaan.scope import Scope, scoped
from candidates.doubles import Double, find_doubles
from candidates.models import Candidate
from tests.candidates.factories import CandidateFactory


@pytest.fixture
def fatima(coach: Any) -> Candidate:
    return CandidateFactory(
        bureau=coach.bureau,
        first_name="Fatima",
        infix="van der",
        last_name="Berg",
        birth_year=1988,
        phone="+31612345678",
        email="Fatima@voorbeeld.example",
    )


@pytest.fixture
def inside(coach: Any) -> Iterator[Any]:
    """The coach, with what the coach may see."""
    with scoped(Scope.for_membership(coach)):
        yield coach


def doubles(by: Any, first: str, infix: str = "", last: str = "", **more: Any) -> list[Double]:
    return find_doubles(membership=by, first_name=first, infix=infix, last_name=last, **more)


def sounds(name: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name_sounds(%s)", [name])
        return cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("youssef", "jusuf"),
        ("rachid", "rashid"),
        ("ahmed", "ahmet"),
        ("mohammed", "muhammad"),
        ("aisha", "aicha"),
        ("meijer", "meyer"),
        ("jansen", "janssen"),
        ("schouten", "shouten"),
        ("visser", "fisser"),
        ("djamila", "jamila"),
        ("khalid", "kalid"),
        ("de vries", "vriez"),
        ("sylvia", "silvia"),
        ("yakub", "yakup"),
    ],
)
def test_two_spellings_that_sound_alike(one: str, other: str) -> None:
    assert sounds(one) == sounds(other)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("one", "other"),
    [("fatima", "farida"), ("farid", "farida"), ("jan", "jaap"), ("yildiz", "yilmaz"), ("أمينة", "أمين")],
)
def test_two_names_that_do_not(one: str, other: str) -> None:
    assert sounds(one) != sounds(other)


def test_a_name_almost_the_same_is_found(fatima: Candidate, inside: Any) -> None:
    found = doubles(inside, "Fatma", "van de", "Bergh")
    assert [(double.candidate, double.why) for double in found] == [(fatima, "naam lijkt erop")]


def test_a_name_that_is_written_otherwise_and_sounds_the_same_is_found(coach: Any, inside: Any) -> None:
    youssef = CandidateFactory(bureau=coach.bureau, first_name="Youssef", last_name="Chaib")
    CandidateFactory(bureau=coach.bureau, first_name="Jozef", last_name="Bakker")
    found = doubles(inside, "Jusuf", last="Shayb")
    assert [(double.candidate, double.why) for double in found] == [(youssef, "naam klinkt hetzelfde")]


def test_a_third_name_hides_nobody(coach: Any, inside: Any) -> None:
    zahra = CandidateFactory(bureau=coach.bureau, first_name="Fatima Zahra", last_name="Bouchikhi")
    assert [double.candidate for double in doubles(inside, "Fatma", last="Boushiki")] == [zahra]


def test_a_lone_first_name_finds_the_longer_name(fatima: Candidate, inside: Any) -> None:
    assert doubles(inside, "Fatima")
    assert not doubles(inside, "Farida")


def test_another_year_of_birth_is_another_person_unless_the_phone_agrees(
    fatima: Candidate, inside: Any
) -> None:
    name = ("Fatima", "van der", "Berg")
    assert not doubles(inside, *name, birth_year=1960)
    assert doubles(inside, *name, birth_year=1960, phone="+31612345678")
    assert "zelfde geboortejaar" in doubles(inside, *name, birth_year=1988)[0].why


def test_a_guessed_year_takes_nobody_off_who_may_fit(fatima: Candidate, inside: Any) -> None:
    name = ("Fatima", "van der", "Berg")
    assert doubles(inside, *name, birth_year=1983, birth_spread=5)
    assert not doubles(inside, *name, birth_year=1970, birth_spread=5)
    Candidate.objects.filter(pk=fatima.pk).update(birth_year=1975, birth_spread=10)
    assert doubles(inside, *name, birth_year=1985)
    assert not doubles(inside, *name, birth_year=1990)


def test_the_year_of_birth_brings_the_right_namesake_on_top(coach: Any, inside: Any) -> None:
    for year in range(1960, 1990):
        CandidateFactory(bureau=coach.bureau, first_name="Jan", last_name="de Boer", birth_year=year)
    CandidateFactory(bureau=coach.bureau, first_name="Jan", last_name="de Boer", birth_year=None)
    found = doubles(inside, "Jan", last="de Boer", birth_year=1975)
    assert found[0].candidate.birth_year == 1975
    assert len(found) == 4


@pytest.mark.parametrize("given", [{"phone": "+31612345678"}, {"email": "fatima@VOORBEELD.example"}])
def test_a_number_or_an_address_finds_somebody_with_another_name(
    fatima: Candidate, inside: Any, given: dict[str, str]
) -> None:
    (found,) = doubles(inside, "Iemand", last="Anders", **given)
    assert found.why in ("zelfde telefoon", "zelfde e-mail")
    assert doubles(inside, "", **given)


def test_nothing_typed_finds_nobody(fatima: Candidate, inside: Any) -> None:
    CandidateFactory(bureau=inside.bureau, first_name="Jo", last_name="", phone="", email="")
    assert not doubles(inside, "")
    assert not doubles(inside, "Jo")


def test_nobody_of_another_bureau_is_a_double(fatima: Candidate, member: Any, other_bureau: Any) -> None:
    stranger = member(Role.COACH, bureau=other_bureau)
    with scoped(Scope.for_membership(stranger)):
        assert not doubles(stranger, "Fatima", "van der", "Berg", phone=fatima.phone)
        with connection.cursor() as cursor:
            asked = [fatima.bureau_id, "fatima van der berg", False, fatima.phone, "", None, 0]
            cursor.execute("SELECT * FROM people_alike(%s, %s, %s, %s, %s, %s, %s)", asked)
            assert cursor.fetchall() == []


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.EMPLOYER, Role.MUNICIPALITY, Role.PLATFORM])
def test_a_role_that_sees_no_people_learns_nothing_from_the_function(fatima: Candidate, role: Role) -> None:
    with scoped(Scope(role=role, home=(fatima.bureau_id,))), connection.cursor() as cursor:
        asked = [fatima.bureau_id, "fatima van der berg", False, fatima.phone, "", None, 0]
        cursor.execute("SELECT * FROM people_alike(%s, %s, %s, %s, %s, %s, %s)", asked)
        assert cursor.fetchall() == []


def test_looking_for_doubles_reads_the_indexes_and_not_the_people(coach: Any) -> None:
    """The parts of `people_alike` as the planner sees them: no scan of the table or of the whole bureau."""
    names = (f"{sha256(bytes([n % 250, n // 250])).hexdigest()[:9]} {n % 97}" for n in range(3000))
    Candidate.objects.bulk_create(
        Candidate(bureau=coach.bureau, first_name=name, search_name=name) for name in names
    )
    here = f"bureau_id = {coach.bureau_id}::bigint"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT gin_clean_pending_list('candidate_looks_alike'), gin_clean_pending_list('candidate_sounds_alike')"
        )
        cursor.execute("ANALYZE candidates_candidate")
        for index, condition in (
            ("candidate_looks_alike", "search_name % 'fatima van der berg'"),
            ("candidate_sounds_alike", "name_sounds(search_name) @> '{ftm,brk}'"),
            ("candidate_by_phone", "phone = '+31612345678' AND phone <> ''"),
            ("candidate_by_email", "upper(email) = 'A@B.EXAMPLE' AND email <> ''"),
        ):
            cursor.execute(f"EXPLAIN SELECT id FROM candidates_candidate WHERE {here} AND {condition}")
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert index in plan, plan
