"""How accounts come about: by invitation, or by a candidate's own link; never by signing up at the sign-in page."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account without being asked."""
        return False
