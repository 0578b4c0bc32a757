from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.accounts.models import User
from enggang.core.forms import field_of
from enggang.training.forms.coursework import MinutesForm
from enggang.training.models import Assignment, HandIn
from enggang.training.queries.coursework import hand_ins_with_names
from enggang.training.queries.graders import graders_at


class AllocateForm(forms.Form):
    """Those who may be asked and are not yet."""

    graders = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Graders"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one grader.")},
    )  # fmt: skip

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        graders: Any = field_of(self, "graders", forms.ModelMultipleChoiceField)
        graders.queryset = graders_at(assignment.wave).exclude(pk__in=assignment.allocations.values("user"))
        graders.label_from_instance = lambda user: user.name

    @property
    def has_anybody(self) -> bool:
        graders: Any = field_of(self, "graders", forms.ModelMultipleChoiceField)
        return bool(graders.queryset.exists())


class SittingForm(MinutesForm):
    """Minutes with the works they are about: those in no other sitting."""

    works = forms.ModelMultipleChoiceField(
        HandIn.objects.none(), label=_("Works that the panel judged"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one work of this assignment.")},
    )  # fmt: skip
    field_order = ("works", "held_on", "place", "members", "text")

    def __init__(self, *args: Any, assignment: Assignment, sitting_id: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = hand_ins_with_names().filter(assignment=assignment)
        others = assignment.sittings.exclude(pk=sitting_id or 0).values("works__hand_in").exclude(works=None)
        field_of(self, "works", forms.ModelMultipleChoiceField).queryset = rows.exclude(pk__in=others).order_by("pk")

    def facts(self) -> dict[str, Any]:
        return {"hand_ins": list(self.cleaned_data.pop("works")), **self.cleaned_data}
