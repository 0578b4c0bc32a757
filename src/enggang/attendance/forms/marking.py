from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from enggang.attendance.enums import Status
from enggang.core import codes

STATUS, NOTE = "status-", "note-"
CODE_LENGTH = 12


class ScanForm(forms.Form):
    """What a scanner typed: the address in the QR, its token alone, or the pass code read aloud."""

    token = forms.CharField(
        label=_("Attendance pass"),
        help_text=_("Scan the code of the pass, or type the characters below it."),
        max_length=500,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false", "autofocus": True}
        ),
    )

    def clean_token(self) -> str:
        """The token out of whatever was scanned; a typed code as the code it stands for."""
        text = str(self.cleaned_data["token"]).strip().rstrip("/").rsplit("/", 1)[-1]
        return text if "." in text else codes.normalise_code(text)


class TakeForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("Such as “marked in the wrong line”."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PostedList:
    """What a list says: ``shown`` is as it was posted, ``statuses`` only what the person changed on it."""

    statuses: dict[str, Status]
    notes: dict[str, str]
    shown: dict[str, str]


def read_list(post: QueryDict, notes_now: Mapping[str, str]) -> PostedList:
    """Read a posted list; ``notes_now`` are the notes on record, by holder code.

    ``seen`` carries the statuses with which the page was made, in one field (``CODE:status CODE:status``): a row
    that the person did not touch is not written, so a list left open does not undo the scans made meanwhile.
    """
    shown = {name.removeprefix(STATUS): str(post[name]) for name in post if name.startswith(STATUS)}
    seen = dict(pair.split(":", 1) for pair in post.get("seen", "").split() if ":" in pair)
    posted = {name.removeprefix(NOTE): str(post[name]) for name in post if name.startswith(NOTE)}
    notes = {code: text for code, text in posted.items() if code in shown and text.strip() != notes_now.get(code, "")}
    changed = {code: status for code, status in shown.items() if status != seen.get(code) or code in notes}
    return PostedList({code: _status(text) for code, text in changed.items()}, notes, shown)


def _status(text: str) -> Status:
    """An unknown word passes through: the act refuses it with a sentence."""
    return Status(text) if text in Status.values else text  # type: ignore[return-value]
