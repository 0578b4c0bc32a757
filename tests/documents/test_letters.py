from __future__ import annotations

import io
from datetime import date, timedelta

import docx
import pytest

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor, ActorKind, Grant
from enggang.core.acts import Conflict, NotAllowed
from enggang.documents.domain import letters as acts
from enggang.documents.domain.blocks import close_block, receive_block
from enggang.documents.domain.letterheads import end_dated
from enggang.documents.enums import LetterState, SigningForm
from enggang.documents.models import Letter, NumberBlock
from enggang.documents.queries.soundness import changed_letters
from enggang.documents.queries.wordings import shipped_wordings
from enggang.documents.rendering.pictures import picture_kind
from enggang.documents.rendering.typography import Unprintable
from enggang.files.domain.storing import read_bytes
from enggang.files.sniffing import DOCX_TYPE
from tests.documents.factories import (
    DAY,
    LETTER_DAY,
    drafted,
    issued,
    letterhead,
    organiser,
    pages,
    png,
    signatory,
    text_of,
)
from tests.places.factories import organisation
from tests.training.factories import client_of, make_user

pytestmark = pytest.mark.django_db


def test_a_letter_is_drafted_numbered_drawn_and_frozen() -> None:
    letter = drafted()
    assert letter.is_draft
    assert "K O N S E P" in text_of(acts.draw_letter(letter))
    issue = acts.issue_letter(letter=letter, dated=LETTER_DAY, number=" 005/1/DINAS/2026 ", actor=SYSTEM)
    assert (issue.state, issue.number, issue.dated) == (LetterState.FROZEN, "005/1/DINAS/2026", LETTER_DAY)
    assert issue.file is not None
    pdf = read_bytes(issue.file)
    assert issue.sha256 == issue.file.sha256
    assert acts.draw_letter(issue) == pdf  # the same bytes again
    text = text_of(pdf)
    for part in ("005/1/DINAS/2026", "12 November 2026", "Dinas Contoh", "Kepala A", "Instansi B", "Contoh Pejabat"):
        assert part in text
    assert "K O N S E P" not in text
    assert changed_letters() == []


def test_values_are_text_and_never_code() -> None:
    values = {"program": '#panic("x") $a$ *b* {gelombang} @c <d>', "gelombang": "= Judul"}
    letter = drafted(values=values)
    text = text_of(acts.draw_letter(letter))
    assert '#panic("x") $a$ *b* {gelombang} @c <d>' in text  # what was put in is not filled again
    assert "= Judul" in text


def test_many_addressees_are_listed_on_a_sheet_of_their_own() -> None:
    many = [{"office": f"Kepala {number}", "organisation": f"Instansi {number}"} for number in range(60)]
    pdf = acts.draw_letter(drafted(addressees=many))
    assert pages(pdf) >= 3
    text = text_of(pdf)
    assert "daftar terlampir" in text
    assert "Instansi 59" in text


def test_an_assignment_letter_names_its_people() -> None:
    assignment = next(each for each in shipped_wordings() if each.kind == "assignment")
    person = {
        "name": "Contoh Orang",
        "nip": "198001012010011001",
        "rank": "Penata",
        "post": "Analis",
        "task": "Pengajar",
    }
    letter = drafted(wording=assignment, persons=[person] * 12, addressees=None)
    text = text_of(acts.draw_letter(letter))
    for part in ("SURAT TUGAS", "MENUGASKAN", "Contoh Orang", "19800101 201001 1 001", "Ditetapkan di Pontianak"):
        assert part in text


def test_the_docx_says_the_same() -> None:
    letter = issued()
    paper = docx.Document(io.BytesIO(acts.letter_docx(letter)))
    said = "\n".join([*(line.text for line in paper.paragraphs), *(c.text for t in paper.tables for c in t._cells)])
    for part in (letter.number, "Kepala A", "Contoh Pejabat", "Dinas Contoh"):
        assert part in said
    assert not any(ord(char) == 0x200B for char in said)


def test_labels_in_the_docx_stand_beside_their_values_in_programs_that_read_the_grid() -> None:
    """LibreOffice divides a table into even halves when only its cells have a width."""
    table = docx.Document(io.BytesIO(acts.letter_docx(issued()))).tables[0]
    label, value = [column.width for column in table.columns]
    assert label is not None
    assert value is not None
    assert label * 3 < value


def test_the_docx_is_sent_as_what_it_is() -> None:
    letter = issued()
    client = client_of(make_user(Role.ORGANISER, letter.organisation))
    sent = client.get(f"/surat/naskah/{letter.code}/docx/")
    assert sent["Content-Type"] == DOCX_TYPE
    assert ".docx" in sent["Content-Disposition"]


@pytest.mark.parametrize(
    ("form", "printed"),
    [(SigningForm.PLT, "Plt. Kepala Dinas"), (SigningForm.PLH, "Plh. Kepala Dinas"), (SigningForm.AN, "a.n. Bupati")],
)
def test_the_right_by_which_somebody_signs_is_printed(form: str, printed: str) -> None:
    office = organisation()
    signs = signatory(office, form=form, post="Kepala Dinas", on_behalf="Bupati" if form == SigningForm.AN else "")
    assert printed in text_of(acts.draw_letter(drafted(office, signatory=signs)))


