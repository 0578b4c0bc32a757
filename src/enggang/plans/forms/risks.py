from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import field_of, text_area
from enggang.plans.enums import RiskKind
from enggang.plans.models import CrowdZone, Member, Plan, Risk

LIKELIHOODS = [
    (1, _("1 – hardly ever")),
    (2, _("2 – seldom")),
    (3, _("3 – now and then")),
    (4, _("4 – often")),
    (5, _("5 – almost certain")),
]
IMPACTS = [
    (1, _("1 – hardly felt")),
    (2, _("2 – small")),
    (3, _("3 – noticeable")),
    (4, _("4 – grave")),
    (5, _("5 – disaster")),
]


def _level(label: Any, choices: list[tuple[int, Any]], *, required: bool = True) -> forms.TypedChoiceField:
    offered: list[tuple[Any, Any]] = [*choices] if required else [("", _("not judged yet")), *choices]
    return forms.TypedChoiceField(label=label, choices=offered, coerce=int, empty_value=None, required=required)


class RiskForm(forms.Form):
    title = forms.CharField(label=_("What may happen"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=RiskKind.choices)
    member = forms.ModelChoiceField(Member.objects.none(), label=_("Risk owner"), required=False)
    cause = forms.CharField(label=_("Cause"), max_length=500, required=False, widget=text_area())
    effect = forms.CharField(label=_("Effect"), max_length=500, required=False, widget=text_area())
    likelihood = _level(_("Likelihood"), LIKELIHOODS)
    impact = _level(_("Impact"), IMPACTS)
    treatment = forms.CharField(label=_("Treatment"), max_length=1000, required=False, widget=text_area())
    trigger = forms.CharField(
        label=_("Trigger"), max_length=300, required=False, help_text=_("The sign upon which somebody acts: rain above 20 mm, density above 2/m²."),
    )  # fmt: skip
    residual_likelihood = _level(_("Likelihood after treatment"), LIKELIHOODS, required=False)
    residual_impact = _level(_("Impact after treatment"), IMPACTS, required=False)

    def __init__(self, *args: Any, plan: Plan, risk: Risk | None = None, **kwargs: Any) -> None:
        if risk is not None:
            kwargs["initial"] = {name: getattr(risk, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        field_of(self, "member", forms.ModelChoiceField).queryset = plan.members.select_related("person")


class EditRiskForm(RiskForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class ZoneForm(forms.Form):
    site = forms.CharField(label=_("Site"), max_length=120, required=False)
    name = forms.CharField(label=_("Zone"), max_length=120)
    area = forms.IntegerField(
        label=_("Area (m²)"), min_value=1, max_value=10_000_000, help_text=_("Only where people can stand: without stage, stalls and ways kept free.")
    )  # fmt: skip
    peak = forms.IntegerField(label=_("Expected at the peak (people)"), min_value=0, max_value=10_000_000)
    capacity = forms.IntegerField(
        label=_("Capacity that was set (people)"), min_value=0, max_value=10_000_000, required=False
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def __init__(self, *args: Any, zone: CrowdZone | None = None, **kwargs: Any) -> None:
        if zone is not None:
            kwargs["initial"] = {name: getattr(zone, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)


class EditZoneForm(ZoneForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class TickForm(forms.Form):
    done = forms.BooleanField(label=_("Done"), required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)
    file = forms.FileField(
        label=_("Photo or paper"), required=False, help_text=_("PDF, JPEG or PNG, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
