"""What visitors read of events: which editions are theirs to know, the texts in a language, and what has been moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from enggang.core import clock, wordings
from enggang.core.models import Wording
from enggang.core.wordings import Text, Translation, languages_of, text_in, wordings_of
from enggang.events.enums import Entry, Stage
from enggang.events.models import DateChange, Edition, Event, EventAmenity, EventPage, Part, Site, StageStep
from enggang.events.models.edition import EditionQuerySet
from enggang.events.queries.visitors import REGISTERING, SHOWN
from enggang.places.enums import FOR_DISABLED, Facility

TRANSLATED = ("name", "summary", "story", "reaching", "access")
NEEDED = ("name", "summary", "story")  # without them a page in another language would be pretended
LABELS = {
    "name": _("name"),
    **{name: EventPage._meta.get_field(name).verbose_name for name in TRANSLATED[1:]},  # type: ignore[union-attr]
}
OVER = (Stage.EVALUATED, Stage.CLOSED)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def shown_editions() -> EditionQuerySet:
    """Those that everybody may know: published, and not called off before that."""
    rows = Edition.objects.filter(stage__in=SHOWN)
    return rows.exclude(Q(stage=Stage.CANCELLED) & ~Q(stage_before__in=REGISTERING))


def withdrawn_editions() -> EditionQuerySet:
    """Those that were published once and are no longer: who follows a calendar or a feed has to be told."""
    once = StageStep.objects.filter(edition=OuterRef("pk"), now=Stage.PUBLISHED)
    return Edition.objects.filter(Exists(once)).exclude(pk__in=shown_editions().values("pk"))


def accessible(rows: EditionQuerySet) -> EditionQuerySet:
    """Where something is done for people with disabilities."""
    return rows.filter(event__in=EventAmenity.objects.filter(kind__in=FOR_DISABLED).values("page__event"))


def free(rows: EditionQuerySet) -> EditionQuerySet:
    return rows.filter(entry=Entry.FREE)


def page_of(event: Event) -> EventPage | None:
    return EventPage.objects.filter(event=event).first()


def originals_of(event: Event, page: EventPage | None = None) -> dict[str, str]:
    """The Indonesian texts by field; what nobody has written is empty."""
    page = page or page_of(event)
    return {"name": event.name, **{name: getattr(page, name) if page else "" for name in TRANSLATED[1:]}}


def needed_of(originals: Mapping[str, str]) -> list[str]:
    """What must be checked before the page counts as written in a language: of ``NEEDED`` all that says something."""
    return [name for name in NEEDED if originals[name]]


def translations_of(event: Event) -> list[Translation]:
    originals = originals_of(event)
    return wordings.translations_of(event.subject, originals, needed_of(originals), LABELS)


def slug_of(event: Event) -> str:
    """The end of its address: for people its name, for us its code. Another name needs no redirect of its own."""
    return f"{slugify(event.name)[:60].strip('-')}-{event.code}".lstrip("-")


def key_of(edition: Edition) -> str:
    """How one edition is told from the others of its event: the year, with the label where two share it."""
    return f"{edition.year}-{slugify(edition.label)}" if slugify(edition.label) else str(edition.year)


# -- what has happened to its days ------------------------------------------------------------------------


@dataclass(slots=True)
class History:
    """``previous``: first days that visitors were told before, the newest first. ``changed_at``: the last change known."""

    published_at: datetime | None = None
    changed_at: datetime | None = None
    previous: list[date] = field(default_factory=list)

    @property
    def was(self) -> date | None:
        return self.previous[0] if self.previous else None


def histories_of(editions: Iterable[Edition]) -> dict[int, History]:
    """By edition, in two questions for any number: moved is what moved after it was published."""
    rows = {row.pk: row for row in editions}
    found: dict[int, History] = defaultdict(History)
    for step in StageStep.objects.filter(edition__in=rows).order_by("noted_at", "pk"):
        history = found[step.edition_id]
        history.changed_at = step.noted_at
        if step.now == Stage.PUBLISHED and history.published_at is None:
            history.published_at = step.noted_at
    for change in DateChange.objects.filter(edition__in=rows).order_by("noted_at", "pk"):
        _note(found[change.edition_id], change, rows[change.edition_id].starts_on)
    return found


def _note(history: History, change: DateChange, now: date | None) -> None:
    history.changed_at = max(history.changed_at or change.noted_at, change.noted_at)
    told = history.published_at is not None and change.noted_at >= history.published_at
    if told and change.was_first and change.was_first not in {change.first, now}:
        history.previous = [change.was_first, *(day for day in history.previous if day != change.was_first)]


def sequence_of(edition: Edition, page: EventPage | None = None) -> int:
    """Grows with every change that a calendar could show: each of the three rows counts its own."""
    return edition.version + edition.event.version + (page.version if page else 0)


# -- in a list --------------------------------------------------------------------------------------------


class Face(NamedTuple):
    """An edition in a list of visitors. ``seen`` are the facilities of its event."""

    edition: Edition
    name: Text
    summary: Text
    history: History
    page: EventPage | None
    facilities: list[str]

    @property
    def for_disabled(self) -> list[str]:
        return [kind for kind in self.facilities if kind in FOR_DISABLED]

    @property
    def changed_at(self) -> datetime:
        """The last change that is known."""
        known = [self.history.changed_at, self.page.changed_at if self.page else None]
        return max((at for at in known if at), default=LONG_AGO)

    @property
    def sequence(self) -> int:
        return sequence_of(self.edition, self.page)

    @property
    def is_over(self) -> bool:
        """Also when its days have passed and nobody has noted that it ended yet."""
        row = self.edition
        passed = row.ends_on is not None and row.ends_on < clock.today(row.time_zone)
        return row.stage in OVER or (passed and not row.is_cancelled)

    @property
    def slug(self) -> str:
        return slug_of(self.edition.event)

    @property
    def key(self) -> str:
        return key_of(self.edition)


def faces_of(editions: Sequence[Edition], language: str) -> list[Face]:
    """In the order given; the same number of questions for any number of them."""
    events = {row.event_id: row.event for row in editions}
    known = wordings_of([each.subject for each in events.values()], language)
    pages = {page.event_id: page for page in EventPage.objects.filter(event__in=events).prefetch_related("amenities")}
    histories = histories_of(editions)
    return [
        _face(row, pages.get(row.event_id), known.get(row.event.subject_id, {}), histories[row.pk]) for row in editions
    ]


def _face(edition: Edition, page: EventPage | None, known: Mapping[str, Wording], history: History) -> Face:
    summary = page.summary if page else ""
    kinds = [each.kind for each in page.amenities.all()] if page else []
    return Face(
        edition, text_in(known, "name", edition.event.name), text_in(known, "summary", summary), history, page, kinds
    )


# -- the page of one event --------------------------------------------------------------------------------


class EventFace(NamedTuple):
    """``editions``: all that everybody may know, the newest first."""

    event: Event
    texts: dict[str, Text]
    languages: list[str]
    facilities: list[Facility]
    for_disabled: list[Facility]
    editions: list[Face]


def face_of(event: Event, language: str) -> EventFace:
    page = EventPage.objects.filter(event=event).prefetch_related("amenities").first()
    originals = originals_of(event, page) if page else originals_of(event)
    known = wordings_of([event.subject], language).get(event.subject_id, {})
    kinds = [Facility(each.kind) for each in page.amenities.all()] if page else []
    editions = list(shown_editions().filter(event=event).with_names().order_by("-year", "-starts_on", "label"))
    return EventFace(
        event,
        {name: text_in(known, name, text) for name, text in originals.items()},
        languages_of(event.subject, needed_of(originals)),
        [kind for kind in kinds if kind not in FOR_DISABLED],
        [kind for kind in kinds if kind in FOR_DISABLED],
        faces_of(editions, language),
    )


def chosen(faces: Sequence[Face], today: date, key: str = "") -> Face | None:
    """The one asked for; without a key that which is on or comes next, else the last that was held."""
    if key:
        return next((face for face in faces if face.key == key), None)
    ahead = [face for face in faces if (face.edition.ends_on or date.max) >= today and not face.is_over]
    return min(
        ahead, key=lambda face: (face.edition.is_cancelled, face.edition.starts_on or date.max), default=None
    ) or (faces[0] if faces else None)


def parts_told(edition: Edition) -> list[Part]:
    """What visitors register or pay for."""
    return list(edition.parts.public().select_related("subject"))


def sites_told(edition: Edition) -> list[Site]:
    return list(edition.sites.select_related("region").defer("region__outline"))
