"""What the forms of rows have in common: the act checks, the form only asks."""

from __future__ import annotations

from typing import Any

from django import forms


class RowForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such parameter when it runs
    """A field ``version`` begins with that of the row: without it a second change would be taken for a late one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "version" in self.fields:
            self.fields["version"].initial = self.instance.version

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def _post_clean(self) -> None:
        """The act checks the whole row and says what is wrong; the form's instance is only what was typed."""
