"""What e-mails say, to whom they lead, and the calendar file that goes with a meeting.

Nothing personal stands in a subject line or in a message to an employer: that waits behind the link.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbaan.bureaus.enums import NEEDS_SECOND_FACTOR, Role
from buurtbaan.bureaus.models import AccessLink, Membership
from buurtbaan.bureaus.services import absolute
from buurtbaan.calendars import Moment, calendar_file
from buurtbaan.scope import Scope, scoped
from employers.models import Contact
from matching.models import EmployerLink, EmployerQuestion, Introduction, Match, Message


@dataclass(frozen=True)
class Kind:
    """One sort of message: its subject, the word on its button, and whether it carries a calendar file."""

    subject: Promise
    act: Promise
    calendar: str = ""


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
    "employer.introduction": Kind(
        gettext_lazy("Iemand wil graag kennismaken: %(work)s"), gettext_lazy("Bekijk en antwoord")
    ),
    "employer.introduction_reminder": Kind(
        gettext_lazy("Wil je nog antwoorden? %(work)s"), gettext_lazy("Bekijk en antwoord")
    ),
    "employer.check_in": Kind(gettext_lazy("Hoe gaat het bij jullie? %(work)s"), ANSWER),
    "employer.check_in_reminder": Kind(gettext_lazy("Vertel je nog hoe het gaat? %(work)s"), ANSWER),
    "employer.hours": Kind(gettext_lazy("Kloppen de uren? %(work)s"), ANSWER),
    "employer.hours_reminder": Kind(gettext_lazy("Kijk je nog naar de uren? %(work)s"), ANSWER),
    "employer.goes_on": Kind(
        gettext_lazy("Het gaat toch verder: %(work)s"), gettext_lazy("Bekijk je kennismakingen")
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
    "coach.meeting": Kind(gettext_lazy("Kennismaking gepland: %(work)s"), SEE, "REQUEST"),
    "coach.meeting_moved": Kind(gettext_lazy("Kennismaking verzet: %(work)s"), SEE, "REQUEST"),
    "coach.meeting_cancelled": Kind(gettext_lazy("Kennismaking afgezegd: %(work)s"), SEE, "CANCEL"),
}


def subject(kind: str, about: Match | EmployerQuestion) -> str:
    """The subject line in the language now active; names the work, never a person."""
    return " ".join((str(KINDS[kind].subject) % {"work": _work(about)}).split())


def _work(about: Match | EmployerQuestion) -> str:
    """What the work is called, or else its form."""
    if isinstance(about, Match):
        return about.position.title
    if about.placement is None:
        return about.introduction.position_title if about.introduction else ""
    return about.placement.position.title if about.placement.position else about.placement.get_form_display()


def compose(message: Message) -> EmailMultiAlternatives:
    """The e-mail of a message as it reads now: text, simple HTML, and a calendar file where there is a meeting."""
    match, about = message.match, message.match or message.question
    if about is None:
        raise ValueError("a message about nothing has nothing to say")
    kind = KINDS[message.kind]
    reader = _reader(message, about)
    with translation.override(_language(message, about, reader)), timezone.override(None):
        introduction = Introduction.objects.filter(match=match).first() if match else None
        address = _link(message, about) or _address(message, about, introduction, reader)
        context = {
            "message": message, "match": match, "candidate": about.candidate, "work": _work(about),
            "position": match.position if match else None, "employer": about.employer, "bureau": message.bureau,
            "introduction": introduction, "coach": about.candidate.coach, "act": kind.act, "address": address,
        }  # fmt: skip
        body = render_to_string(f"emails/matching/{message.kind.replace('.', '_')}.txt", context).strip()
        context["body"] = body
        email = EmailMultiAlternatives(
            subject=message.subject,
            body=render_to_string("emails/layout.txt", context),
            to=[message.recipient],
        )
        email.attach_alternative(render_to_string("emails/layout.html", context), "text/html")
        if kind.calendar and match and introduction and introduction.starts_at:
            _attach(
                email,
                calendar(introduction, match, method=kind.calendar, attendee=message.recipient),
                kind.calendar,
            )
    return email


def _reader(message: Message, about: Match | EmployerQuestion) -> Membership | None:
    """The role in which the recipient reads, if they have an account here."""
    role = message.kind.split(".")[0]
    if role == Role.CANDIDATE:
        return Membership.objects.current().select_related("user").filter(candidate=about.candidate).first()
    mine = Membership.objects.current().select_related("user").filter(user__email__iexact=message.recipient)
    if role == Role.EMPLOYER:
        return mine.filter(role=Role.EMPLOYER, employer=about.employer_id).first()
    return mine.filter(bureau=about.bureau_id, role=Role.COACH).first()


def _language(message: Message, about: Match | EmployerQuestion, reader: Membership | None) -> str:
    if message.kind.startswith(f"{Role.CANDIDATE}."):
        return about.candidate.language
    return reader.user.language if reader else "nl"


def _link(message: Message, about: Match | EmployerQuestion) -> str:
    """A link that shows one question to one contact, who needs no account; none when it is answered already."""
    question = message.question
    if question is None or question.answered_at or question.settled_at:
        return ""
    contact = Contact.objects.filter(employer=about.employer_id, email__iexact=message.recipient).first()
    if contact is None:
        return ""
    _made, path = EmployerLink.issue(question=question, contact=contact)
    return absolute(path)


def _address(
    message: Message,
    about: Match | EmployerQuestion,
    introduction: Introduction | None,
    reader: Membership | None,
) -> str:
    """Where the button leads: signed in at once for candidate and employer, through the front door for staff."""
    if reader is None:
        return absolute("/") if message.kind.startswith("coach.") else ""
    target = _target(message.kind, about, introduction)
    if reader.role in NEEDS_SECOND_FACTOR or _holds_more(reader):
        return absolute(target)
    _made, path = AccessLink.issue(membership=reader, target=target)
    return absolute(path)


def _target(kind: str, about: Match | EmployerQuestion, introduction: Introduction | None) -> str:
    match kind.split("."):
        case ["candidate", "placed"]:
            return reverse("matching:my_work")
        case ["candidate", _]:
            return reverse("matching:my_proposal", args=[about.pk])
        case ["employer", "check_in" | "check_in_reminder" | "hours" | "hours_reminder"]:
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
    starts = introduction.starts_at
    if starts is None:
        raise ValueError("a meeting without a time has no calendar file")
    title = _("Kennismaking: %(work)s, %(employer)s") % {
        "work": introduction.position_title,
        "employer": match.employer.name,
    }
    moment = Moment(
        uid=str(introduction.calendar_uid), sequence=introduction.calendar_sequence, starts_at=starts,
        minutes=introduction.minutes, title=title, place=introduction.place,
    )  # fmt: skip
    return calendar_file(moment, bureau=match.bureau, method=method, attendee=attendee)


def _attach(email: EmailMultiAlternatives, content: bytes, method: str) -> None:
    """Mail programs that know calendars read the alternative, others show the file."""
    email.attach_alternative(content.decode(), f"text/calendar; method={method}")
    email.attach("kennismaking.ics", content, "application/ics")
