"""A form sent twice is done once: the second post gets the first one's answer."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from buurtbaan.drafts.models import Submission


@dataclass
class Once:
    """Whether this post was done before (`already`), where it led (`url`), and how to close it (`done`)."""

    token: uuid.UUID | None
    user_id: int | None
    already: bool = False
    url: str = ""

    def done(self, url: str) -> HttpResponse:
        """Remember where the post led and go there."""
        if self.token:
            Submission.objects.create(once=self.token, user_id=self.user_id, url=url)
        return HttpResponseRedirect(url)


@contextmanager
def once(request: HttpRequest) -> Iterator[Once]:
    """Hold the form's UUID for this transaction; a second click waits for the first and then sees its answer.

    A post without a UUID, or with a damaged one, is simply done. A UUID of another user is not recognised.
    """
    user_id = request.user.pk if request.user.is_authenticated else None
    token = read_uuid(request.POST.get("once", ""))
    if token is None:
        yield Once(None, user_id)
        return
    hold_token(token)
    earlier = Submission.objects.filter(once=token, user=user_id).first()
    if earlier:
        yield Once(token, user_id, already=True, url=earlier.url)
    else:
        yield Once(token, user_id)


def hold_token(token: uuid.UUID) -> None:
    """One at a time for everything that is about one drawn form, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [token.int >> 65])


def read_uuid(text: str) -> uuid.UUID | None:
    """The UUID that somebody sent, if it is one."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
