"""The official letters of an edition beside those for permits: the decree on its committee, and the invitation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.documents.domain.letters import Draft, draft_letter
from enggang.documents.models import Letter, Signatory
from enggang.documents.queries.wordings import Choice
from enggang.documents.rendering.letter import MOST
from enggang.events import rules
from enggang.events.domain.standing import keep_open
from enggang.events.models import Edition
from enggang.events.papers import gaps
from enggang.events.papers.folder import Folder, folder_of
from enggang.events.papers.letters import persons_of, values_of
from enggang.events.queries.missing import Missing

Guest = tuple[str, str]  # office, organisation


@act("events.draft_decree")
def draft_decree(
    *, edition: Edition, wording: Choice, signatory: Signatory, actor: Actor, despite: bool = False
) -> Letter:
    """Draft the decree with the committee as its annex. Raises Conflict, naming what is missing, unless ``despite``
    is said; without a committee or the days it is not written at all."""
    folder = _opened(edition, actor)
    _refuse(gaps.of_decree(folder), despite=despite)
    persons = persons_of(folder)
    if len(persons) > MOST:
        raise Conflict(_("A decree names at most %(most)s people.") % {"most": MOST})
    letter = _draft(folder, wording, signatory, actor, persons=persons)
    record_subject(edition.subject)
    record(people=len(persons))
    return letter


@act("events.draft_guest_letters")
def draft_guest_letters(
    *, edition: Edition, wording: Choice, signatory: Signatory, guests: Sequence[Guest], separate: bool, actor: Actor,
    despite: bool = False,
) -> list[Letter]:  # fmt: skip
    """Draft the invitation: one letter that lists all guests, or with ``separate`` one for each."""
    folder = _opened(edition, actor)
    _refuse(gaps.of_invitation(folder), despite=despite)
    if not guests or len(guests) > MOST:
        raise Conflict(_("Name between 1 and %(limit)s guests.") % {"limit": MOST})
    if len(set(guests)) < len(guests):
        raise Conflict(_("One guest is named twice."))
    groups = [[guest] for guest in guests] if separate else [list(guests)]
    letters = [_draft(folder, wording, signatory, actor, addressees=_rows(group)) for group in groups]
    record_subject(edition.subject)
    record(letters=len(letters), guests=len(guests))
    return letters


def _opened(edition: Edition, actor: Actor) -> Folder:
    require(rules.may_manage(actor, edition.organisation))
    keep_open(edition)
    return folder_of(edition)


def _refuse(missing: Sequence[Missing], *, despite: bool) -> None:
    if stops := [row.text for row in missing if row.blocks]:
        raise Conflict(_("The letter cannot be written yet: %(missing)s") % {"missing": " ".join(stops)})
    if missing and not despite:
        raise Conflict(
            _("Something is missing, as the list says. Complete it, or tick that it is written all the same.")
        )


def _rows(guests: Sequence[Guest]) -> list[dict[str, str]]:
    return [{"office": office, "organisation": organisation} for office, organisation in guests]


def _draft(folder: Folder, wording: Choice, signatory: Signatory, actor: Actor, **people: Any) -> Letter:
    edition = folder.edition
    draft = Draft(
        organisation=edition.organisation, wording=wording, signatory=signatory, values=values_of(folder, signatory),
        about=edition.subject, specimen=edition.specimen, **people,
    )  # fmt: skip
    return draft_letter(draft=draft, actor=actor)
