"""What happens to drafts by itself."""

from celery import shared_task

from buurtbaan.drafts import retention


@shared_task(name="buurtbaan.drafts.tasks.forget_drafts")
def forget_drafts() -> None:
    """Remove what was not sent in time."""
    retention.forget()
