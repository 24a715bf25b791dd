"""Opening files: sound ones stream, every other kind is refused with what to do."""

import struct
import tracemalloc
import zipfile
from contextlib import suppress
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest

from matching.workbook import container, reader
from matching.workbook.errors import WorkbookRefused
from matching.workbook.merges import column_index, column_letters
from matching.workbook.reader import open_workbook
from matching.workbook.template import build_template
from tests.matching.workbook.books import book, tampered

SMALL = {"Kandidaten": [["Voornaam", "Achternaam"], ["Jan", "Jansen"]]}


def rows_of(source: BytesIO) -> list[tuple[int, tuple[object, ...]]]:
    with open_workbook(source) as sheets:
        return list(sheets[0].rows())


def refusal(content: bytes | BytesIO) -> str:
    source = BytesIO(content) if isinstance(content, bytes) else content
    with pytest.raises(WorkbookRefused) as caught:
        rows_of(source)
    return caught.value.reason


def test_rows_come_with_excels_own_numbers_and_empty_ones_are_left_out() -> None:
    rows = rows_of(book({"Blad": [["a"], [], ["", "  "], [None, "b"]]}))
    assert [(number, [v for v in row if v]) for number, row in rows] == [(1, ["a"]), (4, ["b"])]


def test_a_path_reads_like_an_open_file(tmp_path: Path) -> None:
    path = tmp_path / "zonder-extensie"
    path.write_bytes(book(SMALL).getvalue())
    with open_workbook(path) as sheets:
        assert [sheet.name for sheet in sheets] == ["Kandidaten"]
    with pytest.raises(WorkbookRefused, match="niet te vinden"), open_workbook(tmp_path / "weg.xlsx"):
        pass


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "leeg"),
        (b"Voornaam;Achternaam\nJan;Jansen\n", "CSV"),
        (b"Voornaam\tAchternaam\nJan\tJansen\n", "CSV"),
        (b"<html><table><tr><td>Jan</td></tr></table></html>", "webpagina"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><html>", "webpagina"),
        (b'<?xml version="1.0"?><Workbook/>', "webpagina"),
        (b"%PDF-1.7 \x00\x01", "geen Excel"),
        (bytes(range(256)) * 8, "geen Excel"),
        (container._OLE + b"\x00" * 600 + "Workbook".encode("utf-16-le"), ".xls"),
        (container._OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "wachtwoord"),
        (b"PK\x03\x04 en dan niets", "beschadigd"),
    ],
)
def test_other_kinds_of_files_are_refused_by_what_they_are(content: bytes, words: str) -> None:
    assert words in refusal(content)


def zipped(**parts: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def test_other_zip_files_are_refused_by_what_they_are() -> None:
    assert "OpenDocument" in refusal(zipped(mimetype=b"x", content_dot_xml=b"<a/>"))
    assert "xlsb" in refusal(zipped(xl__workbook_dot_bin=b"x"))
    assert "geen Excel" in refusal(zipped(word__document_dot_xml=b"<a/>"))


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9, 0.99])
def test_a_file_cut_short_is_refused(cut: float) -> None:
    whole = book(SMALL).getvalue()
    assert "beschadigd" in refusal(whole[: int(len(whole) * cut)])


def test_a_file_with_any_byte_changed_is_read_or_refused() -> None:
    whole = book(SMALL).getvalue()
    for position in range(0, len(whole), 37):
        broken = bytearray(whole)
        broken[position] ^= 0xFF
        with suppress(WorkbookRefused):  # any other exception fails the test
            rows_of(BytesIO(bytes(broken)))


