"""The survey of visitors: one answer per form, open with the edition, asked with a plan, nobody named."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed, Refused
from enggang.events.domain import visitor_surveys as acts
from enggang.events.domain.cloning import clone_edition
from enggang.events.domain.dating import decide_dates
from enggang.events.domain.stages import cancel_edition, revive_edition
from enggang.events.enums import Stage
from enggang.events.models import Edition, SurveyAnswer, SurveyRefusal, VisitorSurvey
from enggang.events.queries.moves import dependents
from enggang.events.queries.survey import lives_outside, origin_kind, post_lines, survey_of
from enggang.events.views import survey_public, surveys
from enggang.places.models import Organisation
from tests.events.factories import brought_to, make_event
from tests.events.stalling import running_edition
from tests.events.surveying import answered, form_of, make_post, make_survey
from tests.training.factories import client_of, make_actor, make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    cache.clear()
    return make_agency()


@pytest.fixture
def edition(agency: Organisation) -> Edition:
    return running_edition(agency)


@pytest.fixture
def survey(edition: Edition) -> VisitorSurvey:
    return make_survey(edition)


@pytest.fixture
def phone() -> Client:
    found = Client()
    found.cookies["django_language"] = "en"
    return found


@pytest.fixture
def staff(agency: Organisation) -> Client:
    found = client_of(make_user(Role.ORGANISER, agency))
    found.cookies["django_language"] = "en"
    return found


def address(survey: VisitorSurvey) -> str:
    return reverse("events:survey_answer", args=[survey.edition.code])


def told(phone: Client, page: str) -> str:
    return phone.get(page).content.decode()


def token_of(survey: VisitorSurvey) -> str:
    return acts.hand_out_asking(survey=survey, actor=SYSTEM)


class TestAVisitorAnswers:
    def test_on_a_phone_without_an_account(self, survey: VisitorSurvey, phone: Client) -> None:
        response = phone.post(address(survey), form_of(bed_price="Rp 250.000", daily_spend="175.000", remark="Bagus"))
        assert response.status_code == 302
        row = SurveyAnswer.objects.get()
        assert (row.bed_price, row.daily_spend, row.origin, row.via) == (250_000, 175_000, "31", "self")
        assert row.day == clock.today(survey.edition.time_zone)
        assert phone.get(response["Location"]).status_code == 200

    def test_sent_twice_it_is_one(self, survey: VisitorSurvey, phone: Client) -> None:
        data = form_of()
        for _time in range(2):
            assert phone.post(address(survey), data).status_code == 302
        assert SurveyAnswer.objects.count() == 1

    def test_a_day_visitor_is_asked_for_no_bed(self, survey: VisitorSurvey, phone: Client) -> None:
        """What was typed before they said so is left out."""
        phone.post(address(survey), form_of(stay="day", nights="3", bed_price="100000"))
        row = SurveyAnswer.objects.get()
        assert (row.nights, row.bed_price) == (0, 0)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"origin": ""}, {"origin": "99"}, {"origin": "<script>"}, {"reason": "money"}, {"stay": "night", "nights": ""},
            {"stay": "night", "bed_price": ""}, {"nights": "0"}, {"nights": "61"}, {"days": "0"}, {"days": "-1"},
            {"daily_spend": "banyak"}, {"daily_spend": "-5"}, {"daily_spend": "100.000.001"}, {"bed_price": "9" * 30},
            {"satisfaction": "6"}, {"group_size": "501"}, {"remark": "x" * 501}, {"heard": "alien"}, {"key": "k" * 65},
        ],
    )  # fmt: skip
    def test_what_cannot_be_is_told_and_what_was_typed_stays(
        self, survey: VisitorSurvey, phone: Client, wrong: dict[str, str]
    ) -> None:
        response = phone.post(address(survey), form_of(group_size="7") | wrong)
        assert response.status_code == 422
        assert not SurveyAnswer.objects.exists()
        if "group_size" not in wrong:
            assert b'value="7"' in response.content

    def test_nobody_comes_on_more_days_than_there_are(self, survey: VisitorSurvey, phone: Client) -> None:
        assert survey.edition.days
        response = phone.post(address(survey), form_of(days=str(survey.edition.days + 1)))
        assert "no more days" in response.content.decode()
        assert phone.post(address(survey), form_of(days=str(survey.edition.days))).status_code == 302

    def test_a_machine_is_thanked_and_not_kept(self, survey: VisitorSurvey, phone: Client) -> None:
        assert phone.post(address(survey), form_of(situs="http://spam")).status_code == 302
        assert not SurveyAnswer.objects.exists()

    def test_too_many_from_one_place(
        self, survey: VisitorSurvey, phone: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(survey_public, "TIMES", 2)
        codes = [phone.post(address(survey), form_of()).status_code for _time in range(3)]
        assert codes == [302, 302, 422]

    def test_in_english_and_indonesian(self, survey: VisitorSurvey, phone: Client) -> None:
        assert b"Do you stay overnight?" in phone.get(address(survey)).content
        phone.cookies["django_language"] = "id"
        assert "menginap" in phone.get(address(survey)).content.decode()

    def test_what_whoever_stays_has_to_say_is_not_called_optional(self, survey: VisitorSurvey, phone: Client) -> None:
        phone.cookies["django_language"] = "en"
        page = told(phone, address(survey))
        for label in ("How many nights?", "What does the bed cost, per person and night (Rp)?"):
            assert f"{label}</label>" in page

    def test_a_draft_is_nobodys(self, edition: Edition, phone: Client) -> None:
        assert phone.get(address(make_survey(edition, opened=False))).status_code == 404
        assert phone.get(reverse("events:survey_answer", args=["tidak-ada"])).status_code == 404


class TestOpenWithTheEdition:
    def days(self, survey: VisitorSurvey, offset: int) -> bool:
        assert survey.edition.ends_on
        return survey.takes_answers_on(survey.edition.ends_on + timedelta(days=offset))

    def test_from_the_first_day_until_some_days_after(self, survey: VisitorSurvey) -> None:
        assert survey.edition.starts_on
        assert survey.takes_answers_on(survey.edition.starts_on)
        assert not survey.takes_answers_on(survey.edition.starts_on - timedelta(days=1))
        assert self.days(survey, 7)
        assert not self.days(survey, 8)

    def test_afterwards_the_page_says_so_and_keeps_nothing(self, agency: Organisation, phone: Client) -> None:
        survey = make_survey(running_edition(agency, before=20, after=-9))
        assert b"over" in phone.get(address(survey)).content
        response = phone.post(address(survey), form_of())
        assert response.status_code == 422
        assert not SurveyAnswer.objects.exists()

    def test_before_the_first_day_it_says_when_it_opens(self, agency: Organisation, phone: Client) -> None:
        edition = running_edition(agency, before=-5, after=7)
        page, first = address(make_survey(edition)), edition.starts_on
        assert first
        assert f"This survey opens on {first.day} {first:%B %Y}, when the event begins." in told(phone, page)
        assert phone.post(page, form_of()).status_code == 422
        assert not SurveyAnswer.objects.exists()

    @pytest.mark.parametrize("stage", [Stage.IDEA, Stage.PROPOSED, Stage.CURATED])
    def test_an_event_that_is_not_decided_asks_nobody(self, agency: Organisation, phone: Client, stage: Stage) -> None:
        """Also on its days, and with an interviewer."""
        survey = make_survey(running_edition(agency, stage=stage))
        page, post = address(survey), make_post(survey)
        asked = reverse("events:asking_post", args=[token_of(survey), post.pk])
        for each in (page, asked):
            assert "not decided yet whether this event is held" in told(phone, each)
            assert phone.post(each, form_of()).status_code == 422
        with pytest.raises(Conflict):
            acts.note_refusal(post=post, key="k", actor=SYSTEM)
        assert not SurveyAnswer.objects.exists()
        brought_to(survey.edition, Stage.APPROVED)
        assert phone.post(page, form_of()).status_code == 302

    def test_an_event_called_off_asks_nobody_until_it_is_held_again(self, survey: VisitorSurvey, phone: Client) -> None:
        edition, page = survey.edition, address(survey)
        facts: dict[str, Any] = {"reason": "Banjir", "decider": "Bupati", "decided_on": clock.today()}
        cancel_edition(edition=edition, actor=SYSTEM, **facts)
        assert "This event is called off" in told(phone, page)
        assert phone.post(page, form_of()).status_code == 422
        revive_edition(edition=edition, actor=SYSTEM, **facts)
        assert phone.post(page, form_of()).status_code == 302

    def test_closed_by_hand_and_opened_again(self, survey: VisitorSurvey) -> None:
        acts.move_survey(survey=survey, to="closed", actor=SYSTEM)
        with pytest.raises(Conflict):
            answered(survey)
        acts.move_survey(survey=survey, to="open", actor=SYSTEM)
        assert answered(survey).pk

    def test_back_into_draft_only_without_answers(self, survey: VisitorSurvey) -> None:
        answered(survey)
        with pytest.raises(Conflict):
            acts.move_survey(survey=survey, to="draft", actor=SYSTEM)

    def test_no_days_no_survey(self, agency: Organisation) -> None:
        edition = running_edition(agency)
        Edition.objects.filter(pk=edition.pk).update(starts_on=None, ends_on=None)
        edition.refresh_from_db()
        with pytest.raises(Conflict):
            make_survey(edition)

    def test_an_unknown_state(self, survey: VisitorSurvey) -> None:
        with pytest.raises(Conflict):
            acts.move_survey(survey=survey, to="gone", actor=SYSTEM)


class TestWhereFrom:
    @pytest.mark.parametrize(
        ("origin", "area", "outside"),
        [
            ("61.02", "regency", False), ("61.71", "regency", True), ("31", "regency", True), ("MY", "regency", True),
            ("61.02", "province", False), ("61.71", "province", False), ("31", "province", True), ("MY", "province", True),
        ],
    )  # fmt: skip
    def test_residents_are_those_of_the_area(self, edition: Edition, origin: str, area: str, outside: bool) -> None:
        assert lives_outside(origin, edition, area) is outside

    def test_in_words(self, edition: Edition) -> None:
        kinds = [origin_kind(code, edition) for code in ("61.02", "61.71", "31", "MY")]
        assert kinds == ["This regency or city", "Elsewhere in the province", "Another province", "Another country"]

    def test_an_origin_that_is_none_of_the_list(self, survey: VisitorSurvey) -> None:
        with pytest.raises(Refused):
            answered(survey, origin="ZZ")


class TestInterviewers:
    def test_one_after_the_other_with_a_count_of_refusals(self, survey: VisitorSurvey, phone: Client) -> None:
        post, token = make_post(survey, every=10, wanted=30), token_of(survey)
        page = reverse("events:asking_post", args=[token, post.pk])
        assert phone.get(reverse("events:asking", args=[token])).status_code == 200
        assert phone.post(page, form_of()).status_code == 302
        refused = reverse("events:asking_refused", args=[token, post.pk])
        for key in ("a", "a", "b"):
            phone.post(refused, {"key": key})
        (line,) = post_lines(survey)
        assert (line.answered, line.refused, line.missing, line.response) == (1, 2, 29, 33)
        assert SurveyAnswer.objects.get().via == "asked"
        phone.post(refused, {"batal": "1"})
        assert SurveyRefusal.objects.count() == 1
        assert b"1 of 30" in phone.get(page).content

    def test_a_post_of_another_edition_is_not_found(self, agency: Organisation, survey: VisitorSurvey) -> None:
        post = make_post(make_survey(running_edition(agency, event=make_event(agency, "Acara lain"))))
        with pytest.raises(NotAllowed):
            acts.answer_visitor_survey(survey=survey, key="x", post=post, actor=SYSTEM, **_facts())

    def test_a_new_address_ends_the_old(self, survey: VisitorSurvey, phone: Client, staff: Client) -> None:
        home, end = reverse("events:survey", args=[survey.edition.code]), 'name="cabut"'
        assert end not in told(staff, home)
        old, new = token_of(survey), token_of(survey)
        assert end in told(staff, home)
        assert phone.get(reverse("events:asking", args=[old])).status_code == 404
        assert phone.get(reverse("events:asking", args=[new])).status_code == 200
        acts.take_back_asking(survey=survey, actor=SYSTEM)
        assert phone.get(reverse("events:asking", args=[new])).status_code == 404

    def test_the_plan_keeps_to_the_days_and_says_a_place_once(self, survey: VisitorSurvey) -> None:
        make_post(survey)
        with pytest.raises(Conflict):
            make_post(survey)
        with pytest.raises(Conflict):
            make_post(survey, "Lain", day=clock.today() + timedelta(days=300))
        with pytest.raises(ValidationError):
            make_post(survey, "Lain", every=0)

    def test_where_people_were_asked_the_plan_stays(self, survey: VisitorSurvey) -> None:
        post = make_post(survey)
        acts.note_refusal(post=post, key="k", actor=SYSTEM)
        with pytest.raises(Conflict):
            acts.drop_post(post=post, actor=SYSTEM)
        acts.undo_refusal(post=post, actor=SYSTEM)
        acts.drop_post(post=post, actor=SYSTEM)
        assert not survey.posts.exists()


def _facts() -> dict[str, Any]:
    return {"origin": "31", "reason": "event", "stay": "day", "daily_spend": 1, "days": 1}


class TestStaff:
    def test_begin_open_and_see(self, edition: Edition, staff: Client) -> None:
        home = reverse("events:survey", args=[edition.code])
        assert b"Begin the survey" in staff.get(home).content
        staff.post(reverse("events:survey_edit", args=[edition.code]), {"intro": "", "days_after": "5", "version": "1"})
        staff.post(reverse("events:survey_move", args=[edition.code]), {"to": "open"})
        survey = survey_of(edition)
        assert survey is not None
        assert (survey.state, survey.days_after) == ("open", 5)
        answered(survey, remark="Terima kasih")
        content = staff.get(home).content
        assert b"Terima kasih" in content
        assert staff.get(reverse("events:survey_poster", args=[edition.code])).status_code == 200

    def test_two_tabs(self, survey: VisitorSurvey, staff: Client) -> None:
        page = reverse("events:survey_edit", args=[survey.edition.code])
        assert staff.post(page, {"intro": "a", "days_after": "5", "version": survey.version}).status_code == 302
        assert staff.post(page, {"intro": "b", "days_after": "5", "version": survey.version}).status_code == 422

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_page_asks_as_often_for_one_as_for_three(self, survey: VisitorSurvey, staff: Client, rows: int) -> None:
        for number in range(rows):
            post = make_post(survey, f"Gerbang {number}")
            answered(survey, post=post, actor=SYSTEM)
        page = reverse("events:survey", args=[survey.edition.code])
        staff.get(page)
        with CaptureQueriesContext(connection) as queries:
            staff.get(page)
        assert len(queries) == QUERIES

    def test_many_answers_go_over_pages_and_into_one_file(
        self, survey: VisitorSurvey, staff: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(surveys, "PER_PAGE", 2)
        for number in range(5):
            answered(survey, remark=f"Kata {number}")
        page = reverse("events:survey", args=[survey.edition.code])
        seen = [staff.get(page, {"page": n}).content.decode() for n in (1, 2, 3)]
        assert [f"Kata {n}" in seen[(4 - n) // 2] for n in range(5)] == [True] * 5
        assert "Kata 0" not in seen[0]
        sent = staff.post(page, {"list": "survey_answers", "form": "csv"}).content.decode("utf-8-sig")
        assert len(sent.strip().splitlines()) == 6

    def test_a_joke_is_taken_out_with_a_reason_and_put_back(self, survey: VisitorSurvey, staff: Client) -> None:
        row = answered(survey)
        page = reverse("events:survey_answer_void", args=[survey.edition.code, row.pk])
        assert staff.post(page, {"reason": " "}).status_code == 422
        assert staff.post(page, {"reason": "Bercanda"}).status_code == 302
        row.refresh_from_db()
        assert (row.void, row.void_reason) == (True, "Bercanda")
        staff.post(page, {"kembali": "1"})
        row.refresh_from_db()
        assert not row.void

    def test_answers_leave_as_a_file_without_a_key(self, survey: VisitorSurvey, staff: Client) -> None:
        answered(survey, key="rahasia-sekali")
        page = reverse("events:survey", args=[survey.edition.code])
        content = staff.post(page, {"list": "survey_answers", "form": "csv"}).content.decode("utf-8-sig")
        assert "200000" in content
        assert "rahasia-sekali" not in content

    def test_readers_change_nothing_and_others_see_nothing(self, agency: Organisation, survey: VisitorSurvey) -> None:
        with pytest.raises(NotAllowed):
            acts.move_survey(survey=survey, to="closed", actor=make_actor(Role.LEADER, agency))
        other = client_of(make_user(Role.ORGANISER, make_agency("Lain")))
        assert other.get(reverse("events:survey", args=[survey.edition.code])).status_code == 404


class TestWithTheEdition:
    def test_next_year_takes_the_plan_and_no_answers(self, survey: VisitorSurvey) -> None:
        edition = survey.edition
        answered(survey, post=make_post(survey), actor=SYSTEM)
        clone = clone_edition(edition=edition, year=edition.year + 1, actor=SYSTEM)
        copy = survey_of(clone)
        assert copy is not None
        assert (copy.state, copy.answers.count()) == ("draft", 0)
        assert clone.starts_on
        assert edition.starts_on
        days = [post.day - clone.starts_on for post in copy.posts.all()]
        assert days == [post.day - edition.starts_on for post in survey.posts.all()]

    def test_the_plan_moves_where_nobody_was_asked(self, survey: VisitorSurvey) -> None:
        edition = survey.edition
        assert edition.starts_on
        assert edition.ends_on
        asked, free = make_post(survey, "Dermaga"), make_post(survey, "Gerbang")
        later = make_post(survey, "Gerbang", day=free.day + timedelta(days=1))
        answered(survey, post=asked, actor=SYSTEM)
        moved = dependents(edition, edition.starts_on + timedelta(days=1), edition.ends_on + timedelta(days=1))
        assert {row.what for row in moved} >= {"Dermaga", "Gerbang"}
        decide_dates(
            edition=edition, version=edition.version, first=edition.starts_on + timedelta(days=1),
            last=edition.ends_on + timedelta(days=1), state="tentative", reason="Air pasang", actor=SYSTEM,
        )  # fmt: skip
        days = {post.pk: post.day for post in survey.posts.all()}
        assert days[asked.pk] == asked.day
        assert days[free.pk] == free.day + timedelta(days=1)
        assert days[later.pk] == later.day + timedelta(days=1)


QUERIES = 13
