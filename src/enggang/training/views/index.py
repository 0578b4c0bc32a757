"""The professionalism index (IP ASN): one's own, that of the staff, what counts for it, and its files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from enggang.core import clock
from enggang.core.actor import Actor, actor_of
from enggang.core.acts import Conflict, Refused
from enggang.core.views.answers import attached, attempt
from enggang.people.models import Person
from enggang.people.queries.persons import present_of
from enggang.places.models import Organisation
from enggang.places.models.organisation import below
from enggang.places.queries.dated import Shelf
from enggang.places.views.dated import shelf_views
from enggang.training import rules
from enggang.training.domain import index as acts
from enggang.training.domain.index_pack import ask_for_pack
from enggang.training.enums import ENTERED, Dimension, RuleUse
from enggang.training.exports_index import FILE, columns_of, index_file
from enggang.training.forms.index import ColumnsForm, DimensionForm, IndexFilterForm, RelevanceForm
from enggang.training.queries.index import METHOD, TABLES, IndexScore, index_staff, rules_in, scores_of, table_of
from enggang.training.views.finding import find_staff, own_person

PER_PAGE = 50
YEARS = 6
SHELF = Shelf(
    space="training:index_rule", tables=TABLES, readers=rules.SEES_INDEX, managers=rules.KEEPS_INDEX,
    keep=acts.keep_index_rule, home=("training:index", gettext_lazy("IP ASN")),
    lead=gettext_lazy("The table by which the index is reckoned, by year, with its source. A row of your agency takes the place of a shipped one."),
)  # fmt: skip
rule_list, rule_new, rule_edit = shelf_views(SHELF)


def _year(request: HttpRequest) -> int:
    text, this = request.GET.get("tahun", ""), clock.today().year
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 and 2000 <= int(text) <= this else this


@require_GET
def my_index(request: HttpRequest) -> HttpResponse:
    """One's own page; an account without a person on record is told so."""
    person = own_person(request)
    if person is None or present_of(person) is None:
        return render(request, "training/profile_nobody.html", {"heading": _("My IP ASN")})
    return _page(request, person)


