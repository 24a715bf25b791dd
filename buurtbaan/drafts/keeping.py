"""Forms that keep themselves: drawn with the draft that waits, saved while typing, gone once sent."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from crispy_forms.layout import HTML
from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.drafts.bases import Base
from buurtbaan.drafts.models import Draft, Submission
from buurtbaan.drafts.services import hold_token, read_uuid
from buurtbaan.drafts.values import fits, inputs_of
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.pieces import Text

LARGEST = 200_000
"""Bytes of one draft as JSON."""
CONCEPT, DEVICE = "concept", "apparaat"
PLACE = "place of a draft"
SHOWN = 5
EMPTY = {"leeg", "wachtrij"}
"""In an address: begin without a draft, because somebody asked so or something else fills the form."""
NEVER = ("csrf", "password", "wachtwoord", "token", "secret")


@dataclass
class Kept:
    """A form's draft as the page draws it: its number, where it belongs, and what waited here."""

    number: uuid.UUID
    once: str
    place: str
    was: str = ""
    found: Draft | None = None
    version: int = 0
    elsewhere: bool = False
    new: bool = False
    others: list[Draft] = field(default_factory=list)
    lost: list[tuple[str, str]] = field(default_factory=list)

    @property
    def moment(self) -> str:
        """When the draft was last saved, as people say it."""
        return moment(self.found.saved_at) if self.found else ""

    @property
    def when(self) -> str:
        """The same in a sentence."""
        return when(self.found.saved_at) if self.found else ""


def moment(at: datetime) -> str:
    """14:02, with the day when it is not today's."""
    here = timezone.localtime(at)
    return date_format(here, "H:i" if here.date() == timezone.localdate() else "j F H:i")


def when(at: datetime) -> str:
    """om 14:02, or op 3 mei 14:02."""
    today = timezone.localdate(at) == timezone.localdate()
    return (_("om %(at)s") if today else _("op %(at)s")) % {"at": moment(at)}


def keep(
    request: HttpRequest,
    form: Any,
    *,
    title: Text,
    candidate_id: int | None = None,
    key: str = "",
    new: bool = False,
) -> None:
    """Let a form keep itself; call it in the view, after `form_helper`.

    On a visit the newest draft of this form on this object is filled in (?leeg=1: none, ?concept=: that one).
    title: what the form is called on the list of drafts. candidate_id: whom it is about; erasure takes it along.
    key: which form on which object, if the address without its query does not tell. new: the form makes something.
    """
    membership: Membership | None = request.membership  # type: ignore[attr-defined]
    if membership is None or membership.bureau_id is None:
        return
    key = (key or _key(request))[:160]
    mine = Draft.objects.visible_to(membership)
    if request.method == "POST":
        number = read_uuid(request.POST.get(CONCEPT, "")) or uuid.uuid4()
        draft = mine.filter(pk=number).first()
    else:
        waiting = list(mine.kept().filter(key=key).order_by("-saved_at")[:SHOWN])
        draft = _chosen(request, waiting)
        number = draft.pk if draft else uuid.uuid4()
    once = request.POST.get("once", "") or str(number)
    kept = Kept(number, once, _place(request, membership, form, key, str(title), candidate_id), new=new)
    kept.version = draft.version if draft else 0
    base: Base | None = getattr(form, "was", None)
    if request.method != "POST":
        kept.others = [one for one in waiting if one is not draft]
        if draft:
            kept.found, kept.lost = draft, fill(form, draft)
            kept.elsewhere = bool(draft.device) and draft.device != request.COOKIES.get(DEVICE)
            if base:
                base.values |= {name: value for name, value in draft.base.items() if name in base.values}
    kept.was = base.sign(request.path) if base else ""
    request.draft = kept  # type: ignore[attr-defined]
    if layout := getattr(getattr(form, "helper", None), "layout", None):
        layout.fields = [one for one in layout.fields if "once_token" not in getattr(one, "html", "")]
        layout.insert(0, HTML('{% include "drafts/_form.html" with draft=request.draft %}'))


def _key(request: HttpRequest) -> str:
    match = request.resolver_match
    assert match is not None  # noqa: S101 - a view is running
    return ":".join([match.view_name, *map(str, match.kwargs.values())])


def _chosen(request: HttpRequest, waiting: list[Draft]) -> Draft | None:
    if EMPTY & request.GET.keys():
        return None
    wanted = read_uuid(request.GET.get(CONCEPT, ""))
    return next((one for one in waiting if one.pk == wanted), waiting[0] if waiting else None)


def _place(
    request: HttpRequest, membership: Membership, form: Any, key: str, title: str, candidate_id: int | None
) -> str:
    """What the server must believe about a draft, signed into the page."""
    query = request.GET.copy()
    for name in (*EMPTY, CONCEPT):
        query.pop(name, None)
    url = f"{request.path}?{query.urlencode()}" if query else request.path
    labels = {form.add_prefix(name): str(field.label or name) for name, field in form.fields.items()}
    about = {
        "k": key, "c": candidate_id, "u": url[:300], "t": title[:160], "l": labels, "s": schema_of(form),
        "b": membership.bureau_id, "o": membership.user_id,
    }  # fmt: skip
    return signing.dumps(about, salt=PLACE, compress=True)


