from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.files.storage import default_storage

from enggang.core.actor import SYSTEM
from enggang.core.registries import document_kinds, invariants
from enggang.documents.domain.attaching import attach_signature
from enggang.documents.domain.documents import freeze_document, render_document
from enggang.documents.domain.signing import Validity, add_signing_key, sign_with_key
from enggang.documents.models import Document, Number, RegisterYear, Signature
from enggang.documents.queries.soundness import (
    changed_papers,
    changed_signed_papers,
    check_drawing,
    mismatched_numbers,
    registers_with_gaps,
)
from tests.documents.factories import draft, number, pages

pytestmark = pytest.mark.django_db


def test_a_missing_number_is_found() -> None:
    row = number().register
    second = number(row)
    number(row)
    second.delete()
    assert registers_with_gaps() == [f"documents: register {row.pk}, year 2022: counter 3, rows (1, 3, 2)"]


def test_a_counter_that_ran_ahead_of_its_numbers_is_found() -> None:
    row = number().register
    RegisterYear.objects.update(next_seq=5)
    assert registers_with_gaps() == [f"documents: register {row.pk}, year 2022: counter 4, rows (1, 1, 1)"]
    Number.objects.all().delete()
    assert registers_with_gaps() == [f"documents: register {row.pk}, year 2022: counter 4, no rows"]


def test_a_number_that_disagrees_with_its_paper_is_found() -> None:
    document = draft()
    Number.objects.update(state="used")
    assert mismatched_numbers() == [
        f"documents: document {document.code} is reserved, its number 800/0001/DISPORAPAR/XI/2022 used"
    ]
    Document.objects.all().delete()
    assert mismatched_numbers() == ["documents: number 800/0001/DISPORAPAR/XI/2022 is used by no document"]


def test_a_paper_changed_on_disk_is_found() -> None:
    document = draft()
    freeze_document(document=document, pdf=render_document(document), actor=SYSTEM)
    assert changed_papers() == []
    assert document.file is not None
    with default_storage.open(str(document.file.content.name), "wb") as handle:
        handle.write(b"%PDF forged")
    assert changed_papers() == [f"documents: the paper of {document.code} is not what was frozen"]


def test_a_signed_file_changed_on_disk_or_in_its_row_is_found() -> None:
    document = draft()
    freeze_document(document=document, pdf=render_document(document), actor=SYSTEM)
    first = Validity(datetime(2020, 1, 1, tzinfo=UTC).date())
    method = add_signing_key(organisation=document.organisation, name="Segel", validity=first, actor=SYSTEM)
    signed = sign_with_key(render_document(document), method=method)
    signature = attach_signature(document=document, signed=signed, method=method, actor=SYSTEM)
    assert changed_signed_papers() == []
    wrong = [f"documents: the signed file of {document.code} is not what was attached"]
    Signature.objects.update(sha256="0" * 64)
    assert changed_signed_papers() == wrong
    Signature.objects.update(sha256=signature.sha256)
    with default_storage.open(str(signature.file.content.name), "wb") as handle:
        handle.write(signed[:-1])
    assert (changed_signed_papers(), changed_papers()) == (wrong, [])


def test_doctor_and_registries_know_this_engine() -> None:
    kind = document_kinds["certificate"]
    kind.check(kind.sample())
    assert {"documents.gaps", "documents.numbers", "documents.papers", "documents.signed"} <= {
        name for name, _entry in invariants.items()
    }
    assert check_drawing()[0]


def test_a_preview_of_a_kind_needs_only_its_sample() -> None:
    from enggang.documents.kinds import DRAWINGS

    kind = document_kinds["certificate"]
    assert pages(DRAWINGS["certificate"].draw(kind.sample(), kind.template, b"")) == 2
