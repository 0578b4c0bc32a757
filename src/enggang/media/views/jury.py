"""A contest for a guest of its jury, behind their private address: the entries, one after the other, without names."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from enggang.access.domain.links import actor_of_link, find_link
from enggang.access.enums import LinkScope
from enggang.core.actor import Actor
from enggang.core.views.answers import attempt
from enggang.media import rules
from enggang.media.domain.contests import judge_entry
from enggang.media.forms.curation import SheetForm
from enggang.media.models import Entry, Juror
from enggang.media.views.serving import answer_rendition
from enggang.reviews.models import Sheet


def _found(token: str) -> tuple[Juror, Actor]:
    """Behind the address, as whoever holds it: never as the account that may be signed in beside it."""
    link = find_link(token[:100], LinkScope.JURY)
    if link is None:
        raise Http404
    rows = Juror.objects.select_related("contest__subject", "contest__organisation")
    return get_object_or_404(rows, link=link), actor_of_link(link)


def _entries(juror: Juror) -> list[tuple[Entry, bool]]:
    """What this guest may judge, in the order of entering, and whether they have."""
    rows = juror.contest.entries.select_related("subject", "asset__author", "asset__subject", "review").order_by("pk")
    able = [row for row in rows if row.review_id and not rules.made_by(juror, row)]
    reviews = [row.review_id for row in able]
    given = set(Sheet.objects.filter(review__in=reviews, judge_key=juror.judge_key).values_list("review", flat=True))
    return [(row, row.review_id in given) for row in able]


@never_cache
@require_GET
def jury_page(request: HttpRequest, token: str) -> HttpResponse:
    try:
        juror, _actor = _found(token)
    except Http404:
        return render(request, "media/intake_ended.html", status=404)
    lines = _entries(juror) if juror.contest.is_judging else []
    left = sum(not given for _entry, given in lines)
    context = {"juror": juror, "contest": juror.contest, "lines": lines, "left": left, "token": token}
    return render(request, "media/jury.html", context)


def _entry(juror: Juror, actor: Actor, code: str) -> Entry:
    rows = Entry.objects.select_related("subject", "contest__subject", "asset__author", "review__rubric")
    entry = get_object_or_404(rows, subject__code=code, contest=juror.contest)
    if entry.review is None or not rules.is_guest_juror(actor, juror, entry):
        raise Http404
    return entry


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def jury_entry(request: HttpRequest, token: str, code: str) -> HttpResponse:
    """The work and the criteria, no name; then the next one that waits."""
    juror, actor = _found(token)
    entry = _entry(juror, actor, code)
    assert entry.review is not None
    form = SheetForm(request.POST or None, rubric=entry.review.rubric)
    if form.is_bound and attempt(form, lambda: judge_entry(entry=entry, actor=actor, juror=juror, **form.facts)):
        messages.success(request, _("The sheet is kept."))
        waiting = next((row for row, given in _entries(juror) if not given), None)
        if waiting is None:
            return redirect("media:jury", token=token)
        return redirect("media:jury_entry", token=token, code=waiting.code)
    own = entry.review.sheets.filter(judge_key=juror.judge_key).prefetch_related("marks__criterion", "marks__level")
    context = {"entry": entry, "contest": juror.contest, "form": form, "own": own.first(), "token": token}
    return render(request, "media/jury_entry.html", context, status=422 if form.errors else 200)


@require_GET
def jury_picture(request: HttpRequest, token: str, code: str) -> HttpResponseBase:
    juror, actor = _found(token)
    asset = _entry(juror, actor, code).asset
    row = asset.renditions.filter(format="jpeg", kind__in=["medium", "small"]).order_by("-width").first()
    if row is None:
        raise Http404
    return answer_rendition(request, row)
