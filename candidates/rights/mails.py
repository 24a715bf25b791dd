"""Messages that lie on disk while no mail provider is set: those about one person, and those that are old."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from django.conf import settings
from django.utils import timezone

BETWEEN = b"-" * 79
KEPT = timedelta(days=30)


def folder() -> Path | None:
    """Where messages are written; None with a provider."""
    path = Path(str(settings.EMAIL_FILE_PATH or ""))
    return path if "filebased" in settings.EMAIL_BACKEND and path.is_dir() else None


def forget(*, needles: Iterable[str], sent: Iterable[tuple[str, str]]) -> int:
    """Remove the messages in which one of the needles stands, or that went out as (recipient, subject).

    Gives how many. Call it when the transaction stands: a file does not come back.
    """
    where = folder()
    words, pairs = [_flat(one) for one in needles if len(one.strip()) > 3], set(sent)
    if where is None:
        return 0
    return sum(_clean(path, words, pairs) for path in sorted(where.glob("*.log")))


def forget_old(now: datetime | None = None) -> int:
    """Remove the files that nobody wrote in for thirty days; gives how many."""
    where, before = folder(), ((now or timezone.now()) - KEPT).timestamp()
    old = [path for path in where.glob("*.log") if path.stat().st_mtime < before] if where else []
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _clean(path: Path, words: list[str], pairs: set[tuple[str, str]]) -> int:
    letters = [part for part in path.read_bytes().split(BETWEEN) if part.strip()]
    kept = [letter for letter in letters if not _about(letter, words, pairs)]
    if len(kept) == len(letters):
        return 0
    if kept:
        path.write_bytes(b"".join(letter.rstrip(b"\n") + b"\n" + BETWEEN + b"\n" for letter in kept))
    else:
        path.unlink()
    return len(letters) - len(kept)


def _about(letter: bytes, words: list[str], pairs: set[tuple[str, str]]) -> bool:
    message = message_from_bytes(letter.lstrip(), policy=default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - what the policy makes
    if (str(message["To"] or ""), str(message["Subject"] or "")) in pairs:
        return True
    parts = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
    text = _flat(" ".join([*(str(value) for value in message.values()), *map(str, parts)]))
    return any(word in text for word in words)


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).casefold().strip()
