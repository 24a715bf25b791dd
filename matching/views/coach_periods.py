"""Periods of coaching: put down, signed, opened again; and the sheet on paper or as a workbook."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.audit.services import record_read, record_reads
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import form_helper
from buurtbaan.ui.pdf import document_pdf, pdf_response
from buurtbaan.workbooks import book_response
from candidates.forms.signing import SignedForm
from matching.coaching import sealed
from matching.documents import Sheet, draft_sheet, period_sheet, write_sheets
from matching.forms.job_coaching import ReasonForm, SpanForm, last_month
from matching.models import CoachHours, CoachPeriod, CoachPlan
from matching.services import coach_periods as services
from matching.views.job_coaching import page_of_plan, plan_to_coach
from matching.views.matches import ACTORS

LONGEST = timedelta(days=366)
MOST_PLANS = 60


def _period(request: Request, pk: int) -> CoachPeriod:
    rows = CoachPeriod.objects.visible_to(request.membership).select_related(
        "plan", "plan__candidate", "plan__employer", "placement", "reopened_by__user", "replaces"
    )
    return get_object_or_404(rows, pk=pk)


@allow(*ACTORS)
@require_POST
def coach_period_new(request: Request, pk: int) -> HttpResponse:
    """Put the hours of some days down, and sign them as coach."""
    plan = plan_to_coach(request, pk)
    form = SpanForm(request.POST)
    if not form.is_valid():
        raise NotAllowedNow(_("Vul een eerste en een laatste dag in, de laatste na de eerste."))
    period = services.put_down(
        plan=plan, since=form.cleaned_data["van"], until=form.cleaned_data["tot"], by=request.membership
    )
    undo = reverse("matching:coach_period_undo", args=[period.pk])
    tell(request, _("De periode is vastgezet en door jou getekend."), undo_url=undo)
    return redirect("matching:coach_period", period.pk)


@allow(*ACTORS)
@require_POST
def coach_period_undo(request: Request, pk: int) -> HttpResponse:
    """Take it back as long as nobody else signed."""
    period = _period(request, pk)
    services.take_back_period(period=period, by=request.membership)
    tell(request, _("De periode staat weer open."))
    return redirect(page_of_plan(period.plan))


@allow(*ACTORS)
@require_GET
def coach_period(request: Request, pk: int) -> HttpResponse:
    """What is signed, by whom, and what still waits."""
    period = _period(request, pk)
    record_read(by=request.membership, candidate_id=period.candidate_id, what="coaching")
    context = {
        "period": period,
        "placement": period.placement,
        "sheet": period_sheet(period),
        "whole": sealed(period.content) == period.sha256,
        "may_undo": services.may_take_back(period),
        "back": page_of_plan(period.plan),
        "answer": period.questions.exclude(answered_at=None).first(),
    }
    return render(request, "matching/coach_period.html", context)


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def coach_period_sign(request: Request, pk: int) -> HttpResponse:
    """The candidate signs here, on the coach's screen."""
    period = _period(request, pk)
    here = reverse("matching:coach_period", args=[pk])
    form = SignedForm(posted(request))
    form_helper(form, submit=_("Zet deze naam eronder"), cancel_url=here)
    if request.method == "POST" and form.is_valid():
        services.candidate_signs(period=period, by=request.membership, **form.cleaned_data)
        tell(request, _("De kandidaat heeft getekend."))
        return redirect(here)
    context = {
        "period": period, "placement": period.placement, "form": form, "sheet": period_sheet(period), "back": here,
    }  # fmt: skip
    return render(request, "matching/coach_period_sign.html", context)


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def coach_period_reopen(request: Request, pk: int) -> HttpResponse:
    """Open the days for changes, with a reason; the next version is signed anew."""
    period = _period(request, pk)
    here = reverse("matching:coach_period", args=[pk])
    form = ReasonForm(posted(request), submit=_("Heropen deze periode"), cancel_url=here)
    if request.method == "POST" and form.is_valid():
        try:
            services.reopen(period=period, by=request.membership, **form.cleaned_data)
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            tell(request, _("De periode is heropend. Zet haar na het verbeteren opnieuw vast."))
            return redirect(page_of_plan(period.plan))
    context = {
        "placement": period.placement, "form": form, "title": _("Heropen deze periode"), "back": here, "wide": False,
    }  # fmt: skip
    return render(request, "matching/coaching_form.html", context)


@allow(*ACTORS)
@require_GET
def coach_period_pdf(request: Request, pk: int) -> HttpResponse:
    """A period that was put down, on paper."""
    period = _period(request, pk)
    return _paper(request, [period_sheet(period)], [period.candidate_id])


@allow(*ACTORS)
@require_GET
def coach_period_xlsx(request: Request, pk: int) -> HttpResponse:
    """The same as a workbook."""
    period = _period(request, pk)
    return _workbook(request, [period_sheet(period)], [period.candidate_id])


