"""The paper of a sum of released reports, and handing a sum out so that every bureau in it can see that.

The paper is no record: it can be drawn again from the releases at any time. A worker draws it and leaves it under the
hash of the sum, so that a report that is withdrawn or renewed leaves no paper behind that anybody is given.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership, Municipality
from buurtbaan.scope import Scope, scoped
from impact import exports
from impact.canonical import sha256
from impact.enums import DownloadKind
from impact.models import Download, Release
from impact.together.adding import Published
from impact.together.page import paper
from impact.together.summing import Period, parts_of, together, without_report


def make_sum(*, municipality_id: int, period: Period, language: str, least: int = 1) -> bool:
    """Draw the paper of the sum as it is now, unless it lies there; False when there is nothing to draw.

    Safe to call twice and at the same time: both write the same bytes. least: with fewer reports nothing is drawn.
    """
    summed = _now(municipality_id, period, language, least)
    if summed is None:
        return False
    if paper_of(summed) is None:
        with translation.override(language):
            drawn = paper(summed)
        if (
            _now(municipality_id, period, language, least) == summed
        ):  # else a newer worker draws what is newer
            _keep(summed, drawn)
    return True


def _now(municipality_id: int, period: Period, language: str, least: int) -> Published | None:
    """The sum as it is at this moment; None with fewer reports than `least`."""
    with (
        scoped(Scope(role="system", municipalities=(municipality_id,), reason="sum of reports")),
        translation.override(language),
    ):
        place = Municipality.objects.get(pk=municipality_id)
        parts = parts_of(Release.objects.filter(municipality=place), period)
        if len(parts) < least:
            return None
        return together(parts, municipality=place, period=period, without=without_report(place, parts))


def paper_of(summed: Published) -> bytes | None:
    """The paper of this sum and no other, whole; None while it is not drawn."""
    for name in _names(summed):
        if name.startswith(_mark(summed)):
            try:
                with default_storage.open(f"{_folder(summed)}/{name}") as file:
                    data = bytes(file.read())
            except FileNotFoundError:  # a worker that drew the same at the same time has just put it again
                continue
            if name.endswith(f"-{sha256(data)}.pdf"):
                return data
    return None


def _keep(summed: Published, data: bytes) -> None:
    """Under the hashes of the sum and of the paper; then what the same language had before goes."""
    name, before = f"{_mark(summed)}{sha256(data)}.pdf", _names(summed)
    if paper_of(summed) is None:
        default_storage.delete(f"{_folder(summed)}/{name}")
        default_storage.save(f"{_folder(summed)}/{name}", ContentFile(data))
    for other in before:
        if other.startswith(f"{summed['language']}-") and other != name:
            default_storage.delete(f"{_folder(summed)}/{other}")


def _folder(summed: Published) -> str:
    days = summed["period"]
    return f"together/{summed['municipality']['code']}/{days['since']}_{days['until']}"


def _mark(summed: Published) -> str:
    return f"{summed['language']}-{sha256(summed)}-"


def _names(summed: Published) -> list[str]:
    try:
        return default_storage.listdir(_folder(summed))[1]
    except FileNotFoundError:
        return []


def hand_out_sum(
    *, summed: Published, parts: Sequence[Release], kind: DownloadKind, by: Membership
) -> bytes | None:
    """One form of a sum; who took it is noted with each report in it. None for a paper that is not drawn yet."""
    data = paper_of(summed) if kind == DownloadKind.PDF else exports.as_kind(summed, kind)
    if data is not None:
        note_sum(parts=parts, kind=kind, name=str(by.user), by=by)
    return data


@transaction.atomic
def note_sum(
    *, parts: Sequence[Release], kind: DownloadKind, name: str, by: Membership | None = None
) -> None:
    """A line in the log of each report in the sum, so that every manager finds it there."""
    said = _("%(name)s (Samen)") % {"name": name[:140]}
    Download.objects.bulk_create(
        Download(
            release=part, bureau_id=part.bureau_id, municipality_id=part.municipality_id, kind=kind, by=by, by_name=said
        )
        for part in parts
    )  # fmt: skip
