"""Nominating from a pasted list: every line judged, the good ones nominated one by one, the others kept in the box."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.core.actor import Actor
from enggang.core.acts import Refused
from enggang.training.domain.nominations import nominate_person
from enggang.training.enums import PastedKind
from enggang.training.forms.nominations import PasteForm
from enggang.training.models import CallAgency, Need
from enggang.training.queries.pasted import JudgedLine
from enggang.training.queries.pasted_staff import judge_staff


def take_pasted(
    request: HttpRequest, row: CallAgency, actor: Actor, need: Need | None
) -> tuple[PasteForm, list[JudgedLine]]:
    """The form as it is to be shown again, and the lines that were not taken: those alone stand in its box."""
    form = PasteForm(request.POST)
    if not form.is_valid():
        return form, []
    lines = judge_staff(row.agency, form.cleaned_data["nips"], row.call)
    if not lines:
        form.add_error("nips", _("Paste at least one NIP."))
        return form, []
    left = [line for each in lines if (line := _nominated(row, each, actor, need))]
    tell_nominated(request, len(lines) - len(left))
    return PasteForm(initial={"nips": "\n".join(line.pasted.text for line in left)}), left


def _nominated(row: CallAgency, line: JudgedLine, actor: Actor, need: Need | None) -> JudgedLine | None:
    """One act per person: what is refused for one does not undo the others. None when done, else why not."""
    if line.person is None:
        return line
    try:
        nominate_person(invited=row, person=line.person, need=need, actor=actor)
    except Refused as refused:
        return JudgedLine(line.pasted, PastedKind.REFUSED, refused.message)
    return None


def tell_nominated(request: HttpRequest, count: int) -> None:
    if count:
        text = ngettext("%(count)s person is nominated.", "%(count)s people are nominated.", count)
        messages.success(request, text % {"count": count})
