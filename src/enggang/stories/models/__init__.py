from enggang.stories.models.destination import Amenity, Destination, OldAddress, Revision

__all__ = ["Amenity", "Destination", "OldAddress", "Revision"]
