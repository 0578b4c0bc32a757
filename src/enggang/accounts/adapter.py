"""How allauth meets our accounts: nobody signs up by themselves, and mail goes through the outbox."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from a roster, an invitation or the desk."""
        return False
