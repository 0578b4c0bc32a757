from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import ManyBoxes, TextAsked, text_area
from enggang.events.forms.rows import RowForm
from enggang.events.models import Event, EventPage
from enggang.events.models.page import LONGEST_NOTE, LONGEST_STORY
from enggang.events.queries.pages import LABELS, originals_of
from enggang.places.enums import Facility

ROWS = {"story": (LONGEST_STORY, 10), "reaching": (LONGEST_NOTE, 4), "access": (LONGEST_NOTE, 4)}


class EventPageForm(RowForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    facilities = forms.MultipleChoiceField(
        label=_("What visitors find there"), choices=Facility.choices, widget=ManyBoxes, required=False,
        help_text=_("Tick only what will really be there."),
    )  # fmt: skip

    class Meta:
        model = EventPage
        fields = ["summary", "story", "reaching", "access", "facilities"]
        widgets = {name: text_area(rows) for name, (_longest, rows) in ROWS.items()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page = self.instance
        self.fields["version"].initial = page.version if page.pk else 0
        if page.pk:
            self.initial["facilities"] = [each.kind for each in page.amenities.all()]


def texts_asked(event: Event) -> list[TextAsked]:
    """What is written once more in every other language."""
    return [
        TextAsked(name, LABELS[name], text, *ROWS.get(name, (300, 1))) for name, text in originals_of(event).items()
    ]
