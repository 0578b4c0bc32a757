"""Judging, and changing many works together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import field_of, text_area
from enggang.media.models import Collection, Consent, Contest
from enggang.places.models import Region
from enggang.reviews.models import Rubric

MOST_CRITERIA = 8


class SheetForm(forms.Form):
    """A level of every criterion; the fields are named as they are posted by keyboard too."""

    feedback = forms.CharField(label=_("Words to the author"), required=False, max_length=1000, widget=text_area(2))

    def __init__(self, *args: Any, rubric: Rubric, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(rubric.criteria.prefetch_related("levels"))
        for each in self.criteria:
            choices = [(level.pk, f"{n}. {level.title}") for n, level in enumerate(each.levels.all(), 1)]
            self.fields[f"level-{each.pk}"] = forms.TypedChoiceField(
                label=each.title, choices=choices, coerce=int, widget=forms.RadioSelect
            )
        self.order_fields([*(f"level-{each.pk}" for each in self.criteria), "feedback"])

    @property
    def facts(self) -> dict[str, Any]:
        levels = {each.pk: self.cleaned_data[f"level-{each.pk}"] for each in self.criteria}
        return {"levels": levels, "feedback": self.cleaned_data["feedback"]}


def read_criteria(text: str) -> list[tuple[str, int]]:
    """«Light; 2» on each line: a title, and a weight where it is not 1. Raises ValidationError."""
    found = list[tuple[str, int]]()
    for line in text.splitlines():
        title, _sep, weight = line.rpartition(";") if ";" in line else (line, "", "1")
        if not title.strip():
            continue
        number = weight.strip()
        if not number.isascii() or not number.isdigit() or not 1 <= int(number[:4]) <= 100:
            raise forms.ValidationError(
                _("The weight of “%(title)s” is not a number from 1 to 100.") % {"title": title[:60]}
            )
        if len(title.strip()) > 160:
            raise forms.ValidationError(_("A criterion has at most 160 letters."))
        found.append((title.strip(), int(number)))
    if not 1 <= len(found) <= MOST_CRITERIA:
        raise forms.ValidationError(_("Give one to %(most)s criteria, each on a line.") % {"most": MOST_CRITERIA})
    return found


class CriteriaField(forms.CharField):
    widget = text_area(4)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return read_criteria(text) if text else []


CRITERIA_HELP = _(
    "Each on a line, with its weight after a semicolon: “Light; 2”. Judges give each a level from 1 to 5."
)


class PolicyForm(forms.Form):
    criteria = CriteriaField(label=_("Criteria"), max_length=2000, help_text=CRITERIA_HELP)
    judges = forms.IntegerField(label=_("Judges of each work"), min_value=1, max_value=9)
    pass_points = forms.IntegerField(
        label=_("Accepted from so many points of 100"), min_value=0, max_value=100,
        help_text=_("Levels 1 to 5 are worth 0, 30, 60, 80 and 100 points."),
    )  # fmt: skip
    spread_alert = forms.IntegerField(
        label=_("Judges may differ by so many points"), min_value=0, max_value=100, initial=30,
        help_text=_("Further apart, the curator decides."),
    )  # fmt: skip


PARTS = [
    ("title", _("Title")),
    ("caption", _("Caption")),
    ("alt_id", _("What is to be seen, in Indonesian")),
    ("tags", _("Tags")),
    ("region", _("Regency or city")),
    ("people", _("Person with a consent")),
    ("credit", _("Credit line")),
]


class TogetherForm(forms.Form):
    """One part of many works. Only the field that belongs to the part counts."""

    what = forms.ChoiceField(label=_("Change"), choices=PARTS)
    text = forms.CharField(
        label=_("New words"), max_length=2000, required=False,
        help_text=_("In a title, {n} counts. Tags are parted by commas, and come to those that are there."),
    )  # fmt: skip
    region = forms.ModelChoiceField(Region.objects.none(), label=_("Regency or city"), required=False)
    person = forms.ModelChoiceField(Consent.objects.none(), label=_("Person with a consent"), required=False)

    def __init__(self, *args: Any, consents: QuerySet[Consent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "region", forms.ModelChoiceField).queryset = Region.objects.for_choice()
        field_of(self, "person", forms.ModelChoiceField).queryset = consents

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        needed = {"region": "region", "people": "person"}.get(data.get("what", ""), "text")
        if data.get("what") in {"title", "tags", "people"} and not data.get(needed):
            self.add_error(needed, _("Say what is to stand there."))
        return data

    @property
    def facts(self) -> dict[str, Any]:
        what, data = self.cleaned_data["what"], self.cleaned_data
        value: Any = data["text"]
        if what == "tags":
            value = [each.strip() for each in data["text"].split(",") if each.strip()]
        elif what == "region":
            value = data["region"].pk if data["region"] else None
        elif what == "people":
            value = [data["person"].pk]
        return {"what": what, "value": value}


class EnterForm(forms.Form):
    contest = forms.ModelChoiceField(Contest.objects.none(), label=_("Contest"))

    def __init__(self, *args: Any, contests: QuerySet[Contest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "contest", forms.ModelChoiceField).queryset = contests


class CollectForm(forms.Form):
    collection = forms.ModelChoiceField(Collection.objects.none(), label=_("Collection"))

    def __init__(self, *args: Any, collections: QuerySet[Collection], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "collection", forms.ModelChoiceField).queryset = collections
