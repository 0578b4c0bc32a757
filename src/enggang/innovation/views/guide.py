"""The yearly guide in the office: its rows, an agency's own ones, and what is otherwise between two years."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import press
from enggang.innovation import rules, rules_iid
from enggang.innovation.domain.guide import copy_guide, keep_guide_row
from enggang.innovation.exports_iid import CHANGES
from enggang.innovation.forms.iid import YearsForm
from enggang.innovation.queries.guide import TABLES, changes_between, years_known
from enggang.innovation.views.finding_iid import organisation_of
from enggang.places.queries.dated import Shelf
from enggang.places.views.dated import shelf_views

NEXT = 3  # years beyond the last known one that can be begun


def _keep(*, row: Any, **facts: Any) -> Any:
    return keep_guide_row(rule=row, **facts)


SHELF = Shelf(
    space="innovation:guide_row", tables=TABLES, readers=rules.SEES_INSIDE, managers=rules.MANAGERS, keep=_keep,
    home=("innovation:regions", gettext_lazy("Innovation index")),
    lead=gettext_lazy("The guide changes every year. Shipped rows say how certain they are: compare them with the letter, and enter your own row where it says otherwise; it takes their place."),
)  # fmt: skip
guide_rows, guide_row_new, guide_row_edit = shelf_views(SHELF)


@require_http_methods(LIST_METHODS)
def guide_changes(request: HttpRequest, code: str = "") -> HttpResponse:
    """Two years side by side: only what is otherwise."""
    organisation = organisation_of(request, code)
    known = years_known(organisation)
    form = YearsForm(request.GET or None, years=known)
    older, newer = _years(form, known)
    if not form.is_bound:
        form = YearsForm(years=known, initial={"older": older, "newer": newer})
    changes = changes_between(organisation, older, newer) if older and newer else []
    years = sorted({*known, *range(max(known, default=2025) + 1, max(known, default=2025) + 1 + NEXT)})
    context = {
        "organisation": organisation, "form": form, "changes": changes, "older": older, "newer": newer,
        "may_keep": rules_iid.may_keep_region(actor_of(request), organisation),
        "copy_form": YearsForm(years=years, initial={"older": newer or older, "newer": (newer or older) + 1}),
    }  # fmt: skip
    return answer_page(
        request, "innovation/guide_changes.html", context, CHANGES.of(changes, about=organisation.subject)
    )


def _years(form: YearsForm, known: list[int]) -> tuple[int, int]:
    """Those that were asked for; else the two newest that are known."""
    if form.is_bound and form.is_valid():
        return form.cleaned_data["older"], form.cleaned_data["newer"]
    newest = [*known, 0, 0]
    return newest[1], newest[0]


@require_POST
def guide_copy(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a year with what held in another."""
    organisation, actor = organisation_of(request, code), actor_of(request)
    if not rules_iid.may_keep_region(actor, organisation):
        raise Http404
    form = YearsForm(request.POST, years=list(range(2017, 2101)))
    if not form.is_valid():
        messages.error(request, _("Choose two years."))
        return redirect("innovation:guide_changes_of", code=code)
    years = form.cleaned_data

    def said(count: int) -> str:
        return _("%(count)s rows taken over as unverified. Compare each with the letter.") % {"count": count}

    press(request, lambda: copy_guide(organisation=organisation, actor=actor, **years), said)
    return redirect("innovation:guide_changes_of", code=code)
