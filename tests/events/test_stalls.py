"""The call for stalls and those who apply: chosen, told, never more than there are stalls, and everything that cannot be."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.domain.links import hashed
from enggang.access.enums import Role
from enggang.access.models import CapabilityLink
from enggang.core import clock
from enggang.core.actor import ANONYMOUS, SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.events.domain import stall_calls, stalls
from enggang.events.domain.cloning import clone_edition
from enggang.events.domain.dating import decide_dates
from enggang.events.domain.stages import cancel_edition, revive_edition
from enggang.events.domain.stall_retention import old_applications
from enggang.events.models import Business, Edition, StallApplication, StallCall
from enggang.events.queries.stalls import call_of, standing_of
from enggang.events.views import stall_news
from enggang.notices.models import Notice
from enggang.places.models import Organisation
from enggang.seats.models import Pool
from enggang.seats.queries.offers import unsound_pools
from tests.events.factories import make_edition
from tests.events.stalling import accepted, applied, form_of, fresh, make_call, make_category, vendor_facts
from tests.training.factories import client_of, make_actor, make_agency, make_user
from tests.training.uploads import JPEG

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limit() -> None:
    cache.clear()


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def edition(agency: Organisation) -> Edition:
    return make_edition(agency, year=clock.today().year + 1)


@pytest.fixture
def client(agency: Organisation) -> Client:
    found = client_of(make_user(Role.ORGANISER, agency))
    found.cookies["django_language"] = "en"
    return found


@pytest.fixture
def stranger() -> Client:
    found = Client()
    found.cookies["django_language"] = "en"
    return found


def public(call: StallCall) -> str:
    return reverse("events:stall_call", args=[call.code])


def listing(edition: Edition) -> str:
    return reverse("events:stall_applications", args=[edition.code])


def decide(client: Client, edition: Edition, to: str, *rows: StallApplication, reason: str = "") -> str:
    form = {"pilih": [row.pk for row in rows], "to": to, "reason": reason}
    return client.post(listing(edition), form, follow=True).content.decode()


class TestTheCall:
    def test_from_nothing_to_a_published_call(self, client: Client, stranger: Client, edition: Edition) -> None:
        form = {"title": "UMKM dicari", "stalls": 5, "fee": "150.000", "contact_phone": "0812 0000 0000"}
        client.post(reverse("events:stall_call_edit", args=[edition.code]), form)
        call = call_of(edition)
        assert call is not None
        assert (call.fee, call.contact_phone) == (150_000, "+6281200000000")
        assert stranger.get(public(call)).status_code == 404
        client.post(reverse("events:stall_call_move", args=[edition.code]), {"to": "open"})
        page = stranger.get(public(call)).content.decode()
        assert "UMKM dicari" in page
        assert "Rp\u00a0150.000" in page or "Rp 150.000" in page
        assert call.code in client.get(reverse("events:stalls", args=[edition.code])).content.decode()
        assert client.get(reverse("events:stall_poster", args=[edition.code])).status_code == 200

    @pytest.mark.parametrize(
        "wrong",
        [{"title": ""}, {"stalls": 0}, {"stalls": 2001}, {"fee": "-5"}, {"fee": "x"}, {"contact_phone": "abc"},
         {"opens_at": "2027-02-02T10:00", "closes_at": "2027-02-01T10:00"}, {"title": "x" * 161}, {"text": "x" * 3001}],
    )  # fmt: skip
    def test_a_call_that_cannot_be_is_refused_with_what_was_typed(
        self, client: Client, edition: Edition, wrong: dict[str, Any]
    ) -> None:
        form = {"title": "UMKM dicari", "stalls": 5, "fee_note": "dengan tenda", **wrong}
        response = client.post(reverse("events:stall_call_edit", args=[edition.code]), form)
        assert response.status_code == 422
        assert "dengan tenda" in response.content.decode()
        assert call_of(edition) is None

    def test_its_hours_are_those_of_the_agencys_zone(self, client: Client, edition: Edition) -> None:
        edition.organisation.time_zone = "Asia/Jayapura"
        edition.organisation.save()
        form = {"title": "UMKM", "stalls": 5, "opens_at": "2027-02-01T09:00", "closes_at": "2027-02-02T09:00"}
        client.post(reverse("events:stall_call_edit", args=[edition.code]), form)
        call = call_of(edition)
        assert call is not None
        assert call.opens_at is not None
        assert call.opens_at.isoformat() == "2027-02-01T00:00:00+00:00"
        assert "2027-02-01T09:00" in client.get(reverse("events:stall_call_edit", args=[edition.code])).content.decode()

    def test_two_tabs(self, client: Client, edition: Edition) -> None:
        call = make_call(edition)
        form = {"title": "Satu", "stalls": 3, "version": call.version}
        client.post(reverse("events:stall_call_edit", args=[edition.code]), form)
        response = client.post(reverse("events:stall_call_edit", args=[edition.code]), {**form, "title": "Dua"})
        assert "Somebody saved a newer version" in response.content.decode()

    def test_there_is_one_call_of_an_edition(self, edition: Edition) -> None:
        make_call(edition)
        with pytest.raises(Conflict, match="has a call already"):
            make_call(edition)

    def test_it_is_not_taken_back_under_those_who_applied(self, edition: Edition) -> None:
        call = make_call(edition)
        applied(call)
        with pytest.raises(Conflict, match="Close the call instead"):
            stall_calls.move_stall_call(call=call, to="draft", actor=SYSTEM)

    def test_it_never_has_fewer_stalls_than_are_given(self, edition: Edition) -> None:
        call = make_call(edition, stalls=3)
        for _each in range(2):
            accepted(call)
        with pytest.raises(Conflict, match="2 stalls are given already"):
            stall_calls.change_stall_call(call=call, version=call.version, stalls=1, actor=SYSTEM)
        call.refresh_from_db()
        stall_calls.change_stall_call(call=call, version=call.version, stalls=2, actor=SYSTEM)
        assert Pool.objects.get(offer=call.offer).size == 2

    def test_another_agency_and_a_leader_change_nothing(self, agency: Organisation, edition: Edition) -> None:
        make_call(edition)
        other = client_of(make_user(Role.ORGANISER, make_agency("Dinas Lain")))
        assert other.get(reverse("events:stalls", args=[edition.code])).status_code == 404
        leader = client_of(make_user(Role.LEADER, agency))
        assert leader.get(reverse("events:stalls", args=[edition.code])).status_code == 200
        assert leader.get(reverse("events:stall_call_edit", args=[edition.code])).status_code == 404
        assert leader.post(reverse("events:stall_call_move", args=[edition.code]), {"to": "closed"}).status_code == 404


class TestApplying:
    def test_a_vendor_applies_without_an_account_and_gets_a_page(self, stranger: Client, edition: Edition) -> None:
        call = make_call(edition)
        picture = SimpleUploadedFile("kue.jpg", JPEG, "image/jpeg")
        page = stranger.post(public(call), form_of(phone="0812-3456 7890", electricity="on", file=picture), follow=True)
        row = StallApplication.objects.get()
        assert page.redirect_chain[0][0].startswith("/acara/l/")
        assert row.name in page.content.decode()
        assert (row.phone, row.electricity, row.by_staff) == ("+6281234567890", True, False)
        assert row.picture is not None

    @pytest.mark.parametrize(
        "wrong",
        [{"name": ""}, {"name": "!!!"}, {"name": "x" * 121}, {"phone": ""}, {"phone": "12"}, {"phone": "kosong"},
         {"nib": "123"}, {"nib": "12345678901234"}, {"nib": "123456789012a"}, {"category": 0}, {"region": ""},
         {"sells": ""}, {"sells": "x" * 301}, {"email": "bukan"}, {"owner": ""}],
    )  # fmt: skip
    def test_what_cannot_be_is_refused_and_kept_on_the_page(
        self, stranger: Client, edition: Edition, wrong: dict[str, Any]
    ) -> None:
        call = make_call(edition)
        response = stranger.post(public(call), {**form_of(), "wishes": "dekat pintu", **wrong})
        assert response.status_code == 422
        assert "dekat pintu" in response.content.decode()
        assert not StallApplication.objects.exists()

    @pytest.mark.parametrize("content", [b"", b"%PDF-1.7 x", b"GIF89a", JPEG + b"0" * (5 * 1024 * 1024)])
    def test_only_a_picture_of_a_sane_size_is_a_picture(
        self, stranger: Client, edition: Edition, content: bytes
    ) -> None:
        call = make_call(edition)
        response = stranger.post(public(call), form_of(file=SimpleUploadedFile("kue.jpg", content)))
        assert response.status_code == 422
        assert not StallApplication.objects.exists()

    def test_the_same_form_twice_is_one_row_and_the_same_vendors_page(self, stranger: Client, edition: Edition) -> None:
        call = make_call(edition)
        form = {**form_of(), "once": "rahasia"}
        for _each in range(2):
            response = stranger.post(public(call), form)
            assert response.status_code == 302
        assert StallApplication.objects.count() == 1

    @pytest.mark.parametrize("same", ["phone", "nib"])
    def test_the_same_phone_or_nib_is_answered_with_the_one_that_stands_and_no_address(
        self, stranger: Client, edition: Edition, same: str
    ) -> None:
        call = make_call(edition)
        first = form_of(nib="1234567890123")
        stranger.post(public(call), first)
        links = CapabilityLink.objects.count()
        response = stranger.post(public(call), form_of(**{same: first[same]}))
        page = response.content.decode()
        assert "has applied for a stall" in page
        assert first["name"] not in page
        assert StallApplication.objects.count() == 1
        assert CapabilityLink.objects.count() == links

    def test_who_gave_an_address_gets_the_page_again_there_alone(self, stranger: Client, edition: Edition) -> None:
        call = make_call(edition)
        form = form_of(email="ibu@contoh.id")
        stranger.post(public(call), form)
        page = stranger.post(public(call), {**form, "email": "orang@lain.id"}).content.decode()
        assert "sent again" in page
        assert {notice.address for notice in Notice.objects.all()} == {"ibu@contoh.id"}

    def test_another_edition_has_its_own(self, stranger: Client, agency: Organisation, edition: Edition) -> None:
        call, form = make_call(edition), form_of()
        stranger.post(public(call), form)
        other = make_call(make_edition(agency, event=edition.event, year=clock.today().year + 2))
        stranger.post(public(other), form)
        assert StallApplication.objects.count() == 2

    def test_outside_its_hours_nothing_is_taken(self, stranger: Client, edition: Edition) -> None:
        past = clock.now() - timedelta(hours=1)
        call = make_call(edition, opens_at=past - timedelta(days=1), closes_at=past)
        page = stranger.post(public(call), form_of())
        assert "Applications are closed" in page.content.decode()
        with pytest.raises(Conflict, match="not taken now"):
            stalls.apply_for_stall(call=call, actor=ANONYMOUS, **vendor_facts())
        assert not StallApplication.objects.exists()

    def test_after_the_edition_nobody_applies_though_the_call_was_left_open(
        self, stranger: Client, edition: Edition
    ) -> None:
        call = make_call(edition)
        Edition.objects.filter(pk=edition.pk).update(
            starts_on=clock.today() - timedelta(days=9), ends_on=clock.today() - timedelta(days=2)
        )
        assert "Applications are closed" in stranger.post(public(call), form_of()).content.decode()
        assert not StallApplication.objects.exists()

    def test_too_many_from_one_place_are_refused(self, stranger: Client, edition: Edition) -> None:
        call = make_call(edition)
        answers = [stranger.post(public(call), form_of()).status_code for _each in range(41)]
        assert answers.count(302) == 40
        assert answers[-1] == 422

    def test_staff_enter_a_vendor_also_after_the_call(self, client: Client, edition: Edition) -> None:
        call = make_call(edition)
        stall_calls.move_stall_call(call=call, to="closed", actor=SYSTEM)
        client.post(reverse("events:stall_application_new", args=[edition.code]), form_of())
        assert StallApplication.objects.get().by_staff


class TestTheVendorsPage:
    def page_of(self, stranger: Client, call: StallCall, **facts: Any) -> tuple[str, StallApplication]:
        address = stranger.post(public(call), form_of(**facts)).headers["Location"]
        return address, fresh(StallApplication.objects.select_related("call__edition__organisation").latest("pk"))

    def test_corrected_and_withdrawn_by_its_address(self, stranger: Client, edition: Edition) -> None:
        call = make_call(edition)
        address, row = self.page_of(stranger, call)
        form = {**form_of(name="Kue Lapis Baru", nib="1234567890123"), "version": row.version}
        stranger.post(f"{address}ubah/", form)
        row.refresh_from_db()
        assert (row.name, row.nib) == ("Kue Lapis Baru", "1234567890123")
        stranger.post(f"{address}tarik/", {"reason": "sakit"})
        row.refresh_from_db()
        assert row.state == "withdrawn"
        assert stranger.get(f"{address}ubah/").status_code == 404
        stranger.post(public(call), {**form, "name": "Lagi"})
        assert StallApplication.objects.count() == 2

    def test_once_a_stall_is_given_what_it_was_chosen_for_stays(self, stranger: Client, edition: Edition) -> None:
        call = make_call(edition)
        address, row = self.page_of(stranger, call, name="Kue Lapis")
        stalls.decide_stall(application=row, to="accepted", actor=SYSTEM)
        row = fresh(row)
        stranger.post(f"{address}ubah/", {**form_of(name="Warung Tuak", nib="1234567890123"), "version": row.version})
        row.refresh_from_db()
        assert (row.name, row.nib) == ("Kue Lapis", "1234567890123")
        assert Business.objects.get().nib == "1234567890123"

    def test_a_wrong_ended_or_foreign_address_opens_nothing(self, stranger: Client, edition: Edition) -> None:
        call = make_call(edition)
        address, row = self.page_of(stranger, call)
        for wrong in ("/acara/l/x/", f"/acara/l/{'x' * 5000}/", "/acara/l/%00/"):
            assert stranger.get(wrong).status_code == 404
        token = address.split("/")[-2]
        CapabilityLink.objects.filter(token_hash=hashed(token)).update(expires_at=clock.now())
        assert stranger.get(address).status_code == 404
        with pytest.raises(NotAllowed):
            stalls.withdraw_application(application=row, actor=ANONYMOUS)

    def test_the_address_lives_until_two_weeks_after_the_edition(self, stranger: Client, edition: Edition) -> None:
        call = make_call(edition)
        self.page_of(stranger, call)
        assert edition.ends_on is not None
        assert CapabilityLink.objects.get().expires_at.date() == edition.ends_on + timedelta(days=14)


class TestChoosing:
    def test_many_at_once_and_back(self, client: Client, edition: Edition) -> None:
        call = make_call(edition, stalls=5)
        rows = [applied(call) for _each in range(3)]
        assert "3 vendors: Accepted" in decide(client, edition, "accepted", *rows)
        assert standing_of(call).accepted == 3
        assert Business.objects.count() == 3
        decide(client, edition, "new", rows[0])
        assert standing_of(call).accepted == 2
        decide(client, edition, "waiting", rows[0])
        decide(client, edition, "declined", rows[0], reason="penuh")
        assert fresh(rows[0]).reason == "penuh"
        assert not unsound_pools()

    def test_never_more_than_there_are_stalls(self, client: Client, edition: Edition) -> None:
        call = make_call(edition, stalls=2)
        rows = [applied(call) for _each in range(4)]
        page = decide(client, edition, "accepted", *rows)
        assert "2 vendors: Accepted" in page
        assert "All 2 stalls are given" in page
        assert standing_of(call).accepted == 2
        decide(client, edition, "declined", rows[0], reason="batal")
        assert "1 vendor: Accepted" in decide(client, edition, "accepted", rows[3])

    def test_declining_says_why(self, client: Client, edition: Edition) -> None:
        row = applied(make_call(edition))
        assert "Give the reason" in decide(client, edition, "declined", row)
        assert fresh(row).state == "new"

    @pytest.mark.parametrize("to", ["withdrawn", "x", "", "\x00"])
    def test_what_is_no_decision_decides_nothing(self, client: Client, edition: Edition, to: str) -> None:
        row = applied(make_call(edition))
        decide(client, edition, to, row)
        assert fresh(row).state == "new"

    @pytest.mark.parametrize("ids", [[], ["x"], ["999999999"], ["9" * 40], ["-1"], ["²"]])
    def test_ticks_of_nobody_do_nothing(self, client: Client, edition: Edition, ids: list[str]) -> None:
        make_call(edition)
        response = client.post(listing(edition), {"pilih": ids, "to": "accepted"}, follow=True)
        assert "Tick at least one vendor" in response.content.decode()

    def test_a_vendor_of_another_edition_is_not_reached(
        self, client: Client, agency: Organisation, edition: Edition
    ) -> None:
        make_call(edition)
        other = applied(make_call(make_edition(agency, event=edition.event, year=clock.today().year + 2)))
        decide(client, edition, "accepted", other)
        assert fresh(other).state == "new"

    def test_with_an_address_they_are_told_at_once_else_staff_are_asked(self, client: Client, edition: Edition) -> None:
        call = make_call(edition)
        by_mail, by_hand = applied(call, email="ibu@contoh.id"), applied(call)
        decide(client, edition, "accepted", by_mail, by_hand)
        notice = Notice.objects.get()
        assert notice.address == "ibu@contoh.id"
        assert "/acara/l/" in notice.text
        assert fresh(by_mail).news == ""
        assert fresh(by_hand).news == "accepted"
        address = reverse("events:stall_news", args=[edition.code])
        assert by_hand.name in client.get(address).content.decode()
        page = client.post(address, {"pilih": [by_hand.pk], "teks": "1"}).content.decode()
        assert "a stall is kept for you" in page or "lapak" in page
        assert f"https://wa.me/{by_hand.phone[1:]}" in page
        client.post(address, {"pilih": [by_hand.pk], "sudah": "1"})
        assert fresh(by_hand).news == ""

    def test_a_long_list_of_who_has_to_be_told_has_pages(
        self, client: Client, edition: Edition, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        call = make_call(edition)
        first = applied(call, name="AAA")
        last = applied(call, name="ZZZ")
        decide(client, edition, "accepted", first, last)
        address = reverse("events:stall_news", args=[edition.code])
        assert len(client.get(address).context["rows"]) == 2
        monkeypatch.setattr(stall_news, "PER_PAGE", 1)
        assert [row.name for row in client.get(address).context["rows"]] == ["AAA"]
        assert [row.name for row in client.get(address, {"page": "2"}).context["rows"]] == ["ZZZ"]
        assert client.get(address, {"page": "9" * 30}).status_code == 200

    def test_a_decision_taken_back_before_anybody_was_told_is_silent(self, client: Client, edition: Edition) -> None:
        row = applied(make_call(edition))
        decide(client, edition, "accepted", row)
        decide(client, edition, "new", row)
        assert fresh(row).news == ""

    def test_withdrawn_by_mistake_is_taken_in_again_unless_they_came_anew(
        self, client: Client, edition: Edition
    ) -> None:
        call = make_call(edition)
        row = applied(call, phone="081234567890")
        stalls.withdraw_application(application=row, actor=SYSTEM)
        again = applied(call, phone="081234567890")
        assert "has applied again meanwhile" in decide(client, edition, "new", row)
        stalls.withdraw_application(application=again, actor=SYSTEM)
        decide(client, edition, "new", row)
        assert fresh(row).state == "new"

    def test_the_filters(self, client: Client, edition: Edition) -> None:
        call = make_call(edition)
        craft = make_category("Kerajinan", 4)
        cake, cloth = accepted(call, name="Kue Nona"), applied(call, name="Anyaman", category=craft, nib="1" * 13)
        for query, seen, hidden in (
            ("state=accepted", cake, cloth), (f"category={craft.pk}", cloth, cake), ("text=nona", cake, cloth),
            ("missing=nib", cake, cloth), ("missing=kontrak", cake, cloth), ("missing=petak", cake, cloth),
        ):  # fmt: skip
            page = client.get(f"{listing(edition)}?{query}").content.decode()
            assert seen.name in page
            assert f">{hidden.name}<" not in page
        assert client.get(f"{listing(edition)}?state=x&category=9&missing=y&page=-1&text=%00").status_code == 200

    def test_who_waits_for_a_decision_stands_first(self, client: Client, edition: Edition) -> None:
        call = make_call(edition)
        accepted(call, name="Kue Nona")
        applied(call, name="Anyaman")
        page = client.get(listing(edition)).content.decode()
        assert page.index(">Anyaman<") < page.index(">Kue Nona<")

    def test_queries_do_not_grow(self, client: Client, edition: Edition) -> None:
        call = make_call(edition, stalls=9)
        counts = []
        for more in (1, 2):
            for _each in range(more):
                accepted(call, nib=f"{StallApplication.objects.count():013d}")
            with CaptureQueriesContext(connection) as found:
                client.get(listing(edition))
            counts.append(len(found))
        assert counts[0] == counts[1]

    def test_a_leader_reads_and_decides_nothing(self, agency: Organisation, edition: Edition) -> None:
        row = applied(make_call(edition))
        leader = client_of(make_user(Role.LEADER, agency))
        assert leader.get(listing(edition)).status_code == 200
        assert leader.post(listing(edition), {"pilih": [row.pk], "to": "accepted"}).status_code == 404
        with pytest.raises(NotAllowed):
            stalls.decide_stall(application=row, to="accepted", actor=make_actor(Role.LEADER, agency))


class TestTheYearAfter:
    def test_a_clone_has_the_words_and_nobody(self, agency: Organisation, edition: Edition) -> None:
        call = make_call(edition, stalls=7, fee=50_000, text="Bawa meja")
        accepted(call)
        made = call_of(clone_edition(edition=edition, year=edition.year + 1, actor=SYSTEM))
        assert made is not None
        assert (made.stalls, made.fee, made.text, made.state) == (7, 50_000, "Bawa meja", "draft")
        assert (made.contact, made.opens_at, made.shows_map) == ("", None, False)
        assert not made.applications.exists()
        assert Pool.objects.get(offer=made.offer).taken == 0

    def test_who_counts_on_a_stall_is_told_when_it_moves_or_is_cancelled(self, edition: Edition) -> None:
        call = make_call(edition)
        waits, gone = applied(call), applied(call)
        stalls.withdraw_application(application=gone, actor=SYSTEM)
        first = edition.starts_on
        assert first is not None
        later = first + timedelta(days=40)
        decide_dates(
            edition=edition, version=edition.version, first=later, last=later, state="tentative", reason="banjir",
            actor=SYSTEM,
        )  # fmt: skip
        assert (fresh(waits).news, fresh(gone).news) == ("moved", "")
        facts: dict[str, Any] = {"reason": "banjir", "decider": "Kepala", "decided_on": clock.today(), "actor": SYSTEM}
        cancel_edition(edition=edition, **facts)
        assert fresh(waits).news == "cancelled"
        with pytest.raises(Conflict, match="closed or cancelled"):
            stalls.decide_stall(application=waits, to="accepted", actor=SYSTEM)
        revive_edition(edition=edition, **facts)
        assert fresh(waits).news == "revived"

    def test_a_year_later_who_got_no_stall_is_forgotten(self, edition: Edition) -> None:
        call = make_call(edition)
        stays, goes = accepted(call), applied(call, email="ibu@contoh.id", nib="1" * 13)
        Edition.objects.filter(pk=edition.pk).update(
            starts_on=clock.today() - timedelta(days=400), ends_on=clock.today() - timedelta(days=366)
        )
        assert old_applications() == 1
        assert old_applications() == 0
        goes.refresh_from_db()
        stays.refresh_from_db()
        assert {goes.name, goes.owner, goes.email, goes.nib} == {"-", ""}
        assert stays.owner == "Ibu Contoh"
        assert not mail.outbox
