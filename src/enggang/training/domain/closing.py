"""The closing ceremony: papers printed before the last session has ended, handed out or held back after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.jobs import enqueue
from enggang.core.models import Job
from enggang.credentials.domain.awards import hand_out_awards, prepare_awards, void_award
from enggang.credentials.domain.drawing import print_awards
from enggang.credentials.models import Award
from enggang.training import rules
from enggang.training.domain.certificates import Signing, attach_awards, register_of, requests_for
from enggang.training.domain.completion import Verdict, verdicts
from enggang.training.enums import Outcome
from enggang.training.models import Registration, Wave
from enggang.training.queries.forecast import Place, Standing, in_order
from enggang.training.queries.readiness import readiness_of


def forecast(wave: Wave) -> list[Place]:
    """Everyone with a seat by name, with what speaks against printing their certificate today."""
    ready = {line.registration.pk: line for line in readiness_of(wave)}
    needed = wave.programme.minimum_attendance
    return [
        Place(verdict.registration, _standing(verdict, needed), ready[verdict.registration.pk])
        for verdict in verdicts(wave)
        if verdict.registration.pk in ready
    ]


def _standing(verdict: Verdict, needed: int) -> Standing:
    marked = verdict.present + len(verdict.absent) + len(verdict.excused)
    return Standing(
        percent=100 * verdict.present // marked if marked else None,
        needed=needed,
        can_still_pass=verdict.can_still_pass,
        lacking=verdict.unaccepted,
        post=verdict.post,
        post_needed=verdict.post_needed,
    )


@act("training.prepare_certificates")
def prepare_certificates(
    *, wave: Wave, registrations: Iterable[Registration], signing: Signing, order: str, actor: Actor
) -> Job:
    """Take numbers for those who will probably pass and queue their papers as one file for a duplex printer.

    The numbers follow ``order``. Nothing is valid yet: the codes answer «not issued yet» until
    ``hand_out_certificates``. Raises Conflict for who has a certificate, did not pass, or lacks NIP or name.
    """
    require(rules.may_decide(actor, wave))
    chosen = {row.pk for row in registrations}
    places = [each for each in in_order(forecast(wave), order) if each.registration.pk in chosen]
    if not places:
        raise Conflict(_("Choose at least one participant."))
    _refuse_settled(places)
    rows = [each.registration for each in places]
    awards = prepare_awards(
        register=register_of(wave, actor),
        requests=requests_for(wave, rows, signing),
        issued_on=signing.on,
        specimen=wave.specimen,
        actor=actor,
    )
    attach_awards(rows)
    record_subject(wave.subject)
    record(certificates=len(rows), order=str(order))
    return _print(wave, awards, actor)


def _refuse_settled(places: Sequence[Place]) -> None:
    """Somebody else may have printed them, or decided, while the page was open."""
    settled = [each for each in places if each.award or each.registration.outcome == Outcome.FAILED]
    if settled:
        text = _("These have a certificate already, or did not pass: %(names)s. Reload the page.")
        raise Conflict(text % {"names": ", ".join(each.registration.printed_name for each in settled[:10])})


@act("training.print_certificates")
def print_certificates(*, wave: Wave, order: str, actor: Actor) -> Job:
    """Once more, everything that is printed and not handed out, in another order if need be."""
    require(rules.may_decide(actor, wave))
    awards = [each.award for each in in_order(forecast(wave), order) if each.award and each.award.is_prepared]
    if not awards:
        raise Conflict(_("Nothing is prepared that has not been handed out."))
    record_subject(wave.subject)
    record(certificates=len(awards), order=str(order))
    return _print(wave, awards, actor)


def _print(wave: Wave, awards: Sequence[Award], actor: Actor) -> Job:
    title, values = gettext_noop("Certificates to print: {wave}"), {"wave": wave.name}
    ids = [award.pk for award in awards]
    return enqueue(print_awards, actor=actor, title=title, title_values=values, subject_code=wave.code, award_ids=ids)


@act("training.hand_out_certificates")
def hand_out_certificates(*, wave: Wave, actor: Actor) -> Job:
    """Whoever passed is given what was printed: those codes answer «valid» as soon as the papers are frozen."""
    require(rules.may_decide(actor, wave))
    passed = wave.registrations.seated().filter(outcome=Outcome.PASSED)
    rows = Award.objects.filter(registration__in=passed)
    prepared = rows.filter(state="prepared").select_related("subject", "organisation", "document__number__register")
    awards = list(prepared.order_by("pk"))
    if not awards:
        raise Conflict(_("Nobody with a printed certificate has passed yet. Apply the rule to the pass list first."))
    record_subject(wave.subject)
    record(certificates=len(awards))
    credited = passed.filter(award__in=awards).values_list("award", "jp_credited")  # known since they were decided
    hours = {award: jp for award, jp in credited if jp is not None}
    return hand_out_awards(awards=awards, hours=hours, actor=actor)


@act("training.hold_back_certificate")
def hold_back_certificate(*, registration: Registration, reason: str, actor: Actor) -> Registration:
    """A printed paper is not handed out: its number is voided with the reason, and its holder may get another later."""
    require(rules.may_decide(actor, registration.wave))
    award = registration.award
    if award is None or not award.is_prepared:
        raise Conflict(_("There is no printed certificate to hold back. Reload the page to see how it stands."))
    void_award(award=award, reason=reason, actor=actor)
    record_subject(registration.subject)
    record(number=award.number)
    registration.refresh_from_db()
    return registration
