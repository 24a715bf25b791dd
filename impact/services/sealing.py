"""Sealing a finished report, and remembering with which certificate."""

from __future__ import annotations

import logging

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.db import transaction
from django.utils.translation import gettext as _

from buurtbaan.scope import Scope, scoped
from impact.models import SealCertificate
from impact.seal.keys import SealError, SealKey, seal_key
from impact.seal.reading import SealState, fingerprint, read_seal
from impact.seal.signing import sign, validate

log = logging.getLogger("buurtbaan.reports")


def seal_report(pdf: bytes) -> bytes:
    """The document with its seal, read back and found good.

    Raises SealError when there is no key to seal with, or when the seal that was written does not hold.
    """
    key = seal_key()
    with scoped(Scope(role="system", reason="seal")):
        known = know_certificate(key)
    sealed = sign(pdf, key)
    found = read_seal(sealed)
    if found.state != SealState.WHOLE or found.fingerprint != known.fingerprint or not validate(sealed, key):
        raise SealError(
            _("Het zegel van dit rapport is niet goed. Het rapport is niet bewaard; probeer het opnieuw.")
        )
    return sealed


@transaction.atomic
def know_certificate(key: SealKey) -> SealCertificate:
    """The row of the key's certificate; a certificate that is new follows the one before it, and that is told."""
    paper = key.certificate
    print_ = fingerprint(paper.public_bytes(Encoding.DER))
    if found := SealCertificate.objects.filter(fingerprint=print_).first():
        return found
    names = paper.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    before = SealCertificate.objects.order_by("-first_used_at", "-pk").first()
    made, new = SealCertificate.objects.get_or_create(
        fingerprint=print_,
        defaults={
            "subject": str(names[0].value if names else paper.subject.rfc4514_string())[:300],
            "pem": "".join(one.public_bytes(Encoding.PEM).decode() for one in key.certificates),
            "own": key.own,
            "replaces": before,
        },
    )
    if new and before:
        log.warning(
            "reports are sealed with a new key from now on (%s, after %s); reports sealed before keep verifying",
            print_[:16],
            before.fingerprint[:16],
        )
    return made
