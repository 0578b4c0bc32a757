"""Words of events for templates: ``{% load events %}``."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.safestring import SafeString

from enggang.core.templatetags.ui import badge_html
from enggang.events.dates import Candidate
from enggang.events.enums import (
    PartnershipState,
    PartState,
    PermitState,
    PublicationState,
    RoundState,
    SlotState,
    Stage,
)
from enggang.events.enums_stalls import ApplicationState, StallCallState
from enggang.events.models import (
    Booking,
    CurationRound,
    Edition,
    Part,
    Partnership,
    Permit,
    Publication,
    Slot,
    StallApplication,
    StallCall,
)
from enggang.events.queries.dates import days_in_words, why
from enggang.events.queries.edition_concept import figure
from enggang.events.queries.visitors import when_in_words
from enggang.events.tables import (
    PARTNERSHIP_TONES,
    PERMIT_TONES,
    PUBLICATION_TONES,
    ROUND_TONES,
    STAGE_TONES,
    STALL_CALL_TONES,
    STALL_TONES,
)
from enggang.people.phones import shown_phone

register = template.Library()
register.filter("figure", figure)


@register.simple_tag
def days(first: date | None, last: date | None = None) -> str:
    return days_in_words(first, last) or "–"


@register.simple_tag
def reason(candidate: Candidate) -> str:
    return why(candidate)


@register.simple_tag
def stage_badge(edition: Edition) -> SafeString:
    return badge_html(edition.get_stage_display(), STAGE_TONES[Stage(edition.stage)])


@register.simple_tag
def permit_badge(permit: Permit) -> SafeString:
    return badge_html(permit.get_state_display(), PERMIT_TONES[PermitState(permit.state)])


@register.simple_tag
def round_badge(curation: CurationRound) -> SafeString:
    return badge_html(curation.get_state_display(), ROUND_TONES[RoundState(curation.state)])


@register.simple_tag
def partnership_badge(row: Partnership) -> SafeString:
    return badge_html(row.get_state_display(), PARTNERSHIP_TONES[PartnershipState(row.state)])


@register.simple_tag
def publication_badge(row: Publication) -> SafeString:
    return badge_html(row.get_state_display(), PUBLICATION_TONES[PublicationState(row.state)])


@register.simple_tag
def stall_badge(row: StallApplication) -> SafeString:
    return badge_html(row.get_state_display(), STALL_TONES[ApplicationState(row.state)])


@register.simple_tag
def stall_call_badge(call: StallCall) -> SafeString:
    return badge_html(call.get_state_display(), STALL_CALL_TONES[StallCallState(call.state)])


@register.filter
def phone(number: str) -> str:
    return shown_phone(number)


@register.filter
def half(value: float) -> str:
    """Half of a length of a drawing; with a point whatever the reader's language."""
    return f"{value / 2:.1f}"


@register.filter
def add_to(value: float, by: float) -> str:
    """A coordinate of a drawing, moved; with a point whatever the reader's language."""
    return f"{value + by:.1f}"


@register.simple_tag
def slot_when(slot: Slot) -> str:
    return when_in_words(slot)


@register.simple_tag
def booking_badge(booking: Booking) -> SafeString:
    tones = {"confirmed": "good", "waiting": "warn", "released": "neutral"}
    return badge_html(booking.told_standing, tones.get(booking.claim.state, "neutral"))


@register.simple_tag
def part_badge(part: Part) -> SafeString:
    if part.edition.is_cancelled:  # then nobody registers, whatever the part itself says
        return stage_badge(part.edition)
    tones = {PartState.DRAFT: "neutral", PartState.OPEN: "good", PartState.CLOSED: "warn"}
    return badge_html(part.get_state_display(), tones[PartState(part.state)])


@register.simple_tag
def slot_badge(slot: Slot) -> SafeString:
    if slot.part.edition.is_cancelled:
        return stage_badge(slot.part.edition)
    tones = {SlotState.OPEN: "good", SlotState.CLOSED: "warn", SlotState.CALLED_OFF: "bad"}
    return badge_html(slot.get_state_display(), tones[SlotState(slot.state)])
