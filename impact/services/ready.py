"""Telling managers by e-mail that a planned report is ready: a link, never the report itself.

A report leaves no bureau by itself, so a plan is of no use when nobody knows that there is something to read and
release. Who was told stands with the order, under its lock: nobody is told twice, and mail that cannot leave is tried
again for a week.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from anymail.exceptions import AnymailError
from django.core.exceptions import ValidationError
from django.core.mail.message import BadHeaderError
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau, Membership
from buurtbaan.bureaus.services import absolute
from buurtbaan.mailing import Letter
from buurtbaan.scope import scoped
from impact.enums import ReportState
from impact.models import ImpactReport, ReportOrder
from impact.services.planning import inside

log = logging.getLogger("buurtbaan.reports")
RECENT = timedelta(days=7)
"""A report that was ready longer ago is no news."""


def tell_all() -> int:
    """Tell the managers of every bureau; gives how many letters left."""
    return sum(_tell_bureau(bureau) for bureau in Bureau.objects.order_by("pk"))


def _tell_bureau(bureau: Bureau) -> int:
    with scoped(inside(bureau)):
        news = ReportOrder.objects.filter(
            bureau=bureau, schedule__isnull=False, told_at=None,
            report__state=ReportState.READY, report__ready_at__gt=timezone.now() - RECENT,
        )  # fmt: skip
        waiting = set(news.order_by().values_list("report", flat=True))
    return sum(_tell(report_id, bureau) for report_id in sorted(pk for pk in waiting if pk))


def _tell(report_id: int, bureau: Bureau) -> int:
    """Tell of one report, that several plans may have asked for; a second worker passes it by."""
    with scoped(inside(bureau)):
        rows = ReportOrder.objects.select_for_update(of=("self",), skip_locked=True)
        orders = list(rows.filter(report=report_id, schedule__isnull=False, told_at=None).order_by("pk"))
        report = ImpactReport.objects.defer("published").get(pk=report_id)
        if not orders or report.state != ReportState.READY:
            return 0
        told = set(orders[0].told_to)
        readers = [one for one in _managers(bureau) if one.pk not in told]
        reached = [one.pk for one in readers if _sent(report, one, bureau)]
        over = timezone.now() if len(reached) == len(readers) else None
        ReportOrder.objects.filter(pk__in=[order.pk for order in orders]).update(
            told_to=sorted({*told, *reached}), told_at=over
        )
        return len(reached)


def _managers(bureau: Bureau) -> list[Membership]:
    found = Membership.objects.current().filter(bureau=bureau, role=Role.MANAGER, user__is_active=True)
    return list(found.exclude(user__email="").select_related("user").order_by("pk"))


def _sent(report: ImpactReport, reader: Membership, bureau: Bureau) -> bool:
    """Whether the letter left, or never can; False where another try makes sense."""
    try:
        with translation.override(reader.user.language):
            letter(report, reader, bureau).email().send()
    except (OSError, AnymailError) as error:
        log.warning("report %s: the letter to %s waits: %s", report.pk, reader.pk, type(error).__name__)
        return False
    except (BadHeaderError, ValidationError, ValueError) as error:
        log.warning("report %s: no letter can go to %s: %s", report.pk, reader.pk, type(error).__name__)
    return True


def letter(report: ImpactReport, reader: Membership, bureau: Bureau) -> Letter:
    """What a manager reads: which days, and where; no figure and no attachment."""
    days = {"since": date_format(report.since, "j F Y"), "until": date_format(report.until, "j F Y")}
    plans = absolute(reverse("impact:schedule_list"))
    return Letter(
        to=reader.user.email,
        subject=_("Het geplande rapport is klaar om na te lezen"),
        body=_(
            "Het rapport over %(since)s tot en met %(until)s is gemaakt. Lees het na en geef het vrij. De gemeente "
            "ziet het pas daarna."
        )
        % days,
        why=_(
            "Je krijgt deze e-mail omdat je %(bureau)s leidt en dit rapport is gepland. Stoppen kan op %(address)s"
        )
        % {"bureau": bureau.name, "address": plans},
        bureau=bureau,
        act=_("Lees het rapport na"),
        address=absolute(reverse("impact:report", args=[report.pk])),
    )
