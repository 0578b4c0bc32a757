from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.forms import day_field, field_of, text_area
from enggang.events.enums import PUBLICATION_MOVES, CaptionLanguage, PublicationState
from enggang.events.models import Channel, Edition, Publication
from enggang.events.models.publicity import LONGEST_CAPTION, MOST_REACH

PICTURE = forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.pdf"})


class PublicationForm(forms.Form):
    """A day that is counted, or a fixed one: never both."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("What is told"), max_length=200)
    channel = forms.ModelChoiceField(Channel.objects.none(), label=_("Channel"))
    offset = forms.IntegerField(
        label=_("Days from the first day"), required=False, min_value=-366, max_value=366,
        help_text=_("Negative: before it. Moves with the edition."),
    )  # fmt: skip
    on = day_field(_("Or a fixed day"), required=False)
    at = forms.TimeField(
        label=_("Time"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    person = forms.CharField(label=_("In charge"), max_length=120, required=False)
    brief = forms.CharField(
        label=_("Picture or video"), max_length=1000, required=False, widget=text_area(),
        help_text=_("What is to be seen, and who makes it."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, edition: Edition, row: Publication | None = None) -> None:
        initial = {name: getattr(row, name) for name in self.base_fields} if row is not None else {}
        if initial.get("offset") is not None:
            initial["on"] = None
        super().__init__(data, initial=initial)
        rows = Channel.objects.serving(edition.organisation).on(clock.today(edition.time_zone))
        field_of(self, "channel", forms.ModelChoiceField).queryset = rows

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("offset") is not None and data.get("on"):
            self.add_error("on", _("Give days from the first day, or a fixed day, not both."))
        return data

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class CaptionsForm(forms.Form):
    """A field for each language; an empty one is no caption."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, row: Publication) -> None:
        super().__init__(data, initial={"version": row.version})
        known = {each.language: each for each in row.captions.all()}
        most = row.channel.letters
        for code, label in CaptionLanguage.choices:
            found = known.get(code)
            letters = (
                _("%(n)s of at most %(most)s letters") % {"n": len(found.text), "most": most} if found and most else ""
            )
            help_text = _("Last year's words: read them, then save.") if found and found.is_old else letters
            self.fields[code] = forms.CharField(
                label=label, required=False, max_length=most or LONGEST_CAPTION, widget=text_area(3),
                initial=found.text if found else "", help_text=help_text,
            )  # fmt: skip

    @property
    def captions(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class StateForm(forms.Form):
    """Ready, published, dropped, or back. Day, address and reach belong to a published one."""

    to = forms.ChoiceField(label=_("State"))
    on = day_field(_("Published on"), required=False)
    link = forms.URLField(label=_("Address"), max_length=500, required=False, assume_scheme="https")
    reach = forms.IntegerField(label=_("Reached"), min_value=0, max_value=MOST_REACH, required=False)

    def __init__(self, *args: Any, row: Publication, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = PUBLICATION_MOVES[PublicationState(row.state)]
        choices = [(state.value, state.label) for state in PublicationState if state in allowed]
        field_of(self, "to", forms.ChoiceField).choices = choices


class ReachForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    link = forms.URLField(label=_("Address"), max_length=500, required=False, assume_scheme="https")
    reach = forms.IntegerField(label=_("Reached"), min_value=0, max_value=MOST_REACH, required=False)

    def __init__(self, data: Any = None, *, row: Publication) -> None:
        super().__init__(data, initial={"version": row.version, "link": row.link, "reach": row.reach})


class AssetForm(forms.Form):
    file = forms.FileField(label=_("Picture"), widget=PICTURE, help_text=_("JPEG, PNG or PDF, at most 10 MB."))
