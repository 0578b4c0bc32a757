"""Questions of one's own in a form: a field for each, named ``question-<id>``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.enums import QuestionKind
from enggang.core.models.question import AskedQuestion

YESNO: list[tuple[Any, Any]] = [("yes", _("Yes")), ("no", _("No"))]


class QuestionForm(forms.Form):
    label = forms.CharField(label=_("Question"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind of answer"), choices=QuestionKind.choices)
    choices = forms.CharField(
        label=_("Choices"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only for a choice: one per line."),
    )  # fmt: skip
    required = forms.BooleanField(label=_("Must be answered"), required=False)


def _field_for(question: AskedQuestion) -> forms.Field:
    if question.kind == QuestionKind.TEXT:
        return forms.CharField(label=question.label, required=question.required, max_length=1000)
    options: list[tuple[Any, Any]] = (
        YESNO if question.kind == QuestionKind.YESNO else [(each, each) for each in question.options]
    )
    return forms.ChoiceField(label=question.label, required=question.required, choices=[("", "–"), *options])


class Asking:
    """Mixed into a form: ``ask`` adds the fields, ``answers`` gives what was said by question id."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]
    questions: list[Any]

    def ask(self, questions: Iterable[AskedQuestion]) -> None:
        self.questions = sorted(questions, key=lambda each: (each.position, each.pk))
        for question in self.questions:
            self.fields[f"question-{question.pk}"] = _field_for(question)

    def answers(self) -> dict[int, str]:
        return {question.pk: self.cleaned_data.get(f"question-{question.pk}", "") for question in self.questions}
