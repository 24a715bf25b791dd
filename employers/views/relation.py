"""The relation with an employer: its page, the log of talks, and reminders."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from buurtbaan.access import Request, allow, posted
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.acts import act_once
from buurtbaan.drafts.conflicts import settle_row
from buurtbaan.drafts.keeping import keep
from buurtbaan.ui.feedback import tell
from employers import lists, services
from employers.forms.relation import ReminderForm, TalkForm
from employers.models import Contribution, Employer, Reminder, Talk
from employers.permissions import can_correct_line, can_edit, can_finish
from employers.relation import helps, of_year, silent_days
from employers.relation_enums import TALK_ICONS, AgreementState, TalkKind
from employers.views.shortcuts import back_to, editable_employer, relation_of, visible_employer

TALKS_PER_PAGE = 10
HELPS_SHOWN = 6


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_GET
def relation(request: Request, pk: int) -> HttpResponse:
    """What was said, what we come back to, what was agreed, and how they help."""
    employer = visible_employer(request, pk)
    mine = request.membership
    rows: Any = employer.talks
    talks = Paginator(rows.kept().select_related("contact", "by__user"), TALKS_PER_PAGE)
    page = talks.get_page(request.GET.get("page"))
    agreements = list(employer.agreements.all())
    year = timezone.localdate().year
    helped = list(_helped(employer, year))
    context = {
        "employer": employer,
        "can_edit": can_edit(mine, employer),
        "page": page,
        "talks": [_line(talk, mine) for talk in page],
        "reminders": [{"reminder": one, "may": can_finish(mine, one)} for one in _to_do(employer)],
        "agreements": [one for one in agreements if one.state != AgreementState.ENDED],
        "ended_count": sum(1 for one in agreements if one.state == AgreementState.ENDED),
        "year": year,
        "helps": helps(helped),
        "helped": [{"one": one, "may": can_correct_line(mine, one)} for one in helped[:HELPS_SHOWN]],
        "helped_more": max(0, len(helped) - HELPS_SHOWN),
        "quiet": lists.is_quiet(employer),
        "silent": silent_days(employer),
    }
    return render(request, "employers/relation.html", context)


def _line(talk: Talk, membership: Any) -> dict[str, Any]:
    return {
        "talk": talk,
        "icon": TALK_ICONS[TalkKind(talk.kind)],
        "who": str(talk.by.user) if talk.by else "",
        "may": can_correct_line(membership, talk),
    }


def _to_do(employer: Employer) -> Any:
    return employer.reminders.filter(done_at=None).select_related("for_whom__user")


def _helped(employer: Employer, year: int) -> Any:
    rows = of_year(Contribution.objects.filter(employer=employer).kept(), year)
    return rows.select_related("by__user")


# talks


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def talk_new(request: Request, pk: int) -> HttpResponse:
    """Log a talk in half a minute, and come back to it if need be."""
    employer = editable_employer(request, pk)
    by, here = request.membership, relation_of(pk)
    people = list(employer.contacts.values_list("pk", flat=True)[:2])
    first = {"kind": TalkKind.CALLED, "contact": people[0] if len(people) == 1 else None}
    form = TalkForm(posted(request), employer=employer, by=by, cancel_url=here, initial=first)
    keep(request, form, title=_("Gesprek met %(name)s") % {"name": employer.name}, new=True)

    def do() -> tuple[str, str]:
        services.add_talk(employer=employer, values=form.talk(), by=by)
        reminder = form.reminder()
        if not reminder:
            return _("Het gesprek is bewaard."), here
        services.add_reminder(employer=employer, by=by, **reminder)
        said = _("Het gesprek is bewaard. Op %(day)s staat het op de lijst van %(who)s.")
        day = date_format(reminder["due_on"], "j F Y")
        return said % {"day": day, "who": reminder["for_whom"].user}, here

    context = {"employer": employer, "back": here}
    return act_once(request, form, do=do, template="employers/talk_new.html", context=context)


def _talk(request: Request, pk: int) -> Talk:
    """A line that one may correct: one's own, or any as manager."""
    rows = Talk.objects.visible_to(request.membership).select_related("employer", "by__user")
    talk: Talk = get_object_or_404(rows, pk=pk)
    if not can_correct_line(request.membership, talk):
        raise PermissionDenied(_("Alleen wie het opschreef kan dit veranderen. Noteer wat je zelf weet."))
    return talk


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def talk_edit(request: Request, pk: int) -> HttpResponse:
    """Correct what was noted."""
    talk = _talk(request, pk)
    by, here = request.membership, relation_of(talk.employer_id)
    of = talk.employer
    form, clash = settle_row(
        request, talk, lambda data, row: TalkForm(data, instance=row, employer=of, by=by, cancel_url=here)
    )
    if clash:
        return clash

    def do() -> tuple[str, str]:
        services.change_talk(talk=talk, values=form.talk(), by=by)
        return _("Het gesprek is verbeterd."), here

    context = {"employer": talk.employer, "talk": talk, "back": here}
    return act_once(request, form, do=do, template="employers/talk_edit.html", context=context)


