"""Taking back the last step of a match, within a day and only while nothing has followed.

What left by e-mail is put right by e-mail; what still waited simply does not leave. A name that an employer saw
cannot be unseen: from there on a match is stopped, not undone.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from candidates.models import Candidate, Consent
from matching.enums import END_STATES, OPEN_STATES, MatchState, QuestionKind
from matching.models import EmployerQuestion, Introduction, Match, MatchEvent, Message
from matching.services import moves, sharing
from matching.services.accounts import forget_noted
from matching.services.messages import tell_candidate, tell_coach, tell_companion, tell_employer
from matching.services.places import works_at

UNDO_FOR = timedelta(hours=24)
STAFF = frozenset({Role.CONNECTOR, Role.COACH, Role.MANAGER})
LEAST_DAYS = 3
"""Days to answer that somebody keeps at least, when a proposal goes on again."""


def last_step(match: Match) -> MatchEvent | None:
    """What happened last."""
    return match.events.order_by("pk").last()


def may_take_back(match: Match, step: MatchEvent | None) -> bool:
    """Whether the page offers it."""
    return step is not None and is_recent(step) and not why_not(match, step)


def is_recent(step: MatchEvent) -> bool:
    """Within a day."""
    return step.at > timezone.now() - UNDO_FOR


def why_not(match: Match, step: MatchEvent) -> str:
    """Why this step cannot be taken back, in words that say what can be done; empty when it can."""
    if step.undoes_id is not None:
        return _("Deze stap is al een terugdraaiing. Zet gewoon de volgende stap.")
    if not is_recent(step):
        return _("Terugdraaien kan tot een dag na de stap.")
    if step.by_role not in STAFF and step.to_state != MatchState.EXPIRED:
        return _("Dit is het eigen antwoord van de ander. Bel om te overleggen.")
    if step.to_state != match.state or step.from_state == step.to_state:
        return _noted_yes(match, step)
    match step.to_state:
        case MatchState.INTRODUCED:
            return _(
                "De werkgever heeft de naam gezien: dat draai je niet terug. Wel kun je het voorstel stoppen."
            )
        case MatchState.MEETING_PLANNED:
            return _("De uitnodigingen zijn verstuurd. Verzet de afspraak, of stop het voorstel.")
        case MatchState.MET if Introduction.objects.filter(match=match, starts_at=None).exists():
            return _("De afspraak is afgezegd of ging niet door. Plan een nieuwe.")
        case MatchState.PLACED:
            return _("Het werk is begonnen. Gaat het toch niet door? Rond dan de plaatsing af.")
    return ""


def _noted_yes(match: Match, step: MatchEvent) -> str:
    """The only remark that can be taken back: an employer's yes that a colleague noted."""
    introduction = Introduction.objects.filter(match=match).first()
    noted = introduction is not None and introduction.employer_answer == "yes"
    if noted and step.to_state == match.state == MatchState.INTRODUCED:
        return ""
    return _("Hier is niets om terug te draaien.")


@transaction.atomic
def undo(*, match: Match, by: Membership) -> Match:
    """Take the last step back. Raises NotAllowedNow with what can be done instead."""
    match = moves.lock(match)
    step = last_step(match)
    if step is None:
        raise NotAllowedNow(_("Hier is niets om terug te draaien."))
    if reason := why_not(match, step):
        raise NotAllowedNow(reason)
    if step.from_state == step.to_state:
        _forget_yes(match, step, by)
    elif not step.from_state:
        _take_back_proposal(match, step, by)
    elif step.to_state in END_STATES:
        _go_on(match, step, by)
    elif step.to_state == MatchState.CANDIDATE_AGREED:
        _forget_agreement(match, step, by)
    elif step.to_state == MatchState.MET:
        forget_noted(match)
        _back(match, step, by)
    else:
        _back(match, step, by)
    return match


def _back(match: Match, step: MatchEvent, by: Membership) -> None:
    moves.move(match, MatchState(step.from_state), by=by, note=_("Teruggedraaid"), undoes=step)
    moves.stage_follows(match.candidate, by=by)


def unsend(match: Match, step: MatchEvent) -> set[str]:
    """Keep back what did not leave yet; gives the sides that did get word: candidate, employer, coach, companion."""
    since = Message.objects.filter(match=match, created_at__gte=step.at)
    waiting = since.filter(state__in=("waiting", "held", "failed")).select_for_update(of=("self",))
    Message.objects.filter(pk__in=[message.pk for message in waiting if message.state != "sent"]).delete()
    return {kind.split(".")[0] for kind in since.filter(state="sent").values_list("kind", flat=True)}


