"""What everybody narrows the gallery by; nonsense in the address narrows nothing."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import day_field, field_of
from enggang.media.enums import AssetKind
from enggang.media.enums_rights import LICENCE_NAMES, LICENCE_TOLD, Licence
from enggang.media.queries.gallery import authors_shown, events_shown, regions_shown
from enggang.places.models import Region

SHAPES = [("", _("all")), ("mendatar", _("Landscape")), ("tegak", _("Portrait")), ("persegi", _("Square"))]


class GalleryForm(forms.Form):
    q = forms.CharField(
        label=_("Search"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    wilayah = forms.ModelChoiceField(
        Region.objects.none(), label=_("Regency or city"), required=False, empty_label=_("all")
    )
    dari = day_field(_("Taken from"), required=False)
    sampai = day_field(_("Taken until"), required=False)
    bentuk = forms.ChoiceField(label=_("Shape"), required=False, choices=SHAPES)
    lisensi = forms.ChoiceField(label=_("Licence"), required=False)
    jenis = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *AssetKind.choices])
    acara = forms.CharField(label=_("Event"), required=False, max_length=16, widget=forms.Select)
    pembuat = forms.CharField(label=_("Author"), required=False, max_length=16, widget=forms.Select)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [
            (value, LICENCE_NAMES.get(value) or LICENCE_TOLD.get(value, label)) for value, label in Licence.choices
        ]
        field_of(self, "lisensi", forms.ChoiceField).choices = [("", _("all")), *names]
        # Any region may be asked for, by an old link; offered are those that have something to show.
        region = field_of(self, "wilayah", forms.ModelChoiceField)
        region.queryset = Region.objects.for_choice()
        region.widget.choices = [("", _("all")), *((row.pk, str(row)) for row in regions_shown())]
        for name, choices in (("acara", events_shown), ("pembuat", authors_shown)):
            widget = cast("forms.Select", self.fields[name].widget)
            widget.attrs.pop("maxlength", None)  # a choice has none
            widget.choices = [("", _("all")), *choices(self[name].value() or "")]

    @property
    def asked(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data
