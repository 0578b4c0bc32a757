from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.asking import Asking
from enggang.core.hot import find
from enggang.training.forms.registrations import SelfRegistrationForm
from enggang.training.models import Question, Registration, Wave


class PaperForm(forms.Form):
    name = forms.CharField(
        label=_("Document"),
        max_length=200,
        help_text=_(
            "For example: copy of the last decree (SK). The assignment letter (surat tugas) has a place of its own."
        ),
    )


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"), help_text=_("PDF, JPEG or PNG, at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )  # fmt: skip


class AnswersForm(Asking, forms.Form):
    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        given = registration.answers.values_list("question_id", "text")
        initial = {f"question-{question_id}": text for question_id, text in given}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.ask(find(Question, wave_id=registration.wave_id))


class PublicRegistrationForm(Asking, SelfRegistrationForm):
    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask(find(Question, wave_id=wave.pk))
