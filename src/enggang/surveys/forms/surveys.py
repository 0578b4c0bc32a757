from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.surveys.enums import StatementKind
from enggang.surveys.models import Statement, Survey


class SurveyForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Title"), max_length=200)
    intro = forms.CharField(
        label=_("Words before the questions"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    high = forms.IntegerField(label=_("Steps of the scale"), min_value=2, max_value=10)
    labels = forms.CharField(
        label=_("A word for each step, one per line"), max_length=600, required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    statements = forms.CharField(
        label=_("Statements"), max_length=12000, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("One per line: section | statement. Put ? before what is answered in one's own words."),
    )  # fmt: skip
    live = forms.BooleanField(
        label=_("Show results while it is open"), required=False,
        help_text=_("In whole steps of answers only. Otherwise results are shown once it is closed."),
    )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        data = {key: self.cleaned_data[key] for key in ("title", "intro", "high", "live")}
        labels = [line.strip()[:60] for line in self.cleaned_data["labels"].splitlines() if line.strip()]
        return {**data, "labels": labels, "statements": read_statements(self.cleaned_data["statements"])}


def read_statements(text: str) -> list[tuple[str, str, str]]:
    """Section, kind and words of each line."""
    found = []
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith("?"):
            found.append(("", str(StatementKind.COMMENT), line[1:].strip()))
        elif line:
            section, sign, words = line.partition("|")
            found.append((section.strip() if sign else "", str(StatementKind.SCALE), (words if sign else line).strip()))
    return found


def initial_of(survey: Survey) -> dict[str, Any]:
    return {
        "version": survey.version, "title": survey.title, "intro": survey.intro, "high": survey.high,
        "labels": "\n".join(survey.labels), "live": survey.live,
        "statements": "\n".join(_line(row) for row in survey.statements.all()),
    }  # fmt: skip


def _line(row: Statement) -> str:
    if row.kind == StatementKind.COMMENT:
        return f"? {row.text}"
    return f"{row.section} | {row.text}" if row.section else row.text
