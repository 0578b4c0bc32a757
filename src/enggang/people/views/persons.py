from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.core import clock
from enggang.core.actor import actor_of
from enggang.core.acts import Refused, require
from enggang.core.tables import answer_list
from enggang.people import rules
from enggang.people.domain.accounts import may_let_person_in
from enggang.people.domain.answering import ask_again, confirm_person, deny_person
from enggang.people.domain.employments import drop_plans, release_person, set_employment, set_superior
from enggang.people.domain.exporting import export_everything
from enggang.people.domain.history import add_past, change_past, drop_past
from enggang.people.domain.merging import merge_persons, undo_merge
from enggang.people.domain.persons import add_person, change_person, complete_nip, note_export, reveal_nip
from enggang.people.enums import Standing
from enggang.people.exports import people_workbook
from enggang.people.filters import PersonFilter
from enggang.people.forms.persons import (
    AddPersonForm,
    ChangePersonForm,
    EmploymentForm,
    MergeForm,
    NipForm,
    PastForm,
    ReleaseForm,
    SuperiorForm,
)
from enggang.people.models import Employment, Merge, Person
from enggang.people.queries.persons import needs_nip, path_of, present_of, with_present
from enggang.people.roster.workbooks import XLSX_TYPE
from enggang.people.tables import EmploymentTable, PersonTable, account_badge
from enggang.places.models import Organisation

page = require_http_methods(["GET", "HEAD", "POST"])


def _kept_of(request: HttpRequest, code: str) -> Person | None:
    """The record with which the one of this code has been made one."""
    gone = Person.objects.filter(subject__code=code, merged_into__isnull=False).first()
    rows = Person.objects.visible_to(actor_of(request)).select_related("subject")
    return rows.filter(merged_from=gone).first() if gone else None


def find_person(request: HttpRequest, code: str) -> Person:
    return get_object_or_404(with_present(Person.objects.visible_to(actor_of(request))), subject__code=code)


def _find_own(request: HttpRequest, code: str) -> Person:
    """A person whom the actor may change; others are told so before they type anything."""
    person = find_person(request, code)
    require(rules.may_manage_people_at(actor_of(request), path_of(person)))
    return person


@page
@login_required
def person_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(rules.may_list_people(actor))
    found = PersonFilter(request.GET, queryset=Person.objects.visible_to(actor), actor=actor)
    may_export = rules.may_see_rosters(actor)
    context = {
        "table": PersonTable(with_present(found.qs)),
        "filter": found,
        "may_add": rules.may_add_people(actor),
        "may_export": may_export,
        "agency": found.agency,
    }
    return answer_list(request, "people/list.html", context, name=_("People"), exports=may_export)


