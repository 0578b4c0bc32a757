"""Who holds which role, given and ended by administrators of the subtree."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from enggang.access.domain.grants import end_role, grant_role
from enggang.access.domain.invitations import invite_user
from enggang.access.enums import Role
from enggang.access.forms.grant import GrantFilterForm, GrantForm
from enggang.access.models import RoleGrant
from enggang.access.models.grant import RoleGrantQuerySet
from enggang.access.rules import may_see_roles
from enggang.access.tables import GrantTable
from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import actor_of
from enggang.core.acts import Refused, require
from enggang.core.tables import LIST_METHODS, answer_list


@login_required
@require_http_methods(LIST_METHODS)
def grant_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(may_see_roles(actor))
    form = GrantFilterForm(request.GET)
    rows = RoleGrant.objects.visible_to(actor).running(clock.today()).select_related("user", "organisation")
    table = GrantTable(_filtered(rows, form).order_by("organisation__path", "role", "user__name"))
    return answer_list(request, "access/roles.html", {"table": table, "form": form}, name=_("Roles"))


def _filtered(rows: RoleGrantQuerySet, form: GrantFilterForm) -> RoleGrantQuerySet:
    if not form.is_valid():
        return rows
    text, role = form.cleaned_data["text"], form.cleaned_data["role"]
    if text:
        rows = rows.filter(Q(user__name__icontains=text) | Q(organisation__name__icontains=text))
    return rows.filter(role=role) if role else rows


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def grant_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(may_see_roles(actor))
    user = _named_user(request)
    form = GrantForm(request.POST or None, actor=actor, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            _give(request, form)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            return redirect("access:roles")
    return render(request, "access/grant_new.html", {"form": form, "named": user})


def _named_user(request: HttpRequest) -> User | None:
    """The account that another page named by its code."""
    code = request.GET.get("akun", "").replace("\x00", "")
    return get_object_or_404(User, username=code) if code else None


def _give(request: HttpRequest, form: GrantForm) -> None:
    data, user = form.cleaned_data, form.user
    assert user is not None
    grant = grant_role(
        user=user,
        role=Role(data["role"]),
        organisation=data["organisation"],
        valid_to=data["valid_to"],
        actor=actor_of(request),
    )
    words = {"name": user.name, "role": grant.get_role_display()}
    messages.success(request, _("{name} is now {role}.").format(**words))
    user.refresh_from_db()
    if not user.has_usable_password():
        text = _("Nothing opens this account yet, earlier passwords neither. Send {name} an invitation.")
        messages.warning(request, text.format(**words))


@login_required
@require_POST
def grant_end(request: HttpRequest, code: str) -> HttpResponse:
    grant = get_object_or_404(RoleGrant.objects.visible_to(actor_of(request)).select_related("user"), code=code)
    try:
        end_role(grant=grant, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        words = {"name": grant.user.name, "role": grant.get_role_display()}
        messages.success(request, _("{name} is no longer {role}.").format(**words))
    return redirect("access:roles")


@login_required
@never_cache
@require_POST
def invite(request: HttpRequest, code: str) -> HttpResponse:
    """The invitation is shown once: its address is not kept."""
    grants = RoleGrant.objects.visible_to(actor_of(request)).running(clock.today())
    grant = grants.select_related("user").filter(user__username=code).first()
    if grant is None:
        raise Http404
    try:
        invitation = invite_user(user=grant.user, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("access:roles")
    return render(request, "access/invitation_made.html", {"invitation": invitation, "invited": grant.user})
