"""How people come to have a role, change it, and leave."""

from __future__ import annotations

import secrets
from datetime import date

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from buurtbaan.bureaus.enums import HOLDERS, NEEDS_SECOND_FACTOR, STAFF, Role
from buurtbaan.bureaus.models import (
    AccessLink,
    Bureau,
    Invitation,
    Membership,
    Municipality,
    User,
    hash_token,
)
from buurtbaan.errors import NotAllowedNow
from buurtbaan.mailing import Letter
from buurtbaan.scope import Scope, scoped


def absolute(path: str) -> str:
    """A path with the site's address before it, for in an e-mail."""
    return settings.SITE_ADDRESS.rstrip("/") + path


@transaction.atomic
def invite(
    *,
    email: str,
    name: str = "",
    role: Role | str,
    bureau: Bureau | None = None,
    employer: object | None = None,
    municipality: Municipality | None = None,
    by: Membership,
) -> tuple[Invitation, str]:
    """Ask somebody by e-mail to take a role; gives the invitation and the path of its link.

    An open invitation for the same address and role is withdrawn first, so that only the newest link works.
    Raises NotAllowedNow when the person holds that role already.
    """
    email = email.strip().lower()
    place = {"bureau": bureau, "employer": employer, "municipality": municipality}
    if Membership.objects.current().filter(user__email__iexact=email, role=role, **place).exists():
        raise NotAllowedNow(_("%(email)s heeft deze rol al.") % {"email": email})
    Invitation.objects.filter(email=email, role=role, accepted_at=None, withdrawn_at=None, **place).update(
        withdrawn_at=timezone.now()
    )
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        email=email, name=name, role=role, invited_by=by, token_hash=hash_token(token), **place
    )
    path = reverse("invitation", args=[token])
    language = User.objects.filter(email__iexact=email).values_list("language", flat=True).first() or "nl"
    transaction.on_commit(lambda: _mail_invitation(invitation, path, str(by.user), language))
    return invitation, path


def _mail_invitation(invitation: Invitation, path: str, inviter: str, language: str) -> None:
    context = {"invitation": invitation, "inviter": inviter}
    with translation.override(language):
        letter = Letter(
            to=invitation.email,
            subject=_("Uitnodiging voor Buurtbaan"),
            body=render_to_string("emails/bureaus/invitation.txt", context).strip(),
            why=_("Je krijgt dit bericht omdat een collega of contactpersoon je adres opgaf."),
            bureau=invitation.bureau,
            act=_("Doe mee"),
            address=absolute(path),
        )
        email = letter.email()
    email.send(fail_silently=True)


def open_invitation(token: str) -> Invitation | None:
    """The invitation that a link carries, if it can still be accepted."""
    with scoped(Scope(token=hash_token(token))):
        invitation = (
            Invitation.objects.select_related("bureau", "municipality")
            .filter(token_hash=hash_token(token))
            .first()
        )
    return invitation if invitation and invitation.is_open else None


@transaction.atomic
def accept_invitation(*, token: str, name: str, password: str) -> Membership:
    """Take the role; makes the account when the address has none.

    An existing account keeps its password: whoever holds the link has to sign in with it afterwards.
    Raises NotAllowedNow when the link was used, withdrawn or is too old.
    """
    scope = Scope(role="system", token=hash_token(token), reason="invitation")
    with scoped(scope):
        invitation = (
            Invitation.objects.select_for_update(of=("self",)).filter(token_hash=hash_token(token)).first()
        )
        if invitation is None or not invitation.is_open:
            raise NotAllowedNow(_("Deze uitnodiging werkt niet meer. Vraag om een nieuwe."))
        invitation.accepted_at = timezone.now()
        invitation.save(update_fields=["accepted_at"])
    user = User.objects.filter(email__iexact=invitation.email).first()
    if user is None:
        user = User.objects.create_user(invitation.email, password, name=name)
    verify_address(user)
    inside = Scope(
        user=user.pk,
        role="system",
        reason="invitation",
        bureaus=tuple(filter(None, [invitation.bureau_id])),
        employers=tuple(filter(None, [invitation.employer_id])),
        municipalities=tuple(filter(None, [invitation.municipality_id])),
    )
    with scoped(inside):
        membership = Membership.objects.create(
            user=user,
            role=invitation.role,
            bureau_id=invitation.bureau_id,
            employer_id=invitation.employer_id,
            municipality_id=invitation.municipality_id,
        )
        if membership.employer:
            contacts = membership.employer.contacts.filter(email__iexact=invitation.email)
            contacts.update(membership=membership)
    return membership


