from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.attendance.domain.proofs import PROVEN
from enggang.core.forms import field_of


class LetterForm(forms.Form):
    """A letter or photo, and what it is for."""

    status = forms.ChoiceField(
        label=_("Reason of absence"), choices=[(each.value, each.label) for each in PROVEN], widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)
    file = forms.FileField(
        label=_("Letter or photo"), help_text=_("PDF, JPEG or PNG, at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )  # fmt: skip


class ProofForm(LetterForm):
    """For staff: whose letter it is comes first."""

    holder = forms.ChoiceField(label=_("Participant"))
    field_order = ("holder", "status", "note", "file")

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "holder", forms.ChoiceField).choices = [("", "–"), *people]
