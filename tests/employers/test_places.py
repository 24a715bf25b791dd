"""Where places lie: postcodes from a file, the address service, the map, and a place that goes."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from buurtbaan.bureaus.models import Membership, Postcode
from buurtbaan.bureaus.postcodes import points_of
from buurtbaan.scope import Scope, scoped
from employers import addresses, services
from employers.mapping import FAR_KM, Drawing, Pin, Quarter, apart_km, box_of, read_box
from employers.models import Employer, Location
from matching.facts import candidate_inputs, note_homes
from matching.labels import Words
from tests.bureaus.factories import AreaFactory
from tests.candidates.factories import CandidateFactory
from tests.employers.factories import EmployerFactory, LocationFactory, PositionFactory

pytestmark = pytest.mark.django_db

LINE = "NL\t{code}\t{place}\tProefland\t01\tProefstad\t9999\t\t\t{lat}\t{lon}\t6"
# Invented places; the points lie in a field.
GOOD = [
    LINE.format(code="2531", place="Proefdorp", lat="52.05", lon="4.29"),
    LINE.format(code="2532 AB", place="Proefveld", lat="52.00", lon="4.20"),
    LINE.format(code="2532 CD", place="Proefveld", lat="52.02", lon="4.22"),
]
BAD = [
    "NL\t2533\tTe kort",
    LINE.format(code="25x3", place="Raar", lat="52.05", lon="4.29"),
    LINE.format(code="2534", place="Ver weg", lat="12.0", lon="4.29"),
    LINE.format(code="2535", place="Geen getal", lat="noord", lon="4.29"),
    LINE.format(code="9000", place="Elders", lat="51.05", lon="3.71").replace("NL\t", "BE\t", 1),
]


@pytest.fixture
def postcodes(tmp_path: Path) -> Path:
    file = tmp_path / "NL.txt"
    file.write_text("\n".join(GOOD) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def employer(bureau: Any) -> Employer:
    return EmployerFactory(bureau=bureau, name="Fietsen & Zo")


class TestPostcodes:
    def test_a_file_is_read_and_six_signs_become_four(self, postcodes: Path, capsys: Any) -> None:
        call_command("import_postcodes", postcodes)
        assert points_of(["2531AB", "2532", ""]) == {"2531": (52.05, 4.29), "2532": (52.01, 4.21)}
        assert "2 postcodes nieuw" in capsys.readouterr().out

    def test_twice_is_the_same_as_once(self, postcodes: Path, capsys: Any) -> None:
        call_command("import_postcodes", postcodes)
        capsys.readouterr()
        call_command("import_postcodes", postcodes)
        assert "0 postcodes nieuw, 0 bijgewerkt, 2 hetzelfde" in capsys.readouterr().out
        assert Postcode.objects.count() == 2

    def test_the_zip_is_read_as_it_is_downloaded(self, postcodes: Path, tmp_path: Path) -> None:
        packed = tmp_path / "NL.zip"
        with zipfile.ZipFile(packed, "w") as archive:
            archive.write(postcodes, "NL.txt")
            archive.writestr("readme.txt", "uitleg")
        call_command("import_postcodes", packed)
        assert Postcode.objects.count() == 2

    def test_bad_lines_are_named_by_their_number_and_the_rest_goes_in(
        self, postcodes: Path, capsys: Any
    ) -> None:
        postcodes.write_text("\n".join([*BAD, *GOOD]), encoding="utf-8")
        call_command("import_postcodes", postcodes)
        told = capsys.readouterr()
        assert [line.split(":")[0] for line in told.err.splitlines()] == [f"regel {n}" for n in (1, 2, 3, 4)]
        assert "1 regels van andere landen, 4 fout" in told.out
        assert Postcode.objects.count() == 2

    @pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe nonsense", b"PK\x03\x04 not a zip"])
    def test_a_file_without_postcodes_is_refused_in_words(self, tmp_path: Path, content: bytes) -> None:
        file = tmp_path / "NL.txt"
        file.write_bytes(content)
        with pytest.raises(CommandError, match=r"NL\.txt"):
            call_command("import_postcodes", file)

    def test_a_missing_file_is_refused_in_words(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match=r"nergens\.txt"):
            call_command("import_postcodes", tmp_path / "nergens.txt")

    def test_places_without_a_point_get_one_that_says_it_is_a_guess(
        self, postcodes: Path, employer: Employer
    ) -> None:
        empty = LocationFactory(employer=employer, postcode="2531AB")
        chosen = LocationFactory(employer=employer, postcode="2532AB", latitude=52.3, longitude=4.9)
        call_command("import_postcodes", postcodes)
        empty.refresh_from_db()
        chosen.refresh_from_db()
        assert (empty.point, empty.approximate) == ((52.05, 4.29), True)
        assert (chosen.point, chosen.approximate) == ((52.3, 4.9), False)

    def test_a_guess_follows_the_postcode_and_a_chosen_point_stays(
        self, postcodes: Path, employer: Employer, coach: Membership
    ) -> None:
        call_command("import_postcodes", postcodes)
        place = services.add_location(employer=employer, values={"postcode": "2531AB"}, by=coach)
        assert place.approximate
        assert place.point == (52.05, 4.29)
        moved = services.change_location(location=place, values={"postcode": "2532"}, by=coach)
        assert moved.approximate
        assert moved.point == (52.01, 4.21)
        exact = {"postcode": "2531", "latitude": 52.1, "longitude": 4.3}
        chosen = services.change_location(location=place, values=exact, by=coach)
        assert (chosen.point, chosen.approximate) == ((52.1, 4.3), False)
        lost = services.change_location(
            location=place, values={"postcode": "", "latitude": None, "longitude": None}, by=coach
        )
        assert (lost.point, lost.approximate) == (None, False)

    def test_the_application_reads_postcodes_and_never_writes_them(
        self, postcodes: Path, bureau: Any
    ) -> None:
        call_command("import_postcodes", postcodes)
        with pytest.raises(DatabaseError, match="permission denied"), scoped(Scope.for_bureau(bureau)):
            Postcode.objects.filter(digits="2531").update(place="Anders")

    def test_a_candidate_without_a_neighbourhood_travels_from_the_postcode(
        self, postcodes: Path, bureau: Any, django_assert_num_queries: Any
    ) -> None:
        call_command("import_postcodes", postcodes)
        area = AreaFactory(latitude=52.2, longitude=4.4)
        lost = CandidateFactory(bureau=bureau, area=None, postcode="2531AB")
        known = CandidateFactory(bureau=bureau, area=area, postcode="2531AB")
        nobody = CandidateFactory(bureau=bureau, area=None, postcode="")
        words = Words.load([area])
        with django_assert_num_queries(1):
            note_homes([lost, known, nobody])
            found = [
                candidate_inputs(one, None, words, has_safety_clash=False).coordinates
                for one in (lost, known, nobody)
            ]
        assert found == [(52.05, 4.29), (52.2, 4.4), None]


@pytest.fixture
def service(settings: Any) -> Iterator[dict[str, Any]]:
    """A small address service on loopback: `answer` is what it says, `asked` what it was asked."""
    told: dict[str, Any] = {"asked": [], "answer": {"response": {"docs": []}}, "status": 200, "headers": {}}

    class Service(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told["asked"].append(parse_qs(urlsplit(self.path).query))
            body = (
                told["answer"] if isinstance(told["answer"], bytes) else json.dumps(told["answer"]).encode()
            )
            self.send_response(told["status"])
            for name, value in told["headers"].items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Service)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    settings.ADDRESS_SERVICE_URL = f"http://127.0.0.1:{server.server_port}/free"
    yield told
    server.shutdown()
    server.server_close()
    thread.join()


ANSWER = {
    "straatnaam": "Proefstraat",
    "huis_nlt": "1",
    "postcode": "2531AB",
    "woonplaatsnaam": "Proefdorp",
    "centroide_ll": "POINT(4.29001 52.05001)",
}


class TestAddressService:
    def test_it_is_off_unless_somebody_turned_it_on(
        self, sign_in: Any, coach: Any, employer: Employer
    ) -> None:
        url = reverse("employers:location_new", args=[employer.pk])
        client = sign_in(coach)
        assert not addresses.is_on()
        assert "Zoek het adres op" not in client.get(url).content.decode()
        client.post(url, {"address": "Proefstraat 1", "look_up": "1"})
        assert Location.objects.get().address == "Proefstraat 1"

    def test_the_form_is_filled_in_and_nothing_is_saved_yet(
        self, service: dict[str, Any], sign_in: Any, coach: Any, employer: Employer
    ) -> None:
        service["answer"] = {"response": {"docs": [ANSWER]}}
        url = reverse("employers:location_new", args=[employer.pk])
        typed = {"name": "Werkplaats", "address": "proefstraat 1", "city": "proefdorp", "look_up": "1"}
        page = sign_in(coach).post(url, typed).content.decode()
        assert "Adres gevonden" in page
        assert "52.05001, 4.29001" in page
        assert "2531AB" in page
        assert "Werkplaats" in page
        assert service["asked"][0]["q"] == ["proefstraat 1 proefdorp"]
        assert not Location.objects.exists()

    @pytest.mark.parametrize(
        ("answer", "status", "said"),
        [
            ({"response": {"docs": []}}, 200, "kent dit adres niet"),
            ({"response": {"docs": [{**ANSWER, "centroide_ll": "POINT(x y)"}]}}, 200, "kent dit adres niet"),
            ({"response": {"docs": [{**ANSWER, "centroide_ll": "POINT(99.0 9.0)"}]}}, 200, "kent dit adres"),
            ({"anders": 1}, 200, "antwoordt niet"),
            (b"<html>", 200, "antwoordt niet"),
            ({}, 500, "antwoordt niet"),
        ],
    )
    def test_what_it_does_not_say_is_told_and_nothing_typed_is_lost(
        self, service: dict[str, Any], sign_in: Any, coach: Any, employer: Employer,
        answer: Any, status: int, said: str,
    ) -> None:  # fmt: skip
        service.update(answer=answer, status=status)
        url = reverse("employers:location_new", args=[employer.pk])
        page = sign_in(coach).post(url, {"address": "Proefstraat 1", "look_up": "1"}).content.decode()
        assert said in page
        assert "Proefstraat 1" in page

    def test_a_service_that_sends_us_elsewhere_is_not_followed(self, service: dict[str, Any]) -> None:
        service.update(status=302, headers={"Location": "http://127.0.0.1:9/free"})
        with pytest.raises(addresses.AddressNotFound, match="antwoordt niet"):
            addresses.look_up(address="Proefstraat 1", postcode="", city="")

    def test_a_slow_service_is_not_waited_for(self, settings: Any, monkeypatch: Any) -> None:
        silent = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)  # takes the call and says nothing
        settings.ADDRESS_SERVICE_URL = f"http://127.0.0.1:{silent.server_port}/free"
        monkeypatch.setattr(addresses, "TIMEOUT", 0.1)
        with pytest.raises(addresses.AddressNotFound, match="antwoordt niet"):
            addresses.look_up(address="Proefstraat 1", postcode="", city="")
        silent.server_close()

    @pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/x"])
    def test_only_the_web_is_asked(self, settings: Any, url: str) -> None:
        settings.ADDRESS_SERVICE_URL = url
        with pytest.raises(addresses.AddressNotFound, match="niet goed ingesteld"):
            addresses.look_up(address="Proefstraat 1", postcode="", city="")


class TestMoving:
    def test_positions_move_along_and_the_place_goes(
        self, sign_in: Any, coach: Membership, employer: Employer
    ) -> None:
        old, new = LocationFactory.create_batch(2, employer=employer)
        works = PositionFactory.create_batch(2, employer=employer, location=old)
        answer = sign_in(coach).post(reverse("employers:location_remove", args=[old.pk]), {"to": str(new.pk)})
        assert answer.status_code == 302
        assert not Location.objects.filter(pk=old.pk).exists()
        assert {type(work).objects.get(pk=work.pk).location_id for work in works} == {new.pk}

    def test_without_another_place_they_have_none_for_now(
        self, sign_in: Any, coach: Membership, employer: Employer
    ) -> None:
        old = LocationFactory(employer=employer)
        work = PositionFactory(employer=employer, location=old)
        sign_in(coach).post(reverse("employers:location_remove", args=[old.pk]), {"to": "geen"})
        work.refresh_from_db()
        assert work.location_id is None

    def test_a_place_of_somebody_else_cannot_be_chosen(
        self, sign_in: Any, coach: Membership, employer: Employer, bureau: Any
    ) -> None:
        old = LocationFactory(employer=employer)
        PositionFactory(employer=employer, location=old)
        strange = LocationFactory(employer=EmployerFactory(bureau=bureau))
        url = reverse("employers:location_remove", args=[old.pk])
        assert sign_in(coach).post(url, {"to": str(strange.pk)}).status_code == 200
        assert Location.objects.filter(pk=old.pk).exists()


def pin(number: int, latitude: float, longitude: float) -> Pin:
    return Pin(number, f"Plek {number}", (latitude, longitude), owner=number)


class TestMap:
    def test_north_is_up_and_east_is_right(self) -> None:
        frame = Drawing([pin(1, 52.05, 4.28), pin(2, 52.06, 4.30)], [], 400, 300).frame
        (x1, y1), (x2, y2) = frame.place((52.05, 4.28)), frame.place((52.06, 4.30))
        assert x2 > x1
        assert y2 < y1

    def test_a_kilometre_is_as_long_in_each_direction(self) -> None:
        frame = Drawing([pin(1, 52.05, 4.28), pin(2, 52.06, 4.30)], [], 400, 300).frame
        here = frame.place((52.055, 4.29))
        for there in ((52.06, 4.29), (52.055, 4.30)):
            x, y = frame.place(there)
            units = ((x - here[0]) ** 2 + (y - here[1]) ** 2) ** 0.5
            assert units / apart_km((52.055, 4.29), there) == pytest.approx(frame.units_per_km, rel=0.02)

    def test_near_pins_share_a_dot_and_none_is_lost(self) -> None:
        pins = [pin(n, 52.05 + n % 3 * 0.0001, 4.28) for n in range(9)] + [pin(9, 52.08, 4.33)]
        dots = Drawing(pins, [], 400, 300).dots
        assert sorted(dot.count for dot in dots) == [1, 9]

    def test_many_places_never_become_more_dots_than_one_can_read(self) -> None:
        pins = [pin(n, 52.0 + n % 40 * 0.002, 4.2 + n // 40 * 0.003) for n in range(1000)]
        drawing = Drawing(pins, [], 1000, 560)
        assert len(drawing.dots) <= 60
        assert sum(dot.count for dot in drawing.dots) == 1000

    def test_one_place_far_away_does_not_shrink_the_neighbourhood(self) -> None:
        pins = [pin(n, 52.05 + n * 0.001, 4.28) for n in range(5)] + [pin(9, 53.2, 6.5)]
        frame = Drawing(pins, [], 400, 300).frame
        assert 400 / frame.units_per_km < FAR_KM

    def test_names_do_not_lie_over_each_other(self) -> None:
        quarters = [Quarter(f"Buurt {n}", (52.05 + n * 0.00001, 4.28)) for n in range(5)]
        labels = Drawing([pin(1, 52.05, 4.28)], quarters, 400, 300).labels
        assert [label.shown for label in labels].count(True) == 1

    @pytest.mark.parametrize("text", ["", "1,2,3", "a,b,c,d", "nan,1,2,3", "3,3,1,1", "1,2,3,inf", "'; DROP"])
    def test_nonsense_in_the_address_is_no_box(self, text: str) -> None:
        assert read_box(text) is None

    def test_a_box_holds_what_it_was_made_of(self) -> None:
        points = [(52.05, 4.28), (52.06, 4.31)]
        south, west, north, east = read_box(box_of(points)) or (0, 0, 0, 0)
        assert all(south <= lat <= north and west <= lon <= east for lat, lon in points)


class TestMapPage:
    @pytest.fixture
    def client(self, sign_in: Any, coach: Membership) -> Client:
        return sign_in(coach)  # type: ignore[no-any-return]

    def test_each_place_is_a_link_and_a_row(self, client: Client, employer: Employer) -> None:
        LocationFactory(employer=employer, latitude=52.05, longitude=4.28, address="Proefstraat 1")
        page = client.get(reverse("employers:employer_map")).content.decode()
        assert (
            page.count(f'href="{reverse("employers:employer", args=[employer.pk])}"') == 3
        )  # two sizes, a row
        assert "Proefstraat 1" in page
        assert "<title>Fietsen &amp; Zo</title>" in page
        assert re.search(r'<circle class="map-dot" cx="[0-9.]+" cy="[0-9.]+" r="[0-9.]+"/>', page)

    def test_the_filters_are_those_of_the_list(self, client: Client, employer: Employer, bureau: Any) -> None:
        LocationFactory(employer=employer, latitude=52.05, longitude=4.28)
        other = EmployerFactory(bureau=bureau, name="Zorghuis", kind="care")
        LocationFactory(employer=other, latitude=52.05, longitude=4.28)
        page = client.get(reverse("employers:employer_map"), {"kind": "care"}).content.decode()
        assert "Zorghuis" in page
        assert "Fietsen" not in page

    def test_a_group_opens_into_its_own_map(self, client: Client, employer: Employer, bureau: Any) -> None:
        near = [(52.05, 4.28), (52.0501, 4.2801)]
        for lat, lon in near:
            LocationFactory(employer=employer, latitude=lat, longitude=lon, address="Dichtbij")
        LocationFactory(
            employer=EmployerFactory(bureau=bureau), latitude=52.08, longitude=4.33, address="Verderop"
        )
        url = reverse("employers:employer_map")
        assert f"?vak={box_of(near)}" in client.get(url).content.decode()
        page = client.get(url, {"vak": box_of(near)}).content.decode()
        assert "Dichtbij" in page
        assert "Verderop" not in page
        assert "Toon de hele kaart" in page

    def test_nobody_on_the_map_says_what_to_do(self, client: Client) -> None:
        page = client.get(reverse("employers:employer_map")).content.decode()
        assert "Nog geen plekken" in page
        assert '<svg class="place-map' not in page

    def test_another_bureau_is_not_on_it(self, client: Client, other_bureau: Any) -> None:
        strange = EmployerFactory(bureau=other_bureau, name="Van een ander")
        LocationFactory(employer=strange, latitude=52.05, longitude=4.28)
        assert "Van een ander" not in client.get(reverse("employers:employer_map")).content.decode()

    def test_fifty_places_cost_as_many_queries_as_five(
        self, client: Client, bureau: Any, count_queries: Any
    ) -> None:
        url, counts = reverse("employers:employer_map"), []
        for more in (5, 45):
            for n in range(more):
                LocationFactory(
                    employer=EmployerFactory(bureau=bureau), latitude=52.05 + n / 1000, longitude=4.28
                )
            counts.append(count_queries(lambda: client.get(url)))
        assert counts[0] == counts[1] <= 12
