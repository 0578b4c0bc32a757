from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.forms import field_of
from enggang.events.forms.rows import RowForm
from enggang.events.models import Account, Edition, Incident, SectionReport, Site


class AccountForm(RowForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Account
        fields = ["due_on", "results", "obstacles", "suggestions", "closing"]
        help_texts = {"due_on": _("Left empty: as many days after the last one as the thresholds of events say.")}
        widgets = {"due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class SectionReportForm(RowForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = SectionReport
        fields = ["section", "before", "during", "after"]


class IncidentForm(RowForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Incident
        fields = ["kind", "severity", "on", "at", "site", "what", "done", "hurt", "ended_on"]
        help_texts = {"what": _("No names: write “a child of seven”, not who it was.")}
        widgets = {
            "on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "ended_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = field_of(self, "site", forms.ModelChoiceField)
        sites.queryset = Site.objects.filter(edition=edition)
        today = clock.today(edition.time_zone)
        if edition.starts_on and edition.ends_on and edition.starts_on <= today <= edition.ends_on:
            self.initial.setdefault("on", today)
