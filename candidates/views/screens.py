"""What the screens of the neighbourhood share: one way to show a form, one way to page, one way to choose people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse

from buurtbaan.access import Request
from buurtbaan.bureaus.enums import Role
from buurtbaan.drafts.acts import act_once
from buurtbaan.drafts.keeping import keep
from buurtbaan.ui.forms import form_helper
from buurtbaan.ui.pieces import Text
from candidates.models import Candidate
from candidates.names import fold

PER_PAGE = 25
CHOICES_SHOWN = 40


def act(
    request: Request, form: Any, template: str, context: dict[str, Any], *, submit: Text, back: str,
    do: Callable[[], tuple[Text, str]], draft: Text = "",
) -> HttpResponse:  # fmt: skip
    """Show a form; when it holds, do the act once. `do` gives what to tell and where to go.

    draft: what the form is called on the list of drafts; without it the form does not keep itself.
    """
    form_helper(form, submit=submit, cancel_url=back, once=True)
    if draft:
        keep(request, form, title=draft)
    return act_once(request, form, do=do, template=template, context=context)


def page_of(request: Request, rows: QuerySet[Any]) -> Page[Any]:
    """The page that the address asks for; a damaged number shows the first."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def choosable(request: Request) -> list[Candidate]:
    """People to choose from: the own ones, a manager's whole bureau; narrowed by a name in the address."""
    membership = request.membership
    people = Candidate.objects.active()
    if membership.role == Role.MANAGER:
        people = people.filter(bureau=membership.bureau_id)
    else:
        people = people.held_by(membership)
    for word in fold(request.GET.get("q", "")[:80]).split():
        people = people.filter(search_name__contains=word)
    return list(people.order_by("search_name", "pk")[:CHOICES_SHOWN])


def chosen(request: Request) -> list[Candidate]:
    """The people who were ticked, as far as the reader may have their files."""
    ids = [int(one) for one in request.POST.getlist("wie")[:200] if one.isdecimal() and len(one) < 16]
    return list(Candidate.objects.visible_to(request.membership).active().filter(pk__in=ids).order_by("pk"))
