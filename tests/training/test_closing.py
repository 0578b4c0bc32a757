from __future__ import annotations

import io
from datetime import timedelta
from types import SimpleNamespace

import pytest
from pypdf import PdfReader

from enggang.access.enums import Role
from enggang.attendance.domain.marks import mark_list
from enggang.attendance.enums import Status
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.models import Job
from enggang.credentials.models import Award
from enggang.credentials.queries.verification import Verdict, verify
from enggang.documents.domain.letterheads import add_letterhead, add_signatory
from enggang.documents.enums import SigningForm as Right
from enggang.documents.models import Number
from enggang.documents.queries.soundness import mismatched_numbers, registers_with_gaps
from enggang.files.domain.storing import read_bytes
from enggang.notices.models import Notice
from enggang.seats.domain.offers import PoolSpec
from enggang.training.domain.certificates import Signing, issue_certificates
from enggang.training.domain.closing import (
    forecast,
    hand_out_certificates,
    hold_back_certificate,
    prepare_certificates,
    print_certificates,
)
from enggang.training.domain.completion import decide_outcomes, override_outcome
from enggang.training.domain.crediting import correct_jp
from enggang.training.domain.names import settle_name
from enggang.training.enums import Outcome
from enggang.training.models import Registration, Wave
from enggang.training.queries.forecast import Order, Stand
from enggang.training.views import closing
from tests.documents.factories import png
from tests.training.factories import (
    SIGNING,
    client_of,
    make_actor,
    make_agency,
    make_person,
    make_user,
    make_wave,
    seat,
)

pytestmark = pytest.mark.django_db


def wave_before_its_end(*names: str, present: int = 2, sessions: int = 3) -> Wave:
    """A wave whose first sessions are marked, its last not yet; every name is confirmed by its owner."""
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", len(names)), sessions=sessions)
    rows = [seat(wave, make_person(agency, name)) for name in names]
    Registration.objects.update(name_confirmed_at=clock.now() + timedelta(seconds=1))
    mark(wave, rows, range(present), Status.PRESENT)
    return wave


def mark(wave: Wave, rows: list[Registration], places: range, status: Status) -> None:
    codes = [row.person.subject.code for row in rows]
    for session in list(wave.sessions.all())[places.start : places.stop]:
        mark_list(occasion=session.occasion, statuses=dict.fromkeys(codes, status), actor=SYSTEM)


def prepare(wave: Wave, order: str = Order.NAME, signing: Signing = SIGNING) -> Job:
    likely = [each.registration for each in forecast(wave) if each.stand == Stand.LIKELY]
    return prepare_certificates(wave=wave, registrations=likely, signing=signing, order=order, actor=SYSTEM)


def printed(job: Job) -> list[str]:
    jobs.run_pending()
    job.refresh_from_db()
    with job.result.open("rb") as result:
        return texts(result.read())


def texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_papers_are_printed_before_the_end_on_both_sides_and_say_nothing_is_valid_yet() -> None:
    wave = wave_before_its_end("Citra", "Adi", "Budi")
    pages = printed(prepare(wave))
    fronts = pages[::2]
    assert [name for name, front in zip(("Adi", "Budi", "Citra"), fronts, strict=True) if name in front] == [
        "Adi", "Budi", "Citra",
    ]  # fmt: skip
    awards = list(Award.objects.order_by("number"))
    assert [award.state for award in awards] == ["prepared"] * 3
    assert {verify(award.verify_code).verdict for award in awards} == {Verdict.PENDING}
    assert not Notice.objects.exists()
    assert registers_with_gaps() == mismatched_numbers() == []


def test_after_the_last_session_those_who_passed_get_theirs_and_the_other_is_held_back() -> None:
    wave = wave_before_its_end("Adi", "Budi", sessions=5, present=4)
    prepare(wave)
    adi, budi = Registration.objects.order_by("person__name_key")
    mark(wave, [adi], range(4, 5), Status.PRESENT)
    mark(wave, [budi], range(3, 5), Status.ABSENT)
    decide_outcomes(wave=wave, actor=SYSTEM)
    hand_out_certificates(wave=wave, actor=SYSTEM)
    jobs.run_pending()
    budi.refresh_from_db()
    hold_back_certificate(registration=budi, reason="tidak hadir hari terakhir", actor=SYSTEM)
    states = dict(Award.objects.values_list("holder_name", "state"))
    assert states == {"Adi": "issued", "Budi": "voided"}
    assert list(Number.objects.order_by("seq").values_list("state", "reason")) == [
        ("used", ""), ("voided", "tidak hadir hari terakhir"),
    ]  # fmt: skip
    budi.refresh_from_db()
    assert budi.award is None
    assert registers_with_gaps() == mismatched_numbers() == []


