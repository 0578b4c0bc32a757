"""Whom a message to a wave is for."""

from __future__ import annotations

from enggang.training.enums import Audience
from enggang.training.models import Registration, Wave, WaveClass, WaveMessage
from enggang.training.models.registration import RegistrationQuerySet


def addressed(wave: Wave, audience: str, klass: WaveClass | None = None) -> RegistrationQuerySet:
    """Who belongs to an audience now, in the order of registration."""
    rows = Registration.objects.filter(wave=wave).order_by("pk")
    if audience == Audience.WAITING:
        return rows.waiting()
    if audience == Audience.ALL:
        return rows.standing()
    if audience == Audience.UNCONFIRMED:
        return rows.seated().name_unconfirmed()
    if audience == Audience.CLASS:
        return rows.seated().filter(class_places__klass=klass)
    return rows.seated()


def to_be_told_by_hand(message: WaveMessage) -> RegistrationQuerySet:
    """Those of a message's audience with neither an account nor an e-mail address: WhatsApp remains."""
    rows = addressed(message.wave, message.audience, message.klass).filter(pk__lte=message.last_addressed)
    return rows.filter(person__user=None, person__email="").with_names()
