from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.forms import ManyBoxes, TextAsked, day_field, field_of, text_area
from enggang.places.enums import Facility, RegionLevel
from enggang.places.forms.tree import offer_in_tree
from enggang.places.models import Organisation, Region
from enggang.stories.models import Destination
from enggang.stories.models.destination import TRANSLATED
from enggang.stories.rules import WRITERS

FREE = [("", _("Not known")), ("ya", _("Yes")), ("tidak", _("No"))]


class DestinationForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such parameter when it runs
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    is_free = forms.TypedChoiceField(
        label=_("Entrance is free"), choices=FREE, required=False, empty_value=None, coerce=lambda text: text == "ya"
    )
    website = forms.URLField(label=_("Website"), max_length=300, required=False, assume_scheme="https")
    checked_on = day_field(_("Facts checked on"), required=False)
    facilities = forms.MultipleChoiceField(
        label=_("What the place has"), choices=Facility.choices, widget=ManyBoxes, required=False,
        help_text=_("Tick only what somebody has seen there."),
    )  # fmt: skip

    class Meta:
        model = Destination
        fields = [
            "organisation", "region", "name", "kind", "summary", "description", "opening", "fees", "is_free", "reaching", "access",
            "facilities", "address", "latitude", "longitude", "website", "phone", "source", "checked_on",
        ]  # fmt: skip
        labels = {"organisation": _("Agency")}
        widgets = {"description": text_area(8), "reaching": text_area(4), "access": text_area(4)}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = field_of(self, "organisation", forms.ModelChoiceField)
        offer_in_tree(organisation, Organisation.objects.on().held_by(actor, *WRITERS))
        region = field_of(self, "region", forms.ModelChoiceField)
        region.queryset = Region.objects.for_choice().filter(level=RegionLevel.REGENCY).order_by("code")
        row = self.instance
        if row.pk:
            organisation.disabled = region.disabled = True
            self.fields["version"].initial = row.version
            self.initial["facilities"] = [each.kind for each in row.amenities.all()]
            self.initial["is_free"] = {True: "ya", False: "tidak", None: ""}[row.is_free]

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def _post_clean(self) -> None:
        """The act checks the whole row and says what is wrong; the form's instance is only what was typed."""


def texts_asked(row: Destination) -> list[TextAsked]:
    """What is written once more in every other language."""
    rows = {"description": 8, **dict.fromkeys(("reaching", "access"), 4)}
    fields = {name: Destination._meta.get_field(name) for name in TRANSLATED}
    return [
        TextAsked(name, field.verbose_name, str(getattr(row, name)), field.max_length or 300, rows.get(name, 1))  # type: ignore[union-attr]
        for name, field in fields.items()
    ]
