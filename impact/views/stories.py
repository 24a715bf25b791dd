"""Stories for the bureau: written down together, read along by a second person, and asked for one purpose at a time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.audit.services import record_read
from buurtbaan.bureaus.services import absolute
from buurtbaan.drafts.acts import act_once
from buurtbaan.drafts.conflicts import settle_row
from buurtbaan.drafts.keeping import keep
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import DateField, Segmented, form_helper
from candidates.models import Candidate
from candidates.permissions import can_edit
from candidates.qr import qr_svg
from candidates.services import invite_candidate
from candidates.views.shortcuts import STAFF_ROLES, editable_candidate
from impact.forms import periods
from impact.models import Story, StoryConsent, StoryPurpose
from impact.recognising import QUESTIONS
from impact.services import stories as services

PER_PAGE = 25
YEAR = timedelta(days=365)
LINES = {"rows": 9}


class StoryForm(forms.ModelForm):
    """The words of a story, and the same in English where somebody made them."""

    class Meta:
        model = Story
        fields = ["pseudonym", "title", "text", "title_en", "text_en"]
        widgets = {"text": forms.Textarea(LINES), "text_en": forms.Textarea(LINES)}
        help_texts = {
            "pseudonym": gettext_lazy("Kies samen een andere naam. Niet de eigen naam, en ook geen bijnaam."),
            "text": gettext_lazy("Schrijf het samen, in gewone woorden. Ongeveer honderd woorden is genoeg."),
            "text_en": gettext_lazy("Alleen nodig voor een rapport of blad in het Engels."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [
            (_("Het verhaal"), ["pseudonym", "title", "text"]),
            (_("In het Engels"), ["title_en", "text_en"]),
        ]
        form_helper(self, submit=_("Bewaar verhaal"), groups=groups, once=True)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(data.get("title_en")) != bool(data.get("text_en")):
            self.add_error("title_en", _("Vul in het Engels de titel én het verhaal in, of laat beide leeg."))
        return data


class CheckForm(forms.Form):
    """What a second person says yes to, one by one."""

    note = forms.CharField(
        label=gettext_lazy("Uitleg"), required=False, max_length=500, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Is er hierboven iets gevonden? Schrijf op waarom dat toch kan."),
    )  # fmt: skip

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boxes = {key: forms.BooleanField(label=str(text), required=False) for key, text in QUESTIONS.items()}
        self.fields = {**boxes, **self.fields}
        form_helper(self, submit=_("Dit verhaal is niet te herkennen"), cancel_url=cancel_url, once=True)

    def answers(self) -> set[str]:
        return {key for key in QUESTIONS if self.cleaned_data.get(key)}


class AskForm(forms.Form):
    """What the story is asked for, and until when."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("Waarvoor?"), choices=StoryPurpose.choices, widget=Segmented,
        help_text=gettext_lazy("Vraag één ding tegelijk. De kandidaat zegt per vraag ja of nee."),
    )  # fmt: skip
    since = DateField(label=gettext_lazy("Het rapport gaat over: van"), required=False)
    until = DateField(label=gettext_lazy("Tot en met"), required=False)
    ends_on = DateField(
        label=gettext_lazy("Mag tot en met"),
        help_text=gettext_lazy("Na deze dag gebruiken we het verhaal niet meer in iets nieuws."),
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [
            (_("De vraag"), ["purpose"]),
            (_("Alleen voor een rapport"), ["since", "until"]),
            (_("Hoe lang"), ["ends_on"]),
        ]
        form_helper(self, submit=_("Zet de vraag klaar"), cancel_url=cancel_url, groups=groups, once=True)


class WhereForm(forms.Form):
    """Where a story that may be read by everybody goes."""

    where = forms.CharField(
        label=gettext_lazy("Waar komt het te staan?"), max_length=200,
        help_text=gettext_lazy("Bijvoorbeeld: onze website, de wijkkrant van mei. De kandidaat leest dit."),
    )  # fmt: skip


def _story(request: Request, pk: int) -> Story:
    rows = Story.objects.visible_to(request.membership).select_related(
        "candidate__coach__user", "candidate__connector__user", "candidate__area", "written_by__user",
        "checked_by__user", "bureau",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


def _mine(request: Request, pk: int) -> Story:
    """A story to write in: for who may write in the person's file. A second person reads it only."""
    story = _story(request, pk)
    people = Candidate.objects.visible_to(request.membership)
    if not people.filter(pk=story.candidate_id).exists() or not can_edit(request.membership, story.candidate):
        raise PermissionDenied(
            _("Je mag dit verhaal lezen en nakijken. Schrijven doet wie deze persoon begeleidt.")
        )
    return story


def _page(story: Story) -> str:
    return reverse("impact:story", args=[story.pk])


@allow(*STAFF_ROLES)
@require_GET
def story_list(request: Request) -> HttpResponse:
    """Every story, and how far it is: read along, and what it may be used for now."""
    rows = Story.objects.visible_to(request.membership).order_by("-written_at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    asked = StoryConsent.objects.filter(story__in=[one.pk for one in page])
    context = {"page": page, "rows": with_questions(list(page), asked)}
    return render(request, "impact/story_list.html", context)


def with_questions(
    stories: list[Story], asked: QuerySet[StoryConsent]
) -> list[tuple[Story, list[StoryConsent]]]:
    """Each story with what was asked about it, newest first; one query for all."""
    found: dict[int, list[StoryConsent]] = {one.pk: [] for one in stories}
    for one in asked.select_related("story").order_by("-asked_at", "-pk"):
        found[one.story_id].append(one)
    return [(one, found[one.pk]) for one in stories]


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def story_new(request: Request, candidate: int) -> HttpResponse:
    """Write a story down with somebody."""
    person = editable_candidate(request, candidate)
    form = StoryForm(posted(request), instance=Story(bureau_id=person.bureau_id, candidate=person))
    keep(request, form, title=_("Verhaal"), candidate_id=person.pk, new=True)

    def do() -> tuple[str, str]:
        made = services.write(candidate=person, values=form.cleaned_data, by=request.membership)
        return _("Het verhaal is bewaard. Vraag een collega om het na te lezen."), _page(made)

    return act_once(request, form, do=do, template="impact/story_new.html", context={"candidate": person})


@allow(*STAFF_ROLES)
@require_GET
def story(request: Request, pk: int) -> HttpResponse:
    """One story: the words, what a machine found in them, who read along, what was asked, and where it went."""
    found = _story(request, pk)
    record_read(by=request.membership, candidate_id=found.candidate_id, what="story")
    knows = Candidate.objects.visible_to(request.membership).filter(pk=found.candidate_id).exists()
    may_public = services.with_may(Story.objects.filter(pk=pk), StoryPurpose.PUBLIC).filter(may=True).exists()
    asked = list(found.consents.select_related("story", "asked_by__user").order_by("-asked_at", "-pk"))
    context = {
        "story": found,
        "knows": knows,
        "may_write": knows and can_edit(request.membership, found.candidate),
        "may_check": not found.is_checked and found.written_by_id != request.membership.pk,
        "asked": [(one, services.may_take_back(one)) for one in asked],
        "open": any(one.state == "open" for one in asked),
        "uses": list(found.uses.select_related("by__user")),
        "warnings": services.found_in(found),
        "may_public": may_public,
    }
    return render(request, "impact/story.html", context)


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def story_edit(request: Request, pk: int) -> HttpResponse:
    """Change words; what was agreed to is asked anew."""
    found = _mine(request, pk)
    form, clash = settle_row(request, found, lambda data, row: StoryForm(data, instance=row))
    if clash:
        return clash
    keep(request, form, title=_("Verhaal"), candidate_id=found.candidate_id)

    def do() -> tuple[str, str]:
        same = Story.objects.get(pk=pk)
        services.rewrite(story=same, values=form.cleaned_data, by=request.membership)
        return _("Het verhaal is bewaard."), _page(found)

    return act_once(request, form, do=do, template="impact/story_edit.html", context={"story": found})


@allow(*STAFF_ROLES)
@require_POST
def story_remove(request: Request, pk: int) -> HttpResponse:
    """Throw away a story that went nowhere."""
    services.remove(story=_mine(request, pk), by=request.membership)
    tell(request, _("Het verhaal is weggegooid."))
    return redirect("impact:story_list")


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def story_check(request: Request, pk: int) -> HttpResponse:
    """Read along as a second person."""
    found = _story(request, pk)
    form = CheckForm(posted(request), cancel_url=_page(found))

    def do() -> tuple[str, str]:
        note = form.cleaned_data["note"]
        services.check(story=found, answers=form.answers(), note=note, by=request.membership)
        return _("Dank je. Het verhaal is nagelezen."), _page(found)

    context = {
        "story": found,
        "warnings": services.found_in(found),
        "own": found.written_by_id == request.membership.pk,
    }
    return act_once(request, form, do=do, template="impact/story_check.html", context=context)


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def story_ask(request: Request, pk: int) -> HttpResponse:
    """Ask the person for one use."""
    found = _mine(request, pk)
    _key, _label, since, until = periods(timezone.localdate())[0]
    initial = {"purpose": StoryPurpose.REPORT, "since": since, "until": until, "ends_on": _in_a_year()}
    form = AskForm(posted(request), initial=initial, cancel_url=_page(found))

    def do() -> tuple[str, str]:
        asked = services.ask(story=found, by=request.membership, **form.cleaned_data)
        undo = reverse("impact:story_ask_undo", args=[asked.pk])
        tell(request, _("De vraag staat klaar op de eigen pagina van de kandidaat."), undo_url=undo)
        return _("Geef nu een link, of lees het samen op de telefoon van de kandidaat."), _page(found)

    return act_once(request, form, do=do, template="impact/story_ask.html", context={"story": found})


def _in_a_year() -> date:
    return timezone.localdate() + YEAR


@allow(*STAFF_ROLES)
@require_POST
def story_ask_undo(request: Request, pk: int) -> HttpResponse:
    """As if it had not been asked."""
    asked = get_object_or_404(StoryConsent.objects.visible_to(request.membership), pk=pk)
    _mine(request, asked.story_id)
    services.take_back(asked=asked, by=request.membership)
    tell(request, _("De vraag is teruggedraaid."))
    return redirect("impact:story", asked.story_id)


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def story_link(request: Request, pk: int) -> HttpResponse:
    """A link for one visit with which the person reads the story and answers; shown once."""
    found = _mine(request, pk)
    key = f"story_way_in_{pk}"
    if request.method == "POST":
        target = reverse("impact:my_story", args=[pk])
        _member, path = invite_candidate(candidate=found.candidate, by=request.membership, target=target)
        request.session[key] = absolute(path)
        return redirect("impact:story_link", pk)
    address = request.session.pop(key, "")
    picture = qr_svg(address) if address else SafeString("")
    response = render(
        request, "impact/story_link.html", {"story": found, "address": address, "picture": picture}
    )
    response["Cache-Control"] = "no-store"
    return response


@allow(*STAFF_ROLES)
@require_http_methods(["GET", "POST"])
def story_use(request: Request, pk: int) -> HttpResponse:
    """Take a story along for a place where everybody can read it, and write down where."""
    found = _mine(request, pk)
    form = WhereForm(posted(request))
    form_helper(form, submit=_("Schrijf op en toon de tekst"), cancel_url=_page(found), once=True)
    told = bool(request.GET.get("tekst")) and found.uses.filter(purpose=StoryPurpose.PUBLIC).exists()

    def do() -> tuple[str, str]:
        services.use_on(found, StoryPurpose.PUBLIC, form.cleaned_data["where"], by=request.membership)
        said = _("Opgeschreven. De kandidaat ziet waar het verhaal staat.")
        return said, reverse("impact:story_use", args=[pk]) + "?tekst=1"

    context = {"story": found, "told": told and _may(found), "may": _may(found)}
    return act_once(request, form, do=do, template="impact/story_use.html", context=context)


def _may(story: Story) -> bool:
    rows = services.with_may(Story.objects.filter(pk=story.pk), StoryPurpose.PUBLIC)
    return bool(rows.filter(may=True).exists())
