"""The worker: tasks wake services, the database says what is to be done."""

import os
import resource

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buurtbaan.settings")

app = Celery("buurtbaan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule_filename = "var/schedule"


@app.on_after_finalize.connect
def _plan(sender: Celery, **_: object) -> None:
    from buurtbaan.schedule import SCHEDULE

    sender.conf.beat_schedule = SCHEDULE


@worker_process_init.connect
def _cap_memory(**_: object) -> None:
    """A task that asks for too much memory fails and says so, before it takes the machine along."""
    from django.conf import settings

    most = settings.WORKER_MEMORY_MB * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
