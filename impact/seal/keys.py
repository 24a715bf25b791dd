"""The key that seals reports: given by whoever runs the product, or made once by the installation itself."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils.translation import gettext as _

from buurtbaan.errors import NotAllowedNow

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes

log = logging.getLogger("buurtbaan.reports")
OWN_FILE = "key-and-certificate.pem"
YEARS = 25
"""How long a certificate of our own lasts: longer than reports have to be kept."""


class SealError(NotAllowedNow):
    """Sealing cannot go on; the text says what to do."""


@dataclass(frozen=True)
class SealKey:
    """A private key and its certificates, the own one first. own: made by this installation, vouched for by nobody."""

    key: bytes
    certificates: tuple[x509.Certificate, ...]
    own: bool

    @property
    def certificate(self) -> x509.Certificate:
        return self.certificates[0]


def seal_key(now: datetime | None = None) -> SealKey:
    """The key to seal with now: the one that is set, or else the installation's own, made when it is not there.

    Raises SealError when what was set is missing, damaged, does not belong together or has run out.
    """
    given = settings.SEAL_KEY or settings.SEAL_KEY_FILE
    if not given and (settings.SEAL_CERTIFICATE or settings.SEAL_CERTIFICATE_FILE):
        raise SealError(
            _(
                "Er is wel een certificaat voor het zegel ingesteld, maar geen sleutel. De beheerder vult die aan."
            )
        )
    pem = _given(settings.SEAL_KEY, settings.SEAL_KEY_FILE) if given else _own()
    papers = _given(settings.SEAL_CERTIFICATE, settings.SEAL_CERTIFICATE_FILE) or pem
    found = _read(pem, papers, own=not given)
    if found.certificate.not_valid_after_utc <= (now or datetime.now(UTC)):
        raise SealError(
            _(
                "Het certificaat waarmee we rapporten verzegelen, is verlopen. De beheerder stelt een nieuw in."
            )
        )
    return found


def _given(text: str, name: str) -> bytes:
    """A PEM from the environment, where line ends may be written as `\\n`, or from the file that it names."""
    if text:
        return text.replace("\\n", "\n").encode()
    if not name:
        return b""
    try:
        return Path(name).read_bytes()
    except OSError as reason:
        log.error("the seal's key or certificate %s: %s", name, reason)
        raise SealError(
            _(
                "De sleutel waarmee we rapporten verzegelen, is niet te lezen. Er is niets kwijt. "
                "De beheerder zet de sleutel terug of stelt een nieuwe in; daarna lukt het rapport."
            )
        ) from reason


def _read(pem: bytes, papers: bytes, *, own: bool) -> SealKey:
    try:
        password = settings.SEAL_PASSWORD.encode() or None
        key = load_pem_private_key(pem, None if own else password)
        certificates = tuple(x509.load_pem_x509_certificates(papers))
    except (ValueError, TypeError) as reason:
        log.error("the seal's key or certificate: %s", reason)
        raise SealError(
            _("De sleutel of het certificaat voor het zegel is beschadigd. De beheerder zet een goede terug.")
        ) from reason
    if _public(key.public_key()) != _public(certificates[0].public_key()):
        raise SealError(_("De sleutel en het certificaat voor het zegel horen niet bij elkaar."))
    return SealKey(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()), certificates, own)


def _public(key: object) -> bytes:
    return cast(bytes, key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))  # type: ignore[attr-defined]


def _own() -> bytes:
    """The installation's own key; of several processes that find none, one makes it and all use that one."""
    place = Path(settings.SEAL_FOLDER) / OWN_FILE
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = place.with_name(f"{OWN_FILE}.{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(make_own())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, place)
        except FileExistsError:
            log.info("another process made the key of the seal at the same time")
        finally:
            fresh.unlink()
    return place.read_bytes()


def make_own(now: datetime | None = None) -> bytes:
    """A new key with a certificate that it signed itself, as PEM."""
    now = now or datetime.now(UTC)
    key = ec.generate_private_key(ec.SECP256R1())
    host = urlsplit(settings.SITE_ADDRESS).hostname or "buurtbaan"
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, f"Buurtbaan {host}"[:64]),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Buurtbaan"),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(cast("CertificateIssuerPrivateKeyTypes", key), hashes.SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return secret + certificate.public_bytes(Encoding.PEM)
