from enggang.search.models.entry import SearchEntry, Words

__all__ = ["SearchEntry", "Words"]
