"""What the system proposes as evidence: what it holds already of what belongs to an innovation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from enggang.access.enums import Role
from enggang.core import clock, registries
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict
from enggang.core.registries import ProofAsked
from enggang.documents.rendering.wording import NBSP
from enggang.events.domain.partners import add_partnership, move_partnership
from enggang.innovation.domain import evidence as vault
from enggang.innovation.domain.replications import note_replication, prove_replication
from enggang.innovation.enums import Moment
from enggang.innovation.models import Checkup, RefusedProposal, Replication, Submission
from enggang.innovation.models.trial import Measure, Reading
from enggang.innovation.queries.ties import tied_to
from enggang.training.domain import assignments
from enggang.training.enums import PaperState, WaveState
from enggang.training.models import Wave
from tests.events.factories import make_edition
from tests.events.test_partners import make_partner
from tests.innovation.entering import Desks, proposals
from tests.training.factories import client_of, make_agency, make_person, make_user, make_wave, seat
from tests.training.test_assignment_letters import letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
PDF = b"%PDF-1.7\n%%EOF"


def test_stage_dates_are_proposed_for_the_speed_of_creation_and_accepted_once(entry: Submission) -> None:
    (found,) = proposals(entry)
    assert (found.provider, found.codes, found.proof.genre) == ("innovation", ("32",), "stages")
    assert ("Lama penciptaan", "3 bulan") in found.proof.facts
    piece = vault.accept_proposal(submission=entry, proposal=found, codes=[], actor=SYSTEM)
    assert [text.replace(NBSP, " ") for text in piece.facts[0]] == ["Gagasan diajukan", "1 Maret 2025"]
    assert proposals(entry) == []
    with pytest.raises(Conflict):
        vault.accept_proposal(submission=entry, proposal=found, codes=[], actor=SYSTEM)


def test_a_refusal_needs_a_reason_and_can_be_taken_back(entry: Submission) -> None:
    (found,) = proposals(entry)
    with pytest.raises(Conflict):
        vault.refuse_proposal(innovation=entry.innovation, proposal=found, reason=" ", actor=SYSTEM)
    vault.refuse_proposal(innovation=entry.innovation, proposal=found, reason="Tanggal salah", actor=SYSTEM)
    assert proposals(entry) == []
    vault.propose_again(refused=RefusedProposal.objects.select_related("innovation").get(), actor=SYSTEM)
    assert len(proposals(entry)) == 1


def test_a_tied_wave_is_proposed_as_bimtek_and_lists_only_ones_own_people(desks: Desks, entry: Submission) -> None:
    wave = make_wave(desks.board, specimen=False)
    seat(wave, make_person(desks.agency, "Ani Contoh"))
    seat(wave, make_person(desks.board, "Budi Lain"))
    vault.tie_subject(innovation=entry.innovation, code=wave.code, actor=desks.actor("writer"))
    assert [each.proof.genre for each in proposals(entry)] == ["stages"]  # not finished yet
    Wave.objects.filter(pk=wave.pk).update(state=WaveState.FINISHED)
    (found,) = [each for each in proposals(entry) if each.proof.genre == "training"]
    assert (found.provider, found.codes) == ("training", ("20",))
    assert ("Peserta", "2 orang") in found.proof.facts
    assert found.proof.is_personal
    assert found.proof.rows is not None
    listed = [row[0] for row in found.proof.rows()]
    assert listed == ["Nama", "Ani Contoh"]


def test_a_replication_is_proposed_only_with_its_paper(entry: Submission) -> None:
    note_replication(innovation=entry.innovation, on=date(2026, 1, 5), copy_name="Kota Tetangga", actor=SYSTEM)
    assert [each.proof.genre for each in proposals(entry)] == ["stages"]
    row = Replication.objects.with_names().get()
    prove_replication(replication=row, paper=(PDF, "pks.pdf"), actor=SYSTEM)
    (found,) = [each for each in proposals(entry) if each.proof.genre == "replication"]
    assert (found.codes, found.proof.facts[0]) == (("31",), ("Ditiru oleh", "Kota Tetangga"))


def test_what_was_said_after_adoption_is_proposed_as_monitoring(entry: Submission) -> None:
    row = entry.innovation
    assert row.adopted_on
    common = {"innovation": row, "use": "yes", "note": "Dipakai", "said_at": clock.now(), "said_by_key": "x"}
    Checkup.objects.create(adopted_on=date(2024, 1, 1), number=1, said_on=date(2024, 4, 1), **common)
    assert "survey" not in {each.proof.genre for each in proposals(entry)}  # of an adoption that was taken back
    Checkup.objects.create(adopted_on=row.adopted_on, number=1, said_on=date(2025, 9, 1), users=40, **common)
    (found,) = [each for each in proposals(entry) if each.proof.genre == "survey"]
    assert found.codes == ("34",)
    assert "40 pengguna; Dipakai" in found.proof.facts[0][1]


def test_nothing_of_another_government_is_tied(entry: Submission) -> None:
    elsewhere = make_wave(make_agency("Jauh"))
    for code in (elsewhere.code, "tidakada", ""):
        with pytest.raises(Conflict):
            vault.tie_subject(innovation=entry.innovation, code=code, actor=SYSTEM)


def test_every_source_answers_nothing_for_nothing() -> None:
    asked = ProofAsked(frozenset(), "/x/", date(2024, 1, 1), date(2026, 12, 31))
    assert {name for name, _source in registries.proofs.items()} >= {
        "innovation",
        "training",
        "events",
        "media",
        "surveys",
    }
    assert [source(asked) for _name, source in registries.proofs.items()] == [[] for _name in registries.proofs]


def of_genre(entry: Submission, genre: str) -> list[Any]:
    return [each for each in proposals(entry) if each.proof.genre == genre]


def facts(found: Any) -> dict[str, str]:
    return {name: value.replace(NBSP, " ") for name, value in found.proof.facts}


def test_letters_of_a_tied_wave_are_proposed_for_staff_and_for_the_network(desks: Desks, entry: Submission) -> None:
    wave = make_wave(desks.board, specimen=False)
    own, other = seat(wave, make_person(desks.agency, "Ani Contoh")), seat(wave, make_person(desks.board, "Budi Lain"))
    unsent, third = seat(wave, make_person(desks.agency, "Cici Contoh")), make_agency("Dinas Ketiga", desks.province)
    wrong = seat(wave, make_person(third, "Dodi Salah"))
    for person in (own, other, wrong):
        assignments.receive_assignment(wave=wave, people=[person], letter=letter(), actor=SYSTEM)
    assignments.judge_assignment(
        wave=wave, rows=list(wrong.assignments.all()), state=PaperState.WRONG, reason="Nama salah", actor=SYSTEM
    )
    vault.tie_subject(innovation=entry.innovation, code=wave.code, actor=desks.actor("writer"))
    assert of_genre(entry, "team") == []  # not finished yet
    Wave.objects.filter(pk=wave.pk).update(state=WaveState.FINISHED)
    (team,), (network,) = of_genre(entry, "team"), of_genre(entry, "network")
    assert (team.codes, facts(team)["Ditugaskan"], facts(team)["Surat tugas"]) == (("17",), "1 orang", "1")
    assert team.proof.is_personal
    assert [row[0] for row in team.proof.rows()] == ["Nama", "Ani Contoh"]
    assert (network.codes, facts(network)["Perangkat daerah"]) == (("24",), "2")
    assert not network.proof.is_personal
    assert "Contoh" not in str(list(network.proof.rows()))
    assert unsent.printed_name == "Cici Contoh"


def test_one_agency_alone_is_no_network(desks: Desks, entry: Submission) -> None:
    wave = make_wave(desks.board, specimen=False)
    person = seat(wave, make_person(desks.agency, "Ani Contoh"))
    assignments.receive_assignment(wave=wave, people=[person], letter=letter(), actor=SYSTEM)
    Wave.objects.filter(pk=wave.pk).update(state=WaveState.FINISHED)
    vault.tie_subject(innovation=entry.innovation, code=wave.code, actor=desks.actor("writer"))
    assert [len(of_genre(entry, genre)) for genre in ("team", "network")] == [1, 0]


def test_partners_of_a_tied_event_are_proposed_by_the_kind_of_actor(desks: Desks, entry: Submission) -> None:
    edition = make_edition(desks.agency, first=date(2025, 8, 1), last=date(2025, 8, 3))
    kinds = {"Hotel Contoh": "hotel", "Sanggar Contoh": "community", "Travel Contoh": "guide", "Lain-lain": "other"}
    for name, kind in kinds.items():
        row = add_partnership(edition=edition, partner=make_partner(desks.agency, name, kind=kind), actor=SYSTEM)
        for to in ("asked", "joined"):
            move_partnership(partnership=row, to=to, on=date(2025, 7, 1), actor=SYSTEM)
    campus = make_partner(desks.agency, "Kampus yang diam", kind="campus")
    add_partnership(edition=edition, partner=campus, actor=SYSTEM)
    vault.tie_subject(innovation=entry.innovation, code=edition.code, actor=desks.actor("writer"))
    (found,) = of_genre(entry, "partners")
    assert (found.provider, found.codes) == ("events", ("22",))
    assert facts(found)["Unsur"] == "3: pemerintah, dunia usaha, komunitas"
    assert facts(found)["Mitra"] == "4"
    assert ["Lain-lain", "lainnya", ""] in found.proof.rows()


def test_users_are_proposed_as_benefit_and_never_added_up(entry: Submission) -> None:
    row = entry.innovation
    common = {
        "innovation": row,
        "adopted_on": row.adopted_on,
        "use": "yes",
        "note": "x",
        "said_at": clock.now(),
        "said_by_key": "x",
    }
    Checkup.objects.create(number=1, said_on=date(2025, 9, 1), **common)
    assert of_genre(entry, "benefit") == []  # said, and nobody counted
    Checkup.objects.create(number=2, said_on=date(2025, 12, 1), users=210, **common)
    Checkup.objects.create(number=3, said_on=date(2026, 3, 1), users=190, **common)
    (found,) = of_genre(entry, "benefit")
    assert found.codes == ("33",)
    assert facts(found)["Terbanyak dalam satu masa"] == "210 orang"
    assert "400" not in str(facts(found))


def test_what_changed_is_proposed_once_it_was_measured_before_and_after(entry: Submission) -> None:
    measure = Measure.objects.create(innovation=entry.innovation, name="Waktu tunggu", unit="menit")

    def read(moment: Moment, value: str, on: date, **more: Any) -> None:
        Reading.objects.create(
            measure=measure, moment=moment, value=Decimal(value), as_of=on, method="Stopwatch", source="Loket",
            entered_at=clock.now(), entered_by_key="x", **more,
        )  # fmt: skip

    read(Moment.BEFORE, "1250.5", date(2025, 3, 1))
    read(Moment.AFTER, "7", date(2025, 6, 2), voided_at=clock.now(), void_reason="Salah")
    assert of_genre(entry, "benefit") == []
    read(Moment.AFTER, "10", date(2025, 6, 3))
    (found,) = of_genre(entry, "benefit")
    assert facts(found) == {"Waktu tunggu (menit)": "1.250,5 (1 Maret 2025) menjadi 10 (3 Juni 2025)"}


# -- from the page of what belongs to it --------------------------------------------------------------------


def test_a_coordinator_ties_a_wave_from_its_own_page_and_unties_it_again(desks: Desks, entry: Submission) -> None:
    wave = make_wave(desks.agency, specimen=False)
    client = client_of(desks.writer)
    page = client.get(f"/inovasi/milik/{wave.code}/").content.decode()
    assert "Antrean daring museum" in page
    answer = client.post(f"/inovasi/milik/{wave.code}/", {"innovation": entry.innovation.pk}, follow=True)
    assert answer.redirect_chain == [(f"/inovasi/milik/{wave.code}/", 302)]
    tie = entry.innovation.ties.get()
    assert (tie.subject.code, tied_to(entry.innovation)[0].title) == (wave.code, str(wave))
    vault_page = client.get(f"/inovasi/iid/isian/{entry.code}/bukti/").content.decode()
    assert str(wave) in vault_page
    doubled = client.post(f"/inovasi/milik/{wave.code}/", {"innovation": entry.innovation.pk})
    assert doubled.status_code == 422
    client.post(f"/inovasi/milik/{wave.code}/{tie.pk}/lepas/")
    assert not entry.innovation.ties.exists()


def test_nobody_ties_what_they_do_not_find_nor_to_what_they_do_not_write(desks: Desks, entry: Submission) -> None:
    wave, edition = make_wave(desks.agency, specimen=False), make_edition(desks.agency)
    stranger = client_of(make_user(Role.ORGANISER, make_agency("Jauh")))
    assert stranger.get(f"/inovasi/milik/{edition.code}/").status_code == 404
    assert client_of(desks.head).get(f"/inovasi/milik/{wave.code}/").status_code == 404  # reads, and writes nowhere
    board = client_of(desks.researcher)
    own = make_wave(desks.board, specimen=False)
    refused = board.post(f"/inovasi/milik/{own.code}/", {"innovation": entry.innovation.pk})
    assert refused.status_code == 422
    assert not entry.innovation.ties.exists()
    person = make_person(desks.agency, "Ani Contoh")
    assert client_of(desks.writer).get(f"/inovasi/milik/{person.code}/").status_code == 404
