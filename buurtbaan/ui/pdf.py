"""HTML to one file that is PDF/A-3a and PDF/UA-1, with files attached, and the same bytes every time."""

from __future__ import annotations

import gc
import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.text import slugify

if TYPE_CHECKING:
    import pydyf
    from weasyprint.document import Document

PAGES = settings.BASE_DIR / "static" / "css"
VARIANT = "pdf/a-3a"
PREFIXES = {
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
for prefix, uri in PREFIXES.items():
    ElementTree.register_namespace(prefix, uri)
UA_DESCRIPTION = """
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
    xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
"""
UA_SCHEMA = """
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def document_pdf(template: str, context: Mapping[str, Any], *, moment: datetime) -> bytes:
    """A template of `templates/documents/` as PDF; the same context and moment give the same bytes.

    The template links `document-pdf.css` and writes `moment` in its metadata; its language is the active one.
    """
    html = render_to_string(template, {**context, "moment": moment})
    identifier = sha256(html.encode()).hexdigest()
    return write_pdf(html, base=f"{PAGES}/", identifier=identifier, files={}, moment=moment, links={})


def pdf_response(data: bytes, *names: Any, save: bool = False) -> HttpResponse:
    """A document to read or print, never kept by what stands between. names: what the file is called.

    save: the browser puts it among the downloads at once.
    """
    name = slugify("-".join(str(one) for one in names))[:80] or "document"
    how = "attachment" if save else "inline"
    return HttpResponse(
        data,
        content_type="application/pdf",
        headers={"Content-Disposition": f'{how}; filename="{name}.pdf"', "Cache-Control": "no-store"},
    )


def write_pdf(
    html: str,
    *,
    base: str,
    identifier: str,
    files: Mapping[str, tuple[bytes, str]],
    moment: datetime,
    links: Mapping[str, str],
) -> bytes:
    """The document as bytes. files: name to data and description; links: anchor to what a link to it says.

    WeasyPrint is imported here: it is half of the time that a start takes, and most processes never write a page.
    """
    from weasyprint import HTML, Attachment
    from weasyprint.text.fonts import FontConfiguration

    with _steady():
        rendered = HTML(string=html, base_url=base).render(
            font_config=FontConfiguration(), pdf_variant=VARIANT
        )
        rendered.metadata.attachments.extend(
            Attachment(
                string=data,
                name=name,
                description=about,
                relationship="Data",
                created=moment,
                modified=moment,
            )
            for name, (data, about) in files.items()
        )
        _also_ua(rendered)
        return bytes(
            rendered.write_pdf(
                finisher=lambda _document, pdf: _finish(pdf, links),
                pdf_variant=VARIANT,
                pdf_identifier=identifier.encode()[:16],
                custom_metadata=False,
            )
        )


def _also_ua(rendered: Document) -> None:
    """Say in the metadata that the file is PDF/UA-1 too, and explain that to PDF/A."""
    plain = rendered.metadata.generate_rdf_metadata

    def both(*args: object) -> bytes:
        rdf = ElementTree.fromstring(plain(*args))  # noqa: S314 - our own metadata
        for part in (UA_DESCRIPTION, UA_SCHEMA):
            rdf.append(ElementTree.fromstring(part.strip()))  # noqa: S314 - our own metadata
        return ElementTree.tostring(rdf, encoding="utf-8")

    rendered.metadata.generate_rdf_metadata = both


def _finish(pdf: pydyf.PDF, links: Mapping[str, str]) -> None:
    """What readers of the tags miss: which way a header points, where an ID is, what a link says."""
    import pydyf

    elements = [item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/StructElem"]
    for element in elements:
        if element["S"] == "/TH":
            row = _at(pdf, element["P"])
            group = _at(pdf, row["P"])
            element["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"
    _name_ids(pdf, elements)
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Subtype") == "/Link":
            anchor = getattr(item.get("Dest"), "string", "")
            item["Contents"] = pydyf.String(links.get(anchor, anchor or "link"))
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _at(pdf: pydyf.PDF, reference: bytes | str) -> pydyf.Dictionary:
    return pdf.objects[int(reference.split()[0])]


def _name_ids(pdf: pydyf.PDF, elements: Sequence[pydyf.Dictionary]) -> None:
    import pydyf

    named = sorted(
        ((element["ID"].string, element.reference) for element in elements if "ID" in element),
        key=lambda pair: pair[0],
    )
    if named:
        names = pydyf.Array(part for name, reference in named for part in (pydyf.String(name), reference))
        limits = pydyf.Array((pydyf.String(named[0][0]), pydyf.String(named[-1][0])))
        leaf = pydyf.Dictionary({"Names": names, "Limits": limits})
        pdf.add_object(leaf)
        tree = pydyf.Dictionary({"Kids": pydyf.Array([leaf.reference])})
        pdf.add_object(tree)
        _at(pdf, pdf.catalog["StructTreeRoot"])["IDTree"] = tree.reference


@contextmanager
def _steady() -> Iterator[None]:
    """The same bytes every time: fontTools would write the clock into fonts. And faster without garbage
    collection in the middle of a layout, which costs a third of its time."""
    was, before = gc.isenabled(), os.environ.get("SOURCE_DATE_EPOCH")
    gc.disable()
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore", ResourceWarning
            )  # WeasyPrint leaves its colour profile to be closed
            yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
        if was:
            gc.enable()
