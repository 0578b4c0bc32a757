"""Handing a person's trainings over to the national personnel portal, which has no door for other systems."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.views.answers import attached
from enggang.files.domain.storing import read_bytes
from enggang.people.models import Person
from enggang.people.queries.persons import present_of
from enggang.training.domain.hand_off import want_upload_copy
from enggang.training.domain.index import evidence_named, note_index_read
from enggang.training.queries.hand_off import hand_offs
from enggang.training.views.index import find_person_of_index


@require_GET
def my_hand_off(request: HttpRequest) -> HttpResponse:
    person = Person.objects.select_related("subject").filter(user_id=actor_of(request).user_id or 0).first()
    if person is None or present_of(person) is None:
        return render(request, "training/profile_nobody.html", {"heading": _("For the personnel portal")})
    return _page(request, person)


@require_GET
def person_hand_off(request: HttpRequest, code: str) -> HttpResponse:
    person = find_person_of_index(request, code)
    note_index_read(person=person, actor=actor_of(request))
    return _page(request, person)


def _page(request: HttpRequest, person: Person) -> HttpResponse:
    work = present_of(person)
    assert work is not None
    rows = hand_offs(work)
    rule = next((row.rule for row in rows if row.rule), None)
    return render(request, "training/hand_off.html", {"person": person, "work": work, "rows": rows, "rule": rule})


@require_POST
def upload_copy(request: HttpRequest, code: str, evidence: str) -> HttpResponse:
    """Have a smaller copy made; the job's page gives it out."""
    person, actor = find_person_of_index(request, code), actor_of(request)
    own = person.user_id is not None and person.user_id == actor.user_id
    back = reverse("training:my_hand_off") if own else reverse("training:person_hand_off", args=[code])
    if evidence_named(person, evidence) is None:
        raise Http404
    try:
        job = want_upload_copy(person=person, evidence=evidence, actor=actor)
    except Refused as refused:
        messages.info(request, refused.message)
        return redirect(back)
    return redirect(f"{reverse('core:job', args=[job.code])}?back={back}")


@require_GET
def evidence_file(request: HttpRequest, code: str, evidence: str) -> HttpResponse:
    """The certificate itself, for the person and who keeps their index."""
    found = evidence_named(find_person_of_index(request, code), evidence)
    if found is None or found.file is None:
        raise Http404
    response = attached(read_bytes(found.file), "application/octet-stream", found.file.name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
