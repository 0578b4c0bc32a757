from enggang.places.models.organisation import Organisation
from enggang.places.models.region import Region
from enggang.places.models.succession import Succession
from enggang.places.models.venue import Venue

__all__ = ["Organisation", "Region", "Succession", "Venue"]
