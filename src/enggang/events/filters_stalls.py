from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter

from enggang.events.enums_stalls import ApplicationState
from enggang.events.filters import NameFilter
from enggang.events.models import Business, Edition, StallApplication, StallCategory

MISSING = [("nib", _("NIB")), ("kontrak", _("Contract")), ("petak", _("Plot"))]
ACCEPTED = Q(state=ApplicationState.ACCEPTED)
WHAT = {
    "nib": Q(nib="") & (Q(business=None) | Q(business__nib="")),
    "kontrak": ACCEPTED & (Q(contract=None) | Q(contract__number="") | Q(contract__signed_on=None)),
    "petak": ACCEPTED & Q(plot=None),
}


class ApplicationFilter(NameFilter):
    state = ChoiceFilter(label=_("State"), choices=ApplicationState.choices, empty_label=_("All"))
    category = ModelChoiceFilter(label=_("Kind of goods"), queryset=StallCategory.objects.none(), empty_label=_("All"))
    missing = ChoiceFilter(label=_("Missing"), method="lacks", choices=MISSING, empty_label=_("All"))

    class Meta:
        model = StallApplication
        fields = ["text", "state", "category", "missing"]

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = StallApplication.objects.filter(call__edition=edition).values("category")
        self.filters["category"].queryset = StallCategory.objects.filter(pk__in=used)

    def lacks(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(WHAT[value])


class BusinessFilter(NameFilter):
    category = ModelChoiceFilter(label=_("Kind of goods"), queryset=StallCategory.objects.none(), empty_label=_("All"))
    missing = ChoiceFilter(label=_("Missing"), method="lacks", choices=MISSING[:1], empty_label=_("All"))
    retired = ChoiceFilter(
        label=_("State"), method="stand", choices=[("ya", _("Retired"))], empty_label=_("Those who may be asked")
    )

    class Meta:
        model = Business
        fields = ["text", "category", "missing", "retired"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = self.queryset.order_by().values("category")
        self.filters["category"].queryset = StallCategory.objects.filter(pk__in=used)

    def filter_queryset(self, queryset: Any) -> Any:
        """Those who may be asked, unless the retired ones are wanted."""
        wants_retired = bool(self.form.cleaned_data.get("retired"))
        return super().filter_queryset(queryset).filter(retired_on__isnull=not wants_retired)

    def stand(self, rows: Any, _name: str, _value: str) -> Any:
        return rows  # ``filter_queryset`` has seen to it

    def lacks(self, rows: Any, _name: str, _value: str) -> Any:
        return rows.filter(nib="")
