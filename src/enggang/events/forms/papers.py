from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import text_area
from enggang.documents.forms.writing import WrittenForm
from enggang.events.domain.papers import Guest
from enggang.events.letter_kinds import COMMITTEE, GUESTS

LONGEST_NAME = 300


class DecreeForm(WrittenForm):
    kind = COMMITTEE
    despite = forms.BooleanField(label=_("Write it although something is missing"), required=False)

    def start(self) -> dict[str, Any]:
        return {**super().start(), "despite": self.cleaned_data["despite"]}


class GuestsForm(DecreeForm):
    kind = GUESTS
    guests = forms.CharField(
        label=_("Guests"), max_length=20_000, widget=text_area(8),
        help_text=_("One per line: office or name; organisation. The organisation may be left out."),
    )  # fmt: skip
    separate = forms.TypedChoiceField(
        label=_("How many letters"), coerce=lambda value: value == "yes", widget=forms.RadioSelect, initial="no",
        choices=[("no", _("One letter that lists all guests")), ("yes", _("One letter for each guest"))],
    )  # fmt: skip
    field_order = ("wording", "signatory", "guests", "separate", "despite")

    def __init__(self, *args: Any, suggested: list[Guest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guests"].initial = "\n".join("; ".join(guest) for guest in suggested)

    def clean_guests(self) -> list[Guest]:
        return [_guest(line) for line in self.cleaned_data["guests"].splitlines() if line.strip()]

    def start(self) -> dict[str, Any]:
        return {**super().start(), "guests": self.cleaned_data["guests"], "separate": self.cleaned_data["separate"]}


def _guest(line: str) -> Guest:
    office, _sign, organisation = (" ".join(part.split()) for part in line.partition(";"))
    if not office or max(len(office), len(organisation)) > LONGEST_NAME:
        text = _("“%(line)s”: write the office or name, and after a semicolon the organisation.")
        raise forms.ValidationError(text % {"line": line[:120]})
    return office, organisation
