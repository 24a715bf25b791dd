"""Is this file really an XLSX, and is it safe to open? Answered before openpyxl sees a byte of it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

from django.utils.translation import gettext as _

from matching.workbook.errors import WorkbookRefused

MB = 1024 * 1024
MOST_BYTES = 20 * MB
MOST_UNPACKED_BYTES = 200 * MB
MOST_STRINGS_BYTES = 60 * MB  # shared texts are held in memory
MOST_STYLES_BYTES = 20 * MB
MOST_PARTS = 1_000
_CHUNK = 64 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_WORKBOOK_PART = re.compile(r"xl/workbook[^/]*\.xml", re.I)


class _Seen(Exception):
    """The root element has been reached: a document type can no longer follow."""


def check_container(file: IO[bytes]) -> None:
    """Raise WorkbookRefused with what to do, unless `file` is a sound XLSX of a reasonable size."""
    size = file.seek(0, 2)
    file.seek(0)
    if size > MOST_BYTES:
        raise WorkbookRefused(
            _("Dit bestand is te groot: hooguit %(n)s MB. Haal plaatjes en oude tabbladen eruit.")
            % {"n": MOST_BYTES // MB}
        )
    _check_kind(file)
    with as_refusal(), ZipFile(file) as archive:
        _check_archive(archive, size)
    file.seek(0)


@contextmanager
def as_refusal() -> Iterator[None]:
    """Whatever zipfile or openpyxl trips over in a hostile or broken file becomes one clear refusal."""
    try:
        yield
    except (WorkbookRefused, MemoryError):
        raise
    except Exception as error:
        raise WorkbookRefused(damaged()) from error


def damaged() -> str:
    """The reason for a file that is an XLSX by its look but cannot be read."""
    return _(
        "Dit Excel-bestand is beschadigd. Open het in Excel, bewaar het opnieuw als .xlsx en probeer het "
        "nog eens."
    )


def _check_kind(file: IO[bytes]) -> None:
    head = file.read(4096)
    file.seek(0)
    if head.startswith(b"PK\x03\x04"):
        return
    if not head:
        raise WorkbookRefused(_("Dit bestand is leeg."))
    if head.startswith(_OLE):
        raise WorkbookRefused(_old_or_locked(file.read()))
    if re.match(rb"\s*(\xef\xbb\xbf)?\s*<(!doctype|html|table|\?xml)", head, re.I):
        raise WorkbookRefused(
            _(
                "Dit is een webpagina met de naam van een Excel-bestand. Open het in Excel en bewaar het "
                "als .xlsx."
            )
        )
    if b"\x00" not in head and re.search(rb"[;,\t]", head):
        raise WorkbookRefused(_("Dit is een tekstbestand (CSV). Open het in Excel en bewaar het als .xlsx."))
    raise WorkbookRefused(_("Dit is geen Excel-bestand. Kies een bestand dat op .xlsx eindigt."))


def _old_or_locked(content: bytes) -> str:
    if _ENCRYPTED in content:
        return _(
            "Dit bestand is met een wachtwoord beveiligd. Haal het wachtwoord eraf en probeer het nog eens."
        )
    return _("Dit is een oud Excel-bestand (.xls). Open het in Excel en bewaar het als .xlsx.")


def _check_archive(archive: ZipFile, size: int) -> None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or len(set(names)) != len(names):
        raise WorkbookRefused(damaged())
    if "mimetype" in names and "content.xml" in names:
        raise WorkbookRefused(_("Dit is een OpenDocument-bestand. Bewaar het als Excel-werkmap (.xlsx)."))
    if any(name.lower().endswith("xl/workbook.bin") for name in names):
        raise WorkbookRefused(_("Dit is een binair Excel-bestand (.xlsb). Bewaar het als .xlsx."))
    workbooks = [name for name in names if _WORKBOOK_PART.fullmatch(name)]
    if "[Content_Types].xml" not in names or not workbooks:
        raise WorkbookRefused(_("Dit is geen Excel-bestand. Kies een bestand dat op .xlsx eindigt."))
    _check_sizes(parts, size)
    for part in parts:
        _check_prolog(archive, part)
    if any(_STRICT in archive.read(name) for name in workbooks):
        raise WorkbookRefused(
            _("Dit bestand is bewaard als 'Strict Open XML'. Bewaar het als gewone Excel-werkmap (.xlsx).")
        )


def _check_sizes(parts: list[ZipInfo], size: int) -> None:
    """Against zip bombs; zipfile itself never unpacks more than a part says it holds."""
    if any(part.flag_bits & 0x1 for part in parts):
        raise WorkbookRefused(_old_or_locked(_ENCRYPTED))
    if sum(part.compress_size for part in parts) > size:  # parts that overlap
        raise WorkbookRefused(damaged())
    strings = sum(part.file_size for part in parts if "sharedstrings" in part.filename.lower())
    styles = sum(part.file_size for part in parts if "styles" in part.filename.lower())
    whole = sum(part.file_size for part in parts)
    if whole > MOST_UNPACKED_BYTES or strings > MOST_STRINGS_BYTES or styles > MOST_STYLES_BYTES:
        raise WorkbookRefused(
            _("Dit bestand is uitgepakt te groot. Haal lege rijen met opmaak en oude tabbladen eruit.")
        )


def _check_prolog(archive: ZipFile, part: ZipInfo) -> None:
    """Refuse a document type in any XML part: that is where entity attacks live."""
    if part.is_dir():
        return
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = _stop
    with archive.open(part) as source:
        try:
            _feed(parser, lambda: source.read(_CHUNK))
        except _Seen:
            return
        except expat.ExpatError as error:
            if part.filename.lower().endswith((".xml", ".rels")):
                raise WorkbookRefused(damaged()) from error


def _feed(parser: expat.XMLParserType, read: Callable[[], bytes]) -> None:
    while chunk := read():
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _refuse_doctype(*_parts: object) -> None:
    raise WorkbookRefused(_("Dit bestand bevat een onveilige opdracht (DOCTYPE). We openen het niet."))


def _stop(*_parts: object) -> None:
    raise _Seen
