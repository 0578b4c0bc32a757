from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Suggested(TextChoices):
    EVENT = "acara", _("An event")
    DESTINATION = "destinasi", _("A destination")


class SuggestionState(TextChoices):
    SENT = "sent", _("To be confirmed by the proposer")
    CONFIRMED = "confirmed", _("To be decided")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Not accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn by the proposer")


SUGGESTION_MOVES: dict[SuggestionState, frozenset[SuggestionState]] = {
    SuggestionState.SENT: frozenset({SuggestionState.CONFIRMED, SuggestionState.REFUSED, SuggestionState.WITHDRAWN}),
    SuggestionState.CONFIRMED: frozenset(
        {SuggestionState.ACCEPTED, SuggestionState.REFUSED, SuggestionState.WITHDRAWN}
    ),
    SuggestionState.ACCEPTED: frozenset(),
    SuggestionState.REFUSED: frozenset({SuggestionState.CONFIRMED}),
    SuggestionState.WITHDRAWN: frozenset(),
}
STANDING = (SuggestionState.SENT, SuggestionState.CONFIRMED)
DECIDED = (SuggestionState.ACCEPTED, SuggestionState.REFUSED)


class ConfirmedBy(TextChoices):
    MAIL = "mail", _("by e-mail")
    PHONE = "phone", _("by telephone")
