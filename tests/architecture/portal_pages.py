"""The lines of the permission table that are about the public site: everybody reads the same."""

from __future__ import annotations

from enggang.events.models import Edition
from enggang.events.queries.pages import key_of, slug_of
from tests.architecture.arguments import fixed
from tests.architecture.matrix import EVERYONE, FromSide, Row, Side, Values, page


def event(side: Side) -> Values:
    return {"slug": slug_of(_festival(side).event)}


def edition(side: Side) -> Values:
    return {**event(side), "key": key_of(_festival(side))}


def _festival(side: Side) -> Edition:
    return Edition.objects.select_related("event__subject").get(subject__code=side.rows["festival"])


def everybody(args: FromSide) -> tuple[Row, ...]:
    return (page(EVERYONE, EVERYONE, args=args),)


PORTAL: dict[str, tuple[Row, ...]] = {
    **{
        f"portal:{name}": (page(EVERYONE),)
        for name in (
            "home", "agenda", "registrations", "destinations", "stories", "innovations", "agencies", "releases", "manifest", "worker", "offline", "journey", "search", "suggestions", "about", "embed", "calendar_file", "feed_json", "feed_csv", "atom", "sitemap",
            "robots",
        )
    },
    "portal:sitemap_of": (page(EVERYONE, args=fixed(code="zh")),),
    "portal:destination": everybody(lambda side: {"slug": side.rows["slug"]}),
    **{f"portal:{name}": everybody(lambda side: {"slug": side.rows["story_slug"]}) for name in ("story", "story_card")},
    "portal:innovation": everybody(lambda side: {"code": side.rows["shown_innovation"]}),
    "portal:agency": everybody(lambda side: {"code": side.organisation.code}),
    **{f"portal:{name}": everybody(lambda side: {"slug": side.rows["release_slug"]}) for name in ("release", "release_file")},
    **{f"portal:{name}": everybody(event) for name in ("event", "event_calendar")},
    **{f"portal:{name}": everybody(edition) for name in ("edition", "event_card")},
}  # fmt: skip
