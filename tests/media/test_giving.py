"""Collections, contests, what was posted elsewhere, and what is given along."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM, load_user
from enggang.core.acts import Conflict, NotAllowed
from enggang.media.domain.collections import choose_cover, collect, keep_collection, order_collection, show_collection
from enggang.media.domain.contests import ask_juror, enter_contest, judge_entry, keep_contest, move_contest
from enggang.media.domain.giving import import_reach, note_posting, note_posting_reach
from enggang.media.domain.publishing import publish_asset
from enggang.media.enums_words import ContestState
from enggang.media.models import Collection, Contest, Entry, Posting
from enggang.media.queries.kit import kit_for
from enggang.media.views import collections, collections_public
from enggang.people.domain.accounts import ensure_user
from enggang.places.models import Organisation
from tests.media.rights import accepted, consent_of, fresh, in_order, published, shows, work
from tests.training.factories import client_of, make_agency, make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def client(agency: Organisation) -> Client:
    found = client_of(make_user(Role.ORGANISER, agency))
    found.cookies["django_language"] = "en"
    return found


class TestCollections:
    def test_made_filled_ordered_and_shown(self, client: Client, agency: Organisation) -> None:
        form = {"title_id": "Kapuas", "story_id": "Cerita", "title_en": "The Kapuas", "kind": "theme"}
        client.post(reverse("media:collection_new", args=[agency.code]), form)
        row = Collection.objects.get()
        both = [published(agency, name) for name in ("Satu", "Dua")]
        table = {"do": "koleksi", "karya": [each.code for each in both], "collection": row.pk}
        client.post(reverse("media:table"), table)
        step = reverse("media:collection_step", args=[row.code, "naik"])
        client.post(step, {"karya": both[1].code})
        client.post(reverse("media:collection_step", args=[row.code, "sampul"]), {"karya": both[1].code})
        client.post(reverse("media:collection_step", args=[row.code, "tampil"]))
        row.refresh_from_db()
        assert [each.asset.title for each in row.items.select_related("asset")] == ["Dua", "Satu"]
        assert row.cover == both[1]
        page = client.get(f"/en{reverse('gallery:collection', args=[row.code])}").content.decode()
        assert page.index("Dua") < page.index("Satu")
        assert "The Kapuas" in page
        client.post(reverse("media:collection_step", args=[row.code, "keluar"]), {"karya": both[1].code})
        assert Collection.objects.get().cover is None
        assert client.get(reverse("media:collections")).status_code == 200

    def test_one_without_a_work_that_is_shown_is_not_said_to_be_visible(
        self, client: Client, agency: Organisation
    ) -> None:
        row = keep_collection(organisation=agency, texts={"id": ("Sungai", "")}, kind="theme", actor=SYSTEM)
        asset = in_order(work(agency))
        collect(collection=row, assets=[asset], actor=SYSTEM)
        page = client.post(reverse("media:collection_step", args=[row.code, "tampil"]), follow=True).content.decode()
        assert "Everybody can see it now." not in page
        assert page.count("It is listed as soon as one of its works is shown") == 2  # said once, and stays on the page
        assert "no work shown yet" in client.get(reverse("media:collections")).content.decode()
        publish_asset(asset=accepted(asset), actor=SYSTEM)
        assert "no work shown yet" not in client.get(reverse("media:collections")).content.decode()
        assert "It is listed as soon" not in client.get(reverse("media:collection", args=[row.code])).content.decode()

    def test_what_is_wrong_changes_nothing(self, client: Client, agency: Organisation) -> None:
        row = keep_collection(organisation=agency, texts={"id": ("Kapuas", "")}, kind="theme", actor=SYSTEM)
        other = published(make_agency("Lain"))
        with pytest.raises(Conflict):
            collect(collection=row, assets=[other], actor=SYSTEM)
        with pytest.raises(Conflict):
            choose_cover(collection=row, asset=other, actor=SYSTEM)
        with pytest.raises(Conflict):
            keep_collection(organisation=agency, texts={"en": ("Only", "")}, kind="theme", actor=SYSTEM)
        order_collection(collection=row, codes=["x", "y"], actor=SYSTEM)
        edit = reverse("media:collection_edit", args=[row.code])
        assert client.post(edit, {"title_id": "", "kind": "theme", "version": 1}).status_code == 422
        stale = client.post(edit, {"title_id": "Baru", "kind": "theme", "version": 99})
        assert stale.status_code == 422
        assert "Baru" in stale.content.decode()
        assert not row.items.exists()
        assert client.post(reverse("media:collection_step", args=[row.code, "bakar"])).status_code == 404

    def test_a_long_one_stands_on_pages_and_a_work_is_moved_to_any_place(
        self, client: Client, agency: Organisation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for views in (collections, collections_public):
            monkeypatch.setattr(views, "WORKS_PER_PAGE", 2)
        row = keep_collection(organisation=agency, texts={"id": ("Kapuas", "Cerita")}, kind="theme", actor=SYSTEM)
        works = [published(agency, f"Karya {number}") for number in range(1, 6)]
        collect(collection=row, assets=works, actor=SYSTEM)
        show_collection(collection=row, shown=True, actor=SYSTEM)
        for address in (reverse("media:collection", args=[row.code]), reverse("gallery:collection", args=[row.code])):
            first, last = (client.get(address, {"page": page}).content.decode() for page in ("1", "3"))
            assert ["Karya 1" in first, "Karya 3" in first, "Karya 5" in last, "Karya 1" in last] == [
                True,
                False,
                True,
                False,
            ]
        step = reverse("media:collection_step", args=[row.code, "tempat"])
        told = client.post(step, {"karya": works[4].code, "nomor": "3"})
        assert told["Location"].endswith("?page=2#karya")  # where it stands now
        for wrong in ("", "-1", "x", "٣"):
            client.post(step, {"karya": works[0].code, "nomor": wrong})
        client.post(step, {"karya": works[1].code, "nomor": "99"})
        titles = [each.asset.title for each in row.items.select_related("asset")]
        assert titles == ["Karya 1", "Karya 5", "Karya 3", "Karya 4", "Karya 2"]

    def test_twice_is_once(self, agency: Organisation) -> None:
        row = keep_collection(organisation=agency, texts={"id": ("Kapuas", "")}, kind="theme", actor=SYSTEM)
        asset = published(agency)
        collect(collection=row, assets=[asset], actor=SYSTEM)
        collect(collection=row, assets=[asset], actor=SYSTEM)
        assert row.items.count() == 1


class TestPostings:
    def test_noted_read_and_counted(self, client: Client, agency: Organisation) -> None:
        asset = published(agency)
        day = clock.today(agency.time_zone)
        form = {"asset": asset.pk, "channel": "instagram", "posted_on": day, "url": "https://x.example/p/1", "reach": 9}
        client.post(reverse("media:postings"), form)
        row = Posting.objects.get()
        assert (row.reach, row.channel) == (9, "instagram")
        client.post(reverse("media:posting_reach", args=[row.pk]), {"reach": "120"})
        client.post(reverse("media:posting_reach", args=[row.pk]), {"reach": "banyak"})
        row.refresh_from_db()
        assert row.reach == 120
        lines = f"alamat;jangkauan;tanggal\nhttps://x.example/p/1;1.250;{day}\nhttps://x.example/p/9;5;\n=cmd;x;\n"
        file = SimpleUploadedFile("ig.csv", lines.encode())
        page = client.post(reverse("media:reach_file", args=[agency.code]), {"file": file}).content.decode()
        assert "No posting with this address is in the log." in page
        row.refresh_from_db()
        assert row.reach == 1250
        client.post(reverse("media:posting_drop", args=[row.pk]))
        assert "in the last seven days" in client.get(reverse("media:postings")).content.decode()
        client.post(reverse("media:posting_drop", args=[row.pk]), {"kembali": ""})
        assert not Posting.objects.exclude(removed_at=None).exists()
        client.post(reverse("media:posting_drop", args=[row.pk]))
        assert "x.example" not in client.get(reverse("media:postings")).content.decode()

    @pytest.mark.parametrize(
        "wrong", [b"", b"\xff\xfe", b"a,b\n1,2\n", b"address,reach\n" + b"x,1\n" * 6000, b"0" * 2_000_000]
    )
    def test_a_file_that_is_none_is_told(self, client: Client, agency: Organisation, wrong: bytes) -> None:
        url = reverse("media:reach_file", args=[agency.code])
        assert client.post(url, {"file": SimpleUploadedFile("a.csv", wrong)}).status_code == 422

    @pytest.mark.parametrize(
        "line",
        [
            "https://x.example/1,-5,",
            "https://x.example/1,9999999999,",
            "https://x.example/1,5,2019-01-01",
            "https://x.example/1,5,kemarin",
        ],
    )
    def test_a_line_that_cannot_be_is_told(self, agency: Organisation, line: str) -> None:
        day = clock.today(agency.time_zone)
        row = note_posting(
            organisation=agency,
            channel="x",
            posted_on=day,
            asset=published(agency),
            url="https://x.example/1",
            actor=SYSTEM,
        )
        counted, rejected = import_reach(
            organisation=agency, content=f"address,reach,day\n{line}\n".encode(), name="a.csv", actor=SYSTEM
        )
        assert (counted, len(rejected)) == (0, 1)
        assert rejected[0].text == " · ".join(filter(None, line.split(",")))
        row.refresh_from_db()
        assert row.reach is None

    def test_a_file_of_the_province_counts_for_its_agencies(self, agency: Organisation) -> None:
        below = make_agency("Dinas di bawahnya", parent=agency)
        facts: dict[str, Any] = {
            "channel": "x",
            "posted_on": clock.today(agency.time_zone),
            "url": "https://x.example/7",
        }
        row = note_posting(organisation=below, asset=published(below), actor=SYSTEM, **facts)
        content = b"alamat;jangkauan\nhttps://x.example/7;2.345\n"
        assert import_reach(organisation=agency, content=content, name="a.csv", actor=SYSTEM) == (1, [])
        row.refresh_from_db()
        assert row.reach == 2345

    def test_large_numbers_are_parted_in_the_language_of_the_reader(self, client: Client, agency: Organisation) -> None:
        note_posting(
            organisation=agency, asset=published(agency), channel="instagram", posted_on=clock.today(), reach=1234567,
            actor=SYSTEM,
        )  # fmt: skip
        for language, told in (("id", "1.234.567"), ("en", "1,234,567")):
            client.cookies["django_language"] = language
            page = client.get(reverse("media:postings")).content.decode()
            assert page.count(told) == 2
            assert 'value="1234567"' in page  # what is sent back is a number

    def test_the_newest_reading_counts(self, agency: Organisation) -> None:
        day = clock.today(agency.time_zone)
        row = note_posting(organisation=agency, channel="x", posted_on=day, asset=published(agency), actor=SYSTEM)
        note_posting_reach(posting=row, reach=50, actor=SYSTEM)
        note_posting_reach(posting=row, reach=20, on=day - timedelta(days=1), actor=SYSTEM)
        row.refresh_from_db()
        assert row.reach == 50

    def test_of_another_agency_or_a_day_to_come_is_refused(self, agency: Organisation) -> None:
        day = clock.today(agency.time_zone)
        for facts in ({"asset": published(make_agency("Lain")), "posted_on": day}, {"posted_on": day}):
            with pytest.raises(Conflict):
                note_posting(organisation=agency, channel="x", actor=SYSTEM, **facts)
        with pytest.raises(Conflict):
            note_posting(
                organisation=agency,
                channel="x",
                posted_on=day + timedelta(days=2),
                asset=published(agency),
                actor=SYSTEM,
            )
        assert not Posting.objects.exists()


class TestShareKit:
    def test_words_with_credit_fit_the_channel(self, agency: Organisation) -> None:
        asset = published(agency)
        asset.caption = "Panjang " * 100
        kit = {each.key: each for each in kit_for(asset)}
        assert "Ibu Contoh / Disporapar · CC BY 4.0" in kit["instagram"].words
        assert len(kit["x"].words) <= 280
        assert kit["x"].picture is not None

    def test_without_consent_for_social_media_there_is_none(self, client: Client, agency: Organisation) -> None:
        asset = shows(published(agency), consent_of(agency, scopes=["web"]))
        page = client.get(reverse("media:share_kit", args=[asset.code])).content.decode()
        assert "Not for social media" in page
        assert "Fetch the picture" not in page


class TestContests:
    def contest(self, agency: Organisation, **facts: Any) -> Contest:
        day = clock.today(agency.time_zone)
        values = {"opens_on": day, "closes_on": day + timedelta(days=7), "criteria": [("Kesan", 1)], **facts}
        return keep_contest(organisation=agency, title="Lomba", actor=SYSTEM, **values)

    def test_from_the_open_call_to_the_winners_page(self, client: Client, agency: Organisation) -> None:
        day = clock.today(agency.time_zone)
        form = {
            "title": "Lomba Foto", "opens_on": day, "closes_on": day, "winners": 1, "most_entries": 2, "criteria": "Kesan",
        }  # fmt: skip
        client.post(reverse("media:contest_new", args=[agency.code]), form)
        row = Contest.objects.get()
        juror = make_user(Role.LEADER, agency)
        client.post(reverse("media:juror_add", args=[row.code]), {"user": juror.pk})
        client.post(reverse("media:contest_step", args=[row.code, "buka"]))
        author = make_person(agency, "Siti Pemotret")
        entrant = client_of(ensure_user(person=author, actor=SYSTEM))
        good, weak = published(agency, "Bagus", author=author), published(agency, "Biasa", author=author)
        enter = reverse("media:contest_enter", args=[row.code])
        for asset in (good, weak):
            entrant.post(enter, {"karya": asset.code})
        assert Entry.objects.count() == 2
        client.post(reverse("media:contest_step", args=[row.code, "nilai"]))
        jury = client_of(juror)
        for asset, points in ((good, 100), (weak, 30)):
            entry = Entry.objects.select_related("review__rubric").get(asset=asset)
            url = reverse("media:entry", args=[entry.code])
            assert "Siti Pemotret" not in jury.get(url).content.decode()
            assert entry.review is not None
            criterion = entry.review.rubric.criteria.get()
            jury.post(url, {f"level-{criterion.pk}": criterion.levels.get(points=points).pk})
        for step in ("tutup", "umumkan"):
            client.post(reverse("media:contest_step", args=[row.code, step]))
        page = Client().get(reverse("gallery:contest", args=[row.code])).content.decode()
        assert "Bagus" in page
        assert "Siti Pemotret" in page
        assert "Biasa" not in page

    def test_rules_of_entering(self, agency: Organisation) -> None:
        row = self.contest(agency, most_entries=1)
        with pytest.raises(Conflict):
            enter_contest(contest=row, asset=work(agency), actor=SYSTEM)
        move_contest(contest=row, to=ContestState.OPEN, actor=SYSTEM)
        stranger = load_user(make_user(Role.PARTICIPANT, agency).pk)
        with pytest.raises(NotAllowed):
            enter_contest(contest=row, asset=work(agency), actor=stranger)
        enter_contest(contest=row, asset=work(agency), actor=SYSTEM)
        with pytest.raises(Conflict):
            enter_contest(contest=row, asset=work(agency), actor=SYSTEM)
        with pytest.raises(Conflict):
            move_contest(contest=row, to=ContestState.JUDGING, actor=SYSTEM)
        with pytest.raises(Conflict):
            move_contest(contest=row, to=ContestState.ANNOUNCED, actor=SYSTEM)
        with pytest.raises(NotAllowed):
            judge_entry(entry=Entry.objects.get(), levels={}, actor=stranger)
        assert Entry.objects.count() == 1

    def test_no_call_without_criteria(self, agency: Organisation) -> None:
        row = self.contest(agency, criteria=[])
        with pytest.raises(Conflict):
            move_contest(contest=row, to=ContestState.OPEN, actor=SYSTEM)
        assert Client().get(reverse("gallery:contest", args=[row.code])).status_code == 404
        assert fresh(work(agency)).title == "Sampan"


class TestWhereThingsAreBegun:
    """A keeper of the province keeps the libraries of its agencies: what is begun with works is of the agency that has
    them, so that agency is offered, and first."""

    BEGUN = ("media:collections", "media:collection_new"), ("media:contests", "media:contest_new"), (
        "media:consents", "media:consent_new"), ("media:table", "media:policy")  # fmt: skip

    def test_the_agencies_with_works_are_offered_to_whoever_keeps_above_them(self) -> None:
        province = make_agency("Pemprov")
        agency, empty = make_agency("Disporapar", province), make_agency("Dinas Kosong", province)
        work(agency)
        client = client_of(make_user(Role.ORGANISER, province))
        for page, begin in self.BEGUN:
            told = client.get(reverse(page)).content.decode()
            offered = [told.find(reverse(begin, args=[each.code])) for each in (agency, province, empty)]
            assert 0 < offered[0] < offered[1], page
            assert offered[2] == -1
        told = client.get(reverse("media:intakes")).content.decode()
        assert f"{reverse('media:intake_new')}?untuk={agency.code}" in told
        told = client.get(reverse("media:uploads")).content.decode()
        assert reverse("media:hand_over", args=[agency.code]) in told

    def test_whoever_only_contributes_above_brings_to_the_own_agency(self) -> None:
        province = make_agency("Pemprov")
        work(make_agency("Disporapar", province))
        told = client_of(make_user(Role.PARTICIPANT, province)).get(reverse("media:uploads")).content.decode()
        assert reverse("media:hand_over", args=[province.code]) in told
        assert "?untuk=" not in told


def test_what_stands_above_a_page_leads_nobody_to_a_shut_door(agency: Organisation) -> None:
    author, juror = client_of(make_user(Role.PARTICIPANT, agency)), make_user(Role.GRADER, agency)
    contest = keep_contest(
        organisation=agency, title="Lomba", opens_on=clock.today(), closes_on=clock.today(), actor=SYSTEM
    )
    ask_juror(contest=contest, user=juror, actor=SYSTEM)
    for client, page in ((author, "media:consents"), (client_of(juror), "media:contests")):
        told = client.get(reverse(page)).content.decode()
        assert f'href="{reverse("media:list")}"' not in told
        assert client.get(reverse("media:list")).status_code == 404
    assert f'href="{reverse("media:uploads")}"' in author.get(reverse("media:consents")).content.decode()
