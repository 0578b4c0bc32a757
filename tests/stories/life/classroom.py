"""The days of the wave: who teaches, tests before and after, attendance, a work, opinions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time, timedelta

from playwright.sync_api import Page, expect

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.surveys.bodies import read_body
from enggang.surveys.domain.bank import add_question
from enggang.surveys.domain.surveys import close_survey, open_survey
from enggang.training.enums import Phase
from enggang.training.models import Assignment, HandIn, Instructor, Registration, Session, Wave
from tests.stories.conftest import Clock, Picture
from tests.stories.life import crowd

QUESTIONS = (
    ("Apa yang paling menentukan suasana foto?", "*Cahaya\nLensa\nTripod"),
    ("Apa yang membuat latar menjadi kabur?", "*Bukaan besar\nISO tinggi\nTripod"),
    ("Mana yang harus ada sebelum wajah orang diunggah?", "*Izin\nTanda air\nFilter"),
    ("Berapa lama video pendek layanan sebaiknya?", "*Satu menit\nSatu jam\nSatu hari"),
)
WORK = "Video satu menit tentang layanan unit Anda (contoh)"


def go_to(later: Clock, wave: Wave, day: int, at: time) -> None:
    """The server's time goes on to an hour of one of the wave's days, from 0."""
    then = crowd.moment(wave.starts_on + timedelta(days=day), at, wave.time_zone)
    later["by"] += then - clock.now()


def name_the_instructors(page: Page, wave: Wave, picture: Picture) -> None:
    """Two from the pool, by turns."""
    pool = list(Instructor.objects.filter(organisation=wave.organisation, active=True).order_by("pk"))
    page.goto(f"/pelatihan/gelombang/{wave.code}/pengajar/")
    for place in range(wave.sessions.count()):
        line = page.locator("main .plain-list .line").nth(place)
        line.locator("select[name$='-0-person']").select_option(pool[place % 2].person.code)
        line.locator("button").click()
        expect(page.locator(".messages .alert--good")).to_be_visible()
    picture(page, "whole-life-instructors")
    assert wave.sessions.filter(instructor=None).count() == 0


def write_the_tests(page: Page, wave: Wave, picture: Picture) -> None:
    """One question by its form, the others alike; both tests prepared, the first one opened."""
    (text, answers), *others = QUESTIONS
    page.goto(f"/pelatihan/gelombang/{wave.code}/tes/")
    page.click("main a[href$='/soal/baru/']")
    if page.locator("select[name=organisation]").input_value() == "":
        page.select_option("select[name=organisation]", str(wave.organisation_id))
    page.fill("input[name=topic]", "Fotografi")
    page.select_option("select[name=kind]", "single")
    page.fill("textarea[name=text]", text)
    page.fill("textarea[name=answers]", answers)
    page.click("main .form__actions button.btn--primary")
    expect(page.locator(".messages .alert--good")).to_be_visible()
    for text, answers in others:
        body = read_body("single", answers, by_hand=False)
        facts = {"topic": "Fotografi", "kind": "single", "text": text, "body": body}
        add_question(organisation=wave.organisation, actor=SYSTEM, **facts)  # type: ignore[arg-type]
    page.goto(f"/pelatihan/gelombang/{wave.code}/tes/")
    page.locator("input[name=topics]").check()
    page.click("main .form__actions button.btn--primary")
    open_test(page, wave, 0)
    picture(page, "whole-life-tests")


def open_test(page: Page, wave: Wave, place: int) -> None:
    page.goto(f"/pelatihan/gelombang/{wave.code}/tes/")
    page.locator("main .split--even section").nth(place).locator("a.btn").click()
    page.click("form[action$='/langkah/buka/'] button")
    expect(page.locator(".messages .alert--good")).to_be_visible()
    page.goto(f"/pelatihan/gelombang/{wave.code}/tes/")


def take_the_test(phone: Page, address: str, others: Sequence[Registration], phase: Phase, picture: Picture) -> None:
    """The first participant on a phone, by their private page."""
    phone.goto(address)
    phone.click(f"#tes-{phase} form button")
    for place, (_text, answers) in enumerate(QUESTIONS):
        panel = phone.locator("fieldset", has_text=_text)
        wanted = answers.splitlines()[0].lstrip("*") if phase == Phase.POST or place == 0 else answers.splitlines()[1]
        panel.locator("label", has_text=wanted).click()
    picture(phone, f"whole-life-test-{phase}")
    phone.click("[data-hand-in]")
    phone.wait_for_url(re.compile(r"/kursi/|/k/"))
    crowd.sit(others, phase, right=1 if phase == Phase.PRE else 3)


def attend_by_the_list(
    page: Page, session: Session, away: Sequence[Registration], ill: Registration, picture: Picture
) -> None:
    """Everyone is filled in as present, then those who are not there."""
    page.goto(f"/hadir/{session.occasion.code}/")
    for row in away:
        page.click(f"label:has(input[name='status-{row.person.code}'][value=absent])")
    page.click(f"label:has(input[name='status-{ill.person.code}'][value=sick])")
    page.click("#list-fill")
    picture(page, "whole-life-attendance")
    page.click(".list-save button")
    expect(page.locator(".messages .alert--good")).to_be_visible()


def attend_by_the_machine(
    page: Page, sessions: Sequence[Session], rows: Sequence[Registration], picture: Picture
) -> None:
    """The list that the fingerprint machine wrote, for several sessions at once."""
    page.goto(f"/hadir/{sessions[0].occasion.code}/")
    page.click("main a[href$='/mesin/'], header a[href$='/mesin/'], a[href$='/mesin/']")
    page.set_input_files("input[name=file]", crowd.machine_file(sessions, rows))  # type: ignore[arg-type]
    page.click("main .form__actions button.btn--primary")
    page.wait_for_url(re.compile(r"/mesin/\w+/"))
    picture(page, "whole-life-machine")
    page.click("button[name=terapkan]")
    expect(page.locator(".messages .alert--good")).to_be_visible()


def give_a_work(page: Page, wave: Wave, picture: Picture) -> Assignment:
    """A rubric of two criteria and an assignment that wants a link."""
    page.goto(f"/pelatihan/gelombang/{wave.code}/tugas/")
    page.click("a[href$='/tugas/rubrik/']")
    page.fill("input[name=title]", "Rubrik video (contoh)")
    for place, title in enumerate(("Gagasan dan pesan", "Teknik")):
        page.fill(f"input[name=criteria-{place}-title]", title)
    page.click("main .form__actions button.btn--primary")
    page.wait_for_url(re.compile(r"/tugas/$"))
    page.fill("#baru input[name=title]", WORK)
    page.select_option("#baru select[name=kind]", "link")
    page.fill("#baru input[name=due_at]", f"{wave.ends_on}T16:00")
    page.select_option("#baru select[name=rubric]", label="Rubrik video (contoh)")
    picture(page, "whole-life-coursework")
    page.click("#baru .form__actions button")
    expect(page.locator(".messages .alert--good")).to_be_visible()
    return Assignment.objects.get(wave=wave, title=WORK)


def hand_in_and_grade(page: Page, phone: Page, address: str, work: Assignment, picture: Picture) -> None:
    phone.goto(address)
    phone.click("a[href$='/tugas/']")
    phone.click(f"a[href$='/tugas/{work.pk}/']")
    phone.fill("input[name=link]", "https://contoh.example/video")
    phone.click("#kumpulkan .form__actions button")
    expect(phone.locator(".messages .alert--good")).to_be_visible()
    row = HandIn.objects.get(assignment=work)
    page.goto(f"/pelatihan/gelombang/{work.wave.code}/tugas/{work.pk}/")
    page.click(f"main a[href$='/hasil-tugas/{row.code}/']")
    for group in page.locator("#nilai fieldset").all():
        group.locator("label").nth(2).click()
    page.fill("#nilai textarea[name=feedback]", "Gagasan jelas (contoh).")
    picture(page, "whole-life-grading")
    page.click("#nilai .form__actions button")
    expect(page.locator(".messages .alert--good")).to_be_visible()
    page.goto(f"/pelatihan/gelombang/{work.wave.code}/tugas/{work.pk}/")
    page.click("form[action$='/rilis/'] button")
    phone.reload()
    expect(phone.locator("#hasil")).to_be_visible()


def ask_for_opinions(page: Page, wave: Wave, picture: Picture) -> None:
    """Three ready instruments; one is opened on its page, the others alike."""
    address = f"/pelatihan/gelombang/{wave.code}/evaluasi/"
    for purpose in ("organiser", "material", "instructor"):
        page.goto(address)
        page.select_option("select[name=purpose]", purpose)
        page.click("main .form__actions button.btn--primary")
        expect(page.locator(".messages .alert--good")).to_be_visible()
    page.goto(address)
    page.locator("main a[href*='/survei/']").first.click()
    page.click("form[action$='/langkah/buka/'] button")
    expect(page.locator(".messages .alert--good")).to_be_visible()
    for row in wave.surveys.select_related("survey__organisation", "survey__subject").filter(survey__state="draft"):
        open_survey(survey=row.survey, actor=SYSTEM)


def close_the_opinions(page: Page, wave: Wave) -> None:
    """Closed, they are counted; one on its page, the others alike."""
    page.goto(f"/pelatihan/gelombang/{wave.code}/evaluasi/")
    page.locator("main a[href*='/survei/']").first.click()
    page.click("form[action$='/langkah/tutup/'] button")
    expect(page.locator(".messages .alert--good")).to_be_visible()
    for row in wave.surveys.select_related("survey__organisation", "survey__subject").filter(survey__state="open"):
        close_survey(survey=row.survey, actor=SYSTEM)


def say_an_opinion(phone: Page, address: str, picture: Picture) -> None:
    phone.goto(address)
    phone.locator("#evaluasi form button").first.click()
    for scale in phone.locator("fieldset .scale").all():
        scale.locator("label").last.click()
    picture(phone, "whole-life-opinion")
    phone.click("main .form__actions button")
    phone.goto(address)
    expect(phone.locator("#evaluasi .badge--good")).to_have_count(1)
