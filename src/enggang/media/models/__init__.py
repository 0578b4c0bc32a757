from enggang.media.models.asset import Asset
from enggang.media.models.delivery import Delivery
from enggang.media.models.intake import Intake
from enggang.media.models.rendition import Rendition

__all__ = ["Asset", "Delivery", "Intake", "Rendition"]
