from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import field_of
from enggang.training.enums import Audience
from enggang.training.models import Wave, WaveClass


class MessageForm(forms.Form):
    audience = forms.ChoiceField(label=_("To whom"), choices=Audience.choices)
    klass = forms.ModelChoiceField(
        WaveClass.objects.none(), label=_("Which class or group"), required=False,
        help_text=_("Only for a message to one class."),
    )  # fmt: skip
    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(label=_("Message"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        classes = wave.classes.all()
        if classes:
            field_of(self, "klass", forms.ModelChoiceField).queryset = classes
        else:
            del self.fields["klass"]
            field_of(self, "audience", forms.ChoiceField).choices = [
                choice for choice in Audience.choices if choice[0] != Audience.CLASS
            ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("audience") == Audience.CLASS and not data.get("klass"):
            self.add_error("klass", _("Choose the class the message is for."))
        return data
