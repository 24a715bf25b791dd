"""The worker: tasks wake services, the database says what is to be done."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buurtbaan.settings")

app = Celery("buurtbaan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule_filename = "var/schedule"


@app.on_after_finalize.connect
def _plan(sender: Celery, **_: object) -> None:
    from buurtbaan.schedule import SCHEDULE

    sender.conf.beat_schedule = SCHEDULE
