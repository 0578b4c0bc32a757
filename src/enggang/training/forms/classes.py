from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.forms import ManyBoxes, field_of
from enggang.people.models import Person
from enggang.places.models import Venue
from enggang.training.enums import ClassKind, CopyPart
from enggang.training.forms.waves import DAY
from enggang.training.models import Wave
from enggang.training.queries.instructors import teachers_for


class ClassForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=ClassKind.choices)
    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("For example: A, B, Photo, Video."))
    capacity = forms.IntegerField(label=_("Number of places"), min_value=1, max_value=20_000, required=False)
    instructor = forms.ModelChoiceField(Person.objects.none(), label=_("Instructor"), required=False)
    venue = forms.ModelChoiceField(
        Venue.objects.none(), label=_("Venue"), required=False, help_text=_("Empty: the venue of the wave.")
    )
    room = forms.CharField(label=_("Room"), max_length=120, required=False)

    def __init__(self, *args: Any, wave: Wave, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = teachers_for(wave.organisation, self.initial.get("instructor"))
        field_of(self, "instructor", forms.ModelChoiceField).queryset = people
        field_of(self, "venue", forms.ModelChoiceField).queryset = Venue.objects.visible_to(actor)


class CopyWaveForm(forms.Form):
    name = forms.CharField(label=_("Name of the new wave"), max_length=120)
    starts_on = forms.DateField(
        label=_("First day"), widget=DAY, help_text=_("Sessions and the registration window move by as many days.")
    )
    parts = forms.MultipleChoiceField(
        label=_("Take over as well"), choices=CopyPart.choices, required=False, widget=ManyBoxes,
        initial=list(CopyPart.values),
        help_text=_("All as drafts, with the days moved: no marks, no answers, nobody's work, nothing that was paid."),
    )  # fmt: skip
