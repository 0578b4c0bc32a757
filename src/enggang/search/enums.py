from __future__ import annotations

from django.db.models import IntegerChoices
from django.utils.translation import gettext_lazy as _


class Audience(IntegerChoices):
    """Who may find an entry, from few to all."""

    STAFF = 0, _("Staff of the organisation and above it")
    SIGNED_IN = 1, _("Whoever is signed in")
    PUBLIC = 2, _("Everyone")
