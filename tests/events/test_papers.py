"""The papers of an edition: each drawn from the record, what is missing named, the decree and the invitation as letters."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from enggang.access.enums import Role
from enggang.budgets.domain.budgets import add_line, add_source, approve_budget
from enggang.core.actor import SYSTEM, Actor, ActorKind
from enggang.core.acts import Conflict, NotAllowed
from enggang.documents.domain.letterheads import add_letterhead, add_signatory
from enggang.documents.domain.letters import draw_letter, issue_letter, letter_docx, void_letter
from enggang.documents.models import Letter, Signatory
from enggang.documents.queries.wordings import Choice, wordings_for
from enggang.events.domain.concepts import keep_concept, keep_concept_row
from enggang.events.domain.dating import decide_dates
from enggang.events.domain.money import start_budget
from enggang.events.domain.papers import draft_decree, draft_guest_letters
from enggang.events.enums import Stage
from enggang.events.models import Edition, Objective, ProgrammeRow
from enggang.events.papers.build import PAPERS, paper_docx, paper_pdf
from enggang.events.papers.folder import folder_of
from enggang.events.queries.papers import paper_rows
from enggang.plans.domain.plans import keep_member
from enggang.plans.models import Member
from enggang.plans.queries.tasks import plan_about
from tests.events.factories import applies, brought_to, make_edition, make_event, make_site, planned
from tests.training.factories import client_of, make_agency, make_user

pytestmark = pytest.mark.django_db
TEXTS = {
    "background": "Tradisi bahari Kuala Mempawah.", "legal_basis": "UU Nomor 5 Tahun 2017\nPP Nomor 60 Tahun 2017",
    "purpose": "Merawat tradisi.", "audience": "Warga dan perantau.", "scope": "Pelayaran lalu saprahan.",
    "sustainability": "Sanggar merawat perahu.",
}  # fmt: skip
AIM: dict[str, Any] = {
    "objective": "Kunjungan naik", "indicator": "Pengunjung luar", "unit": "orang", "target": Decimal(2500),
    "method": "Penghitung di pintu",
}  # fmt: skip
GUESTS = [("Bupati Mempawah", ""), ("Kepala", "Dinas Contoh")]


def address(edition: Edition, rest: str = "") -> str:
    return f"/acara/edisi/{edition.code}/naskah/{rest}"


def signs(edition: Edition, name: str = "Contoh Kepala") -> Signatory:
    first, agency = date(2020, 1, 1), edition.organisation
    add_letterhead(organisation=agency, lines="Dinas Pariwisata", city="Mempawah", valid_from=first, actor=SYSTEM)
    return add_signatory(organisation=agency, post="Kepala Dinas", name=name, valid_from=first, actor=SYSTEM)


def full_edition() -> Edition:
    """Everything that any of the papers speaks of."""
    agency, curator = make_agency(), make_agency("provinsi")
    edition = make_edition(agency, event=make_event(agency, curator=curator))
    days: dict[str, Any] = {"first": edition.starts_on, "last": edition.ends_on, "state": "confirmed", "source": "SK"}
    decide_dates(edition=edition, version=edition.version, actor=SYSTEM, **days)
    applies(edition)
    site = make_site(edition)
    keep_concept(edition=edition, version=0, actor=SYSTEM, **TEXTS)
    keep_concept_row(row=Objective(), edition=edition, actor=SYSTEM, **AIM)
    part = {"part": "Pagi", "activity": "Ritual buang-buang", "site": site}
    keep_concept_row(row=ProgrammeRow(), edition=edition, actor=SYSTEM, **part)
    plan = planned(edition)
    plan.days.get().items.update(member=plan.members.get())
    budget = start_budget(edition=edition, actor=SYSTEM)
    money = {"category": "meals", "item": "Saprahan", "volume": 500, "unit": "orang", "frequency": 2, "price": 35_000}
    add_line(budget=budget, actor=SYSTEM, **money)
    add_source(budget=budget, kind="apbd", name="APBD Kabupaten", amount=35_000_000, actor=SYSTEM)
    approve_budget(budget=budget, actor=SYSTEM)
    signs(edition)
    return fresh(edition)


def fresh(edition: Edition) -> Edition:
    return Edition.objects.with_names().get(pk=edition.pk)


def words_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages).replace("\xa0", " ")


def words_in(content: bytes) -> str:
    paper = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return " ".join([*(each.text for each in paper.paragraphs), *cells]).replace("\xa0", " ")


def both(edition: Edition, word: str) -> list[str]:
    """What the PDF and the DOCX of a printed paper say."""
    folder = folder_of(edition)
    signatory = next(iter(folder.signatories), None)
    return [
        words_of(paper_pdf(folder, PAPERS[word], signatory)), words_in(paper_docx(folder, PAPERS[word], signatory)),
    ]  # fmt: skip


def wording(edition: Edition, kind: str) -> Choice:
    return wordings_for(edition.organisation, kind)[0]


def decree(edition: Edition, **more: Any) -> Letter:
    signatory = Signatory.objects.get(organisation=edition.organisation)
    return draft_decree(
        edition=edition, wording=wording(edition, "committee"), signatory=signatory, actor=SYSTEM, **more
    )


def invite(edition: Edition, **more: Any) -> list[Letter]:
    facts = {"guests": GUESTS, "separate": False, "actor": SYSTEM, **more}
    signatory = Signatory.objects.get(organisation=edition.organisation)
    return draft_guest_letters(edition=edition, wording=wording(edition, "guests"), signatory=signatory, **facts)


def organiser(edition: Edition) -> Client:
    return client_of(make_user(Role.ORGANISER, edition.organisation))


class TestPrintedPapers:
    def test_the_terms_of_reference_say_everything_in_its_order(self) -> None:
        edition = full_edition()
        for said in both(edition, "kak"):
            assert all(words in said for words in TEXTS["legal_basis"].split("\n"))
            assert all(
                words in said for words in ("2.500 orang", "Ritual buang-buang", "Contoh Ketua", "Contoh Kepala")
            )
            assert all(words in said for words in ("Rp 35.000.000", "tiga puluh lima juta rupiah", "APBD Kabupaten"))
            assert "(belum diisi)" not in said
        headings = ["A. LATAR BELAKANG", "B. DASAR HUKUM", "C. MAKSUD DAN TUJUAN", "D. SASARAN", "E. RUANG LINGKUP",
                    "F. WAKTU DAN TEMPAT", "G. PENYELENGGARA", "H. PEMBIAYAAN", "I. KEBERLANJUTAN", "J. PENUTUP"]  # fmt: skip
        pdf = both(edition, "kak")[0]
        assert [pdf.index(each) for each in headings] == sorted(pdf.index(each) for each in headings)

    def test_the_budget_and_the_rundown(self) -> None:
        edition = full_edition()
        for said in both(edition, "rab"):
            assert all(words in said for words in ("Saprahan", "500", "Rp 35.000", "Rp 35.000.000", "APBD Kabupaten"))
        for said in both(edition, "rundown"):
            assert all(words in said for words in ("08.00–09.00", "Ritual", "Contoh Ketua", "Kuala Mempawah"))

    @pytest.mark.parametrize("word", PAPERS)
    def test_an_empty_edition_says_what_is_missing(self, word: str) -> None:
        edition = fresh(make_edition(make_agency(), event=None))
        assert all("belum diisi" in said or "belum ditulis" in said for said in both(edition, word))

    def test_last_years_figures_are_told_on_paper(self) -> None:
        edition = full_edition()
        Objective.objects.update(last_year=True)
        assert "angka tahun lalu" in both(edition, "kak")[0]

    def test_the_same_moment_gives_the_same_bytes(self) -> None:
        folder = folder_of(full_edition())
        assert paper_pdf(folder, PAPERS["rab"], None) == paper_pdf(folder, PAPERS["rab"], None)

    def test_markup_is_text(self) -> None:
        edition = full_edition()
        keep_concept(edition=edition, version=2, actor=SYSTEM, background="#panic() *tebal* <b>& $x$", purpose="p")
        assert "#panic() *tebal* <b>& $x$" in both(edition, "kak")[0]

    def test_a_character_without_a_font_is_told(self) -> None:
        edition = full_edition()
        keep_concept(edition=edition, version=2, actor=SYSTEM, background="ꦲꦏ꧀ꦱꦫ", purpose="p")
        answer = organiser(edition).get(address(edition, "kak.pdf"))
        assert (answer.status_code, answer.headers["Location"]) == (302, address(edition))


class TestThePage:
    def test_it_lists_each_paper_with_what_is_missing(self) -> None:
        edition = make_edition(make_agency())
        page = organiser(edition).get(address(edition)).content.decode()
        for rest in ("kak.pdf", "kak.docx", "rab.pdf", "rundown.docx", "keputusan/", "undangan/"):
            assert address(edition, rest) in page
        for href in (f"/acara/edisi/{edition.code}/konsep/ubah/#id_background", "/uang/", "/rencana/", "/tempat/baru/"):
            assert href in page
        assert "tanpanya surat tidak dapat" in page

    def test_a_complete_edition_has_nothing_missing(self) -> None:
        rows = paper_rows(folder_of(full_edition()))  # the last two are told when it is over
        assert [row.missing for row in rows[:-2]] == [[]] * 6

    def test_pdf_and_docx_are_handed_over_with_the_chosen_signatory(self) -> None:
        edition = full_edition()
        other = signs(edition, "Contoh Sekretaris")
        own = organiser(edition)
        assert own.get(address(edition, "rab.docx")).content.startswith(b"PK")
        for chosen, name in ((str(other.pk), "Contoh Sekretaris"), ("x" * 500, "Contoh")):
            answer = own.get(address(edition, "rab.pdf"), {"ttd": chosen})
            assert (answer.headers["Content-Type"], name in words_of(answer.content)) == ("application/pdf", True)
        assert own.get(address(edition, "entah.pdf")).status_code == 404

    def test_it_asks_no_more_for_three_letters_than_for_one(self) -> None:
        edition = full_edition()
        invite(edition)
        own = organiser(edition)
        own.get(address(edition))
        with CaptureQueriesContext(connection) as one:
            own.get(address(edition))
        invite(edition, separate=True)
        with CaptureQueriesContext(connection) as three:
            own.get(address(edition))
        assert len(one) == len(three)

    def test_strangers_find_nothing_and_readers_write_nothing(self) -> None:
        edition = full_edition()
        stranger = client_of(make_user(Role.ORGANISER, make_agency("lain")))
        leader = client_of(make_user(Role.LEADER, edition.organisation))
        assert leader.get(address(edition)).status_code == 200
        for rest in ("", "kak.pdf", "rab.docx", "keputusan/", "undangan/"):
            assert stranger.get(address(edition, rest)).status_code == 404
        for rest in ("keputusan/", "undangan/"):
            assert leader.post(address(edition, rest)).status_code == 404
        with pytest.raises(NotAllowed):
            invite(edition, actor=Actor(ActorKind.USER, "user:0"))


class TestTheDecree:
    def test_it_names_the_committee_and_what_it_rests_on(self) -> None:
        edition = full_edition()
        letter = decree(edition)
        for said in (words_of(draw_letter(letter)), words_in(letter_docx(letter))):
            assert all(words in said for words in ("MEMUTUSKAN", "KESATU", "KELIMA", "UU Nomor 5 Tahun 2017"))
            assert all(words in said for words in ("Contoh Ketua", "APBD Kabupaten", "Ditetapkan di Mempawah"))
        assert letter.about == edition.subject

    def test_it_is_numbered_outside_frozen_and_listed(self) -> None:
        edition = full_edition()
        letter = issue_letter(letter=decree(edition), dated=date(2025, 6, 2), number="800/12/2025", actor=SYSTEM)
        assert letter.is_issued
        row = paper_rows(folder_of(edition))[2]
        assert (row.number, row.stale) == ("800/12/2025", False)
        page = organiser(edition).get(address(edition)).content.decode()
        assert "800/12/2025" in page

    def test_a_committee_that_changed_is_told_until_the_letter_is_void(self) -> None:
        edition = full_edition()
        letter = issue_letter(letter=decree(edition), dated=date(2025, 6, 2), number="1", actor=SYSTEM)
        plan = plan_about(edition.subject)
        assert plan is not None
        keep_member(member=Member(plan=plan), name="Contoh Baru", post="Sekretaris", phone="", actor=SYSTEM)
        assert paper_rows(folder_of(edition))[2].stale
        assert "Panitia berubah sejak" in organiser(edition).get(address(edition)).content.decode()
        void_letter(letter=letter, reason="Panitia berubah", actor=SYSTEM)
        assert not paper_rows(folder_of(edition))[2].stale

    def test_without_a_committee_it_is_not_written_even_despite(self) -> None:
        edition = make_edition(make_agency())
        signs(edition)
        with pytest.raises(Conflict, match="committee is empty"):
            decree(fresh(edition), despite=True)

    def test_what_is_missing_is_told_first(self) -> None:
        edition = full_edition()
        keep_concept(edition=edition, version=2, actor=SYSTEM, legal_basis="")
        with pytest.raises(Conflict, match="Something is missing"):
            decree(edition)
        assert "(belum diisi)" in words_of(draw_letter(decree(edition, despite=True)))

    def test_a_closed_edition_gets_no_new_one(self) -> None:
        edition = full_edition()
        brought_to(edition, Stage.CLOSED)
        with pytest.raises(Conflict):
            decree(edition)

    def test_it_is_written_on_the_screen(self) -> None:
        edition = full_edition()
        own, signatory = organiser(edition), Signatory.objects.get()
        answer = own.post(address(edition, "keputusan/"), {"wording": "committee/1", "signatory": signatory.pk})
        assert answer.headers["Location"] == f"/surat/naskah/{Letter.objects.get().code}/"
        assert "Contoh Ketua" in own.get(answer.headers["Location"]).content.decode()
        assert own.post(address(edition, "keputusan/"), {"wording": "guests/1"}).status_code == 422


class TestTheInvitation:
    def test_it_says_when_and_where_and_names_its_guests(self) -> None:
        edition = full_edition()
        (letter,) = invite(edition)
        for said in (words_of(draw_letter(letter)), words_in(letter_docx(letter))):
            assert all(words in said for words in ("08.00 WIB", "Kuala Mempawah", "Bupati Mempawah", "Ibu Contoh"))

    def test_each_guest_may_get_a_letter(self) -> None:
        assert len(invite(full_edition(), separate=True)) == 2

    @pytest.mark.parametrize("guests", [[], [("Bupati", "")] * 2, [(str(n), "") for n in range(201)]])
    def test_no_guest_one_twice_or_too_many(self, guests: list[tuple[str, str]]) -> None:
        edition = full_edition()
        with pytest.raises(Conflict):
            invite(edition, guests=guests)
        assert not Letter.objects.exists()

    def test_it_is_written_on_the_screen_with_guests_suggested(self) -> None:
        edition = full_edition()
        own, signatory = organiser(edition), Signatory.objects.get()
        page = own.get(address(edition, "undangan/"))
        assert page.context["form"]["guests"].initial.startswith(f"Kepala; {edition.curator}")
        facts = {
            "wording": "guests/1",
            "signatory": signatory.pk,
            "separate": "no",
            "guests": "Bupati\nKepala; Dinas\n\n",
        }
        assert own.post(address(edition, "undangan/"), facts).status_code == 302
        rows = Letter.objects.get().content["addressees"]
        assert [(each["office"], each["organisation"]) for each in rows] == [("Bupati", ""), ("Kepala", "Dinas")]

    @pytest.mark.parametrize("guests", ["", "; Dinas", "x" * 301, "Bupati\nBupati"])
    def test_wrong_guests_are_told(self, guests: str) -> None:
        edition = full_edition()
        facts = {"wording": "guests/1", "signatory": Signatory.objects.get().pk, "separate": "no", "guests": guests}
        assert organiser(edition).post(address(edition, "undangan/"), facts).status_code == 422
        assert not Letter.objects.exists()
