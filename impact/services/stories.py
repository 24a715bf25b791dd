"""Telling a story together, asking what it may be used for, reading along, and what went out into the world."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import BooleanField, F, Func, Value
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.errors import NotAllowedNow
from candidates.models import Candidate
from impact.enums import ReportState
from impact.models import ImpactReport, Release, Story, StoryAnswer, StoryConsent, StoryPurpose, StoryUse
from impact.recognising import QUESTIONS, warnings

UNDO_FOR = timedelta(days=1)
LONGEST = timedelta(days=3 * 366)
WORDS = ("pseudonym", "title", "text", "title_en", "text_en")


@transaction.atomic
def write(*, candidate: Candidate, values: Mapping[str, str], by: Membership) -> Story:
    """Write a story down for the first time. Raises NotAllowedNow for the person's own name as the other name."""
    _refuse_own_name(candidate, values)
    return Story.objects.create(
        bureau_id=candidate.bureau_id,
        candidate=candidate,
        written_by=by,
        **{name: values[name] for name in WORDS},
    )


@transaction.atomic
def rewrite(*, story: Story, values: Mapping[str, str], by: Membership) -> Story:
    """Change words. What was agreed to and read along goes with the old words: both are asked anew.

    The same words again change nothing. Raises NotAllowedNow for the person's own name as the other name.
    """
    story = locked(story)
    _refuse_own_name(story.candidate, values)
    if all(getattr(story, name) == values[name] for name in WORDS):
        return story
    for name in WORDS:
        setattr(story, name, values[name])
    story.written_by, story.written_at, story.said = by, timezone.now(), ""
    story.checked_by = story.checked_at = story.checked_version = None
    story.check_note = ""
    story.save()
    story.refresh_from_db()
    return story


def _refuse_own_name(candidate: Candidate, values: Mapping[str, str]) -> None:
    if any(one.kind == "name" for one in warnings(candidate, values["pseudonym"])):
        raise NotAllowedNow(_("Kies een andere naam dan de eigen naam van deze persoon."))


def locked(story: Story) -> Story:
    """The story as it is now, kept from others until the end of the transaction."""
    rows = Story.objects.select_related(
        "candidate__coach__user", "candidate__connector__user", "candidate__area"
    )
    return rows.select_for_update(of=("self",)).get(pk=story.pk)


@transaction.atomic
def remove(*, story: Story, by: Membership) -> None:
    """Throw a story away. Raises NotAllowedNow when it went out: then it stays, so that the person sees where."""
    story = locked(story)
    if story.uses.exists():
        raise NotAllowedNow(
            _("Dit verhaal is al gebruikt. Het blijft staan, zodat de kandidaat kan zien waar.")
        )
    story.delete()


@transaction.atomic
def check(*, story: Story, answers: set[str], note: str, by: Membership) -> Story:
    """Say, as a second person, that nobody will recognise whom the story is about.

    Raises NotAllowedNow for who wrote it, while a question is open, or without a word about what was found.
    """
    story = locked(story)
    if story.written_by_id == by.pk or (story.written_by and story.written_by.user_id == by.user_id):
        raise NotAllowedNow(_("Jij schreef dit verhaal op. Vraag een collega om het na te lezen."))
    if set(QUESTIONS) - answers:
        raise NotAllowedNow(_("Nog niet alles klopt. Pas het verhaal aan, of overleg met wie het opschreef."))
    if found_in(story) and not note.strip():
        raise NotAllowedNow(
            _("Er is iets gevonden dat kan verraden wie dit is. Schrijf op waarom dat toch kan.")
        )
    story.checked_by, story.checked_at, story.checked_version = by, timezone.now(), story.version
    story.check_note = note.strip()
    story.save(update_fields=["checked_by", "checked_at", "checked_version", "check_note"])
    return story


def found_in(story: Story) -> list[Any]:
    """What may tell who the story is about; the person's coach, connector and area come along in one query."""
    return warnings(story.candidate, *(getattr(story, name) for name in WORDS))


