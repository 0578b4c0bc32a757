"""Acts on stories: written by an agency, released by an organiser, kept in every version they had."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from enggang.access.domain.links import open_link, revoke_links
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.models import Subject
from enggang.core.states import keep_version, move
from enggang.core.text import one_line
from enggang.core.wordings import keep_wordings, spoken
from enggang.media.models import Asset
from enggang.places.models import Organisation
from enggang.search.domain.indexing import index_subject
from enggang.stories import rules
from enggang.stories.blocks import codes_in, read_blocks
from enggang.stories.domain.addresses import free_slug, is_same_address
from enggang.stories.enums import PAGE_MOVES, Genre, PageState
from enggang.stories.models import Story, StoryAddress, StoryRevision
from enggang.stories.queries.stories import facts_of, gaps_of, originals_of

FOUND_BY = ("title", "summary")  # in every language
PREVIEW_DAYS = 14
FARTHEST = timedelta(days=366)


@act("stories.open_story")
def open_story(
    *, organisation: Organisation, title: str, actor: Actor, blocks: Iterable[Mapping[str, Any]] = (),
    genre: str = Genre.STORY, about: Subject | None = None, **facts: Any,
) -> Story:  # fmt: skip
    """Begin a story as a draft. ``facts``: region, summary, byline, cover (code or address of a work)."""
    require(rules.may_write(actor, organisation))
    row = Story(organisation=organisation, title=title, genre=genre, about=about)
    _set(row, blocks=blocks, **facts)
    row.subject = Story.new_subject(organisation.code)
    row.slug = free_slug(row, row.title, former=StoryAddress, fallback="kisah")
    _save(row)
    record(parts=len(row.blocks))
    return row


@act("stories.change_story")
def change_story(*, story: Story, version: int, actor: Actor, **facts: Any) -> Story:
    """Save another text; what it said before is kept as a version. Only an organiser changes what is published."""
    _may_change(story, actor)
    before = Story.objects.with_names().get(pk=story.pk)
    keep_version(story, version)
    last = before.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    StoryRevision.objects.create(
        story=before, number=last + 1, facts=facts_of(before), saved_at=clock.now(), saved_by_key=actor.key
    )
    _set(story, **facts)
    _follow_title(story, before)
    _save(story)
    record(state=str(story.state), parts=len(story.blocks))
    return story


@act("stories.restore_story")
def restore_story(*, revision: StoryRevision, version: int, actor: Actor) -> Story:
    """Put back what an earlier version said; the present text becomes a version itself, so this can be undone."""
    facts = dict(revision.facts)
    blocks = [
        {**block, "what": " ".join(block.get("works", ())) or block.get("about", "")} for block in facts["blocks"]
    ]
    return change_story(story=revision.story, version=version, actor=actor, **{**facts, "blocks": blocks})


@act("stories.translate_story")
def translate_story(
    *, story: Story, language: str, texts: Mapping[str, str], checked: bool, actor: Actor
) -> Story:  # fmt: skip
    """What it says in another language. Visitors read it once it is ``checked``; empty texts are taken away."""
    _may_change(story, actor)
    originals = originals_of(story)
    known = {name: text for name, text in texts.items() if name in originals}
    count = keep_wordings(
        subject=story.subject, language=language, texts=known, originals=originals, checked=checked, actor=actor
    )
    _index(story)
    record_subject(story.subject)
    record(language=language, texts=count, checked=checked)
    return story


@act("stories.move_story")
def move_story(*, story: Story, to: str, actor: Actor, at: datetime | None = None) -> Story:
    """To review, back to draft, published or withdrawn. Published ``at`` a moment to come, it is read from then on."""
    released = to in {PageState.PUBLISHED, PageState.WITHDRAWN}
    require((rules.may_publish if released else rules.may_write)(actor, story.organisation))
    also: dict[str, Any] = {}
    if to == PageState.PUBLISHED:
        if gaps := gaps_of(story):
            raise Conflict(_("Still missing: %(what)s.") % {"what": ", ".join(gaps)})
        also["published_at"] = _moment(at)
    move(story, to, moves=PAGE_MOVES, **also)
    _index(story)
    record(state=str(to), ahead=story.is_ahead)
    return story


@act("stories.hand_out_preview")
def hand_out_preview(*, story: Story, actor: Actor) -> str:
    """A private address where the story is read before it is published; answers its token, shown once. The former one ends."""
    require(rules.may_write(actor, story.organisation))
    revoke_links(scope=LinkScope.STORY, subject=story.subject, actor=actor)
    until = clock.now() + timedelta(days=PREVIEW_DAYS)
    _link, token = open_link(
        scope=LinkScope.STORY, subject=story.subject, actor=actor, handed_out=True, expires_at=until
    )
    return token


def _moment(at: datetime | None) -> datetime:
    now = clock.now()
    if at is not None and at > now + FARTHEST:
        raise Conflict(_("Choose a moment within the next year."))
    return max(at, now) if at else now


def _may_change(story: Story, actor: Actor) -> None:
    may = rules.may_publish if story.is_released else rules.may_write
    require(may(actor, story.organisation))


def _set(row: Story, **facts: Any) -> None:
    if "blocks" in facts:
        row.blocks = read_blocks(facts.pop("blocks"))
    if "cover" in facts:
        row.cover = _cover(str(facts.pop("cover") or ""))
    for name, value in facts.items():
        setattr(row, name, value)
    row.title, row.summary = one_line(row.title, 160), one_line(row.summary, 300)
    row.byline = one_line(row.byline, 160)
    row.fold_name()
    if not row.name_key:
        raise Conflict(_("The title needs letters or digits."))
    row.changed_at = clock.now()
    row.clean_fields(exclude=["subject", "slug", "blocks"])


def _cover(text: str) -> Asset | None:
    if not text.strip():
        return None
    found = codes_in(text)
    row = Asset.objects.with_names().filter(subject__code=found[-1]).first() if found else None
    if row is None:
        raise Conflict(_("There is no such work in the gallery. Give its code or its address."))
    return row


def _save(row: Story) -> None:
    with told(Story):
        row.save()
    _index(row)


def _index(row: Story) -> None:
    words = " ".join(block["text"] for block in row.blocks)
    index_subject(
        subject=row.subject, title=row.title, text=f"{row.summary} {words}", organisation_path=row.organisation.path,
        public=row.is_released and not row.is_ahead, also=spoken(row.subject, FOUND_BY),
    )  # fmt: skip


def _follow_title(row: Story, before: Story) -> None:
    """A released story keeps the way to its old address; a draft that nobody has seen gets a new one at once."""
    if is_same_address(row.title, before.title):
        return
    row.slug = free_slug(row, row.title, former=StoryAddress, fallback="kisah")
    if before.published_at is not None and row.slug != before.slug:
        StoryAddress.objects.get_or_create(slug=before.slug, defaults={"story": row})
