from __future__ import annotations

import itertools
import random
from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from enggang.access.domain.links import open_link
from enggang.access.enums import LinkScope, Role
from enggang.audit.models import AuditEntry
from enggang.core import clock
from enggang.core.actor import ANONYMOUS, SYSTEM
from enggang.core.acts import Conflict, NotAllowed, Refused
from enggang.core.models import Subject
from enggang.surveys.domain.surveys import (
    answer_survey,
    change_survey,
    close_overdue,
    close_survey,
    invite,
    make_survey,
    open_survey,
    unopen_survey,
)
from enggang.surveys.models import Invitation, Sheet, Survey
from enggang.surveys.queries.opinions import hidden_groups, opinions_of
from tests.training.factories import client_of, make_actor, make_agency, make_user

pytestmark = pytest.mark.django_db


def make_open(*, live: bool = False, instrument: str = "material", public: bool = False) -> Survey:
    survey = make_survey(organisation=make_agency(), instrument=instrument, is_public=public, actor=SYSTEM)
    Survey.objects.filter(pk=survey.pk).update(live=live)
    survey.refresh_from_db()
    return open_survey(survey=survey, actor=SYSTEM)


def fill(survey: Survey, value: int = 4, group: str = "", comment: str = "") -> None:
    invitation = invite(survey=survey, holder=Subject.objects.make(kind="registration"), group=group, actor=SYSTEM)
    send(survey, invitation, value, comment)


def send(survey: Survey, invitation: Invitation | None, value: int = 4, comment: str = "") -> None:
    rows = list(survey.statements.all())
    values = {row.pk: value for row in rows if row.kind == "scale"}
    comments = {row.pk: comment for row in rows if row.kind == "comment"}
    answer_survey(survey=survey, values=values, comments=comments, invitation=invitation, actor=ANONYMOUS)


def counted(survey: Survey) -> int:
    return opinions_of(Survey.objects.get(pk=survey.pk)).counted


def test_a_sheet_holds_no_person_and_no_time_and_the_trail_names_nobody() -> None:
    survey = make_open()
    fill(survey)
    fields = {field.name for field in Sheet._meta.concrete_fields}
    assert fields == {"id", "survey", "group", "values", "comments", "batch", "handed", "profile"}
    entry = AuditEntry.objects.get(code="surveys.answer_survey")
    assert entry.actor_key == "anonymous"
    assert {field.name for field in Invitation._meta.concrete_fields} & {"answered_at", "sheet", "time"} == set()


def test_nothing_is_shown_below_the_least_number_and_nothing_while_it_is_open() -> None:
    survey = make_open()
    for _number in range(4):
        fill(survey)
    assert counted(close_survey(survey=survey, actor=SYSTEM)) == 0
    open_survey(survey=survey, actor=SYSTEM)
    fill(survey, comment="bagus")
    assert counted(survey) == 0
    assert counted(close_survey(survey=survey, actor=SYSTEM)) == 5
    assert opinions_of(survey).comments[0][1] == ["bagus"]


