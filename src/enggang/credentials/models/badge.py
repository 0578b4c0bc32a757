"""The badge of an award: an Open Badges 3.0 credential, made once from frozen facts and never written again."""

from __future__ import annotations

from django.db import models

LIST_LENGTH = 131_072  # entries of a status list: the least that Bitstring Status List 1.0 allows
LIST_FILL = LIST_LENGTH // 2  # badges on one list: a random free place is found in two tries, and the rest hides them


class Badge(models.Model):
    """``content`` is the signed JSON in canonical form, byte for byte what the holder downloads.

    ``list_number`` and ``list_index`` say where its revocation is told, for ever. The index is random, so that
    neighbours on a list have nothing in common.
    """

    award = models.OneToOneField("credentials.Award", on_delete=models.PROTECT, related_name="badge")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64, unique=True)
    kid = models.CharField(max_length=16)
    list_number = models.PositiveIntegerField()
    list_index = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list_number", "list_index"], name="credentials_badge_place_once"),
            models.CheckConstraint(
                condition=models.Q(list_index__lt=LIST_LENGTH), name="credentials_badge_index_on_list"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award_id}: {self.sha256[:12]}"
