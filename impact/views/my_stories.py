"""The candidate's own stories: to read, to say yes or no to each use, and to take a yes back."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.bureaus.enums import Role
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import form_helper
from impact.models import Story, StoryConsent
from impact.services import stories as services
from impact.views.stories import with_questions


class OtherwiseForm(forms.Form):
    """What should be different in my story."""

    words = forms.CharField(
        label=gettext_lazy("Wat moet er anders?"), max_length=1000, widget=forms.Textarea({"rows": 4})
    )


@allow(Role.CANDIDATE)
@require_GET
def my_stories(request: Request) -> HttpResponse:
    """Every story about me, and what I said to it."""
    rows = list(Story.objects.visible_to(request.membership).order_by("-written_at", "-pk"))
    asked = StoryConsent.objects.visible_to(request.membership)
    return render(request, "impact/my_stories.html", {"rows": with_questions(rows, asked)})


@allow(Role.CANDIDATE)
@require_http_methods(["GET", "POST"])
def my_story(request: Request, pk: int) -> HttpResponse:
    """One story, word for word; what is asked; where it went. A post says what should be different."""
    rows = Story.objects.visible_to(request.membership).select_related("bureau", "candidate__coach__user")
    story = get_object_or_404(rows, pk=pk)
    form = OtherwiseForm(posted(request))
    form_helper(form, submit=_("Vertel het"))
    if request.method == "POST" and form.is_valid():
        services.say_otherwise(story=story, words=form.cleaned_data["words"], by=request.membership)
        tell(request, _("Dank je. Wie het opschreef, leest dit en past het samen met jou aan."))
        return redirect("impact:my_story", pk)
    context = {
        "story": story,
        "asked": list(story.consents.select_related("story").order_by("-asked_at", "-pk")),
        "uses": list(story.uses.all()),
        "form": form,
    }
    return render(request, "impact/my_story.html", context)


@allow(Role.CANDIDATE)
@require_POST
def my_story_answer(request: Request, pk: int) -> HttpResponse:
    """Yes, no, or not any more."""
    asked = get_object_or_404(
        StoryConsent.objects.visible_to(request.membership).select_related("story"), pk=pk
    )
    match request.POST.get("answer"):
        case "yes":
            services.answer(asked=asked, yes=True, by=request.membership)
            tell(request, _("Dank je. Je zei ja. Je kunt dat altijd intrekken."))
        case "no":
            services.answer(asked=asked, yes=False, by=request.membership)
            tell(request, _("Goed. Het verhaal wordt hier niet voor gebruikt."))
        case "withdraw":
            services.withdraw(asked=asked, by=request.membership)
            tell(request, _("Ingetrokken. Vanaf nu gebruiken we het hier niet meer voor."))
        case _other:
            raise NotAllowedNow(_("Kies ja of nee."))
    return redirect("impact:my_story", asked.story_id)
