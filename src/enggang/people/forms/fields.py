from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import POSSIBLE_DAYS
from enggang.places.forms.tree import TreeIterator
from enggang.places.models import Organisation
from enggang.places.models.organisation import OrganisationQuerySet

if TYPE_CHECKING:
    _Base = forms.ModelChoiceField[Organisation]
else:
    _Base = forms.ModelChoiceField  # takes no type while running


class OrganisationField(_Base):
    """Agencies as a tree, chosen by their public code."""

    iterator = TreeIterator

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Organisation.objects.none(),
            to_field_name="subject__code",
            empty_label=_("Choose an agency"),
            **kwargs,
        )

    def offer(self, rows: OrganisationQuerySet) -> None:
        """Offer these; the only one is chosen already."""
        self.queryset = rows.select_related("subject").order_by("path")
        codes = list(rows.values_list("subject__code", flat=True)[:2])
        if len(codes) == 1 and self.required:
            self.initial, self.empty_label = codes[0], None

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Organisation) else value

    def label_from_instance(self, obj: Any) -> str:
        return f"{'– ' * obj.depth}{obj.name}"


class DateField(forms.DateField):
    """The browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, validators=POSSIBLE_DAYS, **kwargs)
