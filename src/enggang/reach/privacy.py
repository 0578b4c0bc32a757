from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

PERSONAL = [
    PersonalField(
        "reach.ShortLink.made_by_key", _("To ask whoever made it."), "public_duty", _("As long as the link is kept.")
    ),
]

# Of a visitor nothing is stored: see reach/counter.py. Questions that hold an address or a long number are thrown away.
NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "reach.Count": ("*",),
    "reach.ShortLink": (
        "id", "code", "subject", "organisation", "aim", "language", "note", "made_at", "retired_at",
    ),
}  # fmt: skip
