"""The moment a municipality may read a report, and the files it takes away."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from impact import earlier, exports
from impact.canonical import sha256
from impact.enums import DownloadKind, ReportState
from impact.models import Download, ImpactReport, Release
from impact.services import network, stories


@transaction.atomic
def release(*, report: ImpactReport, by: Membership) -> Release:
    """Let the municipality read a report: a copy of what may be published, which never changes afterwards.

    Raises NotAllowedNow when the report is not ready, when its file was changed or is gone, or when a report was
    released that it overlaps or did not reckon with, because small numbers could be worked out by subtraction.
    """
    report = ImpactReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    bureau = report.bureau
    earlier.one_at_a_time(bureau)
    if report.state != ReportState.READY or report.published is None:
        raise NotAllowedNow(_("Dit rapport is nog niet klaar om vrij te geven."))
    if earlier.overlapping(bureau, report.since, report.until):
        raise NotAllowedNow(
            _(
                "Deze periode overlapt met een rapport dat al is vrijgegeven. Kies een periode die daarop aansluit, "
                "of die het helemaal bevat."
            )
        )
    if earlier.outdated(report):
        raise NotAllowedNow(
            _(
                "Sinds dit rapport is gemaakt, is een ander rapport vrijgegeven. Samen kunnen ze te veel laten zien. "
                "Vraag dit rapport opnieuw aan; dan maken we het opnieuw."
            )
        )
    if not default_storage.exists(report.file_name) or sha256(_file(report.file_name)) != report.pdf_sha256:
        raise NotAllowedNow(_("Het bestand is niet meer zoals het gemaakt is. Maak het rapport opnieuw."))
    stories.refuse_without_yes(report)
    made = Release.objects.create(
        bureau=bureau,
        bureau_name=bureau.name,
        municipality=bureau.municipality,
        report=report,
        since=report.since,
        until=report.until,
        version=report.version,
        language=report.language,
        published=report.published,
        pdf=report.file_name,
        pdf_sha256=report.pdf_sha256,
        figures_sha256=sha256(report.published),
        released_by=by,
    )
    report.state = ReportState.RELEASED
    report.save(update_fields=["state"])
    stories.note_release(made, by=by)
    network.share(bureau)
    return made


@transaction.atomic
def withdraw_release(*, release: Release, reason: str, by: Membership) -> None:
    """Take a report out of the municipality's sight, with a reason; who downloaded it before still has it."""
    release.withdrawn_at, release.withdrawn_reason = timezone.now(), reason
    release.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    network.share(release.bureau)


@transaction.atomic
def hand_out(*, release: Release, kind: DownloadKind, by: Membership) -> bytes:
    """The bytes of one form of a released report; who took it is noted.

    Raises NotAllowedNow when the file on disk is not the one that was released.
    """
    if kind == DownloadKind.PDF:
        data = _file(release.pdf) if default_storage.exists(release.pdf) else b""
        if sha256(data) != release.pdf_sha256:
            raise NotAllowedNow(
                _("Dit bestand is beschadigd. We geven het niet mee. Neem contact op met het bureau.")
            )
    else:
        data = exports.as_kind(release.published, kind)
    Download.objects.create(
        release=release,
        bureau_id=release.bureau_id,
        municipality_id=release.municipality_id,
        kind=kind,
        by=by,
        by_name=str(by.user)[:160],
    )
    return data


def _file(name: str) -> bytes:
    with default_storage.open(name) as file:
        return bytes(file.read())
