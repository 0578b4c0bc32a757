"""The phone's side of a code from the desk. Until the digits are right this page knows nobody's name."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from enggang.accounts.domain.desk import find_desk_code, redeem_desk_code
from enggang.accounts.forms.desk import DigitsForm
from enggang.accounts.limits import too_many, within_limit
from enggang.accounts.models import User
from enggang.core.actor import actor_of

METHOD = "desk_code"  # how the session remembers that its owner came by a code


@never_cache
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest, token: str) -> HttpResponse:
    if request.user.is_authenticated:
        return render(request, "accounts/desk_signed_in.html", {"here": request.path}, status=409)
    if not within_limit(request, "desk_code"):
        return too_many(request)
    if find_desk_code(token) is None:
        return _ended(request)
    form = DigitsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _try(request, token, form)
    return render(request, "accounts/desk.html", {"form": form})


def _try(request: HttpRequest, token: str, form: DigitsForm) -> HttpResponse:
    redemption = redeem_desk_code(token=token, pin=form.cleaned_data["pin"], actor=actor_of(request))
    if redemption.user is not None:
        return let_in(request, redemption.user, METHOD, reverse("account_set_password"))
    if not redemption.tries_left:
        return _ended(request)
    form.add_error("pin", _tries_left(redemption.tries_left))
    return render(request, "accounts/desk.html", {"form": form})


def let_in(request: HttpRequest, user: User, method: str, then: str) -> HttpResponse:
    """Sign in the way a password does: a new session key, and the second factor when the account has one."""
    record_authentication(request, user, method=method)
    response: HttpResponse = perform_login(request, Login(user=user, redirect_url=then))
    return response


def _ended(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/desk_ended.html", status=410)


def _tries_left(count: int) -> str:
    return " ".join(
        [
            _("These digits are not right."),
            ngettext("You have %(count)d more try.", "You have %(count)d more tries.", count) % {"count": count},
        ]
    )
