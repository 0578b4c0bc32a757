"""How allauth meets our accounts: nobody signs up by themselves, passwords are acts, and no mail is sent from here."""

from __future__ import annotations

from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from enggang.accounts.domain import passwords, sealing
from enggang.accounts.models import User
from enggang.core.actor import load_user

_WRONG = _("The NIP, e-mail address or password is not right.")
_TOO_MANY = _("Too many tries. Wait a few minutes and try again, or ask at the desk for a code.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _WRONG,
        "email_password_mismatch": _WRONG,
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("The present password is not right."),
        "too_many_login_attempts": _TOO_MANY,
        "rate_limited": _TOO_MANY,
        "invalid_password_reset": _("This link is incomplete, too old, or has been used."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from a roster, an invitation or the desk."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only addresses of this very host: a former domain that was sold must not receive our people."""
        request: HttpRequest = context.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def set_password(self, user: User, password: str) -> None:
        passwords.set_password(user=user, password=password, actor=load_user(user.pk))

    def reauthenticate(self, user: User, password: str) -> bool:
        """By the account itself: its handles may have changed since the sign-in."""
        request: HttpRequest = context.request
        self.pre_authenticate(request, username=user.username)
        right = user.check_password(password)
        if right:
            self._rollback_login_failed_rl_usage()
        return right

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """allauth has nothing to send here: reset and confirmation are acts of ours, which write notices."""
        raise NotImplementedError(template_prefix)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_email")

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """The account's language, unless this browser has chosen one for itself."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            remember_language(response, user.language)
        return response


def remember_language(response: HttpResponse, language: str) -> None:
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 24 * 3600, samesite="Lax")
    translation.activate(language)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": _("The code is not right.")}

    def get_totp_label(self, user: User) -> str:
        return user.name

    def build_totp_svg(self, url: str) -> str:
        return segno.make(url, error="m").svg_inline(omitsize=True, border=2, svgclass=None, lineclass=None)

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text)
