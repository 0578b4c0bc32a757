"""From submitted to accepted: blind judges, by keyboard; many works changed together, and undone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM, load_user
from enggang.core.acts import Conflict, NotAllowed
from enggang.media.domain.bulk import change_together, undo_together
from enggang.media.domain.consents import withdraw_consent
from enggang.media.domain.curation import (
    decide_asset,
    judge_asset,
    keep_policy,
    start_review,
    submit_asset,
    take_back_judgement,
)
from enggang.media.domain.describing import describe_asset
from enggang.media.enums import AssetState
from enggang.media.models import Assessment, Asset, BulkChange, LibraryPolicy
from enggang.notices.models import Notice
from enggang.people.domain.accounts import ensure_user
from enggang.places.models import Organisation
from enggang.reviews.models import Sheet
from tests.media.rights import consent_of, fresh, in_order, published, work
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


def in_review(agency: Organisation, judges: int = 1, **facts: Any) -> Assessment:
    if not LibraryPolicy.objects.filter(organisation=agency).exists():
        keep_policy(organisation=agency, criteria=[("Kesan", 1)], judges=judges, pass_points=60, actor=SYSTEM)
    asset = in_order(work(agency, **facts))
    submit_asset(asset=asset, actor=SYSTEM)
    start_review(assets=[fresh(asset)], actor=SYSTEM)
    return Assessment.objects.with_names().get(asset=asset)


def judge(row: Assessment, level: int, who: Any) -> Assessment:
    criterion = row.review.rubric.criteria.get()
    chosen = list(criterion.levels.all())[level - 1].pk
    return judge_asset(
        assessment=Assessment.objects.with_names().get(pk=row.pk), levels={criterion.pk: chosen}, actor=who
    )


def grader(agency: Organisation) -> Any:
    return load_user(make_user(Role.GRADER, agency).pk)


class TestJudging:
    @pytest.mark.parametrize(("level", "state"), [(5, "accepted"), (3, "accepted"), (2, "revise")])
    def test_one_judge_decides(self, agency: Organisation, level: int, state: str) -> None:
        author = make_person(agency)
        user = ensure_user(person=author, actor=SYSTEM)
        row = in_review(agency, author=author)
        judge(row, level, grader(agency))
        assert Asset.objects.get().state == state
        assert Notice.objects.filter(user_id=user.pk, title__contains="Sampan").exists()

    def test_two_blind_judges_and_a_dispute_that_the_curator_settles(self, agency: Organisation) -> None:
        row = in_review(agency, judges=2)
        judge(row, 5, grader(agency))
        assert Asset.objects.get().state == AssetState.IN_REVIEW
        judge(row, 1, grader(agency))
        assert Asset.objects.get().state == AssetState.IN_REVIEW
        with pytest.raises(Conflict):
            decide_asset(asset=fresh(row.asset), accept=False, actor=SYSTEM)
        decide_asset(asset=fresh(row.asset), accept=False, note="Lebih terang", actor=SYSTEM)
        found = Assessment.objects.with_names().get()
        assert (found.asset.state, found.note, found.review.score) == ("revise", "Lebih terang", 5000)

    def test_what_was_revised_is_judged_anew(self, agency: Organisation) -> None:
        row = in_review(agency)
        judge(row, 1, grader(agency))
        submit_asset(asset=fresh(row.asset), actor=SYSTEM)
        start_review(assets=[fresh(row.asset)], actor=SYSTEM)
        assert list(row.asset.assessments.values_list("number", flat=True)) == [2, 1]
        judge(row.asset.assessments.with_names()[0], 4, grader(agency))
        assert Asset.objects.get().state == AssetState.ACCEPTED

    def test_nobody_judges_the_own_work_nor_without_the_role(self, agency: Organisation) -> None:
        user = make_user(Role.GRADER, agency)
        row = in_review(agency, key=f"user:{user.pk}")
        with pytest.raises(NotAllowed):
            judge(row, 5, load_user(user.pk))
        with pytest.raises(NotAllowed):
            judge(row, 5, load_user(make_user(Role.PARTICIPANT, agency).pk))
        with pytest.raises(NotAllowed):
            judge(row, 5, grader(make_agency("Lain")))
        assert not Sheet.objects.exists()

    def test_a_judgement_is_taken_back_until_the_work_has_gone_further(self, agency: Organisation) -> None:
        row, who = in_review(agency), grader(agency)
        judge(row, 5, who)
        take_back_judgement(assessment=row, actor=who)
        assert (Asset.objects.get().state, Sheet.objects.count()) == (AssetState.IN_REVIEW, 0)
        with pytest.raises(Conflict):
            take_back_judgement(assessment=row, actor=who)
        judge(row, 5, who)
        Asset.objects.update(state=AssetState.PUBLISHED)
        with pytest.raises(Conflict):
            take_back_judgement(assessment=row, actor=who)

    def test_a_draft_is_not_put_before_judges(self, agency: Organisation) -> None:
        with pytest.raises(Conflict, match="draft|rancangan"):
            start_review(assets=[work(agency)], actor=SYSTEM)
        assert not Assessment.objects.exists()

    @pytest.mark.parametrize("wrong", [{"judges": 0}, {"judges": 99}, {"pass_points": 101}, {"criteria": []}])
    def test_a_policy_that_cannot_be_is_refused(self, agency: Organisation, wrong: dict[str, Any]) -> None:
        facts: dict[str, Any] = {"criteria": [("Kesan", 1)], "judges": 1, "pass_points": 60, **wrong}
        with pytest.raises(Conflict):
            keep_policy(organisation=agency, actor=SYSTEM, **facts)


class TestByKeyboard:
    def test_sheets_are_posted_and_undone(self, agency: Organisation) -> None:
        row = in_review(agency, author=make_person(agency, "Pembuat Rahasia"))
        user = make_user(Role.GRADER, agency)
        client = client_of(user)
        page = client.get(reverse("media:review")).content.decode()
        assert row.code in page
        assert "Pembuat Rahasia" not in page
        assert client.get(reverse("media:judged_picture", args=[row.code])).status_code == 200
        criterion = row.review.rubric.criteria.get()
        data = {f"level-{criterion.pk}": criterion.levels.get(points=80).pk}
        url = reverse("media:judge", args=[row.code])
        answer = client.post(url, data, headers={"Accept": "application/json"})
        assert answer.json() == {"kept": True, "error": ""}
        assert Asset.objects.get().state == AssetState.ACCEPTED
        assert client.post(reverse("media:judge_undo", args=[row.code])).json()["kept"]
        assert Asset.objects.get().state == AssetState.IN_REVIEW
        for wrong in ({}, {f"level-{criterion.pk}": "x"}, {f"level-{criterion.pk}": 999999}):
            assert client.post(url, wrong, headers={"Accept": "application/json"}).status_code == 422
        assert client.post(reverse("media:judge_undo", args=[row.code])).status_code == 409

    def test_a_work_that_has_gone_elsewhere_is_told_and_holds_nothing_up(self, agency: Organisation) -> None:
        row, client = in_review(agency), client_of(make_user(Role.GRADER, agency))
        decide_asset(asset=fresh(row.asset), accept=True, actor=SYSTEM)
        for name in ("judge", "judge_undo"):
            answer = client.post(reverse(f"media:{name}", args=[row.code]), {}, headers={"Accept": "application/json"})
            assert answer.status_code == 404
            assert answer.json()["error"]
        assert client.post(reverse("media:judge", args=[row.code]), {}).status_code == 404  # a form gets a page

    def test_a_longer_queue_asks_no_more(self, agency: Organisation) -> None:
        client, counts = client_of(make_user(Role.GRADER, agency)), []
        for number in range(3):
            in_review(agency, title=f"Karya {number}")
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse("media:review"))
            counts.append(len(asked))
        assert counts[1] == counts[2]


class TestTogether:
    def test_titles_count_tags_come_to_those_there_and_all_is_undone(self, agency: Organisation) -> None:
        both = [in_order(work(agency, name)) for name in ("Satu", "Dua")]
        change_together(assets=both, what="tags", value=["Kapuas"], actor=SYSTEM)
        more = change_together(assets=both, what="tags", value=["sungai", "KAPUAS"], actor=SYSTEM)
        named = change_together(assets=both, what="title", value="Robo-Robo {n}", actor=SYSTEM)
        assert [each.title for each in map(fresh, both)] == ["Robo-Robo 1", "Robo-Robo 2"]
        assert {each.tag.key for each in fresh(both[0]).tagged.all()} == {"kapuas", "sungai"}
        assert undo_together(change=named, actor=SYSTEM) == (2, 0)
        assert undo_together(change=more, actor=SYSTEM) == (2, 0)
        assert [each.title for each in map(fresh, both)] == ["Satu", "Dua"]
        assert [each.tag.name for each in fresh(both[0]).tagged.all()] == ["Kapuas"]
        with pytest.raises(Conflict):
            undo_together(change=named, actor=SYSTEM)

    def test_what_somebody_changed_since_stays(self, agency: Organisation) -> None:
        both = [work(agency, name) for name in ("Satu", "Dua")]
        change = change_together(assets=both, what="caption", value="Sama", actor=SYSTEM)
        one = fresh(both[0])
        describe_asset(asset=one, version=one.version, caption="Milikku", actor=SYSTEM)
        assert undo_together(change=change, actor=SYSTEM) == (1, 1)
        assert [each.caption for each in map(fresh, both)] == ["Milikku", ""]

    def test_people_and_credit_of_many(self, agency: Organisation) -> None:
        both = [in_order(work(agency, name)) for name in ("Satu", "Dua")]
        consent = consent_of(agency)
        change = change_together(assets=both, what="people", value=[consent.pk], actor=SYSTEM)
        change_together(assets=both, what="credit", value="Dinas", actor=SYSTEM)
        assert [each.rights.credit for each in map(fresh, both)] == ["Dinas"] * 2
        assert all(fresh(each).likenesses.count() == 1 for each in both)
        undo_together(change=change, actor=SYSTEM)
        assert all(fresh(each).likenesses.count() == 0 for each in both)

    def test_all_or_none(self, agency: Organisation) -> None:
        mine, other = work(agency), work(make_agency("Lain"))
        for assets, what in (([mine, other], "title"), ([], "title"), ([mine], "state")):
            with pytest.raises(Conflict):
                change_together(assets=assets, what=what, value="X", actor=SYSTEM)
        stranger = load_user(make_user(Role.ORGANISER, make_agency("Ketiga")).pk)
        with pytest.raises(NotAllowed):
            change_together(assets=[mine], what="title", value="X", actor=stranger)
        assert fresh(mine).title == "Sampan"
        assert not BulkChange.objects.exists()

    def test_undoing_people_does_not_hide_a_withdrawal(self, agency: Organisation) -> None:
        asset, consent = in_order(work(agency)), consent_of(agency)
        change = change_together(assets=[asset], what="people", value=[consent.pk], actor=SYSTEM)
        withdraw_consent(consent=consent, actor=SYSTEM)
        with pytest.raises(Conflict):
            undo_together(change=change, actor=SYSTEM)
        assert fresh(asset).likenesses.count() == 1


class TestLightTable:
    def test_ticked_works_are_judged_published_compared_and_changed(self, client: Client, agency: Organisation) -> None:
        both = [in_order(work(agency, name)) for name in ("Satu", "Dua")]
        codes = [each.code for each in both]
        url = reverse("media:table")
        for do in ("ajukan", "nilai"):
            client.post(url, {"do": do, "karya": codes})
        assert {fresh(each).state for each in both} == {"in_review"}
        for each in both:
            decide_asset(asset=fresh(each), accept=True, actor=SYSTEM)
        client.post(url, {"do": "terbitkan", "karya": codes})
        assert {fresh(each).state for each in both} == {"published"}
        where = client.post(url, {"do": "banding", "karya": codes}).headers["Location"]
        assert "Satu" in client.get(where).content.decode()
        client.post(url, {"do": "ubah", "karya": codes, "what": "caption", "text": "Bersama"})
        assert fresh(both[0]).caption == "Bersama"
        assert "Undo the last change" in client.get(url).content.decode()
        client.post(reverse("media:undo", args=[BulkChange.objects.get().pk]))
        assert fresh(both[0]).caption == ""

    def test_the_same_refusal_of_many_is_said_once(self, client: Client, agency: Organisation) -> None:
        codes = [work(agency, f"Karya {number}").code for number in range(7)]
        page = client.post(reverse("media:table"), {"do": "nilai", "karya": codes}, follow=True).content.decode()
        assert page.count("It is still a draft.") == 1
        assert "Karya 4, and 2 more" in page
        page = client.post(reverse("media:table"), {"do": "banding", "karya": codes}, follow=True).content.decode()
        assert "The first 4 of those ticked" in page

    def test_nothing_ticked_nonsense_and_others_change_nothing(self, client: Client, agency: Organisation) -> None:
        other = work(make_agency("Lain"))
        url = reverse("media:table")
        assert client.post(url, {"do": "terbitkan"}).status_code == 302
        client.post(url, {"do": "ubah", "karya": [other.code, "x" * 99], "what": "title", "text": "Milikku"})
        assert fresh(other).title == "Sampan"
        mine = work(agency)
        assert client.post(url, {"do": "hapus", "karya": [mine.code]}).status_code == 404
        wrong = client.post(url, {"do": "ubah", "karya": [mine.code], "what": "title", "text": ""})
        assert wrong.status_code == 422
        assert client.get(reverse("media:compare"), {"karya": other.code}).status_code == 404

    def test_a_list_of_three_asks_no_more_than_one_of_one(self, client: Client, agency: Organisation) -> None:
        counts = []
        for number in range(3):
            published(agency, f"Karya {number}")
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse("media:table"))
            counts.append(len(asked))
        assert counts[0] == counts[2]

    def test_the_policy_is_written_in_lines(self, client: Client, agency: Organisation) -> None:
        url = reverse("media:policy", args=[agency.code])
        assert url in client.get(reverse("media:table")).content.decode()
        assert client.get(url).status_code == 200
        data = {"criteria": "Cahaya; 2\nCerita", "judges": 2, "pass_points": 60, "spread_alert": 30}
        assert client.post(url, data).status_code == 302
        criteria = agency.library_policy.rubric.criteria.values_list("title", "weight")
        assert list(criteria) == [("Cahaya", 2), ("Cerita", 1)]
        for wrong in ("Cahaya; banyak", "", "\n".join("ABCDEFGHIJ"), "x" * 200):
            answer = client.post(url, {**data, "criteria": wrong})
            assert answer.status_code == 422
