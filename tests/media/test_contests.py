"""A contest as its people walk it: keepers, authors with and without an account, a jury that errs and changes its mind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.accounts.domain.accounts import create_account
from enggang.accounts.models import User
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM, load_user
from enggang.core.acts import Conflict, NotAllowed
from enggang.files.enums import Purpose, UploadState
from enggang.files.models import Upload
from enggang.media.domain.consents import withdraw_consent
from enggang.media.domain.contests import ask_juror, enter_contest, give_prize, keep_contest, move_contest
from enggang.media.domain.handing_over import hand_over, media_ticket
from enggang.media.domain.publishing import publish_asset
from enggang.media.enums_words import ContestState
from enggang.media.models import Asset, Contest, Delivery, Entry
from enggang.notices.models import Notice
from enggang.people.domain.accounts import ensure_user
from enggang.places.models import Organisation
from enggang.reviews.models import Sheet
from tests.media.factories import arrived, photo
from tests.media.rights import accepted, consent_of, fresh, in_order, shows, work
from tests.training.factories import client_of, make_agency, make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def keeper(agency: Organisation) -> Client:
    return english(make_user(Role.ORGANISER, agency))


def english(user: User) -> Client:
    found = client_of(user)
    found.cookies["django_language"] = "en"
    return found


def contest(agency: Organisation, **facts: Any) -> Contest:
    day = clock.today(agency.time_zone)
    values = {"opens_on": day, "closes_on": day + timedelta(days=7), "criteria": [("Kesan", 1)], **facts}
    return keep_contest(organisation=agency, title="Lomba Kapuas", actor=SYSTEM, **values)


def called(agency: Organisation, **facts: Any) -> Contest:
    return move_contest(contest=contest(agency, **facts), to=ContestState.OPEN, actor=SYSTEM)


def of_address(agency: Organisation, title: str, author: str, key: str = "link:7") -> Asset:
    """As it came by a private address."""
    asset = work(agency, title, key=key)
    Asset.objects.filter(pk=asset.pk).update(author_name=author)
    return fresh(asset)


def page_of(client: Client, row: Contest) -> str:
    return client.get(reverse("media:contest", args=[row.code])).content.decode()


def step(client: Client, row: Contest, name: str) -> None:
    client.post(reverse("media:contest_step", args=[row.code, name]))


def judged(client: Client, entry: Entry, points: int) -> Any:
    entry = Entry.objects.select_related("review__rubric").get(pk=entry.pk)
    assert entry.review
    criterion = entry.review.rubric.criteria.get()
    data = {f"level-{criterion.pk}": criterion.levels.get(points=points).pk}
    return client.post(reverse("media:entry", args=[entry.code]), data)


class TestEntering:
    def test_keepers_enter_works_of_people_without_an_account_from_the_light_table(
        self, agency: Organisation, keeper: Client
    ) -> None:
        row = called(agency, most_entries=2)
        works = [of_address(agency, f"Sungai {n}", "Ani") for n in range(3)] + [of_address(agency, "Pasar", "Budi")]
        table = reverse("media:table")
        assert "Enter those that are ticked in a contest" in keeper.get(table).content.decode()
        data = {"do": "lomba", "contest": row.pk, "karya": [each.code for each in works]}
        answer = keeper.post(table, data, follow=True)
        said = answer.content.decode()
        assert "Done for 3 works." in said
        assert "One person enters at most 2 works. (Sungai 2)" in said  # counted by who made them, not by who enters
        assert set(row.entries.values_list("asset__author_name", flat=True)) == {"Ani", "Budi"}
        assert keeper.post(table, {**data, "contest": contest(make_agency("Lain")).pk}).status_code == 422
        entry = row.entries.get(asset=works[3])
        back = keeper.post(reverse("media:contest_leave", args=[entry.code]), {"lomba": ""})
        assert back["Location"] == reverse("media:contest", args=[row.code])
        assert row.entries.count() == 2

    def test_whoever_has_an_account_brings_a_work_for_an_open_call(self, agency: Organisation) -> None:
        row, user = called(agency), create_account(name="Rina Tamu", actor=SYSTEM)
        actor, client = load_user(user.pk), english(user)
        page = client.get(reverse("media:contest_enter", args=[row.code])).content.decode()
        assert reverse("media:contest_bring", args=[row.code]) in page
        upload = received(row, user)
        with pytest.raises(NotAllowed):  # the library itself stays closed
            hand_over(organisation=agency, uploads=[upload.code], actor=actor)
        answer = client.post(
            reverse("media:contest_bring", args=[row.code]), {"upload": upload.code},
            headers={"Accept": "application/json"},
        )  # fmt: skip
        assert answer.json() == {"taken": 1}
        jobs.run_pending()
        asset = Delivery.objects.get().asset
        assert asset
        assert asset.shown_author == "Rina Tamu"  # nobody on the staff list has this account
        client.post(reverse("media:contest_enter", args=[row.code]), {"karya": asset.code})
        assert row.entries.get().asset == asset

    def test_not_before_the_call_nor_after_it_nor_without_an_account(self, agency: Organisation) -> None:
        today, user = clock.today(agency.time_zone), create_account(name="Rina Tamu", actor=SYSTEM)
        late = called(agency, opens_on=today - timedelta(days=9), closes_on=today - timedelta(days=1))
        early = called(agency, opens_on=today + timedelta(days=1), closes_on=today + timedelta(days=1))
        for row, words, badge in (
            (late, "Works were taken until", "Entries have ended"),
            (early, "Works are taken from", "Opens soon"),
        ):
            with pytest.raises(Conflict):
                enter_contest(contest=row, asset=work(agency), actor=SYSTEM)
            with pytest.raises(Conflict):
                hand_over(organisation=agency, uploads=["x"], actor=load_user(user.pk), contest=row)
            client = english(user)
            page = client.get(reverse("media:contest_enter", args=[row.code])).content.decode()
            assert words in page
            assert "data-upload" not in page
            assert badge in client.get("/en" + reverse("gallery:contest", args=[row.code])).content.decode()
        with pytest.raises(NotAllowed):
            hand_over(organisation=agency, uploads=["x"], actor=load_user(user.pk), contest=contest(agency))
        other = called(make_agency("Lain"))
        with pytest.raises(NotAllowed):
            hand_over(organisation=agency, uploads=["x"], actor=load_user(user.pk), contest=other)
        assert Client().post(reverse("media:contest_bring", args=[late.code])).status_code == 302  # to sign in

    def test_who_has_entered_enough_is_told(self, agency: Organisation) -> None:
        row, author = called(agency, most_entries=1), make_person(agency, "Siti")
        user = ensure_user(person=author, actor=SYSTEM)
        enter_contest(contest=row, asset=work(agency, author=author), actor=load_user(user.pk))
        page = english(user).get(reverse("media:contest_enter", args=[row.code])).content.decode()
        assert "as many as one person may" in page
        assert "data-upload" not in page


def received(row: Contest, user: User) -> Upload:
    """A file that arrived by the field of the contest's page."""
    upload = arrived(row.organisation, SYSTEM, photo(seed=3))
    context = media_ticket(row.organisation, load_user(user.pk), contest=row).context
    Upload.objects.filter(pk=upload.pk).update(
        owner_key=f"user:{user.pk}", context=context, purpose=Purpose.MEDIA, state=UploadState.STORED
    )
    return Upload.objects.get(pk=upload.pk)


