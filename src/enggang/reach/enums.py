from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class What(TextChoices):
    """What is counted of visitors; nothing of it says who."""

    PAGE = "page", _("Pages read")
    CALENDAR = "calendar", _("Put into a calendar")
    OUTSIDE = "outside", _("Led on to a business or another site")
    SHORT = "short", _("Short links followed")
    REFERRER = "referrer", _("Came from another site")
    SEARCH = "search", _("Searched and found nothing")


class Paper(TextChoices):
    A4 = "a4", "A4"
    A3 = "a3", "A3"
