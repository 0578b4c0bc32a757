from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.test import Client

from enggang.access.domain.links import open_link
from enggang.access.enums import LinkScope, Role
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor, ActorKind
from enggang.core.acts import Conflict, NotAllowed
from enggang.surveys.domain.attempts import Given, draw, hand_back, hand_in, save_answers, score_by_hand, start_attempt
from enggang.surveys.domain.tests import close_test, open_test, unopen_test
from enggang.surveys.enums import AskingState
from enggang.surveys.models import Attempt, AttemptItem, Test
from enggang.surveys.queries.results import item_results, scores_of
from enggang.surveys.views.taking import fields_of, given_in
from tests.surveys.factories import all_right, begin, make_holder, make_open_test, make_question
from tests.training.factories import client_of, make_actor, make_agency, make_user

pytestmark = pytest.mark.django_db


def percent(attempt: Attempt) -> int:
    return scores_of(attempt.test)[attempt.holder_id].percent


def test_every_kind_is_asked_saved_and_scored() -> None:
    attempt, actor = begin(make_open_test(make_agency()))
    save_answers(attempt=attempt, given=all_right(attempt), actor=actor)
    assert percent(attempt) == 100
    hand_in(attempt=attempt, actor=actor)
    assert {round(row.percent) for row in item_results(attempt.test).values()} == {100}


def test_a_second_start_leads_to_the_same_sitting() -> None:
    test = make_open_test(make_agency())
    holder, actor = make_holder()
    first = start_attempt(test=test, holder=holder, actor=actor)
    close_test(test=test, actor=SYSTEM)
    assert start_attempt(test=test, holder=holder, actor=actor).pk == first.pk
    assert first.items.count() == 5


def test_the_draw_is_the_same_for_a_person_and_differs_between_people() -> None:
    agency = make_agency()
    questions = [make_question(agency, text=f"Soal {n}") for n in range(12)]
    test = make_open_test(agency, questions=questions, draw=4)
    again = [[item.pk for item in draw(test, "AAA")] for _time in range(3)]
    assert again[0] == again[1] == again[2]
    assert len(set(again[0])) == 4
    assert len({tuple(item.pk for item in draw(test, f"P{n}")) for n in range(20)}) > 10


def test_an_older_tab_does_not_write_over_a_newer_answer() -> None:
    attempt, actor = begin(make_open_test(make_agency(), "single"))
    row = attempt.items.get()
    save_answers(attempt=attempt, given={row.pk: Given([1], 0)}, actor=actor)
    kept = save_answers(attempt=attempt, given={row.pk: Given([2], 0)}, actor=actor)
    row.refresh_from_db()
    assert (row.answer, kept[row.pk].row.revision, kept[row.pk].stale) == (1, 1, True)
    save_answers(attempt=attempt, given={row.pk: Given([], 0)}, actor=actor)  # the old tab was empty there
    row.refresh_from_db()
    assert row.answer == 1
    save_answers(attempt=attempt, given={row.pk: Given([2], 1)}, actor=actor)
    row.refresh_from_db()
    assert (row.answer, row.revision) == (2, 2)


def test_after_handing_in_nothing_changes_and_a_second_press_does_no_harm() -> None:
    attempt, actor = begin(make_open_test(make_agency(), "single"))
    at = hand_in(attempt=attempt, actor=actor).handed_in_at
    with pytest.raises(Conflict):
        save_answers(attempt=attempt, given=all_right(attempt), actor=actor)
    with clock.frozen_at(clock.now() + timedelta(minutes=1)):
        assert hand_in(attempt=attempt, actor=actor).handed_in_at == at
    assert percent(attempt) == 0


@pytest.mark.parametrize(("late", "taken"), [(-1, True), (59, True), (61, False)])
def test_the_time_limit_is_the_servers_with_its_grace(late: int, taken: bool) -> None:
    attempt, actor = begin(make_open_test(make_agency(), "single", minutes=10, grace_seconds=60))
    assert attempt.deadline is not None
    with clock.frozen_at(attempt.deadline + timedelta(seconds=late)):
        if taken:
            save_answers(attempt=attempt, given=all_right(attempt), actor=actor)
        else:
            with pytest.raises(Conflict):
                save_answers(attempt=attempt, given=all_right(attempt), actor=actor)
    assert percent(attempt) == (100 if taken else 0)


