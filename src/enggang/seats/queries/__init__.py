from enggang.seats.queries.offers import PoolCount, seats_by_pool, standing

__all__ = ["PoolCount", "seats_by_pool", "standing"]
