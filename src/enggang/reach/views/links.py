"""Beside a noun: its short links with their posters, and how its pages are read."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enggang.core.actor import Actor, actor_of
from enggang.core.exports import LIST_METHODS, answer_page, posted
from enggang.core.views.answers import attached, attempt, press, subject_link
from enggang.reach import exports as sheets
from enggang.reach import rules
from enggang.reach.domain import links as acts
from enggang.reach.enums import Paper
from enggang.reach.forms.links import LinkForm
from enggang.reach.models import ShortLink
from enggang.reach.papers import is_printable, poster_of
from enggang.reach.queries.figures import figures_of
from enggang.reach.queries.links import links_of
from enggang.reach.queries.nouns import Shown, shown_by
from enggang.reach.views.figures import PERIODS, days_asked


def _find(request: HttpRequest, code: str) -> tuple[Shown, Actor]:
    shown, actor = shown_by(code), actor_of(request)
    if shown is None or not rules.may_read(actor, shown.organisation.path):
        raise Http404
    return shown, actor


@require_http_methods(LIST_METHODS)
def noun(request: HttpRequest, code: str) -> HttpResponse:
    shown, actor = _find(request, code)
    may_share = rules.may_share(actor, shown.organisation.path)
    form = LinkForm(posted(request), face=shown.face) if shown.face and may_share else None
    if form is not None and form.is_bound:
        if attempt(form, lambda: acts.make_link(shown=shown, actor=actor, **form.cleaned_data)):
            messages.success(request, _("The short link is ready; its poster stands beside it."))
            return redirect("reach:noun", code=code)
    elif request.method == "POST" and posted(request) is not None:
        raise Http404
    return _page(request, shown, form, may_share)


def _page(request: HttpRequest, shown: Shown, form: LinkForm | None, may_share: bool) -> HttpResponse:
    days, face = days_asked(request), shown.face
    found = figures_of(days, [face.counted] if face else [])
    rows = links_of(shown)
    context: dict[str, Any] = {
        "shown": shown, "face": face, "form": form, "may_share": may_share, "found": found, "days": days, "periods": PERIODS,
        "links": [(row, is_printable(row.link, shown)) for row in rows], "papers": Paper.choices, "noun": subject_link(shown.subject),
    }  # fmt: skip
    status = 422 if form is not None and form.errors else 200
    exports = (sheets.LINKS.of(rows, about=shown.subject), sheets.DAYS.of(found.days, about=shown.subject))
    return answer_page(request, "reach/noun.html", context, *exports, status=status)


def _link(request: HttpRequest, code: str, link: str) -> tuple[Shown, ShortLink, Actor]:
    shown, actor = _find(request, code)
    rows = ShortLink.objects.visible_to(actor).select_related("subject", "organisation")
    return shown, get_object_or_404(rows, subject=shown.subject, code=link), actor


@require_POST
def link_step(request: HttpRequest, code: str, link: str, step: str) -> HttpResponse:
    _shown, row, actor = _link(request, code, link)
    steps = {
        "akhiri": (acts.retire_link, _("Retired: whoever follows it is told so.")),
        "pulihkan": (acts.revive_link, _("It leads on again.")),
    }
    if step not in steps:
        raise Http404
    do, said = steps[step]
    press(request, lambda: do(link=row, actor=actor), said)
    return redirect("reach:noun", code=code)


@require_safe
def poster(request: HttpRequest, code: str, link: str, paper: str) -> HttpResponse:
    shown, row, _actor = _link(request, code, link)
    if paper not in Paper.values or row.retired_at is not None or not is_printable(row, shown):
        raise Http404
    content = poster_of(row, shown, Paper(paper))
    return attached(content, "application/pdf", f"poster-{paper}-{row.code}.pdf")
