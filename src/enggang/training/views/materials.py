"""Materials of a wave: kept by those who teach, read by participants on their page, also without a connection."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import answer_page, wants_file
from enggang.core.views.keeping import keeping_worker
from enggang.files.views.field import upload_field
from enggang.files.views.sending import send_file
from enggang.training import exports_wave as sheets
from enggang.training import rules
from enggang.training.domain import materials as acts
from enggang.training.forms.materials import MaterialForm
from enggang.training.models import Material, Registration, Wave
from enggang.training.queries.materials import materials_for
from enggang.training.views.finding import find_by_token, find_registration, find_watched_wave, tells_the_end

AT_ONCE = 20
KEPT_UP_TO = 60 * 1024**2  # bytes of one file that a phone keeps by itself


def material_list(request: HttpRequest, code: str) -> HttpResponse:
    """The list, and for those who teach the form that adds to it."""
    wave = find_watched_wave(request, code)
    if request.method == "POST" and not wants_file(request):
        return _add(request, _taught(request, wave))
    return _page(request, wave)


def _taught(request: HttpRequest, wave: Wave) -> Wave:
    if not rules.may_teach(actor_of(request), wave):
        raise Http404
    return wave


def _page(request: HttpRequest, wave: Wave, form: MaterialForm | None = None) -> HttpResponse:
    actor, rows = actor_of(request), list(wave.materials.shown())
    context: dict[str, Any] = {"wave": wave, "materials": rows, "removed": _removed(request, wave)}
    if rules.may_teach(actor, wave):
        context["form"] = form or MaterialForm(wave=wave)
        context["upload"] = upload_field(
            acts.material_ticket(wave, actor), label=_("Files"), many=AT_ONCE, posted=request.POST.getlist("upload")
        )
    export, status = sheets.MATERIALS.of(rows, about=wave.subject), 422 if form else 200
    return answer_page(request, "training/materials.html", context, export, status=status)


def _removed(request: HttpRequest, wave: Wave) -> Material | None:
    """What was removed a moment ago, so that it can be brought back with one press."""
    asked = request.GET.get("dihapus", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 18 else 0
    return wave.materials.filter(pk=number, removed_at__isnull=False).first()


def _add(request: HttpRequest, wave: Wave) -> HttpResponse:
    form = MaterialForm(request.POST, wave=wave)
    if form.is_valid():
        uploads = request.POST.getlist("upload")[:AT_ONCE]
        try:
            acts.add_materials(wave=wave, actor=actor_of(request), uploads=uploads, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Added. Participants see it on their page."))
            return redirect("training:materials", code=wave.code)
    return _page(request, wave, form)


@require_POST
def material_step(request: HttpRequest, code: str, material_id: int, step: str) -> HttpResponse:
    """Remove, or bring back."""
    wave = _taught(request, find_watched_wave(request, code))
    material = get_object_or_404(wave.materials.select_related("wave__organisation", "wave__subject"), pk=material_id)
    try:
        if step == "kembali":
            acts.restore_material(material=material, actor=actor_of(request))
        elif step == "hapus":
            acts.remove_material(material=material, actor=actor_of(request))
        else:
            raise Http404
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("training:materials", code=code)
    back = reverse("training:materials", args=[code])
    return redirect(f"{back}?dihapus={material_id}" if step == "hapus" else back)


@require_GET
def material_file(request: HttpRequest, code: str, material_id: int) -> HttpResponseBase:
    wave = find_watched_wave(request, code)
    return _send(request, get_object_or_404(wave.materials.shown(), pk=material_id))


def _send(request: HttpRequest, material: Material) -> HttpResponseBase:
    if material.upload is None or material.upload.file is None:
        raise Http404
    return send_file(request, material.upload.file)


@never_cache
@require_GET
def pocket_materials(request: HttpRequest, code: str) -> HttpResponse:
    return _participant(request, _reader(request, code), "pocket", code)


def _reader(request: HttpRequest, code: str) -> Registration:
    registration = find_registration(request, code)
    if not rules.may_withdraw(actor_of(request), registration):
        raise Http404
    return registration


@tells_the_end
@never_cache
@require_GET
def seat_materials(request: HttpRequest, token: str) -> HttpResponse:
    return _participant(request, find_by_token(token)[0], "seat", token)


def _participant(request: HttpRequest, registration: Registration, face: str, key: str) -> HttpResponse:
    """The page names nobody: a phone keeps it."""
    if not registration.is_seated:
        raise Http404
    rows = [(row, reverse(f"training:{face}_material", args=[key, row.pk])) for row in materials_for(registration)]
    context = {
        "wave": registration.wave, "rows": rows, "back": reverse(f"training:{face}", args=[key]),
        "home": reverse(f"training:{face}_materials", args=[key]), "largest": KEPT_UP_TO,
        "some_large": any(row.upload and row.upload.file and row.upload.length > KEPT_UP_TO for row, _href in rows),
    }  # fmt: skip
    return render(request, "training/pocket_materials.html", context)


@require_GET
def pocket_material(request: HttpRequest, code: str, material_id: int) -> HttpResponseBase:
    return _mine(request, _reader(request, code), material_id)


@tells_the_end
@require_GET
def seat_material(request: HttpRequest, token: str, material_id: int) -> HttpResponseBase:
    return _mine(request, find_by_token(token)[0], material_id)


def _mine(request: HttpRequest, registration: Registration, material_id: int) -> HttpResponseBase:
    found = [row for row in materials_for(registration) if row.pk == material_id]
    if not found or not registration.is_seated:
        raise Http404
    return _send(request, found[0])


@require_safe
def materials_worker(request: HttpRequest) -> HttpResponse:
    """The service worker of the participants' pages; each page registers it for itself alone."""
    return keeping_worker(request, "bahan", "/pelatihan/", KEPT_UP_TO)
