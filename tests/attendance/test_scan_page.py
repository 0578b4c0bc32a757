from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.attendance.domain import cancel_occasion, revoke_pass
from enggang.attendance.models import Mark, Occasion
from enggang.attendance.tokens import token_of
from enggang.core import clock
from enggang.core.actor import SYSTEM
from tests.attendance.factories import MORNING, make_occasion, make_organisation, make_pass, signed_in

pytestmark = pytest.mark.django_db


def scan(client: Client, occasion: Occasion, text: str, **headers: str) -> Any:
    return client.post(reverse("attendance:scan", args=[occasion.code]), {"token": text}, headers=headers)


def test_whatever_the_scanner_types_marks_the_holder() -> None:
    occasion = make_occasion()
    client = signed_in(Role.INSTRUCTOR, occasion.organisation)
    shapes = ["https://enggang.example/hadir/p/{token}/", "{token}", " {token}\n", "{code}", "{spaced}"]
    for shape in shapes:
        held = make_pass(occasion, name=f"Peserta {shape[:5]}")
        spaced = f"{held.code[:4].lower()}-{held.code[4:8].lower()} {held.code[8:].lower()}"
        text = shape.format(token=token_of(held), code=held.code, spaced=spaced)
        with clock.frozen_at(MORNING):
            page = scan(client, occasion, text).content.decode()
        assert "answer--good" in page, shape
        assert "Recorded at 08.00" in page
    assert Mark.objects.filter(status="present", method="qr").count() == len(shapes)


def test_the_open_page_gets_the_answer_alone() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    client = signed_in(Role.INSTRUCTOR, occasion.organisation)
    page = scan(client, occasion, token_of(held), **{"X-Part": "answer"}).content.decode()
    assert "<html" not in page
    assert all(word in page for word in ("answer--good", "Siti Rahmawati", "1 of 1 present"))
    assert "answer--warn" in scan(client, occasion, token_of(held), **{"X-Part": "answer"}).content.decode()
    assert Mark.objects.count() == 1


def test_what_is_no_valid_pass_of_this_group_is_refused_and_marks_nobody() -> None:
    occasion = make_occasion()
    beside, elsewhere = make_occasion(occasion.organisation), make_occasion()
    held, revoked, foreign = make_pass(occasion), make_pass(occasion), make_pass(beside)
    stranger = make_pass(elsewhere, name="Orang Sana")
    revoke_pass(holder=revoked.holder, group=occasion.group, actor=SYSTEM)
    client = signed_in(Role.ORGANISER, occasion.organisation)
    kid, _, signature = token_of(held).split(".")
    cases = {
        "": "no pass of ours",
        "x" * 600: "no pass of ours",
        "\x00": "no pass of ours",
        f"{kid}.{foreign.code}.{signature}": "no pass of ours",
        foreign.code: "no pass of ours",
        token_of(foreign): "has no pass for",
        token_of(stranger): "no pass of ours",
        token_of(revoked): "has been revoked",
        revoked.code: "has been revoked",
    }
    for text, sentence in cases.items():
        page = scan(client, occasion, text).content.decode()
        assert "answer--bad" in page
        assert sentence in page, text
        assert "Orang Sana" not in page
    cancel_occasion(occasion=occasion, actor=SYSTEM)
    assert "is cancelled" in scan(client, occasion, token_of(held), **{"X-Part": "answer"}).content.decode()
    assert not Mark.objects.exists()


def test_the_desk_of_another_agency_or_of_a_reader_is_not_found() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    assert Client().get(reverse("attendance:scan", args=[occasion.code]))["Location"].startswith("/akun/masuk/")
    assert scan(Client(), occasion, token_of(held))["Location"].startswith("/akun/masuk/")
    for client in [
        signed_in(Role.ORGANISER, make_organisation("Lain")),
        signed_in(Role.INSPECTOR, occasion.organisation),
        signed_in(Role.PARTICIPANT, occasion.organisation),
    ]:
        assert client.get(reverse("attendance:scan", args=[occasion.code])).status_code == 404
        assert scan(client, occasion, token_of(held)).status_code == 404
    assert not Mark.objects.exists()


def test_looking_at_the_desk_marks_nobody() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    client = signed_in(Role.ORGANISER, occasion.organisation)
    answer = client.get(reverse("attendance:scan", args=[occasion.code]), {"token": token_of(held)})
    assert answer.status_code == 200
    assert not Mark.objects.exists()


def test_a_post_without_the_csrf_token_is_refused() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    client = signed_in(Role.ORGANISER, occasion.organisation)
    client.handler.enforce_csrf_checks = True
    assert scan(client, occasion, token_of(held)).status_code == 403
    assert not Mark.objects.exists()
