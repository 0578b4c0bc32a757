from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.forms import LocalDateTimeField, TextAsked, field_of, text_area
from enggang.places.enums import RegionLevel
from enggang.places.forms.tree import offer_in_tree
from enggang.places.models import Organisation, Region
from enggang.stories.blocks import LONGEST, MOST, Block
from enggang.stories.enums import BlockKind
from enggang.stories.models import Story
from enggang.stories.queries.stories import labels_of, originals_of
from enggang.stories.rules import WRITERS


class StoryForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such parameter when it runs
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    cover = forms.CharField(
        label=_("Picture of the story"), max_length=300, required=False,
        help_text=_("Code or address of a work in the gallery."),
    )  # fmt: skip

    class Meta:
        model = Story
        fields = ["organisation", "title", "summary", "region", "byline"]
        labels = {"organisation": _("Agency")}
        help_texts = {"byline": _("A name only with that person's agreement; else the team.")}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = field_of(self, "organisation", forms.ModelChoiceField)
        offer_in_tree(organisation, Organisation.objects.on().held_by(actor, *WRITERS))
        region = field_of(self, "region", forms.ModelChoiceField)
        region.queryset = Region.objects.for_choice().filter(level=RegionLevel.REGENCY).order_by("code")
        if self.instance.pk:
            organisation.disabled = True
            self.fields["version"].initial = self.instance.version
            self.initial["cover"] = self.instance.cover.code if self.instance.cover else ""

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def _post_clean(self) -> None:
        """The act checks the whole row and says what is wrong; the form's instance is only what was typed."""


class BlockForm(forms.Form):
    """One part of a story; without a kind it is none, so that emptying the kind removes it."""

    id = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    place = forms.IntegerField(label=_("Order of reading"), required=False, min_value=0, max_value=999)
    kind = forms.ChoiceField(label=_("Part"), required=False, choices=[("", "–"), *BlockKind.choices])
    text = forms.CharField(
        label=_("Text, caption or name"), required=False, max_length=LONGEST, widget=text_area(4),
        help_text=_("An empty line begins a new paragraph."),
    )  # fmt: skip
    by = forms.CharField(label=_("Whose words (of a quotation)"), required=False, max_length=160)
    what = forms.CharField(
        label=_("Works, event or destination"), required=False, max_length=1500,
        help_text=_("Codes or addresses from the gallery, or the address of the page; several apart by spaces."),
    )  # fmt: skip
    latitude = forms.CharField(label=_("Latitude"), required=False, max_length=20)
    longitude = forms.CharField(label=_("Longitude"), required=False, max_length=20)


BlockFormSet = formset_factory(BlockForm, extra=3, max_num=MOST, validate_max=True)


def rows_of(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Blocks as the form shows them."""
    return [
        {**block, "place": number * 10, "what": " ".join(block.get("works", ())) or block.get("about", "")}
        for number, block in enumerate(blocks, 1)
    ]


def blocks_given(formset: BaseFormSet[BlockForm]) -> list[dict[str, Any]]:
    """By their place; those without one stay where they stand, behind the others."""
    rows = [form.cleaned_data for form in formset.forms if form.cleaned_data.get("kind")]
    return sorted(rows, key=_place)


def _place(row: dict[str, Any]) -> int:
    place = row.get("place")
    return 1000 if place is None else int(place)


def texts_asked(row: Story) -> list[TextAsked]:
    """What is written once more in every other language."""
    labels = labels_of(row)
    return [
        TextAsked(name, labels[name], text, LONGEST if name.startswith("block") else 300, 5 if len(text) > 120 else 1)
        for name, text in originals_of(row).items()
    ]


class ReleaseForm(forms.Form):
    at = LocalDateTimeField(
        label=_("Not before"), required=False, help_text=_("Empty: at once. The time of your agency's zone.")
    )