def asked_words(
    purpose: str, bureau: Bureau, language: str, *, since: date | None, until: date | None
) -> str:
    """What a person is asked, in their own language."""
    with translation.override(language):
        if purpose == StoryPurpose.SHEET:
            text = _(
                "%(bureau)s mag dit verhaal op een succesblad zetten: één bladzijde over wat het bureau bereikte. "
                "Het bureau geeft haar aan bijvoorbeeld fondsen, werkgevers en de gemeente."
            )
        elif purpose == StoryPurpose.PUBLIC:
            text = _(
                "%(bureau)s mag dit verhaal overal laten lezen: op de website, in de krant of op sociale media. "
                "Iedereen kan het dan lezen en bewaren."
            )
        else:
            text = _(
                "%(bureau)s mag dit verhaal in het impactrapport zetten over %(since)s tot en met %(until)s. "
                "De gemeente leest dat rapport en mag het doorgeven."
            )
        days = {"since": since, "until": until}
        period = {name: date_format(day, "j F Y") if day else "" for name, day in days.items()}
        return text % {"bureau": bureau.name, **period}


@transaction.atomic
def ask(
    *,
    story: Story,
    purpose: str,
    ends_on: date,
    by: Membership,
    since: date | None = None,
    until: date | None = None,
) -> StoryConsent:
    """Ask the person whether these words may be used for one purpose until a day; asking twice is once.

    Raises NotAllowedNow for a day that is past or more than three years away, or a report without a period.
    """
    story, today = locked(story), timezone.localdate()
    if not today <= ends_on <= today + LONGEST:
        raise NotAllowedNow(_("Kies een laatste dag vanaf vandaag, hoogstens drie jaar verder."))
    if purpose != StoryPurpose.REPORT:
        since = until = None
    elif since is None or until is None or until < since:
        raise NotAllowedNow(_("Kies over welke periode het rapport gaat, de laatste dag na de eerste."))
    standing = StoryConsent.objects.filter(
        story=story, version=story.version, purpose=purpose, since=since, until=until, withdrawn_at=None
    ).exclude(answer=StoryAnswer.NO)
    if (asked := standing.first()) is not None:
        return asked
    return StoryConsent.objects.create(
        bureau_id=story.bureau_id, candidate=story.candidate, story=story, version=story.version, purpose=purpose,
        since=since, until=until, ends_on=ends_on, asked_by=by,
        words=asked_words(purpose, story.bureau, story.candidate.language, since=since, until=until),
    )  # fmt: skip


def may_take_back(asked: StoryConsent) -> bool:
    """Whether the question is still open, within a day."""
    return asked.answer == StoryAnswer.OPEN and timezone.now() - asked.asked_at < UNDO_FOR


@transaction.atomic
def take_back(*, asked: StoryConsent, by: Membership) -> None:
    """As if it had not been asked. Raises NotAllowedNow after an answer or a day."""
    asked = StoryConsent.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    if not may_take_back(asked):
        raise NotAllowedNow(_("Terugdraaien kan tot er een antwoord is, één dag lang."))
    asked.delete()


@transaction.atomic
def answer(*, asked: StoryConsent, yes: bool, by: Membership) -> StoryConsent:
    """The person says yes or no; nobody else can. Raises NotAllowedNow when the story changed since it was asked."""
    locked(asked.story)
    asked = StoryConsent.objects.select_related("story").select_for_update(of=("self",)).get(pk=asked.pk)
    if by.candidate_id != asked.candidate_id:
        raise NotAllowedNow(_("Alleen wie het verhaal vertelt, kan ja of nee zeggen."))
    if asked.version != asked.story.version:
        raise NotAllowedNow(_("Het verhaal is intussen veranderd. Het bureau vraagt het je opnieuw."))
    if asked.withdrawn_at or (asked.answer == StoryAnswer.YES and yes):
        return asked
    if asked.answer == StoryAnswer.YES:
        return withdraw(asked=asked, by=by)
    asked.answer, asked.answered_at = (StoryAnswer.YES if yes else StoryAnswer.NO), timezone.now()
    asked.save(update_fields=["answer", "answered_at"])
    return asked


@transaction.atomic
def withdraw(*, asked: StoryConsent, by: Membership) -> StoryConsent:
    """The person takes a yes back: nothing more goes out with it. What went out stays in `uses`. Twice is once."""
    asked = StoryConsent.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    if by.candidate_id != asked.candidate_id:
        raise NotAllowedNow(_("Alleen wie het verhaal vertelt, kan het intrekken."))
    if asked.answer == StoryAnswer.YES and asked.withdrawn_at is None:
        asked.withdrawn_at = timezone.now()
        asked.save(update_fields=["withdrawn_at"])
    return asked


@transaction.atomic
def say_otherwise(*, story: Story, words: str, by: Membership) -> None:
    """The person says what should be different; whoever wrote it down reads that with the story."""
    if by.candidate_id != story.candidate_id:
        raise NotAllowedNow(_("Alleen wie het verhaal vertelt, kan zeggen wat er anders moet."))
    Story.objects.filter(pk=story.pk).update(said=words.strip()[:1000])


