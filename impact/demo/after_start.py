"""Conversations after the start in the demo: answers of both sides, one that waits to be read, and early signals."""

from __future__ import annotations

from datetime import timedelta

from impact.demo.story import Cast
from matching.models import CheckIn, EmployerQuestion, Placement
from matching.questions import CANDIDATE, EMPLOYER, VERSION, kept

PROUD = (
    "Dat ik elke keer op tijd ben.",
    "Een klant zei dat ik het goed uitleg.",
    "De kas staat er mooi bij.",
)
HELP = ("Vaker samen de dag doornemen.", "Iemand die het nog eens voordoet.", "")
SAID = {
    "hours": "right",
    "helped": "enough",
    "learned": "Hoe je een band plakt.",
    "first": "Iedereen groet elkaar.",
}


def stay_in_touch(cast: Cast) -> None:
    """What was said in the conversations that were held, and three people for whom a call is a good idea."""
    held = CheckIn.objects.filter(bureau=cast.bureau).exclude(done_on=None).order_by("pk")
    for number, check in enumerate(held):
        answers = {**SAID, "proud": PROUD[number % 3], "help": HELP[number % 3]}
        if check.mood != "good":
            answers |= {"hours": "less", "helped": "sometimes"}
        check.version, check.told_on = VERSION, check.done_on
        check.answers = kept(CANDIDATE, check.week, answers)
        check.save(update_fields=["version", "told_on", "answers"])
    for question in EmployerQuestion.objects.filter(bureau=cast.bureau).exclude(going="").order_by("pk"):
        answers = {"guidance": "easy" if question.going == "good" else "time", "step": "Zelf de kassa doen."}
        question.version, question.answers = VERSION, kept(EMPLOYER, question.week or 4, answers)
        question.save(update_fields=["version", "answers"])
    _signals(cast)


def _signals(cast: Cast) -> None:
    """One who told it alone, one whose conversation was forgotten, one for whom it goes a bit less well."""
    running = Placement.objects.filter(bureau=cast.bureau, ended_on=None, candidate__coach=cast.coaches[0])
    told = missed = down = False
    for placement in running.order_by("pk"):
        waiting = placement.check_ins.filter(done_on=None, due_on__lte=cast.today).order_by("week").first()
        last = placement.check_ins.exclude(done_on=None).order_by("-week").first()
        if waiting and not told:
            told = _tell(cast, waiting)
        elif last and not missed and last.done_on and last.done_on < cast.today - timedelta(days=20):
            missed = _miss(cast, last)
        elif last and not down and last.done_on and last.done_on > cast.today - timedelta(days=80):
            down = _lower(last)


def _tell(cast: Cast, check: CheckIn) -> bool:
    check.mood, check.told_on, check.told_self, check.version = "good", cast.today, True, VERSION
    check.answers = kept(CANDIDATE, check.week, {"hours": "more", "helped": "enough", "proud": PROUD[1]})
    check.candidate_words = "Ik zou best een ochtend erbij willen."
    check.save()
    return True


def _miss(cast: Cast, check: CheckIn) -> bool:
    check.due_on, check.mood, check.candidate_words = cast.today - timedelta(days=18), "", ""
    check.done_on, check.told_on, check.by, check.version, check.answers = None, None, None, "", {}
    check.save()
    return True


def _lower(check: CheckIn) -> bool:
    before = (
        check.placement.check_ins.filter(week__lt=check.week).exclude(done_on=None).order_by("-week").first()
    )
    if before is None:
        return False
    CheckIn.objects.filter(pk=before.pk).update(mood="good")
    check.mood, check.candidate_words = "mixed", "Het is druk in de werkplaats, dan weet ik het even niet."
    check.save(update_fields=["mood", "candidate_words"])
    return True
