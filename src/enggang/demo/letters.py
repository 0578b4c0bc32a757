"""Letters of the demonstration: an invitation to some regencies with answers, and some received surat tugas."""

from __future__ import annotations

from datetime import date, timedelta

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.documents.domain.blocks import receive_block
from enggang.documents.domain.letterheads import add_letterhead, add_signatory
from enggang.documents.domain.letters import issue_letter, preview
from enggang.documents.models import Signatory
from enggang.documents.queries.wordings import shipped_wordings
from enggang.places.enums import OrganisationKind
from enggang.places.models import Organisation
from enggang.training.domain.assignments import AgencyLetter, judge_assignment, receive_assignment
from enggang.training.domain.invitations import Office, answer_invitation, draft_invitations, send_invitation
from enggang.training.enums import PaperState
from enggang.training.models import Addressee, Registration, Wave

REGENCIES, COVERED = 5, 12
FIRST = date(2022, 1, 3)


def lay_down_letters() -> None:
    """Call once, after the waves and the accounts."""
    agency = Organisation.objects.get(key="kalbar/disporapar")
    signs = _set_up(agency)
    today = clock.today("Asia/Pontianak")
    waves = Wave.objects.with_names()
    _invite(waves.get(starts_on=today + timedelta(days=14)), signs)
    _receive(waves.get(starts_on=today))
    _receive(waves.get(name="Angkatan 2022"), states={}, covered=None)


def _set_up(agency: Organisation) -> Signatory:
    head = f"Pemerintah Provinsi Kalimantan Barat\n{agency.name}".upper()
    add_letterhead(
        organisation=agency, lines=head, address="Alamat peragaan, Pontianak", city="Pontianak", valid_from=FIRST,
        source="Data peragaan", actor=SYSTEM,
    )  # fmt: skip
    pattern = "000.1.5/{seq}/DISPORAPAR/{year}"
    today = clock.today(agency.time_zone)
    receive_block(organisation=agency, pattern=pattern, first=101, last=120, handed_on=today, actor=SYSTEM)
    return add_signatory(
        organisation=agency, post="Kepala Dinas (contoh)", name="Contoh Pejabat (SPESIMEN)", valid_from=FIRST,
        source="Data peragaan", actor=SYSTEM,
    )  # fmt: skip


def _invite(wave: Wave, signs: Signatory) -> None:
    """Sent to some regencies: one confirms, one declines, the others are waited for."""
    rows = Organisation.objects.filter(kind=OrganisationKind.GOVERNMENT).exclude(region_id="61").order_by("path")
    offices = [Office(row, "Sekretaris Daerah") for row in rows[:REGENCIES]]
    invitation = next(each for each in shipped_wordings() if each.kind == "invitation")
    letter = draft_invitations(
        wave=wave, wording=invitation, signatory=signs, offices=offices, separate=False, actor=SYSTEM
    )[0]
    block = wave.organisation.number_blocks.get()
    issue_letter(letter=letter, dated=clock.today(wave.time_zone), block=block, actor=SYSTEM)
    sent = list(Addressee.objects.filter(letter=letter).with_names())
    for row in sent:
        send_invitation(addressee=row, actor=SYSTEM)
    answer_invitation(addressee=sent[0], confirmed=True, actor=SYSTEM)
    answer_invitation(addressee=sent[1], confirmed=False, reason="Bertepatan dengan kegiatan daerah", actor=SYSTEM)


DOUBTED = {0: PaperState.WRONG, 1: PaperState.RECEIVED}


def _receive(wave: Wave, *, states: dict[int, PaperState] = DOUBTED, covered: int | None = COVERED) -> None:
    """Letters for the first participants by agency: accepted, but for those in ``states``; None covers everybody."""
    assignment = next(each for each in shipped_wordings() if each.kind == "assignment")
    paper = preview(wave.organisation, "assignment", assignment.blocks, None)
    rows = Registration.objects.filter(wave=wave).seated().select_related("agency__subject", "wave__organisation")
    by_agency: dict[int, list[Registration]] = {}
    for row in rows.order_by("agency__path", "pk")[:covered]:
        by_agency.setdefault(row.agency_id, []).append(row)
    for number, people in enumerate(by_agency.values()):
        letter = AgencyLetter(
            f"800/{number + 1}/CONTOH", wave.starts_on - timedelta(days=3), "Kepala (contoh)", "Contoh Pejabat", paper
        )
        received = receive_assignment(wave=wave, people=people, letter=letter, actor=SYSTEM)
        state = states.get(number, PaperState.ACCEPTED)
        reason = "Nama pada surat berbeda dari daftar peserta" if state == PaperState.WRONG else ""
        judge_assignment(wave=wave, rows=list(received.people.all()), state=state, reason=reason, actor=SYSTEM)
