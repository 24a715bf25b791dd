"""Taking over: all or nothing, nothing twice, and nothing in another bureau."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from buurtbaan.audit.models import Change
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.scope import Scope, scoped
from candidates.models import Candidate, Consent, Conversation, Intake, Measurement, Organisation, StageChange
from employers.models import Contact, Employer, Location, Position
from matching.models import CheckIn, HoursStep, Placement
from matching.workbook.columns import Sheet
from matching.workbook.errors import WorkbookRefused
from matching.workbook.importing import ImportResult, aftermath, preview, take_over
from tests.bureaus.factories import AreaFactory, MembershipFactory, UserFactory
from tests.matching.workbook.books import book
from tests.matching.workbook.messy import messy_workbook

TODAY = date(2026, 11, 20)
MODELS = (
    Candidate, Intake, StageChange, Organisation, Employer, Location, Contact, Position, Placement, HoursStep,
    CheckIn, Conversation, Measurement,
)  # fmt: skip
PERSON = ["Voornaam", "Tussenvoegsel", "Achternaam", "Geb.datum", "Tel.", "E-mail"]
JAN = ["Jan", "van der", "Berg", "3-11-1985", "06 12345678", "jan@voorbeeld.nl"]
ELS = ["Els", None, "Bakker", 1990, "+31 6 87654321", None]


def do(bureau: Bureau, sheets: dict[str, list[list[Any]]], **options: Any) -> ImportResult:
    options.setdefault("today", TODAY)
    return take_over(book(sheets), bureau=bureau, **options)


def census(bureau: Bureau) -> dict[str, int]:
    return {model.__name__: model._default_manager.filter(bureau=bureau).count() for model in MODELS}


def counts(result: ImportResult, sheet: Sheet) -> tuple[int, int, int, int]:
    count = result.sheets[sheet.value]
    return count.read, count.created, count.updated, count.skipped


def placed(bureau: Bureau, **extra: Any) -> dict[str, list[list[Any]]]:
    """Jan works at De Brug since the beginning of the year."""
    return {
        "Kandidaten": [PERSON, JAN],
        "Plaatsingen": [
            ["Kandidaat", "Werkgever", "Functie", "Werkvorm", "Start", "Uren per week", *extra],
            ["Jan van der Berg", "De Brug", "Koken", "werkervaringsplaats", "5-1-2026", "8", *extra.values()],
        ],
    }


def test_a_whole_workbook_goes_in(bureau: Bureau) -> None:
    coach = MembershipFactory(role=Role.COACH, bureau=bureau, user=UserFactory(name="Cor de Coach"))
    area = AreaFactory(municipality=bureau.municipality, name="Moerbuurt", postcodes=["2531"])
    header = [
        *PERSON,
        "Postcode",
        "Buurt",
        "Coach",
        "Datum intake",
        "Herkomst",
        "Via organisatie",
        "Uren nu",
        "Student",
    ]
    jan = [
        *JAN,
        "2531 ab",
        "moerbuurt",
        "cor de coach",
        "1-2-2026",
        "Buurthuis",
        "Buurthuis Zuid",
        "8-12",
        "x",
    ]
    result = do(
        bureau,
        {
            "Kandidaten": [header, jan, [*ELS, "2531", None, "Niemand", None, "inloop", None, None, "nee"]],
            "Werkgevers": [
                ["Naam", "Contactpersoon", "Tel", "Adres", "Postcode"],
                ["De Brug", "Bo", "0703123456", "Kade 1", "2531AB"],
            ],
            "Werkplekken": [
                ["Werkgever", "Functie", "Werkvorm", "Uren per week", "Aantal"],
                ["DE BRUG", "Koken", "Vrijwilligerswerk", "4-16", 2],
            ],
            "Plaatsingen": [
                ["Kandidaat", "Werkgever", "Functie", "Start", "Uren per week"],
                ["van der Berg, Jan", "de brug", "koken", "2-3-2026", "8 uur"],
            ],
            "Urenstappen": [
                ["Kandidaat", "Vanaf", "Uren", "Reden"],
                ["Jan van der Berg", "1-6-2026", 12, "meer zin"],
            ],
            "Gesprekken": [
                ["Kandidaat", "Datum", "Soort", "Verslag", "Door"],
                ["Els Bakker", "7-7-2026", "telefoon", "=mooi", "Cor"],
            ],
            "Metingen": [
                ["Voornaam", "Achternaam", "Datum", "Trede", "Groeipotentieel"],
                ["Els", "Bakker", "7-7-2026", 2, "4"],
            ],
        },
    )
    assert result.committed
    assert result.problems == []
    candidate = Candidate.objects.get(first_name="Jan")
    assert (candidate.infix, candidate.last_name, candidate.search_name) == (
        "van der",
        "Berg",
        "jan van der berg",
    )
    assert (candidate.birth_date, candidate.phone, candidate.postcode) == (
        date(1985, 11, 3),
        "+31612345678",
        "2531AB",
    )
    assert (candidate.coach, candidate.area, candidate.source) == (coach, area, "organisation")
    assert candidate.source_organisation is not None
    assert candidate.source_organisation.kind == "community_centre"
    assert (candidate.stage, candidate.entered_on, candidate.resident_kind) == (
        "working",
        date(2026, 2, 1),
        "student",
    )
    assert (candidate.intake.hours_now, candidate.intake.hours_wished, candidate.intake.completed_on) == (
        8,
        12,
        date(2026, 2, 1),
    )
    moves = [
        (change.from_stage, change.to_stage)
        for change in StageChange.objects.filter(candidate=candidate).order_by("pk")
    ]
    assert moves == [("", "met"), ("met", "searching"), ("searching", "working")]
    els = Candidate.objects.get(first_name="Els")
    assert (els.birth_date, els.birth_year, els.stage, els.coach) == (None, 1990, "met", None)
    assert (els.entered_on, els.last_contact_on) == (date(2026, 7, 7), date(2026, 7, 7))
    placement = Placement.objects.get()
    assert (placement.employer.name, placement.form, placement.shared_name) == (
        "De Brug",
        "volunteering",
        "Jan",
    )
    assert placement.position is not None
    assert (placement.position.title, placement.position.status, placement.position.places) == (
        "Koken",
        "draft",
        2,
    )
    assert placement.position.location == Location.objects.get()
    assert placement.in_neighbourhood is True
    steps = [(s.hours, s.during.lower, s.during.upper) for s in HoursStep.objects.order_by("during")]
    assert steps == [(8, date(2026, 3, 2), date(2026, 6, 1)), (12, date(2026, 6, 1), None)]
    assert [c.due_on >= TODAY for c in CheckIn.objects.all()] == [True]
    conversation = Conversation.objects.get()
    assert (conversation.kind, conversation.text, conversation.by) == ("phone", "=mooi", coach)
    assert Measurement.objects.get().potential == 4
    assert Contact.objects.get().phone == "+31703123456"
    (note,) = [note for note in result.notes if note.value == "Niemand"]
    assert "blijft leeg" in note.reason


def test_a_preview_tells_the_same_and_writes_nothing(bureau: Bureau) -> None:
    before = census(bureau)
    told = preview(book(placed(bureau)), bureau=bureau, today=TODAY)
    assert not told.committed
    assert census(bureau) == before
    done = do(bureau, placed(bureau))
    assert told.sheets == done.sheets
    assert told.notes == done.notes


def test_the_same_workbook_twice_makes_nothing_twice(bureau: Bureau) -> None:
    messy = messy_workbook(150, seed=3, today=TODAY)
    first = take_over(BytesIO(messy.content), bureau=bureau, today=TODAY, skip_bad_rows=True)
    after = census(bureau)
    second = take_over(BytesIO(messy.content), bureau=bureau, today=TODAY, skip_bad_rows=True)
    assert first.created > 250
    assert (second.created, second.updated) == (0, 0)
    assert census(bureau) == after
    assert {p.row for p in first.problems} == {p.row for p in second.problems}
    for name, count in second.sheets.items():
        assert count.read == first.sheets[name].read == count.skipped


def test_what_somebody_corrected_since_stays_when_the_workbook_says_nothing_new(bureau: Bureau) -> None:
    do(bureau, {"Kandidaten": [PERSON, JAN]})
    Candidate.objects.update(
        first_name="Johan", search_name="johan van der berg", phone="+31611111111", postcode="2533"
    )
    result = do(bureau, {"Kandidaten": [PERSON, JAN]})
    assert counts(result, Sheet.CANDIDATES) == (1, 0, 0, 1)
    assert Candidate.objects.get().phone == "+31611111111"


def test_a_changed_row_updates_and_an_empty_cell_erases_nothing(bureau: Bureau) -> None:
    header = [*PERSON, "Postcode", "Uren nu"]
    do(bureau, {"Kandidaten": [header, [*JAN, "2531", 8]]})
    result = do(bureau, {"Kandidaten": [header, [*JAN, None, 12]]})
    assert counts(result, Sheet.CANDIDATES) == (1, 0, 1, 0)
    candidate = Candidate.objects.get()
    assert candidate.postcode == "2531"
    assert candidate.intake.hours_now == 12


def test_a_new_phone_number_finds_the_same_person_by_birth_date(bureau: Bureau) -> None:
    do(bureau, {"Kandidaten": [PERSON, JAN]})
    result = do(bureau, {"Kandidaten": [PERSON, [*JAN[:4], "06 55554444", None]]})
    assert counts(result, Sheet.CANDIDATES) == (1, 0, 1, 0)
    assert Candidate.objects.get().phone == "+31655554444"


def test_somebody_the_bureau_met_itself_is_found_and_not_made_again(bureau: Bureau) -> None:
    Candidate.objects.create(
        bureau=bureau,
        first_name="jan",
        infix="van der",
        last_name="berg",
        search_name="jan van der berg",
        phone="+31612345678",
    )
    result = do(bureau, {"Kandidaten": [PERSON, JAN]})
    assert counts(result, Sheet.CANDIDATES) == (1, 0, 1, 0)
    assert Candidate.objects.get().birth_date == date(1985, 11, 3)


def test_a_namesake_on_file_is_a_possible_double_and_both_stay(bureau: Bureau) -> None:
    Candidate.objects.create(
        bureau=bureau, first_name="Jan", infix="van der", last_name="Berg", search_name="jan van der berg"
    )
    result = do(bureau, {"Kandidaten": [PERSON, JAN]})
    assert Candidate.objects.count() == 2
    (double,) = result.doubles
    assert (double.row, double.other_row, double.other_name) == (2, None, "Jan van der Berg")
    assert result.sheets["Kandidaten"].doubles == 1


def test_possible_doubles_in_the_workbook_both_go_in_once(bureau: Bureau) -> None:
    rows = {"Kandidaten": [PERSON, JAN, ["JAN", *JAN[1:4], "06 12345679", None]]}
    assert len(do(bureau, rows).doubles) == 1
    assert Candidate.objects.count() == 2
    again = do(bureau, rows)
    assert (again.created, again.updated) == (0, 0)
    assert Candidate.objects.count() == 2


def test_bad_rows_hold_everything_back_unless_they_may_be_skipped(bureau: Bureau) -> None:
    rows = {"Kandidaten": [PERSON, JAN, [*ELS[:3], "31-2-1990", None, None]]}
    held = do(bureau, rows)
    assert not held.committed
    assert held.bad == 1
    assert Candidate.objects.count() == 0
    done = do(bureau, rows, skip_bad_rows=True)
    assert done.committed
    assert counts(done, Sheet.CANDIDATES) == (2, 1, 0, 1)
    assert Candidate.objects.get().first_name == "Jan"


def test_a_fault_in_the_middle_leaves_nothing_behind(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(ground: Any) -> None:
        raise RuntimeError("stroom weg")

    monkeypatch.setattr(aftermath, "stages_follow", broken)
    before = census(bureau)
    with pytest.raises(RuntimeError):
        do(bureau, placed(bureau))
    assert census(bureau) == before


def test_a_refused_file_leaves_nothing_behind(bureau: Bureau) -> None:
    with pytest.raises(WorkbookRefused):
        take_over(BytesIO(b"naam;adres"), bureau=bureau)


def test_consent_is_kept_as_the_bureau_noted_it(bureau: Bureau) -> None:
    header = [*PERSON, "Toestemming"]
    rows = {"Kandidaten": [header, [*JAN, "ja"], [*ELS, None], ["Bo", None, "Nee", 1970, None, None, "nee"]]}
    result = do(bureau, rows, skip_bad_rows=True)
    consent = Consent.objects.get()
    assert (consent.candidate.first_name, consent.purpose, consent.text_version) == (
        "Jan",
        "record",
        "werkboek",
    )
    (problem,) = result.problems
    assert "Zonder toestemming" in problem.reason
    assert any("toestemming" in note.reason for note in result.notes)
    Consent.objects.update(withdrawn_at=timezone.now())
    do(bureau, {"Kandidaten": [[*header, "Postcode"], [*JAN, "ja", "2531"]]})
    assert Consent.objects.filter(withdrawn_at=None).count() == 0


def test_an_import_never_touches_another_bureau(bureau: Bureau, other_bureau: Bureau) -> None:
    do(other_bureau, placed(other_bureau))
    before = census(other_bureau)
    stamps = list(Candidate.objects.filter(bureau=other_bureau).values_list("updated_at"))
    result = do(bureau, placed(bureau))
    assert counts(result, Sheet.CANDIDATES) == (1, 1, 0, 0)
    assert result.doubles == []
    assert census(other_bureau) == before
    assert list(Candidate.objects.filter(bureau=other_bureau).values_list("updated_at")) == stamps
    with scoped(Scope.for_bureau(bureau)):
        assert Candidate.objects.count() == 1


def test_every_row_leaves_an_audit_line_with_who_did_it(bureau: Bureau, manager: Membership) -> None:
    do(bureau, {"Kandidaten": [PERSON, JAN]}, by=manager)
    line = Change.objects.get(table="candidates_candidate", action="INSERT")
    assert (line.actor_id, line.role, line.reason) == (manager.pk, "manager", "import")
    assert line.candidate_id == Candidate.objects.get().pk


def test_somebody_who_is_nowhere_is_named_in_the_other_sheets(bureau: Bureau) -> None:
    result = do(
        bureau,
        {
            "Kandidaten": [PERSON, [*JAN[:3], "31-2-1985", None, None], ELS],
            "Metingen": [
                ["Naam", "Geboortejaar", "Datum", "Trede"],
                ["Jan van der Berg", None, "1-10-2026", 2],
                ["Nie Mand", None, "1-10-2026", 2],
                ["Els Bakker", 1991, "1-10-2026", 2],
                ["Els Bakker", 1990, "1-10-2026", 3],
            ],
        },
        skip_bad_rows=True,
    )
    told = {p.row: p.reason for p in result.problems if p.sheet == "Metingen"}
    assert "rij 2 van Kandidaten" in told[2]
    assert "niet op Kandidaten" in told[3]
    assert "andere geboortedatum" in told[4]
    assert counts(result, Sheet.MEASUREMENTS) == (4, 1, 0, 3)


def test_two_people_with_one_name_need_a_birth_date(bureau: Bureau) -> None:
    people = [PERSON, JAN, [*JAN[:3], "4-4-1970", None, None]]
    rows = [["Naam", "Geboortedatum", "Datum", "Trede"], ["Jan van der Berg", None, "1-10-2026", 2]]
    result = do(
        bureau,
        {"Kandidaten": people, "Metingen": [*rows, ["Jan van der Berg", "4-4-1970", "1-10-2026", 3]]},
        skip_bad_rows=True,
    )
    (problem,) = result.problems
    assert "geboortedatum erbij" in problem.reason
    assert Measurement.objects.get().candidate.birth_date == date(1970, 4, 4)


def test_an_employer_by_another_spelling_is_the_same_in_other_sheets(bureau: Bureau) -> None:
    do(bureau, {"Werkgevers": [["Naam"], ["De Brug B.V."]], **placed(bureau)})
    assert Employer.objects.get().name == "De Brug B.V."


def test_employers_that_differ_in_a_legal_form_are_shown(bureau: Bureau) -> None:
    result = do(bureau, {"Werkgevers": [["Naam"], ["De Brug"], ["De Brug BV"], ["de brug"]]})
    assert {(d.row, d.other_row) for d in result.doubles} == {(3, 2), (4, 2)}
    assert Employer.objects.count() == 2
    assert counts(result, Sheet.EMPLOYERS) == (3, 2, 0, 1)


def test_an_employer_that_only_a_placement_names_is_made_with_a_note(bureau: Bureau) -> None:
    result = do(bureau, placed(bureau))
    assert Employer.objects.get().name == "De Brug"
    assert {note.value for note in result.notes} == {"De Brug", "Koken", ""}


def test_paid_work_has_a_contract(bureau: Bureau) -> None:
    sheets = placed(bureau)
    sheets["Plaatsingen"][1][3] = "reguliere baan"
    result = do(bureau, sheets)
    placement = Placement.objects.get()
    assert (placement.employer_of_record, placement.contract_on) == ("De Brug", date(2026, 1, 5))
    assert any("contract" in note.reason for note in result.notes)


@pytest.mark.parametrize(
    ("reason", "kind", "destination", "note"),
    [
        ("ander werk gevonden", "other_work", "regular_job", "ander werk gevonden"),
        ("te ziek", "health", "care", ""),
        ("zomaar", "other", "unknown", "zomaar"),
        (None, "other", "unknown", ""),
    ],
)
def test_an_end_in_the_past_has_a_reason_and_keeps_no_illness(
    bureau: Bureau, reason: str | None, kind: str, destination: str, note: str
) -> None:
    do(bureau, placed(bureau, Eind="1-6-2026", Reden=reason))
    placement = Placement.objects.get()
    assert (placement.ended_on, placement.ends_on) == (date(2026, 6, 1), None)
    assert (placement.end_reason, placement.destination, placement.end_note) == (kind, destination, note)
    assert HoursStep.objects.get().during.upper == date(2026, 6, 2)
    assert Candidate.objects.get().stage == "searching"
    assert CheckIn.objects.count() == 0


def test_a_placement_that_ended_since_ends(bureau: Bureau) -> None:
    do(bureau, placed(bureau, Eind=None))
    assert CheckIn.objects.count() == 1
    result = do(bureau, placed(bureau, Eind="1-11-2026"))
    assert counts(result, Sheet.PLACEMENTS) == (1, 0, 1, 0)
    assert Placement.objects.get().ended_on == date(2026, 11, 1)
    assert HoursStep.objects.get().during.upper == date(2026, 11, 2)
    assert CheckIn.objects.count() == 0
    assert Candidate.objects.get().stage == "searching"


def test_more_people_than_places_makes_room(bureau: Bureau) -> None:
    placements = [["Kandidaat", "Werkgever", "Functie", "Start"]]
    placements += [[name, "De Brug", "Koken", "5-1-2026"] for name in ("Jan van der Berg", "Els Bakker")]
    sheets = {
        "Kandidaten": [PERSON, JAN, ELS],
        "Werkplekken": [
            ["Werkgever", "Functie", "Werkvorm", "Aantal"],
            ["De Brug", "Koken", "werkervaringsplaats", 1],
        ],
        "Plaatsingen": placements,
    }
    result = do(bureau, sheets)
    assert result.problems == []
    assert Position.objects.get().places == 2
    assert any("2 plekken" in note.reason for note in result.notes)


def test_hours_go_up_and_down_and_never_overlap(bureau: Bureau) -> None:
    steps = [["Kandidaat", "Werkgever", "Vanaf", "Eind", "Uren"]]
    jan = "Jan van der Berg"
    steps += [
        [jan, "De Brug", "1-5-2026", "15-5-2026", 12],
        [jan, "De Brug", "1-3-2026", "1-6-2026", 10],
        [jan, "De Brug", "1-8-2026", None, 6],
    ]
    sheets = {**placed(bureau), "Urenstappen": steps}
    result = do(bureau, sheets)
    assert counts(result, Sheet.HOURS_STEPS) == (3, 3, 0, 0)
    found = [(s.hours, s.during.lower, s.during.upper) for s in HoursStep.objects.order_by("during")]
    assert found == [
        (8, date(2026, 1, 5), date(2026, 3, 1)),
        (10, date(2026, 3, 1), date(2026, 5, 1)),
        (12, date(2026, 5, 1), date(2026, 5, 16)),
        (6, date(2026, 8, 1), None),
    ]
    assert do(bureau, sheets).updated == 0
    steps[1][4] = Decimal(14)
    steps.append([jan, "De Brug", "1-10-2026", None, 20])
    result = do(bureau, sheets)
    assert counts(result, Sheet.HOURS_STEPS) == (4, 1, 1, 2)
    assert [s.hours for s in HoursStep.objects.order_by("during")] == [8, 10, 14, 6, 20]


def test_hours_outside_the_work_are_named(bureau: Bureau) -> None:
    steps = [["Kandidaat", "Werkgever", "Vanaf", "Uren"], ["Jan van der Berg", "De Brug", "1-1-2026", 4]]
    steps += [["Jan van der Berg", "Elders", "1-6-2026", 4]]
    result = do(bureau, {**placed(bureau), "Urenstappen": steps}, skip_bad_rows=True)
    assert [p.row for p in result.problems] == [2, 3]
    assert HoursStep.objects.count() == 1


def test_a_checked_position_is_not_changed_behind_the_bureaus_back(bureau: Bureau) -> None:
    header = ["Werkgever", "Functie", "Werkvorm", "Aantal"]
    do(bureau, {"Werkplekken": [header, ["De Brug", "Koken", "werkervaringsplaats", 1]]})
    Position.objects.update(status="published")
    result = do(bureau, {"Werkplekken": [header, ["De Brug", "Koken", "werkervaringsplaats", 9]]})
    assert counts(result, Sheet.POSITIONS) == (1, 0, 0, 1)
    assert Position.objects.get().places == 1


def test_the_number_of_queries_does_not_grow_with_the_rows(bureau: Bureau) -> None:
    def queries(count: int, letter: str) -> int:
        people = [
            [
                f"{letter}{chr(97 + i % 26)}{chr(97 + i // 26)}",
                None,
                "Proef",
                date(1980, 1, 1) + timedelta(days=i * 7),
                None,
                None,
            ]
            for i in range(count)
        ]
        work = [[f"{row[0]} Proef", "De Brug", "Koken", "5-1-2026", 8] for row in people]
        sheets = {
            "Kandidaten": [PERSON, *people],
            "Plaatsingen": [["Naam", "Werkgever", "Functie", "Start", "Uren"], *work],
        }
        with CaptureQueriesContext(connection) as captured:
            assert do(bureau, sheets).problems == []
        return len(captured)

    queries(1, "Q")
    assert queries(300, "X") <= queries(5, "Y") + 8


@pytest.mark.parametrize("seed", [11, 12])
def test_a_messy_workbook_goes_in_but_for_its_faults(bureau: Bureau, seed: int) -> None:
    messy = messy_workbook(200, seed=seed, today=TODAY)
    result = take_over(BytesIO(messy.content), bureau=bureau, today=TODAY, skip_bad_rows=True)
    named = sorted((p.sheet, p.row, p.column.strip()) for p in result.problems)
    assert named == sorted(messy.expected)
    assert {name: count.created for name, count in result.sheets.items()} == messy.good
    assert Candidate.objects.filter(bureau=bureau).count() == messy.good["Kandidaten"]
