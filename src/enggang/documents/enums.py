from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
