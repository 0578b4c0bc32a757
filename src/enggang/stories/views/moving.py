"""What can be done with a page of the office, as buttons, and the version that a button was pressed on."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from enggang.stories.enums import PAGE_MOVES, PageState


def moves_of(state: str, *, may_publish: bool, may_write: bool) -> list[tuple[str, str]]:
    """The buttons: the state they lead to, and their words."""
    words = {
        PageState.REVIEW: _("Hand on to be reviewed"),
        PageState.PUBLISHED: _("Publish"),
        PageState.DRAFT: _("Back to draft"),
        PageState.WITHDRAWN: _("Withdraw from visitors"),
    }
    open_to = {PageState.PUBLISHED: may_publish, PageState.WITHDRAWN: may_publish}
    allowed = PAGE_MOVES[PageState(state)]
    return [(str(to), text) for to, text in words.items() if to in allowed and open_to.get(to, may_write)]


def version_in(request: HttpRequest) -> int:
    """0, which no row has, where none can be read."""
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 9 else 0
