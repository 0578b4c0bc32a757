from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from enggang.core.forms import field_of
from enggang.surveys.models import Question, Topic
from enggang.training.models import Wave


class PrepareTestsForm(forms.Form):
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.none(), label=_("Topics"), widget=forms.CheckboxSelectMultiple,
        help_text=_("All questions of these topics; you can still choose one by one before opening."),
    )  # fmt: skip
    minutes = forms.IntegerField(label=_("Minutes to answer"), min_value=1, max_value=600, required=False)
    draw = forms.IntegerField(
        label=_("Questions drawn for each person"), min_value=1, max_value=500, required=False,
        help_text=_("Empty: everybody gets all questions. Drawn: each person gets the same ones in both tests."),
    )  # fmt: skip

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_use = Count("questions", filter=Q(questions__archived_at=None))
        rows = Topic.objects.filter(organisation=wave.organisation).annotate(found=in_use).filter(found__gt=0)
        field = field_of(self, "topics", forms.ModelMultipleChoiceField)
        field.queryset = rows
        field.label_from_instance = _with_count  # type: ignore[method-assign,assignment]

    def questions(self) -> list[Question]:
        rows = Question.objects.filter(topic__in=self.cleaned_data["topics"]).in_use()
        return list(rows.order_by("topic__name", "pk"))


def _with_count(topic: Any) -> str:
    words = ngettext("%(topic)s (%(count)s question)", "%(topic)s (%(count)s questions)", topic.found)
    return words % {"topic": topic.name, "count": topic.found}
