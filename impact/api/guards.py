"""Who may ask, and how often."""

from __future__ import annotations

import logging
import time

from django.conf import settings
from django.core.cache import BaseCache, caches
from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle
from redis.exceptions import RedisError

from impact.models import ApiKey
from impact.services.keys import open_with

log = logging.getLogger("buurtbaan.api")
MINUTE = 60


class Key(HttpBearer):
    """A key in the header `Authorization: Bearer …` opens the reports of its municipality, and nothing else."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:
        return open_with(token.strip()) if token.strip() else None


class PerKey(BaseThrottle):
    """So many requests a minute for each key."""

    def allow_request(self, request: HttpRequest) -> bool:
        key: ApiKey = request.auth  # type: ignore[attr-defined]
        return _count(f"{key.pk}:{int(time.time()) // MINUTE}") <= settings.API_REQUESTS_A_MINUTE

    def wait(self) -> float:
        """Seconds until the next minute."""
        return MINUTE - time.time() % MINUTE


def _count(name: str) -> int:
    """One more, in Redis; with Redis away in the database, so that the limit holds and the answers go on."""
    try:
        return _one_more(caches["throttle"], name)
    except (RedisError, OSError) as reason:
        log.warning("Redis is away, requests are counted in the database: %s", reason)
        return _one_more(caches["default"], f"api:{name}")


def _one_more(cache: BaseCache, name: str) -> int:
    cache.add(name, 0, timeout=2 * MINUTE)
    return int(cache.incr(name))
