"""A message to one address over one channel, with what became of it."""

from __future__ import annotations

from django.db import models

from enggang.core import codes
from enggang.core.actor import Actor
from enggang.notices.enums import Channel, NoticeState


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, actor: Actor) -> NoticeQuerySet:
        """One's own inbox."""
        return self.filter(user_id=actor.user_id) if actor.user_id else self.none()

    def unread(self) -> NoticeQuerySet:
        return self.filter(channel=Channel.INBOX, state=NoticeState.SENT)


class Notice(models.Model):
    """``user_id`` is a plain value: notices stand below accounts. Title and text are already in the reader's language."""

    code = models.CharField(max_length=16, unique=True, default=codes.random_code)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    address = models.CharField(max_length=254, blank=True)
    user_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    language = models.CharField(max_length=5, default="id")
    title = models.CharField(max_length=200)
    text = models.TextField()
    href = models.CharField(max_length=200, blank=True)
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

    def __str__(self) -> str:
        return self.title