@allow(*ACTORS)
@require_GET
def coach_plan_pdf(request: Request, pk: int) -> HttpResponse:
    """The hours of some days at one placement as they are now, with lines to sign."""
    plan = plan_to_coach(request, pk)
    return _paper(request, [draft_sheet(plan, *_span(request))], [plan.candidate_id])


@allow(*ACTORS)
@require_GET
def coach_plan_xlsx(request: Request, pk: int) -> HttpResponse:
    """The same as a workbook."""
    plan = plan_to_coach(request, pk)
    return _workbook(request, [draft_sheet(plan, *_span(request))], [plan.candidate_id])


@allow(*ACTORS)
@require_GET
def my_coaching(request: Request) -> HttpResponse:
    """One coach's hours at every placement; the manager chooses whose."""
    coach = _coach(request)
    since, until = _span(request)
    plans, sheets = _mine(coach, since, until)
    if sheets:
        record_reads(
            by=request.membership, candidate_ids=sorted({one.candidate_id for one in plans}), what="coaching"
        )
    colleagues = Membership.objects.staff_of(coach.bureau_id or 0).filter(role=Role.COACH)
    context = {
        "coach": coach,
        "rows": list(zip(plans, sheets, strict=True)),
        "minutes": sum(one.minutes for one in sheets),
        "travel": sum(one.travel for one in sheets),
        "span": SpanForm(initial={"van": since, "tot": until}),
        "query": f"van={since}&tot={until}&coach={coach.pk}",
        "colleagues": colleagues.select_related("user").order_by("user__name", "pk")
        if request.membership.role == Role.MANAGER
        else [],
    }
    return render(request, "matching/my_coaching.html", context)


@allow(*ACTORS)
@require_GET
def my_coaching_pdf(request: Request) -> HttpResponse:
    """All of it on paper: a part per placement, each with lines to sign."""
    plans, sheets = _mine(_coach(request), *_span(request))
    return _paper(request, sheets, sorted({one.candidate_id for one in plans}))


@allow(*ACTORS)
@require_GET
def my_coaching_xlsx(request: Request) -> HttpResponse:
    """All of it as a workbook."""
    plans, sheets = _mine(_coach(request), *_span(request))
    return _workbook(request, sheets, sorted({one.candidate_id for one in plans}))


def _coach(request: Request) -> Membership:
    """Whose hours: a coach's own; the manager may ask for a colleague's."""
    me = request.membership
    asked = request.GET.get("coach", "")
    if me.role != Role.MANAGER or not asked.isdecimal() or len(asked) > 15:
        return me
    staff = Membership.objects.staff_of(me.bureau_id or 0).filter(role__in=[Role.COACH, Role.MANAGER])
    return get_object_or_404(staff.select_related("user"), pk=int(asked))


def _span(request: Request) -> tuple[date, date]:
    """The days in the address, or last month; at most a year."""
    form = SpanForm(request.GET)
    if not form.is_valid():
        return last_month(timezone.localdate())
    since, until = form.cleaned_data["van"], form.cleaned_data["tot"]
    return max(since, until - LONGEST), until


def _mine(coach: Membership, since: date, until: date) -> tuple[list[CoachPlan], list[Sheet]]:
    mine = CoachHours.objects.filter(by=coach).holding().between(since, until)
    plans = CoachPlan.objects.filter(bureau=coach.bureau_id, pk__in=mine.values("plan"))
    found = list(
        plans.select_related("candidate", "employer", "placement")
        .prefetch_related("goals")
        .order_by("candidate__search_name", "pk")[: MOST_PLANS + 1]
    )
    if len(found) > MOST_PLANS:
        raise PermissionDenied(_("Dit zijn meer dan zestig plannen. Kies minder dagen."))
    return found, [draft_sheet(plan, since, until, by=coach) for plan in found]


def _paper(request: Request, sheets: list[Sheet], people: list[int]) -> HttpResponse:
    record_reads(by=request.membership, candidate_ids=people, what="coaching")
    context = {
        "sheets": sheets,
        "bureau": request.membership.bureau,
        "language": get_language() or "nl",
        "alone": len(sheets) == 1,
    }
    data = document_pdf("documents/matching/coach_sheet.html", context, moment=timezone.now())
    return pdf_response(data, *_name(sheets))


def _workbook(request: Request, sheets: list[Sheet], people: list[int]) -> HttpResponse:
    record_reads(by=request.membership, candidate_ids=people, what="coaching")
    file = BytesIO()
    write_sheets(file, sheets)
    return book_response(file.getvalue(), f"{slugify('-'.join(_name(sheets)))}.xlsx")


def _name(sheets: list[Sheet]) -> list[str]:
    parts = [_("jobcoachuren")]
    if len(sheets) == 1:
        parts.append(sheets[0].person)
    return [*parts, *([f"{sheets[0].since}"] if sheets else [])]
