from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.acts import Refused
from enggang.core.forms import day_field, field_of
from enggang.core.registries import document_kinds
from enggang.documents.enums import SigningForm
from enggang.documents.letters import LetterKind, Shape, letter_kinds
from enggang.documents.models import Letter, Letterhead, NumberBlock, Signatory
from enggang.documents.queries.wordings import wordings_for
from enggang.places.models import Organisation

if TYPE_CHECKING:
    _Base = forms.ModelChoiceField[NumberBlock]
else:
    _Base = forms.ModelChoiceField

ROWS = {Shape.TEXT: 5, Shape.FACTS: 6, Shape.ITEMS: 4}


def paper_choices() -> list[tuple[str, Any]]:
    letters = [(code, kind.label) for code, kind in letter_kinds.items()]
    papers = [(code, kind.label) for code, kind in document_kinds.items()]
    return [("", _("All letters and papers")), *letters, *papers]


class DatedForm(forms.Form):
    """What letterheads and signatories share."""

    paper = forms.ChoiceField(label=_("For which letters"), required=False)
    valid_from = day_field(_("Valid from"))
    valid_to = day_field(_("Valid until"), required=False)
    source = forms.CharField(
        label=_("Source"), max_length=200, required=False, help_text=_("For example: number of the decree or order.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "paper", forms.ChoiceField).choices = paper_choices()
        self.fields["valid_from"].initial = clock.today

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day lies before the first."))
        return data


class LetterheadForm(DatedForm):
    lines = forms.CharField(
        label=_("Lines of the organisation"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One per line; the last one is set larger."),
    )  # fmt: skip
    address = forms.CharField(
        label=_("Address lines"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    city = forms.CharField(label=_("Place of the letters"), max_length=80, help_text=_("For example: Pontianak."))
    emblem = forms.FileField(
        label=_("Emblem"), required=False, widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
        help_text=_("PNG or JPEG, at most 1 MB. Empty: the one of the present letterhead stays."),
    )  # fmt: skip
    field_order = ["lines", "address", "city", "emblem", "paper", "valid_from", "valid_to", "source"]

    def clean_lines(self) -> str:
        return _few_lines(self.cleaned_data["lines"])

    def clean_address(self) -> str:
        return _few_lines(self.cleaned_data["address"])


def _few_lines(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > 5:
        raise forms.ValidationError(_("At most five lines."))
    return "\n".join(lines)


class SignatoryForm(DatedForm):
    form = forms.ChoiceField(label=_("Signs"), choices=SigningForm.choices)
    post = forms.CharField(label=_("Post"), max_length=160)
    on_behalf = forms.CharField(
        label=_("On behalf of (post)"), max_length=160, required=False, help_text=_("Only for «a.n.».")
    )
    name = forms.CharField(label=_("Name"), max_length=160)
    rank = forms.CharField(label=_("Rank"), max_length=80, required=False)
    nip = forms.CharField(label=_("NIP"), max_length=24, required=False)
    field_order = ["form", "post", "on_behalf", "name", "rank", "nip", "paper", "valid_from", "valid_to", "source"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("form") == SigningForm.AN and not data.get("on_behalf", "").strip():
            self.add_error("on_behalf", _("Type the post on whose behalf the letter is signed."))
        return data


class EndForm(forms.Form):
    valid_to = day_field(_("Valid until"), required=False)

    def last_day(self) -> date | None:
        """Raises Refused for what is no date."""
        if not self.is_valid():
            raise Refused(gettext("Type a date, or leave it empty for no end."))
        day: date | None = self.cleaned_data["valid_to"]
        return day


class BlockForm(forms.Form):
    pattern = forms.CharField(
        label=_("Pattern"), max_length=120,
        help_text=_("{seq} stands for the running number, for example: 000.1.5/{seq}/DISPORAPAR/{year}."),
    )  # fmt: skip
    first = forms.IntegerField(label=_("First number"), min_value=1, max_value=9_999_999)
    last = forms.IntegerField(label=_("Last number"), min_value=1, max_value=9_999_999)
    handed_on = day_field(_("Handed out on"), initial=clock.today)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class CopyForm(forms.Form):
    ref = forms.ChoiceField(label=_("Copy from"))
    name = forms.CharField(label=_("Name of your template"), max_length=120)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.ref, each.label) for each in wordings_for(organisation)]
        field_of(self, "ref", forms.ChoiceField).choices = choices


class BlocksForm(forms.Form):
    """The blocks of a kind as fields named ``block-<key>``; ``version`` is the save the form began from."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, kind: LetterKind, blocks: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for block in kind.blocks:
            widget = forms.TextInput() if block.shape == Shape.LINE else forms.Textarea({"rows": ROWS[block.shape]})
            self.fields[f"block-{block.key}"] = forms.CharField(
                label=block.label, required=block.required, max_length=4000, widget=widget,
                initial=(blocks or {}).get(block.key, ""), strip=True,
            )  # fmt: skip

    def blocks(self) -> dict[str, str]:
        return {block.key: self.cleaned_data.get(f"block-{block.key}", "") for block in self.kind.blocks}


def signatories_of(organisation: Organisation, kind: str) -> Any:
    """Who may sign such a letter today."""
    return Signatory.objects.filter(organisation=organisation).on(clock.today(organisation.time_zone), kind)


class LetterForm(BlocksForm):
    signatory = forms.ModelChoiceField(Signatory.objects.none(), label=_("Signatory"))

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        content = letter.content
        initial = {"version": letter.version, "signatory": letter.signatory_id}
        kind = letter_kinds[letter.kind]
        super().__init__(*args, kind=kind, blocks=content["blocks"], initial=initial, **kwargs)
        rows = Signatory.objects.filter(organisation=letter.organisation, paper__in=["", letter.kind])
        field_of(self, "signatory", forms.ModelChoiceField).queryset = rows


class BlockField(_Base):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.next_text} ({obj})"


class NumberForm(forms.Form):
    number = forms.CharField(
        label=_("Number"), max_length=120, required=False, help_text=_("As it was given to the letter.")
    )
    block = BlockField(
        NumberBlock.objects.none(), label=_("Or the next number of a block"), required=False,
        empty_label=_("No block: the number is typed above"),
    )  # fmt: skip
    dated = day_field(_("Date of the letter"))

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = field_of(self, "block", forms.ModelChoiceField)
        field.queryset = NumberBlock.objects.filter(organisation=letter.organisation).usable()
        if not field.queryset.exists():
            del self.fields["block"]
        self.fields["dated"].initial = lambda: clock.today(letter.organisation.time_zone)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data.get("number")) == bool(data.get("block")):
            self.add_error("number", _("Type the number, or choose a block: one of the two."))
        return data


class ScanForm(forms.Form):
    file = forms.FileField(
        label=_("Scan of the signed letter"), help_text=_("PDF, JPEG or PNG, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )  # fmt: skip


def latest_head(organisation: Organisation) -> Letterhead | None:
    return Letterhead.objects.filter(organisation=organisation).select_related("emblem").first()
