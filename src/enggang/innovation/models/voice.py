"""What others say of an innovation: who had the idea without an account, comments, and support, which only advises."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.innovation.models.innovation import Innovation


class Intake(models.Model):
    """How somebody without an account can be reached about their idea. Emptied after a year."""

    innovation = models.OneToOneField(Innovation, on_delete=models.CASCADE, related_name="intake")
    name = models.CharField(_("your name"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone (WhatsApp)"), max_length=20, blank=True)
    language = models.CharField(max_length=8, default="id")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.innovation)


class Comment(models.Model):
    """Taken back by its writer or hidden by the agency, it is no longer shown; that it stood stays on record."""

    innovation = models.ForeignKey(Innovation, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("comment"), max_length=1000)
    at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by_key = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text


class Support(models.Model):
    """A vote that advises and decides nothing."""

    innovation = models.ForeignKey(Innovation, on_delete=models.CASCADE, related_name="supports")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["innovation", "user"],
                name="innovation_support_once",
                violation_error_message=_("You support this already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.innovation_id} {self.user_id}"