@pytest.mark.parametrize(
    "prolog",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        b'<!DOCTYPE x SYSTEM "http://voorbeeld.nl/x.dtd">',
        b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
    ],
)
@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"]
)
def test_entities_are_refused_before_anything_is_parsed(prolog: bytes, part: str) -> None:
    def attack(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        body = content[content.index(b"?>") + 2 :] if content.startswith(b"<?xml") else content
        return b'<?xml version="1.0"?>' + b"<!-- vulling -->" * 9000 + prolog + body

    attacked = tampered(BytesIO(build_template()), attack)
    assert "DOCTYPE" in refusal(attacked)


def test_a_doctype_in_utf16_is_seen_too() -> None:
    def attack(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        text = content.decode().partition("?>")[2] if content.startswith(b"<?xml") else content.decode()
        return ('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]>' + text).encode(
            "utf-16"
        )

    assert "DOCTYPE" in refusal(tampered(book(SMALL), attack))


def test_a_zip_bomb_is_refused_without_unpacking_it() -> None:
    bomb = tampered(
        book(SMALL), lambda _name, content: content, **{"xl/media/x.bin": b"\0" * (210 * 1024 * 1024)}
    )
    tracemalloc.start()
    assert "uitgepakt te groot" in refusal(bomb)
    assert tracemalloc.get_traced_memory()[1] < 30 * 1024 * 1024
    tracemalloc.stop()


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    whole = bytearray(book({"Kandidaten": [["Voornaam"], *[["Jan"]] * 3000]}).getvalue())
    with zipfile.ZipFile(BytesIO(bytes(whole))) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    entry = whole.index(b"PK\x01\x02" + whole[part.header_offset + 4 : part.header_offset + 4])
    while b"sheet1.xml" not in whole[entry : entry + 46 + 40]:
        entry = whole.index(b"PK\x01\x02", entry + 4)
    whole[entry + 24 : entry + 28] = struct.pack("<I", 100)
    assert "beschadigd" in refusal(bytes(whole))


def test_a_file_that_is_too_big_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MOST_BYTES", 2000)
    assert "te groot" in refusal(book(SMALL))


def test_a_sheet_with_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_ROWS", 10)
    assert "meer dan 10 rijen" in refusal(book({"Kandidaten": [["Jan"]] * 11}))
    assert len(rows_of(book({"Kandidaten": [["Jan"]] * 10}))) == 10


def test_a_claim_of_a_million_rows_costs_nothing() -> None:
    def claim(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        assert b'ref="A1:B2"' in content
        return content.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')

    assert len(rows_of(tampered(book(SMALL), claim))) == 2


def test_a_last_cell_far_below_does_not_hide_or_hang() -> None:
    def far(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        return content.replace(
            b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
        )

    assert [number for number, _row in rows_of(tampered(book(SMALL), far))] == [1, 2, 1048576]

    def beyond(name: str, content: bytes) -> bytes:
        return far(name, content).replace(b"1048576", b"99999999999")

    assert "beschadigd" in refusal(tampered(book(SMALL), beyond))


def test_a_cell_far_to_the_right_does_not_widen_the_rows() -> None:
    def wide(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        return content.replace(b"</row>", b'<c r="XFD1"><v>1</v></c></row>', 1)

    assert max(len(row) for _number, row in rows_of(tampered(book(SMALL), wide))) == reader.MOST_COLUMNS


def test_formulas_give_their_stored_value() -> None:
    def formula(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        cell = b'<c r="A3"><f>1+1</f><v>2</v></c><c r="B3" t="str"><f>"J"&amp;"an"</f><v>Jan</v></c>'
        cell += b'<c r="C3"><f>NOW()</f></c>'
        return content.replace(b"</sheetData>", b'<row r="3">' + cell + b"</row></sheetData>")

    assert rows_of(tampered(book(SMALL), formula))[-1][1][:3] == (2, "Jan", None)


def test_links_to_other_files_are_not_followed() -> None:
    link = (
        b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'externalLinkPath" Target="http://voorbeeld.nl/x.xlsx" TargetMode="External"/></Relationships>'
    )
    linked = tampered(
        book(SMALL),
        lambda _name, content: content,
        **{
            "xl/externalLinks/externalLink1.xml": b"<x/>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": link,
        },
    )
    assert len(rows_of(linked)) == 2


def test_a_strict_workbook_is_refused_with_how_to_save_it() -> None:
    def strict(_name: str, content: bytes) -> bytes:
        return content.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        )

    assert "Strict" in refusal(tampered(book(SMALL), strict))


def test_a_date_that_excel_cannot_have_is_an_error_in_its_cell_only() -> None:
    source = book({"Blad": [["a", datetime(2025, 1, 1)], ["b", 1]]})

    def impossible(name: str, content: bytes) -> bytes:
        return (
            content.replace(b"<v>45658</v>", b"<v>99999999999</v>")
            if name == "xl/worksheets/sheet1.xml"
            else content
        )

    assert rows_of(tampered(source, impossible))[0][1][:2] == ("a", "#VALUE!")


def test_merged_cells_speak_for_the_rows_below_them() -> None:
    source = book(
        {"Blad": [["Titel", None], ["Els", "a"], [None, "b"], [None, "c"], ["Bo", None], [None, None]]},
        merge={"Blad": ["A1:B1", "A2:A4", "A5:A6"]},
    )
    with open_workbook(source) as sheets:
        rows = [row for _number, row in sheets[0].rows(columns=2)]
    assert rows == [("Titel", None), ("Els", "a"), ("Els", "b"), ("Els", "c"), ("Bo", None)]


def test_columns_have_letters_as_in_excel() -> None:
    assert [column_letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(column_index(column_letters(n)) == n for n in range(0, 2000, 7))


def test_memory_hardly_grows_with_the_number_of_rows() -> None:
    def peak(rows: int) -> int:
        source = book({"Blad": [["Jan", "Jansen", index, f"tekst {index % 50}"] for index in range(rows)]})
        tracemalloc.start()
        with open_workbook(source) as sheets:
            for _row in sheets[0].rows():
                pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(5000) < peak(2000) + 3000 * 300  # bytes
