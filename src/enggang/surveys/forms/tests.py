from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import field_of
from enggang.places.models import Organisation
from enggang.surveys.models import Question, Test


class TestForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such parameter when it runs
    __test__ = False
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    questions = forms.ModelMultipleChoiceField(
        Question.objects.none(), label=_("Questions"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Test
        fields = ["title", "intro", "minutes", "grace_seconds", "draw", "shuffle", "shows_score"]
        widgets = {"intro": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Question.objects.filter(organisation=organisation).in_use() | Question.objects.filter(
            test_items__test=self.instance.pk
        )
        field = field_of(self, "questions", forms.ModelMultipleChoiceField)
        field.queryset = rows.distinct().with_current()
        field.label_from_instance = _with_topic  # type: ignore[method-assign,assignment]
        if self.instance.pk:
            field.initial = [item.question_id for item in self.instance.items.all()]
            self.fields["version"].initial = self.instance.version

    def facts(self) -> dict[str, Any]:
        return {key: value for key, value in self.cleaned_data.items() if key != "version"}


def _with_topic(question: Any) -> str:
    return f"{question.topic.name}: {question}"


class OpenForm(forms.Form):
    closes_at = forms.DateTimeField(
        label=_("Open until"), required=False, help_text=_("Empty: until you close it."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip

    def until(self) -> datetime | None:
        found: datetime | None = self.cleaned_data["closes_at"]
        return found


class HandBackForm(forms.Form):
    minutes = forms.IntegerField(label=_("Minutes from now"), min_value=1, max_value=600, initial=15)
    reason = forms.CharField(label=_("Reason"), max_length=300)
