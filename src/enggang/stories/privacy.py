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

_ANSWER = _("To answer whoever proposed it.")
_PROPOSED = _(
    "A year after the decision; thirty days where it is never confirmed; until the next night once it is withdrawn."
)
_THOUGHT = _("To judge the proposal.")

PERSONAL += [
    *(
        PersonalField(f"stories.Suggestion.{name}", _ANSWER, "consent", _PROPOSED)
        for name in ("person", "group", "phone", "email", "once", "mail_key", "call_code")
    ),
    PersonalField("stories.Suggestion.photo", _THOUGHT, "consent", _PROPOSED),
    PersonalField("stories.Suggestion.description", _THOUGHT, "consent", _("As long as the proposal is on record.")),
    PersonalField("stories.Suggestion.reason", _ANSWER, "public_duty", _("As long as the proposal is on record.")),
    PersonalField(
        "stories.Suggestion.decided_by_key", _ASKED, "public_duty", _("As long as the proposal is on record.")
    ),
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
        "id", "version", "subject", "organisation", "region", "genre", "about", "title", "name_key", "slug", "summary", "cover", "state",
        "published_at", "changed_at",
    ),
    "stories.StoryRevision": ("id", "story", "number", "saved_at"),
    "stories.StoryAddress": ("*",),
    "stories.SuggestionDesk": ("*",),
    "stories.Suggestion": (
        "id", "version", "subject", "organisation", "what", "state", "name", "name_key", "region", "place", "when", "language",
        "sent_at", "confirmed_at", "confirmed_by", "decided_at", "told_at", "destination",
    ),
}  # fmt: skip
