"""Logos that come in, lists that go out and come back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from PIL import Image

from buurtbaan.audit.models import Reading
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from employers import exports
from employers.logos import LogoRefused, draw
from employers.models import Contact, Employer, EmployerLogo, Location, Position
from matching.workbook.importing.run import take_over
from tests.employers.factories import ContactFactory, EmployerFactory, LocationFactory, PositionFactory

pytestmark = pytest.mark.django_db


def picture(kind: str = "PNG", size: tuple[int, int] = (1200, 300), **extra: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **extra)
    return out.getvalue()


def sent(content: bytes, name: str = "logo.png") -> dict[str, Any]:
    return {"logo": SimpleUploadedFile(name, content, content_type="image/png")}


@pytest.fixture
def employer(bureau: Any) -> Employer:
    return EmployerFactory(bureau=bureau, name="Fietsen & Zo")


@pytest.fixture
def as_coach(coach: Membership, sign_in: Any) -> Client:
    return sign_in(coach)  # type: ignore[no-any-return]


class TestLogo:
    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
    def test_a_picture_becomes_a_small_png_of_our_own(
        self, as_coach: Client, employer: Employer, kind: str
    ) -> None:
        url = reverse("employers:logo_edit", args=[employer.pk])
        assert as_coach.post(url, sent(picture(kind))).status_code == 302
        answer = as_coach.get(reverse("employers:logo", args=[employer.pk]))
        with Image.open(BytesIO(answer.content)) as drawn:
            assert (drawn.format, drawn.size) == ("PNG", (480, 120))
        assert answer["Content-Type"] == "image/png"
        page = as_coach.get(reverse("employers:employer", args=[employer.pk])).content.decode()
        assert "Logo van Fietsen &amp; Zo" in page

    def test_what_came_along_with_the_photo_stays_behind(self, as_coach: Client, employer: Employer) -> None:
        exif = Image.Exif()
        exif[0x010E] = "geheime plek"
        content = picture("JPEG", exif=exif)
        assert b"geheime plek" in content
        as_coach.post(reverse("employers:logo_edit", args=[employer.pk]), sent(content, "foto.jpg"))
        assert b"geheime" not in bytes(EmployerLogo.objects.get().picture)

    def test_half_a_picture_is_refused_whatever_else_was_imported(self, monkeypatch: Any) -> None:
        monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)
        half = picture()[:200]
        with pytest.raises(LogoRefused):
            draw(BytesIO(half), len(half))

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "Dit bestand is leeg"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Dit is geen plaatje dat we kennen"),
            (b"MZ geen plaatje", "Dit is geen plaatje dat we kennen"),
            (picture("GIF"), "Dit is geen plaatje dat we kennen"),
            (picture()[:200], "Dit plaatje kunnen we niet lezen"),
            (picture(size=(9000, 9000)), "te veel beeldpunten"),
        ],
        ids=["empty", "svg", "program", "gif", "cut off", "bomb"],
    )
    def test_what_is_no_logo_is_refused_beside_the_field(
        self, as_coach: Client, employer: Employer, content: bytes, said: str
    ) -> None:
        url = reverse("employers:logo_edit", args=[employer.pk])
        as_coach.post(url, sent(picture()))
        answer = as_coach.post(url, sent(content))
        assert answer.status_code == 200
        assert said in answer.content.decode()
        assert 'id="error_1_id_logo"' in answer.content.decode() or "id_logo" in answer.content.decode()
        assert EmployerLogo.objects.get().width == 480

    def test_another_one_takes_its_place_and_it_can_go(self, as_coach: Client, employer: Employer) -> None:
        url = reverse("employers:logo_edit", args=[employer.pk])
        as_coach.post(url, sent(picture()))
        as_coach.post(url, sent(picture(size=(100, 100))))
        assert EmployerLogo.objects.get().width == 100
        as_coach.post(reverse("employers:logo_remove", args=[employer.pk]))
        assert not EmployerLogo.objects.exists()

    def test_a_browser_that_has_it_gets_no_second_copy(self, as_coach: Client, employer: Employer) -> None:
        as_coach.post(reverse("employers:logo_edit", args=[employer.pk]), sent(picture()))
        url = reverse("employers:logo", args=[employer.pk])
        tag = as_coach.get(url)["ETag"]
        assert as_coach.get(url, headers={"If-None-Match": tag}).status_code == 304

    def test_nobody_sees_the_logo_of_another_bureau(
        self, as_coach: Client, employer: Employer, member: Any, other_bureau: Any, sign_in: Any
    ) -> None:
        as_coach.post(reverse("employers:logo_edit", args=[employer.pk]), sent(picture()))
        strange = sign_in(member(Role.COACH, bureau=other_bureau))
        assert strange.get(reverse("employers:logo", args=[employer.pk])).status_code == 404


@pytest.fixture
def exporter(member: Any) -> Membership:
    return member(Role.MANAGER, may_export=True)  # type: ignore[no-any-return]


def sheets(answer: Any) -> dict[str, list[tuple[Any, ...]]]:
    content = b"".join(answer.streaming_content)
    book = load_workbook(BytesIO(content), read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


class TestExport:
    def test_without_the_right_it_says_whom_to_ask(self, as_coach: Client) -> None:
        answer = as_coach.get(reverse("employers:employer_export"))
        assert answer.status_code == 403
        assert "bureauleider" in answer.content.decode()

    def test_the_reason_is_asked_and_written_down(
        self, sign_in: Any, exporter: Membership, employer: Employer
    ) -> None:
        url, client = reverse("employers:employer_export"), sign_in(exporter)
        assert client.post(url, {"reason": ""}).status_code == 200
        assert not Reading.objects.exists()
        sheets(client.post(url, {"reason": "Overleg met de gemeente"}))
        line = Reading.objects.get()
        assert (line.what, line.reason) == ("employer_export", "1 regel. Overleg met de gemeente")

    def test_people_stand_on_a_second_sheet_and_the_choice_of_the_list_counts(
        self, sign_in: Any, exporter: Membership, employer: Employer, bureau: Any
    ) -> None:
        ContactFactory(employer=employer, name="Jo", phone="+31612345678")
        ContactFactory(employer=EmployerFactory(bureau=bureau, name="Zorghuis", kind="care"), name="Els")
        url = reverse("employers:employer_export") + "?kind=social"
        found = sheets(sign_in(exporter).post(url, {"reason": "Bellen"}))
        assert list(found) == ["Werkgevers", "Contactpersonen", "Locaties"]
        assert [row[0] for row in found["Werkgevers"][1:]] == ["Fietsen & Zo"]
        assert found["Contactpersonen"][1][:4] == ("Fietsen & Zo", "Jo", "", "'+31612345678")

    def test_a_long_list_is_not_cut_off_silently(
        self, sign_in: Any, exporter: Membership, employer: Employer, bureau: Any, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr("employers.views.export.MOST_ROWS", 1)
        EmployerFactory(bureau=bureau)
        answer = sign_in(exporter).post(reverse("employers:employer_export"), {"reason": "Alles"})
        assert "De lijst is te lang" in answer.content.decode()

    def test_a_formula_stays_a_text(self, sign_in: Any, exporter: Membership, bureau: Any) -> None:
        EmployerFactory(bureau=bureau, name="=HYPERLINK(1)")
        found = sheets(sign_in(exporter).post(reverse("employers:employer_export"), {"reason": "Proef"}))
        assert found["Werkgevers"][1][0] == "'=HYPERLINK(1)"

    @pytest.mark.parametrize("name", ["employer_export", "position_export"])
    def test_fifty_rows_cost_as_many_queries_as_five(
        self, sign_in: Any, exporter: Membership, bureau: Any, count_queries: Any, name: str
    ) -> None:
        client, url, counts = sign_in(exporter), reverse(f"employers:{name}"), []
        for more in (5, 45):
            for _n in range(more):
                one = EmployerFactory(bureau=bureau, owner=exporter)
                PositionFactory(employer=one, location=LocationFactory(employer=one))
                ContactFactory(employer=one)
            counts.append(count_queries(lambda: sheets(client.post(url, {"reason": "Proef"}))))
        assert counts[0] == counts[1] <= 15


def snapshot(bureau: Any) -> dict[str, list[tuple[Any, ...]]]:
    return {
        "employers": list(
            Employer.objects.filter(bureau=bureau).order_by("name")
            .values_list("name", "kind", "kvk", "sector_name", "website")
        ),
        "contacts": list(
            Contact.objects.filter(bureau=bureau).order_by("employer__name", "name")
            .values_list("employer__name", "name", "task", "phone", "email")
        ),
        "locations": list(
            Location.objects.filter(bureau=bureau).order_by("employer__name", "name")
            .values_list("employer__name", "name", "address", "postcode", "city", "accessibility")
        ),
        "positions": list(
            Position.objects.filter(bureau=bureau).order_by("title").values_list(
                "employer__name", "title", "form", "hours_min", "hours_max", "places", "growth_possible",
                "starts_from", "ends_on", "description", "guide_name", "location__name",
            )
        ),
    }  # fmt: skip


def fill(bureau: Any) -> None:
    one = EmployerFactory(
        bureau=bureau,
        name="Fietsen & Zo B.V.",
        kvk="01234567",
        sector_name="Fietsen",
        website="https://fiets.example",
    )
    EmployerFactory(bureau=bureau, name="=Plus", kind="own_project")
    EmployerFactory(bureau=bureau, name="Zorghuis", kind="care")
    ContactFactory(employer=one, name="Jo", task="eigenaar", phone="+31612345678", email="jo@fiets.example")
    ContactFactory(employer=one, name="Els", phone="", email="els@fiets.example")
    shop = LocationFactory(
        employer=one, name="Winkel", address="Proefstraat 1", postcode="2531AB", city="Den Haag"
    )
    LocationFactory(
        employer=one,
        name="Keuken",
        address="Proefstraat 9",
        postcode="2531",
        city="Den Haag",
        accessibility="bel",
    )
    PositionFactory(
        employer=one, location=shop, title="Banden plakken", form="trial", hours_min=Decimal("8.5"),
        hours_max=Decimal(16), places=2, growth_possible=True, starts_from=date(2026, 1, 5),
        ends_on=date(2026, 6, 1), description="Plakken\nen pompen", guide_name="Jo",
    )  # fmt: skip
    PositionFactory(employer=one, title="Verkoop", status="published")


def books(bureau: Any) -> list[BytesIO]:
    first, second = BytesIO(), BytesIO()
    exports.write_employers(Employer.objects.filter(bureau=bureau), first)
    exports.write_positions(Position.objects.filter(bureau=bureau), second)
    for book in (first, second):
        book.seek(0)
    return [first, second]


class TestThereAndBack:
    def test_what_we_export_comes_back_without_doubles(self, bureau: Any) -> None:
        fill(bureau)
        before = snapshot(bureau)
        for book in books(bureau):
            result = take_over(book, bureau=bureau)
            assert (result.bad, result.created, result.problems) == (0, 0, [])
            assert result.ignored_sheets == []
        assert snapshot(bureau) == before

    def test_an_empty_bureau_becomes_the_same(self, bureau: Any, other_bureau: Any) -> None:
        fill(bureau)
        for book in books(bureau):
            assert take_over(book, bureau=other_bureau).bad == 0
        assert snapshot(other_bureau) == snapshot(bureau)

    def test_a_bad_row_is_named_and_the_rest_can_go_in(self, bureau: Any) -> None:
        fill(bureau)
        book = load_workbook(books(bureau)[0])
        book["Contactpersonen"].append(["Zorghuis", "Kees", "", "geen nummer", "geen adres"])
        book["Locaties"].append(["Zorghuis", "", "", "", "Den Haag", ""])
        changed = BytesIO()
        book.save(changed)
        changed.seek(0)
        result = take_over(changed, bureau=bureau, skip_bad_rows=True)
        assert {(problem.sheet, problem.row) for problem in result.problems} == {
            ("Contactpersonen", 4),
            ("Locaties", 4),
        }
        assert not Contact.objects.filter(name="Kees").exists()
