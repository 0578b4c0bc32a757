from enggang.notices.models.notice import Notice

__all__ = ["Notice"]
