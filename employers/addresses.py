"""Looking up where an employer's address lies, with the national address service, only when it is configured.

Off by default: then nothing leaves the house. Never for where a person lives: only locations of employers come here.
"""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.utils.translation import gettext as _

TIMEOUT = 3.0  # seconds
MOST_BYTES = 64 * 1024
FIELDS = "weergavenaam,straatnaam,huis_nlt,postcode,woonplaatsnaam,centroide_ll"

logger = logging.getLogger("buurtbaan.addresses")


class AddressNotFound(Exception):
    """The text says what to do, in the reader's language."""


@dataclass(frozen=True)
class Found:
    """An address as the service writes it."""

    address: str
    postcode: str
    city: str
    latitude: float
    longitude: float


class _Stay(HTTPRedirectHandler):
    """An answer elsewhere is no answer: we ask the configured host alone."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def is_on() -> bool:
    """Whether whoever runs this installation chose to ask the address service."""
    return bool(settings.ADDRESS_SERVICE_URL)


def look_up(*, address: str, postcode: str, city: str) -> Found:
    """The best address for what somebody typed. Raises AddressNotFound; waits TIMEOUT at most."""
    asked = " ".join(part.strip() for part in (address, postcode, city) if part.strip())
    if not address.strip():
        raise AddressNotFound(_("Vul eerst straat en nummer in."))
    docs = _ask(asked[:200])
    found = _read(docs[0]) if docs else None
    if found is None:
        raise AddressNotFound(
            _("De adressendienst kent dit adres niet. Kijk het na, of vul het punt zelf in.")
        )
    return found


def _ask(text: str) -> list[dict[str, Any]]:
    url = settings.ADDRESS_SERVICE_URL
    if urlsplit(url).scheme not in ("http", "https"):
        raise AddressNotFound(_("De adressendienst is niet goed ingesteld. Vul het punt zelf in."))
    query = urlencode({"q": text, "fq": "type:adres", "rows": 1, "fl": FIELDS})
    request = Request(f"{url}?{query}", headers={"Accept": "application/json", "User-Agent": "Buurtbaan"})  # noqa: S310 - the scheme is checked
    try:
        with build_opener(_Stay()).open(request, timeout=TIMEOUT) as answer:
            told = json.loads(answer.read(MOST_BYTES))
        docs = told["response"]["docs"]
        return [doc for doc in docs if isinstance(doc, dict)]
    except (URLError, OSError, ValueError, KeyError, TypeError) as reason:
        logger.warning("address service: %s", type(reason).__name__)
        raise AddressNotFound(
            _("De adressendienst antwoordt niet. Bewaar de locatie zonder punt, of probeer het later.")
        ) from reason


def _read(doc: dict[str, Any]) -> Found | None:
    """What we can use of an answer; None when a part of it is not what it should be."""
    point = re.fullmatch(r"POINT\(([-\d.]+) ([-\d.]+)\)", str(doc.get("centroide_ll", "")))
    if not point:
        return None
    longitude, latitude = float(point[1]), float(point[2])
    if not (50.5 <= latitude <= 53.8 and 3.2 <= longitude <= 7.4):
        return None
    street = f"{doc.get('straatnaam', '')} {doc.get('huis_nlt', '')}".strip()
    postcode = str(doc.get("postcode", ""))
    return Found(
        address=street[:160],
        postcode=postcode if re.fullmatch(r"[1-9]\d{3}[A-Z]{2}", postcode) else "",
        city=str(doc.get("woonplaatsnaam", ""))[:80],
        latitude=round(latitude, 6),
        longitude=round(longitude, 6),
    )
