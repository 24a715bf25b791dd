"""A list to take along: asked why first, up to a number of rows, and written down for whoever is on it."""

from __future__ import annotations

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import IO

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.access import Request, posted
from buurtbaan.audit.services import record_read, record_reads
from buurtbaan.ui.forms import ReasonForm
from buurtbaan.workbooks import book_response

Write = Callable[[IO[bytes]], list[int]]
"""Writes a workbook and gives whom each of its rows is about."""


def export_page(
    request: Request,
    template: str,
    *,
    found: int,
    most: int,
    write: Write,
    what: str,
    words: str,
    name: str,
    who_reads: str = "",
) -> HttpResponse:
    """The page that asks why, or the workbook.

    found: how many rows there are, counted to one more than `most`. what: the kind of line in the bureau's log.
    words: that line, with %(n)s and %(reason)s. name: of the file, with %(day)s. who_reads: who will see the reason;
    everybody on the list, unless it says otherwise.
    """
    said = who_reads or _(
        "Iedereen op de lijst kan dit lezen bij “Wie keek er”. De bureauleider ziet het ook."
    )
    form = ReasonForm(posted(request), who_reads=said)
    if request.method == "POST" and form.is_valid() and 0 < found <= most:
        return take_along(
            request, write, what=what, words=words, name=name, reason=form.cleaned_data["reason"]
        )
    context = {
        "form": form, "found": found, "most": most, "too_many": found > most, "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, template, context)


def in_the_log() -> str:
    """Who reads the reason of a list on which nobody has a file."""
    return _("Dit staat straks in het logboek van het bureau.")


def take_along(
    request: Request, write: Write, *, what: str, words: str, name: str, reason: str
) -> HttpResponse:
    """The workbook; each person's file gets a line, and the bureau's log one."""
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    people = write(file)
    record_reads(
        by=request.membership, candidate_ids=list(dict.fromkeys(people)), what="export", reason=reason
    )
    said = words % {"n": len(people), "reason": reason}
    record_read(by=request.membership, candidate_id=None, what=what, reason=said)
    return book_response(file, name % {"day": f"{timezone.localdate():%Y-%m-%d}"})
