"""Keys for a municipality's own programs: made, shown once, used, revoked."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership, hash_token
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, enter
from impact.models import ApiKey

MARK = "bbk_"
"""How every secret begins, so that a scanner of source code recognises one that leaked."""
MOST = 20
NOTED = timedelta(hours=1)
"""How exactly the last use is noted: not every request needs a write."""


@transaction.atomic
def make_key(*, name: str, by: Membership) -> tuple[ApiKey, str]:
    """A new key and its secret, which is kept nowhere. Raises NotAllowedNow for a name in use, or too many keys."""
    mine = ApiKey.objects.visible_to(by).filter(revoked_at=None)
    if mine.count() >= MOST:
        raise NotAllowedNow(
            _("Er zijn al twintig sleutels. Trek eerst een sleutel in die je niet meer gebruikt.")
        )
    secret = MARK + secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            key = ApiKey.objects.create(
                municipality_id=by.municipality_id or 0,
                name=name,
                secret_hash=hash_token(secret),
                ending=secret[-4:],
                made_by=by,
                made_by_name=str(by.user)[:160],
            )
    except IntegrityError as reason:
        raise NotAllowedNow(_("Er is al een sleutel met deze naam. Kies een andere naam.")) from reason
    return key, secret


@transaction.atomic
def revoke_key(*, key: ApiKey, by: Membership) -> None:
    """The key opens nothing any more, at once and for good."""
    ApiKey.objects.visible_to(by).filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now())


def open_with(secret: str) -> ApiKey | None:
    """Enter the scope of the municipality whose key this is, for the rest of the request; None for no such key."""
    enter(Scope(token=hash_token(secret)))
    rows = ApiKey.objects.filter(secret_hash=hash_token(secret), revoked_at=None)
    key = rows.select_related("municipality").first()
    if key is None:
        return None
    enter(Scope(role="api", municipalities=(key.municipality_id,), reason=f"api key {key.pk}"))
    now = timezone.now()
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - NOTED)
    ApiKey.objects.filter(stale, pk=key.pk).update(last_used_at=now)
    return key
