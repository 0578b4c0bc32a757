"""Training needs, and a call that agencies answer in every way: with people, with nobody, not at all. All made up."""

from __future__ import annotations

from datetime import timedelta

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.people.models import Person
from enggang.places.models import Organisation
from enggang.training.domain.call_answers import send_nobody
from enggang.training.domain.needs import NeedFacts, call_for_needs, decline_need, state_need
from enggang.training.domain.nominations import approve_waiting, invite_agency, move_call, nominate_person
from enggang.training.domain.proposals import want_proposal
from enggang.training.enums import CallState
from enggang.training.models import Call, CallAgency, Need, Wave
from enggang.training.queries.needs import answerable
from enggang.training.queries.nominations import staff_to_nominate

TEXT = "Dicari pegawai yang mengelola dokumentasi dan media sosial perangkat daerah (contoh)."
NEEDED = ("Dokumentasi kegiatan masih dikerjakan pihak luar (contoh)", "Media sosial belum dikelola (contoh)")
NOBODY = "Seluruh pegawai bertugas pada agenda daerah di tanggal yang sama (contoh)"
SENT = (3, 2, 2)  # by the first agencies; the next answers with nobody, the others are silent


def lay_down_nominations(wave: Wave) -> None:
    """Call once, after the waves: needs of five regencies, three of which the call of this wave takes up."""
    offices = _offices(wave)
    needs = [_need(wave, office, place) for place, office in enumerate(offices[:5])]
    decline_need(need=needs[4], reason="Sudah tercakup pada gelombang lain (contoh)", actor=SYSTEM)
    call = call_for_needs(
        programme=wave.programme, needs=needs[:3], title="Pemanggilan peserta (contoh)", waves=[wave],
        deadline=clock.now() + timedelta(days=10), text=TEXT, actor=SYSTEM,
    )  # fmt: skip
    for office in offices:
        invite_agency(call=call, agency=office, quota=2, actor=SYSTEM)
    move_call(call=call, to=CallState.OPEN, actor=SYSTEM)
    _answer(call)


def _offices(wave: Wave) -> list[Organisation]:
    """Those whose regency has a free seat first, so that a proposal has something to give."""
    rows = (
        Organisation.objects.filter(kind="agency", key__endswith="/disporapar").exclude(region_id="61").order_by("name")
    )
    free = {pool.region_id for pool in wave.offer.pools.all() if pool.free > 0}
    silent = rows.filter(key="kalbar/sambas/disporapar")  # its coordinator has an account, and a call to answer
    return [*sorted(rows.exclude(pk__in=silent), key=lambda row: row.region_id not in free)[:6], *silent]


def _need(wave: Wave, office: Organisation, place: int) -> Need:
    facts = NeedFacts(
        year=clock.today().year, number=2 + place % 2, reason=NEEDED[place % 2], priority=1 + place % 3,
        source="superior", programme=wave.programme,
    )  # fmt: skip
    return state_need(agency=office, organiser=wave.organisation, facts=facts, actor=SYSTEM)


def _answer(call: Call) -> None:
    rows = list(CallAgency.objects.with_names().filter(call=call).order_by("pk"))
    for invited, number in zip(rows, SENT, strict=False):
        free = staff_to_nominate(invited).exclude(registrations__wave__in=call.waves.all())
        need = answerable(invited).first()
        for person in Person.objects.filter(pk__in=[row.pk for row in free[:number]]).order_by("pk"):
            nominate_person(invited=invited, person=person, need=need, actor=SYSTEM)
    send_nobody(invited=rows[len(SENT)], reason=NOBODY, actor=SYSTEM)
    approve_waiting(call=call, actor=SYSTEM)
    want_proposal(call=call, actor=SYSTEM)
