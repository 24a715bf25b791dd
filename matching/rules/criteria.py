"""The eleven criteria: each compares what the candidate said with what the position says.

Each is a function of the two inputs alone and answers fits, unknown, clashes or not applicable. Where a side
was not asked the answer is unknown, unless what is known clashes already.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

from matching.rules import travel as journeys
from matching.rules.inputs import CandidateInputs, Criterion, PositionInputs
from matching.rules.results import Answer, Finding, Text, Texts, Value, say

FITS, UNKNOWN, CLASHES, NOT_APPLICABLE = Answer

Rule: TypeAlias = Callable[[CandidateInputs, PositionInputs], Finding]


def plain(hours: Decimal) -> str:
    """Hours without useless zeros, the same for 8 and 8.00."""
    return format(hours.normalize(), "f")


def _some(code: str, values: frozenset[str] | None, none: str = "", kind: str = "terms") -> Texts:
    """A list in words; nothing when nobody asked, `none` when the answer was none."""
    if values is None:
        return ()
    if not values:
        return (say(none),) if none else ()
    return (say(code, **{kind: tuple(sorted(values))}),)


def hours(candidate: CandidateInputs, position: PositionInputs) -> Finding:
    """What someone can do now reaches the minimum; less work than that is a start only where it can grow."""
    sides = _hours_said(candidate), _hours_asked(position)
    now, low, high = candidate.hours_now, position.hours_min, position.hours_max
    if now is None:
        return Finding(UNKNOWN, (say("hours.ask_candidate"),), *sides)
    if low is not None and now < low:
        return Finding(CLASHES, (say("hours.too_few", hours_now=plain(now), hours_min=plain(low)),), *sides)
    if high is not None and now > high and position.growth_possible is False:
        return Finding(CLASHES, (say("hours.too_little_work", hours_max=plain(high)),), *sides)
    if low is None or high is None:
        return Finding(UNKNOWN, (say("hours.ask_position"),), *sides)
    if now > high and position.growth_possible is None:
        return Finding(UNKNOWN, (say("hours.ask_growth"),), *sides)
    if now > high:
        return Finding(FITS, (say("hours.fits_growing", hours_max=plain(high)),), *sides)
    return Finding(FITS, (say("hours.fits"), *_no_further(candidate, position)), *sides)


def _hours_said(candidate: CandidateInputs) -> Texts:
    now, wished = candidate.hours_now, candidate.hours_wished
    said = () if now is None else (say("hours.now", hours_now=plain(now)),)
    return said + (() if wished is None else (say("hours.wished", hours_wished=plain(wished)),))


def _hours_asked(position: PositionInputs) -> Texts:
    low, high, growth = position.hours_min, position.hours_max, position.growth_possible
    asked: Texts = ()
    if low is not None and high is not None:
        both = {"hours_min": plain(low), "hours_max": plain(high)}
        asked += (say("hours.exact", hours_min=plain(low)) if low == high else say("hours.range", **both),)
    elif low is not None:
        asked += (say("hours.at_least", hours_min=plain(low)),)
    elif high is not None:
        asked += (say("hours.at_most", hours_max=plain(high)),)
    return asked if growth is None else (*asked, say("hours.growth" if growth else "hours.no_growth"))


def _no_further(candidate: CandidateInputs, position: PositionInputs) -> Texts:
    wished, high = candidate.hours_wished, position.hours_max
    if wished is None or high is None or wished <= high or position.growth_possible is not False:
        return ()
    return (say("hours.no_further", hours_wished=plain(wished)),)


def dayparts(candidate: CandidateInputs, position: PositionInputs) -> Finding:
    """As many shared dayparts as the position says are enough."""
    can, asked = candidate.dayparts, position.dayparts_asked
    said: Texts = () if can is None else (say("dayparts.said", dayparts=can),)
    if asked is None:
        return Finding(UNKNOWN, (say("dayparts.ask_position"),), said, ())
    if asked == 0:
        return Finding(NOT_APPLICABLE, (say("dayparts.any"),), said, (say("dayparts.any"),))
    enough = dayparts_needed(asked, position.dayparts_enough)
    wants: Texts = (say("dayparts.asked", dayparts=asked),)
    if enough < asked.bit_count():
        wants += (say("dayparts.enough", count=enough),)
    if can is None:
        return Finding(UNKNOWN, (say("dayparts.ask_candidate"),), said, wants)
    shared = can & asked
    if shared.bit_count() >= enough:
        return Finding(FITS, (say("dayparts.fits", dayparts=shared),), said, wants)
    if not shared:
        return Finding(CLASHES, (say("dayparts.none_shared"),), said, wants)
    too_few = say("dayparts.too_few", count=shared.bit_count(), count_needed=enough)
    return Finding(CLASHES, (too_few,), said, wants)


def dayparts_needed(asked: int, enough: int | None) -> int:
    """How many of the asked dayparts suffice: at least one, and all of them where nothing else is said."""
    return asked.bit_count() if enough is None else max(1, min(enough, asked.bit_count()))


def travel(candidate: CandidateInputs, position: PositionInputs) -> Finding:
    """The quickest of the candidate's means, by estimate, within the minutes that they want to travel."""
    means, most = candidate.travel_means, candidate.travel_minutes_max
    said = _some("travel.means", means, "travel.no_means", "means")
    said += () if most is None else (say("travel.at_most", minutes_max=most),)
    place: Texts = () if position.postcode is None else (say("travel.place", postcode=position.postcode),)
    if not means or most is None:
        return Finding(UNKNOWN, (say("travel.ask_candidate"),), said, place)
    kilometres = apart_km(candidate, position)
    if kilometres is None:
        return Finding(UNKNOWN, (_unmeasured(candidate, position),), said, place)
    best, takes = journeys.quickest(kilometres, means)
    estimate: dict[str, Value] = {"minutes": math.ceil(takes), "mean": best}
    if kilometres <= journeys.reach_km(means, most):
        return Finding(FITS, (say("travel.fits", **estimate),), said, place)
    return Finding(CLASHES, (say("travel.too_far", minutes_max=most, **estimate),), said, place)


