"""Success sheets, for the bureau's manager."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau
from buurtbaan.drafts.acts import act_once
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import Segmented, form_helper
from buurtbaan.ui.pdf import pdf_response
from impact.forms import LANGUAGES
from impact.models import Release, Story, SuccessSheet
from impact.services import success as services
from impact.success import sheet_of, sheet_pdf

PER_PAGE = 25


class ReleaseChoice(forms.ModelChoiceField):
    """Released reports by their period."""

    def label_from_instance(self, obj: Any) -> str:
        period = {"since": date_format(obj.since, "j F Y"), "until": date_format(obj.until, "j F Y")}
        return _("%(since)s tot en met %(until)s") % period


class SheetForm(forms.Form):
    """From which report, with which story, and what people should do after reading."""

    release = ReleaseChoice(
        queryset=Release.objects.none(), label=gettext_lazy("Cijfers uit het rapport over")
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Taal van het blad"), choices=LANGUAGES, widget=Segmented, initial="nl"
    )
    story = forms.ModelChoiceField(
        queryset=Story.objects.none(), label=gettext_lazy("Verhaal"), required=False,
        empty_label=gettext_lazy("Zonder verhaal"),
        help_text=gettext_lazy("Alleen verhalen met een ja voor succesbladen, nagelezen door een collega."),
    )  # fmt: skip
    headline = forms.CharField(
        label=gettext_lazy("Kop"), max_length=90, help_text=gettext_lazy("Eén zin die blijft hangen.")
    )
    call = forms.CharField(
        label=gettext_lazy("Oproep"), max_length=240, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Wat vraag je van wie dit leest? Bijvoorbeeld een werkplek, of een uur van je tijd."),
    )  # fmt: skip
    contact = forms.CharField(
        label=gettext_lazy("Bij wie men zich meldt"), max_length=160,
        help_text=gettext_lazy("Naam van het bureau met telefoonnummer of e-mailadres."),
    )  # fmt: skip

    def __init__(self, *args: Any, bureau: Bureau, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bureau = bureau
        fields: dict[str, Any] = self.fields
        fields["release"].queryset = Release.objects.filter(bureau=bureau, withdrawn_at=None).order_by(
            "-until", "-pk"
        )
        ids = [one.pk for one in services.stories_for(bureau.pk, "nl")]
        fields["story"].queryset = Story.objects.filter(pk__in=ids).order_by("title", "pk")
        form_helper(self, submit=_("Bekijk het blad"), cancel_url=reverse("impact:success_list"), once=True)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        story, language = data.get("story"), data.get("language", "nl")
        if story and story not in services.stories_for(self.bureau.pk, language):
            self.add_error(
                "story", _("Dit verhaal is er niet in het Engels, of het is te lang. Kies een ander.")
            )
        return data


def _sheet(request: Request, pk: int) -> SuccessSheet:
    rows = SuccessSheet.objects.visible_to(request.membership).select_related("release", "story")
    return get_object_or_404(rows, pk=pk)


@allow(Role.MANAGER)
@require_GET
def success_list(request: Request) -> HttpResponse:
    """Every sheet, newest first."""
    rows = SuccessSheet.objects.visible_to(request.membership).select_related("release", "story")
    rows = rows.defer("release__published").order_by("-made_at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "impact/success_list.html", {"page": page})


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def success_new(request: Request) -> HttpResponse:
    """Choose figures, story and words."""
    bureau = Bureau.objects.get(pk=request.membership.bureau_id or 0)
    contact = ", ".join(part for part in (bureau.name, bureau.phone, bureau.email) if part)
    form = SheetForm(posted(request), bureau=bureau, initial={"contact": contact})

    def do() -> tuple[str, str]:
        made = services.make(bureau=bureau, values=form.cleaned_data, by=request.membership)
        return _("Het blad is gemaakt. Lees het na en geef het uit."), reverse(
            "impact:success", args=[made.pk]
        )

    released = Release.objects.filter(bureau=bureau, withdrawn_at=None).exists()
    return act_once(request, form, do=do, template="impact/success_new.html", context={"released": released})


@allow(Role.MANAGER)
@require_GET
def success(request: Request, pk: int) -> HttpResponse:
    """The page as it will be printed."""
    found = _sheet(request, pk)
    return render(request, "impact/success.html", {"found": found, "sheet": sheet_of(found)})


@allow(Role.MANAGER)
@require_POST
def success_issue(request: Request, pk: int) -> HttpResponse:
    """Let it go out."""
    services.issue(sheet=_sheet(request, pk), by=request.membership)
    tell(
        request,
        _("Het blad is uitgegeven. Wie het verhaal vertelde, ziet dat op de eigen pagina."),
        next_url=reverse("impact:success_pdf", args=[pk]),
        next_label=_("Open de PDF"),
    )
    return redirect("impact:success", pk)


@allow(Role.MANAGER)
@require_POST
def success_remove(request: Request, pk: int) -> HttpResponse:
    """Throw away what was not issued."""
    services.remove(sheet=_sheet(request, pk), by=request.membership)
    tell(request, _("Het blad is weggegooid."))
    return redirect("impact:success_list")


@allow(Role.MANAGER)
@require_GET
def success_pdf(request: Request, pk: int) -> HttpResponse:
    """One page A4, once it is issued."""
    found = _sheet(request, pk)
    if found.issued_at is None:
        raise Http404
    return pdf_response(sheet_pdf(found), _("succesblad"), found.release.bureau_name, found.release.until)
