"""Who a message goes to, in which language and with which words, looked at before it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbaan.audit.models import Change
from buurtbaan.bureaus.models import Membership
from buurtbaan.ui.pieces import Text
from candidates.services import may_write
from employers.models import Contact
from matching import emails
from matching.models import Introduction, Match
from matching.services.delivery import came_back
from matching.services.messages import language_of, reachable

FREE_MAIL = frozenset(
    {
        "gmail.com", "googlemail.com", "hotmail.com", "hotmail.nl", "outlook.com", "outlook.nl", "live.com", "live.nl",
        "msn.com", "yahoo.com", "yahoo.nl", "icloud.com", "me.com", "aol.com", "gmx.com", "gmx.net", "proton.me",
        "protonmail.com", "ziggo.nl", "kpnmail.nl", "kpnplanet.nl", "planet.nl", "hetnet.nl", "home.nl", "xs4all.nl",
        "casema.nl", "upcmail.nl", "chello.nl", "telfort.nl", "tele2.nl", "solcon.nl", "zonnet.nl", "quicknet.nl",
    }
)  # fmt: skip
"""Domains at which anybody can have a mailbox."""
NEW_FOR = timedelta(days=7)
LINK = gettext_lazy("(hier komt een eigen link)")


@dataclass(frozen=True)
class Recipient:
    """One line of "Dit gaat naar": who, where, in which language, the whole text, and what to look at."""

    name: str
    role: Text
    address: str
    language: str
    subject: str
    text: str
    warnings: list[str] = field(default_factory=list)
    held: str = ""


def of_introduction(match: Match) -> list[Recipient]:
    """Who hears that somebody would like to meet."""
    return list(_employer(match, "introduction", None))


def of_meeting(match: Match, introduction: Introduction, *, again: bool) -> list[Recipient]:
    """Who gets the appointment; the introduction holds it and need not be saved."""
    kind = "meeting_moved" if again else "meeting"
    found = [*_candidate(match, kind, introduction), *_employer(match, kind, introduction)]
    coach = match.candidate.coach or match.proposed_by
    if coach and coach.user.email:
        found.append(_colleague(match, coach, f"coach.{kind}", gettext_lazy("Coach"), introduction))
    member = introduction.companion_member
    if member and member != match.candidate.coach and member.user.email:
        role = gettext_lazy("Gaat mee")
        found.append(_colleague(match, member, f"companion.{kind}", role, introduction))
    return found


def _candidate(match: Match, kind: str, introduction: Introduction) -> Iterator[Recipient]:
    candidate = match.candidate
    if not candidate.email:
        return
    held = "" if may_write(candidate) else _("Geen toestemming voor contact: dit bericht gaat niet weg. Bel.")
    warnings = _doubts("candidates_candidate", candidate.pk, match.bureau_id, candidate.email)
    yield _written(
        match, f"candidate.{kind}", introduction, candidate.language,
        name=candidate.full_name, role=gettext_lazy("Kandidaat"), address=candidate.email, warnings=warnings, held=held,
    )  # fmt: skip


def _employer(match: Match, kind: str, introduction: Introduction | None) -> Iterator[Recipient]:
    for contact in reachable(match.employer_id):
        yield _written(
            match, f"employer.{kind}", introduction, language_of(contact),
            name=contact.name, role=match.employer.name, address=contact.email, warnings=doubts(contact),
            held=_("Een eerder bericht kwam terug: dit gaat niet weg.") if _back(contact) else "",
        )  # fmt: skip


def _colleague(match: Match, who: Membership, kind: str, role: Text, introduction: Introduction) -> Recipient:
    return _written(
        match, kind, introduction, who.user.language, name=str(who.user), role=role, address=who.user.email,
    )  # fmt: skip


def _written(
    match: Match, kind: str, introduction: Introduction | None, language: str, *, address: str, **more: Any
) -> Recipient:
    with translation.override(language):
        letter = emails.written(kind, match, address, introduction, str(LINK))
        subject, text = letter.subject, letter.text
    word = str(dict(settings.LANGUAGES).get(language, language))
    return Recipient(address=address, language=word, subject=subject, text=text, **more)


def _back(contact: Contact) -> bool:
    return came_back(contact.bureau_id, contact.email)


def doubts(contact: Contact) -> list[str]:
    """What to look at before something goes to this contact of an employer."""
    found = _doubts("employers_contact", contact.pk, contact.bureau_id, contact.email)
    if contact.email.rpartition("@")[2].lower() in FREE_MAIL:
        found.insert(0, _("Dit is een gewoon e-mailadres, niet van een bedrijf. Klopt het?"))
    return found


def _doubts(table: str, row: int, bureau_id: int, address: str) -> list[str]:
    found = []
    if _is_new(table, row, bureau_id):
        found.append(_("Dit adres is de laatste week veranderd. Kijk het goed na."))
    if came_back(bureau_id, address):
        found.append(_("Een eerder bericht aan dit adres kwam terug. Bel, of verbeter het adres."))
    return found


def _is_new(table: str, row: int, bureau_id: int) -> bool:
    """Whether the trail has another address for this row within a week."""
    lines = Change.objects.filter(
        bureau_id=bureau_id, table=table, row_id=row, action="UPDATE", at__gte=timezone.now() - NEW_FOR
    )
    pairs = lines.values_list("before__email", "after__email")
    return any(was != now for was, now in pairs)
