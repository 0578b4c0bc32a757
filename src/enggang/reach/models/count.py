"""How often something was read or done on a day. No row says by whom, from where on the net, or at which hour."""

from __future__ import annotations

from django.db import models

from enggang.reach.enums import What

KEY = 200  # letters


class Count(models.Model):
    """``key`` is a path, a host, a question or a code, as ``what`` asks; ``about`` the public code of the noun, if any."""

    day = models.DateField()
    what = models.CharField(max_length=8, choices=What.choices)
    key = models.CharField(max_length=KEY, blank=True)
    about = models.CharField(max_length=16, blank=True)
    language = models.CharField(max_length=2, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["what", "day", "key", "about", "language"], name="reach_count_once")
        ]
        indexes = [models.Index(fields=["about", "what", "day"], name="reach_count_of_noun")]

    def __str__(self) -> str:
        return f"{self.day} {self.what} {self.key}: {self.count}"
