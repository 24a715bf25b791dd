"""How often one address may try something; counted in the cache that all web processes share."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest


def too_often(request: HttpRequest, action: str, rates: str, *, key: str | None = None) -> bool:
    """Whether this post is one too many; counts it when it is not. A GET never counts.

    rates: for example "5/m/ip,20/h/ip" or "5/h/key" for a `key` such as an e-mail address.
    """
    used = ratelimit.consume(request, app="buurtbaan", action=action, config={action: rates}, key=key)
    return used is None
