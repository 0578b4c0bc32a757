"""What goes wrong for people on a bad line, in a real browser: a sentence in their language, and nothing typed is lost."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from enggang.access.enums import Role
from enggang.access.models import CapabilityLink
from enggang.accounts.models import User
from enggang.attendance.domain import open_gate
from enggang.attendance.models import Mark, Scan
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.people.models import Person
from enggang.seats.domain.offers import PoolSpec
from enggang.seats.models import Offer, Pool
from enggang.training.domain.registrations import hand_out_page
from enggang.training.models import Registration, Wave
from tests.attendance.factories import make_occasion, make_pass
from tests.stories.conftest import Visit
from tests.stories.people import account, sign_in
from tests.stories.test_offline_gate import open_app, scan
from tests.training.factories import make_agency, make_person, make_wave, seat

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGES = ["id", "en"]
NAME = "#nama details input[name=printed_name]"
HOURS = 3_600_000  # milliseconds
# What the page is told of the time: the phone's own clock, set wrong.
WRONG_CLOCK = """(() => {
  const right = Date.now.bind(Date);
  Date.now = () => right() + Number(localStorage.getItem("wrong") ?? %d);
})()"""


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    cache.clear()


@pytest.fixture
def wave() -> Wave:
    return make_wave(make_agency(), PoolSpec("Terbuka", 1), registration_closes=clock.now() + timedelta(hours=1))


def at_the_form(visit: Visit, wave: Wave, person: Person, language: str = "id") -> Page:
    """Somebody who has filled in the public form and has not pressed yet."""
    page = visit(language=language, width=360)
    page.goto(f"/pelatihan/daftar/{wave.code}/")
    page.fill("input[name=nip]", person.nip)
    page.fill("input[name=name]", person.name)
    return page


def press(page: Page) -> None:
    page.click("#daftar .form__actions button")


def says(page: Page, language: str, *, id: str, en: str) -> None:  # noqa: A002 -- the language's own code
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("main")).to_contain_text(id if language == "id" else en)


def still_typed(page: Page, person: Person) -> None:
    expect(page.locator("input[name=nip]")).to_have_value(person.nip)
    expect(page.locator("input[name=name]")).to_have_value(person.name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_window_closes_while_somebody_types(visit: Visit, wave: Wave, language: str) -> None:
    person = make_person(wave.organisation, "Siti Aminah")
    page = at_the_form(visit, wave, person, language)
    Offer.objects.update(closes_at=clock.now() - timedelta(minutes=1))
    press(page)
    says(page, language, id="Pendaftaran sudah ditutup pada", en="Registration closed on")
    still_typed(page, person)
    assert not Registration.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_seat_goes_while_somebody_types(visit: Visit, wave: Wave, language: str) -> None:
    page = at_the_form(visit, wave, make_person(wave.organisation, "Siti Aminah"), language)
    seat(wave, make_person(wave.organisation))
    press(page)
    says(page, language, id="Di daftar tunggu, urutan ke-1", en="On the waiting list, at place 1")
    assert Pool.objects.get().taken == 1


def test_pressing_twice_sends_once(visit: Visit, wave: Wave) -> None:
    page = at_the_form(visit, wave, make_person(wave.organisation, "Siti Aminah"))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.dblclick("#daftar .form__actions button")
    page.wait_for_url("**/pelatihan/kursi/**")
    assert len(sent) == 1
    assert (Registration.objects.count(), Pool.objects.get().taken) == (1, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_going_back_and_sending_again_takes_no_second_seat(visit: Visit, wave: Wave, language: str) -> None:
    person = make_person(wave.organisation, "Siti Aminah")
    page = at_the_form(visit, wave, person, language)
    press(page)
    page.wait_for_url("**/pelatihan/kursi/**")
    page.go_back()
    page.fill("input[name=nip]", person.nip)
    page.fill("input[name=name]", person.name)
    press(page)
    says(page, language, id="Sudah terdaftar", en="Already registered")
    still_typed(page, person)
    assert (Registration.objects.count(), Pool.objects.get().taken) == (1, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_that_ends_while_it_is_open_says_where_to_get_another(
    visit: Visit, wave: Wave, language: str
) -> None:
    row = seat(wave, make_person(wave.organisation, "Siti Aminah"))
    token = hand_out_page(registration=row, actor=SYSTEM)
    page = visit(language=language, width=360)
    page.goto(f"/pelatihan/kursi/{token}/")
    page.click("#nama details summary")
    page.fill(NAME, "Siti Aminah, S.Sos.")
    CapabilityLink.objects.update(expires_at=clock.now() - timedelta(minutes=1))
    page.press(NAME, "Enter")
    says(page, language, id="Alamat ini sudah berakhir", en="This address has ended")
    expect(page.locator("main")).to_contain_text("Siti Aminah, S.Sos.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_of_two_tabs_is_told_and_keeps_its_text(visit: Visit, wave: Wave, language: str) -> None:
    user = account("Penyelenggara", "organiser@example.test", Role.ORGANISER, wave.organisation)
    User.objects.filter(pk=user.pk).update(language=language)
    first = visit(language=language)
    sign_in(first, "organiser@example.test")
    address = f"/pelatihan/gelombang/{wave.code}/ubah/"
    first.goto(address)
    second = first.context.new_page()
    second.goto(address)
    for tab, name in ((first, "Tab pertama"), (second, "Tab kedua")):
        tab.fill("input[name=name]", name)
        tab.click("main .form__actions button.btn--primary")
        tab.wait_for_load_state()
    says(second, language, id="Ada yang telah menyimpan versi lebih baru", en="Somebody saved a newer version")
    expect(second.locator("input[name=name]")).to_have_value("Tab kedua")
    assert Wave.objects.get().name == "Tab pertama"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_connection_lost_in_mid_form_is_told_and_the_form_is_sent_afterwards(
    visit: Visit, wave: Wave, language: str
) -> None:
    person = make_person(wave.organisation, "Siti Aminah")
    page = at_the_form(visit, wave, person, language)
    page.context.set_offline(True)
    press(page)
    words = {"id": "Sambungan terputus", "en": "The connection is lost"}
    expect(page.locator("#offline")).to_contain_text(words[language])
    still_typed(page, person)
    assert not Registration.objects.exists()
    page.context.set_offline(False)
    expect(page.locator("#offline")).to_be_hidden()
    press(page)
    page.wait_for_url("**/pelatihan/kursi/**")
    assert Registration.objects.count() == 1


def test_a_line_that_breaks_while_it_is_sent_loses_nothing_typed(visit: Visit, wave: Wave) -> None:
    """The phone believes it is connected; what it sends never arrives."""
    person = make_person(wave.organisation, "Siti Aminah")
    page = at_the_form(visit, wave, person)
    address = page.url
    page.route(
        "**/*", lambda route: route.abort("connectionreset") if route.request.method == "POST" else route.continue_()
    )
    press(page)
    page.wait_for_timeout(300)
    page.unroute_all()
    if page.url != address:
        page.go_back()
        page.wait_for_load_state()
    still_typed(page, person)
    press(page)
    page.wait_for_url("**/pelatihan/kursi/**")
    assert Registration.objects.count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_whose_clock_is_wrong_marks_at_the_right_time(
    visit: Visit, live_server: LiveServer, settings: Settings, language: str
) -> None:
    """Three hours ahead from the start, it marks at the time of the server; set while it has no signal, it is told."""
    settings.PUBLIC_URL = live_server.url
    start = clock.now() - timedelta(hours=1)
    occasion = make_occasion(starts_at=start, ends_at=start + timedelta(hours=4))
    first, second = make_pass(occasion, "Dayang Kumala"), make_pass(occasion, "Petrus Anyim")
    _gate, token = open_gate(
        group=occasion.group, organisation=occasion.organisation, name="Pintu", hours=4, actor=SYSTEM
    )
    phone = open_app(visit, f"/hadir/app/{token}/", language=language, script=WRONG_CLOCK % (3 * HOURS))
    before = clock.now()
    assert scan(phone, first.code) == ("accepted", "")
    mark = brought_home(1)
    assert before - timedelta(seconds=2) <= mark.at <= clock.now()
    told = Scan.objects.get()
    assert abs(told.device_time - mark.at - timedelta(hours=3)) < timedelta(seconds=5)

    phone.context.set_offline(True)
    phone.evaluate(f"localStorage.setItem('wrong', {3 * HOURS + 20 * 60_000})")  # twenty minutes further on
    assert scan(phone, second.code) == ("accepted", "")
    phone.context.set_offline(False)
    phone.click("#sync-now")
    words = {"id": "Jam ponsel berubah", "en": "The phone's clock was changed"}
    expect(phone.locator("#conflicts li[data-reason=clock]")).to_contain_text(words[language])
    assert Mark.objects.count() == 2


def brought_home(count: int) -> Mark:
    """The newest of so many marks, once the phone has brought them: what it shows meanwhile may be of a moment ago."""
    end = time.monotonic() + 15
    while Mark.objects.count() < count:
        assert time.monotonic() < end, "the phone has brought nothing"
        time.sleep(0.05)
    return Mark.objects.latest("pk")
