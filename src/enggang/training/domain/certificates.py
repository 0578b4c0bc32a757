"""From the pass list to certificates: what the paper of a wave says, and asking for it to be issued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.core.models import Job
from enggang.credentials.domain.awards import AwardRequest, issue_awards
from enggang.credentials.enums import AwardState
from enggang.credentials.models import Award
from enggang.documents.domain.registers import register_for
from enggang.documents.domain.signing import method_for, words_for
from enggang.documents.models import Letterhead, Register
from enggang.people.enums import StaffKind
from enggang.people.models import Employment
from enggang.people.queries.persons import needs_nip, to_confirm
from enggang.places.models import Organisation
from enggang.training import rules
from enggang.training.enums import Outcome
from enggang.training.models import Programme, Registration, Wave

KIND = "certificate"
SPECIMEN = "specimen"  # demonstrations take their numbers from a register of their own


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs, where and when, for this batch; ``above`` is the line «a.n. …» over the post.

    ``wet``: the paper leaves room for pen and stamp and does not speak of an electronic signature.
    """

    city: str
    on: date
    post: str
    name: str
    rank: str = ""
    nip: str = ""
    above: str = ""
    wet: bool = False


@act("training.issue_certificates")
def issue_certificates(*, wave: Wave, signing: Signing, actor: Actor) -> Job:
    """Ask for the certificates of everyone who passed and has none yet. Answers the job that draws them.

    Those for whom something is missing wait (``hindrances``) and hold up nobody else; Conflict when all of them wait.
    """
    require(rules.may_decide(actor, wave))
    passed = awaiting_certificates(wave)
    if not passed:
        raise Conflict(_("There is nobody on the pass list without a certificate. Decide the pass list first."))
    waiting = hindrances(passed)
    rows = [row for row in passed if row.pk not in waiting] or passed
    job = issue_awards(
        register=register_of(wave, actor),
        requests=requests_for(wave, rows, signing),
        issued_on=signing.on,
        specimen=wave.specimen,
        actor=actor,
    )
    attach_awards(rows)
    record(certificates=len(rows), waiting=len(waiting))
    return job


def awaiting_certificates(wave: Wave) -> list[Registration]:
    """Who passed and has no certificate, by name."""
    passed = wave.registrations.seated().filter(outcome=Outcome.PASSED, award__isnull=True)
    return list(passed.with_names().order_by("person__name_key", "pk"))


def hindrances(rows: Sequence[Registration]) -> dict[int, str]:
    """Why somebody's certificate has to wait, by the registration's id; two queries at most."""
    asked = to_confirm([row.person_id for row in rows])
    return {row.pk: why for row in rows if (why := _hindrance(row, asked))}


def _hindrance(row: Registration, asked: set[int]) -> str:
    if needs_nip(row.person):
        return _("the NIP is to be completed")
    if row.person_id in asked:
        return _("the agency has not confirmed who this is")
    return "" if row.printed_name.strip() else _("there is no name to print")


def named(rows: Sequence[Registration], waiting: Mapping[int, str]) -> str:
    """The first ten of those who wait, each with the reason."""
    held = [row for row in rows if row.pk in waiting][:10]
    return "; ".join(f"{row.printed_name or row.person.name} ({waiting[row.pk]})" for row in held)


def register_of(wave: Wave, actor: Actor) -> Register:
    """Where the certificates of a wave take their numbers."""
    return register_for(organisation=wave.organisation, code=SPECIMEN if wave.specimen else KIND, actor=actor)


def requests_for(wave: Wave, rows: Sequence[Registration], signing: Signing) -> list[AwardRequest]:
    """What the certificates of ``rows`` (with names) will say. Raises Conflict while something of one is missing."""
    if waiting := hindrances(rows):
        raise Conflict(_("No certificate yet: %(names)s.") % {"names": named(rows, waiting)})
    shared = _shared_facts(wave, signing)
    work = {row.person_id: row for row in Employment.objects.present().filter(person__registrations__in=rows)}
    title, jp, until = wave.programme.title, shared["programme"]["jp"], good_until(wave.programme, signing.on)
    return [
        AwardRequest(row.person, row.subject, title, _earned(row, jp), _paper(row, shared, work), signing.wet, until)
        for row in rows
    ]


def _earned(row: Registration, curriculum: int) -> int:
    """What the learning record credits; the curriculum's sum for a paper printed before anything was decided."""
    return curriculum if row.jp_credited is None else row.jp_credited


def good_until(programme: Programme, issued_on: date) -> date | None:
    """The last day of a certificate; None when it is good for ever."""
    if not programme.certificate_years:
        return None
    year = issued_on.year + programme.certificate_years
    try:
        return issued_on.replace(year=year) - timedelta(days=1)
    except ValueError:  # issued on a 29 February
        return date(year, 2, 28)


def attach_awards(rows: Sequence[Registration]) -> None:
    """Lead from each registration to its award that is not void."""
    awards = Award.objects.filter(basis__in=[row.subject_id for row in rows]).exclude(state=AwardState.VOIDED)
    by_basis = {award.basis_id: award for award in awards}
    for row in rows:
        row.award = by_basis[row.subject_id]
    Registration.objects.bulk_update(rows, ["award"])


def _paper(row: Registration, shared: dict[str, Any], work: dict[int, Employment]) -> dict[str, Any]:
    person, employment = row.person, work.get(row.person_id)
    holder: dict[str, Any] = {"name": row.printed_name, "nip": person.nip, "agency": row.agency.name}
    if employment:
        holder |= {"post": employment.post, "rank": employment.rank}
        if employment.kind == StaffKind.PPPK:
            holder["nip_label"] = "NI PPPK"
    return {**shared, "holder": _filled(holder)}


def _shared_facts(wave: Wave, signing: Signing) -> dict[str, Any]:
    modules: list[dict[str, Any]] = [
        {"subject": module.title, "jp": module.jp} for module in wave.programme.modules.all()
    ]
    programme = {
        "name": wave.programme.title,
        "wave": wave.name,
        "starts_on": wave.starts_on.isoformat(),
        "ends_on": wave.ends_on.isoformat(),
        "place": wave.venue.name if wave.venue else "",
        "jp": sum(module["jp"] for module in modules),
        "minutes_per_jp": wave.programme.minutes_per_jp,
    }
    parent, until = wave.organisation.parent, good_until(wave.programme, signing.on)
    signatory = {
        "post": signing.post,
        "name": signing.name,
        "rank": signing.rank,
        "nip": signing.nip,
        "above": signing.above,
        "status": "" if signing.wet else words_for(method_for(wave.organisation, KIND)),
    }
    issuer = {"name": wave.organisation.name, "parent": parent.name if parent else ""}
    return {
        "issuer": _filled({**issuer, "emblem": _emblem(wave.organisation, signing.on)}),
        "programme": _filled(programme),
        "curriculum": modules,
        "issued": _filled(
            {"city": signing.city, "on": signing.on.isoformat(), "until": until.isoformat() if until else ""}
        ),
        "signatory": _filled(signatory),
    }


def _emblem(organisation: Organisation, day: date) -> str:
    """The code of the emblem in force for certificates of ``day``; empty without one."""
    heads = Letterhead.objects.filter(organisation=organisation, emblem__isnull=False)
    head = heads.select_related("emblem__subject").on(day, KIND).first()
    return head.emblem.code if head and head.emblem else ""


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty: the paper leaves out a line rather than printing a blank one."""
    return {key: value for key, value in values.items() if value != ""}
