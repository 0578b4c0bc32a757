"""Another person of the same agency on the same seat."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from enggang.access.domain.links import revoke_links
from enggang.access.enums import LinkScope
from enggang.attendance.domain.passes import revoke_pass
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.notices.domain.messages import Recipient, send
from enggang.people.models import Person
from enggang.seats.domain.substitution import substitute_holder
from enggang.training import rules
from enggang.training.domain.nominated import release_nomination
from enggang.training.domain.registrations import give_pass, keep_registration, present_agency
from enggang.training.enums import Source
from enggang.training.models import Registration


@act("training.substitute_person")
def substitute_person(*, registration: Registration, person: Person, actor: Actor, reason: str = "") -> Registration:
    """Put ``person`` on the seat of ``registration``; answers the substitute's registration.

    By the agency's coordinator or the wave's organiser, among staff of one agency, until a certificate is issued.
    The seat never becomes free in between, so the waiting list does not move; places in classes and groups go with it.
    Both are told.
    """
    wave = registration.wave
    require(rules.may_register_staff(actor, wave, registration.agency))
    agency = present_agency(person)
    if agency.pk != registration.agency_id:
        raise Conflict(_("A substitute must work at the same agency: %(agency)s.") % {"agency": registration.agency})
    if registration.award_id:
        raise Conflict(_("A certificate has been issued for this registration. Void it first."))
    if not wave.is_open:
        raise Conflict(_("Registration for this wave is not open."))
    claim = substitute_holder(claim=registration.claim, holder=person.subject, actor=actor, reason=reason)
    revoke_pass(holder=registration.person.subject, group=wave.subject, actor=actor)
    revoke_links(scope=LinkScope.REGISTRATION, subject=registration.subject, actor=actor)
    release_nomination(registration, actor, reason)
    source = Source.ORGANISER if rules.may_manage(actor, wave.organisation) else Source.COORDINATOR
    newcomer = keep_registration(wave, person, agency, claim, source, letter_number=registration.letter_number)
    registration.class_places.update(registration=newcomer)
    give_pass(newcomer, actor)
    _tell(registration, "training/messages/replaced", actor)
    _tell(newcomer, "training/messages/substitute", actor)
    record_subject(newcomer.subject)
    record(replaced=registration.code)
    return newcomer


def _tell(registration: Registration, template: str, actor: Actor) -> None:
    person = registration.person
    language = person.user.language if person.user else "id"
    send(
        to=Recipient(person.user_id, person.email, person.phone, language, person.name),
        template=template,
        context={"registration": registration, "wave": registration.wave},
        actor=actor,
        subject=registration.subject,
        href=reverse("training:pocket", args=[registration.code]),
    )
