from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from enggang.access.enums import Role
from enggang.core.acts import Refused
from enggang.people.roster.workbooks import workbook
from enggang.surveys.importing import HEADER, read_gift, read_workbook
from enggang.surveys.models import Question
from tests.training.factories import client_of, make_agency, make_user

GIFT = r"""// a comment
$CATEGORY: $course$/Cahaya

::Q1:: Apa fungsi ISO? {=Kepekaan\= cahaya #betul ~Bukaan ~Jarak}

Mana yang mengatur cahaya? {~%50%ISO ~%50%Diafragma ~%-100%Tali}

Tripod mengurangi goyangan.{TRUE}

Ibu kota Kalbar adalah {=Pontianak =Kota Pontianak}.

Jodohkan. {=ISO -> kepekaan =Rana -> waktu}

Ceritakan. {}

Berapa 2+2? {#4:0}

Tanpa jawaban
"""


@pytest.mark.once
def test_gift_is_read_kind_by_kind_and_what_cannot_come_in_is_named() -> None:
    reading = read_gift(GIFT, "Umum")
    assert [each.kind for each in reading.questions] == [
        "single",
        "multiple",
        "truefalse",
        "short",
        "matching",
        "short",
    ]
    assert {each.topic for each in reading.questions} == {"Cahaya"}
    first, gap = reading.questions[0], reading.questions[3]
    assert first.text == "Apa fungsi ISO?"
    assert first.body["options"][0] == {"id": 1, "text": "Kepekaan= cahaya", "right": True}
    assert gap.text == "Ibu kota Kalbar adalah _____ ."
    assert len(reading.rejected) == 2


@pytest.mark.once
def test_questions_without_an_empty_line_between_them_are_parted_by_their_titles_or_refused() -> None:
    titled = "::A:: Satu? {=ya ~tidak}\n::B:: Dua tidak ditutup {=ya ~tidak\n::C:: Tiga? {T}\n$CATEGORY: Lain\n::D:: Empat? {F}"
    reading = read_gift(titled, "Umum")
    assert [(each.topic, each.text) for each in reading.questions] == [
        ("Umum", "Satu?"), ("Umum", "Tiga?"), ("Lain", "Empat?"),
    ]  # fmt: skip
    assert [place for place, _why, _begins in reading.rejected] == ["baris 2"]
    bare = read_gift("Satu? {=ya ~tidak}\nDua? {=ya ~tidak}\n", "Umum")
    assert bare.questions == []
    assert "baris kosong" in bare.rejected[0][1]


@pytest.mark.once
@given(text=st.text("{}=~%#->:\\ab\n$ T", max_size=200))
def test_no_text_breaks_the_parser(text: str) -> None:
    reading = read_gift(text, "Umum")
    assert all(why for _place, why, _begins in reading.rejected)


@pytest.mark.once
def test_the_workbook_is_read_row_by_row_and_nonsense_is_refused() -> None:
    rows = [
        ("", "pilihan ganda", "A?", "b", "satu", "dua"), ("T", "Pilihan Ganda Kompleks", "B?", "1;2", "x", "y", "z"),
        ("", "benar-salah", "C", "salah"), ("", "isian singkat", "D", "rana|waktu"), ("", "esai", "E", ""),
        ("", "pilihan ganda", "F", "9", "a", "b"), ("", "menjodohkan", "G", "", "a = b", "c = d"),
    ]  # fmt: skip
    without = read_workbook(workbook("Soal", HEADER, rows), "")
    assert [each.text for each in without.questions] == ["B?"]
    reading = read_workbook(workbook("Soal", HEADER, rows), "Umum")
    assert [each.text for each in reading.questions] == ["A?", "B?", "C", "D", "G"]
    assert reading.questions[0].body["options"][1]["right"]
    assert len(reading.rejected) == 2
    for wrong in (b"", b"PK\x03\x04rusak", workbook("x", ["a"], [["b"]])):
        with pytest.raises(Refused):
            read_workbook(wrong, "Umum")


@pytest.mark.django_db
def test_the_screen_shows_takes_in_and_takes_back() -> None:
    agency = make_agency()
    client = client_of(make_user(Role.INSTRUCTOR, agency))
    data = {"organisation": agency.pk, "topic": "Umum"}
    assert client.post("/uji/impor/", data).status_code == 422
    template = client.get("/uji/impor/templat/").content
    shown = client.post("/uji/impor/", {**data, "file": SimpleUploadedFile("soal.xlsx", template)})
    assert len(shown.context["reading"].questions) == 5
    assert not Question.objects.exists()
    taken = client.post("/uji/impor/terima/", {"sealed": shown.context["sealed"]})
    assert Question.objects.in_use().count() == 5
    again = client.post("/uji/impor/terima/", {"sealed": shown.context["sealed"]})  # a second press, another tab
    assert (again.context["count"], Question.objects.count()) == (5, 5)
    assert client.post("/uji/impor/terima/", {"sealed": taken.context["sealed"]}).status_code == 404
    stranger = client_of(make_user(Role.ORGANISER, make_agency("Lain")))
    for address in ("terima", "batal"):
        assert stranger.post(f"/uji/impor/{address}/", {"sealed": taken.context["sealed"]}).status_code == 404
    assert client.post("/uji/impor/terima/", {"sealed": "x"}).status_code == 404
    client.post("/uji/impor/batal/", {"sealed": again.context["sealed"]})
    assert Question.objects.in_use().count() == 0
    client.post("/uji/impor/terima/", {"sealed": shown.context["sealed"]})  # and taken in once more after all
    assert (Question.objects.in_use().count(), Question.objects.count()) == (5, 5)


@pytest.mark.parametrize(
    ("kind", "key"),
    [("pilihan ganda", "9"), ("pilihan ganda", ""), ("pilihan ganda", "1,2"), ("pilihan ganda kompleks", "1,9")],
)
def test_a_key_that_names_no_option_comes_back_in_the_words_of_the_workbook(kind: str, key: str) -> None:
    rows = [["Foto", kind, "Apa?", key, "a", "b"], ["Foto", kind, "Mana?", "b", "a", "b"]]
    reading = read_workbook(workbook("Soal", HEADER, rows), "Umum")
    assert len(reading.questions) == 1
    [(_place, why, _begins)] = reading.rejected
    assert "Kunci" in why
    assert "GIFT" not in why
