"""The intake: an overview, its steps, people to avoid, and the summary."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Submit
from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.audit.services import record_read
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.conflicts import settle
from buurtbaan.drafts.keeping import keep
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import form_helper
from buurtbaan.ui.pieces import Step
from candidates import dossier, services
from candidates.forms.intake import SafetyForm, SummaryForm, TravelForm
from candidates.intake_steps import (
    SAFETY,
    SUMMARY,
    IntakeStep,
    asked_elsewhere,
    is_known,
    names_of,
    next_step,
    steps_for,
)
from candidates.models import Candidate, Intake, SafetyRemark
from candidates.services.locking import locked
from candidates.summary import write_summary
from candidates.views.shortcuts import STAFF_ROLES, editable_candidate


@allow(*STAFF_ROLES)
@require_GET
def intake(request: Request, pk: int) -> HttpResponse:
    """What was asked and what not yet; begin anywhere."""
    candidate = editable_candidate(request, pk)
    record_read(by=request.membership, candidate_id=pk, what="intake")
    kept = dossier.intake_of(candidate)
    steps = steps_for(request.membership, kept)
    done = {step.slug for step in steps if step.is_done(kept)}
    if SAFETY in {step.slug for step in steps} and dossier.safety_of(candidate, request.membership):
        done.add(SAFETY)
    context = {
        "candidate": candidate,
        "intake": kept,
        "steps": [(step, step.slug in done, _open_questions(step, kept)) for step in steps],
        "first": next((step for step in steps if step.slug not in done), steps[0]),
        "filled": dossier.completeness_of(candidate),
    }
    return render(request, "candidates/intake.html", context)


def _open_questions(step: IntakeStep, kept: Intake | None) -> str:
    """What a step that was begun did not ask yet, in words."""
    if kept is None or not step.asked(kept):
        return ""
    asked = zip(step.fields, names_of(step), strict=False)
    open_ = (
        pair for pair in asked if not is_known(getattr(kept, pair[0])) and not kept.said_unknown([pair[0]])
    )
    return " ".join(words for _name, words in open_)


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def intake_step(request: Request, pk: int, slug: str) -> HttpResponse:
    """One step: save it and go on, save it and stop, or skip it."""
    candidate = editable_candidate(request, pk)
    steps = steps_for(request.membership, dossier.intake_of(candidate))
    step = next((step for step in steps if step.slug == slug), None)
    if step is None:
        if before := asked_elsewhere(slug):
            return redirect("candidates:intake_step", pk=pk, slug=before)
        raise Http404
    if step.slug == SAFETY:
        return _safety(request, candidate, step, steps)
    if step.slug == SUMMARY:
        return _summary(request, candidate, step, steps)

    def now(data: QueryDict | None) -> Any:
        return _form(locked(candidate), step, data)

    form, clash = settle(request, _form(candidate, step, posted(request)), now)
    if clash:
        return clash
    keep(request, form, title=_title(step), candidate_id=pk)
    if request.method == "POST" and form.is_valid():
        kept = _save(request, candidate, step, form)
        return redirect(_onward(request, pk, steps_for(request.membership, kept), slug))
    if request.method == "GET":
        record_read(by=request.membership, candidate_id=pk, what="intake")
    return render(request, "candidates/intake_step.html", _page(candidate, step, steps) | {"form": form})


def _title(step: IntakeStep) -> str:
    return _("Intake: %(step)s") % {"step": step.title}


def _form(candidate: Candidate, step: IntakeStep, data: QueryDict | None) -> Any:
    assert step.form is not None  # noqa: S101 - the two steps without one have their own views
    extra = {"candidate": candidate} if step.form is TravelForm else {}
    form = step.form(data, intake=dossier.intake_of(candidate), slug=step.slug, **extra)
    form_helper(form, submit=_("Bewaar en ga verder"))
    form.helper.add_input(Submit("stop", _("Bewaar en stop")))  # type: ignore[attr-defined]
    return form


def _save(request: Request, candidate: Candidate, step: IntakeStep, form: Any) -> Intake:
    kept = services.save_intake_step(
        candidate=candidate,
        by=request.membership,
        values=form.values(),
        step=step.slug,
        note=form.cleaned_data["note"],
        unknown=form.unknown(),
    )
    postcode = form.cleaned_data.get("postcode")
    if postcode is not None and postcode != candidate.postcode:
        services.save_details(candidate=candidate, values={"postcode": postcode}, by=request.membership)
    return kept


def _onward(request: Request, pk: int, steps: list[IntakeStep], slug: str) -> str:
    after = next_step(steps, slug)
    if "stop" in request.POST or after is None:
        tell(request, _("De stap is bewaard. Je kunt later verder."))
        return reverse("candidates:intake", args=[pk])
    return reverse("candidates:intake_step", args=[pk, after.slug])


def _page(candidate: Candidate, step: IntakeStep, steps: list[IntakeStep]) -> dict[str, Any]:
    kept, at = dossier.intake_of(candidate), [one.slug for one in steps].index(step.slug)
    after = next_step(steps, step.slug)
    return {
        "candidate": candidate,
        "step": step,
        "number": at + 1,
        "total": len(steps),
        "before": steps[at - 1] if at else None,
        "after": after,
        "stepper": [_piece(candidate, one, step, kept) for one in steps],
    }


def _piece(candidate: Candidate, one: IntakeStep, here: IntakeStep, kept: Intake | None) -> Step:
    state = "current" if one is here else "done" if one.is_done(kept) else "todo"
    return Step(one.title, reverse("candidates:intake_step", args=[candidate.pk, one.slug]), state)


def _safety(
    request: Request, candidate: Candidate, step: IntakeStep, steps: list[IntakeStep]
) -> HttpResponse:
    form = SafetyForm(posted(request), by=request.membership)
    form_helper(form, submit=_("Voeg toe"), once=True)
    keep(request, form, title=_title(step), candidate_id=candidate.pk)
    here = reverse("candidates:intake_step", args=[candidate.pk, step.slug])
    if request.method == "POST" and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            employer = form.cleaned_data["employer"]
            services.add_safety_remark(
                candidate=candidate, text=form.cleaned_data["text"], by=request.membership,
                employer_id=employer.pk if employer else None,
            )  # fmt: skip
            tell(request, _("Toegevoegd. Alleen de coach en de kandidaat lezen dit."))
            return first.done(here)
    if request.method == "GET":
        record_read(by=request.membership, candidate_id=candidate.pk, what="safety")
    context = {"form": form, "remarks": dossier.safety_of(candidate, request.membership)}
    return render(request, "candidates/intake_safety.html", _page(candidate, step, steps) | context)


@allow(Role.COACH)
@require_POST
def safety_remove(request: Request, pk: int, remark: int) -> HttpResponse:
    """Take a remark away."""
    candidate = editable_candidate(request, pk)
    rows = SafetyRemark.objects.visible_to(request.membership).filter(candidate=candidate)
    services.remove_safety_remark(remark=get_object_or_404(rows, pk=remark), by=request.membership)
    tell(request, _("Weggehaald."))
    return redirect("candidates:intake_step", pk=pk, slug=SAFETY)


def _summary(
    request: Request, candidate: Candidate, step: IntakeStep, steps: list[IntakeStep]
) -> HttpResponse:
    kept = dossier.intake_of(candidate)
    made = write_summary(candidate, kept) if kept else ""
    fresh = request.GET.get("opnieuw") == "1" or not (kept and kept.summary)
    shown = {"text": made if fresh or kept is None else kept.summary}

    def now(data: QueryDict | None) -> SummaryForm:
        latest = dossier.intake_of(locked(candidate))
        return SummaryForm(
            data, candidate=candidate, initial={"text": latest.summary} if latest and not fresh else shown
        )

    form, clash = settle(request, SummaryForm(posted(request), candidate=candidate, initial=shown), now)
    if clash:
        return clash
    form_helper(form, submit=_("Dit klopt, keur goed"), once=True)
    keep(request, form, title=_title(step), candidate_id=candidate.pk)
    if request.method == "POST" and form.is_valid() and (answer := _approve(request, candidate, form)):
        return answer
    if request.method == "GET":
        record_read(by=request.membership, candidate_id=candidate.pk, what="intake")
    outdated = bool(kept and services.summary_is_outdated(kept))
    context = {
        "form": form,
        "intake": kept,
        "outdated": outdated,
        "filled": dossier.completeness_of(candidate),
    }
    return render(request, "candidates/intake_summary.html", _page(candidate, step, steps) | context)


def _approve(request: Request, candidate: Candidate, form: forms.Form) -> HttpResponse | None:
    data = form.cleaned_data
    with once(request) as first:
        if first.already:
            return redirect(first.url)
        try:
            services.approve_summary(
                candidate=candidate, text=data["text"], name=data["name"], signature=data["signature"],
                by=request.membership, start_search=data.get("start_search", False),
            )  # fmt: skip
        except NotAllowedNow as reason:
            form.add_error(None, str(reason))
            return None
        find = dossier.find_work_url(candidate)
        tell(request, _("De intake is klaar en goedgekeurd."), next_url=find, next_label=_("Zoek werk"))
        return first.done(reverse("candidates:file", args=[candidate.pk]))
