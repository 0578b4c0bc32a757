from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.media.enums import AssetKind, AssetState
from enggang.media.models.asset import AssetQuerySet


class AssetFilter(forms.Form):
    """What the library is narrowed by; nonsense in the address narrows nothing."""

    q = forms.CharField(label=_("Words of the title"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *AssetState.choices])
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *AssetKind.choices])

    def narrowed(self, rows: AssetQuerySet) -> AssetQuerySet:
        self.is_valid()
        asked = self.cleaned_data
        if text := asked.get("q"):
            rows = rows.named(text)
        chosen = {name: asked[name] for name in ("state", "kind") if asked.get(name)}
        return rows.filter(**chosen)