@require_POST
@login_required
def person_export(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(rules.may_see_rosters(actor))
    found = PersonFilter(request.GET, queryset=Person.objects.visible_to(actor), actor=actor)
    content, count = people_workbook(found.qs, actor)
    note_export(count=count, organisation=found.agency, actor=actor)
    name = _("people {day}").format(day=clock.today().isoformat())
    return HttpResponse(content, XLSX_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'})


@page
@login_required
def person_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(rules.may_add_people(actor))
    form = AddPersonForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            person = add_person(actor=actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            _tell(request, _("{name} is on record.").format(name=person.name), form.warnings)
            return redirect("people:detail", code=person.code)
    return render(request, "people/form.html", {"form": form, "heading": _("Add a person")})


def _tell(request: HttpRequest, done: str, warnings: list[str]) -> None:
    messages.success(request, done)
    for warning in warnings:
        messages.warning(request, warning)


@require_GET
@login_required
def person_detail(request: HttpRequest, code: str) -> HttpResponse:
    if kept := _kept_of(request, code):
        return redirect("people:detail", code=kept.code)
    return _person_page(request, find_person(request, code))


@require_POST
@never_cache
@login_required
def person_nip(request: HttpRequest, code: str) -> HttpResponse:
    """The same page with the NIP in full: asked for by POST, because the reading is noted."""
    person = find_person(request, code)
    return _person_page(request, person, nip=reveal_nip(person=person, actor=actor_of(request)))


def _person_page(request: HttpRequest, person: Person, *, nip: str = "") -> HttpResponse:
    actor, path, row = actor_of(request), path_of(person), present_of(person)
    may_read = rules.may_read_nip(actor, path, person.user_id)
    past = person.employments.select_related("organisation", "person__subject")
    may_manage = rules.may_manage_people_at(actor, path)
    context = {
        "person": person,
        "present": row,
        "facts": _facts(person, nip, may_read=may_read),
        "work": _work(person),
        "history": EmploymentTable(past, exclude=() if may_manage else ("past",)),
        "coming": [each for each in past if each.is_upcoming],
        "account": account_badge(person),
        "asked": _asked_about(person),
        "may_manage": may_manage,
        "may_let_in": may_let_person_in(actor, person),
        "needs_nip": needs_nip(person),
        "may_complete": person.user_id == actor.user_id or rules.may_manage_people_at(actor, path),
        "merges": Merge.objects.visible_to(actor).filter(kept=person, undone_at=None).select_related("subject", "gone"),
        "offers_nip": may_read and person.nip and not nip,
    }
    return render(request, "people/detail.html", context)


def _facts(person: Person, nip: str, *, may_read: bool) -> list[tuple[str, Any]]:
    facts = [(_("NIP"), nip or person.masked_nip or _("none"))]
    if may_read:
        facts += [(_("Mobile number"), person.shown_phone), (_("E-mail"), person.email)]
    return facts


def _work(person: Person) -> list[tuple[str, Any]]:
    row = present_of(person)
    if row is None:
        return []
    return [
        (_("Agency"), row.organisation.name),
        (_("Unit"), row.unit),
        (_("Post"), row.post),
        (_("Kind of post"), row.post_type or ""),
        (_("Rank and grade"), row.rank),
        (_("Status"), row.get_kind_display()),
        (_("Superior"), row.superior.name if row.superior else ""),
        (_("Since"), row.starts_on),
    ]


@page
@login_required
def person_edit(request: HttpRequest, code: str) -> HttpResponse:
    person, actor = _find_own(request, code), actor_of(request)
    form = ChangePersonForm(request.POST or None, initial=ChangePersonForm.initial_of(person))
    if request.method == "GET" and person.nip:
        reveal_nip(person=person, actor=actor)  # the form holds it in full, so this reading is noted too
    if request.method == "POST" and form.is_valid():
        try:
            change_person(person=person, actor=actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            _tell(request, _("Saved."), form.warnings)
            return redirect("people:detail", code=code)
    return _form_page(request, form, person, _("Change details"))


@page
@login_required
def person_employment(request: HttpRequest, code: str) -> HttpResponse:
    person, actor = _find_own(request, code), actor_of(request)
    initial = EmploymentForm.initial_of(person, present_of(person))
    form = EmploymentForm(request.POST or None, initial=initial, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            set_employment(person=person, actor=actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _placed(form.cleaned_data["starts_on"]))
            return redirect("people:detail", code=code)
    return _form_page(request, form, person, _("Change post or agency"))


def _placed(day: date) -> str:
    if day > clock.today():
        return _("On record from {day}. Until then everything stays as it is.").format(day=date_format(day))
    return _("The employment is on record; the one before stays in the history.")


@page
@login_required
def person_superior(request: HttpRequest, code: str) -> HttpResponse:
    person, actor = _find_own(request, code), actor_of(request)
    form = SuperiorForm(request.POST or None, initial={"version": person.version}, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            set_superior(person=person, superior=form.superior, version=form.cleaned_data["version"], actor=actor)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("people:detail", code=code)
    return _form_page(request, form, person, _("Name the superior"))


@page
@login_required
def person_release(request: HttpRequest, code: str) -> HttpResponse:
    person, actor = _find_own(request, code), actor_of(request)
    initial = {"version": person.version, "last_day": clock.today()}
    form = ReleaseForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            release_person(person=person, actor=actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _released(form.cleaned_data["last_day"]))
            return redirect("people:detail", code=code)
    return _form_page(request, form, person, _("Release to another agency"))


def _released(day: date) -> str:
    if day > clock.today():
        return _("The last day is {day}. Until then everything stays as it is.").format(day=date_format(day))
    return _("Released. Another agency can now take this person up; the record stays.")


@require_POST
@login_required
def person_drop_plans(request: HttpRequest, code: str) -> HttpResponse:
    """Nothing is agreed for later any more: the person goes on as now."""
    person = _find_own(request, code)
    drop_plans(person=person, version=person.version, actor=actor_of(request))
    messages.success(request, _("Taken back. Everything stays as it is now."))
    return redirect("people:detail", code=code)


@page
@login_required
def past_new(request: HttpRequest, code: str) -> HttpResponse:
    """An employment that is over, added to the history."""
    person, actor = _find_own(request, code), actor_of(request)
    form = PastForm(request.POST or None, initial=PastForm.initial_of(person, None), actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            add_past(person=person, actor=actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The past employment is on record."))
            return redirect("people:detail", code=code)
    return _form_page(request, form, person, _("Add a past employment"))


@page
@login_required
def past_edit(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    person, actor = _find_own(request, code), actor_of(request)
    row = _past_of(person, row_id)
    form = PastForm(request.POST or None, initial=PastForm.initial_of(person, row), actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            change_past(employment=row, actor=actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("people:detail", code=code)
    context = {"form": form, "person": person, "heading": _("Correct a past employment"), "drops": row}
    return render(request, "people/form.html", context)


@require_POST
@login_required
def past_drop(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    person = _find_own(request, code)
    version = request.POST.get("version", "")
    try:
        if not version.isdecimal() or len(version) > 9:
            raise Refused(_("Reload the page and try again."))
        drop_past(employment=_past_of(person, row_id), version=int(version), actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The past employment is removed. It can be added again on this page."))
    return redirect("people:detail", code=code)


def _past_of(person: Person, row_id: int) -> Employment:
    row = get_object_or_404(person.employments.select_related("organisation__subject"), pk=row_id)
    row.person = person
    return row


@page
@login_required
def person_complete(request: HttpRequest, code: str) -> HttpResponse:
    """The NIP that a list had lost, typed by the person or by their coordinator."""
    person, actor = find_person(request, code), actor_of(request)
    require(person.user_id == actor.user_id or rules.may_manage_people_at(actor, path_of(person)))
    form = NipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            complete_nip(person=person, nip=form.cleaned_data["nip"], actor=actor)
        except Refused as refused:
            form.add_error("nip", refused.message)
        else:
            messages.success(request, _("The NIP is on record."))
            return redirect("people:detail", code=code)
    return _form_page(request, form, person, _("Complete the NIP"))


@require_POST
@login_required
def person_confirm(request: HttpRequest, code: str) -> HttpResponse:
    """The agency's own people say that somebody entered at a desk is theirs."""
    return _answered(request, code, confirm_person, _("Confirmed. This person is on your list now."))


@require_POST
@login_required
def person_deny(request: HttpRequest, code: str) -> HttpResponse:
    reason = request.POST.get("reason", "")
    done = _("Noted. The organiser is told; you can take it back on this page.")
    return _answered(request, code, partial(deny_person, reason=reason), done)


@require_POST
@login_required
def person_ask(request: HttpRequest, code: str) -> HttpResponse:
    return _answered(request, code, ask_again, _("Taken back. This person is to be confirmed again."))


def _answered(request: HttpRequest, code: str, answer: Callable[..., object], done: str) -> HttpResponse:
    person = _find_own(request, code)
    employment = _asked_about(person)
    try:
        if employment is None:
            raise Refused(_("This has been answered already."))
        answer(employment=employment, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, done)
    return redirect("people:detail", code=code)


def _asked_about(person: Person) -> Employment | None:
    """The employment for which the agency is asked, or has said that it is none."""
    rows = person.employments.select_related("organisation", "person__subject")
    asked = rows.present().to_confirm().first()
    return asked or (None if present_of(person) else rows.filter(standing=Standing.DENIED).first())


@page
@login_required
def person_merge(request: HttpRequest, code: str) -> HttpResponse:
    """Another record of the same person comes into this one."""
    person, actor = _find_own(request, code), actor_of(request)
    form = MergeForm(request.POST or None, actor=actor, person=person)
    if request.method == "POST" and form.is_valid() and form.superior:
        try:
            merge_persons(kept=person, gone=form.superior, actor=actor)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The two records are one now. It can be undone on this page."))
            return redirect("people:detail", code=code)
    return _form_page(request, form, person, _("Bring two records together"))


@require_POST
@login_required
def person_part(request: HttpRequest, code: str) -> HttpResponse:
    """Undo a merge, by its code."""
    actor = actor_of(request)
    rows = Merge.objects.visible_to(actor).select_related("subject", "kept__subject", "gone__subject")
    merge = get_object_or_404(rows, subject__code=code)
    undo_merge(merge=merge, actor=actor)
    messages.success(request, _("They are two records again."))
    return redirect("people:detail", code=merge.kept.code)


@require_POST
@login_required
def export_all(request: HttpRequest) -> HttpResponse:
    """Everything of one agency and all below it, as one workbook, made in the background."""
    actor = actor_of(request)
    rows = Organisation.objects.held_by(actor, *rules.SEES_ROSTERS).select_related("subject")
    agency = get_object_or_404(rows, subject__code=request.POST.get("organisation", ""))
    job = export_everything(organisation=agency, actor=actor)
    return redirect(f"{reverse('core:job', args=[job.code])}?back={reverse('people:list')}")


def _form_page(request: HttpRequest, form: Any, person: Person, heading: str) -> HttpResponse:
    return render(request, "people/form.html", {"form": form, "person": person, "heading": heading})
