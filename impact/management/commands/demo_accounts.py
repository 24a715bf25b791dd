"""`manage.py demo_accounts`: who one can be in the demo."""

from typing import Any

from django.core.management.base import BaseCommand

from buurtbaan.bureaus.enums import Role
from buurtbaan.bureaus.models import AccessLink, Membership, User
from buurtbaan.bureaus.services import absolute
from buurtbaan.scope import Scope, scoped
from impact.demo.build import PASSWORD

SHOWN = (
    ("noor@zuidwest.example", Role.CONNECTOR),
    ("marit@zuidwest.example", Role.COACH),
    ("jolanda@zuidwest.example", Role.MANAGER),
    ("contact@tweedevilt.example", Role.EMPLOYER),
    ("pieter@denhaag.example", Role.MUNICIPALITY),
    ("beheer@buurtbaan.example", Role.PLATFORM),
)
CANDIDATE = "kandidaat@zuidwest.example"


class Command(BaseCommand):
    help = "Toont de proefaccounts, en een verse eenmalige link voor de kandidaat."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line per role; nothing where the demo was not loaded, or somebody changed the password."""
        known = {user.email: user for user in User.objects.filter(email__in=[email for email, _ in SHOWN])}
        for email, role in SHOWN:
            if email in known and known[email].check_password(PASSWORD):
                self.stdout.write(f"{role.label:<26} {email:<30} {PASSWORD}")
        with scoped(Scope(role="platform")):
            membership = Membership.objects.filter(user__email=CANDIDATE, role=Role.CANDIDATE).first()
            if membership:
                path = AccessLink.issue(membership=membership, target="/")[1]
                self.stdout.write(f"{Role.CANDIDATE.label:<26} {absolute(path)}")
