from __future__ import annotations

import hashlib
from datetime import date

import pytest

from enggang.core.actor import ANONYMOUS, SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.documents.domain.documents import draft_document, freeze_document, render_document, void_document
from enggang.documents.domain.registers import reserve_numbers
from enggang.documents.models import Document
from enggang.documents.queries.soundness import changed_papers, mismatched_numbers, registers_with_gaps
from enggang.documents.rendering.typography import Unprintable
from enggang.files.domain.storing import read_bytes
from enggang.files.models import StoredFile
from tests.documents.factories import DAY, draft, number, organiser, paper
from tests.places.factories import organisation

pytestmark = pytest.mark.django_db


def frozen(document: Document | None = None) -> Document:
    document = document or draft()
    return freeze_document(document=document, pdf=render_document(document), actor=SYSTEM)


def assert_sound() -> None:
    assert [*registers_with_gaps(), *mismatched_numbers(), *changed_papers()] == []


def test_a_draft_keeps_what_will_be_printed_in_one_canonical_form() -> None:
    document = draft(holder={"name": "  Siti   Nurhaliza "})
    assert bytes(document.data).startswith(b'{"curriculum":[{"jp":2,"subject":"Kebijakan')
    assert document.content["holder"]["name"] == "Siti Nurhaliza"
    assert (document.state, document.template, document.issued_on) == ("reserved", "certificate/2", date(2022, 11, 11))
    assert document.specimen
    assert_sound()


def test_a_draft_that_speaks_of_another_number_or_hides_a_specimen_is_refused() -> None:
    taken = number()
    for data, specimen in ((paper(), True), (paper(number=taken.text), False)):
        with pytest.raises(ValueError, match="another number"):
            draft_document(number=taken, kind="certificate", data=data, specimen=specimen, actor=SYSTEM)
    assert not Document.objects.exists()


def test_a_name_that_cannot_be_printed_is_refused_before_anything_is_written() -> None:
    taken = number()
    with pytest.raises(Unprintable, match="陳"):
        draft(taken, holder={"name": "Tan 陳"})
    assert not Document.objects.exists()


def test_one_number_is_for_one_paper() -> None:
    document = draft()
    with pytest.raises(Exception, match=r"(?i)unique"):
        draft(document.number)


def test_freezing_keeps_the_paper_and_its_hash_and_uses_the_number() -> None:
    document = draft()
    pdf = render_document(document)
    frozen(document)
    document.refresh_from_db()
    assert document.is_frozen
    assert document.sha256 == hashlib.sha256(pdf).hexdigest()
    assert document.file is not None
    assert document.file.name == "800-0001-DISPORAPAR-XI-2022.pdf"
    assert read_bytes(document.file) == pdf
    assert document.number.state == "used"
    assert_sound()


def test_a_retried_job_draws_the_same_bytes_and_freezing_twice_changes_nothing() -> None:
    document = draft()
    stale = Document.objects.get(pk=document.pk)  # what a second worker still has in hand
    frozen(document)
    before = StoredFile.objects.get()
    assert freeze_document(document=stale, pdf=render_document(stale), actor=SYSTEM).is_frozen
    assert StoredFile.objects.get() == before
    assert_sound()


def test_an_issued_paper_is_never_replaced() -> None:
    document = frozen()
    with pytest.raises(Conflict, match="already been issued"):
        freeze_document(document=document, pdf=b"%PDF another", actor=SYSTEM)
    assert document.file is not None
    assert hashlib.sha256(read_bytes(document.file)).hexdigest() == document.sha256
    assert_sound()


def test_a_voided_paper_keeps_its_file_and_its_number_is_never_used_again() -> None:
    document = frozen()
    void_document(document=document, reason="Salah nama", actor=SYSTEM)
    assert (document.state, document.void_reason, document.number.state) == ("voided", "Salah nama", "voided")
    assert document.file is not None
    taken = reserve_numbers(register=document.number.register, count=1, on=DAY, actor=SYSTEM)[0]
    assert taken.text == "800/0002/DISPORAPAR/XI/2022"
    assert_sound()


def test_a_paper_can_be_voided_before_it_was_drawn_and_is_then_not_drawn() -> None:
    document = draft()
    stale = Document.objects.get(pk=document.pk)
    void_document(document=document, reason="Batal", actor=SYSTEM)
    with pytest.raises(Conflict):
        frozen(stale)
    assert not StoredFile.objects.exists()
    assert_sound()


def test_voiding_needs_a_reason_and_happens_once() -> None:
    document = frozen()
    with pytest.raises(Conflict, match="Say why"):
        void_document(document=document, reason=" ", actor=SYSTEM)
    void_document(document=document, reason="Salah nama", actor=SYSTEM)
    with pytest.raises(Conflict):
        void_document(document=document, reason="Lagi", actor=SYSTEM)
    document.refresh_from_db()
    assert document.void_reason == "Salah nama"


def test_strangers_neither_see_nor_touch_papers() -> None:
    document = draft()
    pdf = render_document(document)
    for stranger in (ANONYMOUS, organiser(organisation("Dinas Lain"))):
        assert not Document.objects.visible_to(stranger).exists()
        with pytest.raises(NotAllowed):
            freeze_document(document=document, pdf=pdf, actor=stranger)
        with pytest.raises(NotAllowed):
            void_document(document=document, reason="x", actor=stranger)
    document.refresh_from_db()
    assert document.state == "reserved"
    assert list(Document.objects.visible_to(organiser(document.organisation))) == [document]


def test_the_audit_trail_names_no_person() -> None:
    from enggang.audit.models import AuditEntry

    frozen()
    trail = str([entry.details for entry in AuditEntry.objects.all()])
    assert "Syarif" not in trail
    assert "198609262015051001" not in trail