def test_letterhead_and_signatory_must_hold_on_the_day_of_the_letter() -> None:
    office = organisation()
    letter = drafted(office)
    end_dated(row=letter.signatory, last_day=LETTER_DAY - timedelta(days=1), actor=SYSTEM)
    letter.refresh_from_db()
    with pytest.raises(Conflict, match="does not sign on that day"):
        acts.number_letter(letter=letter, dated=LETTER_DAY, number="1", actor=SYSTEM)
    end_dated(row=letter.signatory, last_day=None, actor=SYSTEM)
    for head in office.letterheads.all():
        end_dated(row=head, last_day=DAY, actor=SYSTEM)
    letter = Letter.objects.get(pk=letter.pk)
    with pytest.raises(Conflict, match="no letterhead"):
        acts.number_letter(letter=letter, dated=LETTER_DAY, number="1", actor=SYSTEM)
    assert Letter.objects.get().is_draft


def test_a_slip_in_the_year_is_caught_before_the_letter_is_frozen() -> None:
    letter = drafted(organisation())
    with pytest.raises(Conflict, match="Look at the year"):
        acts.number_letter(letter=letter, dated=clock.today() + timedelta(days=93), number="1", actor=SYSTEM)
    assert Letter.objects.get().is_draft


def test_the_newest_letterhead_in_force_and_the_one_for_its_paper_win() -> None:
    office = organisation()
    letterhead(office, lines="Lama")
    letterhead(office, lines="Baru", valid_from=date(2026, 1, 1))
    letterhead(office, lines="Undangan", paper="invitation", valid_from=date(2025, 1, 1))
    letterhead(office, lines="Besok", valid_from=date(2199, 1, 1))
    letter = acts.number_letter(letter=drafted(office), dated=LETTER_DAY, number="1", actor=SYSTEM)
    assert letter.content["head"]["lines"] == ["Undangan"]


def test_an_emblem_is_printed_and_stays_with_old_letters() -> None:
    office = organisation()
    letterhead(office, emblem=png())
    letter = issued(office)
    assert letter.content["head"]["emblem"].endswith(".png")
    before = acts.draw_letter(letter)
    letterhead(office, emblem=png(9, 9), valid_from=date(2026, 11, 13))
    assert acts.draw_letter(letter) == before
    assert letter.file is not None
    assert read_bytes(letter.file) == before


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", png()[:40], b"\xff\xd8\xff" + b"0" * 90, png(3001, 1), png() + b"0" * 1_048_576]
)
def test_a_picture_that_cannot_be_printed_is_refused(content: bytes) -> None:
    with pytest.raises(Conflict):
        picture_kind(content)


def test_a_number_is_given_once() -> None:
    office = organisation()
    first = issued(office)
    second = drafted(office)
    with pytest.raises(Conflict, match="already has this number"):
        acts.issue_letter(letter=second, dated=LETTER_DAY, number=first.number, actor=SYSTEM)
    acts.void_letter(letter=first, reason="salah alamat", actor=SYSTEM)
    with pytest.raises(Conflict, match="Type the number"):
        acts.issue_letter(letter=second, dated=LETTER_DAY, number="  ", actor=SYSTEM)
    # Typed by mistake and voided, the number belongs to the letter that really bears it.
    assert acts.issue_letter(letter=second, dated=LETTER_DAY, number=first.number, actor=SYSTEM).is_issued


def test_an_issued_letter_never_changes() -> None:
    letter = issued()
    with pytest.raises(Conflict):
        acts.change_letter(letter=letter, blocks={}, signatory=letter.signatory, version=letter.version, actor=SYSTEM)
    with pytest.raises(Conflict):
        acts.drop_letter(letter=letter, actor=SYSTEM)
    with pytest.raises(Conflict):
        acts.number_letter(letter=letter, dated=LETTER_DAY, number="2", actor=SYSTEM)
    with pytest.raises(Conflict):
        acts.freeze_letter(letter=letter, pdf=b"%PDF-other", actor=SYSTEM)
    assert acts.freeze_letter(letter=letter, pdf=acts.draw_letter(letter), actor=SYSTEM).sha256 == letter.sha256


def test_a_draft_is_changed_and_two_tabs_are_told() -> None:
    letter = drafted()
    blocks = {**letter.content["blocks"], "subject": "Undangan {gelombang}"}
    version = letter.version
    acts.change_letter(letter=letter, blocks=blocks, signatory=letter.signatory, version=version, actor=SYSTEM)
    assert Letter.objects.get().title == "Undangan {gelombang}"
    with pytest.raises(Conflict, match="newer version"):
        acts.change_letter(letter=letter, blocks=blocks, signatory=letter.signatory, version=version, actor=SYSTEM)
    with pytest.raises(Conflict, match="is empty"):
        acts.change_letter(letter=letter, blocks={}, signatory=letter.signatory, version=letter.version, actor=SYSTEM)
    with pytest.raises(Unprintable):
        acts.change_letter(
            letter=letter,
            blocks={**blocks, "closing": "中文"},
            signatory=letter.signatory,
            version=version + 1,
            actor=SYSTEM,
        )
    acts.drop_letter(letter=letter, actor=SYSTEM)
    assert not Letter.objects.exists()


