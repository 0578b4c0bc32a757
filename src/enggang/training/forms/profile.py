from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.forms import field_of
from enggang.people.forms.fields import DateField, OrganisationField
from enggang.people.models import Competency, CompetencyLevel, PostType
from enggang.people.models.competency import HIGHEST, LOWEST
from enggang.places.models import Organisation
from enggang.training.models import Registration
from enggang.training.queries.profile import Profile
from enggang.training.rules import SEES_PROFILES

if TYPE_CHECKING:
    _Base = forms.ModelChoiceField[Registration]
else:
    _Base = forms.ModelChoiceField  # takes no type while running

NOT_SHOWN = "0"
SHOWS: dict[str, Callable[[Profile], bool]] = {
    "gaps": lambda profile: bool(profile.gaps),
    "waiting": lambda profile: profile.waiting > 0,
    "missing": lambda profile: bool(profile.missing),
    "untyped": lambda profile: profile.employment.post_type_id is None,
}


class EvidenceField(_Base):
    """The completed wave, called by its name: whose it is stands on the page already."""

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Registration) else value

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.wave)


class ProfileFilterForm(forms.Form):
    agency = OrganisationField(label=_("Agency"), required=False)
    only = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("Everyone")),
            ("gaps", _("Who is below a required level")),
            ("waiting", _("Whose evidence waits for an assessor")),
            ("missing", _("Who is not assessed in what is required")),
            ("untyped", _("Whose kind of post is not said")),
        ],
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "agency", OrganisationField).offer(Organisation.objects.held_by(actor, *SEES_PROFILES))

    def keeps(self, profile: Profile) -> bool:
        only = SHOWS.get(self.cleaned_data.get("only") or "")
        return only is None or only(profile)


class AssessmentForm(forms.Form):
    """What the assessor found; a link beside a proposed level fills it in."""

    competency = forms.ModelChoiceField(Competency.objects.none(), label=_("Competency"))
    level = forms.ChoiceField(label=_("Level that is shown"))
    registration = EvidenceField(
        Registration.objects.none(), label=_("Evidence"), required=False, to_field_name="subject__code",
        empty_label=_("Another: it is named in the reason"),
    )  # fmt: skip
    assessed_on = DateField(label=_("Day of the assessment"))
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("On what the finding rests: observed behaviour, a work, an interview. The person reads it."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, profile: Profile, offered: Any, names: dict[int, CompetencyLevel], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "competency", forms.ModelChoiceField).queryset = offered
        proposed = {each.registration.pk for line in profile.lines for each in line.proposed}
        rows = Registration.objects.filter(pk__in=proposed).select_related("wave__programme", "subject", "person")
        field_of(self, "registration", EvidenceField).queryset = rows
        levels = [(str(n), str(names[n]) if n in names else str(n)) for n in range(LOWEST, HIGHEST + 1)]
        choices = [("", _("Choose a level")), *levels, (NOT_SHOWN, _("Not shown by this evidence"))]
        field_of(self, "level", forms.ChoiceField).choices = choices

    def finding(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        return {**data, "level": None if data["level"] == NOT_SHOWN else int(data["level"])}


class PostTypeForm(forms.Form):
    post_type = forms.ModelChoiceField(
        PostType.objects.none(), label=_("Kind of post"), required=False, empty_label=_("Not said yet")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = PostType.objects.serving(organisation).on(clock.today())
        field_of(self, "post_type", forms.ModelChoiceField).queryset = rows
