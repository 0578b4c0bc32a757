"""From the pass list to certificates: what the paper of a wave says, and asking for it to be issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.core.models import Job
from enggang.credentials.domain.awards import AwardRequest, issue_awards
from enggang.credentials.models import Award
from enggang.documents.domain.registers import register_for
from enggang.people.enums import StaffKind
from enggang.people.models import Employment
from enggang.people.queries.persons import needs_nip
from enggang.training import rules
from enggang.training.enums import Outcome
from enggang.training.models import Registration, Wave

KIND = "certificate"
SPECIMEN = "specimen"  # demonstrations take their numbers from a register of their own
UNSIGNED = (
    "belum ditandatangani secara elektronik"  # printed: the paper is in Indonesian, whatever the screen's language
)


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs, where and when: typed by the organiser for this batch."""

    city: str
    on: date
    post: str
    name: str
    rank: str = ""
    nip: str = ""


@act("training.issue_certificates")
def issue_certificates(*, wave: Wave, signing: Signing, actor: Actor) -> Job:
    """Ask for the certificates of everyone who passed and has none yet. Answers the job that draws them."""
    require(rules.may_decide(actor, wave))
    passed = wave.registrations.seated().filter(outcome=Outcome.PASSED, award__isnull=True)
    rows = list(passed.with_names().order_by("person__name_key", "pk"))
    unnumbered = [row.printed_name for row in rows if needs_nip(row.person)]
    if unnumbered:
        text = _("No certificate before the NIP is completed: %(names)s.")
        raise Conflict(text % {"names": ", ".join(unnumbered[:10])})
    nameless = [row.printed_name for row in rows if not row.printed_name.strip()]
    if nameless or not rows:
        raise Conflict(_("There is nobody on the pass list without a certificate. Decide the pass list first."))
    shared = _shared_facts(wave, signing)
    work = {row.person_id: row for row in Employment.objects.filter(person__registrations__in=rows, ends_on=None)}
    requests = [
        AwardRequest(
            row.person, row.subject, wave.programme.title, shared["programme"]["jp"], _paper(row, shared, work)
        )
        for row in rows
    ]
    register = register_for(organisation=wave.organisation, code=SPECIMEN if wave.specimen else KIND, actor=actor)
    job = issue_awards(register=register, requests=requests, issued_on=signing.on, specimen=wave.specimen, actor=actor)
    awards = Award.objects.filter(basis__in=[row.subject for row in rows]).exclude(state="voided")
    by_basis = {award.basis_id: award for award in awards}
    for row in rows:
        row.award = by_basis[row.subject_id]
    Registration.objects.bulk_update(rows, ["award"])
    record(certificates=len(rows))
    return job


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
    parent = wave.organisation.parent
    signatory = {
        "post": signing.post,
        "name": signing.name,
        "rank": signing.rank,
        "nip": signing.nip,
        "status": UNSIGNED,
    }
    return {
        "issuer": _filled({"name": wave.organisation.name, "parent": parent.name if parent else ""}),
        "programme": _filled(programme),
        "curriculum": modules,
        "issued": {"city": signing.city, "on": signing.on.isoformat()},
        "signatory": _filled(signatory),
    }


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty: the paper leaves out a line rather than printing a blank one."""
    return {key: value for key, value in values.items() if value != ""}
