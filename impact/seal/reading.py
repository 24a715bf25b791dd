"""Reading a seal without reading the PDF: over all bytes but its own, so that no hostile file is ever interpreted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asn1crypto import cms, x509

BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]")
LONGEST = 200_000
"""Characters that a seal may take; ours takes about 16,000."""


class SealState(Enum):
    """What a file's bytes say."""

    NONE = "none"
    WHOLE = "whole"
    BROKEN = "broken"
    ADDED = "added"
    CUT = "cut"


@dataclass(frozen=True)
class Seal:
    """What stands in a file: its state, the SHA-256 of the signer's certificate, and the name in that."""

    state: SealState
    fingerprint: str = ""
    signer: str = ""


def fingerprint(certificate: bytes) -> str:
    """How a certificate is recognised: the SHA-256 of its DER form."""
    return sha256(certificate).hexdigest()


def read_seal(data: bytes) -> Seal:
    """The last seal in the file. WHOLE says that every byte is as it was when this certificate's key sealed it.

    It does not say whose certificate that is: compare `fingerprint` with the ones that are known.
    """
    ranges = [tuple(map(int, found.groups())) for found in BYTE_RANGE.finditer(data)]
    if not ranges:
        return Seal(SealState.NONE)
    start, length, after, rest = ranges[-1]
    hole = data[length:after]
    if start or not hole.startswith(b"<") or after - length > LONGEST:
        return Seal(SealState.BROKEN)
    if after + rest > len(data):
        return Seal(SealState.CUT, *_signer(hole))
    if not hole.endswith(b">"):
        return Seal(SealState.BROKEN)
    whole = _holds(hole, data[:length] + data[after : after + rest])
    if not whole:
        return Seal(SealState.BROKEN, *_signer(hole))
    return Seal(SealState.WHOLE if after + rest == len(data) else SealState.ADDED, *_signer(hole))


def _signed(hole: bytes) -> tuple[cms.SignedData, x509.Certificate] | None:
    """The signature within the hole and its signer's certificate; nothing when it cannot be read."""
    from asn1crypto import cms

    try:
        data = bytes.fromhex(hole.strip(b"<>").decode("ascii"))
        info = cms.ContentInfo.load(data)
        if (
            info.dump() + bytes(len(data) - len(info.dump())) != data
            or info["content_type"].native != "signed_data"
        ):
            return None
        content = info["content"]
        name = content["signer_infos"][0]["sid"].chosen
        for one in content["certificates"]:
            found = one.chosen
            if (found.issuer, found.serial_number) == (name["issuer"], name["serial_number"].native):
                return content, found
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return None
    return None


def _holds(hole: bytes, data: bytes) -> bool:
    """Whether the signature is one over exactly these bytes, with SHA-256."""
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    found = _signed(hole)
    if found is None:
        return False
    content, certificate = found
    signer = content["signer_infos"][0]
    if signer["digest_algorithm"]["algorithm"].native != "sha256":
        return False
    try:
        intact, valid = validate_sig_integrity(signer, certificate, "data", sha256(data).digest())
    except Exception:  # whatever is wrong with a stranger's signature, it does not hold
        return False
    return bool(intact and valid)


def _signer(hole: bytes) -> tuple[str, str]:
    found = _signed(hole)
    if found is None:
        return "", ""
    certificate = found[1]
    try:
        return fingerprint(certificate.dump()), str(certificate.subject.human_friendly)[:300]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):  # a damaged name
        return "", ""