def _take_back_proposal(match: Match, step: MatchEvent, by: Membership) -> None:
    """As if it had not been: nobody hears of it, unless the mail is on its way already."""
    told = unsend(match, step)
    moves.move(match, MatchState.WITHDRAWN, by=by, note=_("Teruggedraaid"), undoes=step)
    others = Match.objects.filter(candidate=match.candidate_id).standing().exclude(pk=match.pk)
    latest = others.aggregate(latest=Max("proposed_at"))["latest"]
    day = timezone.localdate(latest) if latest else None
    Candidate.objects.filter(pk=match.candidate_id).update(last_proposed_on=day)
    moves.stage_follows(match.candidate, by=by)
    if Role.CANDIDATE in told:
        tell_candidate(match, "taken_back", by=by)


def _forget_agreement(match: Match, step: MatchEvent, by: Membership) -> None:
    """The yes that a colleague noted was not one: nothing is agreed to be shared, and the asking goes on."""
    sharing.end_consent(match)
    match.consent, match.share, match.answered_at = None, [], None
    _give_time(match)
    _back(match, step, by)


def _give_time(match: Match) -> None:
    """Some days to answer in, and a reminder before they are over."""
    least = timezone.localdate() + timedelta(days=LEAST_DAYS)
    match.answer_by, match.reminded_at = max(match.answer_by or least, least), None


def _forget_yes(match: Match, step: MatchEvent, by: Membership) -> None:
    """The employer's yes that a colleague noted was not one: the employer is asked again."""
    unsend(match, step)
    _ask_again(match)
    MatchEvent.objects.create(
        bureau_id=match.bureau_id, match=match, candidate_id=match.candidate_id, from_state=match.state,
        to_state=match.state, by=by, by_role=by.role, note=_("Antwoord van de werkgever teruggedraaid"), undoes=step,
    )  # fmt: skip


def _ask_again(match: Match) -> None:
    Introduction.objects.filter(match=match).update(employer_answer="", employer_note="", answered_at=None)
    asked = EmployerQuestion.objects.filter(introduction__match=match, kind=QuestionKind.INTRODUCTION)
    asked.update(answered_at=None, answered_by="")


def _go_on(match: Match, step: MatchEvent, by: Membership) -> None:
    """A match that ended goes on where it was; whoever heard of the end hears that it goes on."""
    back = MatchState(step.from_state)
    _refuse_overtaken(match)
    told = unsend(match, step)
    if match.consent_id and back != MatchState.PROPOSED:
        _agree_again(match, step)
    match.declined_by = match.decline_reason = match.decline_note = ""
    if back == MatchState.PROPOSED:
        match.answered_at = None
        _give_time(match)
    introduction = Introduction.objects.select_for_update(of=("self",)).filter(match=match).first()
    if introduction is not None:
        _show_again(introduction, match, back)
    _back(match, step, by)
    _tell_goes_on(match, introduction, told, by)


def _refuse_overtaken(match: Match) -> None:
    candidate = match.candidate
    if candidate.is_leaving or candidate.is_closed:
        raise NotAllowedNow(_("%(name)s doet niet meer mee. Bel eerst.") % {"name": candidate.first_name})
    pair = Match.objects.filter(candidate=candidate, position=match.position_id, state__in=OPEN_STATES)
    if pair.exists() or works_at(candidate, match.position_id):
        raise NotAllowedNow(_("Er loopt al iets nieuws voor dezelfde werkplek. Ga daarmee verder."))


def _agree_again(match: Match, step: MatchEvent) -> None:
    """What was agreed holds again, if it ended with this step alone and not by the candidate's own word."""
    agreed = Consent.objects.filter(pk=match.consent_id or 0)
    ended_here = agreed.filter(withdrawn_by=None, withdrawn_at__gte=step.at)
    if ended_here.exists():
        same = agreed.values_list("purpose", "recipient")[0]
        held = Consent.objects.in_force().filter(candidate=match.candidate_id)
        if not held.filter(purpose=same[0], recipient=same[1]).exists():
            ended_here.update(withdrawn_at=None)
    if not sharing.consent_in_force(match):
        raise NotAllowedNow(
            _("De toestemming om te delen geldt niet meer. Doe een nieuw voorstel en vraag het opnieuw.")
        )


def _show_again(introduction: Introduction, match: Match, back: MatchState) -> None:
    introduction.open = True
    if back == MatchState.MEETING_PLANNED:
        introduction.calendar_sequence += 1
    introduction.save(update_fields=["open", "calendar_sequence", "updated_at"])
    if back == MatchState.INTRODUCED and introduction.employer_answer == "no":
        _ask_again(match)


def _tell_goes_on(match: Match, introduction: Introduction | None, told: set[str], by: Membership) -> None:
    meets = introduction is not None and introduction.starts_at and introduction.starts_at > timezone.now()
    kind = "meeting" if match.state == MatchState.MEETING_PLANNED and meets else "goes_on"
    if Role.CANDIDATE in told:
        tell_candidate(match, kind, by=by)
    if Role.EMPLOYER in told:
        tell_employer(match, kind)
    if kind != "meeting":
        return
    if Role.COACH in told:
        tell_coach(match, kind)
    if "companion" in told and introduction and introduction.companion_member:
        tell_companion(match, introduction.companion_member, kind)
