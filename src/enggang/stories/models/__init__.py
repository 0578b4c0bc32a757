from enggang.stories.models.destination import Amenity, Destination, OldAddress, Revision
from enggang.stories.models.story import Story, StoryAddress, StoryRevision
from enggang.stories.models.suggestion import Suggestion, SuggestionDesk

__all__ = [
    "Amenity",
    "Destination",
    "OldAddress",
    "Revision",
    "Story",
    "StoryAddress",
    "StoryRevision",
    "Suggestion",
    "SuggestionDesk",
]