class TestJudging:
    def begun(self, agency: Organisation, jurors: int = 1) -> tuple[Contest, list[Entry], list[User]]:
        row = called(agency)
        rows = [
            enter_contest(contest=row, asset=of_address(agency, title, title), actor=SYSTEM)
            for title in ("Satu", "Dua")
        ]
        users = [make_user(Role.LEADER, agency) for _each in range(jurors)]
        for user in users:
            ask_juror(contest=row, user=user, actor=SYSTEM)
        return move_contest(contest=row, to=ContestState.JUDGING, actor=SYSTEM), rows, users

    def test_the_way_on_stands_first_and_says_what_it_costs(self, agency: Organisation, keeper: Client) -> None:
        row = called(agency)
        page = page_of(keeper, row)
        assert "The call runs until" not in page.split("Begin the judging", maxsplit=1)[0]
        assert page.index("Begin the judging") < page.index("Back to preparing")
        assert "The call runs until" in page
        _row, entries, (one, _other) = self.begun(agency, jurors=2)
        judged(english(one), entries[0], 80)
        row = entries[0].contest
        page = page_of(keeper, row)
        assert page.index("End the judging") < page.index("Back to the open call")
        assert "3 sheets are still missing" in page
        assert "1 of 2 works judged" in page
        step(keeper, row, "tutup")
        page = page_of(keeper, row)
        assert page.index("Announce the winners") < page.index("Judge on")
        step(keeper, row, "umumkan")
        assert "Take the winners off the page" in page_of(keeper, row)

    def test_a_sheet_changes_until_the_judging_ends_and_again_when_it_goes_on(
        self, agency: Organisation, keeper: Client
    ) -> None:
        row, (one, two), (user,) = self.begun(agency)
        jury = english(user)
        answer = judged(jury, one, 100)
        assert answer["Location"] == reverse("media:entry", args=[two.code])  # the next that waits
        assert judged(jury, two, 30)["Location"] == reverse("media:contest", args=[row.code])
        assert judged(jury, one, 60).status_code == 302  # the only sheet had decided it
        assert Sheet.objects.get(review__subject=one.subject).score == 6000
        step(keeper, row, "tutup")
        one.refresh_from_db()
        assert one.rank == 1
        assert judged(jury, one, 0).status_code == 422
        step(keeper, row, "nilai")
        assert set(row.entries.values_list("rank", flat=True)) == {None}
        assert judged(jury, one, 0).status_code == 302
        step(keeper, row, "tutup")
        two.refresh_from_db()
        assert two.rank == 1

    def test_whoever_entered_and_judges_is_not_sent_to_the_own_work(self, agency: Organisation) -> None:
        row, author = called(agency), make_person(agency, "Siti")
        user = ensure_user(person=author, actor=SYSTEM)
        own = enter_contest(contest=row, asset=work(agency, "Punyaku", author=author), actor=load_user(user.pk))
        other = enter_contest(contest=row, asset=of_address(agency, "Lain", "Ani"), actor=SYSTEM)
        ask_juror(contest=row, user=user, actor=SYSTEM)
        move_contest(contest=row, to=ContestState.JUDGING, actor=SYSTEM)
        page = page_of(english(user), row)
        assert "your own work: others judge it" in page
        assert reverse("media:entry", args=[own.code]) not in page
        assert reverse("media:entry", args=[other.code]) in page

    def test_the_home_page_of_the_jury_leads_to_what_waits_until_it_is_judged(self, agency: Organisation) -> None:
        row, author = called(agency), make_person(agency, "Siti")
        user = ensure_user(person=author, actor=SYSTEM)
        enter_contest(contest=row, asset=work(agency, "Punyaku", author=author), actor=load_user(user.pk))
        other = enter_contest(contest=row, asset=of_address(agency, "Lain", "Ani"), actor=SYSTEM)
        ask_juror(contest=row, user=user, actor=SYSTEM)
        client, page = english(user), reverse("media:contest", args=[row.code])

        def home() -> str:
            return client.get(reverse("office:home")).content.decode()

        assert page not in home()
        move_contest(contest=row, to=ContestState.JUDGING, actor=SYSTEM)
        assert page in home()
        assert "1 work waits for your judgement." in home()  # the own one is not theirs to judge
        judged(client, other, 80)
        assert page not in home()

    def test_jury_and_authors_are_told(self, agency: Organisation) -> None:
        author = make_person(agency, "Siti")
        user = ensure_user(person=author, actor=SYSTEM)
        row, entries, (juror,) = self.begun(agency)
        assert Notice.objects.filter(user_id=juror.pk, title__contains="Lomba Kapuas").count() == 1
        Asset.objects.filter(pk=entries[0].asset_id).update(author=author)
        judged(english(juror), entries[0], 80)
        for to in (ContestState.CLOSED, ContestState.ANNOUNCED):
            move_contest(contest=Contest.objects.get(pk=row.pk), to=to, actor=SYSTEM)
        assert Notice.objects.filter(user_id=user.pk, title__contains="Lomba Kapuas").count() == 1

    def test_a_prize_stands_on_the_page_of_the_winners(self, agency: Organisation, keeper: Client) -> None:
        row, (one, two), (juror,) = self.begun(agency)
        with pytest.raises(Conflict):
            give_prize(entry=one, prize="Piala", actor=SYSTEM)
        judged(english(juror), one, 80)
        step(keeper, row, "tutup")
        page = page_of(keeper, row)
        assert reverse("media:entry_prize", args=[one.code]) in page
        assert reverse("media:entry_prize", args=[two.code]) not in page  # it has no rank
        assert "Its picture is not on the page of the winners" in page
        keeper.post(reverse("media:entry_prize", args=[one.code]), {"prize": " Piala\nGubernur "})
        step(keeper, row, "umumkan")
        assert "Piala Gubernur" in Client().get(reverse("gallery:contest", args=[row.code])).content.decode()

    def test_a_winner_whose_person_withdraws_stays_a_winner_without_the_picture(
        self, agency: Organisation, keeper: Client
    ) -> None:
        row, consent, juror = called(agency), consent_of(agency), make_user(Role.LEADER, agency)
        asset = shows(in_order(of_address(agency, "Juara", "Ani"), people="some"), consent)
        entry = enter_contest(contest=row, asset=published_one(asset), actor=SYSTEM)
        ask_juror(contest=row, user=juror, actor=SYSTEM)
        move_contest(contest=row, to=ContestState.JUDGING, actor=SYSTEM)
        judged(english(juror), entry, 100)
        for name in ("tutup", "umumkan"):
            step(keeper, row, name)
        address, picture = (
            reverse("gallery:contest", args=[row.code]),
            reverse("gallery:rendition", args=[asset.code, "small", "jpeg"]),
        )
        assert picture in Client().get(address).content.decode()
        withdraw_consent(consent=consent, actor=SYSTEM)
        page = Client().get(address).content.decode()
        assert picture not in page
        assert "Juara" in page
        assert Client().get(picture).status_code in {404, 410}


def published_one(asset: Asset) -> Asset:
    return fresh(publish_asset(asset=accepted(asset), actor=SYSTEM))