@require_GET
def person_index(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody of the staff; reading it is noted."""
    person = find_person_of_index(request, code)
    acts.note_index_read(person=person, actor=actor_of(request))
    return _page(request, person)


def find_person_of_index(request: HttpRequest, code: str) -> Person:
    return find_staff(request, code, rules.sees_index)


def _score(person: Person, year: int) -> IndexScore:
    work = present_of(person)
    assert work is not None
    work.person = person
    return scores_of([work], year)[0]


def _page(request: HttpRequest, person: Person, form: RelevanceForm | None = None) -> HttpResponse:
    actor, year = actor_of(request), _year(request)
    score = _score(person, year)
    may_decide = rules.may_decide_relevance(actor, person, score.employment.organisation)
    chosen = {"evidence": request.GET.get("bukti", "")}
    this = clock.today().year
    context = {
        "person": person, "work": score.employment, "score": score, "year": year, "year_text": str(year), "method": METHOD,
        "years": range(this, this - YEARS, -1), "may_decide": may_decide,
        "form": form or (RelevanceForm(initial=chosen, evidence=score.evidence) if may_decide else None),
        "dimensions": _dimension_forms(score) if may_decide else [],
    }  # fmt: skip
    return render(request, "training/index_person.html", context, status=422 if form else 200)


def _dimension_forms(score: IndexScore, data: Any = None) -> list[tuple[str, DimensionForm]]:
    table = table_of(score.employment.organisation.path, score.year, rules_in(score.year))
    found = []
    for name in ENTERED:
        offered = [rule for rule in table if rule.dimension == name and rule.use == RuleUse.SCORE]
        entry = score.entries.get(name)
        initial = {"rule": entry.rule_id if entry else None}
        form = DimensionForm(data, initial=initial, rules=offered, label=str(name.label), auto_id=f"id_{name.value}_%s")
        found.append((name.value, form))
    return found


@require_POST
def relevance(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a training counts; a refusal comes back with what was typed."""
    person, actor = find_person_of_index(request, code), actor_of(request)
    form = RelevanceForm(request.POST, evidence=_score(person, _year(request)).evidence)
    if attempt(form, lambda: acts.decide_relevance(person=person, actor=actor, **form.cleaned_data)):
        messages.success(request, _("Decided. It can be taken back beside the training."))
        return redirect(_address(request, person))
    return _page(request, person, form)


def _address(request: HttpRequest, person: Person) -> str:
    return f"{reverse('training:person_index', args=[person.code])}?tahun={_year(request)}"


@require_POST
def relevance_undo(request: HttpRequest, code: str) -> HttpResponse:
    person = find_person_of_index(request, code)
    try:
        acts.undo_relevance(person=person, evidence=request.POST.get("evidence", ""), actor=actor_of(request))
        messages.success(request, _("Taken back. The training waits for a decision again."))
    except Conflict as refused:  # who may not is answered so, and not told on a page
        messages.error(request, refused.message)
    return redirect(_address(request, person))


@require_POST
def dimension(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Qualification, performance or discipline of a year: a row of the table, or unknown."""
    person = find_person_of_index(request, code)
    form = dict(_dimension_forms(_score(person, _year(request)), request.POST)).get(name)
    if form is None:
        raise Http404
    try:
        if not form.is_valid():
            raise Refused(_("Choose a row of the table in force in that year."))
        acts.enter_dimension(
            person=person, year=_year(request), dimension=Dimension(name), rule=form.cleaned_data["rule"],
            actor=actor_of(request),
        )  # fmt: skip
        messages.success(request, _("Saved."))
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect(_address(request, person))


def _scores(request: HttpRequest) -> tuple[IndexFilterForm, list[IndexScore]]:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.SEES_INDEX):
        raise Http404
    form = IndexFilterForm(request.GET or {}, actor=actor)
    form.is_valid()
    rows = index_staff(actor)
    if agency := form.cleaned_data.get("agency"):
        rows = rows.filter(below(agency.path, "organisation__path"))
    found = scores_of(list(rows.order_by("person__name_key", "pk")), form.chosen_year())
    return form, [score for score in found if form.keeps(score)]


def _agency(form: IndexFilterForm, actor: Actor) -> Organisation | None:
    """Whose columns are meant: the chosen agency's, else the highest that the actor serves."""
    chosen: Organisation | None = form.cleaned_data.get("agency")
    return chosen or Organisation.objects.held_by(actor, *rules.SEES_INDEX).select_related("subject").first()


@require_GET
def index_list(request: HttpRequest) -> HttpResponse:
    form, scores = _scores(request)
    actor = actor_of(request)
    agency = _agency(form, actor)
    context = {
        "form": form, "year": form.chosen_year(), "all": len(scores), "agency": agency, "method": METHOD,
        "page_obj": Paginator(scores, PER_PAGE).get_page(request.GET.get("page")),
        "undecided": sum(len(score.undecided) for score in scores),
        "incomplete": sum(score.total is None for score in scores),
        "doubts": sorted({doubt for score in scores for doubt in score.doubts}),
        "columns": ColumnsForm(chosen=columns_of(agency)) if agency and rules.may_keep_index(actor, agency) else None,
    }  # fmt: skip
    return render(request, "training/index_list.html", context)


@require_GET
def index_export(request: HttpRequest) -> HttpResponse:
    """The same people as a file with the agency's columns; noted in the audit trail."""
    form, scores = _scores(request)
    actor = actor_of(request)
    kind = "csv" if request.GET.get("bentuk") == "csv" else "xlsx"
    content, media_type = index_file(scores, columns_of(_agency(form, actor)), kind, actor)
    acts.export_index(actor=actor, count=len(scores), form=kind)
    return attached(content, media_type, f"ip-asn-{form.chosen_year()}.{kind}")


@require_POST
def index_columns(request: HttpRequest, code: str) -> HttpResponse:
    """Arrange the columns of the file for an agency."""
    rows = Organisation.objects.held_by(actor_of(request), *rules.KEEPS_INDEX).select_related("subject")
    agency = get_object_or_404(rows, subject__code=code)
    form = ColumnsForm(request.POST, chosen=columns_of(agency))
    try:
        if not form.is_valid():
            raise Refused(_("Give each column a number from 1 to 99, or leave it empty."))
        acts.order_columns(organisation=agency, file=FILE, columns=form.columns(), actor=actor_of(request))
        messages.success(request, _("The columns are remembered for this agency."))
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect(f"{reverse('training:index')}?agency={agency.code}")


@require_POST
def person_pack(request: HttpRequest, code: str) -> HttpResponse:
    """The evidence pack of a person, made in the background."""
    person = find_person_of_index(request, code)
    job = ask_for_pack(person=person, year=_year(request), actor=actor_of(request))
    return redirect(f"{reverse('core:job', args=[job.code])}?back={reverse('training:person_index', args=[code])}")


@require_POST
def agency_pack(request: HttpRequest, code: str) -> HttpResponse:
    """The evidence pack of an agency and all below it, made in the background."""
    rows = Organisation.objects.held_by(actor_of(request), *rules.SEES_INDEX).select_related("subject")
    agency = get_object_or_404(rows, subject__code=code)
    job = ask_for_pack(agency=agency, year=_year(request), actor=actor_of(request))
    return redirect(f"{reverse('core:job', args=[job.code])}?back={reverse('training:index')}")
