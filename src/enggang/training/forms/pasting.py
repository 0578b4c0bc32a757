from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.training.queries.pasted import MOST_LINES

MOST_LETTERS = 100_000


class PastedField(forms.CharField):
    """People by NIP, one per line; more than NIPs may stand in a line. Longer lists are refused, never cut."""

    def __init__(self, *, most: int = MOST_LINES, rows: int = 12, **kwargs: Any) -> None:
        self.most = most
        widget = forms.Textarea(attrs={"rows": rows, "spellcheck": "false", "autocomplete": "off"})
        super().__init__(max_length=MOST_LETTERS, strip=False, widget=widget, **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        count = sum(bool(line.strip()) for line in value.splitlines())
        if count > self.most:
            raise forms.ValidationError(
                _("These are %(count)s lines. Paste at most %(most)s at once, and the others afterwards."),
                params={"count": count, "most": self.most},
            )
        if self.required and not count:
            raise forms.ValidationError(_("Paste at least one NIP."))


class PasteForm(forms.Form):
    lines = PastedField(
        label=_("NIPs, one person per line"),
        help_text=_("Only the NIP, or name and NIP, as copied from Excel or WhatsApp. Spaces and numbering do not matter."),
    )  # fmt: skip