def apart_km(candidate: CandidateInputs, position: PositionInputs) -> float | None:
    """The straight line where both places are on the map; a short one inside one postcode or area."""
    if candidate.coordinates and position.coordinates:
        return max(journeys.NEARBY_KM, journeys.distance_km(candidate.coordinates, position.coordinates))
    same_postcode = (
        candidate.postcode and position.postcode and candidate.postcode[:4] == position.postcode[:4]
    )
    same_area = candidate.area and candidate.area == position.area
    return journeys.NEARBY_KM if same_postcode or same_area else None


def _unmeasured(candidate: CandidateInputs, position: PositionInputs) -> Text:
    if not candidate.coordinates and not candidate.postcode:
        return say("travel.ask_home")
    if not position.coordinates and not position.postcode:
        return say("travel.ask_place")
    return say("travel.not_on_map")


def area(candidate: CandidateInputs, position: PositionInputs) -> Finding:
    """Inside the own district, for those who want that; for others it does not matter."""
    wish = candidate.wants_own_neighbourhood
    lives: Texts = () if candidate.area is None else (say("area.lives", area=candidate.area),)
    said = () if wish is None else (say("area.own" if wish else "area.anywhere"),)
    place: Texts = () if position.area is None else (say("area.place", area=position.area),)
    sides = said + lives, place
    if wish is False:
        return Finding(NOT_APPLICABLE, (say("area.anywhere"),), *sides)
    if wish is None:
        return Finding(UNKNOWN, (say("area.ask_candidate"),), *sides)
    if candidate.area is None or position.area is None:
        unknown = "area.ask_home" if candidate.area is None else "area.ask_place"
        return Finding(UNKNOWN, (say(unknown),), *sides)
    if district(candidate.area) == district(position.area):
        return Finding(FITS, (say("area.fits"),), *sides)
    return Finding(CLASHES, (say("area.elsewhere"),), *sides)


def district(area_code: str) -> str:
    """The district in a CBS code: the six characters that a neighbourhood shares with its district."""
    return area_code[2:8]


