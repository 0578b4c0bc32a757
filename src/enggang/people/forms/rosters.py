from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enggang.core.actor import Actor
from enggang.people import rules
from enggang.people.forms.fields import OrganisationField
from enggang.people.roster.choice import DIFFERENT, KEEP, NEW, Choice
from enggang.people.roster.columns import FIELD_LABELS, column_name
from enggang.people.roster.header import FIELDS, Columns
from enggang.people.roster.sheet import MAX_BYTES, NotARoster, kind_of
from enggang.places.models import Organisation


class RosterForm(forms.Form):
    organisation = OrganisationField(label=gettext_lazy("Agency"))
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "Excel workbook (.xlsx) or CSV, up to 10 MB, as you have it: with titles, several sheets, signatures."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,text/csv"}),
        allow_empty_file=True,  # our own sentence says it better
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Organisation.objects.held_by(actor, *rules.MANAGES_PEOPLE).on()
        self.fields["organisation"].offer(rows)  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 10 MB. Send one agency at a time, and only the list itself.")
            )
        self.content = file.read()
        try:
            kind_of(self.content)
        except NotARoster as refused:
            raise forms.ValidationError(refused.message) from refused
        return file


COLUMNS_SHOWN = 40


class MappingForm(forms.Form):
    """Which sheets are meant, and what each column holds: one select per column."""

    sheets = forms.MultipleChoiceField(
        label=gettext_lazy("Sheets to read"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, preview: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pages = [page for page in preview.get("pages", []) if page["is_list"]]
        choices = [(str(page["index"]), page["name"] or _("The list")) for page in self.pages]
        self.fields["sheets"].choices = choices  # type: ignore[attr-defined]
        self.initial.setdefault("sheets", [str(page["index"]) for page in self.pages if page["taken"]])
        for page in self.pages:
            self._add_columns(page)

    def _add_columns(self, page: Mapping[str, Any]) -> None:
        meant = {index: name for name, index in page["columns"].items()}
        width = max([len(page["labels"]), *(index + 1 for index in meant)])
        for index in range(min(width, COLUMNS_SHOWN)):
            label = page["labels"][index] if index < len(page["labels"]) else ""
            if label or index in meant:
                self.fields[f"c-{page['index']}-{index}"] = forms.ChoiceField(
                    label=f"{column_name(index)}: {label}" if label else column_name(index),
                    choices=[("", _("– not read –")), *FIELD_LABELS.items()],
                    initial=meant.get(index, ""),
                    required=False,
                )

    def fields_of(self, page: Mapping[str, Any]) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(f"c-{page['index']}-")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.columns: dict[int, Columns] = {page["index"]: {} for page in self.pages}
        for name, field in list(data.items()):
            if name.startswith("c-") and field in FIELDS:
                sheet, index = map(int, name.split("-")[1:])
                if field in self.columns[sheet]:
                    self.add_error(name, _("Two columns cannot hold the same."))
                self.columns[sheet][field] = index
        return data

    @property
    def chosen_sheets(self) -> list[int]:
        return sorted(int(index) for index in self.cleaned_data["sheets"])


class AnswerForm(forms.Form):
    """The questions that a list has raised, with what may be said to each."""

    without_nip = forms.BooleanField(
        label=gettext_lazy("Take these people without NIP"),
        help_text=gettext_lazy(
            "Only those with a mobile number. Each completes the NIP personally, and gets no certificate before."
        ),
        required=False,
    )
    accepts_all = forms.BooleanField(
        label=gettext_lazy("I have checked all of these NIPs: they are right"),
        help_text=gettext_lazy("Your name is kept with this answer."),
        required=False,
    )

    moves_all = forms.BooleanField(
        label=gettext_lazy("I have checked all of these moves: they are right"),
        help_text=gettext_lazy("Your name is kept with this answer."),
        required=False,
    )

    def __init__(self, *args: Any, preview: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.preview = preview
        for question in preview.get("questions", []):
            self.fields[f"q-{question['key']}"] = forms.ChoiceField(
                label=_("Row {row}: NIP {nip}, in the list {name}, on record {known}").format(**question),
                choices=[
                    (KEEP, _("The same person: keep the name {name}").format(name=question["known"])),
                    (NEW, _("The same person: write the name {name}").format(name=question["name"])),
                    (DIFFERENT, _("Somebody else: send the row back")),
                ],
                widget=forms.RadioSelect,
                required=False,
            )
        for doubt in preview.get("doubts", []):
            self.fields[f"d-{doubt['key']}"] = forms.BooleanField(
                label=_("Row {row}: {name}").format(**doubt), help_text=" ".join(doubt["why"]), required=False
            )

        for moved in preview.get("moves", []):
            self.fields[f"m-{moved['key']}"] = forms.BooleanField(
                label=_("Row {row}: {name}, until now at {agency}").format(**moved), required=False
            )

    def fields_like(self, prefix: str) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(prefix)]

    @property
    def questions(self) -> list[forms.BoundField]:
        return self.fields_like("q-")

    @property
    def doubts(self) -> list[forms.BoundField]:
        return self.fields_like("d-")

    @property
    def moves(self) -> list[forms.BoundField]:
        return self.fields_like("m-")

    @property
    def choice(self) -> Choice:
        data = self.cleaned_data
        people = {question["key"]: question["person"] for question in self.preview.get("questions", [])}
        return Choice(
            answers={key: (say, people[key]) for key in people if (say := data.get(f"q-{key}"))},
            accepted=frozenset(name[2:] for name, value in data.items() if name.startswith("d-") and value),
            accepts_all=data["accepts_all"],
            moves={each["key"]: each["code"] for each in self.preview.get("moves", []) if data.get(f"m-{each['key']}")},
            moves_all=data["moves_all"],
            without_nip=data["without_nip"],
        )
