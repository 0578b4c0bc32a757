from __future__ import annotations

from operator import itemgetter
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.core.actor import Actor, actor_of
from enggang.core.acts import NotAllowed, Refused, require
from enggang.core.models import Job
from enggang.core.tables import LIST_METHODS, answer_list
from enggang.people import rules
from enggang.people.domain.rosters import accept_roster, map_roster, upload_roster
from enggang.people.domain.undoing import say_why, want_undo
from enggang.people.forms.rosters import AnswerForm, MappingForm, RosterForm
from enggang.people.models import RosterImport
from enggang.people.reasons import say
from enggang.people.roster.columns import FIELD_LABELS, label_of
from enggang.people.roster.workbooks import XLSX_TYPE, template_workbook
from enggang.people.tables import LINES, RosterTable, RowTable, SampleTable


@require_http_methods(LIST_METHODS)
@login_required
def roster_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(rules.may_see_rosters(actor))
    table = RosterTable(RosterImport.objects.visible_to(actor).select_related("subject", "organisation"))
    context = {"table": table, "may_add": rules.may_add_people(actor)}
    return answer_list(request, "people/rosters.html", context, name=_("Rosters"), per_page=30)


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


def _find(actor: Actor, code: str) -> RosterImport:
    rows = RosterImport.objects.visible_to(actor).select_related(
        "subject", "organisation__subject", "job", "source", "rejects__subject"
    )
    return get_object_or_404(rows, subject__code=code)


@require_GET
@login_required
def roster_detail(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, _find(actor_of(request), code))


def _page(request: HttpRequest, roster: RosterImport, **more: Any) -> HttpResponse:
    actor = actor_of(request)
    may_add = rules.may_manage_people_at(actor, roster.organisation.path)
    context: dict[str, Any] = {
        "roster": roster,
        "job": _job_for(actor, roster),
        "rejected": _table(roster.rejected_rows, "rejected-"),
        "warned": _table(roster.warned_rows, "warned-"),
        "may_add": may_add,
        "undone": [{**row, "why": say_why(row["why"])} for row in roster.undone_rows],
    }
    if roster.is_checked:
        context |= _preview(roster, more, may_add=may_add)
    return render(request, "people/roster.html", {**context, **more})


def _preview(roster: RosterImport, given: dict[str, Any], *, may_add: bool) -> dict[str, Any]:
    preview = _spoken(roster.preview)
    mapping = given.get("mapping") or MappingForm(preview=preview)
    return {
        "preview": preview,
        "sheets": [_sheet(page, mapping) for page in preview["pages"]],
        "mapping": mapping,
        "answers": given.get("answers") or AnswerForm(preview=preview, initial={"without_nip": False}),
        "unsure": not all(page["certain"] for page in preview["pages"] if page["taken"]),
        "from_memory": any(page.get("remembered") for page in preview["pages"] if page["taken"]),
        "may_import": may_add and roster.counts["rows"] > 0,
    }


def _spoken(preview: dict[str, Any]) -> dict[str, Any]:
    """The doubts in words, in the reader's language."""
    doubts = [{**each, "why": [say(remark) for remark in each["remarks"]]} for each in preview.get("doubts", [])]
    return {"pages": [], "lost": 0, "questions": [], "moves": [], **preview, "doubts": doubts}


def _sheet(page: dict[str, Any], mapping: MappingForm) -> dict[str, Any]:
    meant = sorted(page["columns"].items(), key=itemgetter(1))
    labels = page["labels"]
    return {
        **page,
        "known": [{"field": FIELD_LABELS[name], "label": label_of(labels, index)} for name, index in meant],
        "unread": [label for index, label in enumerate(labels) if label and index not in page["columns"].values()],
        "table": SampleTable(page["samples"], prefix=f"s{page['index']}-"),
        "fields": mapping.fields_of(page) if page["is_list"] else [],
        "left_out": [{"row": row, "text": text, "why": LINES[why]} for row, text, why, _doubtful in page["passed"]],
    }


@require_POST
@login_required
def roster_map(request: HttpRequest, code: str) -> HttpResponse:
    """Other columns or sheets are meant: read and show it anew."""
    actor, roster = actor_of(request), _find(actor_of(request), code)
    form = MappingForm(request.POST, preview=roster.preview)
    if form.is_valid():
        try:
            map_roster(roster=roster, sheets=form.chosen_sheets, columns=form.columns, actor=actor)
        except NotAllowed:
            raise
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            return redirect("people:roster", code=code)
    return _page(request, roster, mapping=form)


@require_POST
@login_required
def roster_accept(request: HttpRequest, code: str) -> HttpResponse:
    """Read it in, with the answers given."""
    actor, roster = actor_of(request), _find(actor_of(request), code)
    form = AnswerForm(request.POST, preview=_spoken(roster.preview))
    if form.is_valid():
        accept_roster(roster=roster, choice=form.choice, actor=actor)
        return redirect("people:roster", code=code)
    return _page(request, roster, answers=form)


@require_POST
@login_required
def roster_undo(request: HttpRequest, code: str) -> HttpResponse:
    """Take the import back, in the background."""
    actor, roster = actor_of(request), _find(actor_of(request), code)
    back = reverse("people:roster", args=[code])
    try:
        job = want_undo(roster=roster, actor=actor)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect(back)
    return redirect(f"{reverse('core:job', args=[job.code])}?back={back}")


def _job_for(actor: Actor, roster: RosterImport) -> Job | None:
    """The job, for those who may watch it while there is something to watch."""
    if roster.is_read or roster.job_id is None:
        return None
    return Job.objects.visible_to(actor).filter(pk=roster.job_id).first()


def _table(kept: list[dict[str, Any]], prefix: str) -> RowTable:
    lines = [{**line, "why": " ".join(say(remark) for remark in line["remarks"])} for line in kept]
    return RowTable(lines, prefix=prefix, exclude=() if any("page" in line for line in kept) else ("page",))


@require_GET
@login_required
def roster_template(request: HttpRequest) -> HttpResponse:
    headers = {"Content-Disposition": 'attachment; filename="daftar-pegawai.xlsx"'}
    return HttpResponse(template_workbook(), XLSX_TYPE, headers=headers)
