"""Choices and moves of stalls: the call, who applies, the plan of plots, what is reported."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StallCallState(TextChoices):
    DRAFT = "draft", _("Being prepared")
    OPEN = "open", _("Published")
    CLOSED = "closed", _("Closed")


STALL_CALL_MOVES: dict[StallCallState, frozenset[StallCallState]] = {
    StallCallState.DRAFT: frozenset({StallCallState.OPEN}),
    StallCallState.OPEN: frozenset({StallCallState.DRAFT, StallCallState.CLOSED}),
    StallCallState.CLOSED: frozenset({StallCallState.OPEN}),
}


class ApplicationState(TextChoices):
    NEW = "new", _("To be decided")
    WAITING = "waiting", _("Waiting list")
    ACCEPTED = "accepted", _("Accepted for a stall")
    DECLINED = "declined", _("Not this time")
    WITHDRAWN = "withdrawn", _("Withdrawn by the vendor")


_DECIDED = frozenset({ApplicationState.ACCEPTED, ApplicationState.WAITING, ApplicationState.DECLINED})
APPLICATION_MOVES: dict[ApplicationState, frozenset[ApplicationState]] = {
    ApplicationState.NEW: _DECIDED | {ApplicationState.WITHDRAWN},
    ApplicationState.WAITING: _DECIDED - {ApplicationState.WAITING} | {ApplicationState.NEW, ApplicationState.WITHDRAWN},
    ApplicationState.ACCEPTED: frozenset(
        {ApplicationState.NEW, ApplicationState.WAITING, ApplicationState.DECLINED, ApplicationState.WITHDRAWN}
    ),
    ApplicationState.DECLINED: frozenset({ApplicationState.NEW, ApplicationState.WAITING, ApplicationState.ACCEPTED}),
    ApplicationState.WITHDRAWN: frozenset({ApplicationState.NEW}),
}  # fmt: skip
STANDING = (ApplicationState.NEW, ApplicationState.WAITING, ApplicationState.ACCEPTED)


class StallNews(TextChoices):
    """What a vendor without an e-mail address has still to be told by hand."""

    ACCEPTED = "accepted", _("accepted")
    WAITING = "waiting", _("on the waiting list")
    DECLINED = "declined", _("declined")
    REOPENED = "new", _("to be decided again")
    MOVED = "moved", _("the event has moved")
    CANCELLED = "cancelled", _("the event is cancelled")
    REVIVED = "revived", _("the event is held after all")


class PlotKind(TextChoices):
    STALL = "stall", _("Stall")
    STAGE = "stage", _("Stage")
    ENTRANCE = "entrance", _("Entrance")
    TOILET = "toilet", _("Toilets")
    POST = "post", _("Committee or health post")
    OTHER = "other", _("Something else")


class ReportedBy(TextChoices):
    VENDOR = "vendor", _("by the vendor")
    STAFF = "staff", _("by the committee, as told by the vendor")
