"""Two people, or two tabs, in one record: what does not touch each other is merged, the rest somebody chooses."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from buurtbaan.drafts.bases import DRAWN_FOR, WAS, Base
from buurtbaan.drafts.values import Plain, at_first, posted, raw, words

PICK = "keuze-"
MINE, THEIRS, BEFORE = "mijn", "nu", "was"
Again = Callable[[QueryDict | None], Any]
Row = TypeVar("Row", bound=Model)


@dataclass
class Clash:
    """One field that was changed on both sides, each side in words."""

    name: str
    label: str
    was: str
    mine: str
    theirs: str
    missed: bool

    @property
    def picks(self) -> list[tuple[str, str, str]]:
        """Code, heading and text of each choice."""
        return [
            (MINE, _("Wat jij nu invulde"), self.mine),
            (THEIRS, _("Wat er intussen is bewaard"), self.theirs),
            (BEFORE, _("Zoals het was"), self.was),
        ]


def settle(request: HttpRequest, form: Any, again: Again) -> tuple[Any, HttpResponse | None]:
    """The form to save, or the three-value screen.

    `again(data)` makes the form over the record as it is now, with its row locked, so that nobody comes in between
    before this transaction ends. On a visit the form learns what it was drawn with. A field that only the other
    side changed keeps the other side's value, and the page says so.
    """
    if request.method != "POST" or not form.is_bound:
        form.was = Base(at_first(form))
        return form, None
    base = Base.read(request.POST.get(WAS, ""), request.path)
    form.was = base
    if base is None or not form.is_valid():
        return form, None
    theirs = at_first(again(None))
    merged, clashes = _compare(request, form, base, theirs)
    data = _with(request.POST, form, merged)
    if clashes:
        return form, _screen(request, form, base, theirs, clashes, data)
    if not merged:
        return form, None
    together = again(data)
    together.was = Base(theirs)
    together.is_valid()
    _say(request, form, [name for name in merged if f"{PICK}{name}" not in request.POST])
    return together, None


def settle_row(
    request: HttpRequest, row: Row, make: Callable[[QueryDict | None, Row], Any]
) -> tuple[Any, HttpResponse | None]:
    """`settle` for a form over one row: `make(data, row)` draws it, over a copy, as validating may write in it."""

    def again(data: QueryDict | None) -> Any:
        rows = type(row)._default_manager.select_for_update(of=("self",))
        return make(data, get_object_or_404(rows, pk=row.pk))

    return settle(request, make(request.POST if request.method == "POST" else None, copy(row)), again)


def _compare(
    request: HttpRequest, form: Any, base: Base, theirs: dict[str, Plain]
) -> tuple[dict[str, Plain], list[str]]:
    """Which values to take over from the other side, and which fields clash."""
    merged: dict[str, Plain] = {}
    clashes: list[str] = []
    for name, mine in posted(form).items():
        now = theirs.get(name)
        was = base.values.get(name, now)
        if name not in base.values:
            merged |= (
                {name: now} if mine != now else {}
            )  # not on the page that was sent: a newer field keeps its own
        elif name in base.origin and now == was:
            picks = {MINE: mine, THEIRS: now, BEFORE: base.origin[name]}
            pick = request.POST.get(f"{PICK}{name}", "")
            if pick not in picks and mine != now:
                clashes.append(name)
            elif pick in picks and picks[pick] != mine:
                merged[name] = picks[pick]
        elif mine == was and now != was:
            merged[name] = now
        elif now not in (was, mine) and mine != was:
            clashes.append(name)
    return merged, clashes


def _with(data: QueryDict, form: Any, values: dict[str, Plain]) -> QueryDict:
    """The post with other values for some fields."""
    changed = data.copy()
    for name, value in values.items():
        html_name = form.add_prefix(name)
        changed.pop(f"{html_name}_unknown", None)
        for one, texts in raw(html_name, form.fields[name], value).items():
            changed.setlist(one, texts)
    return changed


def _screen(
    request: HttpRequest,
    form: Any,
    base: Base,
    theirs: dict[str, Plain],
    names: list[str],
    data: QueryDict,
) -> HttpResponse:
    """Was, mine and theirs side by side; what was sent goes along unseen."""
    origin = {name: base.origin.get(name, base.values.get(name)) for name in names}
    mine = posted(form)
    clashes = [
        Clash(
            name,
            str(form[name].label),
            was=words(form.fields[name], origin[name]),
            mine=words(form.fields[name], mine[name]),
            theirs=words(form.fields[name], theirs.get(name)),
            missed=name in base.origin and theirs.get(name) == base.values.get(name),
        )
        for name in names
    ]
    own = {WAS, DRAWN_FOR, "csrfmiddlewaretoken"}
    sent = [(n, v) for n, vs in data.lists() if n not in own and not n.startswith(PICK) for v in vs]
    context = {
        "clashes": clashes,
        "sent": sent,
        "missed": any(clash.missed for clash in clashes),
        "was": Base(theirs, origin).sign(request.path),
        "url": request.get_full_path(),
    }
    return render(request, "drafts/conflict.html", context, status=409)


def _say(request: HttpRequest, form: forms.BaseForm, names: list[str]) -> None:
    """Never silence: which of the other side's changes were kept."""
    if names:
        labels = get_text_list([f"“{form[name].label}”" for name in names], _("en"))
        said = _("Intussen veranderde iemand anders %(what)s. Ook dat is bewaard gebleven.")
        messages.info(request, said % {"what": labels})
