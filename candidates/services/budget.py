"""Booking in a training budget: never below zero, and no line ever changes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from buurtbaan.ui.formats import euro
from candidates.enums import BudgetKind
from candidates.models import BudgetLine, Candidate
from candidates.services.locking import locked


def balance_of(candidate: Candidate) -> Decimal:
    """What there is to spend, in euros."""
    last = (
        BudgetLine.objects.filter(candidate=candidate).order_by("-number").values_list("balance", flat=True)
    )
    return last.first() or Decimal("0.00")


@transaction.atomic
def book(
    *, candidate: Candidate, kind: str, amount: Decimal, text: str, by: Membership, on: date | None = None
) -> BudgetLine:
    """Put in what was earned, or take out what a course costs. amount: euros above zero, to the cent.

    Raises NotAllowedNow when there is less than a course costs, and for a day to come.
    """
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise NotAllowedNow(_("Kies een dag die al geweest is."))
    if amount <= 0 or amount != amount.quantize(Decimal("0.01")):
        raise NotAllowedNow(_("Schrijf een bedrag in euro's en centen, meer dan nul."))
    signed = -amount if kind == BudgetKind.COURSE else amount
    locked(candidate)
    return _write(candidate=candidate, kind=kind, amount=signed, text=text, on=day, by=by)


@transaction.atomic
def take_back(*, line: BudgetLine, by: Membership) -> BudgetLine:
    """A mistake gets a line against it; the line itself stays. Twice is once.

    Raises NotAllowedNow when the money was spent already, and for a correction itself.
    """
    if line.kind == BudgetKind.CORRECTION:
        raise NotAllowedNow(_("Dit is al een rechtzetting. Boek zo nodig opnieuw."))
    locked(line.candidate)
    if known := BudgetLine.objects.filter(corrects=line).first():
        return known
    text = _("Rechtgezet: %(text)s") % {"text": line.text}
    return _write(
        candidate=line.candidate, kind=BudgetKind.CORRECTION, amount=-line.amount, text=text[:160],
        on=timezone.localdate(), by=by, corrects=line,
    )  # fmt: skip


def _write(*, candidate: Candidate, amount: Decimal, **fields: object) -> BudgetLine:
    """The database keeps the balance and refuses one below zero; here that gets its words."""
    try:
        with transaction.atomic():
            line = BudgetLine.objects.create(
                bureau_id=candidate.bureau_id, candidate=candidate, amount=amount, **fields
            )
    except IntegrityError as refused:
        if "budget_never_negative" not in str(refused):
            raise
        raise NotAllowedNow(
            _("Er staat %(balance)s in het budget. Dat is te weinig voor %(amount)s.")
            % {"balance": euro(balance_of(candidate)), "amount": euro(-amount)}
        ) from None
    line.refresh_from_db()
    return line
