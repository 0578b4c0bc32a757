from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

CHOICES = [
    ("", _("All")),
    ("any", _("Something is missing")),
    ("name", _("Name not confirmed")),
    ("paper", _("Document missing")),
    ("answer", _("Answer missing")),
    ("nip", _("NIP to be completed")),
]


class ReadinessFilter(forms.Form):
    missing = forms.ChoiceField(label=_("Show"), choices=CHOICES, required=False)
