"""Stories in the office: the list, one with its languages and versions, its parts in a form, and its preview."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.access.domain.links import find_link
from enggang.access.enums import LinkScope
from enggang.core import registries
from enggang.core.actor import actor_of
from enggang.core.rows import fresh_set, is_to_be_saved
from enggang.core.tables import LIST_METHODS, answer_list
from enggang.core.views.answers import attempt, press, wording_form
from enggang.core.wordings import LANGUAGES, ORIGINAL
from enggang.stories import rules
from enggang.stories.domain import stories as acts
from enggang.stories.enums import PageState
from enggang.stories.filters import StoryFilter
from enggang.stories.forms.stories import BlockFormSet, ReleaseForm, StoryForm, blocks_given, rows_of, texts_asked
from enggang.stories.models import Story, StoryRevision
from enggang.stories.queries.stories import facts_of, gaps_of, page_of, translations_of
from enggang.stories.tables import STATE_TONES, StoryTable
from enggang.stories.views.moving import moves_of, version_in

SAID = {
    PageState.DRAFT: gettext_lazy("It is a draft again."),
    PageState.REVIEW: gettext_lazy("Handed on to be reviewed."),
    PageState.PUBLISHED: gettext_lazy("Released."),
    PageState.WITHDRAWN: gettext_lazy("Withdrawn: visitors no longer find it."),
}


@require_http_methods(LIST_METHODS)
def story_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.READS_DRAFTS):
        raise Http404
    chosen = StoryFilter(request.GET, queryset=Story.objects.visible_to(actor).with_names())
    context = {
        "table": StoryTable(chosen.qs), "filter": chosen, "may_add": actor.holds_somewhere(*rules.WRITERS),
        "public_href": registries.public_pages["stories"](),
    }  # fmt: skip
    return answer_list(request, "stories/stories.html", context, name=_("Stories"))


def _find(request: HttpRequest, code: str, *, written: bool = False) -> Story:
    actor = actor_of(request)
    rows = Story.objects.written_by(actor) if written else Story.objects.visible_to(actor)
    return get_object_or_404(rows.with_names(), subject__code=code)


def story(request: HttpRequest, code: str) -> HttpResponse:
    """For staff; whoever else comes by a link of the search is led to the public page."""
    row = _find(request, code)
    if not actor_of(request).holds_somewhere(*rules.READS_DRAFTS):
        return redirect(registries.public_pages[row.page_name](slug=row.slug))
    return _page(request, row)


def _page(request: HttpRequest, row: Story, preview: str = "") -> HttpResponse:
    actor = actor_of(request)
    may_publish = rules.may_publish(actor, row.organisation)
    may_change = may_publish if row.is_released else rules.may_write(actor, row.organisation)
    context = {
        "row": row, "gaps": gaps_of(row), "page": page_of(row, ORIGINAL), "translations": translations_of(row),
        "tone": STATE_TONES[PageState(row.state)], "revisions": list(row.revisions.all()[:50]), "may_change": may_change,
        "moves": moves_of(row.state, may_publish=may_publish, may_write=may_change), "public_href": registries.public_pages[row.page_name](slug=row.slug),
        "preview": preview, "release": ReleaseForm(), "state": PageState,
    }  # fmt: skip
    return render(request, "stories/story.html", context)


def story_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.WRITERS):
        raise Http404
    form = StoryForm(request.POST or None, actor=actor)
    blocks = fresh_set(BlockFormSet, request, "blocks")
    made: list[Story] = []

    def save() -> None:
        made.append(acts.open_story(blocks=blocks_given(blocks), actor=actor, **form.facts))

    if is_to_be_saved(request) and blocks.is_valid() and attempt(form, save):
        messages.success(request, _("Added as a draft."))
        return redirect("stories:story", code=made[0].code)
    return _form(request, form, _("Write a story"), blocks=blocks)


def story_edit(request: HttpRequest, code: str) -> HttpResponse:
    row, actor = _find(request, code, written=True), actor_of(request)
    form = StoryForm(request.POST or None, instance=row, actor=actor)
    blocks = fresh_set(BlockFormSet, request, "blocks", initial=rows_of(row.blocks))

    def save() -> None:
        facts = {name: value for name, value in form.facts.items() if name != "organisation"}
        fresh, version = _find(request, code, written=True), form.cleaned_data["version"] or 0
        acts.change_story(story=fresh, version=version, blocks=blocks_given(blocks), actor=actor, **facts)

    if is_to_be_saved(request) and blocks.is_valid() and attempt(form, save):
        messages.success(request, _("Saved. What it said before is kept under Versions."))
        return redirect("stories:story", code=code)
    return _form(request, form, _("Change the story"), blocks=blocks, row=row)


def _form(request: HttpRequest, form: Any, heading: str, **more: Any) -> HttpResponse:
    blocks = more.get("blocks")
    wrong = bool(form.errors) or bool(blocks is not None and blocks.is_bound and not blocks.is_valid())
    context = {"form": form, "heading": heading, **more}
    return render(request, "stories/story_form.html", context, status=422 if wrong and is_to_be_saved(request) else 200)


@require_POST
def story_move(request: HttpRequest, code: str) -> HttpResponse:
    row, to = _find(request, code, written=True), request.POST.get("to", "")
    release = ReleaseForm(request.POST)
    if to not in PageState.values:
        raise Http404
    if not release.is_valid():
        messages.error(request, _("This is no moment. Choose a day and a time, or leave it empty."))
        return redirect("stories:story", code=code)
    at: datetime | None = release.cleaned_data["at"]
    moment = at.replace(tzinfo=ZoneInfo(row.organisation.time_zone)) if at else None
    said = str(SAID[PageState(to)])
    press(request, lambda: acts.move_story(story=row, to=to, at=moment, actor=actor_of(request)), said)
    return redirect("stories:story", code=code)


def story_wording(request: HttpRequest, code: str, language: str) -> HttpResponse:
    row, actor = _find(request, code, written=True), actor_of(request)
    if language not in LANGUAGES:
        raise Http404
    form = wording_form(request.POST or None, subject=row.subject, language=language, asked=texts_asked(row))

    def save() -> None:
        acts.translate_story(
            story=row, language=language, texts=form.texts, checked=form.cleaned_data["checked"], actor=actor
        )

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("stories:story", code=code)
    heading = _("%(name)s in another language: %(language)s") % {"name": row, "language": LANGUAGES[language]}
    return _form(request, form, heading, row=row)


@require_http_methods(["GET", "HEAD", "POST"])
def story_revision(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What an earlier version said; posted to, it is put back."""
    row, actor = _find(request, code, written=True), actor_of(request)
    revision = get_object_or_404(StoryRevision, story=row, number=number)
    revision.story = row
    if request.method == "POST":
        version = version_in(request)
        said = _("Put back. The text that stood here is kept as a version too.")
        press(request, lambda: acts.restore_story(revision=revision, version=version, actor=actor), said)
        return redirect("stories:story", code=code)
    context = {"row": row, "revision": revision, "then": revision.facts, "now": facts_of(row)}
    return render(request, "stories/story_revision.html", context)


@require_POST
def story_preview(request: HttpRequest, code: str) -> HttpResponse:
    """Make the private address; it is shown this once."""
    row = _find(request, code, written=True)
    made: list[str] = []
    said = _("Hand the address on to whoever should read it first.")
    press(request, lambda: made.append(acts.hand_out_preview(story=row, actor=actor_of(request))), said)
    if not made:
        return redirect("stories:story", code=code)
    return _page(request, row, request.build_absolute_uri(reverse("stories:preview", args=[made[0]])))


@never_cache
@require_GET
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The story as it stands now, for whoever was given the address."""
    link = find_link(token[:100], LinkScope.STORY)
    row = Story.objects.with_names().filter(subject=link.subject_id).first() if link else None
    if row is None:
        raise Http404
    answer = render(request, "stories/preview.html", {"page": page_of(row, ORIGINAL), "row": row})
    answer["X-Robots-Tag"] = "noindex"
    return answer
