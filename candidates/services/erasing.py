"""Forgetting somebody: every row, every line of the trail, every file; what stays is a count and a hash."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.files.storage import Storage
from django.db import connection, models, transaction
from django.db.models.deletion import Collector
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Invitation, Membership, User
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from candidates.enums import ErasureRule
from candidates.models import Candidate, Erasure
from candidates.rights import mails
from candidates.rights.reach import rows_of, ways

log = logging.getLogger("buurtbaan.erasures")


@transaction.atomic
def erase(
    *, candidate: Candidate, rule: ErasureRule | str, by: Membership | None = None, reason: str = ""
) -> Erasure:
    """Take away everything about a person, and write a line in the ledger that holds nothing about them.

    What hangs on the person goes by construction (`rights.reach`); other apps add what they keep elsewhere through
    `settings.ERASURE_STEPS`, before the rows go. by: None for the schedule. Raises NotAllowedNow when somebody else
    was first. The person's row is locked first, so a colleague's save either comes before, and goes too, or fails.
    """
    scope = Scope.for_bureaus([candidate.bureau_id], reason=reason or "erasure")
    if by is not None:
        scope = replace(scope, user=by.user_id, membership=by.pk)
    with scoped(scope):
        person = Candidate.objects.select_for_update(of=("self",)).filter(pk=candidate.pk).first()
        if person is None:
            raise NotAllowedNow(_("Dit dossier is al gewist."))
        for step in _steps():
            step(person)
        account = _account_of(person)
        _mails(person, account)
        counts, gone, members = _take_away(person, account)
        line = Erasure.objects.create(
            bureau_id=person.bureau_id, key_hash=hash_key(person), rule=rule, counts=counts,
            actor_id=by.pk if by else None, by_role=by.role if by else "system",
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT erase_trail(%s, %s::jsonb, %s::bigint[], %s)",
                [candidate.pk, json.dumps(gone), members, line.pk],
            )
        transaction.on_commit(partial(_keep_outside, line), robust=True)
        return line


def hash_key(candidate: Candidate) -> str:
    """What the ledger keeps of a person: a hash of the random number beside the file."""
    return hashlib.sha256(candidate.key.bytes).hexdigest()


def _steps() -> list[Callable[[Candidate], None]]:
    return [import_string(name) for name in settings.ERASURE_STEPS]


def _account_of(person: Candidate) -> User | None:
    """The person's account, unless it opens another role too: then it stays, without this one."""
    own = Membership.objects.filter(candidate=person).select_related("user").first()
    if own is None:
        return None
    with scoped(Scope(user=own.user_id)):
        others = Membership.objects.filter(user=own.user_id).exclude(pk=own.pk).exclude(role=Role.CANDIDATE)
        return None if others.exists() else own.user


def _mails(person: Candidate, account: User | None) -> None:
    """Messages on disk in which the person can be recognised; once the transaction stands."""
    needles = {person.email, person.phone, account.email if account else ""}
    if person.last_name:
        needles |= {person.full_name, person.short_name}
    needles = {needle for needle in needles if needle}
    transaction.on_commit(partial(_forget_mails, needles), robust=True)


def _forget_mails(needles: set[str]) -> None:
    mails.forget(needles=needles, sent=())


def _take_away(
    person: Candidate, account: User | None
) -> tuple[dict[str, int], dict[str, list[int]], list[int]]:
    """Delete the person's rows and the account. Gives rows per table, the ids by table, and the roles that went."""
    gone: dict[str, list[int]] = {}
    members = list(Membership.objects.filter(candidate=person).values_list("pk", flat=True))
    for model in ways():
        if isinstance(model._meta.pk, models.AutoField):
            gone[model._meta.db_table] = list(rows_of(model, person).values_list("pk", flat=True))
        _drop_files(model, person)
    if person.email:
        Invitation.objects.filter(
            bureau=person.bureau_id, role=Role.CANDIDATE, email__iexact=person.email
        ).delete()
    counts = _delete(person)
    if account is not None:
        gone[User._meta.db_table] = [account.pk]
        _end_sessions(account)
        for name, count in _delete(account).items():
            counts[name] = counts.get(name, 0) + count
    return counts, {table: ids for table, ids in gone.items() if ids}, members


def _delete(row: models.Model) -> dict[str, int]:
    collector = Collector(using="default", origin=row)
    collector.collect([row])
    _total, counts = collector.delete()
    return {name: count for name, count in counts.items() if count}


def _drop_files(model: type[models.Model], person: Candidate) -> None:
    """Remove uploaded files once the transaction stands."""
    for field in model._meta.concrete_fields:
        if isinstance(field, models.FileField):
            for name in rows_of(model, person).exclude(**{field.name: ""}).values_list(field.name, flat=True):
                storage: Storage = field.storage
                transaction.on_commit(partial(storage.delete, name), robust=True)


def _end_sessions(account: User) -> None:
    """Sign the person out everywhere."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if str(session.get_decoded().get(SESSION_KEY, "")) == str(account.pk):
            session.delete()


def _keep_outside(line: Erasure) -> None:
    """Add the line to a file apart from the database: the newest backup may be older than the erasure."""
    path = Path(settings.ERASURE_LEDGER)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as ledger:
        ledger.write(json.dumps(as_line(line)) + "\n")


def as_line(line: Erasure) -> dict[str, Any]:
    """One line of the ledger as it is kept outside the database."""
    return {"key": line.key_hash, "on": line.on.isoformat(), "rule": str(line.rule), "rows": line.counts}
