"""What the office does with proposals of the public: confirm by telephone, accept, refuse with a reason, tell."""

from __future__ import annotations

import hmac
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.core.codes import normalise_code
from enggang.core.integrity import told
from enggang.core.states import keep_version, move
from enggang.core.text import one_line
from enggang.people.phones import normalise_phone
from enggang.places.models import Organisation
from enggang.stories import rules
from enggang.stories.domain.destinations import open_destination
from enggang.stories.domain.suggestions import confirmed, hashed, tell_proposer
from enggang.stories.enums_suggestions import SUGGESTION_MOVES, ConfirmedBy, SuggestionState
from enggang.stories.models import Suggestion, SuggestionDesk

SOURCE = "Usulan masyarakat"  # stands in the record of the place, which is Indonesian


@act("stories.keep_desk")
def keep_desk(*, organisation: Organisation, version: int, actor: Actor, **facts: Any) -> SuggestionDesk:
    """Say whether an agency takes proposals, and under which telephone number it answers."""
    require(rules.may_publish(actor, organisation))
    row = SuggestionDesk.objects.filter(organisation=organisation).first()
    if row is not None:
        keep_version(row, version)
    row = row or SuggestionDesk(organisation=organisation)
    for name, value in facts.items():
        setattr(row, name, value)
    row.phone, row.hours = normalise_phone(row.phone), one_line(row.hours, 120)
    if not row.phone:
        raise Conflict(_("This is no telephone number. Write it as 0812-3456-7890."))
    row.clean_fields()
    with told(SuggestionDesk):
        row.save()
    record(open=row.is_open)
    return row


@act("stories.confirm_by_phone")
def confirm_by_phone(*, suggestion: Suggestion, code: str, actor: Actor) -> Suggestion:
    """Somebody was called and said the code that stood on their screen. Raises Conflict when it is another."""
    require(rules.may_write(actor, suggestion.organisation))
    if not hmac.compare_digest(suggestion.call_code, hashed(normalise_code(code))):
        raise Conflict(_("This is not the code of this proposal. Ask for it once more."))
    return confirmed(suggestion, ConfirmedBy.PHONE)


@act("stories.accept_event_suggestion")
def accept_event(*, suggestion: Suggestion, actor: Actor) -> Suggestion:
    """The proposal may become an event: whoever keeps events begins one from it, as an idea."""
    require(rules.may_publish(actor, suggestion.organisation))
    if not suggestion.is_event:
        raise Conflict(_("This is the proposal of a destination."))
    return _decided(suggestion, SuggestionState.ACCEPTED, actor)


@act("stories.accept_destination_suggestion")
def accept_destination(*, suggestion: Suggestion, kind: str, actor: Actor) -> Suggestion:
    """The proposal becomes the draft of a destination. Raises Conflict when its regency has one of that name."""
    require(rules.may_publish(actor, suggestion.organisation))
    if suggestion.is_event:
        raise Conflict(_("This is the proposal of an event."))
    suggestion.destination = open_destination(
        organisation=suggestion.organisation, name=suggestion.name, region=suggestion.region, kind=kind,
        description=suggestion.description, address=suggestion.place, opening=suggestion.when, source=SOURCE, actor=actor,
    )  # fmt: skip
    suggestion.save(update_fields=["destination"])
    return _decided(suggestion, SuggestionState.ACCEPTED, actor)


@act("stories.refuse_suggestion")
def refuse_suggestion(*, suggestion: Suggestion, reason: str, actor: Actor) -> Suggestion:
    """The reason is told to whoever proposed it, so there must be one."""
    require(rules.may_publish(actor, suggestion.organisation))
    if not (words := one_line(reason, 500)):
        raise Conflict(_("Write the reason: it is told to whoever proposed it."))
    return _decided(suggestion, SuggestionState.REFUSED, actor, reason=words)


def _decided(suggestion: Suggestion, to: SuggestionState, actor: Actor, reason: str = "") -> Suggestion:
    facts: dict[str, Any] = {"decided_at": clock.now(), "decided_by_key": actor.key, "reason": reason, "told_at": None}
    move(suggestion, to, moves=SUGGESTION_MOVES, **facts)
    tell_proposer(suggestion, actor)
    record(state=str(to))
    return suggestion


@act("stories.take_up_again")
def take_up_again(*, suggestion: Suggestion, actor: Actor) -> Suggestion:
    """A refusal is taken back: it is to be decided again."""
    require(rules.may_publish(actor, suggestion.organisation))
    move(
        suggestion, SuggestionState.CONFIRMED, moves=SUGGESTION_MOVES, decided_at=None, decided_by_key="", reason="",
        told_at=None,
    )  # fmt: skip
    return suggestion


@act("stories.note_proposer_told")
def note_told(*, suggestion: Suggestion, actor: Actor) -> Suggestion:
    """Staff have told them by telephone."""
    require(rules.may_write(actor, suggestion.organisation))
    if not suggestion.is_to_be_told:
        raise Conflict(_("There is nothing to be told."))
    suggestion.told_at = clock.now()
    suggestion.save(update_fields=["told_at"])
    return suggestion
