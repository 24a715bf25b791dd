"""Putting the seal on a PDF: an invisible PAdES signature that keeps PDF/A-3a and PDF/UA-1."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from cryptography.hazmat.primitives.serialization import Encoding
from django.utils.translation import gettext as _

from impact.seal.keys import SealError, SealKey

FIELD = "Zegel"
T = TypeVar("T")


def apart(work: Callable[[], T]) -> T:
    """Do what runs an event loop of its own in a thread of its own: a thread that has one refuses a second."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(copy_context().run, work).result()


def sign(pdf: bytes, key: SealKey) -> bytes:
    """The document with its seal added behind it; not a byte before it changes.

    Certified without leave for changes, so that a reader's program warns about any. pyHanko is imported here: most
    processes never seal anything.
    """
    from asn1crypto import keys, x509
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    own, *others = (x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in key.certificates)
    signer = SimpleSigner(
        signing_cert=own,
        signing_key=keys.PrivateKeyInfo.load(key.key),
        cert_registry=SimpleCertificateStore.from_certs([own, *others]),  # type: ignore[no-untyped-call]
    )
    about = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        reason=_("Wie dit bestand maakte, en dat er daarna niets is veranderd"),
    )
    field = SigFieldSpec(
        FIELD,
        readable_field_name=_("Zegel van dit rapport"),
        invis_sig_settings=InvisSigSettings(box_out_of_bounds=True),
    )
    out = io.BytesIO()
    sealer, writer = PdfSigner(about, signer, new_field_spec=field), IncrementalPdfFileWriter(io.BytesIO(pdf))
    apart(lambda: sealer.sign_pdf(writer, output=out))
    sealed = out.getvalue()
    if not sealed.startswith(pdf):
        raise SealError("the seal changed the document")
    return sealed


def validate(sealed: bytes, key: SealKey) -> bool:
    """What a reader's program will find, asked of the finished file: whole, unchanged, and sealed with this key."""
    from asn1crypto import x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    roots = [x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in key.certificates]
    reader = PdfFileReader(io.BytesIO(sealed))
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    status = apart(lambda: validate_pdf_signature(reader.embedded_signatures[-1], context))
    return bool(status.bottom_line)
