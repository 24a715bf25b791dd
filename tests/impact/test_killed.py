"""A real worker process that is killed at random moments: no report is lost, and none is made twice.

`make test` kills it at three moments; `BUURTBAAN_KILLS=50 make test ARGS=tests/impact/test_killed.py` at fifty.
`BUURTBAAN_KILLS_SEED` repeats a run.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection

from buurtbaan import local
from buurtbaan.bureaus.models import Bureau
from buurtbaan.scope import Scope, scoped
from impact import services
from impact.canonical import sha256
from impact.enums import ReportState
from impact.models import ImpactReport
from tests import databases
from tests.bureaus.factories import BureauFactory

POINTS = int(os.environ.get("BUURTBAAN_KILLS", "3"))
SEED = int(os.environ.get("BUURTBAAN_KILLS_SEED", str(time.time_ns() % 100_000)))
PATIENCE = 600.0
QUEUE = f"killed-{os.getpid()}"


@dataclass
class Worker:
    """A prefork worker with one child, and what it needs to reach this test's database and queue."""

    env: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    queue: Celery = field(default_factory=Celery)

    def start(self) -> None:
        said = self.log.stat().st_size if self.log.exists() else 0
        command = [sys.executable, "-m", "celery", "-A", "buurtbaan.celery", "--skip-checks", "worker"]
        quick = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=INFO"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--concurrency=1", f"--queues={QUEUE}", *quick],
                cwd=settings.BASE_DIR,
                env=self.env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until(lambda: b" ready." in self.log.read_bytes()[said:], "the worker did not start")

    def child(self) -> int | None:
        """The process that makes the reports."""
        assert self.process
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return int(found[0]) if found else None

    def kill_child(self) -> None:
        if child := self.child():
            os.kill(child, signal.SIGKILL)

    def kill_all(self) -> None:
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def send(self, report: ImpactReport) -> None:
        arguments = [report.pk, report.bureau_id]
        self.queue.send_task("impact.tasks.make_report", args=arguments, queue=QUEUE)


def until(done: Any, why: str) -> None:
    """Wait until `done()`; looking often enough not to lose time."""
    deadline = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > deadline:
            raise AssertionError(why)
        time.sleep(0.05)


@pytest.fixture
def worker(tmp_path: Path, transactional_db: None) -> Iterator[Worker]:
    redis = os.environ.get("REDIS_URL", "")
    if not redis:
        local.ensure_redis()
        redis = local.redis_url(db=15)
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "BUURTBAAN_AS"))
    }
    env = {
        **kept,
        "DATABASE_URL": databases.address(str(connection.settings_dict["NAME"])),
        "REDIS_URL": redis,
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "BUURTBAAN_SEAL_FOLDER": settings.SEAL_FOLDER,
        "BUURTBAAN_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "buurtbaan.settings",
        "REPORT_LEASE_SECONDS": "4",
    }
    worker = Worker(env, tmp_path / "worker.log", queue=Celery("test", broker=redis, set_as_current=False))
    worker.start()
    yield worker
    worker.kill_all()
    with worker.queue.connection_for_write() as broker:
        broker.default_channel.queue_delete(QUEUE)
    worker.queue.close()


def asked(bureau: Bureau, number: int) -> ImpactReport:
    """A report over a period of its own."""
    first = date(2024, 1, 1) + timedelta(days=number)
    return services.request_report(bureau=bureau, since=first, until=first, by=None, worker=False)


def state_of(report: ImpactReport) -> str:
    report.refresh_from_db(fields=["state"])
    return str(report.state)


def carry_through(worker: Worker, bureau: Bureau, report: ImpactReport) -> None:
    """What the schedule does each minute, a little more often: take up again what hangs, until it is done."""

    def done() -> bool:
        with scoped(Scope.for_bureau(bureau)):
            hanging = services.hanging()
        for lost in hanging:
            worker.send(lost)
        time.sleep(0.3)
        return state_of(report) == ReportState.READY

    until(done, f"report {report.pk} is {state_of(report)} (seed {SEED})\n{worker.log.read_text()[-3000:]}")


def test_a_worker_that_is_killed_loses_no_report_and_doubles_none(worker: Worker) -> None:
    chance, bureau = random.Random(SEED), BureauFactory()
    whole = asked(bureau, 0)
    begun = time.monotonic()
    worker.send(whole)
    carry_through(worker, bureau, whole)
    usual = time.monotonic() - begun
    turns = []
    for number in range(1, POINTS + 1):
        report = asked(bureau, number)
        worker.send(report)
        time.sleep(chance.uniform(0, usual))
        if number % 3 == 0:
            worker.kill_all()
            worker.start()
            worker.send(report)  # the queue may have lost it with its worker; twice is once
        else:
            worker.kill_child()
        carry_through(worker, bureau, report)
        report.refresh_from_db()
        turns.append(report.turn)
    made = list(ImpactReport.objects.filter(bureau=bureau))
    print(f"{POINTS} kills, seed {SEED}, {usual:.1f} s a report, turns {sorted(turns)}")  # noqa: T201
    assert len(made) == len({report.since for report in made}) == POINTS + 1
    assert {(report.state, report.error) for report in made} == {(ReportState.READY, "")}
    for report in made:
        with default_storage.open(report.file_name) as file:
            assert sha256(file.read()) == report.pdf_sha256
    on_disk = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert len(on_disk) == POINTS + 1
