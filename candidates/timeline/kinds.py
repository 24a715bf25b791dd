"""The kinds of happenings in the order of the filter. A new kind is a module beside this one and one line here."""

from __future__ import annotations

from candidates.timeline import consents, course, mail, neighbourhood, plan, talks, voice, work
from candidates.timeline.base import Kind

KINDS: dict[str, Kind] = {
    "gesprekken": talks.TALKS,
    "plan": plan.PLAN,
    "metingen": course.MEASURES,
    "voorstellen": work.PROPOSALS,
    "werk": work.WORK,
    "berichten": mail.MESSAGES,
    "buurt": neighbourhood.NEIGHBOURHOOD,
    "fasen": course.STAGES,
    "toestemming": consents.CONSENTS,
    "klopt-niet": voice.CORRECTIONS,
}