def conditions(candidate: CandidateInputs, position: PositionInputs) -> Finding:
    """Everything someone needs is offered, and nothing the work demands makes it impossible."""
    needs, offers = candidate.conditions_needed, position.conditions_offered
    said = _some("conditions.needs", needs, "conditions.no_needs")
    place = _some("conditions.offers", offers, "conditions.no_offers")
    place += _some("conditions.demands", position.conditions_demanded)
    if needs is None:
        return Finding(UNKNOWN, (say("conditions.ask_candidate"),), said, place)
    if not needs:
        return Finding(FITS, (say("conditions.nothing_needed"),), said, place)
    clashing = _demand_clashes(needs, position)
    missing = frozenset() if offers is None else needs - offers - _refused(needs, position)
    if clashing or missing:
        return Finding(CLASHES, clashing + _some("conditions.not_offered", missing), said, place)
    if offers is None:
        return Finding(UNKNOWN, _some("conditions.ask_position", needs), said, place)
    return Finding(FITS, (say("conditions.fits"),), said, place)


def _refused(needs: frozenset[str], position: PositionInputs) -> frozenset[str]:
    """The needs that a demand of the work makes impossible."""
    demanded = position.conditions_demanded or frozenset()
    return frozenset(
        need
        for demand, refused in position.condition_clashes
        if demand in demanded
        for need in refused
        if need in needs
    )


def _demand_clashes(needs: frozenset[str], position: PositionInputs) -> Texts:
    demanded = position.conditions_demanded or frozenset()
    return tuple(
        say("conditions.demanded", term=demand, terms=tuple(sorted(needs.intersection(refused))))
        for demand, refused in sorted(position.condition_clashes)
        if demand in demanded and needs.intersection(refused)
    )


def tasks(candidate: CandidateInputs, position: PositionInputs) -> Finding:
    """A task somebody would rather not do clashes; one that they like or want to learn fits."""
    liked, learn, rather_not = candidate.tasks_liked, candidate.tasks_to_learn, candidate.tasks_rather_not
    said = _some("tasks.liked", liked) + _some("tasks.to_learn", learn)
    said += _some("tasks.rather_not", rather_not)
    asked = position.tasks
    sides = said, _some("tasks.asked", asked, "tasks.none")
    if asked is None:
        return Finding(UNKNOWN, (say("tasks.ask_position"),), *sides)
    if not asked:
        return Finding(NOT_APPLICABLE, (say("tasks.none"),), *sides)
    if refused := asked & (rather_not or frozenset()):
        return Finding(CLASHES, _some("tasks.refuses", refused), *sides)
    likes, learns = asked & (liked or frozenset()), asked & (learn or frozenset())
    if likes or learns:
        return Finding(FITS, _some("tasks.likes", likes) + _some("tasks.learns", learns - likes), *sides)
    return Finding(UNKNOWN, _some("tasks.ask_candidate", asked), *sides)


def talents(candidate: CandidateInputs, position: PositionInputs) -> Finding:
    """One asked talent is a reason; as a must, all of them are. Not named is unknown, never a clash."""
    shown, claimed = candidate.talents_shown, candidate.talents_claimed
    said = _some("talents.shown", shown) + _some("talents.claimed", claimed)
    asked = position.talents
    sides = said, _some("talents.asked", asked, "talents.none")
    if asked is None:
        return Finding(UNKNOWN, (say("talents.ask_position"),), *sides)
    if not asked:
        return Finding(NOT_APPLICABLE, (say("talents.none"),), *sides)
    seen = asked & (shown or frozenset())
    named = asked & (claimed or frozenset()) - seen
    missing = asked - seen - named
    reasons = _some("talents.has_shown", seen) + _some("talents.says", named)
    reasons += _some("talents.ask_candidate", missing)
    enough = not missing or (Criterion.TALENTS not in position.musts and missing != asked)
    return Finding(FITS if enough else UNKNOWN, reasons, *sides)


