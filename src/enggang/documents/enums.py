from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

SAME_WORDS = "≈"  # of a signed file: what differs is what no text tells, as pictures, lines, the way it is written


class NumberState(TextChoices):
    RESERVED = "reserved", _("Reserved")
    USED = "used", _("Used")
    VOIDED = "voided", _("Void")


NUMBER_MOVES = {
    NumberState.RESERVED: frozenset({NumberState.USED, NumberState.VOIDED}),
    NumberState.USED: frozenset({NumberState.VOIDED}),
    NumberState.VOIDED: frozenset(),
}


class DocumentState(TextChoices):
    RESERVED = "reserved", _("To be drawn")
    FROZEN = "frozen", _("Issued")
    VOIDED = "voided", _("Void")


DOCUMENT_MOVES = {
    DocumentState.RESERVED: frozenset({DocumentState.FROZEN, DocumentState.VOIDED}),
    DocumentState.FROZEN: frozenset({DocumentState.VOIDED}),
    DocumentState.VOIDED: frozenset(),
}


class LetterState(TextChoices):
    DRAFT = "draft", _("Draft")
    NUMBERED = "numbered", _("To be drawn")
    FROZEN = "frozen", _("Issued")
    VOIDED = "voided", _("Void")


LETTER_MOVES = {
    LetterState.DRAFT: frozenset({LetterState.NUMBERED}),
    LetterState.NUMBERED: frozenset({LetterState.FROZEN, LetterState.VOIDED}),
    LetterState.FROZEN: frozenset({LetterState.VOIDED}),
    LetterState.VOIDED: frozenset(),
}


class SigningForm(TextChoices):
    """By which right somebody signs; abbreviations as official letters print them."""

    DEFINITIVE = "definitive", _("In their own post")
    PLT = "plt", _("Plt. (acting, the post is vacant)")
    PLH = "plh", _("Plh. (daily acting, the holder is away)")
    AN = "an", _("a.n. (on behalf of a superior)")


class SigningBackend(TextChoices):
    NONE = "none", _("Not signed electronically")
    KEY = "key", _("With a key kept here, as the papers are drawn")
    UPLOAD = "upload", _("Elsewhere by a person; the signed files are uploaded")
    SERVICE = "service", _("By a person with BSrE's e-sign client")


class SignatureState(TextChoices):
    PROPOSED = "proposed", _("Uploaded, waits for somebody to look at it")
    ATTACHED = "attached", _("Signed")


SIGNATURE_MOVES = {
    SignatureState.PROPOSED: frozenset({SignatureState.ATTACHED}),
    SignatureState.ATTACHED: frozenset[SignatureState](),
}
