from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import POSSIBLE_DAYS, field_of
from enggang.people.forms.fields import OrganisationField
from enggang.places.models import Organisation
from enggang.training.enums import WaveState
from enggang.training.forms.pasting import PastedField
from enggang.training.models import Programme, Wave

MOST_PASTED = 200


class MomentField(forms.DateTimeField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        super().__init__(widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        moment = super().clean(value)
        if moment is not None:
            for check in POSSIBLE_DAYS:
                check(timezone.localtime(moment).date() if 1900 <= moment.year <= 2199 else moment.date())
        return moment


class CallForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    waves = forms.ModelMultipleChoiceField(
        label=_("Waves"), queryset=Wave.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    deadline = MomentField(label=_("Nominations until"))

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = programme.waves.filter(state__in=[WaveState.DRAFT, WaveState.OPEN]).select_related("programme")
        field_of(self, "waves", forms.ModelMultipleChoiceField).queryset = rows


class InviteForm(forms.Form):
    agency = OrganisationField(label=_("Agency"))
    quota = forms.IntegerField(label=_("Seats"), min_value=0, max_value=20_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "agency", OrganisationField).offer(Organisation.objects.on())


class PasteForm(forms.Form):
    nips = PastedField(
        label=_("NIPs, one person per line"), most=MOST_PASTED, rows=5,
        help_text=_("Only the NIP, or whole rows as copied from a spreadsheet. Lines that cannot be taken stay here with their reason."),
    )  # fmt: skip
