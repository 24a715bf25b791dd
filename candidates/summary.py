"""The summary of an intake: short sentences in B1 words, made from templates, in the candidate's own voice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbaan.ui.formats import hours
from buurtbaan.vocabulary import dayparts, languages
from buurtbaan.vocabulary.models import Term
from candidates.choices import Choices, dutch_levels, guidance_levels, label, work_forms
from candidates.enums import Means
from candidates.models import Candidate, Intake

DIGITAL_LEVELS = (
    (0, gettext_lazy("Nog niet")),
    (1, gettext_lazy("Bellen en berichten")),
    (2, gettext_lazy("Formulieren en e-mail")),
    (3, gettext_lazy("Alles gaat goed")),
)
TERM_FIELDS = (
    "talents_claimed", "talents_shown", "tasks_liked", "tasks_to_learn", "tasks_rather_not", "conditions_needed",
)  # fmt: skip


def terms_of(intake: Intake | None) -> dict[int, str]:
    """The words of all lists in an intake, in one query."""
    if intake is None:
        return {}
    ids = {pk for name in TERM_FIELDS for pk in getattr(intake, name) or ()}
    return {term.pk: term.label for term in Term.objects.filter(pk__in=ids)} if ids else {}


def write_summary(candidate: Candidate, intake: Intake) -> str:
    """What was said, in paragraphs; what nobody asked is left out. In the language the candidate reads."""
    with translation.override(candidate.language):
        words = terms_of(intake)
        parts = (_who(candidate, intake), _good_at(intake, words), _work(intake, words), _help(intake, words))
        return "\n\n".join(" ".join(part) for part in parts if part)


def _who(candidate: Candidate, intake: Intake) -> list[str]:
    said = [_("Ik ben %(name)s.") % {"name": candidate.first_name}]
    if intake.dreams:
        said.append(_("Mijn droom: %(text)s") % {"text": _sentence(intake.dreams)})
    if intake.wishes:
        said.append(_("Dit wil ik veranderen: %(text)s") % {"text": _sentence(intake.wishes)})
    if intake.energy:
        said.append(_("Hier krijg ik energie van: %(text)s") % {"text": _sentence(intake.energy)})
    return said


def _good_at(intake: Intake, words: Mapping[int, str]) -> list[str]:
    shown = intake.talents_shown or []
    claimed = [pk for pk in intake.talents_claimed or [] if pk not in shown]
    said = []
    proofs = intake.talents_proof
    proven = [pk for pk in shown if pk in words and proofs.get(str(pk))]
    for pk in proven:
        said.append(
            _("Ik ben goed in: %(talent)s. Dat bleek zo: %(proof)s")
            % {"talent": words[pk], "proof": _sentence(str(proofs[str(pk)]))}
        )
    if rest := [pk for pk in shown if pk not in proven]:
        said.append(_("Ik heb al laten zien: %(talents)s.") % {"talents": _listed(rest, words)})
    if intake.talents_evidence:
        said.append(_sentence(intake.talents_evidence))
    if claimed:
        said.append(_("Ik kan ook goed: %(talents)s.") % {"talents": _listed(claimed, words)})
    if intake.tasks_liked:
        said.append(_("Ik doe graag: %(tasks)s.") % {"tasks": _listed(intake.tasks_liked, words)})
    if intake.tasks_to_learn:
        said.append(_("Ik wil leren: %(tasks)s.") % {"tasks": _listed(intake.tasks_to_learn, words)})
    if intake.tasks_rather_not:
        said.append(_("Liever niet: %(tasks)s.") % {"tasks": _listed(intake.tasks_rather_not, words)})
    return said


def _work(intake: Intake, words: Mapping[int, str]) -> list[str]:
    said = []
    if intake.hours_now is not None:
        said.append(_("Ik kan nu %(hours)s per week werken.") % {"hours": hours(intake.hours_now)})
    if intake.hours_wished is not None and intake.hours_wished != intake.hours_now:
        said.append(_("Later wil ik naar %(hours)s per week.") % {"hours": hours(intake.hours_wished)})
    if intake.dayparts:
        said.append(_("Ik kan op: %(dayparts)s.") % {"dayparts": dayparts.text(intake.dayparts)})
    if intake.means:
        said.append(_("Ik reis zo: %(means)s.") % {"means": _codes(intake.means, Means.choices)})
    if intake.travel_minutes is not None:
        said.append(_("De reis mag %(minutes)s minuten duren.") % {"minutes": intake.travel_minutes})
    if intake.wants_own_area is not None:
        said.append(
            _("Ik wil in mijn eigen buurt werken.")
            if intake.wants_own_area
            else _("Ik wil ook buiten mijn buurt werken.")
        )
    if intake.forms_accepted:
        said.append(
            _("Dit soort werk past: %(forms)s.") % {"forms": _codes(intake.forms_accepted, work_forms())}
        )
    return said


def _help(intake: Intake, words: Mapping[int, str]) -> list[str]:
    said = []
    if intake.conditions_needed:
        said.append(
            _("Dit heb ik nodig: %(conditions)s.") % {"conditions": _listed(intake.conditions_needed, words)}
        )
    elif intake.conditions_needed == []:
        said.append(_("Ik heb niets bijzonders nodig."))
    if intake.guidance_needed is not None:
        amount = label(guidance_levels(), intake.guidance_needed)
        said.append(_("Begeleiding: %(amount)s.") % {"amount": amount.lower()})
    if intake.dutch_level is not None:
        level = label(dutch_levels(), intake.dutch_level)
        said.append(_("Nederlands spreken: %(level)s.") % {"level": level.lower()})
    if intake.languages:
        said.append(_("Ik spreek ook %(languages)s.") % {"languages": spoken(intake)})
    if intake.digital_level is not None:
        level = label(list(DIGITAL_LEVELS), intake.digital_level)
        said.append(_("Computer en telefoon: %(level)s.") % {"level": level.lower()})
    return said


def spoken(intake: Intake) -> str:
    """The other languages, each with how well it goes where that was asked."""
    levels = intake.language_levels
    return dayparts.listed(
        [
            f"{languages.name(code)} ({label(dutch_levels(), levels[code]).lower()})"
            if levels.get(code) is not None
            else languages.name(code)
            for code in intake.languages or ()
        ]
    )


def _sentence(text: str) -> str:
    """What somebody said on one line, ending like a sentence."""
    line = " ".join(text.split())
    return line if line[-1:] in ".!?…" else f"{line}."


def _listed(ids: Iterable[int], words: Mapping[int, str]) -> str:
    return dayparts.listed([words[pk] for pk in ids if pk in words])


def _codes(codes: Iterable[str], choices: Choices) -> str:
    return dayparts.listed([label(choices, code).lower() for code in codes])
