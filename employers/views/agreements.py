"""Agreements with an employer: to write, to print, to sign and to end; and the sheet about an employer."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.acts import act_once
from buurtbaan.drafts.conflicts import settle_row
from buurtbaan.drafts.keeping import keep
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.pdf import document_pdf, pdf_response
from buurtbaan.vocabulary.words import named, words
from employers import lists, services
from employers.enums import PositionStatus
from employers.forms.relation import AgreementForm, DayForm
from employers.models import Agreement, Contribution
from employers.permissions import can_edit
from employers.relation import helps, of_year
from employers.relation_enums import AgreementState
from employers.views.shortcuts import editable_employer, relation_of, visible_employer

MOVES = {
    AgreementState.SIGNED: (gettext_lazy("Getekend"), gettext_lazy("De overeenkomst is getekend.")),
    AgreementState.ENDED: (gettext_lazy("Beëindig"), gettext_lazy("De overeenkomst is beëindigd.")),
}
PEOPLE = ("employer__bureau", "contact", "colleague__user")


def _agreement(request: Request, pk: int) -> Agreement:
    rows = Agreement.objects.visible_to(request.membership).select_related(*PEOPLE)
    found: Agreement = get_object_or_404(rows, pk=pk)
    return found


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_GET
def agreement(request: Request, pk: int) -> HttpResponse:
    """What was agreed, and what can be done with it."""
    found = _agreement(request, pk)
    context = {
        "agreement": found,
        "employer": found.employer,
        "can_edit": can_edit(request.membership, found.employer),
        "today": timezone.localdate(),
    }
    return render(request, "employers/agreement.html", context)


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_GET
def agreement_list(request: Request, pk: int) -> HttpResponse:
    """Every agreement with one employer, also those that ended."""
    employer = visible_employer(request, pk)
    rows = employer.agreements.select_related("contact", "colleague__user")
    context = {"employer": employer, "agreements": rows, "can_edit": can_edit(request.membership, employer)}
    return render(request, "employers/agreement_list.html", context)


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def agreement_new(request: Request, pk: int) -> HttpResponse:
    """Write down what was agreed."""
    employer = editable_employer(request, pk)
    by, here = request.membership, relation_of(pk)
    people = list(employer.contacts.values_list("pk", flat=True)[:2])
    first = {
        "starts_on": timezone.localdate(),
        "colleague": by.pk,
        "contact": people[0] if len(people) == 1 else None,
    }
    form = AgreementForm(posted(request), employer=employer, by=by, cancel_url=here, initial=first)
    keep(request, form, title=_("Overeenkomst met %(name)s") % {"name": employer.name}, new=True)

    def do() -> tuple[str, str]:
        made = services.add_agreement(employer=employer, values=form.cleaned_data, by=by)
        return _("Bewaard. Druk hem af en teken samen."), reverse("employers:agreement", args=[made.pk])

    context = {"employer": employer, "back": here, "agreement": None}
    return act_once(request, form, do=do, template="employers/agreement_form.html", context=context)


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def agreement_edit(request: Request, pk: int) -> HttpResponse:
    """Change the words while nobody signed."""
    found = _agreement(request, pk)
    if found.state != AgreementState.OPEN:
        raise NotAllowedNow(
            _("Deze overeenkomst is getekend of beëindigd. Maak een nieuwe als er iets verandert.")
        )
    by, here = request.membership, reverse("employers:agreement", args=[pk])
    of = found.employer
    form, clash = settle_row(
        request,
        found,
        lambda data, row: AgreementForm(data, instance=row, employer=of, by=by, cancel_url=here),
    )
    if clash:
        return clash
    keep(request, form, title=found.title)

    def do() -> tuple[str, str]:
        services.change_agreement(agreement=found, values=form.cleaned_data, by=by)
        return _("De overeenkomst is bewaard."), here

    context = {"employer": found.employer, "back": here, "agreement": found}
    return act_once(request, form, do=do, template="employers/agreement_form.html", context=context)


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def agreement_sign(request: Request, pk: int) -> HttpResponse:
    """Both signed on paper."""
    return _move(request, pk, AgreementState.SIGNED)


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def agreement_end(request: Request, pk: int) -> HttpResponse:
    """It holds no longer."""
    return _move(request, pk, AgreementState.ENDED)


def _move(request: Request, pk: int, to: AgreementState) -> HttpResponse:
    found = _agreement(request, pk)
    here = reverse("employers:agreement", args=[pk])
    act, said = MOVES[to]
    form = DayForm(posted(request), submit=act, cancel_url=here)
    if request.method == "POST" and form.is_valid():
        services.move_agreement(agreement=found, to=to, on=form.cleaned_data["on"], by=request.membership)
        tell(request, said, undo_url=reverse("employers:agreement_back", args=[pk]))
        return redirect(here)
    context = {"employer": found.employer, "agreement": found, "form": form, "act": act, "back": here}
    return render(request, "employers/agreement_move.html", context)


@allow(Role.COACH, Role.MANAGER)
@require_POST
def agreement_back(request: Request, pk: int) -> HttpResponse:
    """Take the last step back: signed becomes open, ended becomes what it was."""
    found = _agreement(request, pk)
    was_signed = found.state == AgreementState.ENDED and found.signed_on
    to = AgreementState.SIGNED if was_signed else AgreementState.OPEN
    services.move_agreement(agreement=found, to=to, on=None, by=request.membership)
    tell(request, _("Ongedaan gemaakt."))
    return redirect("employers:agreement", pk=pk)


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_GET
def agreement_pdf(request: Request, pk: int) -> HttpResponse:
    """The paper, with a place to sign for both."""
    found = _agreement(request, pk)
    context = {
        "agreement": found,
        "employer": found.employer,
        "bureau": found.employer.bureau,
        "place": found.employer.locations.first(),
    }
    with translation.override("nl"):
        data = document_pdf("documents/employers/agreement.html", context, moment=found.updated_at)
        return pdf_response(data, _("overeenkomst"), found.employer.name, found.title)


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_GET
def employer_sheet(request: Request, pk: int) -> HttpResponse:
    """One employer on paper: who, where, which work, how many people without their names, and the relation."""
    employer = visible_employer(request, pk)
    positions = list(
        employer.positions.exclude(status=PositionStatus.CLOSED).select_related("location__area")
    )
    year = timezone.localdate().year
    helped = of_year(Contribution.objects.filter(employer=employer).kept(), year)
    context = {
        "employer": employer,
        "bureau": employer.bureau,
        "contacts": employer.contacts.all(),
        "locations": employer.locations.select_related("area"),
        "positions": positions,
        "people": lists.employer_rows().get(pk=pk).people,
        "environment": named(employer.environment, words(employer.environment)),
        "agreements": employer.agreements.exclude(state=AgreementState.ENDED),
        "year": year,
        "helps": helps(helped),
    }
    data = document_pdf("documents/employers/sheet.html", context, moment=timezone.now())
    return pdf_response(data, _("werkgever"), employer.name)
