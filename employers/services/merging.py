"""Taking two employers together that are one. It cannot be taken back: two piles of work became one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbaan.bureaus.models import Membership
from buurtbaan.errors import NotAllowedNow
from employers import doubles
from employers.enums import EmployerKind
from employers.models import Contact, Employer, EmployerLogo, FormerEmployer
from employers.permissions import can_merge

BEHIND_A_WALL = "candidates.SafetyRemark"
"""Whoever merges may not read these rows, so the database moves them (migration 0130)."""


@transaction.atomic
def merge_employers(
    *, stays: Employer, goes: Employer, picks: Mapping[str, str], seen: str, by: Membership
) -> Employer:
    """Give `stays` everything that hangs on `goes`, and the values that were chosen; the old address leads on.

    picks: as `doubles.values`. seen: the `doubles.stamp` of what the actor chose over. Both rows are locked, so that
    nothing new can come to hang on the one that goes; the database refuses to remove it while anything does.
    Raises NotAllowedNow when one is gone or changed meanwhile, or when the two cannot be one.
    """
    stays, goes = _locked(stays, goes)
    if not can_merge(by, stays, goes):
        raise NotAllowedNow(_("Deze twee kun jij niet samenvoegen. Vraag het de bureauleider."))
    if not may_be_one(stays, goes):
        raise NotAllowedNow(
            _(
                "Een eigen project en een werkgever gaan niet samen. Verander eerst de soort van een van de twee."
            )
        )
    if seen != doubles.stamp(stays, goes):
        raise NotAllowedNow(_("Een van de twee is intussen veranderd. Kijk nog eens en kies opnieuw."))
    chosen = doubles.values(stays, goes, picks)
    _end_doubled_accounts(stays, goes)
    _keep_one_logo(stays, goes, picks.get("logo", ""))
    with connection.cursor() as cursor:
        cursor.execute("SELECT move_safety_remarks(%s, %s)", [goes.pk, stays.pk])
    _move(Employer, goes.pk, stays.pk, without=BEHIND_A_WALL)
    _keep_one_of_each_contact(stays)
    _remove(goes)
    for name, value in chosen.items():
        setattr(stays, name, value)
    stays.save(update_fields=[*(name.removesuffix("_id") for name in chosen), "updated_at"])
    FormerEmployer.objects.create(
        bureau_id=stays.bureau_id, employer=stays, former_id=goes.pk, name=goes.name, kvk=goes.kvk, by=by
    )
    return stays


def may_be_one(one: Employer, other: Employer) -> bool:
    """An own project has income and costs that another employer cannot have."""
    return (one.kind == EmployerKind.OWN_PROJECT) == (other.kind == EmployerKind.OWN_PROJECT)


def _locked(stays: Employer, goes: Employer) -> tuple[Employer, Employer]:
    """Both as they stand now, always in the same order, so that two who merge at once wait for each other."""
    rows = Employer.objects.select_for_update(of=("self",)).select_related("owner__user")
    found = {one.pk: one for one in rows.filter(pk__in=(stays.pk, goes.pk)).order_by("pk")}
    if len(found) < 2:
        raise NotAllowedNow(
            _("Een van de twee is er niet meer: misschien heeft een collega ze net samengevoegd.")
        )
    return found[stays.pk], found[goes.pk]


def _end_doubled_accounts(stays: Employer, goes: Employer) -> None:
    """Somebody with an account at both goes on with the one at the employer that stays."""
    kept = dict(Membership.objects.filter(employer=stays, ends=None).values_list("user", "pk"))
    today = timezone.localdate()
    for double in Membership.objects.filter(employer=goes, ends=None, user__in=kept):
        Contact.objects.filter(membership=double).update(membership=kept[double.user_id])
        double.ends = max(double.starts, today - timedelta(days=1))
        double.save(update_fields=["ends"])


def _keep_one_logo(stays: Employer, goes: Employer, pick: str) -> None:
    """The logo that was chosen; where nobody chose, the only one there is, or that of the employer that stays."""
    logos = EmployerLogo.objects.filter(employer__in=(stays, goes))
    away = stays if pick == doubles.GOES else goes
    if pick or len(logos) > 1:
        logos.filter(employer=away).delete()


def _move(model: type[models.Model], was: int, becomes: int, *, without: str = "") -> None:
    """Point everything that hangs on one row at another; found in the registry, so that no table is forgotten."""
    for field in doubles.relations_to(model):
        if field.model._meta.label != without:
            field.model._base_manager.filter(**{field.name: was}).update(**{field.name: becomes})


def _keep_one_of_each_contact(employer: Employer) -> None:
    """Two contacts with one address are one person, who would get every question twice."""
    first: dict[str, Contact] = {}
    for contact in Contact.objects.filter(employer=employer).exclude(email="").order_by("pk"):
        known = first.setdefault(contact.email.lower(), contact)
        if known is contact:
            continue
        _move(Contact, contact.pk, known.pk)
        for name in ("task", "phone", "membership_id"):
            setattr(known, name, getattr(known, name) or getattr(contact, name))
        contact.delete()
        known.save(update_fields=["task", "phone", "membership"])


def _remove(employer: Employer) -> None:
    """Take the row away and nothing with it: what still hangs on it makes the database refuse, at once."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("DELETE FROM employers_employer WHERE id = %s", [employer.pk])
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
