"""What every change of an entry asks first."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, require
from enggang.innovation import rules
from enggang.innovation.enums_iid import SubmissionState
from enggang.innovation.models import Submission


def keep_draft(submission: Submission, actor: Actor) -> None:
    """Inside an act: its writer, as long as it lies with them. The row is locked, so no choice slips in behind a hand-in."""
    require(rules.may_write(actor, submission.innovation))
    state = Submission.objects.select_for_update().values_list("state", flat=True).get(pk=submission.pk)
    if state != SubmissionState.DRAFT:
        raise Conflict(_("It is not with the innovator now, so it cannot be changed."))
