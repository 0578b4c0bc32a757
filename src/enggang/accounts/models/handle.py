from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.accounts.enums import HandleKind


class Handle(models.Model):
    """What a person may type to sign in: an NIP, or an e-mail address that was shown to be theirs."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="handles")
    kind = models.CharField(max_length=8, choices=HandleKind.choices)
    value = models.CharField(max_length=254)
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value"],
                name="accounts_handle_unique",
                violation_error_message=_("Another account already signs in with this."),
            )
        ]

    def __str__(self) -> str:
        return self.value


def normalise_handle(text: str) -> str:
    """An NIP without its spaces and dots, an e-mail in lower case; an over-long text is cut and then matches nothing."""
    text = text.replace("\x00", "").strip()[:300]
    return text.lower() if "@" in text else "".join(char for char in text if char.isascii() and char.isalnum())