def test_a_live_survey_grows_in_whole_steps_under_new_keys_and_in_a_new_order() -> None:
    survey = make_open(live=True)
    for number in range(1, 14):
        fill(survey, value=1 + number % 5)
        assert counted(survey) == number // 5 * 5
    before = set(Sheet.objects.filter(batch=None).values_list("pk", flat=True))
    fill(survey)
    fill(survey)
    assert not before & set(Sheet.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_two_looks_differ_by_nobody_or_by_enough(seed: int) -> None:
    """Answers, closing and opening again in any order: no two published results differ by fewer than the least number."""
    chance = random.Random(seed)
    survey = make_open(live=bool(seed % 2))
    seen = [0]
    for _step in range(40):
        what = chance.choice(["fill", "fill", "fill", "fill", "close", "open"])
        try:
            if what == "fill":
                fill(survey, value=chance.randint(1, 5))
            elif what == "close":
                close_survey(survey=survey, actor=SYSTEM)
            else:
                open_survey(survey=survey, actor=SYSTEM)
        except Conflict:
            continue
        seen.append(counted(survey))
    steps = {after - before for before, after in itertools.pairwise(seen)}
    assert all(step == 0 or step >= survey.minimum for step in steps)
    assert seen == sorted(seen)


@pytest.mark.once
@given(counts=st.lists(st.integers(1, 20), min_size=2, max_size=8), least=st.integers(3, 8))
def test_what_is_left_of_the_total_hides_enough_people_too(counts: list[int], least: int) -> None:
    sizes = {f"kelas {number}": count for number, count in enumerate(counts)}
    hidden = hidden_groups(sizes, least)
    shown = set(sizes) - hidden
    assert all(sizes[name] >= least for name in shown)
    left = sum(sizes[name] for name in hidden)
    assert not hidden or not shown or (left >= least and len(hidden) > 1)


def test_groups_are_shown_from_the_first_closing_and_stay_as_they_were() -> None:
    survey = make_open()
    for group, number in (("A", 6), ("B", 5), ("C", 2)):
        for _each in range(number):
            fill(survey, group=group)
    close_survey(survey=survey, actor=SYSTEM)
    found = opinions_of(survey)
    assert (found.groups, found.hidden_groups) == ([("A", 6, 4.0)], ["B", "C"])
    open_survey(survey=survey, actor=SYSTEM)
    for _each in range(5):
        fill(survey, group="C")
    close_survey(survey=survey, actor=SYSTEM)
    later = opinions_of(Survey.objects.get())
    assert (later.counted, later.groups, later.hidden_groups) == (18, found.groups, found.hidden_groups)


def test_everybody_answers_once_and_completely() -> None:
    survey = make_open()
    invitation = invite(survey=survey, holder=Subject.objects.make(kind="registration"), actor=SYSTEM)
    for wrong in ({}, {999: 3}):
        with pytest.raises(Refused):
            answer_survey(survey=survey, values=wrong, comments={}, invitation=invitation, actor=ANONYMOUS)
    for value in (0, 6, 10**9):
        with pytest.raises(Refused):
            send(survey, invitation, value)
    assert not Invitation.objects.get().answered
    send(survey, invitation)
    with pytest.raises(Conflict):
        send(survey, invitation)
    with pytest.raises(Conflict):
        send(survey, None)
    assert Sheet.objects.count() == 1


def test_a_draft_is_changed_and_an_opened_one_is_not() -> None:
    survey = make_survey(organisation=make_agency(), instrument="organiser", actor=SYSTEM)
    rows = [("", "scale", "Ruang nyaman")]
    facts = {"title": "Ruang", "high": 4, "labels": ["a", "b", "c", "d"]}
    with pytest.raises(Conflict):
        change_survey(survey=survey, version=1, statements=rows, actor=SYSTEM, title="x", high=3, labels=["a"])
    survey.refresh_from_db()
    change_survey(survey=survey, version=survey.version, statements=rows, actor=SYSTEM, **facts)
    open_survey(survey=survey, actor=SYSTEM)
    with pytest.raises(Conflict):
        change_survey(survey=survey, version=survey.version, statements=rows, actor=SYSTEM, **facts)
    survey.refresh_from_db()
    unopen_survey(survey=survey, actor=SYSTEM)
    open_survey(survey=survey, actor=SYSTEM)
    fill(survey)
    with pytest.raises(Conflict):
        unopen_survey(survey=survey, actor=SYSTEM)


def test_a_survey_whose_time_is_over_is_closed_and_counted_by_the_clock() -> None:
    survey = make_open()
    open_until = clock.now() + timedelta(hours=1)
    Survey.objects.update(closes_at=open_until)
    for _each in range(5):
        fill(survey)
    with clock.frozen_at(open_until + timedelta(minutes=1)):
        assert close_overdue(actor=SYSTEM) == 1
        assert close_overdue(actor=SYSTEM) == 0
    assert counted(survey) == 5


def test_only_organisers_make_and_open() -> None:
    agency = make_agency()
    for role in (Role.INSTRUCTOR, Role.LEADER, Role.COORDINATOR):
        with pytest.raises(NotAllowed):
            make_survey(organisation=agency, instrument="material", actor=make_actor(role, agency))
    with pytest.raises(Conflict):
        make_survey(organisation=agency, instrument="nothing", actor=SYSTEM)


class TestTheScreens:
    def sheet(self, survey: Survey, value: str = "4") -> dict[str, str]:
        return {f"s{row.pk}": value if row.kind == "scale" else "baik" for row in survey.statements.all()}

    def test_citizens_answer_by_a_public_address_and_the_index_is_shown(self) -> None:
        survey = make_open(instrument="service", public=True)
        address = f"/uji/isi/{survey.code}/"
        missing = Client().post(address, {})
        assert missing.status_code == 422
        for _each in range(5):
            assert Client().post(address, self.sheet(survey, "3")).status_code == 200
        close_survey(survey=survey, actor=SYSTEM)
        page = client_of(make_user(Role.LEADER, survey.organisation)).get(f"/uji/survei/{survey.code}/")
        assert page.context["opinions"].index == 75
        assert page.context["opinions"].band.startswith("C")
        assert "<svg" in page.content.decode()
        assert "belum dihitung" not in page.content.decode()
        open_survey(survey=survey, actor=SYSTEM)
        Client().post(address, self.sheet(survey, "1"))
        page = client_of(make_user(Role.LEADER, survey.organisation)).get(f"/uji/survei/{survey.code}/")
        assert page.context["opinions"].counted == 5
        assert "1 jawaban lagi sudah masuk dan belum dihitung" in page.content.decode()

    def test_a_private_address_opens_its_own_survey_only(self) -> None:
        survey, other = make_open(), make_open()
        holder = Subject.objects.make(kind="registration")
        invite(survey=survey, holder=holder, about="Ani", actor=SYSTEM)
        expires = clock.now() + timedelta(days=1)
        token = open_link(scope=LinkScope.SURVEY, subject=holder, actor=SYSTEM, expires_at=expires)[1]
        address = f"/uji/isi/{token}/{survey.code}/"
        assert "Ani" in Client().get(address).content.decode()
        assert Client().get(f"/uji/isi/{token}/{other.code}/").status_code == 404
        assert Client().get(f"/uji/isi/x/{survey.code}/").status_code == 404
        assert Client().get(f"/uji/isi/{survey.code}/").status_code == 404
        assert Client().post(address, self.sheet(survey, "²")).status_code == 422
        Client().post(address, self.sheet(survey))
        Client().post(address, self.sheet(survey))
        assert Sheet.objects.count() == 1

    def test_the_draft_is_changed_from_the_screen_and_keeps_what_was_typed(self) -> None:
        survey = make_survey(organisation=make_agency(), instrument="organiser", actor=SYSTEM)
        client = client_of(make_user(Role.ORGANISER, survey.organisation))
        address = f"/uji/survei/{survey.code}/ubah/"
        data = dict(client.get(address).context["form"].initial)
        refused = client.post(address, {**data, "labels": "satu"})
        assert refused.status_code == 422
        assert "satu" in refused.content.decode()
        assert client.post(address, {**data, "statements": "Ruang | Nyaman\n? Saran"}).status_code == 302
        assert [row.kind for row in survey.statements.all()] == ["scale", "comment"]
        client.post(f"/uji/survei/{survey.code}/langkah/buka/", {})
        assert Survey.objects.get().state == "open"
