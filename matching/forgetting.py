"""What matching keeps about somebody elsewhere than in rows of the person: workbooks, and messages to others."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.db.models import Q

from candidates.models import Candidate
from candidates.rights import mails
from matching.models import Message
from matching.workbook import jobs


def forget(candidate: Candidate) -> None:
    """Part of an erasure (`settings.ERASURE_STEPS`): runs while the person's rows are still there.

    Messages on disk about the person are known by recipient and subject.
    """
    jobs.forget_people(bureau_id=candidate.bureau_id)
    about = Message.objects.filter(Q(candidate=candidate) | Q(match__candidate=candidate))
    sent = set(about.values_list("recipient", "subject"))
    transaction.on_commit(partial(mails.forget, needles=(), sent=sent), robust=True)
