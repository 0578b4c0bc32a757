from enggang.reach.models.count import Count
from enggang.reach.models.link import ShortLink

__all__ = ["Count", "ShortLink"]