def test_the_paper_that_was_printed_is_the_paper_that_is_frozen() -> None:
    wave = wave_before_its_end("Adi")
    job = prepare(wave)
    before = printed(job)
    override_outcome(registration=Registration.objects.get(), outcome=Outcome.PASSED, reason="-", actor=SYSTEM)
    hand_out_certificates(wave=wave, actor=SYSTEM)
    jobs.run_pending()
    frozen = Award.objects.get().document.file
    assert frozen
    assert texts(read_bytes(frozen)) == before


def test_hours_credited_after_the_paper_was_printed_are_the_certificates() -> None:
    wave = wave_before_its_end("Adi", "Budi", sessions=5, present=5)
    prepare(wave)
    assert set(Award.objects.values_list("hours", flat=True)) == {24}
    decide_outcomes(wave=wave, actor=SYSTEM)
    adi = Registration.objects.get(printed_name="Adi")
    correct_jp(registration=adi, jp=6, reason="Pulang lebih awal", actor=SYSTEM)
    hand_out_certificates(wave=wave, actor=SYSTEM)
    assert dict(Award.objects.values_list("holder_name", "hours")) == {"Adi": 6, "Budi": 24}


def test_a_held_back_person_may_be_awarded_later_under_the_next_number() -> None:
    wave = wave_before_its_end("Adi")
    prepare(wave)
    hold_back_certificate(registration=Registration.objects.get(), reason="nilai belum masuk", actor=SYSTEM)
    override_outcome(registration=Registration.objects.get(), outcome=Outcome.PASSED, reason="susulan", actor=SYSTEM)
    issue_certificates(wave=wave, signing=SIGNING, actor=SYSTEM)
    assert list(Award.objects.order_by("pk").values_list("state", "document__number__seq")) == [
        ("voided", 1), ("reserved", 2),
    ]  # fmt: skip


def test_whoever_is_not_ready_is_held_and_the_reason_is_told() -> None:
    wave = wave_before_its_end("Adi", "Budi", "Citra", sessions=3, present=1)
    adi, budi, citra = Registration.objects.order_by("person__name_key")
    settle_name(registration=budi, printed_name="Budi, S.Kom.", actor=SYSTEM)
    mark(wave, [citra], range(1, 3), Status.ABSENT)
    places = {each.registration.pk: each for each in forecast(wave)}
    assert (places[adi.pk].stand, places[budi.pk].stand, places[citra.pk].stand) == ("likely", "held", "held")
    assert len(places[budi.pk].reasons) == len(places[citra.pk].reasons) == 1
    assert not places[adi.pk].reasons


@pytest.mark.parametrize(
    ("order", "expected"),
    [(Order.NAME, ["Adi", "Budi", "Citra"]), (Order.SEAT, ["Citra", "Adi", "Budi"])],
)
def test_the_numbers_follow_the_chosen_order(order: str, expected: list[str]) -> None:
    wave = wave_before_its_end("Citra", "Adi", "Budi")
    prepare(wave, order)
    assert list(Award.objects.order_by("document__number__seq").values_list("holder_name", flat=True)) == expected


def test_printing_again_takes_no_number() -> None:
    wave = wave_before_its_end("Citra", "Adi")
    prepare(wave)
    pages = printed(print_certificates(wave=wave, order=Order.SEAT, actor=SYSTEM))
    assert "Citra" in pages[0]
    assert Number.objects.count() == 2


def test_signed_by_pen_leaves_room_and_says_so() -> None:
    wave = wave_before_its_end("Adi")
    wet = Signing(**{**{name: getattr(SIGNING, name) for name in ("city", "on", "post", "name")}, "wet": True})
    pages = printed(prepare(wave, signing=wet))
    assert Award.objects.get().wet_signed
    assert "ditandatangani secara elektronik" not in pages[0]


def test_emblem_and_the_form_of_signing_come_from_dated_rows() -> None:
    wave = wave_before_its_end("Adi")
    office = wave.organisation
    day = clock.today()
    add_letterhead(
        organisation=office, lines="Dinas", city="Pontianak", paper="certificate", valid_from=day, emblem=png(), actor=SYSTEM
    )  # fmt: skip
    row = add_signatory(
        organisation=office, post="Sekretaris", name="Contoh", form=Right.AN, on_behalf="Kepala Dinas", paper="certificate",
        valid_from=day, actor=SYSTEM,
    )  # fmt: skip
    client = client_of(make_user(Role.ORGANISER, office))
    people = [Registration.objects.get().code]
    typed = {"city": "Pontianak", "on": day.isoformat(), "signatory": row.pk, "order": "name", "people": people}
    assert client.post(f"/pelatihan/gelombang/{wave.code}/penutupan/siapkan/", typed).status_code == 302
    content = Award.objects.get().document.content
    assert content["signatory"]["above"] == "a.n. Kepala Dinas"
    assert content["signatory"]["post"] == "Sekretaris"
    assert content["issuer"]["emblem"]
    assert "a.n. Kepala Dinas" in printed(Job.objects.latest("pk"))[0]


