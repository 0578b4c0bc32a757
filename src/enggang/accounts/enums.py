from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class HandleKind(TextChoices):
    NIP = "nip", _("NIP")
    EMAIL = "email", _("E-mail")
