"""Within an act: a nomination answers a need of its agency, which is in the call from then on."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.core.acts import Conflict
from enggang.core.states import move
from enggang.training.enums import NEED_MOVES, NeedState
from enggang.training.models import CallAgency, Need
from enggang.training.queries.needs import answerable


def take_up(need: Need, invited: CallAgency) -> Need:
    """The need, planned in the call of ``invited``. Raises Conflict when it is another agency's, or in another call."""
    row = answerable(invited).filter(pk=need.pk).first()
    if row is None:
        raise Conflict(
            _("This need is not open for the call any more: it is in another one, withdrawn or not taken up.")
        )
    if row.is_open:
        move(row, NeedState.PLANNED, moves=NEED_MOVES, call=invited.call, answer="")
    return row