class TestHostile:
    def test_twice_takes_no_second_number(self) -> None:
        wave = wave_before_its_end("Adi")
        rows = list(Registration.objects.all())
        prepare(wave)
        with pytest.raises(Conflict):
            prepare_certificates(wave=wave, registrations=rows, signing=SIGNING, order="name", actor=SYSTEM)
        assert Number.objects.count() == 1

    def test_nothing_is_handed_out_before_somebody_passed(self) -> None:
        wave = wave_before_its_end("Adi")
        prepare(wave)
        with pytest.raises(Conflict):
            hand_out_certificates(wave=wave, actor=SYSTEM)
        assert Award.objects.get().is_prepared

    def test_an_issued_one_cannot_be_held_back(self) -> None:
        wave = wave_before_its_end("Adi")
        override_outcome(registration=Registration.objects.get(), outcome=Outcome.PASSED, reason="-", actor=SYSTEM)
        issue_certificates(wave=wave, signing=SIGNING, actor=SYSTEM)
        jobs.run_pending()
        with pytest.raises(Conflict):
            hold_back_certificate(registration=Registration.objects.get(), reason="salah", actor=SYSTEM)

    def test_a_reason_is_needed(self) -> None:
        wave = wave_before_its_end("Adi")
        prepare(wave)
        with pytest.raises(Conflict):
            hold_back_certificate(registration=Registration.objects.get(), reason=" ", actor=SYSTEM)
        assert Award.objects.get().is_prepared

    def test_of_another_wave_nobody_is_printed(self) -> None:
        wave = wave_before_its_end("Adi")
        other = make_wave(make_agency("Lain"), PoolSpec("Terbuka", 1))
        stranger = seat(other, make_person(other.organisation))
        with pytest.raises(Conflict):
            prepare_certificates(wave=wave, registrations=[stranger], signing=SIGNING, order="name", actor=SYSTEM)

    def test_an_instructor_prepares_nothing(self) -> None:
        wave = wave_before_its_end("Adi")
        actor = make_actor(Role.INSTRUCTOR, wave.organisation)
        with pytest.raises(NotAllowed):
            prepare_certificates(
                wave=wave, registrations=Registration.objects.all(), signing=SIGNING, order="name", actor=actor
            )

    def test_without_a_signatory_what_was_typed_and_ticked_stays(self) -> None:
        wave = wave_before_its_end("Adi", "Budi")
        client = client_of(make_user(Role.ORGANISER, wave.organisation))
        code = Registration.objects.order_by("person__name_key").first().code  # type: ignore[union-attr]
        typed = {
            "city": "Sintang",
            "on": "2026-11-20",
            "name": "",
            "post": "",
            "order": "seat",
            "signed": "wet",
            "people": [code],
        }
        answer = client.post(f"/pelatihan/gelombang/{wave.code}/penutupan/siapkan/", typed)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'value="Sintang"' in page
        assert page.count(" checked") == 2  # the one who was ticked, and the way of signing
        assert not Award.objects.exists()


def test_holding_back_is_folded_while_others_are_still_to_be_printed() -> None:
    wave = wave_before_its_end("Adi", "Budi")
    prepare_certificates(
        wave=wave, registrations=wave.registrations.all()[:1], signing=SIGNING, order=Order.NAME, actor=SYSTEM
    )
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    page = client.get(f"/pelatihan/gelombang/{wave.code}/penutupan/").content.decode()
    assert 'id="siapkan"' in page
    assert page.count("/tahan/") == 1
    assert '<details class="confirm" open' not in page


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(people: int, django_assert_max_num_queries: object) -> None:
    wave = wave_before_its_end(*(f"Peserta {number}" for number in range(people)))
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    with django_assert_max_num_queries(45) as seen:  # type: ignore[operator]
        client.get(f"/pelatihan/gelombang/{wave.code}/penutupan/")
    SEEN.setdefault("queries", SimpleNamespace(count=len(seen)))
    assert SEEN["queries"].count == len(seen)


def test_a_long_list_has_pages_and_one_button_prints_all_who_are_likely(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closing, "PER_PAGE", 2)
    wave = wave_before_its_end("Adi", "Budi", "Citra")
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    address = f"/pelatihan/gelombang/{wave.code}/penutupan/"
    first, second = (client.get(f"{address}?page={number}") for number in (1, 2))
    assert [len(page.context["page_obj"]) for page in (first, second)] == [2, 1]
    assert (first.context["total"], first.context["counts"]["likely"]) == (3, 3)
    assert 'name="everybody"' in second.content.decode()
    signing = {"name": "Pejabat", "post": "Kepala", "city": "Pontianak", "on": clock.today().isoformat()}
    facts = {**signing, "order": "name", "mode": "electronic", "page": "2", "people": []}
    wrong = client.post(f"{address}siapkan/", {**facts, "name": ""})  # comes back where it was sent from
    assert (wrong.status_code, wrong.context["page_obj"].number) == (422, 2)
    assert client.post(f"{address}siapkan/", {**facts, "everybody": "1"}).status_code == 302
    assert Award.objects.count() == 3


SEEN: dict[str, SimpleNamespace] = {}
