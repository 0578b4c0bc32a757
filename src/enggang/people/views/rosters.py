from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from enggang.core.actor import Actor, actor_of
from enggang.core.acts import Refused, require
from enggang.core.models import Job
from enggang.core.tables import RequestConfig
from enggang.people import rules
from enggang.people.domain.rosters import upload_roster
from enggang.people.forms.rosters import RosterForm
from enggang.people.models import RosterImport
from enggang.people.reasons import say
from enggang.people.roster.workbooks import XLSX_TYPE, template_workbook
from enggang.people.tables import RosterTable, RowTable


@require_GET
@login_required
def roster_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(rules.may_see_rosters(actor))
    table = RosterTable(RosterImport.objects.visible_to(actor).select_related("subject", "organisation"))
    RequestConfig(request, paginate={"per_page": 30}).configure(table)
    return render(request, "people/rosters.html", {"table": table, "may_add": rules.may_add_people(actor)})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def roster_upload(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(rules.may_add_people(actor))
    form = RosterForm(request.POST or None, request.FILES or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            roster = upload_roster(
                organisation=data["organisation"], content=form.content, name=data["file"].name, actor=actor
            )
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            return redirect("people:roster", code=roster.code)
    return render(request, "people/roster_upload.html", {"form": form})


@require_GET
@login_required
def roster_detail(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    rows = RosterImport.objects.visible_to(actor).select_related("subject", "organisation", "job", "rejects__subject")
    roster = get_object_or_404(rows, subject__code=code)
    context = {
        "roster": roster,
        "job": _job_for(actor, roster),
        "rejected": RowTable(_lines(roster.rejected_rows), prefix="rejected-"),
        "warned": RowTable(_lines(roster.warned_rows), prefix="warned-"),
        "may_add": rules.may_manage_people_at(actor, roster.organisation.path),
    }
    return render(request, "people/roster.html", context)


def _job_for(actor: Actor, roster: RosterImport) -> Job | None:
    """The job, for those who may watch it while there is something to watch."""
    if roster.is_read or roster.job_id is None:
        return None
    return Job.objects.visible_to(actor).filter(pk=roster.job_id).first()


def _lines(kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**line, "why": " ".join(say(remark) for remark in line["remarks"])} for line in kept]


@require_GET
@login_required
def roster_template(request: HttpRequest) -> HttpResponse:
    headers = {"Content-Disposition": 'attachment; filename="daftar-pegawai.xlsx"'}
    return HttpResponse(template_workbook(), XLSX_TYPE, headers=headers)
