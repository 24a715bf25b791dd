"""Posts that happen once."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Submission(models.Model):
    """A form that was sent: the client's own UUID, and where the first post led."""

    once = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    url = models.CharField(max_length=300)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.once} → {self.url}"
