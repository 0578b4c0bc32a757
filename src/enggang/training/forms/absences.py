from __future__ import annotations

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from enggang.attendance.forms.proof import LetterForm
from enggang.core.forms import field_of
from enggang.training.models import Registration, Session
from enggang.training.queries.absences import sessions_to_miss


class AbsenceForm(LetterForm):
    sessions = forms.MultipleChoiceField(label=_("Sessions"), widget=forms.CheckboxSelectMultiple)
    field_order = ("sessions", "status", "note", "file")

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mine = sessions_to_miss(registration)
        field_of(self, "sessions", forms.MultipleChoiceField).choices = [(row.code, _label(row)) for row in self.mine]


def _label(session: Session) -> str:
    return f"{date_format(session.day, 'j M')} {session.begins:%H.%M} · {session.title}"
