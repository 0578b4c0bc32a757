"""What the forms of rows have in common: the act checks, the form only asks."""

from __future__ import annotations

from typing import Any

from django import forms


class RowForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such parameter when it runs
    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def _post_clean(self) -> None:
        """The act checks the whole row and says what is wrong; the form's instance is only what was typed."""
