from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.forms import field_of
from enggang.places.forms.tree import TreeField
from enggang.places.models import Organisation
from enggang.surveys.importing import LARGEST_FILE
from enggang.surveys.rules import KEEPS_BANK


class ImportForm(forms.Form):
    organisation = TreeField(label=_("Agency"))
    topic = forms.CharField(label=_("Topic for questions that name none"), max_length=120, required=False)
    file = forms.FileField(label=_("GIFT or XLSX file"), required=False)
    text = forms.CharField(
        label=_("Or paste GIFT text here"), max_length=400_000, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = field_of(self, "organisation", forms.ModelChoiceField)
        field.queryset = Organisation.objects.on().held_by(actor, *KEEPS_BANK)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        file = data.get("file")
        if not file and not data.get("text", "").strip():
            self.add_error("file", _("Give a file, or paste the text."))
        if file and file.size > LARGEST_FILE:
            self.add_error("file", _("The file may be at most 2 MB."))
        return data
