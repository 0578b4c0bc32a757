from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.acts import Refused
from enggang.core.forms import field_of
from enggang.places.forms.tree import TreeField
from enggang.places.models import Organisation
from enggang.surveys.bodies import read_body, written
from enggang.surveys.enums import QuestionKind
from enggang.surveys.models import Question
from enggang.surveys.rules import KEEPS_BANK


class QuestionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    organisation = TreeField(label=_("Agency"))
    topic = forms.CharField(label=_("Topic"), max_length=120, help_text=_("For example the subject that is taught."))
    kind = forms.ChoiceField(label=_("Kind"), choices=QuestionKind.choices)
    text = forms.CharField(label=_("Question"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    answers = forms.CharField(
        label=_("Answers"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "One on each line. Options: put * before a right one. True or false: write which it is. Short answer: every "
            "spelling that counts. Matching: left = right."
        ),
    )  # fmt: skip
    by_hand = forms.BooleanField(
        label=_("A person judges what is not among the accepted answers"), required=False,
        help_text=_("Only for short answers."),
    )  # fmt: skip
    picture = forms.FileField(label=_("Picture"), required=False, help_text=_("PNG or JPEG, at most 2 MB."))
    drop_picture = forms.BooleanField(label=_("Remove the picture"), required=False)

    def __init__(self, *args: Any, actor: Actor, question: Question | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = field_of(self, "organisation", forms.ModelChoiceField)
        field.queryset = Organisation.objects.on().held_by(actor, *KEEPS_BANK)
        if question is not None:
            del self.fields["organisation"]
        elif field.queryset.count() == 1:
            field.initial = field.queryset.first()
        if question is None or question.current is None or question.current.picture is None:
            del self.fields["drop_picture"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "kind" in data and "answers" in data:
            try:
                data["body"] = read_body(data["kind"], data["answers"], by_hand=data.get("by_hand", False))
            except Refused as refused:
                self.add_error("answers", refused.message)
        return data

    def facts(self) -> dict[str, Any]:
        """What the acts are given."""
        found = {key: self.cleaned_data[key] for key in ("topic", "kind", "text", "body")}
        upload = self.cleaned_data.get("picture")
        return {**found, "picture": upload.read() if upload else b""}


def initial_of(question: Question) -> dict[str, Any]:
    current = question.current
    assert current is not None
    return {
        "version": question.version, "topic": question.topic.name, "kind": current.kind, "text": current.text,
        "answers": written(current.kind, current.body), "by_hand": current.body.get("by_hand", False),
    }  # fmt: skip


class BankFilter(forms.Form):
    kata = forms.CharField(label=_("Words"), max_length=100, required=False)
    topik = forms.ChoiceField(label=_("Topic"), required=False)
    arsip = forms.BooleanField(label=_("Only those put away"), required=False)

    def __init__(self, *args: Any, topics: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "topik", forms.ChoiceField).choices = [("", _("All")), *topics]
