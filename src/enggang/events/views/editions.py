"""An edition: what it is, its gates, its dates, its places and who holds it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page, posted
from enggang.core.rows import fresh_set, is_to_be_saved
from enggang.core.views.answers import attempt, press
from enggang.events import exports as sheets
from enggang.events import rules
from enggang.events.domain import editions as acts
from enggang.events.domain.cloning import clone_edition
from enggang.events.domain.dating import decide_dates
from enggang.events.enums import PATH, Stage
from enggang.events.forms.events import EditionForm, OrganiserFormSet, SiteForm, organiser_specs
from enggang.events.forms.stages import CloneForm, DatesForm
from enggang.events.models import Edition
from enggang.events.queries.clashes import clashes, periods_known_until
from enggang.events.queries.dates import candidates_of, rule_in_words
from enggang.events.queries.edition_concept import missing_of_concept, written_of
from enggang.events.queries.gates import gate_of
from enggang.events.queries.lessons import handed_on
from enggang.events.queries.maps import site_map
from enggang.events.queries.moves import dependents, left_behind, moved_in_words, waiting_dates
from enggang.events.tables import STAGE_TONES
from enggang.events.views.finding import find_edition, find_managed_edition, find_site, shell_of


@require_http_methods(LIST_METHODS)
def edition_detail(request: HttpRequest, code: str) -> HttpResponse:
    edition = find_edition(request, code)
    organisers = list(edition.organisers.select_related("organisation"))
    sites = list(edition.sites.select_related("region").defer("region__outline"))
    shell = shell_of(request, edition, "edition")
    context = {
        **shell,
        "words": rule_in_words(edition.event),
        "steps": _steps(edition),
        "tone": STAGE_TONES[Stage(edition.stage)],
        "organisers": organisers,
        "sites": sites,
        "map": site_map(edition.event.region, sites),
        "clashes": clashes(edition),
        "left": left_behind(edition) if shell["sees_inside"] else [],
        "lessons": handed_on(edition.cloned_from) if edition.cloned_from and shell["sees_inside"] else [],
        "may_clone": rules.may_manage(actor_of(request), edition.organisation),
        "gate": gate_of(edition),
        **(_concept(edition) if shell["sees_inside"] else {}),
    }
    exports = (
        sheets.ORGANISERS.of(organisers, about=edition.subject),
        sheets.SITES.of(sites, about=edition.subject),
    )
    return answer_page(request, "events/edition.html", context, *exports)


def _concept(edition: Edition) -> dict[str, Any]:
    written = written_of(edition)
    return {"written": written, "concept_missing": len(missing_of_concept(written))}


def _steps(edition: Edition) -> list[dict[str, Any]]:
    """The path with where it stands; a cancelled one shows how far it had come."""
    stood = Stage(edition.stage_before or edition.stage)
    here = PATH.index(stood if stood in PATH else Stage.IDEA)
    states = ["done"] * here + ["failed" if edition.is_cancelled else "current"] + ["todo"] * len(PATH)
    return [{"label": stage.label, "state": state} for stage, state in zip(PATH, states, strict=False)]


def edition_edit(request: HttpRequest, code: str) -> HttpResponse:
    edition = find_managed_edition(request, code)
    form = EditionForm(request.POST or None, instance=edition)
    if form.is_bound and attempt(form, lambda: _change(request, code, form)):
        messages.success(request, _("Saved."))
        return redirect("events:edition", code=code)
    return _form_page(request, edition, form, _("Change the edition"))


def _change(request: HttpRequest, code: str, form: EditionForm) -> None:
    fresh = find_managed_edition(request, code)
    version = form.cleaned_data["version"] or 0
    acts.change_edition(edition=fresh, version=version, actor=actor_of(request), **form.facts)


def _form_page(request: HttpRequest, edition: Edition, form: Any, heading: str, **more: Any) -> HttpResponse:
    context = {"edition": edition, "form": form, "heading": heading, "columns": "two", **more}
    return render(request, "events/form.html", context, status=422 if form.errors else 200)


def organisers_edit(request: HttpRequest, code: str) -> HttpResponse:
    edition, actor = find_managed_edition(request, code), actor_of(request)
    names = ("name", "role", "organisation", "contact", "phone", "applies")
    initial = [
        {name: getattr(row, name) for name in names} for row in edition.organisers.select_related("organisation")
    ]
    formset = fresh_set(OrganiserFormSet, request, "organisers", initial=initial, form_kwargs={"actor": actor})
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else 0
    if is_to_be_saved(request) and formset.is_valid() and press(
        request,
        lambda: acts.set_organisers(
            edition=edition, version=version, organisers=organiser_specs(formset), actor=actor
        ),
        _("Saved."),
    ):  # fmt: skip
        return redirect("events:edition", code=code)
    context = {"edition": edition, "formset": formset, "version": typed or edition.version}
    return render(request, "events/organisers_form.html", context, status=422 if is_to_be_saved(request) else 200)


# -- places --------------------------------------------------------------------------------------------


def site_new(request: HttpRequest, code: str) -> HttpResponse:
    edition = find_managed_edition(request, code)
    form = SiteForm(request.POST or None, initial={"region": edition.event.region_id})
    if form.is_bound and attempt(
        form, lambda: acts.add_site(edition=edition, actor=actor_of(request), **form.cleaned_data)
    ):
        messages.success(request, _("Added."))
        return redirect("events:edition", code=code)
    return _form_page(request, edition, form, _("Add a place"))


def site_edit(request: HttpRequest, code: str, site_id: int) -> HttpResponse:
    edition = find_managed_edition(request, code)
    site = find_site(edition, site_id)
    form = SiteForm(request.POST or None, instance=site)
    if form.is_bound and attempt(
        form, lambda: acts.change_site(site=find_site(edition, site_id), actor=actor_of(request), **form.cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect("events:edition", code=code)
    return _form_page(request, edition, form, _("Change the place"))


@require_POST
def site_drop(request: HttpRequest, code: str, site_id: int) -> HttpResponse:
    edition = find_managed_edition(request, code)
    site = find_site(edition, site_id)
    press(request, lambda: acts.drop_site(site=site, actor=actor_of(request)), _("Removed."))
    return redirect("events:edition", code=code)


# -- dates ---------------------------------------------------------------------------------------------


@require_http_methods(LIST_METHODS)
def edition_dates(request: HttpRequest, code: str) -> HttpResponse:
    edition = find_edition(request, code)
    changes = list(edition.date_changes.all())
    found = [(each, clashes(edition, each.first, each.last)) for each in candidates_of(edition.event, edition.year)]
    shell = shell_of(request, edition, "dates")
    context = {
        **shell,
        "plan_waits": waiting_dates(edition) if shell["sees_inside"] else None,
        "words": rule_in_words(edition.event),
        "candidates": found,
        "clashes": clashes(edition),
        "known_until": periods_known_until(edition),
        "sees_rules": actor_of(request).holds_somewhere(*rules.SEES_EVENTS),
        "changes": changes,
    }
    exports = sheets.DATE_CHANGES.of(changes, about=edition.subject), sheets.CANDIDATES.of(found, about=edition.subject)
    return answer_page(request, "events/dates.html", context, *exports)


def dates_decide(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a candidate, which comes with the address, or type other days."""
    edition = find_managed_edition(request, code)
    chosen = {name: request.GET[name] for name in ("first", "last") if request.GET.get(name)}
    form = DatesForm(request.POST or None, edition=edition, chosen=chosen)
    if form.is_bound and form.is_valid() and not request.POST.get("lihat"):
        return _preview(request, edition, form)
    if form.is_bound and attempt(
        form, lambda: decide_dates(edition=edition, actor=actor_of(request), **form.cleaned_data)
    ):
        messages.success(request, _("The dates are decided. What they were before is kept below."))
        return redirect("events:dates", code=code)
    if form.is_bound and request.POST.get("lihat") and {"first", "last"} <= form.cleaned_data.keys():
        return _preview(request, find_managed_edition(request, code), form)
    return _form_page(request, edition, form, _("Decide the dates"), back="events:dates", submit=_("See what moves"))


