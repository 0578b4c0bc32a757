"""My account: what I sign in with, how it is protected, what I hold."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from enggang.access.models import RoleGrant
from enggang.accounts.adapter import remember_language
from enggang.accounts.domain.accounts import set_language, sign_out_everywhere
from enggang.accounts.forms.account import LanguageForm
from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import actor_of


@login_required
@require_GET
def my_account(request: HttpRequest) -> HttpResponse:
    user = _me(request)
    grants = RoleGrant.objects.running(clock.today()).filter(user=user).select_related("organisation")
    context = {
        "me": user,
        "handles": user.handles.order_by("kind", "pk"),
        "grants": grants.order_by("role", "organisation__path"),
        "second_step": is_mfa_enabled(user),
        "language_form": LanguageForm(initial={"language": user.language}),
    }
    return render(request, "access/account.html", context)


@login_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    form = LanguageForm(request.POST)
    response = redirect("access:account")
    if form.is_valid():
        user = set_language(user=_me(request), language=form.cleaned_data["language"], actor=actor_of(request))
        remember_language(response, user.language)
        messages.success(request, _("From now on pages and messages are in this language."))
    return response


@login_required
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Everywhere else: whoever presses this wants to go on working here."""
    user = sign_out_everywhere(user=_me(request), actor=actor_of(request))
    update_session_auth_hash(request, user)
    messages.success(request, _("All other devices are signed out."))
    return redirect("access:account")


def _me(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
