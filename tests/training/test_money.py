from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from enggang.access.enums import Role
from enggang.audit.models import AuditEntry
from enggang.budgets.domain.budgets import add_line, approve_budget
from enggang.budgets.domain.payments import add_evidence, correct_payment, void_payment
from enggang.budgets.domain.reference import load_reference
from enggang.budgets.enums import Category, ReceiptKind
from enggang.budgets.models import BudgetLine, HonorariumRate, Payment, TeachingUnit
from enggang.budgets.queries.overview import overview
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.models import Job
from enggang.places.models import Organisation, Region
from enggang.seats.domain.offers import PoolSpec
from enggang.training.domain import instructors as pool
from enggang.training.domain import money as acts
from enggang.training.domain import travel as travels
from enggang.training.domain.materials import add_materials
from enggang.training.domain.money_folder import pack_evidence
from enggang.training.domain.money_recap import recap_pdf, recap_workbook
from enggang.training.domain.travel_papers import diets_pdf, rooms_pdf, sppd_pdf
from enggang.training.forms.money import TripForm
from enggang.training.models import Fee, Instructor, Registration, Session, TravelWish, Trip, Wave
from enggang.training.queries.fees import fee_rows
from enggang.training.queries.recap import missing_papers
from tests.budgets.factories import make_standard
from tests.documents.factories import letterhead, signatory, text_of
from tests.training.factories import aware, client_of, make_actor, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


def taught_wave(sessions: int = 2) -> tuple[Wave, Instructor]:
    """Sessions of four hours and 12 JP each, all by one instructor of grade IV from outside; the shipped rows."""
    load_reference(actor=SYSTEM)
    agency = make_agency()
    wave = make_wave(agency, sessions=sessions)
    person = make_person(agency, "Pengajar", rank="Pembina (IV/a)")
    row = pool.add_instructor(organisation=agency, person=person, teacher_origin="outside", actor=SYSTEM)
    for session in wave.sessions.all():
        pool.assign_instructor(session=session, version=session.version, instructor=row, actor=SYSTEM)
    return wave, row


def seated_wave() -> tuple[Wave, Registration]:
    agency = make_agency()
    wave = make_wave(agency)
    return wave, seat(wave, make_person(agency))


def line_of(wave: Wave) -> BudgetLine:
    budget = acts.start_budget(wave=wave, actor=SYSTEM)
    facts: dict[str, Any] = {"item": "Honor", "category": "honorarium", "volume": 20, "unit": "OJ", "price": 900_000}
    line = add_line(budget=budget, actor=SYSTEM, **facts)
    approve_budget(budget=budget, actor=SYSTEM)
    return BudgetLine.objects.select_related("budget__organisation", "budget__subject").get(pk=line.pk)


def test_a_wave_has_one_budget() -> None:
    wave = make_wave(make_agency())
    budget = acts.start_budget(wave=wave, actor=SYSTEM)
    assert (budget.about_id, budget.year) == (wave.subject_id, wave.starts_on.year)
    with pytest.raises(Conflict):
        acts.start_budget(wave=Wave.objects.get(), actor=SYSTEM)
    with pytest.raises(NotAllowed):
        acts.start_budget(wave=wave, actor=make_actor(Role.TREASURER, wave.organisation))


