"""Work that goes on under other agreements, what was agreed, and the whole path on paper."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from buurtbaan.access import Request, allow
from buurtbaan.audit.services import record_read
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.conflicts import settle
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.pdf import document_pdf, pdf_response
from candidates.models import Candidate
from employers.enums import WorkForm
from matching import services
from matching.forms.work import EditForm, GoOnForm
from matching.history import tell_changes
from matching.models import Placement
from matching.services.changes import lock_placement
from matching.staircases import threads_of, with_steps
from matching.views.hours import tell_with_undo
from matching.views.matches import ACTORS, STAFF
from matching.views.shortcuts import acting_placement, placement_form, seen_placement


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def placement_go_on(request: Request, pk: int) -> HttpResponse:
    """From a trial to a contract, or other agreements at the same employer."""
    found = acting_placement(request, pk)
    here = reverse("matching:placement_go_on", args=[pk])
    form = GoOnForm(
        request.POST or None, by=request.membership, employer=found.employer, asked=request.GET, ask_url=here,
        cancel_url=reverse("matching:placement", args=[pk]), submit=_("Ga verder"), initial=terms_now(found),
    )  # fmt: skip

    def do() -> Placement:
        return services.go_on(
            previous=found,
            employer=found.employer,
            position=found.position,
            by=request.membership,
            **form.values(),
        )

    title = _("Verder bij %(employer)s") % {"employer": found.employer.name}
    lead = _("Het oude werk eindigt de dag ervoor. De weken en de uren lopen door als één pad.")
    return go_on_page(request, found, form, do, title, lead=lead)


def terms_now(found: Placement) -> dict[str, Any]:
    """What holds now, as a beginning; a trial usually goes on into a contract."""
    step = found.hours_steps.order_by("-during").first()
    last = found.ended_on or found.ends_on
    today = timezone.localdate()
    form = WorkForm.SUPPORTED_JOB if found.form == WorkForm.TRIAL else found.form
    return {
        "form": form, "hours": step.hours if step else None, "dayparts": found.dayparts,
        "starts_on": last + timedelta(days=1) if last and last >= today else today,
        "supervisor": found.supervisor, "supervisor_contact": found.supervisor_contact_id,
        "job_coach": found.job_coach_id, "job_coach_name": found.job_coach_name, "agreed": found.agreed,
        "employer_of_record": found.employer_of_record or found.employer.name,
    }  # fmt: skip


def go_on_page(
    request: Request, found: Placement, form: Any, do: Any, title: str, **more: Any
) -> HttpResponse:
    """Do it once and show the new work, or show the form."""
    if request.method == "POST" and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            try:
                made = do()
            except NotAllowedNow as reason:
                form.add_error(None, str(reason))
            else:
                tell_with_undo(
                    request, made.pk, _("Het werk gaat verder. Alles van hiervoor blijft erbij staan.")
                )
                return first.done(reverse("matching:placement", args=[made.pk]))
    return placement_form(request, found, form, title, new=True, **more)


@allow(*ACTORS)
@require_http_methods(["GET", "POST"])
def placement_edit(request: Request, pk: int) -> HttpResponse:
    """What was agreed, put right or agreed anew."""
    found = acting_placement(request, pk)
    url = reverse("matching:placement", args=[pk])

    def again(data: Any, row: Placement | None = None) -> EditForm:
        return EditForm(
            data, placement=row or lock_placement(found), by=request.membership, asked=request.GET,
            ask_url=reverse("matching:placement_edit", args=[pk]), cancel_url=url, submit=_("Bewaar afspraken"),
        )  # fmt: skip

    form, clash = settle(request, again(request.POST or None, found), again)
    if clash:
        return clash
    if request.method == "POST" and form.is_valid():
        try:
            services.change_placement(placement=found, **form.values(), by=request.membership)
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
        else:
            tell_with_undo(request, pk, _("De afspraken zijn bewaard."))
            return redirect(url)
    return placement_form(request, found, form, _("Bewerk afspraken"))


@allow(*STAFF)
@require_GET
def placement_history(request: Request, pk: int) -> HttpResponse:
    """What was agreed, changed and put right, and by whom."""
    found = seen_placement(request, pk)
    record_read(by=request.membership, candidate_id=found.candidate_id, what="placement")
    rows = found.changes.select_related("by__user", "undone_by__user")
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    context = {"placement": found, "page": page, "told": tell_changes(page.object_list)}
    return render(request, "matching/placement_history.html", context)


@allow(*STAFF)
@require_GET
def placement_path_pdf(request: Request, pk: int) -> HttpResponse:
    """The whole path of one person on paper."""
    found = seen_placement(request, pk)
    record_read(by=request.membership, candidate_id=found.candidate_id, what="placement")
    return _path_pdf(request, found.candidate, own=False)


@allow(Role.CANDIDATE)
@require_GET
def my_path_pdf(request: Request) -> HttpResponse:
    """My own path on paper."""
    candidate = request.membership.candidate
    assert candidate is not None  # noqa: S101 - the role says so
    return _path_pdf(request, candidate, own=True)


def _path_pdf(request: Request, candidate: Candidate, *, own: bool) -> HttpResponse:
    rows = Placement.objects.visible_to(request.membership).filter(candidate=candidate)
    found = threads_of(list(with_steps(rows)))
    context = {
        "candidate": candidate,
        "bureau": candidate.bureau,
        "own": own,
        "threads": [(one, one.chart(f"pad-{number}")) for number, one in enumerate(found, 1)],
    }
    data = document_pdf("documents/candidates/work_path.html", context, moment=timezone.now())
    return pdf_response(data, _("urentrap"), candidate.first_name)
