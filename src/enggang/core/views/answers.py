"""What a view does after it has found its row: try an act, say how that went, hand a file over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from enggang.core import registries
from enggang.core.acts import Refused
from enggang.core.enums import WordingState
from enggang.core.forms import TextAsked, WordingForm
from enggang.core.models import Subject
from enggang.core.wordings import wordings_of

R = TypeVar("R")


def attempt(form: forms.BaseForm, do: Callable[[], Any]) -> bool:
    """Whether it was done; a refusal stands beside what was typed."""
    if not form.is_valid():
        return False
    try:
        do()
    except Refused as refused:
        form.add_error(None, refused.message)
    except ValidationError as error:
        stand_beside(form, error)
    else:
        return True
    return False


def stand_beside(form: forms.BaseForm, error: ValidationError) -> None:
    """What a field of the row refuses stands beside the form's field of that name; the rest above them all."""
    told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, found in told.items():
        form.add_error(name if name in form.fields else None, [ValidationError(text) for text in found])


def press(request: HttpRequest, do: Callable[[], R], said: str | Callable[[R], str]) -> bool:
    """Do what a button asks and say so on the next page; ``said`` may be made from the answer. A refusal is told there too."""
    try:
        found = do()
    except Refused as refused:
        messages.error(request, refused.message)
        return False
    messages.success(request, said(found) if callable(said) else said)
    return True


def attached(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file that is nobody else's to keep."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def subject_link(subject: Subject | None) -> dict[str, Any] | None:
    """The page of a noun that only its subject is known of, as label and address; None where it has none."""
    kind = registries.subject_kinds.get(subject.kind) if subject else None
    if subject is None or kind is None or kind.url is None:
        return None
    return {"label": kind.label, "href": kind.url(subject.code)}


def wording_form(data: Any, *, subject: Subject, language: str, asked: Sequence[TextAsked]) -> WordingForm:
    """With what stands in the language already."""
    rows = wordings_of([subject], language).get(subject.pk, {})
    checked = bool(rows) and all(row.state == WordingState.CHECKED for row in rows.values())
    return WordingForm(data, asked=asked, known={name: row.text for name, row in rows.items()}, checked=checked)
