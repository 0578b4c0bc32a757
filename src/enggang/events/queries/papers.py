"""The papers of an edition as the page lists them: how far each is, and the letters that were written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enggang.documents.models import Letter
from enggang.events.letter_kinds import COMMITTEE, GUESTS
from enggang.events.models import Permit
from enggang.events.papers import gaps
from enggang.events.papers.build import PAPERS
from enggang.events.papers.folder import Folder
from enggang.events.papers.letters import persons_of
from enggang.events.queries.missing import Missing


@dataclass(frozen=True, slots=True)
class PaperRow:
    """``printed`` is the word of a paper drawn from the record; ``write`` the page that drafts a letter.

    ``stale``: a draft names another committee than the plan does now.
    """

    label: Any
    missing: list[Missing]
    printed: str = ""
    write: str = ""
    letters: list[Letter] = field(default_factory=list)
    stale: bool = False

    @property
    def issued(self) -> Letter | None:
        return next((each for each in self.letters if each.is_issued), None)

    @property
    def number(self) -> str:
        return self.issued.number if self.issued else ""

    @property
    def state(self) -> str:
        """In words, for the file of the list."""
        if self.letters:
            return "; ".join(str(each.get_state_display()) for each in self.letters)
        return str(_("something is missing") if self.missing else _("complete"))


def paper_rows(folder: Folder) -> list[PaperRow]:
    """The printed papers, then those that are sent: in the order in which they are needed."""
    letters = _letters(folder)
    decrees, guests = letters[COMMITTEE], letters[GUESTS]
    kak, rab, rundown, *after = (_printed(folder, word) for word in PAPERS)
    code = folder.edition.code
    decree = PaperRow(
        _("Decree on the committee (SK panitia)"), gaps.of_decree(folder), letters=decrees,
        write=reverse("events:decree", args=[code]), stale=any(_is_stale(each, folder) for each in decrees),
    )  # fmt: skip
    invitation = PaperRow(
        _("Invitation"), gaps.of_invitation(folder), letters=guests, write=reverse("events:invitation", args=[code])
    )
    return [kak, rab, decree, rundown, invitation, *after]


def _printed(folder: Folder, word: str) -> PaperRow:
    paper = PAPERS[word]
    return PaperRow(paper.label, paper.gaps(folder), printed=word)


def _letters(folder: Folder) -> dict[str, list[Letter]]:
    rows = Letter.objects.filter(about=folder.edition.subject, kind__in=[COMMITTEE, GUESTS]).with_names()
    found: dict[str, list[Letter]] = {COMMITTEE: [], GUESTS: []}
    for each in rows:
        found[each.kind].append(each)
    return found


def _is_stale(letter: Letter, folder: Folder) -> bool:
    """Voided ones are past; a decree that was issued is to be replaced when the committee is another one."""
    return not letter.is_void and letter.content.get("persons", []) != persons_of(folder)


def permit_letters(folder: Folder) -> list[Permit]:
    """The permits whose application letters stand on pages of their own."""
    return list(folder.edition.permits.wanted().select_related("subject", "letter__subject"))