def test_the_closing_time_ends_every_sitting_and_a_longer_one_lengthens_them() -> None:
    closes = clock.now() + timedelta(minutes=5)
    test = make_open_test(make_agency(), "single", minutes=60, closes_at=closes)
    attempt, actor = begin(test)
    with clock.frozen_at(closes + timedelta(minutes=2)):
        with pytest.raises(Conflict):
            save_answers(attempt=attempt, given=all_right(attempt), actor=actor)
        with pytest.raises(Conflict):
            begin(test)
        close_test(test=test, actor=SYSTEM)
        open_test(test=test, actor=SYSTEM)
        save_answers(attempt=attempt, given=all_right(attempt), actor=actor)
    assert percent(attempt) == 100


def test_handing_back_lets_a_person_go_on_and_needs_a_reason() -> None:
    attempt, actor = begin(make_open_test(make_agency(), "single"))
    hand_in(attempt=attempt, actor=actor)
    with pytest.raises(Conflict):
        hand_back(attempt=attempt, minutes=5, reason=" ", actor=SYSTEM)
    with pytest.raises(NotAllowed):
        hand_back(attempt=attempt, minutes=5, reason="keliru", actor=actor)
    hand_back(attempt=attempt, minutes=5, reason="keliru", actor=SYSTEM)
    save_answers(attempt=attempt, given=all_right(attempt), actor=actor)
    assert percent(attempt) == 100


def test_a_strangers_sitting_takes_no_answers() -> None:
    attempt, _actor = begin(make_open_test(make_agency(), "single"))
    _holder, stranger = make_holder()
    for actor in (stranger, make_actor(Role.ORGANISER, attempt.test.organisation)):
        with pytest.raises(NotAllowed):
            save_answers(attempt=attempt, given=all_right(attempt), actor=actor)


def test_a_short_answer_is_scored_by_hand_and_again() -> None:
    agency = make_agency()
    attempt, actor = begin(make_open_test(agency, questions=[make_question(agency, "short", by_hand=True)]))
    row = attempt.items.get()
    save_answers(attempt=attempt, given={row.pk: Given("rule of thirds", 0)}, actor=actor)
    assert scores_of(attempt.test)[attempt.holder_id].unjudged == 1
    row = AttemptItem.objects.select_related(
        "attempt__test__organisation", "attempt__test__subject", "item__version"
    ).get()
    for wrong in (-1, 101):
        with pytest.raises(Conflict):
            score_by_hand(row=row, percent=wrong, actor=SYSTEM)
    score_by_hand(row=row, percent=50, actor=SYSTEM)
    assert percent(attempt) == 50
    score_by_hand(row=row, percent=80, actor=SYSTEM)
    assert percent(attempt) == 80


def test_an_opened_test_goes_back_to_draft_only_while_nobody_has_begun() -> None:
    test = make_open_test(make_agency(), "single")
    unopen_test(test=test, actor=SYSTEM)
    assert test.items.get().version is None
    open_test(test=test, actor=SYSTEM)
    begin(test)
    with pytest.raises(Conflict):
        unopen_test(test=test, actor=SYSTEM)
    assert Test.objects.get().state == AskingState.OPEN


