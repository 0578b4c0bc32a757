"""The steps in which the rights of a work are stated, and the consent of a person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.forms import day_field, field_of, text_area
from enggang.media.enums import Precision, Sensitivity
from enggang.media.enums_rights import Licence, People, Scope
from enggang.media.models import Asset, Consent, RightsStatement
from enggang.media.models.rights import LONGEST_CREDIT
from enggang.places.models import Region

PAPER = forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"})
YES_NO = [("yes", _("Yes, I or our staff made it")), ("no", _("No, somebody else made it"))]


def _paper(data: dict[str, Any], name: str) -> tuple[bytes, str] | None:
    file = data.get(name)
    return (file.read(), file.name) if file else None


class StepForm(forms.Form):
    """``facts`` is what the act takes; ``version`` is that of the row in the page, 0 as long as there is none."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, asset: Asset, rights: RightsStatement | None, **kwargs: Any) -> None:
        self.asset, self.rights = asset, rights
        kwargs["initial"] = {**self.start(), "version": self.row_version}
        super().__init__(*args, **kwargs)

    @property
    def row_version(self) -> int:
        return self.rights.version if self.rights else 0

    def clean_version(self) -> int:
        version: int | None = self.cleaned_data["version"]
        return self.row_version if version is None else version

    def start(self) -> dict[str, Any]:
        names = [name for name, field in self.base_fields.items() if not isinstance(field, forms.FileField)]
        return {name: getattr(self.rights, name) for name in names if hasattr(self.rights, name)}

    @property
    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AssetStepForm(StepForm):
    """A step that is kept in the work itself."""

    @property
    def row_version(self) -> int:
        return self.asset.version


class OwnForm(StepForm):
    own_work = forms.ChoiceField(label=_("Is it your own work?"), choices=YES_NO, widget=forms.RadioSelect)
    holder = forms.CharField(
        label=_("Whose work it is"), max_length=160, required=False,
        help_text=_("The person or body that holds the rights. Of own work the author, if you leave it empty."),
    )  # fmt: skip

    def start(self) -> dict[str, Any]:
        if self.rights is None:
            return {}
        return {"own_work": "yes" if self.rights.own_work else "no", "holder": self.rights.holder}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("own_work") == "no" and not data.get("holder"):
            self.add_error("holder", _("Say whose work it is."))
        return data

    @property
    def facts(self) -> dict[str, Any]:
        return {**self.cleaned_data, "own_work": self.cleaned_data["own_work"] == "yes"}


class PeopleForm(StepForm):
    people = forms.ChoiceField(
        label=_("Can people be recognised?"), choices=People.choices, widget=forms.RadioSelect,
        help_text=_("By face, by name, or by something that only they have. A crowd from afar is nobody."),
    )  # fmt: skip


