from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.hot import find
from enggang.training.enums import QuestionKind
from enggang.training.forms.registrations import SelfRegistrationForm
from enggang.training.models import Question, Registration, Wave

YESNO: list[tuple[Any, Any]] = [("yes", _("Yes")), ("no", _("No"))]


class QuestionForm(forms.Form):
    label = forms.CharField(label=_("Question"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind of answer"), choices=QuestionKind.choices)
    choices = forms.CharField(
        label=_("Choices"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only for a choice: one per line."),
    )  # fmt: skip
    required = forms.BooleanField(label=_("Must be answered"), required=False)


class PaperForm(forms.Form):
    name = forms.CharField(
        label=_("Document"), max_length=200, help_text=_("For example: assignment letter (surat tugas).")
    )


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"), help_text=_("PDF, JPEG or PNG, at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )  # fmt: skip


def _field_for(question: Question) -> forms.Field:
    if question.kind == QuestionKind.TEXT:
        return forms.CharField(label=question.label, required=question.required, max_length=1000)
    options: list[tuple[Any, Any]] = (
        YESNO if question.kind == QuestionKind.YESNO else [(each, each) for each in question.options]
    )
    return forms.ChoiceField(label=question.label, required=question.required, choices=[("", "–"), *options])


class _Asking:
    """The wave's questions as fields named ``question-<id>``."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def ask(self, wave: Wave) -> None:
        self.questions = sorted(find(Question, wave_id=wave.pk), key=lambda each: (each.position, each.pk))
        for question in self.questions:
            self.fields[f"question-{question.pk}"] = _field_for(question)

    def answers(self) -> dict[int, str]:
        return {question.pk: self.cleaned_data[f"question-{question.pk}"] for question in self.questions}


class AnswersForm(_Asking, forms.Form):
    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        given = registration.answers.values_list("question_id", "text")
        initial = {f"question-{question_id}": text for question_id, text in given}
        super().__init__(*args, **{"initial": initial, **kwargs})
        self.ask(registration.wave)


class PublicRegistrationForm(_Asking, SelfRegistrationForm):
    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask(wave)
