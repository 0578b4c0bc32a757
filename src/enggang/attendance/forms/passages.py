from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enggang.attendance.domain.passages import Written
from enggang.attendance.forms.sync import MOST_AT_ONCE
from enggang.core.codes import normalise_code

MOST_LINES = 500
GROUP = 4  # characters of a code that stand together


class WrittenListForm(forms.Form):
    """What was written at a gate: a code a line, and how many came in, one when nothing is said."""

    lines = forms.CharField(
        label=gettext_lazy("Lines"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocapitalize": "characters"}),
        help_text=gettext_lazy("One ticket on each line: its code, and after a space how many came in."),
    )

    def clean_lines(self) -> list[Written]:
        texts = [line for line in self.cleaned_data["lines"].splitlines() if line.strip()]
        if len(texts) > MOST_LINES:
            raise forms.ValidationError(_("At most 500 lines at once."))
        return [_written(number, text) for number, text in enumerate(texts, 1)]


def _written(number: int, text: str) -> Written:
    """«8WQQ-TTKC 3», «8wqqttkc 3», or the code in its groups as it was copied from the list: «8WQQ TTKC 3»."""
    parts = text.split()
    count = parts.pop() if len(parts) > 1 and len(parts[-1]) < GROUP else "1"
    code = normalise_code("".join(parts))
    if (
        not code
        or (len(parts) > 1 and {len(part) for part in parts} != {GROUP})
        or not count.isascii()
        or not count.isdigit()
        or not 1 <= int(count) <= MOST_AT_ONCE
    ):
        message = _("Line %(number)d says no code and number: “%(text)s”.")
        raise forms.ValidationError(message % {"number": number, "text": text[:60]})
    return Written(code[:16], int(count))
