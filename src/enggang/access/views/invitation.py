"""The invited person's page. Opening it uses nothing up, and it tells no name."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from enggang.access.domain.invitations import accept_invitation, invited_user
from enggang.access.domain.links import find_link, hashed
from enggang.access.enums import LinkScope
from enggang.access.forms.invitation import AcceptForm
from enggang.accounts.limits import too_many, within_limit
from enggang.accounts.models import User
from enggang.accounts.views.desk import let_in
from enggang.core.actor import actor_of
from enggang.core.acts import Refused


@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    if request.user.is_authenticated:
        return render(request, "accounts/desk_signed_in.html", {"here": request.path}, status=409)
    if not within_limit(request, "invitation", hashed(token)):
        return too_many(request)
    user = invited_user(find_link(token, LinkScope.INVITATION))
    if user is None:
        return render(request, "access/invitation_ended.html", status=410)
    form = AcceptForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        accepted = _accept(request, token, form)
        if accepted is not None:
            return let_in(request, accepted, "invitation", resolve_url(settings.LOGIN_REDIRECT_URL))
    return render(request, "access/invitation.html", {"form": form})


def _accept(request: HttpRequest, token: str, form: AcceptForm) -> User | None:
    encoded = make_password(form.cleaned_data["password1"])
    try:
        return accept_invitation(
            token=token, login=form.cleaned_data["login"], encoded=encoded, actor=actor_of(request)
        )
    except Refused as refused:
        form.add_error(None, refused.message)
        return None
