"""The three zones of Indonesia, by the names their people use."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ZONES = [
    ("Asia/Pontianak", _("West (WIB): Pontianak")),
    ("Asia/Jakarta", _("West (WIB): Jakarta")),
    ("Asia/Makassar", _("Central (WITA): Makassar")),
    ("Asia/Jayapura", _("East (WIT): Jayapura")),
]
