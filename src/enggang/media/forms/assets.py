from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import text_area
from enggang.media.models import Asset
from enggang.places.models import Region


class AssetForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such parameter when it runs
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Asset
        fields = [
            "title", "caption", "alt_id", "alt_en", "author_name", "region", "sensitivity", "precision",
        ]  # fmt: skip
        widgets = {"caption": text_area(3), "alt_id": text_area(2), "alt_en": text_area(2)}

    def __init__(self, data: Any = None, *, asset: Asset) -> None:
        super().__init__(data, instance=Asset.objects.get(pk=asset.pk))
        self.fields["version"].initial = asset.version
        self.fields["region"].queryset = Region.objects.for_choice()  # type: ignore[attr-defined]
        if asset.author:
            del self.fields["author_name"]


def _share(label: Any) -> forms.IntegerField:
    slider = forms.NumberInput(attrs={"type": "range", "min": 0, "max": 100, "step": 1})
    return forms.IntegerField(label=label, min_value=0, max_value=100, widget=slider)


class FocusForm(forms.Form):
    """In hundredths of width and height: sliders, which a keyboard moves too."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    x = _share(_("From the left, in percent"))
    y = _share(_("From the top, in percent"))

    def __init__(self, data: Any = None, *, asset: Asset) -> None:
        start = {"version": asset.version, "x": round(asset.focal_x * 100), "y": round(asset.focal_y * 100)}
        super().__init__(data, initial=start)

    @property
    def point(self) -> tuple[float, float]:
        return self.cleaned_data["x"] / 100, self.cleaned_data["y"] / 100
