from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import Actor, actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.rows import fresh_rows, is_to_be_saved, posted_rows
from enggang.core.tables import answer_list
from enggang.training import exports_wave as sheets
from enggang.training import rules
from enggang.training.domain.programmes import change_programme, open_programme, restore_programme, retire_programme
from enggang.training.domain.stages import organiser_alone
from enggang.training.forms.programmes import (
    CompetencyFormSet,
    ModuleFormSet,
    ProgrammeForm,
    StageFormSet,
    competency_specs,
    module_specs,
    stage_specs,
)
from enggang.training.models import Programme, Wave
from enggang.training.tables import ProgrammeTable
from enggang.training.views.finding import find_programme


def programme_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rows = Programme.objects.visible_to(actor).select_related("subject", "organisation")
    table = ProgrammeTable(rows.with_counts())
    context = {"table": table, "may_add": actor.holds_somewhere(*rules.MANAGERS)}
    return answer_list(request, "training/programmes.html", context, name=_("Programmes"))


@require_http_methods(LIST_METHODS)
def programme_detail(request: HttpRequest, code: str) -> HttpResponse:
    programme = find_programme(request, code)
    waves = list(Wave.objects.visible_to(actor_of(request)).with_names().filter(programme=programme))
    modules = list(programme.modules.all())
    context = {
        "programme": programme,
        "modules": modules,
        "total_jp": sum(module.jp for module in modules),
        "competencies": programme.competencies.select_related("competency"),
        "waves": waves,
        "may_manage": rules.may_manage(actor_of(request), programme.organisation),
    }
    exports = sheets.MODULES.of(modules, about=programme.subject), sheets.WAVES.of(waves, about=programme.subject)
    return answer_page(request, "training/programme.html", context, *exports)


def programme_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.MANAGERS):
        raise Http404
    form = ProgrammeForm(request.POST or None, actor=actor)
    modules = ModuleFormSet(posted_rows(request, "modules"), prefix="modules")
    shows, stages = _shows(request, actor), _stages(request, organiser_alone())
    if is_to_be_saved(request) and all(each.is_valid() for each in (form, modules, shows, stages)):
        data = {key: value for key, value in form.cleaned_data.items() if key != "version"}
        data |= {"competencies": competency_specs(shows), "stages": stage_specs(stages)}
        try:
            programme = open_programme(modules=module_specs(modules), actor=actor, **data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The programme is on record. Plan its first wave next."))
            return redirect("training:programme", code=programme.code)
    return _form_page(request, form, (modules, shows, stages), None)


def _shows(request: HttpRequest, actor: Actor, programme: Programme | None = None) -> Any:
    """The lines of competencies, as they are or as they were typed."""
    rows = programme.competencies.select_related("competency") if programme else []
    initial = [{"competency": row.competency, "level": row.level} for row in rows]
    data = posted_rows(request, "competencies")
    return CompetencyFormSet(data, prefix="competencies", initial=initial, form_kwargs={"actor": actor})


def _stages(request: HttpRequest, rows: Iterable[Any]) -> Any:
    """The stages as they are, or as they were typed: then none is older than another, and each may be removed."""
    data = fresh_rows(request, "stages")
    if data is not None:
        return StageFormSet(data, prefix="stages")
    initial = [{"title": row.title, "by": row.by, "role": row.role} for row in rows]
    return StageFormSet(prefix="stages", initial=initial)


def programme_edit(request: HttpRequest, code: str) -> HttpResponse:
    programme, actor = find_programme(request, code), actor_of(request)
    if not rules.may_manage(actor, programme.organisation):
        raise Http404
    form = ProgrammeForm(request.POST or None, instance=programme, actor=actor)
    initial = [{"title": module.title, "jp": module.jp} for module in programme.modules.all()]
    modules = ModuleFormSet(posted_rows(request, "modules"), prefix="modules", initial=initial)
    shows, stages = _shows(request, actor, programme), _stages(request, programme.stages.all())
    if is_to_be_saved(request) and all(each.is_valid() for each in (form, modules, shows, stages)):
        data = {key: value for key, value in form.cleaned_data.items() if key not in {"version", "organisation"}}
        data |= {
            "modules": module_specs(modules),
            "competencies": competency_specs(shows),
            "stages": stage_specs(stages),
        }
        version = form.cleaned_data["version"] or 0
        fresh = find_programme(request, code)
        try:
            change_programme(programme=fresh, version=version, actor=actor, **data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("training:programme", code=code)
    return _form_page(request, form, (modules, shows, stages), programme)


@require_POST
def programme_retire(request: HttpRequest, code: str) -> HttpResponse:
    return _stepped(
        request, code, retire_programme, _("Retired: no wave of it is planned any more. It can be taken up again.")
    )


@require_POST
def programme_restore(request: HttpRequest, code: str) -> HttpResponse:
    return _stepped(request, code, restore_programme, _("Taken up again: waves of it can be planned."))


def _stepped(request: HttpRequest, code: str, step: Callable[..., Programme], done: str) -> HttpResponse:
    programme = find_programme(request, code)
    if not rules.may_manage(actor_of(request), programme.organisation):
        raise Http404
    try:
        step(programme=programme, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, done)
    return redirect("training:programme", code=code)


def _form_page(
    request: HttpRequest, form: ProgrammeForm, sets: tuple[Any, Any, Any], programme: Programme | None
) -> HttpResponse:
    context = {"form": form, "formset": sets[0], "shows": sets[1], "stages": sets[2], "programme": programme}
    return render(request, "training/programme_form.html", context)
