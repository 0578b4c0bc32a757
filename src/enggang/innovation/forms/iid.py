"""What the screens of the index bind."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.forms import ManyBoxes, day_field, text_area
from enggang.innovation.enums_iid import Basis, Parameter
from enggang.innovation.models import Evidence, Innovation, Submission
from enggang.innovation.models.submission import LONGEST_ANSWER
from enggang.innovation.queries.profile import Answer
from enggang.innovation.queries.scores import Standing
from enggang.places.models import Organisation


class BeginForm(forms.Form):
    """Which year, and who validates it last."""

    year = forms.TypedChoiceField(label=_("Year of the guide"), coerce=int)
    board = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Research board"), required=False,
        help_text=_("The agency that validates last, such as BRIDA. It can be named later."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        self.fields["board"].queryset = Organisation.objects.visible_to(actor).on()  # type: ignore[attr-defined]


class SettingForm(forms.Form):
    board = forms.ModelChoiceField(Organisation.objects.none(), label=_("Research board"), required=False)
    renewal = forms.CharField(
        label=_("What was renewed"), required=False, max_length=500, widget=text_area(2),
        help_text=_("Only for an innovation older than the guide's days allow: it then counts as renewed."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Actor, row: Submission, **kwargs: Any) -> None:
        initial = {"board": row.board_id, "renewal": row.renewal, "version": row.version}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.fields["board"].queryset = Organisation.objects.visible_to(actor).on()  # type: ignore[attr-defined]


class ParameterForm(forms.Form):
    """The texts of one indicator, each with its points."""

    parameter = forms.TypedChoiceField(label=_("Which text describes it?"), coerce=int, widget=forms.RadioSelect)
    basis = forms.ChoiceField(label=_("Counted by"), required=False, choices=[("", "–"), *Basis.choices])
    note = forms.CharField(label=_("Remark"), required=False, max_length=300)

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        score = standing.score
        initial = (
            {"parameter": score.parameter, "basis": score.basis, "note": score.note} if score else {"parameter": 0}
        )
        super().__init__(*args, **{**kwargs, "initial": initial})
        options = [(n, f"{text} ({points})") for n, text, points in standing.options if text]
        self.fields["parameter"].choices = [(Parameter.NONE, Parameter.NONE.label), *options]  # type: ignore[attr-defined]
        if standing.guide.genre != "benefit":
            del self.fields["basis"]


class UseForm(forms.Form):
    """Which pieces of the vault serve an indicator."""

    evidence = forms.ModelMultipleChoiceField(
        Evidence.objects.none(), label=_("From the vault"), required=False, widget=ManyBoxes
    )  # fmt: skip

    def __init__(self, *args: Any, vault: Any, used: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"evidence": used}})
        self.fields["evidence"].queryset = vault  # type: ignore[attr-defined]


class FileForm(forms.Form):
    title = forms.CharField(label=_("What it shows"), max_length=200)
    file = forms.FileField(label=_("File"), help_text=_("PDF, JPEG or PNG, at most 20 MB. It stays private."))
    dated_on = day_field(_("Dated"), required=False)
    is_personal = forms.BooleanField(
        label=_("It names people"), required=False,
        help_text=_("Such as a list of beneficiaries. Whoever opens it is then written into the trail."),
    )  # fmt: skip

    @property
    def facts(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        file = self.cleaned_data["file"]
        return {**given, "content": file.read(), "name": file.name}


class LinkForm(forms.Form):
    title = forms.CharField(label=_("What it shows"), max_length=200)
    link = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")
    dated_on = day_field(_("Dated"), required=False)


class BelongingForm(forms.Form):
    innovation = forms.ModelChoiceField(Innovation.objects.none(), label=_("Innovation"))

    def __init__(self, *args: Any, innovations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["innovation"].queryset = innovations  # type: ignore[attr-defined]


class TieForm(forms.Form):
    code = forms.CharField(
        label=_("Code or address"), max_length=300,
        help_text=_("Copy the address of the page of a wave, an event, or a work: what is known of it is proposed here."),
    )  # fmt: skip

    def clean_code(self) -> str:
        """The last part of an address that is a code."""
        parts = [part for part in self.cleaned_data["code"].split("?")[0].split("#")[0].split("/") if part]
        if not parts:
            raise ValidationError(_("Give a code or an address."))
        found: str = next((part for part in reversed(parts) if len(part) >= 8 and part.isalnum()), parts[-1])
        return found[:16]


class WhyForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=text_area(2))


class ProfileForm(forms.Form):
    """Each field with what the record says in its help; what is left empty is filled from there."""

    def __init__(self, data: Any = None, *, answers: list[Answer], version: int) -> None:
        super().__init__(data)
        self.answers = answers
        for each in answers:
            wide = each.field.least_words or len(each.text) > 80
            self.fields[each.field.code] = forms.CharField(
                label=each.field.title + (" *" if each.field.is_mandatory else ""), required=False, max_length=LONGEST_ANSWER,
                widget=text_area(12 if each.field.least_words else 4) if wide else forms.TextInput(),
                initial=each.text if each.origin == "typed" else "",
                help_text=_recorded(each.recorded),
            )  # fmt: skip
            if each.field.least_words:
                self.fields[each.field.code].widget.attrs["data-least-words"] = each.field.least_words
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=version)

    @property
    def given(self) -> dict[str, str]:
        return {each.field.code: self.cleaned_data[each.field.code] for each in self.answers}


def _recorded(text: str) -> Any:
    """Help texts are shown as markup: what people wrote is escaped."""
    return format_html(gettext("From the record: {}"), text[:400]) if text else ""


class PointForm(forms.Form):
    code = forms.ChoiceField(label=_("Indicator of the region"))
    points = forms.DecimalField(label=_("Points"), max_digits=6, decimal_places=2, validators=[MinValueValidator(0)])
    source = forms.CharField(label=_("Source"), max_length=300)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = choices  # type: ignore[attr-defined]


class LetterForm(forms.Form):
    """What the research board has written."""

    number = forms.CharField(label=_("Number of the letter"), max_length=100)
    dated_on = day_field(_("Date of the letter"))
    index = forms.DecimalField(
        label=_("Official index"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    rank = forms.IntegerField(label=_("Rank"), required=False, min_value=1, max_value=10_000)
    predicate = forms.CharField(label=_("Predicate in the letter"), required=False, max_length=60)
    file = forms.FileField(label=_("The letter"), help_text=_("PDF, JPEG or PNG, at most 5 MB."))

    @property
    def facts(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        file = self.cleaned_data["file"]
        return {**given, "content": file.read(), "name": file.name}


class YearsForm(forms.Form):
    """Two years to be compared, or one to be begun from the other."""

    older = forms.TypedChoiceField(label=_("From"), coerce=int)
    newer = forms.TypedChoiceField(label=_("To"), coerce=int)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("older", "newer"):
            self.fields[name].choices = [(year, str(year)) for year in sorted(years)]  # type: ignore[attr-defined]
