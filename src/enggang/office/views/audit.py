"""The audit trail, for those who inspect: within the organisations they answer for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from enggang.access.enums import Role
from enggang.accounts.models import User
from enggang.audit import exports
from enggang.audit.domain.trail import export_trail
from enggang.audit.forms import TrailForm
from enggang.audit.models import AuditEntry
from enggang.audit.queries.trail import Question, entries
from enggang.audit.tables import TrailTable
from enggang.core import clock
from enggang.core.actor import Actor, actor_of
from enggang.core.models import Subject
from enggang.core.spreadsheets import WRITERS
from enggang.core.tables import RequestConfig
from enggang.places.models import Organisation
from enggang.places.models.organisation import below_any

INSPECTS = (Role.ADMINISTRATOR, Role.LEADER, Role.INSPECTOR)


def may_inspect(actor: Actor) -> bool:
    return actor.holds_somewhere(*INSPECTS)


@login_required
@require_GET
def trail(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = TrailForm(request.GET)
    table = TrailTable(_entries(actor, form))
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    shown = [row.record for row in table.paginated_rows]
    table.names = _names(entry.user_id for entry in shown if entry.user_id)
    codes = {entry.subject_code for entry in shown if entry.subject_code}
    table.kinds = dict(Subject.objects.filter(code__in=codes).values_list("code", "kind"))
    return render(request, "office/audit.html", {"form": form, "table": table, "query": request.GET.urlencode()})


@login_required
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """What the page shows under the same question, as a file; that it left the house is in the trail too."""
    actor = actor_of(request)
    form_name = request.POST.get("form", "")
    if form_name not in WRITERS:
        raise Http404
    found = list(_entries(actor, TrailForm(request.GET))[: exports.LIMIT])
    names = _names(entry.user_id for entry in found if entry.user_id)
    rows = [exports.row_of(entry, names.get(entry.user_id or 0, "")) for entry in found]
    export_trail(actor=actor, count=len(rows), form=form_name)
    write, media_type = WRITERS[form_name]
    response = HttpResponse(write(_("Audit trail"), exports.header(), rows), content_type=media_type)
    name = f"jejak-{clock.today():%Y-%m-%d}.{form_name}"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _entries(actor: Actor, form: TrailForm) -> QuerySet[AuditEntry]:
    if not may_inspect(actor):
        raise Http404
    paths = actor.paths(*INSPECTS)
    codes: QuerySet[Any] | None = None
    if "/" not in paths:
        codes = Organisation.objects.filter(below_any(paths)).values("subject__code")
    return entries(_question(form), codes)


def _question(form: TrailForm) -> Question:
    """What is wrong in the form narrows nothing; its error stands beside the field."""
    form.is_valid()
    asked = form.cleaned_data
    who = asked.get("actor")
    users = list(User.objects.filter(name__icontains=who).values_list("pk", flat=True)[:500]) if who else None
    return Question(
        since=asked.get("since"),
        until=asked.get("until"),
        code=asked.get("code", ""),
        user_ids=users,
        subject_code=asked.get("subject", ""),
    )


def _names(ids: Iterable[int]) -> dict[int, str]:
    return dict(User.objects.filter(pk__in=set(ids)).values_list("pk", "name"))
