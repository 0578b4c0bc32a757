from enggang.documents.models.document import Document
from enggang.documents.models.letter import Letter, NumberBlock
from enggang.documents.models.letterhead import Letterhead, Signatory
from enggang.documents.models.register import Number, Register, RegisterYear
from enggang.documents.models.signing import Signature, SigningMethod
from enggang.documents.models.wording import LetterTemplate, TemplateVersion

__all__ = [
    "Document",
    "Letter",
    "LetterTemplate",
    "Letterhead",
    "Number",
    "NumberBlock",
    "Register",
    "RegisterYear",
    "Signatory",
    "Signature",
    "SigningMethod",
    "TemplateVersion",
]
