from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.public import OWN
from enggang.core.registries import PublicFace
from enggang.core.wordings import ORIGINAL


class LinkForm(forms.Form):
    aim = forms.ChoiceField(label=_("Leads to"))
    language = forms.ChoiceField(label=_("Language"), choices=list(OWN.items()), initial=ORIGINAL)
    note = forms.CharField(
        label=_("Where it is used"), max_length=120, required=False,
        help_text=_("For example: poster at the harbour. Each place with a link of its own is counted by itself."),
    )  # fmt: skip

    def __init__(self, *args: Any, face: PublicFace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["aim"].choices = [(key, aim.label) for key, aim in face.aims.items()]  # type: ignore[attr-defined]
