"""What an employer's link opens: one question, one contact, and the scope in which it is read and answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.utils import timezone

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership, User, hash_token
from buurtbaan.scope import Scope, scoped
from employers.models import Contact
from matching.models import EmployerLink, EmployerQuestion
from matching.services.asking import still_waits


@dataclass(frozen=True)
class Opened:
    """A link that exists. `by` acts for the contact, and has no row when the contact has no account."""

    link: EmployerLink
    question: EmployerQuestion
    contact: Contact
    by: Membership

    @property
    def waits(self) -> bool:
        """Whether it can be answered with this link, now."""
        return self.link.is_fresh and not _left(self.contact) and still_waits(self.question)


@contextmanager
def opened(token: str) -> Iterator[Opened | None]:
    """A scope that sees the own company and nothing of the bureau, for as long as the block lasts.

    None for a token that nobody got, or whose question or contact is gone.
    """
    with scoped(Scope(token=hash_token(token))):
        link = EmployerLink.objects.filter(token_hash=hash_token(token)).first()
    if link is None:
        yield None
        return
    inside = Scope(
        role=Role.EMPLOYER, employers=(link.employer_id,), home=(link.bureau_id,), token=link.token_hash,
        reason=f"employer link {link.pk}",
    )  # fmt: skip
    with scoped(inside):
        by = _acting(link)
        with scoped(replace(inside, membership=by.pk, user=by.user_id)):
            question = EmployerQuestion.objects.select_related(
                "introduction", "placement__position", "step", "period__placement"
            )
            yield Opened(link, question.get(pk=link.question_id), link.contact, by)


def _acting(link: EmployerLink) -> Membership:
    """The contact's own role, or a role on no record with the contact's name."""
    contact = Contact.objects.select_related("membership__user", "employer").get(pk=link.contact_id)
    link.contact = contact
    if contact.membership is not None and contact.membership.is_current:
        return contact.membership
    return Membership(
        role=Role.EMPLOYER, bureau_id=link.bureau_id, employer=contact.employer,
        user=User(name=contact.name, email=contact.email),
    )  # fmt: skip


def _left(contact: Contact) -> bool:
    """Whether the contact's role here has ended."""
    return contact.membership is not None and not contact.membership.is_current


def spend(found: Opened) -> bool:
    """Use the link up; False when somebody did a moment ago. The row is held until the answer stands."""
    link = EmployerLink.objects.select_for_update(of=("self",)).get(pk=found.link.pk)
    if not link.is_fresh:
        return False
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    return True
