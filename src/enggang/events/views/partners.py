"""Partners: an agency's register, one with its years, and who of it an edition has."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page, posted
from enggang.core.tables import answer_list
from enggang.core.views.answers import attempt, press
from enggang.events import exports as sheets
from enggang.events import rules
from enggang.events.domain import partners as acts
from enggang.events.filters import PartnerFilter
from enggang.events.forms.partners import AnswerForm, AskForm, PartnerForm, PartnershipForm
from enggang.events.models import Edition, Partner, Partnership
from enggang.events.queries.partners import of_last_year, standing_of
from enggang.events.tables import PartnerTable
from enggang.events.views.finding import find_inside, find_managed_edition, shell_of


@require_http_methods(LIST_METHODS)
def partner_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.SEES_EVENTS):
        raise Http404
    chosen = PartnerFilter(request.GET, queryset=Partner.objects.visible_to(actor).with_names().counted())
    context = {
        "table": PartnerTable(chosen.qs), "filter": chosen, "may_add": actor.holds_somewhere(*rules.MANAGERS),
    }  # fmt: skip
    return answer_list(request, "events/partners.html", context, name=_("Partners"))


def _find(request: HttpRequest, code: str, *, managed: bool = False) -> Partner:
    rows = Partner.objects.managed_by(actor_of(request)) if managed else Partner.objects.visible_to(actor_of(request))
    return get_object_or_404(rows.with_names(), subject__code=code)


@require_http_methods(LIST_METHODS)
def partner_detail(request: HttpRequest, code: str) -> HttpResponse:
    partner, actor = _find(request, code), actor_of(request)
    seen = Edition.objects.inside(actor)
    years = list(
        partner.partnerships.filter(edition__in=seen)
        .select_related("edition__event", "edition__subject")
        .order_by("-edition__year", "edition__event__name_key")
    )
    context = {"partner": partner, "years": years, "may_manage": rules.may_manage(actor, partner.organisation)}
    return answer_page(request, "events/partner.html", context, sheets.GIVEN.of(years, about=partner.subject))


def partner_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.MANAGERS):
        raise Http404
    form = PartnerForm(request.POST or None, actor=actor)
    made: list[Partner] = []
    if form.is_bound and attempt(form, lambda: made.append(acts.open_partner(actor=actor, **form.facts))):
        messages.success(request, _("Added."))
        return redirect("events:partner", code=made[0].code)
    return _form(request, form, _("Enter a partner"))


def partner_edit(request: HttpRequest, code: str) -> HttpResponse:
    partner, actor = _find(request, code, managed=True), actor_of(request)
    form = PartnerForm(request.POST or None, instance=partner, actor=actor)

    def save() -> None:
        facts = {name: value for name, value in form.facts.items() if name != "organisation"}
        fresh = _find(request, code, managed=True)
        acts.change_partner(partner=fresh, version=form.cleaned_data["version"] or 0, actor=actor, **facts)

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("events:partner", code=code)
    return _form(request, form, _("Change the partner"), partner=partner)


def _form(request: HttpRequest, form: PartnerForm, heading: str, **more: Any) -> HttpResponse:
    context = {"form": form, "heading": heading, "columns": "two", **more}
    return render(request, "events/partner_form.html", context, status=422 if form.errors else 200)


@require_POST
def partner_stand(request: HttpRequest, code: str, word: str) -> HttpResponse:
    """Retire (``pensiun``) or restore (``pulihkan``)."""
    partner, actor = _find(request, code, managed=True), actor_of(request)
    retires = word == "pensiun"
    do = acts.retire_partner if retires else acts.restore_partner
    said = _("Retired: nobody is offered them any more.") if retires else _("Restored.")
    press(request, lambda: do(partner=partner, actor=actor), said)
    return redirect("events:partner", code=code)


# -- of an edition -------------------------------------------------------------------------------------


@require_http_methods(LIST_METHODS)
def partnership_list(request: HttpRequest, code: str) -> HttpResponse:
    """Who is asked, who joined, what they give; posted to, it puts one on the list."""
    edition, actor = find_inside(request, code), actor_of(request)
    shell = shell_of(request, edition, "partners")
    form = AskForm(posted(request) if shell["may_manage"] else None, edition=edition, actor=actor)
    if form.is_bound and attempt(form, lambda: acts.add_partnership(edition=edition, actor=actor, **form.cleaned_data)):
        messages.success(request, _("Added."))
        return redirect("events:partnerships", code=code)
    standing = standing_of(edition)
    context = {**shell, "standing": standing, "form": form}
    exports = sheets.PARTNERSHIPS.of(standing.rows, about=edition.subject)
    return answer_page(request, "events/partnerships.html", context, exports, status=422 if form.errors else 200)


def _row(edition: Edition, row_id: int) -> Partnership:
    row = get_object_or_404(edition.partnerships.with_names(), pk=row_id)
    row.edition = edition
    return row


@require_http_methods(LIST_METHODS)
def partnership(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    """One partner of an edition; posted to, it keeps what they give."""
    edition = find_inside(request, code)
    row, shell = _row(edition, row_id), shell_of(request, edition, "partners")
    form = PartnershipForm(posted(request) if shell["may_manage"] else None, row=row)
    if form.is_bound and attempt(
        form, lambda: acts.change_partnership(partnership=row, actor=actor_of(request), **form.cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect("events:partnership", code=code, row_id=row_id)
    return _page(request, shell, row, form=form)


def _page(request: HttpRequest, shell: dict[str, Any], row: Partnership, **bound: Any) -> HttpResponse:
    steps = list(row.steps.all())
    forms = {"form": PartnershipForm(row=row), "answer_form": AnswerForm(row=row), **bound}
    context = {**shell, "row": row, "steps": steps, "before": of_last_year(row), **forms}
    status = 422 if any(form.errors for form in forms.values()) else 200
    exports = sheets.ANSWERS.of(steps, about=row.partner.subject)
    return answer_page(request, "events/partnership.html", context, exports, status=status)


@require_POST
def partnership_move(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    edition = find_managed_edition(request, code)
    row = _row(edition, row_id)
    form = AnswerForm(request.POST, row=row)
    if attempt(form, lambda: acts.move_partnership(partnership=row, actor=actor_of(request), **form.cleaned_data)):
        messages.success(request, _("Done: %(state)s.") % {"state": row.get_state_display()})
        return redirect("events:partnership", code=code, row_id=row_id)
    return _page(request, shell_of(request, edition, "partners"), row, answer_form=form)


@require_POST
def partnership_drop(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    row = _row(find_managed_edition(request, code), row_id)
    done = press(request, lambda: acts.drop_partnership(partnership=row, actor=actor_of(request)), _("Removed."))
    return redirect("events:partnerships", code) if done else redirect("events:partnership", code, row_id)
