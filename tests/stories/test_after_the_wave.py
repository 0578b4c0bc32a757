"""A wave signed by pen and stamp is handed out; three months later its participants and superiors are asked by mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time, timedelta

import pytest
from playwright.sync_api import Page, expect

from enggang.access.enums import Role
from enggang.attendance.domain.marks import mark_list
from enggang.attendance.enums import Status
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.credentials.models import Award
from enggang.notices.models import Notice
from enggang.people.models import Employment
from enggang.seats.domain.offers import PoolSpec
from enggang.training.domain.evaluation import queue_follow_ups
from enggang.training.models import Registration, Wave, WaveSurvey
from tests.stories.conftest import Clock, Picture, Visit
from tests.stories.life.classroom import go_to
from tests.stories.people import account, sign_in
from tests.training.factories import make_agency, make_person, make_wave, seat

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, LEAST = 6, 5
Worker = Callable[[], int]


def wave_at_its_end() -> Wave:
    """Six were there in every session but the last; each has a superior with an address of their own, all outside."""
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", PEOPLE), sessions=3)
    for number in range(PEOPLE):
        person = make_person(agency, f"Peserta {number}", email=f"peserta{number}@kalbar.example")
        seat(wave, person)
        head = make_person(agency, f"Atasan {number}", email=f"atasan{number}@kalbar.example")
        Employment.objects.filter(person=person).update(superior=head)
    Registration.objects.update(name_confirmed_at=clock.now() + timedelta(seconds=1))
    mark(wave, 0, 2)
    account("Penyelenggara", "organiser@contoh.id", Role.ORGANISER, agency)
    return wave


def mark(wave: Wave, first: int, last: int) -> None:
    codes = [row.person.subject.code for row in wave.registrations.select_related("person__subject")]
    for session in list(wave.sessions.select_related("occasion").all())[first:last]:
        mark_list(occasion=session.occasion, statuses=dict.fromkeys(codes, Status.PRESENT), actor=SYSTEM)


def prepare_by_pen(page: Page, wave: Wave, worker: Worker, picture: Picture) -> None:
    page.goto(f"/pelatihan/gelombang/{wave.code}/penutupan/")
    form = page.locator("#siapkan")
    for name, value in (
        ("city", "Pontianak"),
        ("post", "Kepala Dinas (contoh)"),
        ("name", "Contoh Pejabat (SPESIMEN)"),
    ):
        if form.locator(f"input[name={name}]").count():
            form.locator(f"input[name={name}]").fill(value)
    form.locator("input[name=signed][value=wet]").check()
    form.locator(".form__actions button").click()
    page.wait_for_url(re.compile(r"/tugas/\w+/"))
    worker()
    page.reload()
    with page.expect_download() as found:
        page.locator("main a", has_text=re.compile("Unduh|Ambil")).first.click()
    assert found.value.suggested_filename.endswith(".pdf")
    picture(page, "wet-printed")


def hand_out(page: Page, wave: Wave, worker: Worker, picture: Picture) -> None:
    page.goto(f"/pelatihan/gelombang/{wave.code}/kelulusan/")
    page.click("form[action$='/putuskan/'] button")
    page.goto(f"/pelatihan/gelombang/{wave.code}/penutupan/")
    page.click("form[action$='/serahkan/'] button")
    page.wait_for_url(re.compile(r"/tugas/\w+/"))
    worker()
    page.goto(f"/pelatihan/gelombang/{wave.code}/penutupan/")
    picture(page, "wet-handed-out")


def answer(page: Page, address: str, step: int, picture: Picture | None = None) -> None:
    """One forgets a statement first: it is said which one, and what was chosen stays."""
    page.goto(address)
    names = list(dict.fromkeys(radio.get_attribute("name") for radio in page.locator("input[type=radio]").all()))
    for name in names[1:]:
        page.locator(f"input[name={name}]").nth(step).check()
    if picture:
        page.click("main form .form__actions button")
        expect(page.locator(".field--wrong")).to_have_count(1)
        expect(page.locator(f"input[name={names[1]}]").nth(step)).to_be_checked()
        picture(page, "follow-up-forgotten")
    page.locator(f"input[name={names[0]}]").nth(step).check()
    page.click("main form .form__actions button")
    expect(page.locator(".alert--good")).to_be_visible()


def asked(notice: Notice) -> str:
    return "/uji/" + notice.text.split("/uji/")[1].split()[0]


def test_papers_signed_by_pen_are_handed_out_and_superiors_answer_three_months_later(
    visit: Visit, worker: Worker, picture: Picture, later: Clock
) -> None:
    wave, organiser, phone = wave_at_its_end(), visit(), visit(width=360)
    sign_in(organiser, "organiser@contoh.id")
    prepare_by_pen(organiser, wave, worker, picture)
    code = Award.objects.filter(registration__wave=wave).order_by("pk")[0].verify_code
    phone.goto(f"/verify/{code}/")
    expect(phone.locator("main .alert--good, main .badge--good")).to_have_count(0)  # printed, not given to anybody yet
    go_to(later, wave, (wave.ends_on - wave.starts_on).days, time(18))
    mark(wave, 2, 3)
    hand_out(organiser, wave, worker, picture)
    awards = Award.objects.filter(registration__wave=wave)
    assert [(award.state, award.wet_signed) for award in awards] == [("issued", True)] * PEOPLE
    phone.goto(f"/verify/{code}/")
    picture(phone, "wet-verified")

    organiser.goto(f"/pelatihan/gelombang/{wave.code}/")
    organiser.click("form[action$='/langkah/selesai/'] button")
    later["by"] += timedelta(days=91)
    queue_follow_ups()
    worker()
    row = WaveSurvey.objects.select_related("survey").get(wave=wave, purpose="superior")
    mails = list(Notice.objects.filter(address__startswith="atasan").order_by("address"))
    assert len(mails) == PEOPLE
    screen = f"/pelatihan/gelombang/{wave.code}/evaluasi/"
    sign_in(organiser, "organiser@contoh.id")
    for number, mail in enumerate(mails, 1):
        answer(phone, asked(mail), 3 if number < LEAST else 0, picture if number == 1 else None)
        organiser.goto(screen)
        expect(organiser.locator("main table.table")).to_have_count(0)  # nothing is shown while it is open
    organiser.goto(f"/uji/survei/{row.survey.code}/")
    organiser.click("form[action$='/langkah/tutup/'] button")
    organiser.goto(screen)
    expect(organiser.locator("main table.table")).to_have_count(1)
    picture(organiser, "follow-up-results")


def test_a_list_is_downloaded_in_both_forms_without_loading_the_page_anew(visit: Visit) -> None:
    wave, organiser = wave_at_its_end(), visit()
    sign_in(organiser, "organiser@contoh.id")
    organiser.goto(f"/pelatihan/gelombang/{wave.code}/surat-tugas/")
    box = organiser.locator("main details:has(.export__form)")
    box.locator("summary").click()
    for form, ending in (("xlsx", ".xlsx"), ("csv", ".csv")):
        with organiser.expect_download() as found:
            box.locator(f"button[value={form}]").click()
        assert found.value.suggested_filename.endswith(ending)
        organiser.wait_for_timeout(1700)
