"""Where works went: fetched, embedded, posted on the agency's channels with their reach; and a kit to post with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.core import clock
from enggang.core.actor import Actor, actor_of
from enggang.core.exports import LIST_METHODS, answer_page, posted
from enggang.core.views.answers import attempt, press
from enggang.media import exports_rights as sheets
from enggang.media import rules
from enggang.media.domain import giving as acts
from enggang.media.domain.cuts import cuts_of
from enggang.media.enums_rights import Scope
from enggang.media.forms.giving import PostingForm, ReachFileForm, ReachForm
from enggang.media.models import Asset, Collection, Posting, Usage
from enggang.media.queries.credit import credit_of
from enggang.media.queries.gate import reasons_of, shown
from enggang.media.queries.kit import kit_for
from enggang.media.views.finding import homes
from enggang.media.views.rights import find_rights
from enggang.places.models import Organisation
from enggang.places.models.organisation import below_any

PER_PAGE = 50
KEPT, MOST_REMOVED = timedelta(days=7), 10  # what was taken out of the log by mistake can be put back


def _choices(actor: Actor) -> dict[str, Any]:
    return {
        "assets": shown(Asset.objects.kept_by(actor)).select_related("subject").order_by("title", "pk"),
        "collections": Collection.objects.visible_to(actor).public().prefetch_related("texts"),
    }


@require_http_methods(LIST_METHODS)
def posting_list(request: HttpRequest) -> HttpResponse:
    """The log of the agency's own channels; posted to, it notes one more."""
    actor = actor_of(request)
    if not rules.reads(actor):
        raise Http404
    data = posted(request)
    keeps = actor.holds_somewhere(*rules.KEEPERS)
    if data is not None and not keeps:
        raise Http404
    form = PostingForm(data, **_choices(actor))
    if data is not None and attempt(form, lambda: _note(form, actor)):
        messages.success(request, _("Noted."))
        return redirect("media:postings")
    return _postings(request, actor, form)


def _postings(request: HttpRequest, actor: Actor, form: PostingForm, **more: Any) -> HttpResponse:
    known = Posting.objects.visible_to(actor).select_related("asset__subject", "collection__subject", "organisation")
    known = known.prefetch_related("collection__texts")
    rows = known.filter(removed_at=None)
    removed = known.filter(removed_at__gte=clock.now() - KEPT).order_by("-removed_at")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page, "form": form, "keeps": actor.holds_somewhere(*rules.KEEPERS),
        "lines": [(row, rules.may_keep(actor, row.organisation)) for row in page],
        "removed": [row for row in removed[:MOST_REMOVED] if rules.may_keep(actor, row.organisation)], "reach": rows.aggregate(total=Sum("reach"))["total"], "file_form": ReachFileForm(),
        "homes": [home for home in homes(actor) if rules.may_keep(actor, home)], **more,
    }  # fmt: skip
    wrong = form.errors or (more.get("file_form") is not None and more["file_form"].errors)
    return answer_page(request, "media/postings.html", context, sheets.POSTINGS.of(rows), status=422 if wrong else 200)


def _note(form: PostingForm, actor: Actor) -> Posting:
    facts = dict(form.cleaned_data)
    about = facts["asset"] or facts["collection"]
    return acts.note_posting(organisation=about.organisation, actor=actor, **facts)


def _posting(request: HttpRequest, row_id: int) -> Posting:
    rows = Posting.objects.visible_to(actor_of(request)).select_related("organisation__subject")
    return get_object_or_404(rows, pk=row_id)


@require_POST
def posting_reach(request: HttpRequest, row_id: int) -> HttpResponse:
    row, form = _posting(request, row_id), ReachForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The reach is not a number."))
        return redirect("media:postings")
    press(
        request,
        lambda: acts.note_posting_reach(posting=row, actor=actor_of(request), **form.cleaned_data),
        _("Saved."),
    )
    return redirect("media:postings")


@require_POST
def posting_drop(request: HttpRequest, row_id: int) -> HttpResponse:
    """Out of the log, or with «kembali» back into it."""
    row, removed = _posting(request, row_id), "kembali" not in request.POST
    said = _("Removed from the log.") if removed else _("It stands in the log again.")
    press(request, lambda: acts.drop_posting(posting=row, actor=actor_of(request), removed=removed), said)
    return redirect("media:postings")


@require_POST
def reach_file(request: HttpRequest, code: str) -> HttpResponse:
    """What a channel exports; lines that do not count are told with their reason."""
    actor = actor_of(request)
    home = get_object_or_404(Organisation.objects.select_related("subject"), subject__code=code)
    if not rules.may_keep(actor, home):
        raise Http404
    form = ReachFileForm(request.POST, request.FILES)
    found: list[Any] = []

    def read() -> None:
        file = form.cleaned_data["file"]
        found.append(acts.import_reach(organisation=home, content=file.read(), name=file.name, actor=actor))

    if not attempt(form, read):
        return _postings(request, actor, PostingForm(**_choices(actor)), file_form=form)
    counted, rejected = found[0]
    messages.success(request, _("%(n)s lines counted.") % {"n": counted})
    if not rejected:
        return redirect("media:postings")
    return _postings(request, actor, PostingForm(**_choices(actor)), rejected=rejected)


@require_http_methods(LIST_METHODS)
def usage_list(request: HttpRequest) -> HttpResponse:
    """Where works were fetched and shown, the newest first."""
    actor = actor_of(request)
    if not rules.reads(actor):
        raise Http404
    rows = Usage.objects.filter(below_any(actor.paths(*rules.READS), "asset__organisation__path"))
    rows = rows.select_related("asset__subject")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    since = clock.today().replace(day=1)
    month = rows.filter(on__gte=since).values_list("kind").annotate(total=Sum("count")).order_by("kind")
    context = {"page_obj": page, "month": list(month)}
    return answer_page(request, "media/usages.html", context, sheets.USAGES.of(rows))


@require_GET
def share_kit(request: HttpRequest, code: str) -> HttpResponse:
    """For each channel the picture that fits it, the words with the credit, and whether the people agreed to it."""
    asset = find_rights(request, code)
    context = {
        "asset": asset, "credit": credit_of(asset), "kit": kit_for(asset), "cuts": cuts_of(asset),
        "may_describe": rules.may_describe(actor_of(request), asset),
        "reasons": reasons_of(asset, scope=Scope.SOCIAL), "press_reasons": reasons_of(asset, scope=Scope.PRESS),
    }  # fmt: skip
    return render(request, "media/share_kit.html", context)
