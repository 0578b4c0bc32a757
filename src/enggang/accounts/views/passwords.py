"""A first or new password for somebody who has just shown otherwise who they are."""

from __future__ import annotations

import time

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from enggang.accounts.domain.passwords import set_password
from enggang.accounts.forms.sign_in import NewPasswordForm
from enggang.accounts.models import User
from enggang.accounts.views.desk import METHOD
from enggang.core.actor import actor_of

FRESH_SECONDS = 15 * 60


@login_required
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: HttpRequest) -> HttpResponse:
    """Set a password without the old one: only when there is none, or right after a code from the desk."""
    user = request.user
    assert isinstance(user, User)
    if user.has_usable_password() and not came_by_code(request, user):
        return redirect("account_change_password")
    form = NewPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _keep(request, user, form.cleaned_data["password1"])
    context = {"form": form, "handles": user.handles.order_by("pk"), "later": resolve_url(settings.LOGIN_REDIRECT_URL)}
    return render(request, "account/password_set.html", context)


def _keep(request: HttpRequest, user: User, password: str) -> HttpResponse:
    changed = set_password(user=user, password=password, actor=actor_of(request))
    update_session_auth_hash(request, changed)
    messages.success(request, _("Your password is set. Next time you can sign in with it."))
    return HttpResponseRedirect(resolve_url(settings.LOGIN_REDIRECT_URL))


def came_by_code(request: HttpRequest, user: User) -> bool:
    """Whether this session began with a code from the desk within the last quarter of an hour."""
    records = get_authentication_records(request, user)
    return any(each["method"] == METHOD and time.time() - each["at"] < FRESH_SECONDS for each in records)
