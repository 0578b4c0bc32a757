from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import field_of
from enggang.training.models import Session, Wave


class MaterialForm(forms.Form):
    """The uploads stand beside it: hidden fields «upload», as many as files have arrived."""

    title = forms.CharField(
        label=_("Title"), max_length=160, required=False, help_text=_("Left empty, a file goes by its own name.")
    )
    session = forms.ModelChoiceField(
        Session.objects.none(), label=_("Session"), required=False, empty_label=_("The whole wave")
    )
    link = forms.URLField(
        label=_("Link"), max_length=500, required=False, assume_scheme="https",
        help_text=_("Instead of a file: the address of a page, video or folder."),
    )  # fmt: skip

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "session", forms.ModelChoiceField).queryset = wave.sessions.planned()
