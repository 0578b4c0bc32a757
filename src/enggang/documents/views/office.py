"""What an organisation's letters are made from: letterheads, signatories, blocks of numbers; and the list of letters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import press
from enggang.documents import exports, rules
from enggang.documents.domain.blocks import close_block, receive_block
from enggang.documents.domain.letterheads import add_letterhead, add_signatory, end_dated
from enggang.documents.forms.letters import (
    BlockForm,
    CopyForm,
    EndForm,
    LetterheadForm,
    SignatoryForm,
    latest_head,
)
from enggang.documents.letters import letter_kinds
from enggang.documents.models import Letter, Letterhead, LetterTemplate, Number, NumberBlock, Signatory
from enggang.documents.rendering.pictures import LARGEST
from enggang.documents.views.finding import find_office
from enggang.places.forms.tree import in_tree
from enggang.places.models import Organisation

PER_PAGE = 25
SHOWN = 30


@require_http_methods(LIST_METHODS)
def office_list(request: HttpRequest) -> HttpResponse:
    """The organisations the actor writes letters for; the only one opens at once."""
    actor = actor_of(request)
    held = [grant.path for grant in actor.grants if grant.role in rules.READS]
    has_letters = Q(letterheads__isnull=False) | Q(letters__isnull=False) | Q(signatories__isnull=False)
    rows = Organisation.objects.held_by(actor, *rules.READS).filter(has_letters | Q(path__in=held))
    offices = in_tree(rows.select_related("subject").distinct())[:200]
    if len(offices) == 1:
        return redirect("documents:office", code=offices[0].code)
    return answer_page(request, "documents/offices.html", {"offices": offices}, exports.OFFICES.of(offices))


@require_http_methods(LIST_METHODS)
def office(request: HttpRequest, code: str) -> HttpResponse:
    organisation = find_office(request, code)
    papers = {code: kind.label for code, kind in letter_kinds.items()}
    templates = LetterTemplate.objects.filter(organisation=organisation).select_related("subject")
    templates = templates.prefetch_related("versions")
    heads, signs = (model.objects.filter(organisation=organisation) for model in (Letterhead, Signatory))
    blocks = NumberBlock.objects.filter(organisation=organisation)
    context: dict[str, Any] = {
        "organisation": organisation,
        "may_issue": rules.may_issue(actor_of(request), organisation),
        "letterheads": _with_paper(heads[:SHOWN], papers),
        "signatories": _with_paper(signs[:SHOWN], papers),
        "blocks": list(blocks[:SHOWN]),
        "templates": [(row, papers.get(row.kind, row.kind)) for row in templates],
        "shipped": [(code, kind, each) for code, kind in letter_kinds.items() for each in kind.shipped],
        "copy_form": CopyForm(organisation=organisation),
    }
    numbers = Number.objects.filter(register__organisation=organisation).select_related("register")
    about = {"about": organisation.subject}
    offered = (
        exports.LETTERHEADS.of(heads, shown=context["letterheads"], **about),
        exports.SIGNATORIES.of(signs, shown=context["signatories"], **about),
        exports.TEMPLATES.of(templates, shown=context["templates"], **about),
        exports.BLOCKS.of(blocks, shown=context["blocks"], **about),
        exports.NUMBERS.of(numbers.order_by("register", "year", "seq"), shown=list(numbers[:1]), **about),
    )
    return answer_page(request, "documents/office.html", context, *offered)


def _with_paper(rows: Any, papers: dict[str, Any]) -> list[tuple[Any, Any]]:
    return [(row, papers.get(row.paper, gettext_lazy("All letters"))) for row in rows]


@require_http_methods(LIST_METHODS)
def letter_list(request: HttpRequest, code: str) -> HttpResponse:
    organisation = find_office(request, code)
    rows = Letter.objects.filter(organisation=organisation).select_related("subject")
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    if text:
        rows = rows.filter(Q(number__icontains=text) | Q(title__icontains=text))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"organisation": organisation, "page_obj": page, "q": text}
    export = exports.LETTERS.of(rows, about=organisation.subject)
    return answer_page(request, "documents/letters.html", context, export)


def letterhead_new(request: HttpRequest, code: str) -> HttpResponse:
    organisation = find_office(request, code, issues=True)
    latest = latest_head(organisation)
    start = {"lines": latest.lines, "address": latest.address, "city": latest.city} if latest else {}
    form = LetterheadForm(request.POST or None, request.FILES or None, initial=start)

    def keep(values: dict[str, Any]) -> None:
        upload = values.pop("emblem")
        content = upload.read(LARGEST + 1) if upload else b""
        add_letterhead(organisation=organisation, emblem=content, same_emblem=latest, actor=actor_of(request), **values)

    title = _("New letterhead")
    return _add(request, organisation, form, keep, title)


def signatory_new(request: HttpRequest, code: str) -> HttpResponse:
    organisation = find_office(request, code, issues=True)

    def keep(values: dict[str, Any]) -> None:
        add_signatory(organisation=organisation, actor=actor_of(request), **values)

    return _add(request, organisation, SignatoryForm(request.POST or None), keep, _("New signatory"))


def block_new(request: HttpRequest, code: str) -> HttpResponse:
    organisation = find_office(request, code, issues=True)

    def keep(values: dict[str, Any]) -> None:
        receive_block(organisation=organisation, actor=actor_of(request), **values)

    return _add(request, organisation, BlockForm(request.POST or None), keep, _("New block of numbers"))


def _add(
    request: HttpRequest, organisation: Organisation, form: Any, keep: Callable[[dict[str, Any]], None], title: str
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            keep(dict(form.cleaned_data))
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Added."))
            return redirect("documents:office", code=organisation.code)
    context = {"organisation": organisation, "form": form, "title": title}
    return render(request, "documents/office_form.html", context, status=422 if form.errors else 200)


@require_POST
def dated_end(request: HttpRequest, code: str, what: str, row_id: int) -> HttpResponse:
    """Set or take back the last day of a letterhead or signatory."""
    organisation = find_office(request, code, issues=True)
    models: dict[str, Any] = {"kop": Letterhead, "penandatangan": Signatory}
    if what not in models:
        raise Http404
    row = get_object_or_404(
        models[what].objects.select_related("organisation__subject"), organisation=organisation, pk=row_id
    )
    form = EndForm(request.POST)
    press(request, lambda: end_dated(row=row, last_day=form.last_day(), actor=actor_of(request)), _("Saved."))
    return redirect("documents:office", code=code)


@require_POST
def block_close(request: HttpRequest, code: str, block_id: int) -> HttpResponse:
    organisation = find_office(request, code, issues=True)
    rows = NumberBlock.objects.filter(organisation=organisation).select_related("organisation__subject")
    block = get_object_or_404(rows, pk=block_id)
    close_block(block=block, closed=block.closed_at is None, actor=actor_of(request))
    messages.success(request, _("Saved."))
    return redirect("documents:office", code=code)
