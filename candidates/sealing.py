"""Keys for what waits on a device: everybody may lock with the public one, only the signed-in owner gets the other.

Both follow from the server's secret and the user's number, so nothing is kept and nothing can be forgotten. See
docs/adr/0010-sealed-on-the-device.md for what this protects against and what not.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.utils.encoding import force_bytes

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""How many points the curve has; a private key is a number below it."""


@dataclass(frozen=True)
class Key:
    """One key of a user: its mark, the public half (raw, base64url) and the private one (as a browser imports it)."""

    mark: str
    public: str
    private: dict[str, str]


def owner_mark(user_id: int) -> str:
    """A word for the user that tells a stranger on the same device nothing."""
    return _derive(settings.SECRET_KEY, "owner", user_id).hex()[:24]


def keys_of(user_id: int) -> list[Key]:
    """The key in use, then those of earlier secrets, so that a change of secret leaves nothing unreadable."""
    return [_key(secret, user_id) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _derive(secret: str | bytes, use: str, user_id: int) -> bytes:
    return hmac.digest(force_bytes(secret), f"buurtbaan.sealing.1.{use}.{user_id}".encode(), "sha512")


def _key(secret: str | bytes, user_id: int) -> Key:
    number = int.from_bytes(_derive(secret, "key", user_id)) % (ORDER - 1) + 1
    public = ec.derive_private_key(number, CURVE).public_key()
    raw = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    half = {"kty": "EC", "crv": "P-256", "x": _text(raw[1:33]), "y": _text(raw[33:])}
    return Key(
        mark=hashlib.sha256(raw).hexdigest()[:16],
        public=_text(raw),
        private={**half, "d": _text(number.to_bytes(32))},
    )


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