def test_voiding_needs_a_reason_and_keeps_everything() -> None:
    letter = issued()
    with pytest.raises(Conflict, match="Say why"):
        acts.void_letter(letter=letter, reason=" ", actor=SYSTEM)
    acts.void_letter(letter=letter, reason="salah tanggal", actor=SYSTEM)
    assert (letter.state, letter.void_reason) == (LetterState.VOIDED, "salah tanggal")
    assert letter.file is not None
    with pytest.raises(Conflict):
        acts.void_letter(letter=letter, reason="lagi", actor=SYSTEM)


def test_the_scan_of_the_signed_copy() -> None:
    letter = issued()
    with pytest.raises(Conflict, match="not a PDF"):
        acts.keep_scan(letter=letter, content=b"MZ", actor=SYSTEM)
    with pytest.raises(Conflict, match="larger"):
        acts.keep_scan(letter=letter, content=b"%PDF-" + b"0" * acts.LARGEST_SCAN, actor=SYSTEM)
    acts.keep_scan(letter=letter, content=b"%PDF-1.7 signed", actor=SYSTEM)
    assert letter.scan is not None
    assert letter.scan.name == "005-1-DINAS-2026-ttd.pdf"
    with pytest.raises(Conflict, match="Only an issued"):
        acts.keep_scan(letter=drafted(), content=b"%PDF-1.7", actor=SYSTEM)


# -- blocks of numbers --------------------------------------------------------------------------------


def block(letter: Letter, **values: object) -> NumberBlock:
    start = {"pattern": "000/{seq}/D/{year}", "first": 7, "last": 8, "handed_on": LETTER_DAY}
    return receive_block(organisation=letter.organisation, actor=SYSTEM, **{**start, **values})  # type: ignore[arg-type]


def test_numbers_of_a_block_are_taken_in_order_until_none_is_left() -> None:
    office = organisation()
    handed = block(drafted(office))
    taken = [acts.issue_letter(letter=drafted(office), dated=LETTER_DAY, block=handed, actor=SYSTEM) for _ in range(2)]
    assert [letter.number for letter in taken] == ["000/7/D/2026", "000/8/D/2026"]
    handed.refresh_from_db()
    assert (handed.unused, handed.next_text) == (0, "")
    with pytest.raises(Conflict, match="no number left"):
        acts.issue_letter(letter=drafted(office), dated=LETTER_DAY, block=handed, actor=SYSTEM)


def test_a_refused_letter_gives_the_number_back() -> None:
    office = organisation()
    handed = block(drafted(office))
    acts.issue_letter(letter=drafted(office), dated=LETTER_DAY, number="000/7/D/2026", actor=SYSTEM)
    with pytest.raises(Conflict):
        acts.issue_letter(letter=drafted(office), dated=LETTER_DAY, block=handed, actor=SYSTEM)
    handed.refresh_from_db()
    assert handed.next_seq == 7


def test_a_closed_block_gives_nothing_and_can_be_opened_again() -> None:
    letter = drafted()
    handed = block(letter)
    close_block(block=handed, actor=SYSTEM)
    with pytest.raises(Conflict, match="closed"):
        acts.number_letter(letter=letter, dated=LETTER_DAY, block=handed, actor=SYSTEM)
    close_block(block=handed, closed=False, actor=SYSTEM)
    assert acts.number_letter(letter=letter, dated=LETTER_DAY, block=handed, actor=SYSTEM).is_numbered


@pytest.mark.parametrize(
    "values",
    [
        {"pattern": "000/D"},
        {"pattern": "{seq}{seq}"},
        {"pattern": "{x}"},
        {"first": 9},
        {"last": 9_999_999},
        {"last": 7},
    ],
)
def test_an_impossible_block_is_refused(values: dict[str, object]) -> None:
    letter = drafted()
    block(letter, first=7, last=7) if values == {"last": 7} else None
    with pytest.raises(Conflict):
        block(letter, **values)


# -- who may ------------------------------------------------------------------------------------------


def test_another_agency_may_do_nothing() -> None:
    letter = drafted()
    stranger = organiser(organisation())
    with pytest.raises(NotAllowed):
        acts.number_letter(letter=letter, dated=LETTER_DAY, number="1", actor=stranger)
    with pytest.raises(NotAllowed):
        acts.drop_letter(letter=letter, actor=stranger)
    with pytest.raises(NotAllowed):
        receive_block(organisation=letter.organisation, pattern="{seq}", first=1, last=2, handed_on=DAY, actor=stranger)
    assert not Letter.objects.visible_to(stranger).exists()
    reader = Actor(ActorKind.USER, "user:i", grants=(Grant(Role.INSPECTOR, letter.organisation.path),))
    assert Letter.objects.visible_to(reader).get() == letter
    with pytest.raises(NotAllowed):
        acts.drop_letter(letter=letter, actor=reader)
