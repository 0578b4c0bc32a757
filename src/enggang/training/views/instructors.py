"""The pool of instructors, who teaches which session, and the page that tells each what, where and whom."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.access.domain.links import find_link
from enggang.access.enums import LinkScope
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page, posted
from enggang.files.views.sending import send_file
from enggang.people.models import Person
from enggang.training import exports_money as sheets
from enggang.training import rules
from enggang.training.domain import instructors as acts
from enggang.training.forms.money import AwayForm, EditInstructorForm, NewInstructorForm, PoolFilter, TeacherFormSet
from enggang.training.models import Instructor, Material, Session, Teaching, Wave
from enggang.training.queries.clashes import away_teachers, clashes
from enggang.training.queries.fees import fee_rows
from enggang.training.views.finding import PageEnded, find_managed_wave, tells_the_end

PER_PAGE = 30


def pool(request: HttpRequest) -> HttpResponse:
    """Everybody of the pool, and for the organiser the form that takes one more in."""
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.SEES_MONEY):
        raise Http404
    may_add = actor.holds_somewhere(*rules.MANAGERS)
    data = posted(request)
    if data is not None and not may_add:
        raise Http404
    form = NewInstructorForm(data, actor=actor)
    if form.is_bound and form.is_valid():
        try:
            made = acts.add_instructor(actor=actor, **form.cleaned_data)
        except (Refused, ValidationError) as error:
            form.add_error(None, _words(error))
        else:
            messages.success(request, _("Added."))
            return redirect("training:instructor", code=made.code)
    rows = Instructor.objects.visible_to(actor).select_related("person", "organisation", "subject")
    tags = sorted({tag for row in rows.only("expertise").select_related(None) for tag in row.tags}, key=str.casefold)
    wanted = PoolFilter(request.GET, tags=tags)
    asked = wanted.cleaned_data if wanted.is_valid() else {}
    rows = rows.matching(asked.get("text", "")).filter(expertise__icontains=asked.get("expertise", ""))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "filter_form": wanted, "form": form if may_add else None}
    export, status = sheets.INSTRUCTORS.of(rows), 422 if form.errors else 200
    return answer_page(request, "training/instructors.html", context, export, status=status)


def _words(error: Refused | ValidationError) -> str:
    return error.message if isinstance(error, Refused) else str(error.messages[0])


def _find(request: HttpRequest, code: str) -> Instructor:
    rows = Instructor.objects.visible_to(actor_of(request)).select_related("person", "organisation__subject", "subject")
    return get_object_or_404(rows, subject__code=code)


def _find_managed(request: HttpRequest, code: str) -> Instructor:
    found = _find(request, code)
    if not rules.may_manage(actor_of(request), found.organisation):
        raise Http404
    return found


@require_http_methods(LIST_METHODS)
def instructor(request: HttpRequest, code: str) -> HttpResponse:
    row = _find(request, code)
    return _instructor_page(request, row)


def _instructor_page(request: HttpRequest, row: Instructor, **bound: Any) -> HttpResponse:
    export = sheets.AWAY.of(list(row.away.all()), about=row.subject)
    context, status = _context(request, row, **bound), 422 if bound else 200
    return answer_page(request, "training/instructor.html", context, export, status=status)


def _context(request: HttpRequest, row: Instructor, **bound: Any) -> dict[str, Any]:
    names = ("version", "expertise", "teacher_origin", "rank_group", "tax_status", "active")
    may_manage = rules.may_manage(actor_of(request), row.organisation)
    return {
        "instructor": row,
        "may_manage": may_manage,
        "form": EditInstructorForm(initial={name: getattr(row, name) for name in names}) if may_manage else None,
        "away_form": AwayForm(),
        "briefing": briefing_of(row),
        **bound,
    }


@require_POST
def instructor_edit(request: HttpRequest, code: str) -> HttpResponse:
    row = _find_managed(request, code)
    form = EditInstructorForm(request.POST)
    if form.is_valid():
        try:
            acts.change_instructor(instructor=row, actor=actor_of(request), **form.cleaned_data)
        except (Refused, ValidationError) as error:
            form.add_error(None, _words(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("training:instructor", code=code)
    return _instructor_page(request, row, form=form)


@require_POST
def instructor_away(request: HttpRequest, code: str) -> HttpResponse:
    row = _find(request, code)
    form = AwayForm(request.POST)
    if form.is_valid():
        try:
            acts.mark_away(instructor=row, actor=actor_of(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("training:instructor", code=code)
    return _instructor_page(request, row, away_form=form)


@require_POST
def instructor_back(request: HttpRequest, code: str, away_id: int) -> HttpResponse:
    away = get_object_or_404(
        _find(request, code).away.select_related("instructor__person", "instructor__organisation"), pk=away_id
    )
    acts.unmark_away(away=away, actor=actor_of(request))
    messages.success(request, _("Removed."))
    return redirect("training:instructor", code=code)


@require_POST
@never_cache
def instructor_page(request: HttpRequest, code: str) -> HttpResponse:
    """A private address for an instructor without an account; shown once."""
    row = _find_managed(request, code)
    token = acts.hand_out_briefing(instructor=row, actor=actor_of(request))
    address = request.build_absolute_uri(reverse("training:briefing", args=[token]))
    return render(request, "training/instructor.html", _context(request, row, address=address))


@require_GET
@never_cache
@tells_the_end
def briefing(request: HttpRequest, token: str) -> HttpResponse:
    link = find_link(token[:100], LinkScope.BRIEFING)
    if link is None:
        raise PageEnded(LinkScope.BRIEFING)
    row = get_object_or_404(Instructor.objects.select_related("person", "organisation"), subject=link.subject)
    return render(request, "training/briefing.html", {"instructor": row, "briefing": briefing_of(row, token)})


@require_GET
@never_cache
@tells_the_end
def briefing_material(request: HttpRequest, token: str, material_id: int) -> HttpResponseBase:
    """A file of a wave in which the instructor teaches."""
    link = find_link(token[:100], LinkScope.BRIEFING)
    if link is None:
        raise PageEnded(LinkScope.BRIEFING)
    row = get_object_or_404(Instructor.objects.select_related("person", "organisation"), subject=link.subject)
    mine = (material for part in briefing_of(row) for material, _href in part["materials"])
    found = next((material for material in mine if material.pk == material_id), None)
    if found is None or found.upload is None or found.upload.file is None:
        raise Http404
    return send_file(request, found.upload.file)


def _materials(part: dict[str, Any], token: str) -> list[tuple[Material, str]]:
    """Those of the whole wave and of the own sessions, each with its address."""
    own = {session.pk for session in part["sessions"]}
    rows = [row for row in part["wave"].materials.shown() if row.session_id is None or row.session_id in own]
    return [(row, _address(row, part["wave"].code, token)) for row in rows]


def _address(row: Material, code: str, token: str) -> str:
    if row.link:
        return row.link
    if row.upload is None or row.upload.file is None:
        return ""
    args = [token, row.pk] if token else [code, row.pk]
    return reverse("training:briefing_material" if token else "training:material_file", args=args)


def briefing_of(row: Instructor, token: str = "") -> list[dict[str, Any]]:
    """Per wave: the sessions, the materials, and how the honorarium stands. ``token``: of the private address."""
    sessions = Session.objects.planned().filter(wave__organisation=row.organisation)
    mine = sessions.taught_by(row.person).with_places()
    waves: dict[int, dict[str, Any]] = {}
    for session in mine.order_by("day", "begins", "pk").select_related("wave__organisation", "wave__subject"):
        waves.setdefault(session.wave_id, {"wave": session.wave, "sessions": []})["sessions"].append(session)
    for part in waves.values():
        part["materials"] = _materials(part, token)
        part["fee"] = next((fee for fee in fee_rows(part["wave"]) if fee.person.pk == row.person_id), None)
    return list(waves.values())


def assignment(request: HttpRequest, code: str) -> HttpResponse:
    """Who teaches each session of a wave, and as what; clashes are said, and stay until they are settled."""
    wave = find_managed_wave(request, code)
    sessions = list(wave.sessions.planned().with_places())
    people = _askable(wave, sessions)
    if request.method == "POST":
        try:
            _assign(request, sessions, people)
        except Refused as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, _("Saved."))
        return redirect("training:assignment", code=code)
    lines = [(row, _teachers(row, people)) for row in sessions]
    context = {"wave": wave, "lines": lines, "clashes": clashes(wave), "away": away_teachers(wave)}
    return render(request, "training/assignment.html", context)


def _askable(wave: Wave, sessions: list[Session]) -> dict[str, Person]:
    """By code: whoever can be asked, and whoever is named already."""
    pool = Instructor.objects.filter(organisation=wave.organisation, active=True).values("person")
    named = Teaching.objects.filter(session__in=sessions).values("person")
    rows = Person.objects.filter(pk__in=pool) | Person.objects.filter(pk__in=named)
    return {row.code: row for row in rows.select_related("subject").order_by("name_key", "pk")}


def _teachers(row: Session, people: dict[str, Person]) -> Any:
    codes = {person.pk: code for code, person in people.items()}
    initial = [{"person": codes.get(each.person_id), "role": each.role} for each in row.teachings.all()]
    return TeacherFormSet(initial=initial, prefix=f"s{row.pk}", form_kwargs={"people": people})


def _assign(request: HttpRequest, sessions: list[Session], people: dict[str, Person]) -> None:
    chosen = next((row for row in sessions if str(row.pk) == request.POST.get("session")), None)
    version = request.POST.get("version", "")
    if chosen is None or not version.isdecimal() or len(version) > 9:
        raise Refused(_("Choose a session and somebody of the pool."))
    rows = TeacherFormSet(request.POST, prefix=f"s{chosen.pk}", form_kwargs={"people": people})
    if not rows.is_valid():
        raise Refused(_("Choose a session and somebody of the pool."))
    named = [each for form in rows.forms if (each := form.named() if form.cleaned_data else None)]
    acts.assign_instructors(session=chosen, version=int(version), teachers=named, actor=actor_of(request))
