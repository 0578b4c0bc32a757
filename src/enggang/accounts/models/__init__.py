from enggang.accounts.models.desk_code import DeskCode
from enggang.accounts.models.handle import Handle
from enggang.accounts.models.user import User

__all__ = ["DeskCode", "Handle", "User"]
