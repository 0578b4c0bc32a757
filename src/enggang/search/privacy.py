"""Search entries repeat what other apps let their readers see; names of persons among it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

_PURPOSE = _("To find a person or a record by name.")
_RETENTION = _("As long as the record it points to is kept.")
PERSONAL = [
    PersonalField(f"search.{name}", _PURPOSE, "public_duty", _RETENTION)
    for name in (
        "SearchEntry.title",
        "SearchEntry.text",
        "SearchEntry.title_key",
        "SearchEntry.text_key",
        "Words.title",
        "Words.words",
    )
]
NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "search.SearchEntry": ("subject", "kind", "organisation_code", "organisation_path", "audience"),
    "search.Words": ("entry",),
}
