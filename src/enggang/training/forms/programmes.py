from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.forms import field_of
from enggang.people.models import Competency
from enggang.people.models.competency import HIGHEST, LOWEST
from enggang.places.forms.tree import offer_in_tree
from enggang.places.models import Organisation
from enggang.training.domain.programmes import CompetencySpec, ModuleSpec
from enggang.training.domain.stages import BY_ROLE, StageSpec
from enggang.training.domain.stages import MOST as MOST_STAGES
from enggang.training.enums import StageBy
from enggang.training.models import Programme
from enggang.training.rules import MANAGERS

DECIDERS = [(role.value, role.label) for role in (Role.LEADER, Role.COORDINATOR, Role.SUPERIOR, Role.ADMINISTRATOR)]


class ProgrammeForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such parameter when it runs
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Programme
        fields = [
            "organisation",
            "title",
            "summary",
            "minimum_attendance",
            "minimum_post_test",
            "rule_source",
            "minutes_per_jp",
            "jp_credit",
            "certificate_years",
        ]
        labels = {"organisation": _("agency")}
        help_texts = {
            "minimum_attendance": _("Whoever is present at this share of all planned sessions passes."),
            "minimum_post_test": _("Empty: the post-test does not decide who passes."),
            "certificate_years": _(
                "Empty: for ever. Otherwise paper, badge and code say until when, and «expired» after it."
            ),
            "rule_source": _("For example the circular or the guideline of your agency. Shown with the pass list."),
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = field_of(self, "organisation", forms.ModelChoiceField)
        offer_in_tree(field, Organisation.objects.on().held_by(actor, *MANAGERS))
        if self.instance.pk:
            field.disabled = True
            self.fields["version"].initial = self.instance.version


class ModuleForm(forms.Form):
    title = forms.CharField(label=_("Subject"), max_length=200)
    jp = forms.IntegerField(label=_("JP"), min_value=1, max_value=200)


class _Modules(BaseFormSet):  # type: ignore[type-arg]
    default_error_messages = {
        **BaseFormSet.default_error_messages,
        "too_few_forms": _("Give at least one subject with its JP."),
    }


ModuleFormSet = formset_factory(
    ModuleForm, extra=3, formset=_Modules, min_num=1, validate_min=True, max_num=60, validate_max=True
)


class StageForm(forms.Form):
    """A line without a name is no stage: emptying the name removes it."""

    title = forms.CharField(label=_("Stage"), max_length=80, required=False)
    by = forms.ChoiceField(label=_("Who decides"), choices=[("", "–"), *StageBy.choices], required=False)
    role = forms.ChoiceField(label=_("Role, where one decides"), choices=[("", "–"), *DECIDERS], required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("title"):
            return {}
        if not data.get("by"):
            self.add_error("by", _("Choose who decides at this stage."))
        if data.get("by") in BY_ROLE and not data.get("role"):
            self.add_error("role", _("Choose the role that decides at this stage."))
        return data


StageFormSet = formset_factory(StageForm, extra=2, max_num=MOST_STAGES, validate_max=True)


def stage_specs(formset: BaseFormSet[StageForm]) -> list[StageSpec]:
    return [StageSpec(**form.cleaned_data) for form in formset.forms if form.cleaned_data]


def module_specs(formset: BaseFormSet[ModuleForm]) -> list[ModuleSpec]:
    filled = [form.cleaned_data for form in formset.forms if form.cleaned_data]
    return [ModuleSpec(title=row["title"], jp=row["jp"]) for row in filled]


class CompetencyForm(forms.Form):
    """Offers what the actor sees of the catalogue; a row that has ended since stays to be kept or taken out."""

    competency = forms.ModelChoiceField(
        Competency.objects.none(), label=_("Competency"), empty_label=_("Choose a competency")
    )
    level = forms.TypedChoiceField(
        label=_("Level"), coerce=int, choices=[("", "–"), *((n, n) for n in range(LOWEST, HIGHEST + 1))]
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Competency.objects.visible_to(actor)
        today = rows.on(clock.today())
        kept = rows.filter(pk=self.initial["competency"].pk) if self.initial.get("competency") else rows.none()
        field_of(self, "competency", forms.ModelChoiceField).queryset = today | kept


CompetencyFormSet = formset_factory(CompetencyForm, extra=2, max_num=40, validate_max=True)


def competency_specs(formset: BaseFormSet[CompetencyForm]) -> list[CompetencySpec]:
    filled = [form.cleaned_data for form in formset.forms if form.cleaned_data.get("competency")]
    return [CompetencySpec(competency=row["competency"], level=row["level"]) for row in filled]
