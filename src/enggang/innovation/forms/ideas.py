from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.forms import day_field, field_of, text_area
from enggang.innovation.domain.ideas import Reach
from enggang.innovation.models.innovation import SHORT
from enggang.places.enums import OrganisationKind, RegionLevel
from enggang.places.models import Organisation, Region
from enggang.places.models.organisation import OrganisationQuerySet


class IdeaForm(forms.Form):
    """Three fields. What stands below them may stay empty."""

    title = forms.CharField(label=_("Your idea in a few words"), max_length=160)
    problem = forms.CharField(label=_("What is the problem, and for whom"), max_length=SHORT, widget=text_area(3))
    idea = forms.CharField(label=_("What should be done"), max_length=SHORT, widget=text_area(3))
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("For which agency"), required=False, empty_label=_("I do not know")
    )

    def __init__(self, data: Any = None, *, home: Organisation | None = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.home = home
        organisation = field_of(self, "organisation", forms.ModelChoiceField)
        organisation.queryset = takers()
        if home is not None:
            organisation.initial = home.pk

    def clean_organisation(self) -> Organisation:
        """Where nobody knows, the government above all agencies reads it."""
        chosen = self.cleaned_data["organisation"] or self.home or takers().order_by("path").first()
        if not isinstance(chosen, Organisation):
            raise forms.ValidationError(_("No agency takes ideas yet."))
        return chosen

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("title", "problem", "idea", "organisation")}

    @property
    def reach(self) -> Reach:
        return Reach()


class PublicIdeaForm(IdeaForm):
    """With a way to be told what became of it."""

    name = forms.CharField(label=_("Your name"), max_length=160, required=False)
    phone = forms.CharField(
        label=_("Phone (WhatsApp)"), max_length=30, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    email = forms.EmailField(label=_("E-mail"), required=False)

    @property
    def reach(self) -> Reach:
        given = self.cleaned_data
        return Reach(given["name"], given["email"], given["phone"])


def takers() -> OrganisationQuerySet:
    """Agencies and governments of today, to which an idea can be handed in."""
    kinds = [OrganisationKind.GOVERNMENT, OrganisationKind.AGENCY]
    return Organisation.objects.on().filter(kind__in=kinds).select_related("subject", "region")


class CommentForm(forms.Form):
    text = forms.CharField(label=_("Comment"), max_length=1000, widget=text_area())


class ReplicationForm(forms.Form):
    WHICH = [("copy", _("Somebody copied it")), ("origin", _("It was copied from somebody"))]

    which = forms.ChoiceField(label=_("Direction"), choices=WHICH, widget=forms.RadioSelect, initial="copy")
    name = forms.CharField(
        label=_("Who"), max_length=300, help_text=_("Agency and region, as its letterhead names it.")
    )
    region = forms.ModelChoiceField(Region.objects.none(), label=_("Regency or city"), required=False)
    on = day_field(_("Copied on"))
    contact = forms.CharField(label=_("Whom to ask there"), max_length=200, required=False)
    note = forms.CharField(label=_("What was taken over"), max_length=500, required=False)
    file = forms.FileField(
        label=_("Proof"), required=False, allow_empty_file=True, widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
        help_text=_("An agreement, a letter or a statement: PDF, JPEG or PNG, at most 5 MB. It can be laid to it later."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = field_of(self, "region", forms.ModelChoiceField)
        levels = [RegionLevel.PROVINCE, RegionLevel.REGENCY]
        region.queryset = Region.objects.for_choice().filter(level__in=levels).order_by("code")
        region.empty_label = _("Outside the list")
        self.fields["on"].initial = clock.today

    @property
    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        kept = {name: given[name] for name in ("region", "on", "contact", "note")}
        return {**kept, f"{given['which']}_name": given["name"], "paper": paper_in(given["file"])}


def paper_in(file: Any) -> tuple[bytes, str] | None:
    """Content and name; the act looks at what it is."""
    return (file.read(), file.name) if file else None


class ProofForm(forms.Form):
    file = forms.FileField(label=_("Proof"))


def prefilled(actor: Actor, origin: Any) -> dict[str, str]:
    """The three fields of what is to be copied."""
    return (
        {"title": origin.title, "problem": origin.problem, "idea": origin.idea}
        if origin is not None and actor.is_signed_in
        else {}
    )
