"""From a proposal to the moment that an employer sees a name: the candidate decides, and decides what is shared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, cast

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from candidates.enums import Stage
from candidates.models import Candidate
from employers.models import Employer, Position
from matching.enums import OPEN_STATES, DeclinedBy, DeclineReason, MatchState, QuestionKind
from matching.freeze import freeze, thaw
from matching.models import EmployerQuestion, Introduction, Match, MatchEvent
from matching.rules import RULES_VERSION
from matching.rules.texts import CRITERION_LABELS
from matching.services import moves, sharing
from matching.services.endings import end
from matching.services.messages import tell_candidate, tell_coach, tell_employer
from matching.services.places import has_free_place, works_at


class AlreadyProposed(NotAllowedNow):
    """The pair has an open proposal; `match_id` leads to it."""

    def __init__(self, message: str, match_id: int | None) -> None:
        super().__init__(message)
        self.match_id = match_id


@transaction.atomic
def propose(
    *,
    candidate: Candidate,
    position: Position,
    overrules: Mapping[str, str] | None = None,
    note: str = "",
    by: Membership,
) -> Match:
    """Put somebody forward for a position, with the reasons as they are now; the candidate is asked first.

    overrules: criterion → why it can be done all the same. Of two colleagues at once the second gets
    AlreadyProposed. Raises NotAllowedNow when the file is closed, the work is not open or its places are taken.
    """
    candidate = (
        Candidate.objects.select_for_update(of=("self",)).select_related("bureau").get(pk=candidate.pk)
    )
    position = Position.objects.select_related("employer").get(pk=position.pk)
    _refuse_closed(candidate, position)
    _refuse_double(candidate, position)
    frozen = freeze(candidate, position)
    reasons = _overruled(frozen, overrules or {})
    today = timezone.localdate()
    match = _create(
        bureau_id=candidate.bureau_id,
        candidate=candidate,
        position=position,
        employer=position.employer,
        rules_version=RULES_VERSION,
        frozen=frozen,
        overrules=reasons,
        note=note.strip(),
        proposed_by=by,
        answer_by=today + timedelta(days=candidate.bureau.answer_days),
    )
    MatchEvent.objects.create(
        bureau_id=match.bureau_id,
        match=match,
        candidate=candidate,
        to_state=match.state,
        by=by,
        by_role=by.role,
    )
    candidate.last_proposed_on = today
    candidate.save(update_fields=["last_proposed_on"])
    moves.stage_follows(candidate, by=by)
    tell_candidate(match, "proposal", by=by)
    return match


def _refuse_closed(candidate: Candidate, position: Position) -> None:
    if candidate.bureau_id != position.bureau_id:
        raise NotAllowedNow(_("Deze werkplek hoort bij een ander bureau."))
    if candidate.is_leaving:
        raise NotAllowedNow(
            _("%(name)s is aan het stoppen. Bel eerst, voor je iets voorstelt.")
            % {"name": candidate.first_name}
        )
    if candidate.is_closed:
        raise NotAllowedNow(
            _("Het dossier van %(name)s is afgesloten. Open het dossier eerst opnieuw.")
            % {"name": candidate.first_name}
        )
    if candidate.stage == Stage.PAUSED:
        raise NotAllowedNow(
            _("%(name)s heeft pauze. Haal de pauze eerst weg.") % {"name": candidate.first_name}
        )
    if not position.is_open:
        raise NotAllowedNow(
            _("De werkplek “%(work)s” staat op “%(state)s”. Voorstellen kan als de werkplek open is.")
            % {"work": position.title, "state": position.get_status_display()}
        )
    if position.employer.is_paused:
        raise NotAllowedNow(
            _("%(employer)s wil tot en met %(day)s geen voorstellen. Kies een andere werkplek.")
            % {"employer": position.employer.name, "day": f"{position.employer.paused_until:%d-%m-%Y}"}
        )
    if not has_free_place(position):
        raise NotAllowedNow(
            _("Alle plekken van “%(work)s” zijn bezet. Kies een andere werkplek.") % {"work": position.title}
        )


def _overruled(frozen: dict[str, Any], overrules: Mapping[str, str]) -> dict[str, str]:
    """The reasons that go with a clash. What must fit and clashes needs one; safety cannot be overruled."""
    explanation, _labels = thaw(frozen)
    reasons = {
        str(result.criterion): overrules[result.criterion].strip()[:500]
        for result in explanation.clashes
        if result.overrulable and overrules.get(result.criterion, "").strip()
    }
    for result in explanation.clashes:
        if not result.is_must:
            continue
        if not result.overrulable:
            raise NotAllowedNow(_("Dit kan hier niet, vanwege de veiligheid. Kies een andere werkplek."))
        if result.criterion not in reasons:
            raise NotAllowedNow(
                _("“%(label)s” botst. Schrijf erbij waarom het toch kan, of kies een andere werkplek.")
                % {"label": CRITERION_LABELS[result.criterion]}
            )
    return reasons


def _refuse_double(candidate: Candidate, position: Position) -> None:
    earlier = (
        Match.objects.filter(candidate=candidate, position=position, state__in=OPEN_STATES)
        .select_related("proposed_by__user")
        .first()
    )
    if earlier is not None:
        raise AlreadyProposed(_double(candidate, earlier), earlier.pk)
    if works_at(candidate, position.pk):
        raise NotAllowedNow(_already_there(candidate))


def _already_there(candidate: Candidate) -> str:
    return _("%(name)s werkt al op deze werkplek, of gaat er beginnen. Kies een andere werkplek.") % {
        "name": candidate.first_name
    }


def _double(candidate: Candidate, earlier: Match) -> str:
    who = str(earlier.proposed_by.user) if earlier.proposed_by else _("een collega")
    return _("%(name)s is hier al voorgesteld, op %(day)s door %(who)s. Ga verder met dat voorstel.") % {
        "name": candidate.first_name,
        "day": f"{timezone.localtime(earlier.proposed_at):%d-%m-%Y}",
        "who": who,
    }


def _create(**fields: object) -> Match:
    """A new match; the database itself refuses a second open one for the same pair."""
    try:
        with transaction.atomic():
            return Match.objects.create(**fields)
    except IntegrityError as error:
        if "works at position" in str(error):
            raise NotAllowedNow(_already_there(cast(Candidate, fields["candidate"]))) from error
        if "match_pair_once_while_open" not in str(error):
            raise
        raise AlreadyProposed(_("Een collega was je net voor. Ga verder met dat voorstel."), None) from error


@transaction.atomic
def candidate_answers(
    *,
    match: Match,
    agrees: bool,
    share: Iterable[str] = (),
    reason: str = "",
    note: str = "",
    by: Membership,
) -> Match:
    """The candidate says yes, and what may be shared, or no with a reason; `by` is who typed it.

    share: ShareField values; anything else is left out. Yes becomes a consent that names each field.
    """
    with moves.for_the_bureau(by, match.bureau_id):
        match = moves.lock(match)
        match.answered_at = timezone.now()
        if not agrees:
            moves.require_move(match, MatchState.DECLINED)
            end(
                match, MatchState.DECLINED, by=by, note=note,
                declined_by=DeclinedBy.CANDIDATE, reason=reason or DeclineReason.OTHER,
            )  # fmt: skip
            return match
        chosen = set(share)
        match.share = [code for code in sharing.ShareField.values if code in chosen]
        moves.require_move(match, MatchState.CANDIDATE_AGREED)
        sharing.give_consent(match, share=match.share, by=by)
        moves.move(match, MatchState.CANDIDATE_AGREED, by=by, note=note)
        if not by.is_staff_role:
            tell_coach(match, "agreed")
        return match


@transaction.atomic
def say_not_right(*, match: Match, text: str, by: Membership) -> None:
    """The candidate says that a reason is not right; the coach reads it with the match and by e-mail."""
    with moves.for_the_bureau(by, match.bureau_id):
        match = moves.lock(match)
        if not match.is_open:
            raise NotAllowedNow(_("Dit voorstel loopt niet meer. Vertel het aan je coach."))
        moves.remark(match, by=by, note=_("Klopt niet: %(text)s") % {"text": text.strip()})
        tell_coach(match, "not_right")


@transaction.atomic
def introduce(*, match: Match, by: Membership) -> Introduction:
    """Let the employer know who it is: exactly the fields the candidate agreed to, and nothing later."""
    match = moves.lock(match)
    moves.require_move(match, MatchState.INTRODUCED, at=MatchState.CANDIDATE_AGREED)
    if on_a_break := pause_of(match.employer):
        raise NotAllowedNow(on_a_break)
    if not sharing.consent_in_force(match):
        raise NotAllowedNow(
            _("%(name)s heeft de toestemming ingetrokken. Vraag het eerst opnieuw.")
            % {"name": match.candidate.first_name}
        )
    introduction = Introduction.objects.create(
        bureau_id=match.bureau_id,
        match=match,
        candidate_id=match.candidate_id,
        employer_id=match.employer_id,
        position_title=match.position.title,
        shared_name=sharing.shared_name(match.candidate, match.share),
        shared=sharing.shared_fields(match.candidate, _without_name(match.share)),
    )
    moves.move(match, MatchState.INTRODUCED, by=by)
    moves.stage_follows(match.candidate, by=by)
    question = EmployerQuestion.objects.create(
        bureau_id=match.bureau_id, candidate_id=match.candidate_id, employer_id=match.employer_id,
        kind=QuestionKind.INTRODUCTION, introduction=introduction,
    )  # fmt: skip
    tell_employer(match, "introduction", question=question)
    return introduction


def pause_of(employer: Employer) -> str:
    """Why nobody is introduced now, and the way out; empty when the employer takes no break."""
    if not employer.is_paused or employer.paused_until is None:
        return ""
    return _(
        "%(employer)s wil tot en met %(day)s geen voorstellen. Wacht tot die dag voorbij is, of bel de werkgever en "
        "haal de pauze weg bij de werkgever."
    ) % {"employer": employer.name, "day": f"{employer.paused_until:%d-%m-%Y}"}


def _without_name(share: Iterable[str]) -> list[str]:
    return [code for code in share if code != sharing.ShareField.FULL_NAME]
