"""Opening a colleague's file with a reason, and the candidate's own way in."""

from __future__ import annotations

import uuid
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import AccessLink, Membership, User
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from candidates import emails
from candidates.models import Candidate, FileOpening
from candidates.services.consent import may_write
from candidates.services.locking import locked

LINK_VALID = timedelta(days=3)
NOWHERE = "kandidaat.invalid"
"""The domain of accounts without an e-mail address; `.invalid` never receives mail."""


@transaction.atomic
def open_with_reason(*, candidate: Candidate, reason: str, by: Membership) -> FileOpening:
    """Read a colleague's file for 24 hours; the candidate sees who and why.

    Raises NotAllowedNow without a reason.
    """
    if not reason.strip():
        raise NotAllowedNow(_("Schrijf op waarom je dit dossier opent."))
    now = timezone.now()
    return FileOpening.objects.create(
        bureau_id=candidate.bureau_id, candidate=candidate, membership=by, reason=reason.strip()[:300],
        opened_at=now, until=now + FileOpening.LASTS,
    )  # fmt: skip


@transaction.atomic
def invite_candidate(
    *, candidate: Candidate, by: Membership, target: str = "", by_mail: bool = True
) -> tuple[Membership, str]:
    """A link that signs the candidate in once; makes the account at the first one. Gives the role and the path.

    With an address and a yes to contact the link also goes by e-mail, after the transaction, unless another message
    brings one (by_mail=False). Raises NotAllowedNow when the account also has another role: a link would open that
    one, too.
    """
    candidate = locked(candidate)
    membership = Membership.objects.select_related("user").filter(candidate=candidate).first()
    if membership is None:
        membership = Membership.objects.create(
            user=_account(candidate), role=Role.CANDIDATE, bureau_id=candidate.bureau_id, candidate=candidate
        )
    elif _has_another_role(membership):
        raise NotAllowedNow(_("Deze persoon heeft hier ook een andere rol en meldt zich aan met e-mail."))
    else:
        follow_address(candidate)
    _link, path = AccessLink.issue(
        membership=membership, target=target or reverse("candidates:my_file"), valid=LINK_VALID
    )
    if candidate.email and by_mail and may_write(candidate):
        emails.send_link_on_commit(candidate=candidate, path=path, by=by)
    return membership, path


def follow_address(candidate: Candidate) -> None:
    """Let the account go by the address in the file, so that a code by e-mail reaches its owner and nobody else.

    An address that belongs to another account, or none, leaves one that receives no mail; an account with another
    role too keeps its own.
    """
    membership = Membership.objects.select_related("user").filter(candidate=candidate).first()
    if membership is None or _has_another_role(membership):
        return
    user, address = membership.user, candidate.email.strip().lower()
    if user.email == address:
        return
    if not address or User.objects.filter(email__iexact=address).exclude(pk=user.pk).exists():
        if user.email.endswith(f"@{NOWHERE}"):
            return
        address = f"{uuid.uuid4().hex}@{NOWHERE}"
    EmailAddress.objects.filter(user=user).delete()
    user.email = address
    user.save(update_fields=["email"])


def _account(candidate: Candidate) -> User:
    """An account of the candidate's own, never somebody's existing one: the link is shown on a colleague's screen."""
    address = candidate.email.strip().lower()
    if not address or User.objects.filter(email__iexact=address).exists():
        address = f"{uuid.uuid4().hex}@{NOWHERE}"
    return User.objects.create_user(address, None, name=candidate.first_name, language=candidate.language)


def _has_another_role(membership: Membership) -> bool:
    with scoped(Scope(user=membership.user_id)):
        return Membership.objects.filter(user=membership.user_id).exclude(role=Role.CANDIDATE).exists()
