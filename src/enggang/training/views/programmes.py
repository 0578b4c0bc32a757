from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.tables import RequestConfig
from enggang.training import rules
from enggang.training.domain.programmes import change_programme, open_programme
from enggang.training.forms.programmes import ModuleFormSet, ProgrammeForm, module_specs
from enggang.training.forms.rows import is_to_be_saved, posted_rows
from enggang.training.models import Programme, Wave
from enggang.training.tables import ProgrammeTable
from enggang.training.views.finding import find_programme


def programme_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rows = Programme.objects.visible_to(actor).select_related("subject", "organisation").annotate(jp=Sum("modules__jp"))
    table = ProgrammeTable(rows.annotate(wave_count=Count("waves", distinct=True)))
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    context = {"table": table, "may_add": actor.holds_somewhere(*rules.MANAGERS)}
    return render(request, "training/programmes.html", context)


def programme_detail(request: HttpRequest, code: str) -> HttpResponse:
    programme = find_programme(request, code)
    waves = Wave.objects.visible_to(actor_of(request)).with_names().filter(programme=programme)
    modules = list(programme.modules.all())
    context = {
        "programme": programme,
        "modules": modules,
        "total_jp": sum(module.jp for module in modules),
        "waves": waves,
        "may_manage": rules.may_manage(actor_of(request), programme.organisation),
    }
    return render(request, "training/programme.html", context)


def programme_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.MANAGERS):
        raise Http404
    form = ProgrammeForm(request.POST or None, actor=actor)
    modules = ModuleFormSet(posted_rows(request, "modules"), prefix="modules")
    if is_to_be_saved(request) and form.is_valid() and modules.is_valid():
        data = {key: value for key, value in form.cleaned_data.items() if key != "version"}
        try:
            programme = open_programme(modules=module_specs(modules), actor=actor, **data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The programme is on record. Plan its first wave next."))
            return redirect("training:programme", code=programme.code)
    return _form_page(request, form, modules, None)


def programme_edit(request: HttpRequest, code: str) -> HttpResponse:
    programme, actor = find_programme(request, code), actor_of(request)
    if not rules.may_manage(actor, programme.organisation):
        raise Http404
    form = ProgrammeForm(request.POST or None, instance=programme, actor=actor)
    initial = [{"title": module.title, "jp": module.jp} for module in programme.modules.all()]
    modules = ModuleFormSet(posted_rows(request, "modules"), prefix="modules", initial=initial)
    if is_to_be_saved(request) and form.is_valid() and modules.is_valid():
        data = {key: value for key, value in form.cleaned_data.items() if key not in {"version", "organisation"}}
        version = form.cleaned_data["version"] or 0
        fresh = find_programme(request, code)
        try:
            change_programme(programme=fresh, version=version, modules=module_specs(modules), actor=actor, **data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("training:programme", code=code)
    return _form_page(request, form, modules, programme)


def _form_page(request: HttpRequest, form: ProgrammeForm, modules: Any, programme: Programme | None) -> HttpResponse:
    context = {"form": form, "formset": modules, "programme": programme}
    return render(request, "training/programme_form.html", context)
