"""What happens to employers' rows by itself."""

from celery import shared_task

from employers import services


@shared_task(name="employers.tasks.forget_removed")
def forget_removed() -> None:
    """Erase what somebody took away and nobody put back within a day."""
    services.forget_removed()
