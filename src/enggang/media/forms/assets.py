from __future__ import annotations

from typing import Any

from django import forms

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