def verify_address(user: User) -> None:
    """Whoever opened a link in an e-mail has shown that the address is theirs; a second factor needs that."""
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Membership) -> None:
    """The link stops working."""
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])


def open_link(token: str) -> AccessLink | None:
    """The single-use link behind a token, if it can still be used."""
    with scoped(Scope(token=hash_token(token))):
        link = AccessLink.objects.filter(token_hash=hash_token(token)).first()
    return link if link and link.used_at is None and link.expires_at > timezone.now() else None


@transaction.atomic
def use_link(*, token: str) -> tuple[User, int, str]:
    """Spend a single-use link: gives the account, the role's id and the page to go to.

    Raises NotAllowedNow when it was used, is too old, or the role ended. An account with any role that needs a
    second factor cannot be entered by a link, because one could switch to that role.
    """
    with scoped(Scope(token=hash_token(token))):
        link = AccessLink.objects.select_for_update(of=("self",)).filter(token_hash=hash_token(token)).first()
        if link is None or link.used_at is not None or link.expires_at <= timezone.now():
            raise NotAllowedNow(_("Deze link is al gebruikt of te oud. Vraag om een nieuwe."))
        link.used_at = timezone.now()
        link.save(update_fields=["used_at"])
    return enter_by(link)


def enter_by(link: AccessLink) -> tuple[User, int, str]:
    """The account that a link just spent opens, its role's id and the page; raises NotAllowedNow if it may not."""
    with scoped(Scope(role="platform")):
        membership = Membership.objects.select_related("user").get(pk=link.membership_id)
        roles = set(Membership.objects.current().filter(user=membership.user).values_list("role", flat=True))
    if membership.role not in roles or not membership.user.is_active or roles & NEEDS_SECOND_FACTOR:
        raise NotAllowedNow(_("Deze link werkt niet meer. Neem contact op met het bureau."))
    return membership.user, membership.pk, link.target


def holds(membership: Membership) -> int:
    """How many open files hang on this connector or coach."""
    open_files = {"stage": "closed"}
    return (
        membership.coached.exclude(**open_files).count() + membership.connected.exclude(**open_files).count()
    )


@transaction.atomic
def end_membership(*, membership: Membership, last_day: date, by: Membership) -> None:
    """End a role. People who hang on it are handed over first: nobody is left without a coach.

    Raises NotAllowedNow while there are people, when it is the bureau's only manager, and for the platform when files
    may hang on the role: it sees none of them. The database refuses it, too.
    """
    if by.role == Role.PLATFORM and membership.role in HOLDERS:
        raise NotAllowedNow(_("De bureauleider stopt deze rol, en kiest wie de mensen overneemt."))
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if membership.role == Role.MANAGER and _is_last_manager(membership):
        raise NotAllowedNow(_("Een bureau heeft altijd een bureauleider. Nodig eerst een ander uit."))
    if membership.role in STAFF and holds(membership):
        raise NotAllowedNow(_("Draag eerst de mensen van %(who)s over.") % {"who": membership.user})
    membership.ends = max(last_day, membership.starts)
    membership.save(update_fields=["ends"])


def _is_last_manager(membership: Membership) -> bool:
    others = Membership.objects.current().filter(bureau=membership.bureau_id, role=Role.MANAGER)
    return not others.exclude(pk=membership.pk).exists()
