from enggang.stories.models.destination import Amenity, Destination, OldAddress, Revision
from enggang.stories.models.story import Story, StoryAddress, StoryRevision

__all__ = ["Amenity", "Destination", "OldAddress", "Revision", "Story", "StoryAddress", "StoryRevision"]
