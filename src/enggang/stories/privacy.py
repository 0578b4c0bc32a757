from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

_ASKED = _("To ask whoever wrote it.")
_KEPT = _("As long as the record of the destination is kept.")

_STORY = _("As long as the story is kept.")

PERSONAL = [
    PersonalField("stories.Destination.phone", _("To let visitors ask before they set out."), "public_duty", _KEPT),
    PersonalField("stories.Revision.saved_by_key", _ASKED, "public_duty", _KEPT),
]

PERSONAL += [
    PersonalField("stories.Story.byline", _("To say who wrote it."), "public_duty", _STORY),
    PersonalField("stories.Story.blocks", _("To tell of people who agreed to be told of."), "public_duty", _STORY),
    PersonalField("stories.StoryRevision.facts", _("To put back what a story said before."), "public_duty", _STORY),
    PersonalField("stories.StoryRevision.saved_by_key", _ASKED, "public_duty", _STORY),
]

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "stories.Destination": (
        "id", "version", "subject", "organisation", "region", "name", "name_key", "slug", "kind", "summary", "description", "opening",
        "fees", "is_free", "reaching", "access", "address", "latitude", "longitude", "website", "source", "checked_on", "state",
        "published_at", "changed_at",
    ),
    "stories.Revision": ("id", "destination", "number", "facts", "saved_at"),
    "stories.Amenity": ("*",),
    "stories.OldAddress": ("*",),
    "stories.Story": (
        "id", "version", "subject", "organisation", "region", "title", "name_key", "slug", "summary", "cover", "state",
        "published_at", "changed_at",
    ),
    "stories.StoryRevision": ("id", "story", "number", "saved_at"),
    "stories.StoryAddress": ("*",),
}  # fmt: skip
