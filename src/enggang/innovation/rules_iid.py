"""Who may, in scoring and handing in innovations: pure functions of the actor's grants.

Four people look at one entry, each in their own office: whoever writes it (the innovator), a companion of the same agency,
its head, and the research board. None of them passes on what they themselves handed in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enggang.access.enums import Role
from enggang.core.actor import Actor
from enggang.innovation.enums_iid import SubmissionState
from enggang.innovation.rules import MANAGERS, WRITERS, may_write
from enggang.innovation.rules import sees_inside as sees_innovation

if TYPE_CHECKING:
    from enggang.innovation.models import Submission
    from enggang.places.models import Organisation

COMPANIONS = WRITERS
HEADS = (Role.ADMINISTRATOR, Role.LEADER)
BOARD = (Role.ADMINISTRATOR, Role.ORGANISER, Role.LEADER)


def sees_board(actor: Actor, submission: Submission) -> bool:
    """The research board reads what is entered for it."""
    return submission.board is not None and actor.holds(*BOARD, at=submission.board.path)


def sees_inside(actor: Actor, submission: Submission) -> bool:
    return sees_innovation(actor, submission.innovation) or sees_board(actor, submission)


def may_hand_on(actor: Actor, submission: Submission, before: str) -> bool:
    """Whose turn it is, and never the one who handed it on last (``before``)."""
    here = submission.innovation.organisation.path
    turn = {
        SubmissionState.DRAFT: may_write(actor, submission.innovation),
        SubmissionState.COMPANION: actor.holds(*COMPANIONS, at=here),
        SubmissionState.HEAD: actor.holds(*HEADS, at=here),
        SubmissionState.BOARD: sees_board(actor, submission),
    }
    return turn.get(SubmissionState(submission.state), False) and (actor.is_system or actor.key != before)


def may_return(actor: Actor, submission: Submission) -> bool:
    """Whoever has it may send it back to the innovator; what is validated only the board."""
    here, state = submission.innovation.organisation.path, submission.state
    turn = {
        SubmissionState.COMPANION: actor.holds(*COMPANIONS, at=here),
        SubmissionState.HEAD: actor.holds(*HEADS, at=here),
        SubmissionState.BOARD: sees_board(actor, submission),
        SubmissionState.VALIDATED: sees_board(actor, submission),
    }
    return turn.get(SubmissionState(state), False)


def may_keep_region(actor: Actor, organisation: Organisation) -> bool:
    """The region's own points, the letter of the research board, and the agency's own rows of the guide."""
    return actor.holds(*MANAGERS, at=organisation.path)