class TestTheScreen:
    @pytest.fixture
    def sitting(self) -> tuple[Attempt, str]:
        attempt, _actor = begin(make_open_test(make_agency(), minutes=10))
        expires = clock.now() + timedelta(days=1)
        token = open_link(scope=LinkScope.REGISTRATION, subject=attempt.holder, actor=SYSTEM, expires_at=expires)[1]
        return attempt, f"/uji/k/{token}/{attempt.code}/"

    def form_data(self, attempt: Attempt) -> dict[str, object]:
        data: dict[str, object] = {}
        for row in attempt.items.select_related("item__version"):
            data[f"r{row.pk}"] = row.revision
            kind = row.item.version.kind if row.item.version else ""
            if kind == "matching":
                data |= {f"q{row.pk}-{n}": n for n in (1, 2, 3)}
            else:
                right = {"single": 1, "multiple": [1, 2], "truefalse": "true", "short": "komposisi"}
                data[f"q{row.pk}"] = right[kind]
        return data

    def test_it_works_without_script_by_a_private_address(self, sitting: tuple[Attempt, str]) -> None:
        attempt, address = sitting
        client = Client()
        page = client.get(address)
        assert "right" not in page.content.decode().split("<form", 1)[1].split("</form>")[0].lower().replace(
            "copyright", ""
        )
        client.post(address, self.form_data(attempt))
        assert percent(attempt) == 100
        shown = client.get(address).content.decode()
        assert shown.count("checked") == 4
        assert shown.count("selected") == 3
        done = client.post(address, {**self.form_data(attempt), "hand_in": "1"}, follow=True)
        assert "data-autosave" not in done.content.decode()
        again = client.post(address, {**self.form_data(attempt), "hand_in": "1"}, follow=True)
        assert again.status_code == 200
        attempt.refresh_from_db()
        assert attempt.handed_in_at is not None

    def test_an_older_tab_is_told_what_stands_and_hands_nothing_in(self, sitting: tuple[Attempt, str]) -> None:
        attempt, address = sitting
        old = self.form_data(attempt)
        row = attempt.items.select_related("item__version").get(item__version__kind="single")
        Client().post(f"{address}simpan/", {f"r{row.pk}": 0, f"q{row.pk}": 2})
        said = Client().post(f"{address}simpan/", {f"r{row.pk}": 0, f"q{row.pk}": 3}).json()
        assert said["stale"] == {str(row.pk): [[f"q{row.pk}", "2"]]}
        told = Client().post(address, {**old, "hand_in": "1"}, follow=True)
        assert any(f" {row.position};" in str(each) for each in told.context["messages"])
        attempt.refresh_from_db()
        row.refresh_from_db()
        assert (attempt.handed_in_at, row.answer) == (None, 2)
        assert attempt.deadline
        with clock.frozen_at(attempt.deadline + timedelta(seconds=5)):  # no time to choose: what stands counts
            Client().post(address, {**old, "hand_in": "1"})
        attempt.refresh_from_db()
        row.refresh_from_db()
        assert (attempt.handed_in_at is not None, row.answer) == (True, 2)

    @pytest.mark.parametrize("kind", ["single", "multiple", "truefalse", "short", "matching"])
    def test_what_stands_is_told_as_a_page_sends_it(self, kind: str) -> None:
        attempt, actor = begin(make_open_test(make_agency(), kind))
        save_answers(attempt=attempt, given=all_right(attempt), actor=actor)
        row = attempt.items.get()
        sent = QueryDict(mutable=True)
        sent[f"r{row.pk}"] = "1"
        for name, value in fields_of(row):
            sent.appendlist(name, value)
        kept = save_answers(attempt=attempt, given=given_in(sent, attempt), actor=actor)
        assert (kept[row.pk].stale, kept[row.pk].row.revision) == (False, 1)

    def test_each_answer_is_saved_alone_and_tells_its_revision(self, sitting: tuple[Attempt, str]) -> None:
        attempt, address = sitting
        row = attempt.items.select_related("item__version").filter(item__version__kind="single").get()
        answer = Client().post(f"{address}simpan/", {f"r{row.pk}": 0, f"q{row.pk}": 1})
        assert answer.json()["revisions"] == {str(row.pk): 1}
        hand_in(attempt=attempt, actor=begin_actor(attempt))
        late = Client().post(f"{address}simpan/", {f"r{row.pk}": 1, f"q{row.pk}": 2})
        assert late.status_code == 409
        assert late.json()["message"]

    @pytest.mark.parametrize("value", ["", "-1", "x", "9" * 400, "\0", "²"])
    def test_nonsense_is_answered_calmly(self, sitting: tuple[Attempt, str], value: str) -> None:
        attempt, address = sitting
        data: dict[str, object] = dict.fromkeys(self.form_data(attempt), value)
        assert Client().post(f"{address}simpan/", data).status_code == 200
        data |= {f"r{row.pk}": 0 for row in attempt.items.all()}
        assert Client().post(f"{address}simpan/", data).status_code == 200
        assert percent(attempt) == 0

    def test_nobody_elses_sitting_is_found(self, sitting: tuple[Attempt, str]) -> None:
        attempt, address = sitting
        other, _actor = begin(attempt.test)
        token = address.split("/")[3]
        assert Client().get(f"/uji/k/{token}/{other.code}/").status_code == 404
        assert Client().get(f"/uji/k/falsch/{attempt.code}/").status_code == 404
        organiser = client_of(make_user(Role.ORGANISER, attempt.test.organisation))
        assert organiser.get(f"/uji/kerja/{attempt.code}/").status_code == 404

    def test_the_score_is_told_after_closing_only(self, sitting: tuple[Attempt, str]) -> None:
        attempt, address = sitting
        client = Client()
        client.post(address, {**self.form_data(attempt), "hand_in": "1"})
        assert client.get(address).context["score"] is None
        close_test(test=attempt.test, actor=SYSTEM)
        assert client.get(address).context["score"].percent == 100


def begin_actor(attempt: Attempt) -> Actor:
    return Actor(ActorKind.LINK, "link:x", scopes=frozenset({("registration", attempt.holder.code)}))
