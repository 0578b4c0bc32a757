"""A visitor answers on a phone, also on a bad line; a volunteer asks one after the other; the office sees the result."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.events.domain.reference import load_reference
from enggang.events.models import Edition, ImpactResult, SurveyAnswer
from enggang.places.models import Organisation
from tests.events.factories import make_event
from tests.events.stalling import running_edition
from tests.events.surveying import DAY, answered
from tests.stories.conftest import Picture, Visit
from tests.stories.test_at_the_desk import signed_in
from tests.training.factories import client_of, make_agency, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def festival() -> tuple[Organisation, Edition]:
    load_reference(actor=SYSTEM)
    agency = make_agency("Dinas Pariwisata Mempawah")
    return agency, running_edition(agency, event=make_event(agency, "Festival Pesisir"))


def good(page: Page) -> None:
    expect(page.locator(".messages .alert--good").first).to_be_visible()


def opened(page: Page, edition: Edition, picture: Picture) -> None:
    """From the edition's tab: begun, opened, and a line of the sample plan."""
    page.goto(f"/acara/edisi/{edition.code}/")
    page.click(".tabs a:has-text('Dampak')")
    page.click("text=Mulai survei pengunjung")
    page.click("main .form__actions .btn--primary")
    good(page)
    page.click("button[name=to][value=open]")
    good(page)
    page.click("text=Tambah hari dan tempat")
    page.fill("input[name=place]", "Gerbang timur")
    page.fill("input[name=day]", str(edition.starts_on))
    page.click("main .form__actions .btn--primary")
    good(page)
    picture(page, "impact-survey")


def fills(phone: Page, *, bed: str = "250000", days: str = "2") -> None:
    phone.select_option("select[name=origin]", value="MY")
    phone.check("input[name=reason][value=event]")
    phone.fill("input[name=days]", days)
    expect(phone.locator("input[name=nights]")).to_be_hidden()
    phone.check("input[name=stay][value=night]")
    phone.fill("input[name=nights]", "2")
    phone.locator("input[name=bed_price]").press_sequentially(bed)
    expect(phone.locator("input[name=bed_price]")).to_have_value("250.000")
    phone.locator("input[name=daily_spend]").press_sequentially("175000")
    phone.check("input[name=satisfaction][value='5']")


def answers(phone: Page, edition: Edition, picture: Picture) -> None:
    """The line breaks when it is sent; the answer waits on the phone and goes by itself."""
    phone.goto(f"/acara/{edition.code}/survei/")
    picture(phone, "impact-answer")
    fills(phone)
    phone.context.set_offline(True)
    phone.click("#survei .btn--primary")
    expect(phone.locator("[data-word]")).to_contain_text("disimpan di HP ini")
    assert not SurveyAnswer.objects.exists()
    with phone.expect_navigation():
        phone.context.set_offline(False)
    expect(phone.locator("h1")).to_have_text("Terima kasih")
    row = SurveyAnswer.objects.get()
    assert (row.origin, row.nights, row.bed_price, row.daily_spend) == ("MY", 2, 250_000, 175_000)
    assert phone.evaluate("localStorage.length") == 0


def asks(page: Page, volunteer: Page, edition: Edition, picture: Picture) -> None:
    """Two visitors without a line, one who does not want to; both answers arrive once the line is back."""
    page.goto(f"/acara/edisi/{edition.code}/survei/")
    page.click("text=Buat alamat untuk pewawancara")
    address = page.locator(".copy__text").inner_text()
    volunteer.goto("/acara/tanya/" + address.split("/tanya/")[1])
    volunteer.click("text=Gerbang timur")
    volunteer.click("text=Tidak mau menjawab")
    good(volunteer)
    picture(volunteer, "impact-ask")
    volunteer.context.set_offline(True)
    for number in (1, 2):
        fills(volunteer)
        volunteer.click("#tanya .btn--primary")
        expect(volunteer.locator("[data-word]")).to_contain_text(f"{number} jawaban")
        expect(volunteer.locator("input[name=days]")).to_have_value("")
    with volunteer.expect_navigation():
        volunteer.context.set_offline(False)
    expect(volunteer.locator("main")).to_contain_text("2 dari 30 sudah menjawab, 1 menolak")
    assert [row.day for row in SurveyAnswer.objects.filter(via="asked")] == [edition.starts_on] * 2


def assumed(page: Page, edition: Edition) -> None:
    page.goto(f"/acara/edisi/{edition.code}/dampak/")
    page.click("text=Ubah asumsi")
    page.select_option("select[name=base]", value="entered")
    for name, value in (("visitors", "1000"), ("low", "900"), ("high", "1100"), ("source", "Taksiran panitia")):
        page.fill(f"input[name={name}]", value)
    page.click("main .form__actions .btn--primary")
    good(page)


def test_visitors_answer_and_the_office_sees_the_impact(
    visit: Visit, live_server: LiveServer, picture: Picture
) -> None:
    agency, edition = festival()
    page, phone, volunteer = visit(), visit(width=360), visit(width=360)
    signed_in(page, client_of(make_user(Role.ORGANISER, agency)), live_server)
    opened(page, edition, picture)
    answers(phone, edition, picture)
    asks(page, volunteer, edition, picture)
    survey = SurveyAnswer.objects.select_related("survey").earliest("pk").survey
    survey.edition = edition
    for number in range(27):
        answered(survey, **(DAY if number % 3 else {}))
    assumed(page, edition)
    expect(page.locator(".impact__headline")).to_contain_text("Rp")
    page.locator("summary", has_text="Cara menghitungnya").first.click()
    expect(page.locator("main")).to_contain_text("tidak dibagi hari lagi")
    picture(page, "impact-result")
    page.click("text=Tutup sebagai versi berikutnya")
    good(page)
    assert ImpactResult.objects.get().number == 1
    page.goto(f"/acara/edisi/{edition.code}/dampak/cetak/")
    expect(page.locator("h1")).to_contain_text("Dampak ekonomi")
    picture(page, "impact-print")


def test_without_scripts_a_visitor_still_answers(visit: Visit, live_server: LiveServer, picture: Picture) -> None:
    agency, edition = festival()
    page, phone = visit(), visit(width=360, language="en")
    signed_in(page, client_of(make_user(Role.ORGANISER, agency)), live_server)
    opened(page, edition, lambda _page, _name: None)
    phone.route("**/survey.js", lambda route: route.abort())
    phone.goto(f"/acara/{edition.code}/survei/")
    fills(phone)
    phone.fill("input[name=nights]", "0")
    phone.click("#survei .btn--primary")
    expect(phone.locator(".error-summary")).to_be_visible()
    expect(phone.locator("input[name=bed_price]")).to_have_value("250.000")
    phone.fill("input[name=nights]", "1")
    phone.click("#survei .btn--primary")
    expect(phone.locator("h1")).to_have_text("Thank you")
    assert SurveyAnswer.objects.get().nights == 1