def _preview(request: HttpRequest, edition: Edition, form: DatesForm) -> HttpResponse:
    """Everything that hangs on the days, old beside new; nothing has moved yet."""
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    was, now = moved_in_words(edition, first, last)
    context = {
        "edition": edition,
        "form": form,
        "was": was,
        "now": now,
        "rows": dependents(edition, first, last) if was != now else [],
        "clashes": clashes(edition, first, last or first),
    }
    return render(request, "events/dates_preview.html", context, status=422 if form.errors else 200)


@require_http_methods(LIST_METHODS)
def edition_clone(request: HttpRequest, code: str) -> HttpResponse:
    """Begin another year from this edition: what would be taken, what begins anew, and what went otherwise."""
    edition, actor = find_managed_edition(request, code), actor_of(request)
    form = CloneForm(posted(request), initial={"year": edition.year + 1})
    made: list[Edition] = []
    if form.is_bound and attempt(
        form, lambda: made.append(clone_edition(edition=edition, actor=actor, **form.cleaned_data))
    ):
        messages.success(request, _("The edition is begun. Its days are as the rule computes them, tentative."))
        return redirect("events:edition", code=made[0].code)
    lessons = handed_on(edition)
    context = {"edition": edition, "form": form, "lessons": lessons, "words": rule_in_words(edition.event)}
    exports = sheets.LESSONS.of(lessons, about=edition.subject)
    return answer_page(request, "events/clone.html", context, exports, status=422 if form.errors else 200)