class TestHonorarium:
    @pytest.mark.parametrize(("key", "units", "gross"), [("oj", 4, 3_600_000), ("jp", 12, 3_600_000)])
    def test_it_counts_what_was_taught_by_now(self, key: str, units: int, gross: int) -> None:
        wave, row = taught_wave()
        acts.set_fee(wave=wave, instructor=row, unit=TeachingUnit.objects.get(key=key), actor=SYSTEM)
        with clock.frozen_at(aware(wave.starts_on, 23)):
            found = fee_rows(wave)[0]
        assert (len(found.taught), len(found.planned), found.due.units, found.due.gross) == (1, 2, units, gross)
        assert (found.due.tax, found.due.net) == (gross * 15 // 100, gross - gross * 15 // 100)
        assert found.basis.endswith("; PPh Pasal 21 15% (ASN Golongan IV)")

    def test_it_is_paid_once_and_again_only_after_the_payment_was_voided(self) -> None:
        wave, row = taught_wave()
        line = line_of(wave)
        fee = acts.set_fee(wave=wave, instructor=row, unit=TeachingUnit.objects.get(key="oj"), actor=SYSTEM)
        with pytest.raises(Conflict):
            acts.pay_fee(fee=fee, line=line, actor=SYSTEM)
        with clock.frozen_at(aware(wave.ends_on + timedelta(days=1))):
            acts.pay_fee(fee=fee, line=line, actor=SYSTEM)
            with pytest.raises(Conflict):
                acts.pay_fee(fee=fee, line=line, actor=SYSTEM)
            payment = Payment.objects.get()
            assert (payment.amount, payment.tax_amount, payment.payee) == (7_200_000, 1_080_000, "Pengajar")
            void_payment(payment=payment, reason="salah rekening", actor=SYSTEM)
            acts.pay_fee(fee=Fee.objects.get(), line=line, actor=SYSTEM)
        assert Payment.objects.filter(voided_at=None).count() == 1

    def test_the_day_and_the_number_are_chosen_on_the_screen_and_a_correction_keeps_it_paid(self) -> None:
        wave, row = taught_wave()
        line = line_of(wave)
        fee = acts.set_fee(wave=wave, instructor=row, unit=TeachingUnit.objects.get(key="oj"), actor=SYSTEM)
        client = client_of(make_user(Role.TREASURER, wave.organisation))
        page = reverse("training:fee_pay", args=[wave.code, fee.pk])
        with clock.frozen_at(aware(wave.ends_on + timedelta(days=2))):
            day = wave.ends_on + timedelta(days=1)
            form = {
                "line": line.pk,
                "paid_on": day.isoformat(),
                "receipt_kind": "sp2d",
                "receipt": "0042/LS",
                "other_year": "on",
            }
            late = {**form, "paid_on": (day + timedelta(days=9)).isoformat()}
            assert "7.200.000" in client.get(page).content.decode()
            for wrong in (late, {**form, "line": 0}, {**form, "paid_on": ""}):
                assert client.post(page, wrong).status_code == 422
            assert not Payment.objects.exists()
            assert client.post(page, form).status_code == 302
            old = Payment.objects.get()
            assert (old.paid_on, old.numbered) == (day, f"{ReceiptKind.SP2D.label} 0042/LS")
            facts = {"paid_on": day, "payee": old.payee, "amount": old.amount, "receipt": "0043/LS", "other_year": True}
            new = correct_payment(payment=old, reason="Nomor salah", actor=SYSTEM, **facts)
            assert (Fee.objects.get().payment, fee_rows(wave)[0].payments) == (new, [new])
            assert fee_rows(wave)[0].is_paid
            assert "0043/LS" in client.get(reverse("training:money", args=[wave.code])).content.decode()
            sheets = load_workbook(io.BytesIO(recap_workbook(wave, line.budget)))
            assert any("0043/LS" in str(cell.value) for cell in sheets["Honorarium"][2])
            assert "Nomor salah" in text_of(recap_pdf(wave, line.budget))

    def test_who_teaches_on_after_being_paid_is_paid_the_difference(self) -> None:
        wave, row = taught_wave()
        line = line_of(wave)
        fee = acts.set_fee(wave=wave, instructor=row, unit=TeachingUnit.objects.get(key="oj"), actor=SYSTEM)
        with clock.frozen_at(aware(wave.starts_on, 23)):
            acts.pay_fee(fee=fee, line=line, actor=SYSTEM)
        with clock.frozen_at(aware(wave.ends_on + timedelta(days=1))):
            found = fee_rows(wave)[0]
            assert (found.due.gross, found.paid, found.paid_tax, found.open_gross) == (
                7_200_000, 3_600_000, 540_000, 3_600_000)  # fmt: skip
            assert not found.is_paid
            acts.pay_fee(fee=Fee.objects.get(), line=line, actor=SYSTEM)
            found = fee_rows(wave)[0]
            with pytest.raises(Conflict):
                acts.pay_fee(fee=Fee.objects.get(), line=line, actor=SYSTEM)
        assert [(each.amount, each.tax_amount) for each in found.payments] == [(3_600_000, 540_000)] * 2
        assert (found.is_paid, found.open_gross, found.paid_net) == (True, 0, 6_120_000)

    def test_what_was_paid_stays_when_a_rate_falls_afterwards(self) -> None:
        wave, row = taught_wave()
        line = line_of(wave)
        fee = acts.set_fee(wave=wave, instructor=row, unit=TeachingUnit.objects.get(key="oj"), actor=SYSTEM)
        with clock.frozen_at(aware(wave.ends_on + timedelta(days=1))):
            acts.pay_fee(fee=fee, line=line, actor=SYSTEM)
            HonorariumRate.objects.update(amount=100_000)
            found = fee_rows(wave)[0]
            assert (found.due.gross, found.paid, found.overpaid) == (800_000, 7_200_000, 6_400_000)
            assert (found.is_paid, found.open_tax) == (True, 0)
            with pytest.raises(Conflict):
                acts.pay_fee(fee=Fee.objects.get(), line=line, actor=SYSTEM)
            sheet = load_workbook(io.BytesIO(recap_workbook(wave, line.budget)))["Honorarium"]
            assert [cell.value for cell in sheet[2]][6:13] == [
                800_000,
                120_000,
                680_000,
                7_200_000,
                1_080_000,
                6_120_000,
                -6_400_000,
            ]
            client = client_of(make_user(Role.ORGANISER, wave.organisation))
            page = client.get(reverse("training:money", args=[wave.code])).content.decode()
        assert "Rp\u00a07.200.000" in page
        assert "Rp\u00a06.400.000" in page
        assert Payment.objects.count() == 1

    def test_it_is_not_paid_from_a_line_of_something_else(self) -> None:
        wave, row = taught_wave()
        line = line_of(wave)
        BudgetLine.objects.update(category="meals")
        line.refresh_from_db()
        fee = acts.set_fee(wave=wave, instructor=row, unit=TeachingUnit.objects.get(key="oj"), actor=SYSTEM)
        with clock.frozen_at(aware(wave.ends_on + timedelta(days=1))), pytest.raises(Conflict):
            acts.pay_fee(fee=fee, line=line, actor=SYSTEM)

    def test_an_instructor_may_not_pay_nor_a_stranger(self) -> None:
        wave, row = taught_wave()
        line = line_of(wave)
        fee = acts.set_fee(wave=wave, instructor=row, unit=TeachingUnit.objects.get(key="oj"), actor=SYSTEM)
        for actor in (make_actor(Role.INSTRUCTOR, wave.organisation), make_actor(Role.TREASURER, make_agency("Lain"))):
            with pytest.raises(NotAllowed):
                acts.pay_fee(fee=fee, line=line, actor=actor)


class TestTravel:
    def trip(self, wave: Wave, name: str = "Anita", **facts: Any) -> Trip:
        values = {"leaves_from": "Sambas", "goes_to": "Pontianak", "leaves_on": date(2026, 11, 1),
                  "returns_on": date(2026, 11, 3), "per_diem": 100, "lodging": 50}  # fmt: skip
        person = make_person(wave.organisation, name)
        return acts.add_trip(wave=wave, person=person, actor=SYSTEM, **{**values, **facts})

    def test_it_adds_days_receipts_and_lodging(self) -> None:
        trip = self.trip(make_wave(make_agency()))
        acts.add_receipt(trip=trip, name="Bus", amount=30, content=b"%PDF-1", filename="bus.pdf", actor=SYSTEM)
        assert (trip.days, trip.daily, trip.total) == (3, 300, 380)
        with pytest.raises(Conflict):
            acts.drop_trip(trip=trip, actor=SYSTEM)

    def test_the_per_diem_is_what_the_chosen_standard_says_unless_it_is_typed(self) -> None:
        wave = make_wave(make_agency())
        year = line_of(wave).budget.year
        standard = make_standard(
            category=Category.TRAVEL, item="Uang harian", price=380_000, year=year, organisation=wave.organisation
        )
        lodging = make_standard(
            category=Category.TRAVEL, item="Penginapan", price=650_000, year=year, organisation=wave.organisation
        )
        wave.refresh_from_db()
        given = {
            "leaves_from": "Sambas",
            "goes_to": "Pontianak",
            "leaves_on": "2026-11-01",
            "returns_on": "2026-11-03",
            "lodging": "0",
        }

        def asked(**more: object) -> TripForm:
            form = TripForm({**given, **more}, wave=wave)
            form.is_valid()
            return form

        assert asked(standard=standard.pk).cleaned_data["per_diem"] == 380_000
        assert asked(standard=standard.pk, per_diem="100.000").cleaned_data["per_diem"] == 100_000
        assert asked(standard=standard.pk, per_diem="0").cleaned_data["per_diem"] == 0
        assert list(asked().errors) == ["per_diem"]
        assert "standard" in asked(standard=lodging.pk).errors  # what a bed costs is no per diem
        assert list(asked(standard=standard.pk, per_diem="banyak").errors) == ["per_diem"]

    def test_two_share_a_room_and_no_third(self) -> None:
        wave = make_wave(make_agency())
        self.trip(wave, "Anita", room="101")
        self.trip(wave, "Budi", room="101")
        with pytest.raises(Conflict):
            self.trip(wave, "Citra", room=" 101 ")
        assert Trip.objects.count() == 2

    def test_wrong_days_a_doubled_person_and_a_scan_that_is_none_are_refused(self) -> None:
        wave = make_wave(make_agency())
        with pytest.raises(Conflict):
            self.trip(wave, returns_on=date(2026, 10, 1))
        trip = self.trip(wave)
        facts = {"leaves_from": "A", "goes_to": "B", "leaves_on": date(2026, 1, 1), "returns_on": date(2026, 1, 1)}
        with pytest.raises(Conflict):
            acts.add_trip(wave=wave, person=trip.person, actor=SYSTEM, **facts)
        with pytest.raises(Conflict):
            acts.add_receipt(trip=trip, name="Bus", amount=1, content=b"MZ", filename="x.pdf", actor=SYSTEM)

    def test_two_tabs_meet(self) -> None:
        trip = self.trip(make_wave(make_agency()))
        acts.change_trip(trip=trip, version=1, room="1", actor=SYSTEM)
        with pytest.raises(Conflict):
            acts.change_trip(trip=Trip.objects.get(), version=1, room="2", actor=SYSTEM)

    def test_it_is_paid_from_a_travel_line_and_a_later_receipt_as_a_difference(self) -> None:
        wave, _row = taught_wave(1)
        honor = line_of(wave)
        BudgetLine.objects.filter(pk=honor.pk).update(category="travel")
        travel = BudgetLine.objects.select_related("budget__organisation", "budget__subject").get(pk=honor.pk)
        trip = self.trip(wave, per_diem=1000, lodging=500)
        travels.pay_trip(trip=trip, line=travel, actor=SYSTEM)
        with pytest.raises(Conflict):
            travels.pay_trip(trip=trip, line=travel, actor=SYSTEM)
        acts.add_receipt(trip=trip, name="Bus", amount=30, actor=SYSTEM)
        travels.pay_trip(trip=trip, line=travel, actor=SYSTEM)
        assert list(trip.payments.values_list("amount", flat=True)) == [3500, 30]
        assert overview(travel.budget).paid == 3530
        for receipt in trip.receipts.all():
            acts.drop_receipt(receipt=receipt, actor=SYSTEM)
        with pytest.raises(Conflict):
            acts.drop_trip(trip=trip, actor=SYSTEM)
        assert Trip.objects.get().open == -30

    def test_it_is_not_paid_from_another_line_nor_by_a_stranger(self) -> None:
        wave, _row = taught_wave(1)
        line, trip = line_of(wave), self.trip(wave)
        with pytest.raises(Conflict):
            travels.pay_trip(trip=trip, line=line, actor=SYSTEM)
        with pytest.raises(NotAllowed):
            travels.pay_trip(trip=trip, line=line, actor=make_actor(Role.TREASURER, make_agency("Lain")))
        assert not Payment.objects.exists()

    def test_everybody_seated_gets_a_row_at_once_and_nobody_two(self) -> None:
        wave, registration = seated_wave()
        travels.keep_travel_wish(registration=registration, diet="Vegetarian", actor=SYSTEM)
        facts = {"goes_to": "Pontianak", "leaves_on": wave.starts_on, "returns_on": wave.ends_on, "per_diem": 5}
        made = travels.add_trips(wave=wave, from_elsewhere=False, actor=SYSTEM, **facts)
        assert [(trip.person_id, trip.diet) for trip in made] == [(registration.person_id, "Vegetarian")]
        with pytest.raises(Conflict):
            travels.add_trips(wave=wave, from_elsewhere=False, actor=SYSTEM, **facts)
        assert Trip.objects.count() == 1

    @pytest.mark.parametrize(
        ("place", "travelling"),
        [
            ("61.71", ["Kabupaten Sambas"]),
            ("61", ["Kabupaten Sambas"]),
            ("61.01", ["Kalimantan Barat", "Kota Pontianak"]),
        ],
    )
    def test_agencies_of_a_province_stand_in_its_capital(self, place: str, travelling: list[str]) -> None:
        province = Region.objects.create(code="61", name="Kalimantan Barat", level=1, capital="Pontianak")
        Region.objects.create(code="61.71", name="Kota Pontianak", level=2, parent=province)
        Region.objects.create(code="61.01", name="Kabupaten Sambas", level=2, parent=province)
        organiser = make_agency()
        Organisation.objects.filter(pk=organiser.pk).update(region=place)
        wave = make_wave(Organisation.objects.get(pk=organiser.pk), PoolSpec("Terbuka", 3))
        for region in Region.objects.all():
            agency = make_agency(f"Dinas {region.code}")
            Organisation.objects.filter(pk=agency.pk).update(region=region)
            seat(wave, make_person(agency))
        facts: dict[str, Any] = {
            "goes_to": "Aula",
            "leaves_on": wave.starts_on,
            "returns_on": wave.ends_on,
            "per_diem": 5,
        }
        made = travels.add_trips(wave=wave, actor=SYSTEM, **facts)
        assert sorted(trip.leaves_from for trip in made) == travelling

    def test_a_wish_is_the_persons_own_and_stands_in_the_lists(self) -> None:
        wave, registration = seated_wave()
        stranger = make_actor(Role.COORDINATOR, make_agency("Lain"))
        with pytest.raises(NotAllowed):
            travels.keep_travel_wish(registration=registration, diet="x", actor=stranger)
        client = client_of(make_user(Role.ORGANISER, wave.organisation))
        address = reverse("training:pocket_travel", args=[registration.code])
        refused = client.post(address, {"arrives_on": "kemarin", "diet": "tanpa udang"})
        assert (refused.status_code, "tanpa udang" in refused.content.decode()) == (422, True)
        assert not TravelWish.objects.exists()
        sent = {"arrives_on": "2026-11-02", "arrives_at": "14:30", "diet": "tanpa udang", "room_wish": "lantai dasar"}
        assert client.post(address, sent).status_code == 302
        assert client.post(address, {**sent, "diet": "d" * 201}).status_code == 422
        assert "tanpa udang" in client.get(reverse("training:pocket", args=[registration.code])).content.decode()
        rooms, diets = text_of(rooms_pdf(wave)), text_of(diets_pdf(wave))
        for part in (registration.person.name, "14.30", "lantai dasar"):
            assert part in rooms
        assert "tanpa udang" in diets
        assert client.post(address, {}).status_code == 302
        assert TravelWish.objects.get().diet == ""

    def test_the_order_stands_under_the_letterhead_with_nip_rank_and_signatory(self) -> None:
        wave = make_wave(make_agency())
        letterhead(wave.organisation)
        signatory(wave.organisation, nip="198001012005011001")
        person = make_person(wave.organisation, "Anita", rank="Penata (III/c)")
        facts = {
            "leaves_from": "Sambas",
            "goes_to": "Pontianak",
            "leaves_on": wave.starts_on,
            "returns_on": wave.ends_on,
        }
        trip = acts.add_trip(wave=wave, person=person, actor=SYSTEM, **facts)
        text = text_of(sppd_pdf(trip)).replace("\u00a0", " ")
        for part in ("Dinas Contoh", "Contoh Pejabat", "NIP 19800101 200501 1 001", "Penata (III/c)", "Sambas"):
            assert part in text
        assert person.nip is None or person.nip[:8] in text

    @pytest.mark.parametrize("specimen", [True, False])
    def test_what_is_printed_from_a_demonstration_says_so(self, specimen: bool) -> None:
        wave = make_wave(make_agency(), specimen=specimen)
        budget = line_of(wave).budget
        for paper in (sppd_pdf(self.trip(wave)), rooms_pdf(wave), diets_pdf(wave), recap_pdf(wave, budget)):
            assert ("SPESIMEN" in text_of(paper)) == specimen

    def test_the_order_opens_without_letterhead_or_signatory(self) -> None:
        wave = make_wave(make_agency())
        assert wave.organisation.name in text_of(sppd_pdf(self.trip(wave)))


class TestInstructors:
    def test_who_is_away_or_not_to_be_asked_is_not_assigned(self) -> None:
        wave, row = taught_wave(1)
        session = wave.sessions.get()
        pool.mark_away(instructor=row, first_day=session.day, last_day=session.day, actor=SYSTEM)
        with pytest.raises(Conflict):
            pool.assign_instructor(session=session, version=session.version, instructor=row, actor=SYSTEM)
        pool.unmark_away(away=row.away.get(), actor=SYSTEM)
        pool.assign_instructor(session=session, version=session.version, instructor=row, actor=SYSTEM)
        with pytest.raises(Conflict):
            pool.assign_instructor(session=Session.objects.get(), version=1, instructor=None, actor=SYSTEM)

    def test_the_private_address_shows_sessions_and_a_newer_one_ends_it(self) -> None:
        _wave, row = taught_wave(1)
        client = client_of(make_user())
        token = pool.hand_out_briefing(instructor=row, actor=SYSTEM)
        page = client.get(reverse("training:briefing", args=[token]))
        assert "Hari 1" in page.content.decode()
        pool.hand_out_briefing(instructor=row, actor=SYSTEM)
        assert client.get(reverse("training:briefing", args=[token])).status_code == 404
        assert client.get(reverse("training:briefing", args=["x" * 500])).status_code == 404

    def test_the_briefing_shows_materials_and_a_named_contact(self) -> None:
        wave, row = taught_wave(1)
        own, other = wave.sessions.get(), make_wave(wave.organisation, name="Lain", programme=wave.programme)
        for place, session, title in ((wave, own, "Paparan"), (wave, None, "Panduan"), (other, None, "Rahasia")):
            add_materials(wave=place, session=session, title=title, link="https://contoh.go.id/a", actor=SYSTEM)
        Wave.objects.filter(pk=wave.pk).update(contact="Anita, 0812 0000 0000")
        token = pool.hand_out_briefing(instructor=row, actor=SYSTEM)
        page = client_of(make_user()).get(reverse("training:briefing", args=[token])).content.decode()
        for part in ("Paparan", "Panduan", "Anita, 0812 0000 0000"):
            assert part in page
        assert "Rahasia" not in page
        missing = reverse("training:briefing_material", args=[token, 1])
        assert client_of(make_user()).get(missing).status_code == 404  # a link is no file

    def test_the_pool_is_searched_by_name_and_expertise_and_paged(self) -> None:
        agency = make_agency()
        for number in range(31):
            person = make_person(agency, f"Pengajar {number}")
            words = "Fotografi" if number == 30 else "Anggaran"
            pool.add_instructor(organisation=agency, person=person, teacher_origin="own", expertise=words, actor=SYSTEM)
        client = client_of(make_user(Role.TREASURER, agency))
        address = reverse("training:instructors")

        def found(**asked: str) -> list[str]:
            return [str(row) for row in client.get(address, asked).context["page_obj"]]

        assert (len(found()), len(found(page="2"))) == (30, 1)
        assert found(text="fotografi") == found(expertise="Fotografi") == ["Pengajar 30"]
        assert found(text="pengajar 7") == ["Pengajar 17", "Pengajar 27", "Pengajar 7"]
        assert found(text="tidak ada") == []
        assert len(found(expertise="bukan pilihan", text="\x00" * 90)) == 30

    def test_the_pool_of_who_held_the_last_wave_is_offered_and_a_person_is_found_by_name(self) -> None:
        government = make_agency("Pemerintah")
        agency = make_agency("Dinas Contoh", government)
        make_wave(agency)
        person = make_person(agency, "Dayang Kumala")
        client, address = client_of(make_user(Role.ORGANISER, government)), reverse("training:instructors")
        assert client.get(address).context["form"].initial["organisation"] == agency.pk
        data = {"organisation": agency.pk, "person": "kumala", "teacher_origin": "own", "tax_status": "asn"}
        assert client.post(address, {**data, "person": "tidak ada"}).status_code == 422
        assert client.post(address, data).status_code == 302
        assert Instructor.objects.get().person == person

    def test_nobody_is_in_the_pool_twice(self) -> None:
        _wave, row = taught_wave(1)
        with pytest.raises(Conflict):
            pool.add_instructor(organisation=row.organisation, person=row.person, teacher_origin="own", actor=SYSTEM)


def test_the_folder_holds_the_recap_the_papers_and_what_is_missing() -> None:
    wave, _row = taught_wave(1)
    line = line_of(wave)
    add_evidence(line=line, content=b"%PDF-1.7", filename="../../etc/sk.pdf", name="SK (asli/salinan)", actor=SYSTEM)
    pack_evidence(wave=wave, actor=SYSTEM)
    jobs.run_pending()
    with zipfile.ZipFile(io.BytesIO(Job.objects.get().result.read())) as package:
        names = package.namelist()
        missing = package.read("YANG-KURANG.txt").decode()
        pdf = package.read("rekap.pdf")
    assert "Rekap untuk bendahara" in text_of(pdf)
    assert any(name.endswith("SK (asli-salinan) - sk.pdf") for name in names)
    assert not any(".." in name for name in names)
    assert "Daftar hadir" in missing


def test_missing_papers_of_travel_stand_in_the_list_in_red_and_on_paper() -> None:
    wave, row = taught_wave(1)
    line = line_of(wave)
    facts = {"leaves_from": "A", "goes_to": "B", "leaves_on": date(2026, 1, 1), "returns_on": date(2026, 1, 2)}
    first = acts.add_trip(wave=wave, person=row.person, actor=SYSTEM, **facts)
    other = acts.add_trip(wave=wave, person=make_person(wave.organisation, "Budi"), number="1", actor=SYSTEM, **facts)
    acts.add_receipt(trip=other, name="Bus", amount=5, actor=SYSTEM)
    found = missing_papers(wave, line.budget)
    assert ("Pengajar", "Nomor SPPD") in found
    assert ("Pengajar", "bukti transportasi") in found
    assert ("Budi", "pindaian “Bus”") in found
    book = load_workbook(io.BytesIO(recap_workbook(wave, line.budget)))
    reds = {
        (sheet.title, cell.value) for sheet in book for rows in sheet.iter_rows() for cell in rows
        if cell.font.color is not None and cell.font.color.rgb == "FF9C0006"
    }  # fmt: skip
    assert {("Bukti", "TIDAK ADA"), ("Perjalanan", "TIDAK ADA"), ("Dokumen kurang", "Nomor SPPD")} <= reds
    assert ("Perjalanan", "1") not in reds
    text = text_of(recap_pdf(wave, line.budget))
    for part in ("Pengajar", "Nomor SPPD", "bukti transportasi", "pindaian “Bus”", "Daftar hadir", "18.000.000"):
        assert part in text
    acts.change_trip(trip=first, version=1, number="2", actor=SYSTEM)
    assert ("Pengajar", "Nomor SPPD") not in missing_papers(wave, line.budget)


def test_a_name_no_font_can_print_does_not_keep_the_folder_back() -> None:
    wave, _row = taught_wave(1)
    line = line_of(wave)
    BudgetLine.objects.update(item="Honor \u4e2d")
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    assert client.post(reverse("training:money_print", args=[wave.code])).status_code == 302
    assert not AuditEntry.objects.filter(code="training.export_money").exists()
    pack_evidence(wave=wave, actor=SYSTEM)
    jobs.run_pending()
    with zipfile.ZipFile(io.BytesIO(Job.objects.get().result.read())) as package:
        assert "rekap.pdf" not in package.namelist()
        assert "U+4E2D" in package.read("YANG-KURANG.txt").decode()
    assert line.pk


def test_the_tab_shows_and_the_pages_of_paper_open() -> None:
    wave, row = taught_wave(1)
    line_of(wave)
    acts.set_fee(wave=wave, instructor=row, unit=TeachingUnit.objects.get(key="oj"), actor=SYSTEM)
    facts = {"leaves_from": "A", "goes_to": "B", "leaves_on": wave.starts_on, "returns_on": wave.ends_on}
    trip = acts.add_trip(wave=wave, person=row.person, actor=SYSTEM, **facts)
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    for name, args in (("money", []), ("trip", [trip.pk]), ("trip_print", [trip.pk]), ("travel_list", ["kamar"]), ("travel_list", ["diet"]),
                       ("assignment", [])):  # fmt: skip
        assert client.get(reverse(f"training:{name}", args=[wave.code, *args])).status_code == 200
    recap = reverse("training:money_recap", args=[wave.code])
    assert client.get(recap).status_code == 405
    assert client.post(recap).content[:2] == b"PK"
    paper = reverse("training:money_print", args=[wave.code])
    assert client.get(paper).status_code == 405
    assert client.post(paper).content[:5] == b"%PDF-"
    noted = AuditEntry.objects.filter(code="training.export_money").order_by("pk")
    assert [entry.details["form"] for entry in noted] == ["xlsx", "pdf"]
    assert {entry.subject_code for entry in noted} == {wave.code}
    assert client.get(reverse("training:instructors")).status_code == 200
    assert client.get(reverse("training:instructor", args=[row.code])).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_honorarium_asks_as_often_for_three_instructors_as_for_one(rows: int, django_assert_num_queries: Any) -> None:
    wave, first = taught_wave(3)
    acts.set_fee(wave=wave, instructor=first, unit=TeachingUnit.objects.get(key="oj"), actor=SYSTEM)
    for session in list(wave.sessions.all())[1:rows]:
        person = make_person(wave.organisation)
        row = pool.add_instructor(organisation=wave.organisation, person=person, teacher_origin="own", actor=SYSTEM)
        acts.set_fee(wave=wave, instructor=row, unit=TeachingUnit.objects.get(key="oj"), actor=SYSTEM)
        pool.assign_instructor(session=session, version=session.version, instructor=row, actor=SYSTEM)
    with django_assert_num_queries(8):
        fee_rows(wave)
