"""What the worker does for matches and messages; every task is safe to run twice."""

from __future__ import annotations

from celery import shared_task

from buurtbaan.bureaus.models import Bureau
from buurtbaan.scope import Scope, scoped
from matching.services import (
    accounts,
    asking,
    check_ins,
    day,
    delivery,
    digest,
    places,
    reminders,
    times,
    waiting,
    week_questions,
)  # fmt: skip
from matching.workbook import jobs


@shared_task(name="matching.tasks.send_message")
def send_message(message_id: int, bureau_id: int) -> None:
    """Send one message, if it still waits."""
    with scoped(Scope.for_bureaus([bureau_id], reason="send_message")):
        delivery.deliver(message_id=message_id)


@shared_task(name="matching.tasks.look_after_proposals")
def look_after_proposals() -> None:
    """Remind every side half-way, end or take up what stays silent, close what is no longer agreed, ask how it goes."""
    for bureau in Bureau.objects.order_by("pk"):
        with scoped(Scope.for_bureau(bureau, reason="look_after_proposals")):
            reminders.remind_halfway(bureau)
            reminders.expire_unanswered(bureau)
            reminders.honour_withdrawals(bureau)
            reminders.close_ended(bureau)
            times.expire_times(bureau)
            times.remind_candidates_of_times(bureau)
            accounts.ask_about_meetings(bureau)
            asking.ask_about_work(bureau)
            week_questions.ask_candidates(bureau)
            asking.remind_employers(bureau)
            asking.tell_unanswered(bureau)
            waiting.go_up(bureau)
            waiting.nudge(bureau)
            places.open_again_where_free(bureau)
            asking.throw_old_links(bureau)


@shared_task(name="matching.tasks.send_waiting_messages")
def send_waiting_messages() -> None:
    """Send what could not leave before, for example because the queue was away."""
    for bureau in Bureau.objects.order_by("pk"):
        with scoped(Scope.for_bureau(bureau, reason="send_waiting_messages")):
            waiting = reminders.waiting_messages(bureau)
        for message_id in waiting:
            send_message(message_id, bureau.pk)


@shared_task(name="matching.tasks.send_digests")
def send_digests() -> None:
    """Mail the list of the day to who wishes, once a day each; rows first, so that a killed worker loses none."""
    for bureau in Bureau.objects.order_by("pk"):
        with scoped(Scope.for_bureau(bureau, reason="send_digests")):
            waiting = digest.open_digests(bureau)
        for digest_id in waiting:
            digest.send(digest_id=digest_id, bureau_id=bureau.pk)


@shared_task(name="matching.tasks.forget_the_day")
def forget_the_day() -> None:
    """Throw away old marks of the day list and digests of long ago."""
    for bureau in Bureau.objects.order_by("pk"):
        with scoped(Scope.for_bureau(bureau, reason="forget_the_day")):
            day.forget_marks()
            digest.forget(bureau)
            check_ins.forget_remembered(bureau)


@shared_task(name="matching.tasks.read_workbook")
def read_workbook(job_id: int, bureau_id: int) -> None:
    """Read an uploaded workbook for its preview."""
    jobs.read(job_id=job_id, bureau_id=bureau_id)


@shared_task(name="matching.tasks.take_over_workbook")
def take_over_workbook(job_id: int, bureau_id: int) -> None:
    """Take a workbook over into its bureau."""
    jobs.carry_out(job_id=job_id, bureau_id=bureau_id)


@shared_task(name="matching.tasks.take_up_imports")
def take_up_imports() -> None:
    """Wake workbooks that wait too long for a worker."""
    for bureau_id in Bureau.objects.order_by("pk").values_list("pk", flat=True):
        jobs.take_up_again(bureau_id=bureau_id)


@shared_task(name="matching.tasks.clean_up_imports")
def clean_up_imports() -> None:
    """Throw away uploaded files after a day and details after a week."""
    for bureau_id in Bureau.objects.order_by("pk").values_list("pk", flat=True):
        jobs.clean_up(bureau_id=bureau_id)
