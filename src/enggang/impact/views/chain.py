"""The chain from certificates to indicators, for an agency's year, a wave or a person; and the links it ends in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core import clock, registries
from enggang.core.actor import actor_of
from enggang.core.exports import answer_page
from enggang.core.models import Subject
from enggang.core.tables import LIST_METHODS
from enggang.core.views.answers import attempt, press
from enggang.credentials.models import Award
from enggang.events.models import Edition
from enggang.impact import rules
from enggang.impact.domain.contributions import link_contribution, withdraw_contribution
from enggang.impact.exports import CONTRIBUTIONS, EDITIONS
from enggang.impact.forms.impact import ContributionForm
from enggang.impact.models import Contribution
from enggang.impact.queries import chain as chains
from enggang.impact.views.finding import organisation_of
from enggang.indicators.models import Indicator
from enggang.innovation.models import Innovation
from enggang.media.models import Asset
from enggang.places.models import Organisation
from enggang.training.models import Wave, Work

YEARS = 10
# What may be linked to an indicator: the kind of its subject, and where such rows are found.
LINKABLE: dict[str, Any] = {"edition": Edition, "wave": Wave, "work": Work, "asset": Asset, "innovation": Innovation}


@require_http_methods(LIST_METHODS)
def chain(request: HttpRequest, code: str = "") -> HttpResponse:
    organisation = organisation_of(request, code)
    if not code:
        return redirect("impact:chain", code=organisation.code)
    this_year = clock.today().year
    asked = request.GET.get("tahun", "")
    year = int(asked) if asked.isdecimal() and this_year - YEARS < int(asked) <= this_year else None
    if year is None:
        awards = Award.objects.counting(organisation.path, chains.EVER, clock.today())
        lead = _("Certificates so far, what their holders did since, and what it is linked to.")
    else:
        awards = Award.objects.counting(organisation.path, date(year, 1, 1), date(year, 12, 31))
        lead = _("Certificates of %(year)s, what their holders did since, and what it is linked to.") % {"year": year}
    return _answer(
        request,
        awards,
        organisation,
        str(organisation),
        lead,
        {"year": year, "years": range(this_year, this_year - YEARS, -1)},
        of=organisation,
    )


@require_http_methods(LIST_METHODS)
def wave_chain(request: HttpRequest, code: str) -> HttpResponse:
    """Level 4 of a training's evaluation: what came of those who passed."""
    wave = get_object_or_404(
        Wave.objects.visible_to(actor_of(request)).select_related("organisation__subject"), subject__code=code
    )
    if not rules.may_read(actor_of(request), wave.organisation):
        raise Http404
    lead = _("Level 4: what those who hold a certificate of this wave have done since, and what it is linked to.")
    return _answer(request, chains.of_wave(wave), wave.organisation, str(wave), lead, {"subject": wave.subject})


def _answer(
    request: HttpRequest, awards: Any, organisation: Organisation, title: str, lead: str, more: dict[str, Any],
    of: Organisation | None = None,
) -> HttpResponse:  # fmt: skip
    lines = chains.edition_lines(awards)
    links = list(chains.contributions_of(awards).with_names()[: chains.SHOWN])
    context = {
        "title": title, "lead": lead, "chain": chains.chain_of(awards, of, more.get("year") or 0), "drop": chains.drop_off_of(awards), "lines": lines, "links": links, "organisation": organisation,
        "may_link": rules.may_link(actor_of(request), organisation), **more,
    }  # fmt: skip
    about = organisation.subject
    return answer_page(
        request, "impact/chain.html", context, EDITIONS.of(lines, about=about), CONTRIBUTIONS.of(links, about=about)
    )  # fmt: skip


def contribution_new(request: HttpRequest, code: str) -> HttpResponse:
    """Link a wave, an edition, a work, a photo or an innovation to an indicator."""
    actor = actor_of(request)
    subject = get_object_or_404(Subject, code=code, kind__in=LINKABLE)
    row = get_object_or_404(
        LINKABLE[subject.kind].objects.visible_to(actor).select_related("organisation__subject"), subject=subject
    )
    if not rules.may_link(actor, row.organisation):
        raise Http404
    form = ContributionForm(request.POST or None, actor=actor)

    def link() -> Any:
        return link_contribution(
            subject=subject, title=str(row), organisation=row.organisation, actor=actor, **form.cleaned_data
        )

    if form.is_bound and attempt(form, link):
        messages.success(request, _("Linked. The indicator shows it, and so does the chain."))
        return redirect("impact:contributions", code=form.cleaned_data["indicator"].code)
    kind = registries.subject_kinds[subject.kind]
    context = {"form": form, "title": str(row), "href": kind.url(code) if kind.url else "", "label": kind.label}
    return render(request, "impact/contribution.html", context, status=422 if form.errors else 200)


@require_http_methods(LIST_METHODS)
def contributions(request: HttpRequest, code: str) -> HttpResponse:
    """An indicator walked backwards: what is said to have contributed to it, by level, never added up."""
    actor = actor_of(request)
    indicator = get_object_or_404(Indicator.objects.visible_to(actor).with_names(), subject__code=code)
    rows = list(Contribution.objects.standing().with_names().filter(indicator=indicator))
    lines = [(row, _page_of(row), rules.may_link(actor, row.organisation)) for row in rows]
    context = {"indicator": indicator, "lines": lines}
    return answer_page(request, "impact/contributions.html", context, CONTRIBUTIONS.of(rows, about=indicator.subject))


def _page_of(row: Contribution) -> str:
    kind = registries.subject_kinds.get(row.subject.kind)
    return kind.url(row.subject.code) if kind and kind.url else ""


@require_POST
def contribution_withdraw(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    row = get_object_or_404(Contribution.objects.visible_to(actor).with_names(), pk=number)
    said = _("Taken back. That it stood stays on record; link it again to undo this.")
    press(request, lambda: withdraw_contribution(contribution=row, actor=actor), said)
    return redirect("impact:contributions", code=row.indicator.code)
