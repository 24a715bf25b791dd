"""How a row of each sheet is read: which columns it must have, and which may not contradict each other."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from matching.workbook.cells import Cells
from matching.workbook.columns import Sheet
from matching.workbook.kinds import parse_conversation_kind, parse_employer_kind, parse_kvk, parse_website
from matching.workbook.rows import (
    CandidateRow,
    ContactRow,
    ConversationRow,
    EmployerRow,
    HoursStepRow,
    LocationRow,
    MeasurementRow,
    PersonRef,
    PlacementRow,
    PositionRow,
    Row,
)
from matching.workbook.values import (
    Hours,
    parse_count,
    parse_email,
    parse_hours,
    parse_line,
    parse_note,
    parse_phone,
    parse_postcode,
    parse_rung,
    parse_source,
    parse_work_form,
    parse_yes_no,
)

LEAST_HOURS = Decimal("0.5")  # hours a week of any work
NAME_MAX = 120
AHEAD = timedelta(days=366)  # a start may lie at most a year ahead
TRIAL = "trial"


def read_row(cells: Cells) -> Row | None:
    """The row as its dataclass, or None when something in it is wrong (see `cells.problems`)."""
    row = _READERS[cells.sheet](cells)
    return None if cells.problems else row


def _candidate(cells: Cells) -> CandidateRow | None:
    name, birth = cells.person()
    now, wished = _capacity(cells)
    row = {
        "postcode": cells.take("postcode", parse_postcode),
        "area": _line(cells, "area", 80),
        "phone": cells.take("phone", parse_phone),
        "email": cells.take("email", parse_email),
        "connector": _line(cells, "connector"),
        "coach": _line(cells, "coach"),
        "source": cells.take("source", parse_source),
        "source_organisation": _line(cells, "source_organisation"),
        "dreams": cells.take("dreams", parse_note, longest=4000),
        "wishes": cells.take("wishes", parse_note, longest=4000),
    }
    entered = cells.day("entered_on", latest=cells.today)
    intake = cells.day("intake_on", latest=cells.today)
    without = cells.day("without_work_since", latest=cells.today)
    student, own_area = cells.take("student", parse_yes_no), cells.take("own_area", parse_yes_no)
    consent = cells.take("consent", parse_yes_no)
    if consent is False:
        cells.fault("consent", _("Zonder toestemming bewaren we niets. Deze persoon gaat niet mee."))
    if name is None:
        return None
    return CandidateRow(
        row=cells.row, name=name, birth=birth, hours_now=now, hours_wished=wished, entered_on=entered,
        intake_on=intake, without_work_since=without, student=student, own_area=own_area, consent=consent,
        **{key: value or "" for key, value in row.items()},
    )  # fmt: skip


def _capacity(cells: Cells) -> tuple[Decimal | None, Decimal | None]:
    """Hours now and wished; `8-12` in the one column means 8 now and, if nothing else is said, 12 later."""
    now: Hours | None = cells.take("hours_now", parse_hours)
    wished: Hours | None = cells.take("hours_wished", parse_hours)
    low = now.low if now else None
    high = wished.high if wished else None
    if now and now.high > now.low and high is None:
        high = now.high
    if low is not None and high is not None and high < low:
        cells.fault("hours_wished", _("De gewenste uren zijn minder dan de uren nu. Klopt dat?"))
    return low, high


def _line(cells: Cells, name: str, longest: int = NAME_MAX) -> str:
    return cells.take(name, parse_line, longest=longest) or ""


def _employer(cells: Cells) -> EmployerRow | None:
    name = cells.need("employer", parse_line, longest=NAME_MAX)
    own = cells.take("own_project", parse_yes_no)
    kind = cells.take("kind", parse_employer_kind)
    row = EmployerRow(
        row=cells.row,
        name=name or "",
        kind="own_project" if own else kind or "",
        sector_name=_line(cells, "sector_name"),
        kvk=cells.take("kvk", parse_kvk) or "",
        contact=_line(cells, "contact"),
        phone=cells.take("phone", parse_phone) or "",
        email=cells.take("email", parse_email) or "",
        address=_line(cells, "address", 160),
        postcode=cells.take("postcode", parse_postcode) or "",
        city=_line(cells, "city", 80),
        website=cells.take("website", parse_website) or "",
    )
    return row if name else None


def _contact(cells: Cells) -> ContactRow | None:
    employer = cells.need("employer", parse_line, longest=NAME_MAX)
    name = cells.need("contact", parse_line, longest=NAME_MAX)
    row = ContactRow(
        row=cells.row,
        employer=employer or "",
        name=name or "",
        task=_line(cells, "task", NAME_MAX),
        phone=cells.take("phone", parse_phone) or "",
        email=cells.take("email", parse_email) or "",
    )
    return row if employer and name else None


def _location(cells: Cells) -> LocationRow | None:
    employer = cells.need("employer", parse_line, longest=NAME_MAX)
    row = LocationRow(
        row=cells.row,
        employer=employer or "",
        name=_line(cells, "name", NAME_MAX),
        address=_line(cells, "address", 160),
        postcode=cells.take("postcode", parse_postcode) or "",
        city=_line(cells, "city", 80),
        accessibility=_line(cells, "accessibility", 200),
    )
    if employer and not (row.name or row.address or row.postcode):
        cells.fault("address", _("Vul een naam, een straat of een postcode in."))
    return row if employer else None


def _position(cells: Cells) -> PositionRow | None:
    employer = cells.need("employer", parse_line, longest=NAME_MAX)
    title = cells.need("title", parse_line, longest=NAME_MAX)
    low, high = _range(cells)
    starts, ends = cells.day("starts"), cells.day("ends")
    _in_order(cells, starts, ends)
    row = PositionRow(
        row=cells.row,
        employer=employer or "",
        title=title or "",
        form=cells.take("form", parse_work_form) or "",
        hours_min=low,
        hours_max=high,
        places=cells.take("places", parse_count),
        growth=cells.take("growth", parse_yes_no),
        starts=starts,
        ends=ends,
        description=cells.take("description", parse_note, longest=4000) or "",
        guide=_line(cells, "guide"),
        location=_line(cells, "location", 370),
    )
    return row if employer and title else None


def _range(cells: Cells) -> tuple[Decimal | None, Decimal | None]:
    """Hours from and to: from two columns, or from one with `8-12`."""
    both: Hours | None = cells.take("hours", parse_hours, least=LEAST_HOURS)
    least: Hours | None = cells.take("hours_min", parse_hours, least=LEAST_HOURS)
    most: Hours | None = cells.take("hours_max", parse_hours, least=LEAST_HOURS)
    low = least.low if least else both.low if both else None
    high = most.high if most else both.high if both else None
    if low is not None and high is not None and high < low:
        cells.fault("hours_max", _("Dit is minder dan het minimum aantal uren."))
    return low, high


def _in_order(cells: Cells, starts: date | None, ends: date | None) -> None:
    if starts and ends and ends < starts:
        cells.fault("ends", _("De einddatum ligt voor de startdatum."))


def _hours(cells: Cells, *, need: bool) -> Decimal | None:
    """Hours a week as one figure; of `8-12` the lowest, with a note."""
    read = cells.need if need else cells.take
    found: Hours | None = read("hours", parse_hours, least=LEAST_HOURS)
    if found and found.high > found.low:
        low = str(found.low.normalize()).replace(".", ",")
        cells.note("hours", _("Gelezen als %(n)s uur per week, het laagste getal.") % {"n": low})
    return found.low if found else None


def _person_ref(cells: Cells) -> PersonRef | None:
    name, birth = cells.person()
    return PersonRef(name=name, birth=birth) if name else None


def _placement(cells: Cells) -> PlacementRow | None:
    person = _person_ref(cells)
    employer = cells.need("employer", parse_line, longest=NAME_MAX)
    starts = cells.day("starts", need=True, latest=cells.today + AHEAD)
    ends = cells.day("ends")
    form = cells.take("form", parse_work_form)
    _in_order(cells, starts, ends)
    if form == TRIAL and ends is None and cells.raw("ends") is None:
        cells.fault("ends", _("Een proefplaatsing heeft een einddatum. Vul hem in."))
    row = {
        "title": _line(cells, "title"),
        "form": form or "",
        "hours": _hours(cells, need=False),
        "reason": _line(cells, "reason", 500),
        "employer_of_record": _line(cells, "employer_of_record", 160),
        "contract_on": cells.day("contract_on"),
    }
    if person is None or starts is None or not employer:
        return None
    return PlacementRow(row=cells.row, person=person, employer=employer, starts=starts, ends=ends, **row)  # type: ignore[arg-type]


def _hours_step(cells: Cells) -> HoursStepRow | None:
    person = _person_ref(cells)
    starts = cells.day("starts", need=True, latest=cells.today + AHEAD)
    ends = cells.day("ends")
    hours = _hours(cells, need=True)
    _in_order(cells, starts, ends)
    employer, title, reason = _line(cells, "employer"), _line(cells, "title"), _line(cells, "reason", 300)
    if person is None or starts is None or hours is None:
        return None
    return HoursStepRow(
        row=cells.row,
        person=person,
        starts=starts,
        ends=ends,
        hours=hours,
        employer=employer,
        title=title,
        reason=reason,
    )


def _conversation(cells: Cells) -> ConversationRow | None:
    person = _person_ref(cells)
    held_on = cells.day("held_on", need=True, latest=cells.today)
    kind = cells.take("kind", parse_conversation_kind)
    minutes = cells.take("minutes", parse_count, most=600)
    text, by = cells.take("text", parse_note, longest=8000), _line(cells, "by")
    if person is None or held_on is None:
        return None
    return ConversationRow(
        row=cells.row,
        person=person,
        held_on=held_on,
        kind=kind or "visit",
        minutes=minutes,
        text=text or "",
        by=by,
    )


def _measurement(cells: Cells) -> MeasurementRow | None:
    person = _person_ref(cells)
    measured_on = cells.day("measured_on", need=True, latest=cells.today)
    rung = cells.need("rung", parse_rung)
    potential = cells.take("potential", parse_rung)
    wellbeing, by = cells.take("wellbeing", parse_note, longest=2000), _line(cells, "by")
    if person is None or measured_on is None or rung is None:
        return None
    return MeasurementRow(
        row=cells.row, person=person, measured_on=measured_on, rung=rung, potential=potential,
        wellbeing=wellbeing or "", by=by,
    )  # fmt: skip


_READERS: dict[Sheet, Callable[[Cells], Row | None]] = {
    Sheet.CANDIDATES: _candidate,
    Sheet.EMPLOYERS: _employer,
    Sheet.CONTACTS: _contact,
    Sheet.LOCATIONS: _location,
    Sheet.POSITIONS: _position,
    Sheet.PLACEMENTS: _placement,
    Sheet.HOURS_STEPS: _hours_step,
    Sheet.CONVERSATIONS: _conversation,
    Sheet.MEASUREMENTS: _measurement,
}
