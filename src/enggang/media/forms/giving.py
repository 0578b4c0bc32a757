"""Collections, contests, and what was posted on the agency's channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.forms import day_field, field_of, text_area
from enggang.media.enums_words import CollectionKind, Language, PostingChannel
from enggang.media.forms.curation import CRITERIA_HELP, CriteriaField
from enggang.media.models import Asset, Collection, Contest
from enggang.media.models.usage import MOST_REACH
from enggang.places.models import Organisation, Region
from enggang.search.models import SearchEntry

KINDS = ("edition", "event", "wave")


if TYPE_CHECKING:
    _Field = forms.ModelChoiceField[SearchEntry]
else:
    _Field = forms.ModelChoiceField


class AboutField(_Field):
    def label_from_instance(self, entry: SearchEntry) -> str:
        return entry.title


class CollectionForm(forms.Form):
    """Title and story in both languages; what it is about, where that is a row of its own."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title_id = forms.CharField(label=_("Title, in Indonesian"), max_length=160)
    story_id = forms.CharField(label=_("Story, in Indonesian"), max_length=8000, required=False, widget=text_area(6))
    title_en = forms.CharField(label=_("Title, in English"), max_length=160, required=False)
    story_en = forms.CharField(label=_("Story, in English"), max_length=8000, required=False, widget=text_area(4))
    kind = forms.ChoiceField(label=_("About"), choices=CollectionKind.choices, initial=CollectionKind.THEME)
    about = AboutField(SearchEntry.objects.none(), label=_("Event or wave"), required=False)
    region = forms.ModelChoiceField(Region.objects.none(), label=_("Regency or city"), required=False)

    def __init__(self, *args: Any, home: Organisation, row: Collection | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = _start(row) if row else {}
        super().__init__(*args, **kwargs)
        entries = SearchEntry.objects.filter(kind__in=KINDS, organisation_path__startswith=home.path)
        field_of(self, "about", forms.ModelChoiceField).queryset = entries.order_by("title")
        field_of(self, "region", forms.ModelChoiceField).queryset = Region.objects.for_choice()

    @property
    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        texts = {each.value: (data[f"title_{each.value}"], data[f"story_{each.value}"]) for each in Language}
        about = data["about"].subject if data["about"] else None
        return {"texts": texts, "kind": data["kind"], "about": about, "region": data["region"]}


def _start(row: Collection) -> dict[str, Any]:
    found: dict[str, Any] = {
        "version": row.version, "kind": row.kind, "region": row.region_id, "about": row.about_id,
    }  # fmt: skip
    for text in row.texts.all():
        found |= {f"title_{text.language}": text.title, f"story_{text.language}": text.story}
    return found


class PostingForm(forms.Form):
    asset = forms.ModelChoiceField(Asset.objects.none(), label=_("Photo or video"), required=False)
    collection = forms.ModelChoiceField(Collection.objects.none(), label=_("Or a collection"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=PostingChannel.choices)
    account = forms.CharField(label=_("Account or medium"), max_length=120, required=False)
    posted_on = day_field(_("Posted on"), initial=clock.today)
    url = forms.URLField(label=_("Address"), max_length=500, required=False, assume_scheme="https")
    reach = forms.IntegerField(label=_("Reached"), min_value=0, max_value=MOST_REACH, required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, assets: QuerySet[Asset], collections: QuerySet[Collection], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "asset", forms.ModelChoiceField).queryset = assets
        field_of(self, "collection", forms.ModelChoiceField).queryset = collections

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data.get("asset")) == bool(data.get("collection")):
            self.add_error("asset", _("Choose one work, or one collection."))
        return data


class ReachForm(forms.Form):
    reach = forms.IntegerField(label=_("Reached"), min_value=0, max_value=MOST_REACH)


class ReachFileForm(forms.Form):
    file = forms.FileField(
        label=_("CSV file of a channel"), widget=forms.FileInput(attrs={"accept": ".csv"}),
        help_text=_("Columns: address, reach, and day if it has one. Lines without a posting in the log are told."),
    )  # fmt: skip


class ContestForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Title"), max_length=160)
    brief = forms.CharField(
        label=_("What is asked for, and the rules"), max_length=6000, required=False, widget=text_area(6)
    )
    opens_on = day_field(_("Opens on"))
    closes_on = day_field(_("Closes on"))
    winners = forms.IntegerField(label=_("How many winners"), min_value=1, max_value=50, initial=3)
    most_entries = forms.IntegerField(label=_("Entries of one person at most"), min_value=1, max_value=50, initial=3)
    criteria = CriteriaField(label=_("Criteria"), max_length=2000, help_text=CRITERIA_HELP)

    def __init__(self, *args: Any, row: Contest | None = None, **kwargs: Any) -> None:
        if row is not None:
            names = [name for name in self.base_fields if name != "criteria"]
            criteria = row.rubric.criteria.all() if row.rubric else []
            lines = "\n".join(f"{each.title}; {each.weight}" for each in criteria)
            kwargs["initial"] = {**{name: getattr(row, name) for name in names}, "criteria": lines}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("opens_on"), data.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", _("The last day comes before the first."))
        return data

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
