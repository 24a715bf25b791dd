"""What e-mails say, to whom they lead, and the calendar file that goes with a meeting.

Nothing personal stands in a subject line or in a message to an employer: that waits behind the link.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbaan.bureaus.enums import NEEDS_SECOND_FACTOR, Role
from buurtbaan.bureaus.models import AccessLink, Bureau, Membership
from buurtbaan.bureaus.services import absolute
from buurtbaan.calendars import Moment, calendar_file
from buurtbaan.mailing import Letter
from buurtbaan.scope import Scope, scoped
from candidates.models import Candidate
from employers.models import Contact
from matching.models import CheckIn, EmployerLink, EmployerQuestion, Introduction, Match, Message


@dataclass(frozen=True)
class Kind:
    """One sort of message: its subject, the word on its button, and whether it carries a calendar file."""

    subject: Promise
    act: Promise
    calendar: str = ""


@dataclass(frozen=True)
class Alone:
    """What a message is about when it is about the person alone: no proposal, no employer."""

    candidate: Candidate
    employer: None = None
    employer_id: None = None
    pk: int = 0

    @property
    def bureau(self) -> Bureau:
        return self.candidate.bureau

    @property
    def bureau_id(self) -> int:
        return self.candidate.bureau_id

    @property
    def candidate_id(self) -> int:
        return self.candidate.pk


About: TypeAlias = Match | EmployerQuestion | CheckIn | Alone
SEE = gettext_lazy("Bekijk het voorstel")
ANSWER = gettext_lazy("Geef antwoord")
KINDS: dict[str, Kind] = {
    "candidate.proposal": Kind(
        gettext_lazy("Werk dat misschien bij je past: %(work)s"), gettext_lazy("Bekijk en antwoord")
    ),
    "candidate.reminder": Kind(
        gettext_lazy("Wil je nog antwoorden? %(work)s"), gettext_lazy("Bekijk en antwoord")
    ),
    "candidate.expired": Kind(gettext_lazy("Het voorstel is gestopt: %(work)s"), SEE),
    "candidate.employer_silent": Kind(gettext_lazy("De werkgever heeft nog niet geantwoord: %(work)s"), SEE),
    "candidate.takes_long": Kind(gettext_lazy("Het duurt langer dan we wilden: %(work)s"), SEE),
    "candidate.taken_back": Kind(gettext_lazy("Je hoeft niets te doen: %(work)s"), SEE),
    "candidate.goes_on": Kind(gettext_lazy("Het gaat toch verder: %(work)s"), SEE),
    "candidate.ended": Kind(gettext_lazy("Het gaat niet door: %(work)s"), SEE),
    "candidate.placed": Kind(gettext_lazy("Je gaat beginnen: %(work)s"), gettext_lazy("Bekijk je werk")),
    "candidate.meeting": Kind(gettext_lazy("Je kennismaking: %(work)s"), SEE, "REQUEST"),
    "candidate.meeting_moved": Kind(gettext_lazy("Je kennismaking is verzet: %(work)s"), SEE, "REQUEST"),
    "candidate.meeting_cancelled": Kind(
        gettext_lazy("De kennismaking gaat niet door: %(work)s"), SEE, "CANCEL"
    ),
    "candidate.times": Kind(
        gettext_lazy("Wanneer kun je kennismaken? %(work)s"), gettext_lazy("Kies wat je past")
    ),
    "candidate.times_reminder": Kind(
        gettext_lazy("Welk moment past je? %(work)s"), gettext_lazy("Kies wat je past")
    ),
    "candidate.meeting_missed": Kind(gettext_lazy("We plannen een nieuw moment: %(work)s"), SEE),
    "candidate.check_in": Kind(gettext_lazy("Hoe gaat het op je werk?"), gettext_lazy("Vertel het")),
    "candidate.met": Kind(gettext_lazy("Hoe was je kennismaking? %(work)s"), gettext_lazy("Vertel het")),
    "employer.introduction": Kind(
        gettext_lazy("Iemand wil graag kennismaken: %(work)s"), gettext_lazy("Bekijk en antwoord")
    ),
    "employer.introduction_reminder": Kind(
        gettext_lazy("Wil je nog antwoorden? %(work)s"), gettext_lazy("Bekijk en antwoord")
    ),
    "employer.times": Kind(gettext_lazy("Wanneer past de kennismaking? %(work)s"), ANSWER),
    "employer.times_reminder": Kind(gettext_lazy("Welk moment past jullie? %(work)s"), ANSWER),
    "employer.met": Kind(gettext_lazy("Hoe was de kennismaking? %(work)s"), ANSWER),
    "employer.met_reminder": Kind(gettext_lazy("Vertel je nog hoe het was? %(work)s"), ANSWER),
    "employer.meeting_missed": Kind(
        gettext_lazy("We plannen een nieuw moment: %(work)s"), gettext_lazy("Bekijk de kennismaking")
    ),
    "employer.check_in": Kind(gettext_lazy("Hoe gaat het bij jullie? %(work)s"), ANSWER),
    "employer.check_in_reminder": Kind(gettext_lazy("Vertel je nog hoe het gaat? %(work)s"), ANSWER),
    "employer.hours": Kind(gettext_lazy("Kloppen de uren? %(work)s"), ANSWER),
    "employer.hours_reminder": Kind(gettext_lazy("Kijk je nog naar de uren? %(work)s"), ANSWER),
    "employer.goes_on": Kind(
        gettext_lazy("Het gaat toch verder: %(work)s"), gettext_lazy("Bekijk je kennismakingen")
    ),
    "candidate.corrected": Kind(
        gettext_lazy("Antwoord op wat je schreef"), gettext_lazy("Lees het antwoord")
    ),
    "candidate.new_coach": Kind(gettext_lazy("Je hebt een andere coach"), gettext_lazy("Ga naar je pagina")),
    "candidate.coach_period": Kind(
        gettext_lazy("Uren van je jobcoach: %(work)s"), gettext_lazy("Bekijk en teken")
    ),
    "employer.coach_period": Kind(
        gettext_lazy("Teken de uren van de jobcoach: %(work)s"), gettext_lazy("Bekijk en teken")
    ),
    "employer.coach_period_reminder": Kind(
        gettext_lazy("Teken je nog de uren van de jobcoach? %(work)s"), gettext_lazy("Bekijk en teken")
    ),
    "employer.ended": Kind(
        gettext_lazy("De kennismaking gaat niet door: %(work)s"), gettext_lazy("Bekijk je kennismakingen")
    ),
    "employer.meeting": Kind(
        gettext_lazy("Kennismaking gepland: %(work)s"), gettext_lazy("Bekijk de kennismaking"), "REQUEST"
    ),
    "employer.meeting_moved": Kind(
        gettext_lazy("Kennismaking verzet: %(work)s"), gettext_lazy("Bekijk de kennismaking"), "REQUEST"
    ),
    "employer.meeting_cancelled": Kind(
        gettext_lazy("Kennismaking afgezegd: %(work)s"), gettext_lazy("Bekijk je kennismakingen"), "CANCEL"
    ),
    "coach.agreed": Kind(gettext_lazy("Ja van je kandidaat: %(work)s"), SEE),
    "coach.not_right": Kind(gettext_lazy("Een reden klopt niet: %(work)s"), SEE),
    "coach.employer_yes": Kind(
        gettext_lazy("De werkgever wil kennismaken: %(work)s"), gettext_lazy("Plan kennismaking")
    ),
    "coach.employer_silent": Kind(gettext_lazy("De werkgever antwoordt niet: %(work)s"), SEE),
    "coach.your_turn": Kind(gettext_lazy("Iemand wacht op jou: %(work)s"), SEE),
    "coach.overdue": Kind(gettext_lazy("Dit blijft te lang liggen: %(work)s"), SEE),
    "coach.expired": Kind(gettext_lazy("Geen antwoord gekregen: %(work)s"), SEE),
    "coach.ended": Kind(gettext_lazy("Het gaat niet door: %(work)s"), SEE),
    "coach.times": Kind(gettext_lazy("De werkgever noemt momenten: %(work)s"), SEE),
    "coach.times_none": Kind(gettext_lazy("Nog geen moment gevonden: %(work)s"), SEE),
    "coach.times_fit": Kind(gettext_lazy("Er past een moment: %(work)s"), SEE),
    "coach.meeting": Kind(gettext_lazy("Kennismaking gepland: %(work)s"), SEE, "REQUEST"),
    "coach.meeting_moved": Kind(gettext_lazy("Kennismaking verzet: %(work)s"), SEE, "REQUEST"),
    "coach.meeting_cancelled": Kind(gettext_lazy("Kennismaking afgezegd: %(work)s"), SEE, "CANCEL"),
    "companion.meeting": Kind(gettext_lazy("Je gaat mee naar een kennismaking: %(work)s"), SEE, "REQUEST"),
    "companion.meeting_moved": Kind(gettext_lazy("Kennismaking verzet: %(work)s"), SEE, "REQUEST"),
    "companion.meeting_cancelled": Kind(gettext_lazy("Je hoeft niet mee: %(work)s"), SEE, "CANCEL"),
}


def subject(kind: str, about: About) -> str:
    """The subject line in the language now active; names the work, never a person."""
    return " ".join((str(KINDS[kind].subject) % {"work": _work(about)}).split())


def _work(about: About) -> str:
    """What the work is called, or else its form."""
    if isinstance(about, Alone):
        return ""
    if isinstance(about, Match):
        return about.position.title
    placement = about.placement
    if placement is None:
        asked = about.introduction if isinstance(about, EmployerQuestion) else None
        return asked.position_title if asked else ""
    return placement.position.title if placement.position else placement.get_form_display()


def compose(message: Message) -> EmailMultiAlternatives:
    """The e-mail of a message as it reads now, with a calendar file where there is a meeting."""
    match, about = message.match, _about(message)
    if about is None:
        raise ValueError("a message about nothing has nothing to say")
    reader = _reader(message, about)
    with translation.override(_language(message, about, reader)), timezone.override(None):
        introduction = as_it_was(Introduction.objects.filter(match=match).first(), message.meeting)
        address = _link(message, about) or _address(message, about, introduction, reader)
        letter = written(message.kind, about, message.recipient, introduction, address)
        email = replace(letter, subject=message.subject).email()
        method = KINDS[message.kind].calendar
        if method and match and introduction and introduction.starts_at:
            file = calendar(introduction, match, method=method, attendee=message.recipient)
            _attach(email, file, method)
    return email


def written(
    kind: str,
    about: About,
    recipient: str,
    introduction: Introduction | None,
    address: str = "",
) -> Letter:
    """What one kind of message says, in the language now active; `address` is where its button leads."""
    match = about if isinstance(about, Match) else None
    context = {
        "match": match, "candidate": about.candidate, "work": _work(about), "employer": about.employer,
        "position": match.position if match else None, "introduction": introduction, "address": address,
        "coach": about.candidate.coach,
    }  # fmt: skip
    body = render_to_string(f"emails/matching/{kind.replace('.', '_')}.txt", context).strip()
    return Letter(
        to=recipient, subject=subject(kind, about), body=body, bureau=about.bureau, act=KINDS[kind].act,
        address=address, why=_why(kind, about),
        coach=about.candidate.coach if kind.startswith((f"{Role.CANDIDATE}.", f"{Role.EMPLOYER}.")) else None,
    )  # fmt: skip


def _why(kind: str, about: About) -> str:
    """Why somebody gets this."""
    names = {"bureau": about.bureau.name, "employer": about.employer or ""}
    match kind.split(".")[0]:
        case Role.CANDIDATE:
            why = _("Je krijgt dit bericht omdat je meedoet bij %(bureau)s en zei dat we je mogen mailen.")
        case Role.EMPLOYER:
            why = _("Je krijgt dit bericht omdat je contactpersoon bent van %(employer)s bij %(bureau)s.")
        case "companion":
            why = _("Je krijgt dit bericht omdat je als collega meegaat.")
        case _:
            why = _("Je krijgt dit bericht omdat je dit voorstel begeleidt bij %(bureau)s.")
    return why % names


MEETING = ("minutes", "place", "companion", "calendar_sequence")


def as_it_is(introduction: Introduction) -> dict[str, Any]:
    """The appointment, to keep with a message."""
    starts = introduction.starts_at.isoformat() if introduction.starts_at else ""
    return {"starts_at": starts, **{name: getattr(introduction, name) for name in MEETING}}


def as_it_was(introduction: Introduction | None, kept: dict[str, Any] | None) -> Introduction | None:
    """The introduction with the appointment that a message is about, whatever became of it since."""
    if introduction is None or not kept:
        return introduction
    introduction.starts_at = datetime.fromisoformat(kept["starts_at"]) if kept["starts_at"] else None
    for name in MEETING:
        setattr(introduction, name, kept[name])
    return introduction


def _about(message: Message) -> About | None:
    """The proposal, the question, or the person alone."""
    return (
        message.match
        or message.question
        or message.check_in
        or (Alone(message.candidate) if message.candidate else None)
    )


def _reader(message: Message, about: About) -> Membership | None:
    """The role in which the recipient reads, if they have an account here."""
    role = message.kind.split(".")[0]
    if role == Role.CANDIDATE:
        return Membership.objects.current().select_related("user").filter(candidate=about.candidate).first()
    mine = Membership.objects.current().select_related("user").filter(user__email__iexact=message.recipient)
    if role == Role.EMPLOYER:
        return mine.filter(role=Role.EMPLOYER, employer=about.employer_id).first()
    if role == "companion":
        return mine.filter(bureau=about.bureau_id).order_by("role").first()
    return mine.filter(bureau=about.bureau_id, role=Role.COACH).first()


def _language(message: Message, about: About, reader: Membership | None) -> str:
    if message.kind.startswith(f"{Role.CANDIDATE}."):
        return about.candidate.language
    return reader.user.language if reader else "nl"


def _link(message: Message, about: About) -> str:
    """A link that shows one question to one contact, who needs no account; none when it is answered already."""
    question = message.question
    if (
        question is None
        or question.answered_at
        or question.settled_at
        or message.kind.startswith("candidate.")
    ):
        return ""
    contact = Contact.objects.filter(employer=about.employer_id, email__iexact=message.recipient).first()
    if contact is None:
        return ""
    _made, path = EmployerLink.issue(question=question, contact=contact)
    return absolute(path)


def _address(
    message: Message,
    about: About,
    introduction: Introduction | None,
    reader: Membership | None,
) -> str:
    """Where the button leads: signed in at once for candidate and employer, through the front door for staff."""
    if reader is None:
        return absolute("/") if message.kind.startswith(("coach.", "companion.")) else ""
    target = _target(message.kind, about, introduction)
    if reader.role in NEEDS_SECOND_FACTOR or _holds_more(reader):
        return absolute(target)
    _made, path = AccessLink.issue(membership=reader, target=target)
    return absolute(path)


def _target(to: str, about: About, introduction: Introduction | None) -> str:
    match to.split("."):
        case ["candidate", "placed" | "coach_period"]:
            return reverse("matching:my_work")
        case ["candidate", "times" | "times_reminder"]:
            return reverse("matching:my_times", args=[about.pk])
        case ["candidate", "check_in"]:
            return reverse("matching:check_in_answer", args=[about.pk])
        case ["candidate", "met"]:
            return reverse("matching:my_meeting", args=[about.pk])
        case ["candidate", "corrected" | "new_coach"]:
            return reverse("candidates:my_file")
        case ["candidate", _]:
            return reverse("matching:my_proposal", args=[about.pk])
        case ["employer", kind] if kind.startswith(("check_in", "hours", "coach_period")):
            return reverse("matching:my_placements")
        case ["employer", _] if introduction and introduction.open:
            return reverse("matching:my_introduction", args=[introduction.pk])
        case ["employer", _]:
            return reverse("matching:my_introductions")
    return reverse("matching:match", args=[about.pk])


def _holds_more(membership: Membership) -> bool:
    """Whether this account also has a role that asks for a second factor: no link may open that one."""
    with scoped(Scope(user=membership.user_id)):
        return (
            Membership.objects.current()
            .filter(user=membership.user_id, role__in=NEEDS_SECOND_FACTOR)
            .exists()
        )


def calendar(introduction: Introduction, match: Match, *, method: str, attendee: str = "") -> bytes:
    """The meeting as a calendar file (RFC 5546); the same UID with a higher sequence replaces what was sent before.

    method: REQUEST puts it in the calendar, CANCEL takes it out, PUBLISH is for a download.
    """
    return calendar_file(moment_of(introduction), bureau=match.bureau, method=method, attendee=attendee)


def moment_of(introduction: Introduction) -> Moment:
    """The meeting as any calendar may show it: the work and the employer, and nobody's name."""
    starts = introduction.starts_at
    if starts is None:
        raise ValueError("a meeting without a time has no calendar file")
    title = _("Kennismaking: %(work)s, %(employer)s") % {
        "work": introduction.position_title,
        "employer": introduction.employer.name,
    }
    return Moment(
        uid=str(introduction.calendar_uid), sequence=introduction.calendar_sequence, starts_at=starts,
        minutes=introduction.minutes, title=title, place=introduction.place,
    )  # fmt: skip


def _attach(email: EmailMultiAlternatives, content: bytes, method: str) -> None:
    """Mail programs that know calendars read the alternative, others show the file."""
    email.attach_alternative(content.decode(), f"text/calendar; method={method}")
    email.attach("kennismaking.ics", content, "application/ics")
