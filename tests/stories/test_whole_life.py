"""The whole life of a wave of «Pelatihan ASN Kreatif»: from the call for nominations to the activity report.

Eighty people on the demonstration data, on days when they have no other training. What would only repeat one gesture
eighty times is done by the same acts that the screens call; every kind of step is pressed in the browser at least once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from enggang.access.enums import Role
from enggang.core.management.commands import doctor
from enggang.demo.content import lay_down_programme
from enggang.demo.letters import lay_down_letters
from enggang.places.models import Organisation
from enggang.training.enums import Phase
from enggang.training.models import Registration, Wave
from tests.stories.conftest import Clock, Picture, Visit
from tests.stories.life import classroom, closing, crowd, in_report, letters, seats
from tests.stories.people import account, settle_the_province, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

ABSENT, PLANS, OPINIONS = 4, 12, 40
Worker = Callable[[], int]


def test_from_the_call_for_nominations_to_the_activity_report(
    visit: Visit, live_server: LiveServer, worker: Worker, picture: Picture, settings: Settings, later: Clock
) -> None:
    settings.PUBLIC_URL, settings.DEMO = live_server.url, True
    settle_the_province()
    lay_down_programme()
    lay_down_letters()
    worker()
    agency = Organisation.objects.get(key="kalbar/disporapar")
    account("Penyelenggara Contoh", "organiser@contoh.id", Role.ORGANISER, agency)
    organiser, phone = visit(), visit(width=360)
    sign_in(organiser, "organiser@contoh.id")

    wave = seats.plan_the_wave(organiser, picture)
    call = seats.call_on_agencies(organiser, wave)
    seats.nominate_by_link(organiser, phone, call, picture)
    seats.give_the_seats(organiser, call, worker, picture)
    rows = participants(wave)
    assert len(rows) == seats.PEOPLE

    letters.invite_by_letter(organiser, phone, wave, picture)
    letters.receive_letters(organiser, wave, rows, picture)
    own_page = letters.confirm_names(organiser, phone, wave, rows, picture)
    classroom.name_the_instructors(organiser, wave, picture)
    classroom.write_the_tests(organiser, wave, picture)
    work = classroom.give_a_work(organiser, wave, picture)
    closing.start_the_budget(organiser, wave, picture)

    attend(organiser, phone, own_page, wave, rows, later, picture)
    classroom.hand_in_and_grade(organiser, phone, own_page, work, picture)
    classroom.ask_for_opinions(organiser, wave, picture)
    classroom.say_an_opinion(phone, own_page, picture)
    crowd.give_opinions(wave, rows[1:OPINIONS])
    classroom.close_the_opinions(organiser, wave)

    likely, ill = seats.PEOPLE - ABSENT, rows[-ABSENT - 1]
    closing.print_certificates(organiser, wave, likely, worker, picture)
    classroom.go_to(later, wave, 2, time(17))
    sessions = list(wave.sessions.select_related("occasion__subject").order_by("day", "begins"))
    classroom.attend_by_the_list(organiser, sessions[-1], [], ill, picture)
    closing.hand_out_certificates(organiser, wave, likely - 1, worker, picture)
    closing.hold_back(organiser, wave, ill)
    recap = closing.pay_and_travel(organiser, wave, picture)
    closing.plan_what_changes(phone, visit(width=360), own_page, rows[0], picture)
    crowd.plan_changes(rows[1:PLANS], wave.ends_on + timedelta(days=60))
    version = closing.write_the_report(organiser, wave, worker, picture)
    in_report.holds_what_the_database_says(version, Wave.objects.with_names().get(pk=wave.pk))
    in_report.recap_holds_the_fees(recap, wave)
    assert [finding for finding in doctor.examine(invariants=True) if not finding.ok] == []


def participants(wave: Wave) -> list[Registration]:
    rows = wave.registrations.seated().with_names().select_related("wave__organisation", "agency__subject")
    return list(rows.order_by("pk"))


def attend(
    page: Page, phone: Page, own_page: str, wave: Wave, rows: list[Registration], later: Clock, picture: Picture
) -> None:
    """The first half day by the list on the screen, the next four by the machine's file; the last one comes later."""
    sessions = list(wave.sessions.select_related("occasion__subject").order_by("day", "begins"))
    away = rows[-ABSENT:]
    classroom.go_to(later, wave, 0, time(8, 20))
    classroom.take_the_test(phone, own_page, rows[1:], Phase.PRE, picture)
    classroom.attend_by_the_list(page, sessions[0], away, rows[-ABSENT - 1], picture)
    classroom.go_to(later, wave, 2, time(12, 5))
    classroom.attend_by_the_machine(page, sessions[1:5], [row for row in rows if row not in away], picture)
    classroom.open_test(page, wave, 1)
    classroom.take_the_test(phone, own_page, rows[1:], Phase.POST, picture)
