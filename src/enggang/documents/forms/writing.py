"""What a letter that another app writes begins from: which wording, and who signs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import field_of
from enggang.documents.forms.letters import signatories_of
from enggang.documents.models import Signatory
from enggang.documents.queries.wordings import wordings_for
from enggang.places.models import Organisation


class WrittenForm(forms.Form):
    """``kind`` is that of the letter; ``start()`` gives what its act takes."""

    wording = forms.ChoiceField(label=_("Template"))
    signatory = forms.ModelChoiceField(Signatory.objects.none(), label=_("Signatory"))
    kind = ""

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wordings = {each.ref: each for each in wordings_for(organisation, self.kind)}
        choices = [(each.ref, each.label) for each in self.wordings.values()]
        field_of(self, "wording", forms.ChoiceField).choices = choices
        signs = field_of(self, "signatory", forms.ModelChoiceField)
        signs.queryset = signatories_of(organisation, self.kind)
        signs.initial = signs.queryset.first()

    def start(self) -> dict[str, Any]:
        return {"wording": self.wordings[self.cleaned_data["wording"]], "signatory": self.cleaned_data["signatory"]}