@allow(Role.COACH, Role.MANAGER)
@require_POST
def talk_remove(request: Request, pk: int) -> HttpResponse:
    """Take a line away; there is a way back."""
    talk = _talk(request, pk)
    services.remove_talk(talk=talk, by=request.membership)
    tell(request, _("Het gesprek is weg."), undo_url=reverse("employers:talk_restore", args=[pk]))
    return redirect(relation_of(talk.employer_id))


@allow(Role.COACH, Role.MANAGER)
@require_POST
def talk_restore(request: Request, pk: int) -> HttpResponse:
    """The way back."""
    talk = _talk(request, pk)
    services.restore_talk(talk=talk, by=request.membership)
    tell(request, _("Het gesprek staat er weer."))
    return redirect(relation_of(talk.employer_id))


# reminders


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def reminder_new(request: Request, pk: int) -> HttpResponse:
    """Something to come back to, for oneself or a colleague."""
    employer = editable_employer(request, pk)
    by, here = request.membership, relation_of(pk)
    form = ReminderForm(posted(request), by=by, cancel_url=here, initial={"for_whom": by.pk})
    keep(request, form, title=_("Herinnering bij %(name)s") % {"name": employer.name}, new=True)

    def do() -> tuple[str, str]:
        made = services.add_reminder(employer=employer, by=by, **form.cleaned_data)
        said = _("Bewaard. Op %(day)s staat het op de lijst van %(who)s.")
        return said % {
            "day": date_format(made.due_on, "j F Y"),
            "who": form.cleaned_data["for_whom"].user,
        }, here

    context = {"employer": employer, "back": here, "reminder": None}
    return act_once(request, form, do=do, template="employers/reminder_form.html", context=context)


@allow(Role.COACH, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def reminder_edit(request: Request, pk: int) -> HttpResponse:
    """Another day, other words or another colleague."""
    rows = Reminder.objects.visible_to(request.membership).select_related("employer")
    reminder: Reminder = get_object_or_404(rows, pk=pk)
    by, here = request.membership, relation_of(reminder.employer_id)
    form, clash = settle_row(
        request, reminder, lambda data, row: ReminderForm(data, instance=row, by=by, cancel_url=here)
    )
    if clash:
        return clash

    def do() -> tuple[str, str]:
        services.change_reminder(reminder=reminder, by=by, **form.cleaned_data)
        return _("De herinnering is veranderd."), here

    context = {"employer": reminder.employer, "back": here, "reminder": reminder}
    return act_once(request, form, do=do, template="employers/reminder_form.html", context=context)


def _reminder(request: Request, pk: int) -> Reminder:
    rows = Reminder.objects.visible_to(request.membership).select_related("for_whom")
    reminder: Reminder = get_object_or_404(rows, pk=pk)
    if not can_finish(request.membership, reminder):
        raise PermissionDenied(_("Deze herinnering is voor een collega. Vraag het aan hen."))
    return reminder


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_POST
def reminder_done(request: Request, pk: int) -> HttpResponse:
    """It is done; the list of the day is one shorter."""
    reminder = _reminder(request, pk)
    services.finish_reminder(reminder=reminder, by=request.membership)
    said = _("Gedaan: %(text)s") % {"text": reminder.text}
    tell(request, said, undo_url=reverse("employers:reminder_reopen", args=[pk]))
    return back_to(request, relation_of(reminder.employer_id))


@allow(Role.CONNECTOR, Role.COACH, Role.MANAGER)
@require_POST
def reminder_reopen(request: Request, pk: int) -> HttpResponse:
    """It was not done after all."""
    reminder = _reminder(request, pk)
    services.reopen_reminder(reminder=reminder, by=request.membership)
    tell(request, _("De herinnering staat weer open."))
    return redirect(relation_of(reminder.employer_id))
