"""What happened in the neighbourhood: signed up, sent on, at a gathering or a training, helping, earning."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbaan.ui.formats import euro
from candidates.choices import label
from candidates.enums import GuestState, HelpKind, OutwardState
from candidates.models import Candidate
from candidates.timeline.base import Kind, Told, columns


def _rows(candidate: Candidate) -> Mapping[str, QuerySet[Any, Any]]:
    return {
        "referred": columns(
            candidate.inward_referrals.all(), "referred", "received_on", code="organisation__name"
        ),
        "sent_on": columns(
            candidate.outward_referrals.all(), "sent_on", "sent_on", code="organisation__name", other="state"
        ),
        "gathering": columns(
            candidate.gatherings_joined.all(), "gathering", "gathering__starts_at",
            code="gathering__title", other="state",
        ),
        "training": columns(
            candidate.training_places.all(), "training", "joined_on", code="training__title", text="result"
        ),
        "helped": columns(
            candidate.help_given.exclude(found_on=None), "helped", "found_on", code="kind", text="text"
        ),
        "money": columns(candidate.budget_lines.all(), "money", "on", code="amount", text="text"),
    }  # fmt: skip


def _referred(organisation: str, _other: str) -> Told:
    title = _("Aangemeld door %(name)s") % {"name": organisation} if organisation else _("Aangemeld")
    return title, "person-plus", "info"


def _sent_on(organisation: str, state: str) -> Told:
    words = {"name": organisation, "state": label(list(OutwardState.choices), state).lower()}
    return _("Doorverwezen naar %(name)s: %(state)s") % words, "send", "info"


def _gathering(title: str, state: str) -> Told:
    words = {"title": title, "state": label(list(GuestState.choices), state).lower()}
    return _("%(title)s: %(state)s") % words, "gathering", "quiet"


def _training(title: str, _other: str) -> Told:
    return _("Training: %(title)s") % {"title": title}, "book", "info"


def _helped(kind: str, _other: str) -> Told:
    return (
        _("Helpt een buur: %(kind)s") % {"kind": label(list(HelpKind.choices), kind).lower()},
        "heart",
        "ok",
    )


def _money(amount: str, _other: str) -> Told:
    return _("Opleidingsbudget: %(amount)s") % {"amount": euro(Decimal(amount or 0))}, "euro", "quiet"


NEIGHBOURHOOD = Kind(
    gettext_lazy("Buurt en leren"),
    {
        "referred": _referred, "sent_on": _sent_on, "gathering": _gathering, "training": _training,
        "helped": _helped, "money": _money,
    },
    rows=_rows,
)  # fmt: skip
