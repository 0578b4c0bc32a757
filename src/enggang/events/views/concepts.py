"""The concept of an edition: what it says and lacks, its texts, its objectives, its programme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attempt, press
from enggang.events import exports_papers as sheets
from enggang.events.domain import concepts as acts
from enggang.events.forms.concepts import ConceptForm, ObjectiveForm, ProgrammeForm
from enggang.events.models import Concept, Edition, Objective, ProgrammeRow
from enggang.events.queries.edition_concept import missing_of_concept, written_of
from enggang.events.views.finding import find_inside, find_managed_edition, shell_of


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of row, by the word that stands for it in addresses."""

    model: Any
    form: Any
    new: Any
    change: Any


KINDS = {
    "sasaran": Kind(Objective, ObjectiveForm, gettext_lazy("Add an objective"), gettext_lazy("Change the objective")),
    "kegiatan": Kind(
        ProgrammeRow,
        ProgrammeForm,
        gettext_lazy("Add to the programme"),
        gettext_lazy("Change this part of the programme"),
    ),
}
STEPS: dict[str, tuple[Callable[..., Any], Any]] = {
    "hapus": (acts.drop_concept_row, gettext_lazy("Removed. It can be put back at the foot of the page.")),
    "kembalikan": (acts.restore_concept_row, gettext_lazy("Put back.")),
    "naik": (acts.raise_concept_row, gettext_lazy("Moved up.")),
    "tetap": (acts.confirm_target, gettext_lazy("These are this year's figures now.")),
}


@require_http_methods(LIST_METHODS)
def concept_page(request: HttpRequest, code: str) -> HttpResponse:
    edition = find_inside(request, code)
    found = written_of(edition)
    shell = shell_of(request, edition, "concept")
    context = {
        **shell,
        "written": found,
        "missing": missing_of_concept(found),
        "removed": _removed(edition) if shell["may_manage"] else [],
    }
    exports = (
        sheets.OBJECTIVES.of(found.objectives, about=edition.subject),
        sheets.PROGRAMME.of(found.programme, about=edition.subject),
    )
    return answer_page(request, "events/concept.html", context, *exports)


def _removed(edition: Edition) -> list[tuple[str, Any]]:
    """The rows that were taken out, each with the word for its kind."""
    return [
        (word, row)
        for word, kind in KINDS.items()
        for row in kind.model.objects.filter(concept__edition=edition).removed()
    ]


def concept_edit(request: HttpRequest, code: str) -> HttpResponse:
    edition = find_managed_edition(request, code)
    form = ConceptForm(request.POST or None, instance=written_of(edition).concept)
    if form.is_bound and attempt(form, lambda: _keep(request, code, form)):
        messages.success(request, _("Saved."))
        return redirect("events:concept", code=code)
    return _form_page(request, edition, form, _("Write the concept"))


def _keep(request: HttpRequest, code: str, form: ConceptForm) -> Concept:
    fresh = find_managed_edition(request, code)
    version = form.cleaned_data["version"]
    return acts.keep_concept(edition=fresh, version=version, actor=actor_of(request), **form.facts)


def _form_page(request: HttpRequest, edition: Edition, form: Any, heading: Any) -> HttpResponse:
    context = {"edition": edition, "form": form, "heading": heading, "back": "events:concept"}
    return render(request, "events/form.html", context, status=422 if form.errors else 200)


def _kind(what: str) -> Kind:
    if what not in KINDS:
        raise Http404
    return KINDS[what]


def row_new(request: HttpRequest, code: str, what: str) -> HttpResponse:
    edition, kind = find_managed_edition(request, code), _kind(what)
    return _row_form(request, edition, kind, kind.model, kind.new)


def row_edit(request: HttpRequest, code: str, what: str, row_id: int) -> HttpResponse:
    edition, kind = find_managed_edition(request, code), _kind(what)
    return _row_form(request, edition, kind, lambda: _row(edition, kind, row_id, removed_at=None), kind.change)


def _row(edition: Edition, kind: Kind, row_id: int, **more: Any) -> Any:
    return get_object_or_404(kind.model.objects.filter(**more), pk=row_id, concept__edition=edition)


def _row_form(
    request: HttpRequest, edition: Edition, kind: Kind, fetch: Callable[[], Any], heading: Any
) -> HttpResponse:
    """``fetch`` answers the row afresh: the form writes into the one it was given."""
    form = kind.form(request.POST or None, instance=fetch(), edition=edition)
    if form.is_bound and attempt(
        form,
        lambda: acts.keep_concept_row(
            row=fetch(), edition=edition, version=form.cleaned_data["version"], actor=actor_of(request), **form.facts
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("events:concept", code=edition.code)
    return _form_page(request, edition, form, heading)


@require_POST
def row_step(request: HttpRequest, code: str, what: str, row_id: int, step: str) -> HttpResponse:
    """Take out, put back, move up, or say that last year's figures hold."""
    edition, kind = find_managed_edition(request, code), _kind(what)
    if step not in STEPS or (step == "tetap" and kind.model is not Objective):
        raise Http404
    do, said = STEPS[step]
    row = _row(edition, kind, row_id)
    press(request, lambda: do(row=row, edition=edition, actor=actor_of(request)), str(said))
    return redirect("events:concept", code=code)
