"""A message to one address over one channel, with what became of it."""

from __future__ import annotations

from django.db import models

from enggang.core import codes
from enggang.core.actor import ADMINISTRATOR, Actor
from enggang.notices.enums import REASONS, Channel, NoticeState


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, actor: Actor) -> NoticeQuerySet:
        """One's own inbox."""
        mine = self.filter(channel=Channel.INBOX, user_id=actor.user_id)
        return mine if actor.is_signed_in else self.none()

    def in_outbox_of(self, actor: Actor) -> NoticeQuerySet:
        """Every e-mail, for the administrator of the whole installation."""
        return self.filter(channel=Channel.EMAIL) if actor.holds(ADMINISTRATOR, at="/") else self.none()

    def unread(self) -> NoticeQuerySet:
        return self.filter(channel=Channel.INBOX, state=NoticeState.SENT)

    def needing_attention(self) -> NoticeQuerySet:
        return self.filter(channel=Channel.EMAIL, state__in=[NoticeState.UNCERTAIN, NoticeState.FAILED])


class Notice(models.Model):
    """``user_id`` is a plain value: notices stand below accounts. Title and text are already in the reader's language.

    ``is_secret`` marks a text that opens an account (a reset link): it is dropped as soon as it has been sent.
    """

    code = models.CharField(max_length=16, unique=True, default=codes.random_code)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    address = models.CharField(max_length=254, blank=True)
    user_id = models.BigIntegerField(null=True, blank=True)
    language = models.CharField(max_length=5, default="id")
    title = models.CharField(max_length=200)
    text = models.TextField()
    href = models.CharField(max_length=200, blank=True)
    is_secret = models.BooleanField(default=False)
    subject = models.ForeignKey(
        "core.Subject", null=True, blank=True, on_delete=models.SET_NULL, related_name="notices"
    )
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.QUEUED)
    message_id = models.CharField(max_length=120, blank=True)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["user_id", "channel", "state"], name="notices_inbox"),
            models.Index(fields=["channel", "state"], name="notices_outbox"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_unread(self) -> bool:
        return self.channel == Channel.INBOX and self.state == NoticeState.SENT

    @property
    def reason(self) -> str:
        """Why it waits or failed, for the administrator."""
        return str(REASONS.get(self.error, self.error))

    @property
    def masked_address(self) -> str:
        """Enough to recognise the address, not enough to write to it."""
        name, _, host = self.address.partition("@")
        return f"{name[:2]}•••@{host}" if host else ""
