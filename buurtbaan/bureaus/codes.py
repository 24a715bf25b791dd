"""A code to say out loud or to show: ten digits, like a phone number. The first four find it, the last six open it."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import AccessLink, Membership, User
from buurtbaan.bureaus.services import enter_by
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped

VALID = timedelta(minutes=30)
TRIES = 5
NUMBER, SECRET = 4, 6
ATTEMPTS_TO_FIND_A_NUMBER = 25


def issue(*, membership: Membership, target: str) -> str:
    """A new code for somebody's own page; it works once, for half an hour. An older one stops.

    Only keyed hashes are kept. Numbers of codes that are over are given back.
    """
    now = timezone.now()
    kept = AccessLink.objects.exclude(number_hash=None)
    kept.filter(expires_at__lte=now).update(number_hash=None)
    kept.filter(membership=membership).update(number_hash=None, expires_at=now)
    for _attempt in range(ATTEMPTS_TO_FIND_A_NUMBER):
        number, secret = _digits(NUMBER), _digits(SECRET)
        try:
            with transaction.atomic():
                AccessLink.objects.create(
                    membership=membership, target=target, token_hash=secrets.token_hex(32),
                    number_hash=_hash(number), code_hash=_hash(number + secret), expires_at=now + VALID,
                )  # fmt: skip
        except IntegrityError:
            continue
        return number + secret
    raise NotAllowedNow(_("Er zijn nu te veel codes in gebruik. Probeer het over een half uur."))


def use(*, typed: str) -> tuple[User, int, str] | None:
    """Spend a code: the account, the role's id and the page to go to; None when it does not open anything.

    What was typed may hold spaces and dashes. A wrong code counts; after five the code is over. The answer never
    says whether the number exists.
    """
    digits = "".join(letter for letter in typed if letter.isascii() and letter.isdigit())
    if len(digits) != NUMBER + SECRET:
        return None
    number = _hash(digits[:NUMBER])
    with scoped(Scope(token=number)):
        link = AccessLink.objects.select_for_update(of=("self",)).filter(number_hash=number).first()
        right = link is not None and constant_time_compare(link.code_hash, _hash(digits))
        if link is None or link.used_at or link.expires_at <= timezone.now() or link.tries >= TRIES:
            return None
        if right:
            link.used_at = timezone.now()
        else:
            link.tries += 1
        link.save(update_fields=["used_at", "tries"])
    try:
        return enter_by(link) if right else None
    except NotAllowedNow:
        return None


def spoken(code: str) -> str:
    """The code in groups, as one says a phone number: 4829 731 204."""
    return f"{code[:NUMBER]} {code[NUMBER : NUMBER + 3]} {code[NUMBER + 3 :]}"


def _digits(count: int) -> str:
    return f"{secrets.randbelow(10**count):0{count}d}"


def _hash(digits: str) -> str:
    return salted_hmac("buurtbaan.bureaus.codes", digits, algorithm="sha256").hexdigest()
