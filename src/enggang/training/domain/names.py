"""The name on the certificate, confirmed by the person who will carry it, until the day the wave gives."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record
from enggang.training import rules
from enggang.training.domain.registrations import confirm_name
from enggang.training.models import Registration


@act("training.settle_name")
def settle_name(*, registration: Registration, printed_name: str, actor: Actor) -> Registration:
    """Keep the name as typed. By the participant it is confirmed; a correction by somebody else asks them once more.

    After the wave's last day for names, participants may still confirm what stands, but change it no longer.
    """
    own, before = rules.is_own(actor, registration), registration.printed_name
    if own and printed_name.strip() != before:
        _refuse_late(registration)
    confirm_name(registration=registration, printed_name=printed_name, actor=actor)
    if own:
        registration.name_confirmed_at = clock.now()
    elif registration.printed_name != before:
        registration.name_confirmed_at = None
    registration.save(update_fields=["name_confirmed_at"])
    record(by_participant=own, changed=registration.printed_name != before)
    return registration


def _refuse_late(registration: Registration) -> None:
    until, zone = registration.wave.names_until, registration.wave.time_zone
    if until and clock.today(zone) > until:
        text = _("Names could be changed until %(day)s. Ask the organiser to correct it for you.")
        raise Conflict(text % {"day": date_format(until, "j F Y")})
