"""The numbers an agency decides, each with its source, on one page for administrators."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import answer_page, posted
from enggang.surveys import exports
from enggang.surveys.domain.settings import drop_setting, keep_setting
from enggang.surveys.forms.settings import SettingForm
from enggang.surveys.queries.settings import settings_of


def setting_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(Role.ADMINISTRATOR):
        raise Http404
    form = SettingForm(posted(request), actor=actor, initial={"valid_from": clock.today()})
    if form.is_bound and form.is_valid():
        keep_setting(actor=actor, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("surveys:settings")
    rows = settings_of(actor.paths(Role.ADMINISTRATOR))
    export, status = exports.SETTINGS.of(rows), 422 if form.is_bound else 200
    return answer_page(request, "surveys/settings.html", {"form": form, "rows": rows}, export, status=status)


@require_POST
def setting_drop(request: HttpRequest, row_id: int) -> HttpResponse:
    actor = actor_of(request)
    row = next((row for row in settings_of(actor.paths(Role.ADMINISTRATOR)) if row.pk == row_id), None)
    if row is None or not actor.holds_somewhere(Role.ADMINISTRATOR):
        raise Http404
    try:
        drop_setting(row=row, actor=actor)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Taken out. The number above it counts again."))
    return redirect("surveys:settings")
