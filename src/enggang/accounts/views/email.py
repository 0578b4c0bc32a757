"""E-mail addresses to sign in with: ask, confirm from the mailbox, take off."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from enggang.accounts.domain.handles import ask_email, confirm_email, read_email_token, remove_email
from enggang.accounts.enums import HandleKind
from enggang.accounts.forms.account import EmailForm
from enggang.accounts.limits import too_many, within_limit
from enggang.accounts.models import Handle, User
from enggang.core.actor import actor_of
from enggang.core.acts import Refused

View = Callable[..., HttpResponse]
again: Callable[[View], View] = reauthentication_required(app="allauth.account")


@login_required
@again
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def addresses(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    form = EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not within_limit(request, "add_email", form.cleaned_data["email"].lower()):
            return too_many(request)
        if _asked(request, user, form):
            return redirect("account_email")
    return render(request, "account/email.html", {"form": form, "handles": _own(user)})


def _asked(request: HttpRequest, user: User, form: EmailForm) -> bool:
    try:
        address = ask_email(user=user, address=form.cleaned_data["email"], actor=actor_of(request))
    except Refused as refused:
        form.add_error("email", refused.message)
        return False
    messages.info(request, _("A link was sent to {address}. Open it there within a day.").format(address=address))
    return True


@login_required
@again
@require_POST
def remove_address(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    handle = get_object_or_404(_own(user), value=request.POST.get("email", "").replace("\x00", ""))
    remove_email(handle=handle, actor=actor_of(request))
    messages.success(request, _("{address} no longer signs in.").format(address=handle.value))
    return redirect("account_email")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """Only the button confirms: a mail scanner that opens every link must not."""
    try:
        user, address = read_email_token(token)
        if request.method == "POST":
            confirm_email(token=token, actor=actor_of(request))
    except Refused as refused:
        return render(request, "accounts/email_confirm.html", {"problem": refused.message}, status=410)
    context = {"name": user.name, "address": address, "done": request.method == "POST"}
    return render(request, "accounts/email_confirm.html", context)


def _own(user: User) -> QuerySet[Handle]:
    return Handle.objects.filter(user=user, kind=HandleKind.EMAIL).order_by("pk")
