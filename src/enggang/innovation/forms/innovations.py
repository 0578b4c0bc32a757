from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.forms import day_field, field_of, text_area
from enggang.innovation.models import Affair, Innovation
from enggang.innovation.rules import WRITERS
from enggang.people.forms.finding import PersonField
from enggang.places.models import Organisation


class InnovationForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such parameter when it runs
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    owner = PersonField(
        label=_("Owner"), help_text=_("Who answers for it at every stage: part of the name, or the whole NIP.")
    )

    class Meta:
        model = Innovation
        fields = [
            "organisation", "title", "owner", "problem", "idea", "initiator", "kind", "form", "facet", "affair", "design", "aims",
            "benefits", "results", "latitude", "longitude",
        ]  # fmt: skip
        labels = {"organisation": _("Agency")}
        help_texts = {"design": _("At least 300 words by the time it is reported to the ministry.")}
        widgets = {
            "problem": text_area(3), "idea": text_area(3), "design": text_area(10), "aims": text_area(3), "benefits": text_area(3),
            "results": text_area(3),
        }  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = field_of(self, "organisation", forms.ModelChoiceField)
        organisation.queryset = Organisation.objects.on().held_by(actor, *WRITERS)
        affair = field_of(self, "affair", forms.ModelChoiceField)
        affair.queryset, affair.empty_label = (
            Affair.objects.on(clock.today()).filter(organisation=None),
            _("Not known yet"),
        )
        owner = field_of(self, "owner", PersonField)
        owner.actor = actor
        if self.instance.pk:
            del self.fields["organisation"], self.fields["owner"]
            self.fields["version"].initial = self.instance.version

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def _post_clean(self) -> None:
        """The act checks the whole row and says what is wrong; the form's instance is only what was typed."""


class OwnerForm(forms.Form):
    owner = PersonField(label=_("New owner"))
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "owner", PersonField).actor = actor


class DecisionForm(forms.Form):
    """Who decided and when; ``reason`` where something is taken back or stopped."""

    decider = forms.CharField(label=_("Decided by"), max_length=160)
    decided_on = day_field(_("Decided on"))
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False, widget=text_area())

    def __init__(self, *args: Any, name: str = "", must_explain: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].initial = clock.today
        self.fields["decider"].initial = name
        self.fields["reason"].required = must_explain


class DeadlineForm(forms.Form):
    due_on = day_field(_("New deadline"))
    decider = forms.CharField(label=_("Decided by"), max_length=160)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=text_area())

    def __init__(self, *args: Any, name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decider"].initial = name
