"""Uploads that nobody finished or used within their time are given up, every night."""

from __future__ import annotations

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Refused
from enggang.files.domain.uploading import end_upload
from enggang.files.models import Upload

BATCH = 200


def end_expired(actor: Actor) -> int:
    """Answers how many were given up."""
    count = 0
    for upload in Upload.objects.over(clock.now()).select_related("file").order_by("pk")[:BATCH]:
        try:
            end_upload(upload=upload, actor=actor)
        except Refused:  # somebody used it in this very moment
            continue
        count += 1
    return count
