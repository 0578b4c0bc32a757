"""The screens of the index: what they show, what comes back when something is wrong, and how much they ask the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.audit.models import AuditEntry
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.impact.queries.monday import facts_of, names_in
from enggang.impact.queries.telling import text_of, told
from enggang.innovation.domain import evidence as vault
from enggang.innovation.domain.submissions import answer_profile
from enggang.innovation.models import BoardLetter, Evidence, Innovation, RegionPoint, Submission
from tests.innovation.entering import MANDATORY, Desks, adopted, fresh, make_affair, make_entry, prove
from tests.training.factories import client_of, make_user

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with clock.frozen_at(datetime(2026, 11, 16, 1, 0, tzinfo=UTC)):
        yield


def english(user: Any) -> Client:
    client = client_of(user)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def staff(desks: Desks) -> Client:
    return english(desks.companion)


def text(response: Any) -> str:
    return str(response.content.decode())


def page_of(entry: Submission, rest: str = "") -> str:
    return f"/inovasi/iid/isian/{entry.code}/{rest}"


def region_of(desks: Desks, rest: str = "", year: int = 2026) -> str:
    return f"/inovasi/iid/daerah/{desks.agency.code}/{year}/{rest}"


def asked(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)


def test_the_score_is_shown_with_its_source_and_its_doubt(staff: Client, entry: Submission) -> None:
    prove(entry, "16", parameter=3)
    shown = text(staff.get(page_of(entry)))
    assert "Internal estimate, not verified" in shown
    assert "of 111 by the guide" in shown
    one = text(staff.get(page_of(entry, "indikator/16/")))
    assert "400.10.11/1887/BSKDN" in one
    assert "9 of 9 points" in one


def test_what_if_is_reckoned_and_nothing_is_saved(staff: Client, entry: Submission) -> None:
    shown = text(staff.get(page_of(entry, "?jika-35=3&jika-16=3")))
    assert "points: 21 more than now" in shown
    assert not entry.scores.exists()
    for wrong in ("jika-35=9", "jika-99=3", "jika-35=-1", "jika-35=%00", "jika-35=x" * 50):
        assert "more than now" not in text(staff.get(page_of(entry, f"?{wrong}")))


def test_a_parameter_is_chosen_and_a_wrong_one_comes_back(staff: Client, entry: Submission) -> None:
    page = page_of(entry, "indikator/33/")
    assert staff.post(page, {"parameter": "2", "basis": "people", "note": "Pengguna"}).status_code == 302
    assert entry.scores.get().basis == "people"
    for wrong in ("4", "-1", "x", ""):
        answer = staff.post(page, {"parameter": wrong, "note": "tetap di sini"})
        assert answer.status_code == 422
        assert "tetap di sini" in text(answer)
    assert staff.get(page_of(entry, "indikator/99/")).status_code == 404


def test_evidence_is_ticked_and_unticked(staff: Client, entry: Submission, desks: Desks) -> None:
    piece = vault.bring_link(innovation=entry.innovation, title="Bukti", link="https://x.id/a", actor=SYSTEM)
    other = vault.bring_link(innovation=adopted(desks, "Lain"), title="Lain", link="https://x.id/a", actor=SYSTEM)
    page = page_of(entry, "indikator/16/bukti/")
    staff.post(page, {"evidence": [piece.pk]})
    assert entry.uses.get().evidence == piece
    staff.post(page, {"evidence": [other.pk]})
    assert entry.uses.get().evidence == piece
    staff.post(page, {})
    assert not entry.uses.exists()


def test_a_file_is_brought_private_and_whoever_opens_a_list_of_people_is_written_down(
    staff: Client, entry: Submission
) -> None:
    file = SimpleUploadedFile("penerima.pdf", PDF, content_type="application/pdf")
    given = {"title": "Penerima manfaat", "file": file, "is_personal": "on"}
    assert staff.post(page_of(entry, "bukti/tambah/berkas/"), given).status_code == 302
    piece = Evidence.objects.get()
    address = f"/inovasi/iid/bukti/{piece.code}/"
    assert client_of(make_user()).get(address).status_code == 404
    assert Client().get(address).status_code in {302, 404}
    answer = staff.get(address)
    assert b"".join(answer) == PDF if answer.streaming else answer.content == PDF
    assert AuditEntry.objects.filter(subject_code=piece.code).exclude(code="innovation.bring_file").exists()


@pytest.mark.parametrize(
    ("what", "given"),
    [
        ("berkas", {"title": "T"}), ("berkas", {"title": "T", "file": "x"}), ("tautan", {"title": "T", "link": "javascript:x"}),
        ("tautan", {"title": "x" * 201, "link": "https://x.id"}), ("milik", {"code": "/"}), ("milik", {"code": "tidakadasama"}),
    ],
)  # fmt: skip
def test_what_cannot_be_brought_comes_back(staff: Client, entry: Submission, what: str, given: dict[str, str]) -> None:
    answer = staff.post(page_of(entry, f"bukti/tambah/{what}/"), given)
    assert answer.status_code == 422
    assert not Evidence.objects.exists()
    assert staff.post(page_of(entry, "bukti/tambah/lain/"), given).status_code == 404


def test_a_proposal_is_accepted_refused_and_proposed_again(staff: Client, entry: Submission) -> None:
    page = page_of(entry, "bukti/")
    key = {"provider": "innovation", "key": f"stages-{entry.innovation.code}"}
    assert "Tanggal tahapan" in text(staff.get(page))
    staff.post(f"{page}usulan/tolak/", key)
    assert not entry.innovation.refused_proposals.exists()  # no reason
    staff.post(f"{page}usulan/tolak/", {**key, "reason": "Salah tanggal"})
    refused = entry.innovation.refused_proposals.get()
    staff.post(f"{page}lagi/{refused.pk}/")
    staff.post(f"{page}usulan/terima/", {**key, "codes": ["32", "99"]})
    assert [use.code for use in entry.uses.all()] == ["32"]
    staff.post(f"{page}usulan/terima/", key)
    staff.post(f"{page}usulan/terima/", {"provider": "training", "key": "wave-x"})
    assert Evidence.objects.count() == 1


def test_the_profile_keeps_what_was_typed_when_somebody_else_saved_first(staff: Client, entry: Submission) -> None:
    answer_profile(submission=entry, answers={"asta_cita": "1"}, version=1, actor=SYSTEM)
    answer = staff.post(page_of(entry, "profil/"), {"asta_cita": "punya saya", "version": "1"})
    assert answer.status_code == 422
    assert "punya saya" in text(answer)
    assert entry.answers.get().text == "1"


def test_what_people_write_is_never_markup(staff: Client, desks: Desks) -> None:
    evil = "<script>alert(1)</script>"
    row = adopted(desks, aims=evil, results=evil)
    Innovation.objects.filter(pk=row.pk).update(title=evil)
    entry = make_entry(desks, Innovation.objects.with_names().get(pk=row.pk))
    prove(entry, "16")
    for rest in ("", "profil/", "bukti/", "indikator/16/"):
        assert evil not in text(staff.get(page_of(entry, rest)))
    assert evil not in text(staff.get(region_of(desks)))


def test_strangers_find_nothing_and_readers_change_nothing(desks: Desks, entry: Submission) -> None:
    stranger = client_of(make_user(None))
    head = client_of(desks.head)
    for rest in ("", "profil/", "bukti/", "indikator/16/", "kipp.pdf"):
        assert stranger.get(page_of(entry, rest)).status_code == 404
        assert head.get(page_of(entry, rest)).status_code == 200
    assert head.post(page_of(entry, "indikator/16/"), {"parameter": "1"}).status_code == 404
    assert head.post(page_of(entry, "profil/"), {"version": "1"}).status_code == 404
    assert head.post(page_of(entry, "meja/lanjut/")).status_code == 404
    assert head.post(page_of(entry, "meja/entah/")).status_code == 404


def test_the_board_sees_what_is_handed_to_it_from_its_own_desk(desks: Desks, entry: Submission) -> None:
    prove(entry, *MANDATORY)
    board = english(desks.researcher)
    assert board.get(page_of(entry)).status_code == 200
    for name in ("writer", "companion", "head"):
        client_of(getattr(desks, name)).post(page_of(entry, "meja/lanjut/"))
    assert entry.innovation.title in text(board.get("/inovasi/iid/meja/"))
    board.post(page_of(entry, "meja/lanjut/"))
    assert fresh(entry).state == "validated"
    assert "14 of 111 points" in text(board.get(page_of(entry, "versi/1/")))
    assert board.get(page_of(entry, "versi/2/")).status_code == 404


def test_an_entry_is_begun_on_the_screen(staff: Client, desks: Desks) -> None:
    make_entry(desks)
    row = adopted(desks, "Baru")
    page = f"/inovasi/{row.code}/iid/"
    assert staff.get(page).status_code == 200
    for wrong in ({"year": "1999"}, {"year": ""}, {"year": "2026", "board": "999999"}):
        assert staff.post(page, wrong).status_code == 422
    assert staff.post(page, {"year": "2026", "board": desks.board.pk}).status_code == 302
    assert staff.post(page, {"year": "2026"}).status_code == 422  # doubled


def test_no_word_is_said_before_the_letter_and_the_letter_is_read_after(
    staff: Client, desks: Desks, entry: Submission
) -> None:
    shown = text(staff.get(region_of(desks)))
    assert "Estimate, not verified" in shown
    assert "Official, by the research" not in shown
    assert "No rank and no predicate" in shown
    file = SimpleUploadedFile("surat.pdf", PDF, content_type="application/pdf")
    given = {
        "number": "400/1",
        "dated_on": "2026-11-01",
        "index": "58.2",
        "rank": "12",
        "predicate": "Inovatif",
        "file": file,
    }
    assert staff.post(region_of(desks, "surat/"), given).status_code == 302
    shown = text(staff.get(region_of(desks)))
    assert "rank 12" in shown
    letter = BoardLetter.objects.get()
    address = f"/inovasi/iid/daerah/{desks.agency.code}/surat/{letter.pk}/"
    assert staff.get(address).status_code == 200
    assert client_of(make_user()).get(address).status_code == 404


def test_points_and_letters_that_cannot_be_come_back(staff: Client, desks: Desks, entry: Submission) -> None:
    for given in ({"code": "spd-9", "points": "64", "source": "LHE"}, {"code": "16", "points": "1", "source": "x"}, {}):
        assert staff.post(region_of(desks, "nilai/"), given).status_code == 422
    assert staff.post(region_of(desks, "surat/"), {"number": "1"}).status_code == 422
    assert not RegionPoint.objects.exists()
    for year in (1999, 2101):
        assert staff.get(region_of(desks, year=year)).status_code == 404
    assert staff.get(region_of(desks, year=2031)).status_code == 200  # nothing is known of it, and the page says so


def test_the_guide_is_compared_and_begun_for_the_next_year(staff: Client, desks: Desks, entry: Submission) -> None:
    page = f"/inovasi/iid/pedoman/beda/{desks.agency.code}/"
    assert "60.01" in text(staff.get(f"{page}?older=2024&newer=2026")) or "60,01" in text(
        staff.get(f"{page}?older=2024&newer=2026")
    )
    assert staff.get(f"{page}?older=x&newer=2026").status_code == 200
    plain = staff.get(page)  # the years that are compared stand in the form, too
    assert plain.context["form"].initial == {"older": plain.context["older"], "newer": plain.context["newer"]}
    staff.post(f"/inovasi/iid/pedoman/salin/{desks.agency.code}/", {"older": "2026", "newer": "2028"})
    assert "35" in text(staff.get("/inovasi/iid/pedoman/indikator/"))
    staff.post(f"/inovasi/iid/pedoman/salin/{desks.agency.code}/", {"older": "2026"})
    for word in ("indikator", "rumus", "predikat", "profil", "kipp"):
        assert staff.get(f"/inovasi/iid/pedoman/{word}/").status_code == 200
    assert "Replication and how to use it" in text(staff.get("/inovasi/iid/pedoman/kipp/"))  # a word, not its code
    assert staff.get("/inovasi/iid/pedoman/lain/").status_code == 404


@pytest.mark.parametrize(
    "where", [lambda desks, entry: region_of(desks), lambda desks, entry: page_of(entry, "bukti/")]
)
def test_three_rows_ask_as_much_as_one(
    staff: Client, desks: Desks, entry: Submission, where: Callable[[Desks, Submission], str]
) -> None:
    prove(entry, "16")
    staff.get(where(desks, entry))
    one = asked(staff, where(desks, entry))
    for number in range(2):
        more = make_entry(desks, adopted(desks, f"Lagi {number}", affair=make_affair(f"Lagi {number}", "basic")))
        prove(more, "16")
        prove(entry, "17")
    assert asked(staff, where(desks, entry)) == one


def test_the_monday_page_tells_the_estimate_and_the_cheapest_points(staff: Client, desks: Desks) -> None:
    empty = facts_of(desks.agency, date(2026, 11, 16))
    assert empty["iid"] == {}
    entry = make_entry(desks)
    prove(entry, "16", parameter=2)
    facts = facts_of(desks.agency, date(2026, 11, 16))
    assert facts["iid"]["index"] == "0.20"
    assert len(facts["iid"]["steps"]) == 3
    found = told(facts, names_in(facts))
    assert entry.innovation.owner is not None
    assert entry.innovation.owner.name in found.iid[1].more
    assert "0,20" in text_of(found, "Disporapar") or "0.20" in text_of(found, "Disporapar")
    old = {name: value for name, value in facts.items() if name != "iid"}  # a page kept before there was an index
    assert told(old, {}).iid == []
