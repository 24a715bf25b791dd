"""How long files are kept: what is near its end, letting go after a rehearsal, putting it off."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from buurtbaan.access import Request, allow, posted
from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import Bureau
from buurtbaan.drafts.conflicts import settle_row
from buurtbaan.drafts.services import once
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.feedback import tell
from buurtbaan.ui.forms import form_helper
from candidates.forms.retention import PostponeForm, PurgeForm, RuleForm
from candidates.models import Candidate, Erasure
from candidates.rights.reach import label_of, ways
from candidates.rights.words import title_of
from candidates.services import retention as terms
from candidates.views.shortcuts import visible_candidate

SHOWN = 50
AT_ONCE = 25
"""Files that one page erases; the rest comes in a next go."""


def _bureau(request: Request) -> Bureau:
    bureau = request.membership.bureau
    assert bureau is not None  # noqa: S101 - a manager has one, says the database
    return bureau


@allow(Role.MANAGER)
@require_GET
def retention(request: Request) -> HttpResponse:
    """What is near the end of its term, who is leaving, and what was erased."""
    bureau, today = _bureau(request), timezone.localdate()
    ending = list(terms.ending(bureau)[: SHOWN + 1])
    context = {
        "bureau": bureau,
        "today": today,
        "ending": ending[:SHOWN],
        "more": len(ending) > SHOWN,
        "due": terms.due(bureau).count(),
        "leaving": Candidate.objects.filter(bureau=bureau, leaving_on__isnull=False).count(),
        "erasures": list(Erasure.objects.visible_to(request.membership)[:20]),
        "warned_days": terms.WARNED.days,
    }
    return render(request, "candidates/retention.html", context)


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def retention_purge(request: Request) -> HttpResponse:
    """First a rehearsal that changes nothing: whose files, and what is in them. Then, if it was read, do it."""
    bureau = _bureau(request)
    people = list(terms.due(bureau)[:AT_ONCE])
    ids = [person.pk for person in people]
    form = PurgeForm(posted(request), people=ids)
    form_helper(
        form,
        submit=ngettext("Wis %(n)s dossier", "Wis %(n)s dossiers", len(ids)) % {"n": len(ids)},
        cancel_url=reverse("candidates:retention"),
        once=True,
    )
    if request.method == "POST":
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            if form.is_valid():
                done = len(terms.purge(bureau, by=request.membership, only=form.cleaned_data["people"]))
                text = ngettext("%(n)s dossier is gewist.", "%(n)s dossiers zijn gewist.", done)
                tell(request, text % {"n": done})
                return first.done(reverse("candidates:retention"))
    plan = terms.plan(people)
    names = {label_of(model): title_of(model) for model in ways()}
    rows = [(names[label], number) for label, number in plan.rows.items()]
    context = {"people": people, "rows": rows, "total": plan.total, "form": form}
    return render(request, "candidates/retention_purge.html", context)


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def retention_postpone(request: Request, pk: int) -> HttpResponse:
    """Keep one file longer, with a reason."""
    candidate = visible_candidate(request, pk)
    back = reverse("candidates:retention")
    form = PostponeForm(posted(request))
    form_helper(form, submit=_("Bewaar langer"), cancel_url=back, once=True)
    if request.method == "POST" and form.is_valid():
        with once(request) as first:
            if first.already:
                return redirect(first.url)
            try:
                terms.postpone(candidate=candidate, by=request.membership, **form.cleaned_data)
            except NotAllowedNow as reason:
                form.add_error(None, str(reason))
            else:
                tell(
                    request, _("We bewaren het dossier van %(name)s langer.") % {"name": candidate.short_name}
                )
                return first.done(back)
    return render(request, "candidates/retention_postpone.html", {"candidate": candidate, "form": form})


@allow(Role.MANAGER)
@require_http_methods(["GET", "POST"])
def retention_rule(request: Request) -> HttpResponse:
    """The bureau's rule: how many years, and whether files go by themselves."""
    bureau = _bureau(request)
    form, clash = settle_row(request, bureau, lambda data, row: RuleForm(data, instance=row))
    if clash:
        return clash
    form_helper(form, submit=_("Bewaar regel"), cancel_url=reverse("candidates:retention"))
    if request.method == "POST" and form.is_valid():
        form.save()
        tell(request, _("De regel is bewaard."))
        return redirect("candidates:retention")
    return render(request, "candidates/retention_rule.html", {"bureau": bureau, "form": form})
