from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.forms import field_of
from enggang.places.models import Organisation
from enggang.training.domain.programmes import ModuleSpec
from enggang.training.models import Programme
from enggang.training.rules import MANAGERS


class ProgrammeForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such parameter when it runs
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Programme
        fields = ["organisation", "title", "summary", "minimum_attendance", "rule_source", "minutes_per_jp"]
        labels = {"organisation": _("agency")}
        help_texts = {
            "minimum_attendance": _("Whoever is present at this share of all planned sessions passes."),
            "rule_source": _("For example the circular or the guideline of your agency. Shown with the pass list."),
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = field_of(self, "organisation", forms.ModelChoiceField)
        field.queryset = Organisation.objects.on().held_by(actor, *MANAGERS)
        if self.instance.pk:
            field.disabled = True
            self.fields["version"].initial = self.instance.version


class ModuleForm(forms.Form):
    title = forms.CharField(label=_("Subject"), max_length=200)
    jp = forms.IntegerField(label=_("JP"), min_value=1, max_value=200)


ModuleFormSet = formset_factory(ModuleForm, extra=3, min_num=1, validate_min=True, max_num=60, validate_max=True)


def module_specs(formset: BaseFormSet[ModuleForm]) -> list[ModuleSpec]:
    filled = [form.cleaned_data for form in formset.forms if form.cleaned_data]
    return [ModuleSpec(title=row["title"], jp=row["jp"]) for row in filled]
