"""Classes and practice groups of a wave, who is in them, and the wave as a copy."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import answer_page, posted
from enggang.training import exports_wave as sheets
from enggang.training import rules
from enggang.training.domain import classes as acts
from enggang.training.domain.copying import copy_wave
from enggang.training.enums import ClassKind
from enggang.training.forms.classes import ClassForm, CopyWaveForm
from enggang.training.models import ClassPlace, Wave, WaveClass
from enggang.training.views.finding import find_managed_wave, find_watched_wave

MOVES = {"place": acts.place_in_class, "leave": acts.leave_class}


def class_list(request: HttpRequest, code: str) -> HttpResponse:
    data, actor = posted(request), actor_of(request)
    wave = find_watched_wave(request, code) if data is None else find_managed_wave(request, code)
    form = ClassForm(data, wave=wave, actor=actor)
    if form.is_bound and form.is_valid():
        try:
            acts.keep_class(wave=wave, actor=actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The class is added."))
            return redirect("training:classes", code=code)
    return _list_page(request, wave, form)


def _list_page(request: HttpRequest, wave: Wave, form: ClassForm) -> HttpResponse:
    classes = list(wave.classes.select_related("instructor", "venue").annotate(filled=Count("places")))
    context = {
        "wave": wave,
        "classes": classes,
        "seated": wave.registrations.seated().count(),
        "kinds": [kind for kind in ClassKind if any(row.kind == kind for row in classes)],
        "form": form if rules.may_manage(actor_of(request), wave.organisation) else None,
    }
    export, status = sheets.CLASSES.of(classes, about=wave.subject), 422 if form.errors else 200
    return answer_page(request, "training/classes.html", context, export, status=status)


def _find_class(wave: Wave, class_id: int) -> WaveClass:
    return get_object_or_404(wave.classes.select_related("wave__organisation", "wave__subject"), pk=class_id)


def class_detail(request: HttpRequest, code: str, class_id: int) -> HttpResponse:
    """Who sits where; for the organiser boxes to tick, and the class itself to change."""
    data = posted(request)
    wave = find_watched_wave(request, code) if data is None else find_managed_wave(request, code)
    klass, actor = _find_class(wave, class_id), actor_of(request)
    names = ("kind", "name", "capacity", "instructor", "venue", "room")
    initial = {name: getattr(klass, name) for name in names}
    form = ClassForm(data, wave=wave, actor=actor, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            acts.keep_class(wave=wave, klass=klass, actor=actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("training:class", code=code, class_id=class_id)
    places = Prefetch("class_places", ClassPlace.objects.select_related("klass"))
    rows = wave.registrations.seated().with_names().order_by("agency__name", "person__name_key", "pk")
    rows = rows.prefetch_related(places)
    context = {
        "wave": wave,
        "klass": _find_class(wave, class_id),
        "rows": rows,
        "form": form if rules.may_manage(actor, wave.organisation) else None,
    }
    export, status = sheets.PLACES.of(rows, about=wave.subject), 422 if form.errors else 200
    return answer_page(request, "training/class.html", context, export, status=status)


@require_POST
def class_people(request: HttpRequest, code: str, class_id: int) -> HttpResponse:
    """Put those who are ticked into the class, or take them out."""
    wave = find_managed_wave(request, code)
    klass = _find_class(wave, class_id)
    move = MOVES.get(request.POST.get("do", ""), acts.place_in_class)
    rows = wave.registrations.filter(subject__code__in=request.POST.getlist("people")[:500]).select_related("claim")
    try:
        count = move(klass=klass, registrations=list(rows), actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        text = ngettext("%(count)s person moved.", "%(count)s people moved.", count)
        messages.success(request, text % {"count": count})
    return redirect("training:class", code=code, class_id=class_id)


@require_POST
def class_drop(request: HttpRequest, code: str, class_id: int) -> HttpResponse:
    wave = find_managed_wave(request, code)
    try:
        acts.drop_class(klass=_find_class(wave, class_id), actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("training:class", code=code, class_id=class_id)
    messages.success(request, _("The class is removed."))
    return redirect("training:classes", code=code)


@require_POST
def class_divide(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_managed_wave(request, code)
    try:
        count = acts.divide_evenly(wave=wave, kind=request.POST.get("kind", ""), actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        text = ngettext("%(count)s person now has a place.", "%(count)s people now have a place.", count)
        messages.success(request, text % {"count": count})
    return redirect("training:classes", code=code)


def wave_copy(request: HttpRequest, code: str) -> HttpResponse:
    wave, actor = find_managed_wave(request, code), actor_of(request)
    form = CopyWaveForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            copy = copy_wave(wave=wave, actor=actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The wave is copied as a draft. Look through it, then open it."))
            return redirect("training:wave", code=copy.code)
    return render(request, "training/wave_copy.html", {"form": form, "wave": wave})
