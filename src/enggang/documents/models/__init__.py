from enggang.documents.models.document import Document
from enggang.documents.models.register import Number, Register, RegisterYear

__all__ = ["Document", "Number", "Register", "RegisterYear"]
