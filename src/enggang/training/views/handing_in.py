"""Assignments on the participant's page, signed in or by the private address: brief, handing in, feedback, licence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from enggang.accounts.limits import within_limit
from enggang.core import clock
from enggang.core.actor import Actor, actor_of
from enggang.core.acts import Refused
from enggang.files.views.field import upload_field
from enggang.files.views.sending import send_file
from enggang.reviews.queries.sheets import sheets_for
from enggang.training import rules
from enggang.training.domain.handing_in import hand_in, work_ticket
from enggang.training.domain.works import agree_to_work
from enggang.training.forms.coursework import HandInForm
from enggang.training.models import Assignment, HandIn, Piece, Registration, Work, WorkAuthor
from enggang.training.queries.concepts import concept_parts
from enggang.training.queries.coursework import group_words, own_hand_ins
from enggang.training.views.finding import find_by_token, find_registration, tells_the_end


def _own(request: HttpRequest, code: str) -> tuple[Registration, Actor]:
    registration, actor = find_registration(request, code), actor_of(request)
    if not rules.is_own(actor, registration):
        raise Http404
    return registration, actor


@never_cache
@require_GET
def pocket_list(request: HttpRequest, code: str) -> HttpResponse:
    return _list(request, _own(request, code)[0], "pocket", code)


@tells_the_end
@never_cache
@require_GET
def seat_list(request: HttpRequest, token: str) -> HttpResponse:
    return _list(request, find_by_token(token)[0], "seat", token)


def _list(request: HttpRequest, registration: Registration, face: str, key: str) -> HttpResponse:
    handed = own_hand_ins(registration)
    rows = [
        (row, handed.get(row.pk), reverse(f"training:{face}_assignment", args=[key, row.pk]))
        for row in registration.wave.assignments.shown()
    ]
    context = {"wave": registration.wave, "rows": rows, "back": reverse(f"training:{face}", args=[key])}
    return render(request, "training/pocket_assignments.html", context)


@never_cache
def pocket_page(request: HttpRequest, code: str, assignment_id: int) -> HttpResponse:
    return _page(request, *_own(request, code), "pocket", code, assignment_id)


@tells_the_end
@never_cache
def seat_page(request: HttpRequest, token: str, assignment_id: int) -> HttpResponse:
    return _page(request, *find_by_token(token), "seat", token, assignment_id)


def _page(
    request: HttpRequest, registration: Registration, actor: Actor, face: str, key: str, assignment_id: int
) -> HttpResponse:
    assignment = _assignment(registration, assignment_id)
    here = reverse(f"training:{face}_assignment", args=[key, assignment_id])
    form = HandInForm(request.POST if request.method == "POST" else None, assignment=assignment)
    if form.is_bound and _take(request, registration, actor, assignment, form):
        return redirect(here)
    handed = own_hand_ins(registration).get(assignment_id)
    context = {
        "registration": registration, "wave": registration.wave, "assignment": assignment, "hand_in": handed, "here": here,
        "back": reverse(f"training:{face}_assignments", args=[key]), "form": form,
        "agree_action": reverse(f"training:{face}_agree", args=[key, assignment_id]),
        "is_open": registration.is_seated and _takes_more(assignment, handed),
        "given_back": handed.given_back() if handed else None,
        "is_late": clock.now() > assignment.due_at,
        "group": group_words(registration) if assignment.by_group else None,
        **_told(assignment, handed, registration, actor),
    }  # fmt: skip
    if assignment.takes_files and context["is_open"]:
        ticket = work_ticket(assignment, registration, actor)
        context["upload"] = upload_field(
            ticket, label=_("Your files"), many=assignment.max_files,
            posted=request.POST.getlist("upload"),
        )  # fmt: skip
    return render(request, "training/pocket_assignment.html", context, status=422 if form.is_bound else 200)


def _assignment(registration: Registration, assignment_id: int) -> Assignment:
    rows = registration.wave.assignments.shown().select_related("wave__organisation", "wave__subject")
    return get_object_or_404(rows, pk=assignment_id)


def _takes_more(assignment: Assignment, handed: HandIn | None) -> bool:
    """Until the deadline while nobody has begun to grade; whoever got it back, until the day that was given."""
    version = handed.given_back() if handed else None
    if version is not None and version.again_until:
        return clock.now() <= max(version.again_until, assignment.closes_at)
    graded = handed is not None and handed.review.sheets.exists()
    return clock.now() <= assignment.closes_at and not graded


def _told(assignment: Assignment, handed: HandIn | None, registration: Registration, actor: Actor) -> dict[str, Any]:
    """The result once it is released, and the work the author is asked about."""
    if handed is None:
        return {}
    versions = list(handed.versions.all())
    told: dict[str, Any] = {"versions": versions, "concept": concept_parts(versions[0]) if versions else []}
    if assignment.released_at and handed.review.is_decided:
        told |= {"review": handed.review, "sheets": sheets_for(handed.review, actor), "accepted": handed.is_accepted}
    asked = WorkAuthor.objects.filter(
        person=registration.person, work__version__hand_in=handed, work__withdrawn_at=None
    )
    return {**told, "author": asked.select_related("work__licence").first()}


def _take(
    request: HttpRequest, registration: Registration, actor: Actor, assignment: Assignment, form: HandInForm
) -> bool:
    if not form.is_valid():
        return False
    try:
        if not within_limit(request, "hand_in", registration.code):
            raise Refused(_("That is many files within an hour. Wait a little, then hand in the right one."))
        hand_in(
            assignment=assignment, registration=registration, actor=actor, uploads=request.POST.getlist("upload"),
            **form.facts(),
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, refused.message)
        return False
    messages.success(request, _("Handed in. You can hand in another version until the deadline."))
    return True


@never_cache
@require_GET
def pocket_piece(request: HttpRequest, code: str, assignment_id: int, piece_id: int) -> HttpResponseBase:
    return _piece(request, _own(request, code)[0], assignment_id, piece_id)


@tells_the_end
@never_cache
@require_GET
def seat_piece(request: HttpRequest, token: str, assignment_id: int, piece_id: int) -> HttpResponseBase:
    return _piece(request, find_by_token(token)[0], assignment_id, piece_id)


def _piece(request: HttpRequest, registration: Registration, assignment_id: int, piece_id: int) -> HttpResponseBase:
    """A file of one's own work, or of one's group's, as it was handed in."""
    handed = own_hand_ins(registration).get(assignment_id)
    pieces = Piece.objects.select_related("upload__file").filter(version__hand_in=handed, upload__file__isnull=False)
    piece = get_object_or_404(pieces, pk=piece_id)
    assert piece.upload.file is not None  # filtered above
    return send_file(request, piece.upload.file)


@require_POST
def pocket_agree(request: HttpRequest, code: str, assignment_id: int) -> HttpResponse:
    back = redirect("training:pocket_assignment", code=code, assignment_id=assignment_id)
    return _agree(request, *_own(request, code), assignment_id, back)


@tells_the_end
@require_POST
def seat_agree(request: HttpRequest, token: str, assignment_id: int) -> HttpResponse:
    back = redirect("training:seat_assignment", token=token, assignment_id=assignment_id)
    return _agree(request, *find_by_token(token), assignment_id, back)


def _agree(
    request: HttpRequest, registration: Registration, actor: Actor, assignment_id: int, back: HttpResponse
) -> HttpResponse:
    rows = Work.objects.filter(
        version__hand_in__assignment_id=assignment_id, authors__person=registration.person, withdrawn_at=None
    )
    work = get_object_or_404(rows.select_related("licence", "subject"))
    try:
        agree_to_work(work=work, registration=registration, agrees=request.POST.get("agrees") == "1", actor=actor)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Your answer is kept. You can change it here."))
    return back
