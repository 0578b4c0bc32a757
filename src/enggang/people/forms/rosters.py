from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enggang.core.actor import Actor
from enggang.people import rules
from enggang.people.forms.fields import OrganisationField
from enggang.people.roster.sheet import MAX_BYTES, NotARoster, kind_of
from enggang.places.models import Organisation


class RosterForm(forms.Form):
    organisation = OrganisationField(label=gettext_lazy("Agency"))
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("Excel workbook (.xlsx) or CSV, up to 10 MB, with the column names in the first row."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,text/csv"}),
        allow_empty_file=True,  # our own sentence says it better
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.held_by(actor, *rules.MANAGES_PEOPLE).on()
        self.fields["organisation"].offer(rows)  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 10 MB. Send one agency at a time, and only the list itself.")
            )
        self.content = file.read()
        try:
            kind_of(self.content)
        except NotARoster as refused:
            raise forms.ValidationError(refused.message) from refused
        return file
