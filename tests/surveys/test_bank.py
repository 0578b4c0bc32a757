from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed, Refused
from enggang.surveys.bodies import read_body
from enggang.surveys.domain.bank import add_question, archive_question, change_question, restore_question
from enggang.surveys.models import Question
from tests.surveys.factories import make_open_test, make_question
from tests.training.factories import client_of, make_actor, make_agency, make_user

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
NEW = read_body("single", "*Baru\nLama")


def change(question: Question, text: str = "Lain?", version: int | None = None, **more: Any) -> Question:
    fresh = Question.objects.with_current().get(pk=question.pk)
    return change_question(
        question=fresh, version=version or fresh.version, topic="Fotografi", kind="single", text=text, body=NEW,
        actor=SYSTEM, **more,
    )  # fmt: skip


def test_a_question_is_changed_in_place_until_it_was_asked_and_by_a_new_version_after() -> None:
    agency = make_agency()
    question = make_question(agency)
    assert change(question).current.number == 1  # type: ignore[union-attr]
    test = make_open_test(agency, questions=[question])
    changed = change(question, "Ketiga?")
    assert changed.current is not None
    assert changed.current.number == 2
    asked = test.items.get().version
    assert asked is not None
    assert (asked.number, asked.text) == (1, "Lain?")


def test_a_draft_follows_the_bank_until_it_is_opened() -> None:
    agency = make_agency()
    question = make_question(agency)
    assert question.test_items.count() == 0
    from enggang.surveys.domain.tests import make_test, open_test

    test = make_test(organisation=agency, title="T", questions=[question], actor=SYSTEM)
    change(question, "Sudah diperbaiki?")
    open_test(test=test, actor=SYSTEM)
    assert str(test.items.get().version) == "Sudah diperbaiki?"


def test_two_tabs_do_not_write_over_each_other() -> None:
    question = make_question(make_agency())
    change(question, version=1)
    with pytest.raises(Conflict):
        change(question, version=1)


@pytest.mark.parametrize("picture", [b"GIF89a", b"<svg/>", PNG + b"0" * 2 * 1024 * 1024])
def test_a_picture_is_what_its_bytes_say_and_not_too_large(picture: bytes) -> None:
    with pytest.raises(Refused):
        make_question(make_agency(), picture=picture)


def test_a_question_that_is_put_away_comes_back() -> None:
    question = make_question(make_agency())
    archive_question(question=question, actor=SYSTEM)
    assert not Question.objects.in_use().exists()
    restore_question(question=question, actor=SYSTEM)
    assert Question.objects.in_use().exists()


def test_what_is_put_away_is_found_where_the_message_says() -> None:
    agency = make_agency()
    question, client = make_question(agency), client_of(make_user(Role.ORGANISER, agency))
    told = client.post(reverse("surveys:question_step", args=[question.code, "simpan"]), follow=True).text
    label = re.search(r'<label[^>]*for="id_arsip"[^>]*>\s*([^<]+?)\s*<', client.get("/uji/soal/").text)
    assert label is not None
    assert f"“{label[1]}”" in told
    assert question.current.text in client.get("/uji/soal/?arsip=on").text  # type: ignore[union-attr]


def test_only_whoever_keeps_the_bank_writes_into_it() -> None:
    agency, other = make_agency(), make_agency("Lain")
    facts = {"organisation": agency, "topic": "T", "kind": "single", "text": "x", "body": NEW}
    for actor in (make_actor(Role.COORDINATOR, agency), make_actor(Role.ORGANISER, other)):
        with pytest.raises(NotAllowed):
            add_question(actor=actor, **facts)  # type: ignore[arg-type]
    assert add_question(actor=make_actor(Role.INSTRUCTOR, agency), **facts)  # type: ignore[arg-type]


def test_the_screen_writes_keeps_what_was_typed_and_shows_the_picture() -> None:
    agency = make_agency()
    client = client_of(make_user(Role.ORGANISER, agency))
    data = {"organisation": agency.pk, "topic": "Cahaya", "kind": "single", "text": "Apa?", "answers": "A\nB"}
    refused = client.post("/uji/soal/baru/", data)
    assert refused.status_code == 422
    assert "A\nB" in refused.content.decode().replace("\r", "")
    data["answers"] = "*A\nB"
    file = SimpleUploadedFile("x.png", PNG)
    assert client.post("/uji/soal/baru/", {**data, "picture": file}).status_code == 302
    question = Question.objects.with_current().get()
    shown = client.get(f"/uji/soal/{question.code}/gambar/")
    assert (shown.content, shown["Content-Type"]) == (PNG, "image/png")
    page = client.get(f"/uji/soal/{question.code}/")
    assert page.context["form"].initial["answers"] == "*A\nB"
    for number in range(40):
        make_question(agency, text=f"Soal {number}")
    assert len(client.get("/uji/soal/?page=1").context["page_obj"]) == 30
    assert client.get("/uji/soal/?topik=999999999999999999999&kata=%00&page=x").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_bank_asks_the_database_as_often_for_many_as_for_one(rows: int, django_assert_num_queries: object) -> None:
    agency = make_agency()
    for number in range(rows):
        make_question(agency, text=f"Soal {number}")
    client = client_of(make_user(Role.ORGANISER, agency))
    client.get("/uji/soal/")
    with django_assert_num_queries(6):  # type: ignore[operator]
        client.get("/uji/soal/")
