from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import POSSIBLE_DAYS, field_of
from enggang.documents.forms.letters import signatories_of
from enggang.documents.models import Signatory
from enggang.training.models import ActivityReport, ReportPhoto, ReportPoint, Wave
from enggang.training.reporting.build import PAPER
from enggang.training.reporting.opening import prefilled


class ReportTextsForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such parameter when it runs
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = ActivityReport
        fields = ["background", "legal_basis", "purpose", "signatory"]
        widgets = {
            "background": forms.Textarea(attrs={"rows": 6}),
            "legal_basis": forms.Textarea(attrs={"rows": 4}),
            "purpose": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, data: Any = None, *, wave: Wave, report: ActivityReport | None) -> None:
        initial: dict[str, Any] = {"version": report.version} if report else {"version": 0, **prefilled(wave)}
        super().__init__(data, instance=report, initial=initial)
        signs = field_of(self, "signatory", forms.ModelChoiceField)
        signs.queryset = signatories_of(wave.organisation, PAPER)
        if report and report.signatory_id:
            signs.queryset |= Signatory.objects.filter(pk=report.signatory_id)
        if report is None:
            signs.initial = signs.queryset.first()
        signs.help_text = _("Add signatories under Letters of your organisation.")

    def facts(self) -> dict[str, Any]:
        return {
            name: self.cleaned_data[name] for name in ("background", "legal_basis", "purpose", "signatory", "version")
        }


class ReportPointForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such parameter when it runs
    due_on = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=POSSIBLE_DAYS,
    )  # fmt: skip

    class Meta:
        model = ReportPoint
        fields = ["kind", "text", "owner", "due_on"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}


class ReportPhotoForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such parameter when it runs
    class Meta:
        model = ReportPhoto
        fields = ["caption", "alt"]


class VersionForm(forms.Form):
    reason = forms.CharField(
        label=_("Why a new version"), max_length=300, help_text=_("Printed above the list of what changed.")
    )

    def __init__(self, *args: Any, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["reason"]
