"""Nominating from a pasted list: rows as people copy them; what is not taken stays in the box with its reason."""

from __future__ import annotations

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.training.domain import nominations as acts
from enggang.training.enums import CallState
from enggang.training.forms.nominations import MOST_PASTED
from enggang.training.models import CallAgency, Nomination
from enggang.training.queries.nominations import in_order, nomination_lines
from enggang.training.queries.pasted_staff import judge_staff
from tests.training.factories import client_of, make_agency, make_person, make_user
from tests.training.nominations.test_calls import link_client, make_call, names, nominate

pytestmark = pytest.mark.django_db


def paste(client: Client, address: str, *lines: str) -> HttpResponse:
    return client.post(address, {"do": "tempel", "nips": "\n".join(lines)})  # type: ignore[return-value]


def left(answer: HttpResponse) -> str:
    return str(answer.context["paste"]["nips"].value())  # type: ignore[attr-defined]


def why(answer: HttpResponse) -> list[tuple[int, str]]:
    return [(line.pasted.number, str(line.kind)) for line in answer.context["left_lines"]]  # type: ignore[attr-defined]


def test_rows_as_people_copy_them_are_taken() -> None:
    call, invited, agency = make_call(quota=9)
    ani, budi, citra, dewi, eko = (make_person(agency, name) for name in ("Ani", "Budi", "Citra", "Dewi", "Eko"))
    client, address = link_client(invited)
    answer = paste(
        client, address, "No\tNama\tNIP\tUnit", ani.nip, f"2\tBudi\t{budi.nip}\tBidang Pariwisata",
        f"3. Citra, S.Sos {citra.spaced_nip}", "", f"'{dewi.nip}", "Eko", f"NIP. {eko.nip}",
    )  # fmt: skip
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert names(call) == ["Ani", "Budi", "Citra", "Dewi", "Eko"]
    assert client.get(address).context["paste"]["nips"].value() is None


def test_every_line_that_is_not_taken_stays_with_its_own_reason() -> None:
    call, invited, agency = make_call(quota=9)
    ani, there = make_person(agency, "Ani"), nominate(invited, "Budi")[0].person
    stranger = make_person(make_agency("Dinas Lain"), "Orang Lain")
    named = make_person(agency, "Dayang Kumala")
    client, address = link_client(invited)
    lines = [
        f"1\tAni\t{ani.nip}", "2\tCitra\t1,98001E+17", "3\tDewi\t1980010120100", "198001012010011999",
        f"5\tOrang Lain\t{stranger.nip}", "Eko", f"7\tBudi\t{there.nip}", f"8\tAni\t{ani.nip}", f"Petrus Anyim {named.nip}",
    ]  # fmt: skip
    answer = paste(client, address, *lines)
    assert answer.status_code == 422
    assert why(answer) == [
        (2, "lost"), (3, "not_nip"), (4, "not_staff"), (5, "not_staff"), (6, "not_nip"), (7, "nominated"),
        (8, "twice"), (9, "other_name"),
    ]  # fmt: skip
    assert left(answer) == "\n".join(lines[1:])
    assert names(call) == ["Budi", "Ani"]
    page = answer.content.decode()
    assert all(str(line.why) and line.kind.label for line in answer.context["left_lines"])  # type: ignore[attr-defined]
    assert "1 orang diusulkan" in page
    assert "Dinas Lain" not in page  # a link without an account tells nothing of other agencies' staff
    again = paste(client, address, *lines)  # the button pressed twice
    assert left(again) == "\n".join(lines)
    assert Nomination.objects.count() == 2


def test_of_sixty_lines_with_fifteen_wrong_ones_nothing_is_lost() -> None:
    call, invited, agency = make_call(quota=60)
    wrong = [f"{number}\tSalah {number}\t19800101201001{number}" for number in range(15)]
    good = [make_person(agency, f"Pegawai {number:02d}") for number in range(45)]
    lines = [f"{person.name}\t{person.nip}\tBidang" for person in good]
    for number, line in enumerate(wrong):
        lines.insert(number * 4, line)
    client, address = link_client(invited)
    answer = paste(client, address, *lines)
    assert (answer.status_code, left(answer).split("\n")) == (422, wrong)
    assert [number for number, _kind in why(answer)] == [number * 4 + 1 for number in range(15)]
    assert names(call) == [person.name for person in good]


def test_who_comes_after_the_quota_is_taken_and_flagged() -> None:
    call, invited, agency = make_call(quota=1)
    people = [make_person(agency, name) for name in ("Ani", "Budi")]
    client, address = link_client(invited)
    assert paste(client, address, *(person.nip for person in people)).status_code == 302
    assert [line.over for line in nomination_lines(call, in_order(call))] == [False, True]


def test_a_call_that_closes_meanwhile_keeps_the_paste_on_the_page() -> None:
    call, invited, agency = make_call()
    person = make_person(agency, "Ani")
    acts.move_call(call=call, to=CallState.CLOSED, actor=SYSTEM)
    line = f"1\tAni\t{person.nip}"
    answer = paste(client_of(make_user(Role.COORDINATOR, agency)), f"/pelatihan/usulan/instansi/{invited.code}/", line)
    assert (answer.status_code, why(answer), left(answer)) == (422, [(1, "refused")], line)
    assert f"{line}</textarea>" in answer.content.decode()
    assert not Nomination.objects.exists()


@pytest.mark.parametrize(
    "text",
    ["", "  \n ", "No\tNama\tNIP", "\n".join(["198001012010011001"] * (MOST_PASTED + 1)), "9" * 100_001],
)
def test_an_empty_or_endless_paste_is_refused_and_kept(text: str) -> None:
    _call, invited, _agency = make_call()
    answer = paste(*link_client(invited), text)
    assert (answer.status_code, left(answer)) == (422, text)
    assert not Nomination.objects.exists()


def test_three_lines_are_judged_with_the_questions_of_one() -> None:
    call, invited, agency = make_call()
    text = "\n".join(make_person(agency).nip for _ in range(3))
    row = CallAgency.objects.with_names().get(pk=invited.pk)
    for asked in (text[:18], text):
        with CaptureQueriesContext(connection) as found:
            assert all(line.is_good for line in judge_staff(row.agency, asked, call))
        assert len(found) == 2
