"""Import in two steps: see what would come in and what would not, then take it. Nothing is stored between."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from enggang.core import codes
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.people.roster.workbooks import XLSX_TYPE, workbook
from enggang.places.models import Organisation
from enggang.surveys import rules
from enggang.surveys.domain.importing import import_questions, take_import_back
from enggang.surveys.forms.importing import ImportForm
from enggang.surveys.importing import HEADER, Incoming, Reading, read_gift, read_workbook
from enggang.surveys.models import Question

SALT, HOURS = "surveys.import", 6
EXAMPLES = (
    ("Fotografi", "pilihan ganda", "Apa fungsi ISO?", "1", "Kepekaan cahaya", "Bukaan lensa", "Jarak fokus"),
    ("Fotografi", "pilihan ganda kompleks", "Mana yang mengatur cahaya?", "1,2", "ISO", "Diafragma", "Tali kamera"),
    ("Fotografi", "benar salah", "Tripod mengurangi goyangan.", "benar"),
    ("Fotografi", "isian singkat", "Singkatan segitiga pencahayaan: ISO, diafragma, dan …", "rana|kecepatan rana"),
    ("Fotografi", "menjodohkan", "Jodohkan.", "", "ISO = kepekaan", "Diafragma = bukaan", "Rana = waktu"),
)


def question_import(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.KEEPS_BANK):
        raise Http404
    form = ImportForm(request.POST or None, request.FILES or None, actor=actor)
    reading = None
    if form.is_bound and form.is_valid():
        try:
            reading = _read(form)
        except Refused as refused:
            form.add_error("file", refused.message)
    context = {"form": form, "reading": reading, "sealed": _sealed(form, reading) if reading else ""}
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "surveys/import.html", context, status=status)


def _read(form: ImportForm) -> Reading:
    topic, file = form.cleaned_data["topic"], form.cleaned_data["file"]
    if not file:
        return read_gift(form.cleaned_data["text"], topic)
    content = file.read()
    if content.startswith(b"PK"):
        return read_workbook(content, topic)
    return read_gift(content.decode("utf-8-sig", errors="replace"), topic)


def _sealed(form: ImportForm, reading: Reading) -> str:
    """What was shown is what comes in: signed, so that it cannot be changed on the way."""
    rows = [asdict(each) for each in reading.questions]
    return signing.dumps(
        {"at": form.cleaned_data["organisation"].pk, "key": codes.random_code(), "rows": rows}, salt=SALT, compress=True
    )


@require_POST
def import_accept(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    data = _opened(request)
    if "key" not in data:  # sealed for taking an import back
        raise Http404
    organisation = get_object_or_404(Organisation.objects.held_by(actor, *rules.KEEPS_BANK), pk=data["at"])
    incoming = [Incoming(**row) for row in data["rows"]]
    made = import_questions(organisation=organisation, incoming=incoming, key=data["key"], actor=actor)
    sealed = signing.dumps({"at": organisation.pk, "ids": [row.pk for row in made]}, salt=SALT)
    return render(request, "surveys/imported.html", {"count": len(made), "sealed": sealed})


def _opened(request: HttpRequest) -> dict[str, Any]:
    try:
        found: dict[str, Any] = signing.loads(request.POST.get("sealed", ""), salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature as error:
        raise Http404 from error
    return found


@require_POST
def import_undo(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rows = list(Question.objects.visible_to(actor).with_current().filter(pk__in=_opened(request).get("ids", [])))
    if not rows:
        raise Http404
    count = take_import_back(questions=rows, actor=actor)
    messages.success(request, _("%(count)s questions are put away again.") % {"count": count})
    return redirect("surveys:bank")


@require_GET
def import_template(request: HttpRequest) -> HttpResponse:
    if not actor_of(request).holds_somewhere(*rules.KEEPS_BANK):
        raise Http404
    response = HttpResponse(
        workbook("Soal", HEADER, EXAMPLES, widths=(18, 22, 50, 18, *[24] * 8)), content_type=XLSX_TYPE
    )
    response["Content-Disposition"] = 'attachment; filename="templat-soal.xlsx"'
    return response
