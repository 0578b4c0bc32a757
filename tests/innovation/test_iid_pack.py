"""The index of the region term by term, the letter of the research board, the pack, and the KIPP proposal."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from enggang.access.enums import Role
from enggang.core import jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.models import Job
from enggang.files.models import StoredFile
from enggang.innovation.domain import evidence as vault
from enggang.innovation.domain import submissions as acts
from enggang.innovation.domain.guide import load_guide
from enggang.innovation.domain.packing import pack_submission
from enggang.innovation.domain.region import enter_board_letter, set_region_point
from enggang.innovation.enums import Moment
from enggang.innovation.models import (
    BoardLetter,
    GuideYear,
    Innovation,
    Submission,
)
from enggang.innovation.papers.kipp import kipp_data, kipp_docx, kipp_pdf
from enggang.innovation.queries.profile import profile_of
from enggang.innovation.queries.region import region_index
from tests.innovation.entering import (
    MANDATORY,
    Desks,
    adopted,
    fresh,
    make_affair,
    make_entry,
    proposals,
    prove,
    through,
)
from tests.innovation.factories import read
from tests.training.factories import make_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
PDF = b"%PDF-1.7\n%%EOF"


# -- the region -------------------------------------------------------------------------------------------


def test_the_region_is_reckoned_term_by_term_without_a_word_for_it(desks: Desks, entry: Submission) -> None:
    prove(entry, *MANDATORY, parameter=3)
    set_region_point(
        organisation=desks.province, year=2026, code="spd-9", points=Decimal(3), source="LHE 2025", actor=SYSTEM
    )
    found = region_index(desks.province, 2026)
    assert (found.entered.region, found.entered.total, found.entered.divided_by) == (Decimal(3), 42, 12)
    assert found.entered.index == Decimal("2.60")  # (3 + 42 / 12 + 0) / 250
    assert found.validated.total == 0
    assert found.letter is None
    assert found.to_next == (Decimal("37.41"), "Inovatif")
    through(desks, fresh(entry))
    assert region_index(desks.province, 2026).validated.total == 42


def test_basic_services_are_counted_by_their_affairs(desks: Desks) -> None:
    for name in ("Pendidikan", "Kesehatan"):
        make_entry(desks, adopted(desks, name, affair=make_affair(name, "basic")))
    make_entry(desks, adopted(desks, "Wisata"))
    assert region_index(desks.province, 2026).entered.basic_covered == 2


@pytest.mark.parametrize(("on", "why"), [(date(2026, 2, 1), "too_new"), (date(2023, 12, 31), "too_old")])
def test_what_was_adopted_outside_the_days_of_the_guide_is_shown_but_not_counted(
    desks: Desks, on: date, why: str
) -> None:
    entry = make_entry(desks, adopted(desks, on=on))
    found = region_index(desks.province, 2026)
    assert (found.entered.number, [reason for _sheet, reason in found.left_out]) == (0, [why])
    acts.set_submission(submission=entry, board=desks.board, renewal="Diperbarui 2025", version=1, actor=SYSTEM)
    assert region_index(desks.province, 2026).entered.number == (1 if why == "too_old" else 0)


@pytest.mark.parametrize(
    ("code", "points", "source"), [("99", 1, "LHE"), ("spd-9", 1, " "), ("spd-9", 64, "LHE"), ("16", 1, "LHE")]
)
def test_points_of_the_region_that_cannot_be(desks: Desks, code: str, points: int, source: str) -> None:
    load_guide(actor=SYSTEM)
    with pytest.raises(Conflict):
        set_region_point(
            organisation=desks.province, year=2026, code=code, points=Decimal(points), source=source, actor=SYSTEM
        )


def letter(desks: Desks, **more: Any) -> BoardLetter:
    given = {
        "year": 2026, "number": "400.10/12/BRIDA", "dated_on": date(2026, 11, 1), "index": Decimal("58.20"), "content": PDF,
        "name": "surat.pdf", "predicate": "Inovatif", "rank": 12, "actor": SYSTEM, **more,
    }  # fmt: skip
    return enter_board_letter(organisation=desks.province, **given)


def test_a_letter_of_the_board_is_replaced_and_never_lost(desks: Desks) -> None:
    letter(desks)
    letter(desks, index=Decimal("59.00"))
    found = region_index(desks.province, 2026).letter
    assert found is not None
    assert found.index == Decimal("59.00")
    assert BoardLetter.objects.count() == 2


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"index": Decimal("100.01")}, ValidationError), ({"number": " "}, ValidationError), ({"rank": 0}, ValidationError),
        ({"content": b"no"}, Conflict), ({"dated_on": date(2026, 12, 1)}, Conflict),
    ],
)  # fmt: skip
def test_letters_that_cannot_be(desks: Desks, more: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        letter(desks, **more)
    assert not BoardLetter.objects.exists()
    assert not StoredFile.objects.exists()


def test_region_and_letter_are_for_organisers(desks: Desks) -> None:
    load_guide(actor=SYSTEM)
    clerk = make_actor(Role.COORDINATOR, desks.province)
    with pytest.raises(NotAllowed):
        letter(desks, actor=clerk)
    with pytest.raises(NotAllowed):
        set_region_point(
            organisation=desks.province, year=2026, code="spd-9", points=Decimal(1), source="LHE", actor=clerk
        )


# -- the pack ---------------------------------------------------------------------------------------------


def opened(job: Job) -> tuple[list[str], dict[str, bytes]]:
    jobs.run_pending()
    done = Job.objects.get(pk=job.pk)
    assert done.result, done.error
    with done.result.open("rb") as kept, zipfile.ZipFile(kept) as package:
        return package.namelist(), {name: package.read(name) for name in package.namelist()}


def sheet_in(content: bytes, title: str) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(content))[title].iter_rows(values_only=True))


def test_no_pack_while_the_system_holds_something_undecided_for_a_mandatory_indicator(entry: Submission) -> None:
    with pytest.raises(Conflict, match="32"):
        pack_submission(submission=entry, actor=SYSTEM)


def test_the_pack_has_no_empty_mandatory_field_that_the_system_could_have_filled(
    desks: Desks, entry: Submission
) -> None:
    prove(entry, "16", "17", "33", "35", parameter=2)
    stages = proposals(entry)[0]
    vault.accept_proposal(submission=entry, proposal=stages, codes=["32"], actor=SYSTEM)
    acts.choose_parameter(submission=entry, code="32", parameter=3, actor=SYSTEM)
    paper = vault.bring_file(innovation=entry.innovation, title="SK tim", content=PDF, name="sk.pdf", actor=SYSTEM)
    vault.use_evidence(submission=entry, code="16", evidence=paper, actor=SYSTEM)
    vault.use_evidence(submission=entry, code="17", evidence=paper, actor=SYSTEM)
    names, content = opened(pack_submission(submission=entry, actor=desks.actor("writer")))
    assert {"00-INDEKS.xlsx", "01-PROFIL.txt", "02-PROPOSAL-KIPP.docx"} <= set(names)
    assert sum(name.endswith("SK tim.pdf") for name in names) == 2  # one file, in the folder of each indicator
    (extract,) = [name for name in names if name.startswith("32 ")]
    assert content[extract].startswith(b"%PDF")
    empty = [row for row in sheet_in(content["00-INDEKS.xlsx"], "Profil")[1:] if row[2] == "ya" or row[2] is True]
    lacking = {row[0] for row in sheet_in(content["00-INDEKS.xlsx"], "Yang masih kurang")[1:]}
    assert lacking == {"Asta Cita", "Program prioritas"}  # typed by people: the record has no place for them
    assert empty == [] or {row[0] for row in empty if "(kosong)" in str(row[1])} == lacking
    indicators = sheet_in(content["00-INDEKS.xlsx"], "Indikator")[1:]
    assert {row[0] for row in indicators if row[7]} >= set(MANDATORY)
    assert "Rancang bangun" in content["01-PROFIL.txt"].decode()


def test_a_damaged_file_keeps_no_other_back_and_is_told(entry: Submission) -> None:
    prove(entry, *MANDATORY)
    paper = vault.bring_file(innovation=entry.innovation, title="Rusak", content=PDF, name="a.pdf", actor=SYSTEM)
    vault.use_evidence(submission=entry, code="16", evidence=paper, actor=SYSTEM)
    stored = StoredFile.objects.get()
    stored.content.storage.delete(str(stored.content.name))
    names, content = opened(pack_submission(submission=entry, actor=SYSTEM))
    assert not any("Rusak" in name for name in names)
    told = [row for row in sheet_in(content["00-INDEKS.xlsx"], "Indikator") if row[7] == "Rusak"]
    assert told[0][8] == "(tidak terbaca)"


def test_the_kipp_proposal_is_drawn_from_the_same_record(entry: Submission) -> None:
    prove(entry, "31", parameter=2)
    data = kipp_data(entry)
    titles = [section["title"] for section in data["sections"]]
    assert "Evaluasi sebelum dan sesudah (20%)" in titles
    parts = {section["title"]: section["parts"] for section in data["sections"]}
    assert parts["Kebaruan"][1]["text"].startswith("kata")
    assert parts["Dapat dipindahkan atau direplikasi (15%)"][1]["rows"][0]["cells"][0] == "Replikasi"
    assert parts["Berkelanjutan (15%)"][1]["kind"] == "missing"
    assert kipp_pdf(entry).startswith(b"%PDF")
    assert kipp_docx(entry).startswith(b"PK")


def test_what_the_trial_measured_fills_the_result_and_stands_in_the_proposal(desks: Desks) -> None:
    entry = make_entry(desks, adopted(desks, results=""))
    (field,) = (each for each in profile_of(entry) if each.field.code == "hasil")
    assert field.text == ""  # a baseline alone is no result
    read(entry.innovation.measures.get(), Moment.AFTER, "15.5")
    (field,) = (each for each in profile_of(entry) if each.field.code == "hasil")
    assert field.text.startswith("Lama antre (menit): 120 (")
    assert " menjadi 15,5 (" in field.text
    parts = [part for section in kipp_data(entry)["sections"] for part in section["parts"] if part["key"] == "measured"]
    assert parts[0]["rows"][0]["cells"][1].startswith("120 (")


def test_a_bare_innovation_still_makes_a_proposal_that_says_what_is_missing(desks: Desks) -> None:
    bare: dict[str, Any] = {
        "kind": "",
        "form": "",
        "affair": None,
        "aims": "",
        "benefits": "",
        "results": "",
        "design": "",
    }
    entry = make_entry(desks, adopted(desks, **bare))
    kinds = {part["kind"] for section in kipp_data(entry)["sections"] for part in section["parts"]}
    assert "missing" in kinds
    assert kipp_pdf(entry).startswith(b"%PDF")
    assert Innovation.objects.count() == 1
    assert GuideYear.objects.filter(year=2026).count() == 1
