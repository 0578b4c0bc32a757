from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.forms import ManyBoxes, day_field, field_of, text_area
from enggang.places.enums import RegionLevel
from enggang.places.models import Organisation, Region
from enggang.stories.enums import Facility
from enggang.stories.models import Destination
from enggang.stories.models.destination import TRANSLATED
from enggang.stories.rules import WRITERS

FREE = [("", _("Not known")), ("ya", _("Yes")), ("tidak", _("No"))]
LONG = ("description", "reaching", "access")


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
        organisation.queryset = Organisation.objects.on().held_by(actor, *WRITERS)
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


class WordingForm(forms.Form):
    """Each text of a page in one other language, with the Indonesian one beside it."""

    checked = forms.BooleanField(
        label=_("Somebody who speaks the language has checked these texts"), required=False,
        help_text=_("Without it they stay a draft, and visitors read Indonesian."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, row: Destination, known: dict[str, str], checked: bool) -> None:
        super().__init__(data, initial={**known, "checked": checked})
        for name in TRANSLATED:
            original = str(getattr(row, name))
            if original or known.get(name):
                self.fields[name] = _text_field(name, original)
        self.order_fields([*TRANSLATED, "checked"])

    @property
    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in TRANSLATED if name in self.fields}


def _text_field(name: str, original: str) -> forms.CharField:
    field = Destination._meta.get_field(name)
    long = name in LONG
    return forms.CharField(
        label=capfirst(str(field.verbose_name)), required=False, max_length=field.max_length, help_text=original,  # type: ignore[union-attr]
        widget=text_area(8 if name == "description" else 4) if long else forms.TextInput(),
    )  # fmt: skip
