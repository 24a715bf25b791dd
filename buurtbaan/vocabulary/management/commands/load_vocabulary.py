"""Bring the word lists up to date; safe to run any number of times."""

from typing import Any

from django.core.management.base import BaseCommand

from buurtbaan.vocabulary.load import load
from buurtbaan.vocabulary.models import Term


class Command(BaseCommand):
    help = "Load the talents, tasks and work conditions; existing words keep their id."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load(Term)} words.")
