"""A workbook in the browser: kept for a day, read by the worker, taken over when the manager says so."""

from __future__ import annotations

import hashlib
import logging
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError as QueueAway
from redis.exceptions import RedisError

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from buurtbaan.scope import Scope, scoped
from matching.enums import ImportState
from matching.models import ImportJob
from matching.workbook.errors import WorkbookRefused
from matching.workbook.importing import ImportResult, preview, take_over

log = logging.getLogger("buurtbaan.imports")
FILE_KEPT = timedelta(days=1)
DETAILS_KEPT = timedelta(days=7)
LEASE = timedelta(minutes=5)  # after which a job that still waits is woken again
SHOWN = 2000  # entries kept of each list
LOCK = 0x696D
WORKING = (ImportState.PREVIEWING, ImportState.RUNNING)
DETAILS = ("problems", "notes", "doubles")


@transaction.atomic
def bring(*, file: UploadedFile, by: Membership) -> ImportJob:
    """Keep an uploaded workbook and have it read. `file` has been checked by the form."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    job = ImportJob(
        bureau=by.bureau,
        by=by,
        file_name=(file.name or "werkboek.xlsx")[:200],
        sha256=digest.hexdigest(),
        state=ImportState.PREVIEWING,
        lease_until=timezone.now() + LEASE,
    )
    job.file.save(f"{uuid.uuid4()}.xlsx", file, save=False)
    job.save()
    transaction.on_commit(partial(wake, job.pk, job.bureau_id, job.state))
    return job


@transaction.atomic
def start(*, job: ImportJob, skip_bad_rows: bool, by: Membership) -> ImportJob:
    """Have a workbook that was read taken over. Raises NotAllowedNow when it is not ready or has bad rows."""
    job = ImportJob.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if job.state != ImportState.READY:
        raise NotAllowedNow(
            _("Dit werkboek is al overgenomen of nog niet gelezen. Kijk eerst hoe het ermee staat.")
        )
    if job.result["bad_rows"] and not skip_bad_rows:
        raise NotAllowedNow(
            _("Er zijn foute rijen. Verbeter ze in het bestand, of kies dat we ze overslaan.")
        )
    job.state, job.skip_bad_rows, job.by, job.progress = ImportState.RUNNING, skip_bad_rows, by, 0
    job.lease_until = timezone.now() + LEASE
    job.save()
    transaction.on_commit(partial(wake, job.pk, job.bureau_id, job.state))
    return job


@transaction.atomic
def throw_away(*, job: ImportJob, by: Membership) -> None:
    """Forget a workbook that was not taken over, file and all."""
    job = ImportJob.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if job.state in WORKING or job.state == ImportState.DONE:
        raise NotAllowedNow(_("Dit werkboek is overgenomen of wordt nu gelezen. Het kan niet meer weg."))
    _drop_file(job)
    job.delete()


def wake(job_id: int, bureau_id: int, state: str) -> None:
    """Ask the worker; with the queue away the job waits for the schedule."""
    from matching import tasks

    task = tasks.read_workbook if state == ImportState.PREVIEWING else tasks.take_over_workbook
    try:
        task.delay(job_id, bureau_id)
    except (QueueAway, RedisError, OSError) as error:
        log.warning("Import %s waits: %s", job_id, error)


def read(*, job_id: int, bureau_id: int) -> None:
    """Read a workbook for its preview. Safe to call twice: the second call finds it read, or being read."""
    with _claimed(job_id, bureau_id, ImportState.PREVIEWING) as job:
        if job is not None:
            _carry_out(job, lambda progress: _preview(job, progress))


def carry_out(*, job_id: int, bureau_id: int) -> None:
    """Take a workbook over. Safe to call twice: what was written and that it is done are one transaction."""
    with _claimed(job_id, bureau_id, ImportState.RUNNING) as job:
        if job is not None:
            _carry_out(job, lambda progress: _take_over(job, progress))


@contextmanager
def _claimed(job_id: int, bureau_id: int, state: ImportState) -> Iterator[ImportJob | None]:
    """The job while no other worker has it, in a transaction of its own; None when it is not in that state.

    The lock goes with the connection: when a worker dies, the next one can go on at once.
    """
    with scoped(Scope.for_bureaus([bureau_id], reason="import")):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, job_id])
            free = cursor.fetchone()[0]
        jobs = ImportJob.objects.filter(pk=job_id, state=state).select_related("bureau", "by__user")
        yield jobs.first() if free else None


def _carry_out(job: ImportJob, act: Callable[[Callable[[int], None]], None]) -> None:
    """Run a job and keep how it ended; a database that is away leaves the job as it is, for the next try."""
    language = job.by.user.language if job.by else "nl"
    with translation.override(language), _reporting(job) as progress:
        try:
            act(progress)
        except (OperationalError, InterfaceError):
            raise
        except WorkbookRefused as refused:
            _fail(job, refused.reason)
        except Exception:
            log.exception("Import %s failed", job.pk)
            _fail(job, _("Er ging iets mis. Er is niets overgenomen. Probeer het nog een keer."))
    job.save()


def _preview(job: ImportJob, progress: Callable[[int], None]) -> None:
    with job.file.open("rb") as file:
        result = preview(file, bureau=job.bureau, by=job.by, progress=progress)
    _keep(job, result, ImportState.READY)


def _take_over(job: ImportJob, progress: Callable[[int], None]) -> None:
    with job.file.open("rb") as file:
        result = take_over(
            file, bureau=job.bureau, by=job.by, skip_bad_rows=job.skip_bad_rows, progress=progress
        )
    if not result.committed:  # bad rows that were not there when it was read
        _keep(job, result, ImportState.READY)
        return
    _keep(job, result, ImportState.DONE)
    job.done_at = timezone.now()
    _drop_file(job)


def _keep(job: ImportJob, result: ImportResult, state: ImportState) -> None:
    job.result, job.state, job.progress, job.error = result.as_dict(most=SHOWN), state, 100, ""


def _fail(job: ImportJob, reason: str) -> None:
    job.state, job.error = ImportState.FAILED, reason[:300]
    _drop_file(job)


def _drop_file(job: ImportJob) -> None:
    """Remove the file once the transaction stands; a rollback keeps it."""
    if job.file:
        name, storage = str(job.file.name), job.file.storage
        job.file = ""
        transaction.on_commit(partial(storage.delete, name))


@contextmanager
def _reporting(job: ImportJob) -> Iterator[Callable[[int], None]]:
    """Say how far it is on a connection of its own: the work itself is one transaction that nobody sees yet."""
    side = connection.copy()
    told = {"percent": -1, "at": timezone.now() - timedelta(minutes=1)}

    def report(percent: int) -> None:
        now = timezone.now()
        if percent == told["percent"] or now - told["at"] < timedelta(seconds=1):  # type: ignore[operator]
            return
        told.update(percent=percent, at=now)
        _write_progress(side, job, percent)

    try:
        yield report
    finally:
        side.close()


def _write_progress(side: Any, job: ImportJob, percent: int) -> None:
    side.set_autocommit(False)
    with side.cursor() as cursor:
        cursor.execute("SELECT set_config('buurtbaan.bureaus', %s, true)", [str(job.bureau_id)])
        cursor.execute("UPDATE matching_importjob SET progress = %s WHERE id = %s", [percent, job.pk])
    side.commit()


def take_up_again(*, bureau_id: int, now: datetime | None = None) -> None:
    """Wake jobs of a bureau that nobody carried out in time: the queue was away, or a worker died."""
    now = now or timezone.now()
    with scoped(Scope.for_bureaus([bureau_id], reason="import")):
        late = ImportJob.objects.filter(bureau=bureau_id, state__in=WORKING, lease_until__lt=now)
        for job in late.select_for_update(of=("self",), skip_locked=True).order_by("pk"):
            job.lease_until = now + LEASE
            job.save(update_fields=["lease_until"])
            transaction.on_commit(partial(wake, job.pk, bureau_id, job.state))


def clean_up(*, bureau_id: int, now: datetime | None = None) -> None:
    """Throw away files after a day, and what was said about single rows after a week."""
    now = now or timezone.now()
    with scoped(Scope.for_bureaus([bureau_id], reason="clean_up_imports")):
        jobs = ImportJob.objects.filter(bureau=bureau_id).exclude(state__in=WORKING)
        for job in jobs.exclude(file="").filter(created_at__lt=now - FILE_KEPT):
            _fail(job, _("Het bestand is na een dag weggegooid. Breng het opnieuw."))
            job.save()
        told = Q(result__has_any_keys=list(DETAILS))
        for job in jobs.filter(told, created_at__lt=now - DETAILS_KEPT):
            job.result = {name: value for name, value in job.result.items() if name not in DETAILS}
            job.save(update_fields=["result"])


def forget_people(*, bureau_id: int) -> None:
    """Somebody is erased: throw away files and what was said about single rows, whoever it was about.

    A cell does not say whose it is, and all of this would be gone within a week.
    """
    jobs = ImportJob.objects.filter(bureau=bureau_id).exclude(state__in=WORKING)
    told = Q(result__has_any_keys=list(DETAILS))
    for job in jobs.filter(told | ~Q(file="")).order_by("pk"):
        if job.file:
            _fail(job, _("Het bestand is weggegooid, omdat er iemand is gewist. Breng het opnieuw."))
        job.result = {name: value for name, value in job.result.items() if name not in DETAILS}
        job.save()