class LicenceForm(StepForm):
    licence = forms.ChoiceField(label=_("Licence"), choices=Licence.choices, widget=forms.RadioSelect)
    credit = forms.CharField(
        label=_("Credit line"), max_length=LONGEST_CREDIT, required=False,
        help_text=_("As it must stand beside the work. Empty: the holder and the agency."),
    )  # fmt: skip
    valid_from = day_field(_("Valid from"), required=False)
    valid_to = day_field(_("Valid until"), required=False)
    terms = forms.CharField(label=_("What was agreed"), max_length=2000, required=False, widget=text_area(3))
    proof = forms.FileField(
        label=_("Proof of the agreement"), required=False, widget=PAPER,
        help_text=_("PDF, JPEG or PNG, at most 5 MB. “Another agreement” is not valid without it."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day comes before the first."))
        return data

    @property
    def facts(self) -> dict[str, Any]:
        facts = {name: value for name, value in self.cleaned_data.items() if name != "proof"}
        return {**facts, "proof": _paper(self.cleaned_data, "proof")}


class PlaceForm(AssetStepForm):
    region = forms.ModelChoiceField(Region.objects.none(), label=_("Regency or city"), required=False)
    sensitivity = forms.ChoiceField(
        label=_("What must be protected there?"), choices=Sensitivity.choices, widget=forms.RadioSelect
    )
    precision = forms.ChoiceField(
        label=_("What everybody may know"), choices=Precision.choices, widget=forms.RadioSelect,
        help_text=_("A place that must be protected stays hidden, whatever is chosen here."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "region", forms.ModelChoiceField).queryset = Region.objects.for_choice()

    def start(self) -> dict[str, Any]:
        return {name: getattr(self.asset, name) for name in self.base_fields}


class WordsForm(AssetStepForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    caption = forms.CharField(label=_("Caption"), max_length=2000, required=False, widget=text_area(3))
    alt_id = forms.CharField(
        label=_("What is to be seen, in Indonesian"), max_length=300, required=False, widget=text_area(2),
        help_text=_("For people who cannot see it: one sentence. Nothing is published without it."),
    )  # fmt: skip
    alt_en = forms.CharField(
        label=_("What is to be seen, in English"), max_length=300, required=False, widget=text_area(2)
    )
    tags = forms.CharField(
        label=_("Tags"), max_length=500, required=False, help_text=_("Words by which it is found, parted by commas.")
    )

    def start(self) -> dict[str, Any]:
        tags = ", ".join(each.tag.name for each in self.asset.tagged.select_related("tag"))
        return {**{name: getattr(self.asset, name) for name in ("title", "caption", "alt_id", "alt_en")}, "tags": tags}

    @property
    def tag_names(self) -> list[str]:
        return [each.strip() for each in self.cleaned_data["tags"].split(",") if each.strip()]

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "tags"}


class LikenessForm(forms.Form):
    consent = forms.ModelChoiceField(Consent.objects.none(), label=_("Person"))
    where = forms.CharField(
        label=_("Where in the picture"), max_length=120, required=False, help_text=_("“Left, with a red hat”.")
    )

    def __init__(self, *args: Any, consents: QuerySet[Consent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "consent", forms.ModelChoiceField).queryset = consents


class ConsentForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    person = forms.CharField(label=_("Name of the person"), max_length=160)
    scopes = forms.MultipleChoiceField(
        label=_("Agreed to be shown in"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple,
        initial=[Scope.WEB.value],
    )  # fmt: skip
    given_on = day_field(_("Given on"))
    expires_on = day_field(_("Valid until"), required=False, help_text=_("Empty: until it is withdrawn."))
    is_minor = forms.BooleanField(label=_("Under 18 years of age"), required=False)
    guardian = forms.CharField(
        label=_("Name of the guardian"), max_length=160, required=False,
        help_text=_("For a minor, the guardian agrees."),
    )  # fmt: skip
    guardian_is = forms.CharField(label=_("What the guardian is to the child"), max_length=60, required=False)
    contact = forms.CharField(
        label=_("How to reach them"), max_length=160, required=False,
        help_text=_("Used only for questions about this consent."),
    )  # fmt: skip
    evidence = forms.FileField(
        label=_("Signed sheet"), required=False, widget=PAPER, help_text=_("PDF, JPEG or PNG, at most 5 MB.")
    )

    def __init__(self, *args: Any, row: Consent | None = None, **kwargs: Any) -> None:
        start: dict[str, Any] = {"given_on": clock.today()}
        if row is not None:
            names = [name for name in self.base_fields if name not in {"evidence", "scopes"}]
            start = {**{name: getattr(row, name) for name in names}, "scopes": sorted(row.scope_set)}
        kwargs["initial"] = start
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("is_minor") and not data.get("guardian"):
            self.add_error("guardian", _("For a minor, the guardian agrees: write the guardian's name."))
        given, expires = data.get("given_on"), data.get("expires_on")
        if given and expires and expires < given:
            self.add_error("expires_on", _("The last day comes before the first."))
        if given and given > clock.today():
            self.add_error("given_on", _("This day has not come yet."))
        return data

    @property
    def facts(self) -> dict[str, Any]:
        facts = {name: value for name, value in self.cleaned_data.items() if name not in {"evidence", "version"}}
        return {**facts, "evidence": _paper(self.cleaned_data, "evidence")}


class WithdrawalForm(forms.Form):
    note = forms.CharField(
        label=_("How it was withdrawn"), max_length=500, widget=text_area(2),
        help_text=_("“By telephone on 3 May”. Not seen by the public."),
    )  # fmt: skip
    evidence = forms.FileField(
        label=_("Letter or message"), required=False, widget=PAPER, help_text=_("PDF, JPEG or PNG, at most 5 MB.")
    )

    @property
    def facts(self) -> dict[str, Any]:
        return {"note": self.cleaned_data["note"], "evidence": _paper(self.cleaned_data, "evidence")}


class NoteForm(forms.Form):
    note = forms.CharField(label=_("Reason"), max_length=500, widget=text_area(2))


class ReviseForm(forms.Form):
    note = forms.CharField(label=_("What is to be revised"), max_length=1000, widget=text_area(3))
