from enggang.credentials.models.award import Award

__all__ = ["Award"]