def language(candidate: CandidateInputs, position: PositionInputs) -> Finding:
    """Dutch at the level asked (0: none is needed), or guidance in a language that the candidate speaks."""
    level, asked = candidate.dutch_level, position.dutch_level
    said: Texts = () if level is None else (say("language.dutch", level=level),)
    said += _some("language.others", candidate.other_languages, "", "languages")
    place: Texts = (say("language.asked", level=asked),) if asked else ()
    place += _some("language.guidance", position.guidance_languages, "", "languages")
    if asked == 0:
        return Finding(NOT_APPLICABLE, (say("language.none"),), said, (say("language.none"), *place))
    if level is not None and asked is not None and level >= asked:
        return Finding(FITS, (say("language.fits"),), said, place)
    if shared := (candidate.other_languages or frozenset()) & (position.guidance_languages or frozenset()):
        return Finding(FITS, _some("language.shared", shared, "", "languages"), said, place)
    if level is None or asked is None:
        unknown = "language.ask_candidate" if level is None else "language.ask_position"
        return Finding(UNKNOWN, (say(unknown),), said, place)
    if candidate.other_languages is None and position.guidance_languages:
        return Finding(UNKNOWN, (say("language.ask_others"),), said, place)
    return Finding(CLASHES, (say("language.too_little", level=level, level_asked=asked),), said, place)


def guidance(candidate: CandidateInputs, position: PositionInputs) -> Finding:
    """As much guidance as needed, and somebody who has room for it now."""
    needed, offered = candidate.guidance_needed, position.guidance_offered
    free = position.guidance_capacity_free
    said: Texts = () if needed is None else (say("guidance.needed", guidance=needed),)
    place: Texts = () if offered is None else (say("guidance.offered", guidance=offered),)
    place += () if free is None else (say("guidance.room" if free else "guidance.no_room"),)
    if needed is None:
        return Finding(UNKNOWN, (say("guidance.ask_candidate"),), said, place)
    if needed == 0:
        return Finding(FITS, (say("guidance.not_needed"),), said, place)
    if offered is not None and needed > offered:
        too_little = say("guidance.too_little", guidance=needed, guidance_offered=offered)
        return Finding(CLASHES, (too_little,), said, place)
    if free is False:
        return Finding(CLASHES, (say("guidance.no_room"),), said, place)
    if offered is None or free is None:
        unknown = "guidance.ask_position" if offered is None else "guidance.ask_room"
        return Finding(UNKNOWN, (say(unknown),), said, place)
    return Finding(FITS, (say("guidance.fits"),), said, place)


def form(candidate: CandidateInputs, position: PositionInputs) -> Finding:
    """The work form is among those that the candidate accepts."""
    accepted, offered = candidate.forms_accepted, position.form
    said = _some("form.accepted", accepted, "form.none_accepted", "forms")
    place: Texts = () if offered is None else (say("form.offered", form=offered),)
    if offered is None:
        return Finding(UNKNOWN, (say("form.ask_position"),), said, place)
    if accepted is None:
        return Finding(UNKNOWN, (say("form.ask_candidate"),), said, place)
    if offered in accepted:
        return Finding(FITS, (say("form.fits"),), said, place)
    return Finding(CLASHES, (say("form.not_accepted", form=offered),), said, place)


def safety(candidate: CandidateInputs, position: PositionInputs) -> Finding:
    """Shown without the reason; without a clash it reads the same whether or not somebody was named."""
    if candidate.has_safety_clash:
        return Finding(CLASHES, (say("safety.clashes"),), (), ())
    return Finding(NOT_APPLICABLE, (say("safety.nothing_known"),), (), ())


RULES: dict[Criterion, Rule] = {
    Criterion.HOURS: hours,
    Criterion.DAYPARTS: dayparts,
    Criterion.TRAVEL: travel,
    Criterion.AREA: area,
    Criterion.CONDITIONS: conditions,
    Criterion.TASKS: tasks,
    Criterion.TALENTS: talents,
    Criterion.LANGUAGE: language,
    Criterion.GUIDANCE: guidance,
    Criterion.FORM: form,
    Criterion.SAFETY: safety,
}