def with_may(stories: Any, purpose: str, since: date | None = None, until: date | None = None) -> Any:
    """A query of stories with `may`: whether the database lets them go out for this, now."""
    days = [Value(day) for day in (since, until)]
    rule = Func(
        F("pk"), F("version"), Value(purpose), *days, function="story_may_go_out", output_field=BooleanField(),
        template="%(function)s(%(expressions)s)",
    )  # fmt: skip
    return stories.annotate(may=rule)


def usable(
    bureau_id: int, purpose: str, *, since: date | None = None, until: date | None = None
) -> list[Story]:
    """The bureau's stories that may go out for this now, oldest first."""
    rows = with_may(Story.objects.filter(bureau=bureau_id), purpose, since, until)
    return list(rows.filter(may=True).order_by("written_at", "pk"))


def for_report(bureau: Bureau, *, since: date, until: date, language: str) -> list[dict[str, Any]]:
    """The stories of a report as they are printed: told with a yes for just this period. In a scope of the bureau."""
    return [
        {
            "id": story.pk,
            "version": story.version,
            "name": story.pseudonym,
            "title": story.words(language)[0],
            "text": story.words(language)[1],
        }
        for story in usable(bureau.pk, StoryPurpose.REPORT, since=since, until=until)
    ]


def refuse_without_yes(report: ImpactReport) -> None:
    """Raises NotAllowedNow when a story in a report may not go out any more; the database would refuse it, too."""
    told = (report.published or {}).get("stories", [])
    may = {(one.pk, one.version) for one in _of_report(report)} if told else set()
    if any((one["id"], one["version"]) not in may for one in told):
        raise NotAllowedNow(
            _(
                "Een verhaal in dit rapport mag niet meer worden gebruikt. Maak het opnieuw; dan valt het eruit."
            )
        )


def _of_report(report: ImpactReport) -> list[Story]:
    return usable(report.bureau_id, StoryPurpose.REPORT, since=report.since, until=report.until)


def note_release(release: Release, *, by: Membership) -> None:
    """Write down, for whom they are about, that stories went out in a report."""
    told = {one["id"]: one["version"] for one in release.published.get("stories", [])}
    period = {"since": date_format(release.since, "j F Y"), "until": date_format(release.until, "j F Y")}
    where = _("Impactrapport van %(since)s tot en met %(until)s") % period
    for story in Story.objects.filter(pk__in=told):
        _use(
            story, StoryPurpose.REPORT, where, by=by, version=told[story.pk], release=release, since=release.since,
            until=release.until,
        )  # fmt: skip


def _use(story: Story, purpose: str, where: str, *, by: Membership, **fields: Any) -> StoryUse:
    named = {"version": story.version, **fields}
    return StoryUse.objects.create(
        bureau_id=story.bureau_id, candidate_id=story.candidate_id, story=story, purpose=purpose,
        where=where[:200], by=by, **named,
    )  # fmt: skip


@transaction.atomic
def use_on(story: Story, purpose: str, where: str, *, by: Membership) -> StoryUse:
    """Write down where a story goes now. Raises NotAllowedNow without the yes it needs."""
    story = locked(story)
    if not with_may(Story.objects.filter(pk=story.pk), purpose).filter(may=True).exists():
        raise NotAllowedNow(_("Voor dit gebruik is er geen ja, of het verhaal is nog niet nagelezen."))
    return _use(story, purpose, where, by=by)


def forget(candidate: Candidate) -> None:
    """Part of an erasure (`settings.ERASURE_STEPS`): a report that was not released yet loses the person's story."""
    for pk in Story.objects.filter(candidate=candidate).values_list("pk", flat=True):
        waiting = ImpactReport.objects.filter(
            bureau=candidate.bureau_id, state=ReportState.READY, published__stories__contains=[{"id": pk}]
        )
        for report in waiting.select_for_update(of=("self",)):
            _undo_report(report)


def _undo_report(report: ImpactReport) -> None:
    name, storage = report.file_name, report.pdf.storage
    report.state, report.published, report.pdf = ReportState.FAILED, None, ""
    report.error = _("Er stond een verhaal in dat niet meer mag worden gebruikt. Maak het rapport opnieuw.")
    report.save(update_fields=["state", "published", "pdf", "error"])
    if name:
        transaction.on_commit(lambda: storage.delete(name), robust=True)
