"""Evidence for funds: a list, and one sheet with its steps. For the manager; a second person signs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, needs_export_right, posted
from buurtbaan.audit.services import record_read, record_reads
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.acts import act_once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import DateField, ReasonForm, form_helper
from buurtbaan.ui.pieces import Step
from buurtbaan.workbooks import book_response, new_book, write_sheet
from candidates.models import Fund
from impact.forms import quarter_before
from impact.models import EvidenceLine, EvidenceSheet, EvidenceState
from impact.money.evidenced import on_its_fund
from impact.participation import TALK, TRAINING, Gathered, gather, group_words, work_words
from impact.services import evidence as services

PER_PAGE = 25
SHOWN = 100
SIGNERS = (Role.MANAGER, Role.COACH)


class EvidenceForm(forms.ModelForm):
    """The fund, the project and the period."""

    since = DateField(label=gettext_lazy("Van"))
    until = DateField(label=gettext_lazy("Tot en met"))

    class Meta:
        model = EvidenceSheet
        fields = ["fund", "project", "since", "until"]
        help_texts = {
            "fund": gettext_lazy("Uren staan op een fonds zodra je dat bij een gesprek kiest."),
            "project": gettext_lazy("Zoals het fonds je aanvraag noemt."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["fund"].queryset = Fund.objects.filter(bureau=self.instance.bureau_id).order_by("name")
        form_helper(
            self, submit=_("Bekijk wie meedeed"), cancel_url=reverse("impact:evidence_list"), once=True
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("De laatste dag ligt voor de eerste. Kijk beide na."))
        if until and until > timezone.localdate():
            self.add_error("until", _("Kies een dag die voorbij is."))
        return data


class WithdrawForm(forms.Form):
    """Why a signed sheet is taken out of use."""

    reason = forms.CharField(
        label=gettext_lazy("Waarom trek je dit bewijs in?"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
    )


def _sheet(request: Request, pk: int) -> EvidenceSheet:
    rows = EvidenceSheet.objects.visible_to(request.membership).select_related(
        "fund", "bureau", "prepared_by"
    )
    return get_object_or_404(rows, pk=pk)


@allow(*SIGNERS)
@require_GET
def evidence_list(request: Request) -> HttpResponse:
    """Every sheet this role may see, newest period first."""
    rows = (
        EvidenceSheet.objects.visible_to(request.membership).select_related("fund").order_by("-until", "-pk")
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "impact/evidence_list.html", {"page": page})


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def evidence_new(request: Request) -> HttpResponse:
    """Choose a fund and a period."""
    since, until = quarter_before(timezone.localdate())
    sheet = EvidenceSheet(bureau=request.membership.bureau, made_by=request.membership)
    form = EvidenceForm(posted(request), instance=sheet, initial={"since": since, "until": until})

    def do() -> tuple[str, str]:
        made = form.save()
        return _("Hier staat wie meedeed. Er is nog niets vastgelegd."), reverse(
            "impact:evidence", args=[made.pk]
        )

    funds = Fund.objects.visible_to(request.membership).exists()
    return act_once(request, form, do=do, template="impact/evidence_new.html", context={"funds": funds})


@allow(*SIGNERS)
@require_GET
def evidence(request: Request, pk: int) -> HttpResponse:
    """One sheet: where it is in its steps, who stands on it, what is missing, what changed since."""
    sheet = _sheet(request, pk)
    draft = sheet.state == EvidenceState.DRAFT
    found = gather(sheet) if draft else Gathered()
    lines = [] if draft else list(sheet.lines.order_by("pk"))
    context = {
        "sheet": sheet,
        "steps": _steps(sheet, found),
        "found": found,
        "people": [_row(one.content(), one.needed, one.candidate.pk) for one in found.people[:SHOWN]],
        "lines": [_row(line.content, [], line.candidate_id) for line in lines[:SHOWN]],
        "shown": SHOWN,
        "total": _total(sheet, found),
        "manages": request.membership.role == Role.MANAGER,
        "may_sign": services.may_sign(sheet, request.membership),
        "whole": draft or services.is_whole(sheet, lines),
        "form": _reason_form(None),
        "may_export": request.membership.may_export,
    }
    return render(request, "impact/evidence.html", context)


@allow(Role.MANAGER)
@require_GET
def evidence_changes(request: Request, pk: int) -> HttpResponse:
    """What is different now from what was signed."""
    sheet = _sheet(request, pk)
    changes = [] if sheet.state == EvidenceState.DRAFT else services.changes(sheet)
    return render(request, "impact/evidence_changes.html", {"sheet": sheet, "changes": changes})


def _steps(sheet: EvidenceSheet, found: Gathered) -> list[Step]:
    """Where the sheet is: chosen, completed, put down, signed, taken along."""
    order = [EvidenceState.DRAFT, EvidenceState.PREPARED, EvidenceState.SIGNED]
    at = order.index(EvidenceState(sheet.state)) if sheet.state in order else len(order)
    words = (
        _("Kies fonds en periode"),
        _("Vul aan en zet klaar"),
        _("Tweede persoon tekent"),
        _("Stuur naar het fonds"),
    )
    return [
        Step(word, "", "done" if place <= at else "current" if place == at + 1 else "todo")
        for place, word in enumerate(words)
    ]


def _row(content: dict[str, Any], needed: list[str], pk: int) -> dict[str, Any]:
    return {
        "pk": pk,
        "name": content["name"],
        "entry": date.fromisoformat(content["entry"]),
        "exit": date.fromisoformat(content["exit"]) if content["exit"] else None,
        "group": group_words(content),
        "hours": (content["talk_minutes"] + content["training_minutes"]) / 60,
        "days": len(content["days"]),
        "work": work_words(content["work"]),
        "needed": needed,
    }


def _total(sheet: EvidenceSheet, found: Gathered) -> dict[str, Any]:
    if sheet.state != EvidenceState.DRAFT:
        told = sheet.content
        return {
            "people": told["people"],
            "talks": told["talk_minutes"] / 60,
            "training": told["training_minutes"] / 60,
        }
    talks, training = (sum(one.minutes(kind) for one in found.people) / 60 for kind in (TALK, TRAINING))
    return {"people": len(found.people), "talks": talks, "training": training}


def _reason_form(data: Any) -> ReasonForm:
    said = _("Iedereen op het bewijs kan dit lezen bij “Wie keek er”. De bureauleider ziet het ook.")
    return ReasonForm(data, who_reads=said)


@allow(Role.MANAGER)
@require_POST
def evidence_prepare(request: Request, pk: int) -> HttpResponse:
    """Put it down for a second person."""
    sheet = services.prepare(sheet=_sheet(request, pk), by=request.membership)
    undo = reverse("impact:evidence_undo", args=[pk])
    tell(request, _("Klaargezet. Vraag een tweede persoon om te tekenen."), undo_url=undo)
    return redirect("impact:evidence", sheet.pk)


@allow(Role.MANAGER)
@require_POST
def evidence_undo(request: Request, pk: int) -> HttpResponse:
    """Back to a draft, until somebody signed."""
    services.put_back(sheet=_sheet(request, pk), by=request.membership)
    tell(request, _("Het bewijs is weer een concept."))
    return redirect("impact:evidence", pk)


@allow(*SIGNERS)
@require_POST
def evidence_sign(request: Request, pk: int) -> HttpResponse:
    """Sign as the second person."""
    services.sign(sheet=_sheet(request, pk), by=request.membership)
    tell(request, _("Getekend. Dit bewijs verandert niet meer."))
    return redirect("impact:evidence", pk)


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def evidence_withdraw(request: Request, pk: int) -> HttpResponse:
    """Take a signed sheet out of use."""
    sheet = _sheet(request, pk)
    here = reverse("impact:evidence", args=[pk])
    form = WithdrawForm(posted(request))
    form_helper(form, submit=_("Trek dit bewijs in"), cancel_url=here, once=True)

    def do() -> tuple[str, str]:
        services.withdraw(sheet=sheet, reason=form.cleaned_data["reason"], by=request.membership)
        return _("Ingetrokken. De uren kunnen op een nieuw bewijs."), here

    return act_once(request, form, do=do, template="impact/evidence_withdraw.html", context={"sheet": sheet})


@allow(Role.MANAGER)
@require_POST
def evidence_remove(request: Request, pk: int) -> HttpResponse:
    """Throw a draft away."""
    services.remove(sheet=_sheet(request, pk), by=request.membership)
    tell(request, _("Het concept is weggegooid."))
    return redirect("impact:evidence_list")


@allow(*SIGNERS)
@require_POST
def evidence_book(request: Request, pk: int) -> HttpResponse:
    """The sheet as a workbook: with the export right and a reason; each person on it finds a line in the own file."""
    sheet = _sheet(request, pk)
    needs_export_right(request)
    form = _reason_form(request.POST)
    if not form.is_valid():
        raise NotAllowedNow(_("Schrijf op waarvoor je het bestand nodig hebt."))
    if sheet.state == EvidenceState.DRAFT:
        raise NotAllowedNow(_("Zet het bewijs eerst klaar. Een concept gaat niet mee."))
    reason = form.cleaned_data["reason"]
    lines = list(sheet.lines.order_by("pk"))
    record_reads(
        by=request.membership,
        candidate_ids=[one.candidate_id for one in lines],
        what="evidence",
        reason=reason,
    )
    record_read(by=request.membership, candidate_id=None, what="evidence", reason=reason)
    name = slugify(f"{sheet.fund.name}-{sheet.since}-{sheet.until}")
    return book_response(_workbook(sheet, lines), f"{name}.xlsx")


def _workbook(sheet: EvidenceSheet, lines: list[EvidenceLine]) -> bytes:
    file = io.BytesIO()
    with new_book(file) as book:
        heads = [
            _("Naam"), _("Geboortejaar"), _("Begonnen"), _("Gestopt"), _("Doelgroep"), _("Uren gesprek"),
            _("Uren training"), _("Dagen"), _("Werk aan het eind"), _("Ja gegeven op"), _("Tekst van het ja"),
        ]  # fmt: skip
        write_sheet(book, _("Deelnemers"), heads, (_person(line.content) for line in lines))
        heads = [_("Naam"), _("Op"), _("Wat"), _("Minuten")]
        write_sheet(book, _("Uren"), heads, _days(lines))
        heads = [_("Naam"), _("Opgeschreven uren nu"), _("Getekend"), _("Nog niet getekend")]
        write_sheet(book, _("Uren op dit fonds"), heads, on_its_fund(sheet, lines))
        write_sheet(book, _("Ondertekening"), [_("Wat"), _("Waarde")], _signature(sheet, len(lines)))
    return file.getvalue()


def _person(content: dict[str, Any]) -> list[Any]:
    return [
        content["name"], content["born"], date.fromisoformat(content["entry"]),
        date.fromisoformat(content["exit"]) if content["exit"] else None, group_words(content),
        round(content["talk_minutes"] / 60, 2), round(content["training_minutes"] / 60, 2), len(content["days"]),
        work_words(content["work"]), date.fromisoformat(content["consent"][0]), content["consent"][1],
    ]  # fmt: skip


def _days(lines: list[EvidenceLine]) -> Iterator[list[Any]]:
    for line in lines:
        for on, kind, what, minutes in line.content["days"]:
            words = _("Gesprek") if kind == TALK else _("Training: %(what)s") % {"what": what}
            yield [line.content["name"], date.fromisoformat(on), words, minutes]


def _signature(sheet: EvidenceSheet, lines: int) -> Iterator[list[Any]]:
    def moment(at: Any) -> str:
        return f"{timezone.localtime(at):%d-%m-%Y %H:%M}" if at else ""

    yield [_("Bureau"), sheet.bureau.name]
    yield [_("Fonds"), sheet.fund.name]
    yield [_("Project of kenmerk"), sheet.project]
    yield [_("Van"), sheet.since]
    yield [_("Tot en met"), sheet.until]
    yield [_("Stand"), str(sheet.get_state_display())]
    yield [_("Mensen bij het klaarzetten"), sheet.content["people"]]
    yield [_("Mensen in dit bestand"), lines]
    yield [_("Klaargezet door"), sheet.prepared_name]
    yield [_("Klaargezet op"), moment(sheet.prepared_at)]
    yield [_("Getekend door"), sheet.signed_name or _("nog niet getekend")]
    yield [_("Getekend op"), moment(sheet.signed_at)]
    yield [_("Controlegetal (SHA-256)"), sheet.sha256]
    if sheet.withdrawn_at:
        yield [_("Ingetrokken"), sheet.withdrawn_reason]