def schema_of(form: forms.BaseForm) -> str:
    """A short sign of a form's fields and their kinds, which changes when the form does."""
    shape = sorted((name, type(one).__name__, type(one.widget).__name__) for name, one in form.fields.items())
    return hashlib.sha256(json.dumps(shape).encode()).hexdigest()[:16]


def fill(form: Any, draft: Draft) -> list[tuple[str, str]]:
    """Show a draft in a fresh form; gives what no longer has a place there, as label and text to copy."""
    data = QueryDict(mutable=True)
    for name, texts in draft.data.items():
        data.setlist(name, texts)
    names = {form.add_prefix(name): name for name in form.fields}
    lost: list[tuple[str, str]] = []
    used: set[str] = set()
    for html_name, name in names.items():
        mine = inputs_of(html_name, draft.data, names)
        one = form.fields[name]
        if not mine or one.widget.is_hidden:
            continue
        used |= mine
        strange = [text for text in data.getlist(html_name) if not fits(one, text)]
        if strange:
            lost.append((str(one.label or name), ", ".join(strange)))
            data.setlist(html_name, [text for text in data.getlist(html_name) if text not in strange])
        form.initial[name] = one.widget.value_from_datadict(data, {}, html_name)
    for name in draft.data.keys() - used:
        text = ", ".join(one for one in draft.data[name] if one)
        if text and not name.endswith("_unknown"):
            lost.append((draft.labels.get(name, name), text))
    return sorted(lost)


@dataclass(frozen=True)
class Save:
    """One autosave as it came in."""

    number: uuid.UUID
    place: str
    page: str
    sequence: int
    version: int
    data: dict[str, list[str]]
    was: str
    device: str


class TooLarge(NotAllowedNow):
    """More text than a draft holds."""


class SavedElsewhere(NotAllowedNow):
    """Another page went on with this draft; the sender begins a draft of its own."""


class AlreadySent(NotAllowedNow):
    """The form itself arrived meanwhile: its draft does not come back."""


def save(*, sent: Save, by: Membership) -> Draft:
    """Keep what changed in a form since the last save.

    The request holds the draft (`hold`). One that was overtaken by a later one of the same page changes nothing.
    Raises NotAllowedNow when the page was drawn for another role or person, and its kinds above.
    """
    try:
        place: dict[str, Any] = signing.loads(sent.place, salt=PLACE)
    except signing.BadSignature:
        raise NotAllowedNow from None
    if (place["o"], place["b"]) != (by.user_id, by.bureau_id):
        raise NotAllowedNow
    if Submission.objects.filter(once=sent.number).exists():
        raise AlreadySent
    draft = Draft.objects.visible_to(by).filter(pk=sent.number).first() or _begin(sent, place, by)
    if draft.page == sent.page and sent.sequence <= draft.sequence:
        return draft
    if draft.page != sent.page and draft.version != sent.version:
        raise SavedElsewhere
    _take_in(draft, sent, place)
    draft.save()
    return draft


def _begin(sent: Save, place: dict[str, Any], by: Membership) -> Draft:
    return Draft(
        id=sent.number, user_id=by.user_id, bureau_id=place["b"], candidate_id=place["c"], version=sent.version,
        key=place["k"], url=place["u"], title=place["t"],
    )  # fmt: skip


def _take_in(draft: Draft, sent: Save, place: dict[str, Any]) -> None:
    base = Base.read(sent.was, draft.url.split("?")[0])
    for label in place["l"]:
        if mine := inputs_of(label, sent.data, place["l"]):
            if base and label in base.values and not inputs_of(label, draft.data, place["l"]):
                draft.base[label] = base.values[label]
            draft.data |= {name: sent.data[name] for name in mine if not _secret(name)}
    if len(json.dumps(draft.data)) > LARGEST:
        raise TooLarge
    draft.labels, draft.schema = draft.labels | place["l"], place["s"]
    draft.page, draft.sequence, draft.version = sent.page, sent.sequence, draft.version + 1
    draft.device, draft.saved_at, draft.thrown_at = sent.device, timezone.now(), None


def _secret(name: str) -> bool:
    return any(word in name.lower() for word in NEVER)


def hold(request: HttpRequest) -> None:
    """Hold a post's draft before the view touches a row.

    A save that is under way holds its draft first, too; in another order the two would wait for each other.
    """
    if request.method != "POST":
        return
    number = read_uuid(request.POST.get(CONCEPT, ""))
    if number is not None:
        hold_token(number)


def finish(request: HttpRequest, response: HttpResponse) -> None:
    """A post that led on was done: its draft, held since it began, goes; a save still under way finds that out."""
    number = read_uuid(request.POST.get(CONCEPT, ""))
    if number is None:
        return
    url = response.headers.get("Location", "")[:300]
    done = Submission(once=number, user_id=request.user.pk, url=url)
    Submission.objects.bulk_create([done], ignore_conflicts=True)
    Draft.objects.filter(pk=number, user=request.user.pk).delete()


def throw_away(*, draft: Draft) -> None:
    """Take a draft off the list; it can come back for a day."""
    draft.thrown_at = timezone.now()
    draft.save(update_fields=["thrown_at"])


def take_back(*, draft: Draft) -> None:
    """Put a draft that was thrown away back on the list."""
    draft.thrown_at = None
    draft.save(update_fields=["thrown_at"])


def link_to(url: str, number: uuid.UUID) -> str:
    """The form of a draft, with that very draft in it."""
    return f"{url}{'&' if '?' in url else '?'}{CONCEPT}={number}"
