"""Employments are dated: what begins next month holds from then, and who leaves next month serves until then."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format

from enggang.access.enums import Role
from enggang.audit.models import AuditEntry
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.people.domain.employments import drop_plans, release_person, set_employment, turn_employments
from enggang.people.domain.joining import joined
from enggang.people.domain.merging import merge_persons, undo_merge
from enggang.people.domain.rosters import import_file
from enggang.people.domain.succession import follow_agency
from enggang.people.models import Employment, Person
from enggang.people.queries.persons import path_of, present_of, unsound_persons
from enggang.places.domain.organisations import succeed_organisation
from enggang.places.models import Organisation
from enggang.search.models import SearchEntry
from tests.people.factories import NIP, OTHER_NIP, make_actor, make_organisation, make_person, make_user, row, xlsx

pytestmark = pytest.mark.django_db
BEGAN = date(2024, 1, 1)


@pytest.fixture
def agency() -> Organisation:
    return make_organisation()


@pytest.fixture
def other() -> Organisation:
    return make_organisation("Dinas Kesehatan")


@pytest.fixture
def siti(agency: Organisation) -> Person:
    return make_person(agency, "Siti Aminah", nip=NIP, post="Analis", starts_on=BEGAN)


def _later() -> date:
    return clock.today() + timedelta(days=30)


def _fresh(person: Person) -> Person:
    return Person.objects.select_related("subject").get(pk=person.pk)


def _work(person: Person) -> list[tuple[str, date, date | None]]:
    rows = person.employments.order_by("starts_on", "pk").values_list("organisation__name", "starts_on", "ends_on")
    return list(rows)


def _place(person: Person) -> Organisation | None:
    row = present_of(_fresh(person))
    return row.organisation if row else None


def test_a_post_from_next_month_moves_nobody_today_and_holds_from_its_day(
    agency: Organisation, other: Organisation, siti: Person
) -> None:
    day = _later()
    set_employment(person=siti, version=siti.version, organisation=other, starts_on=day, actor=SYSTEM)
    siti = _fresh(siti)
    assert _place(siti) == agency
    assert (siti.subject.organisation_code, path_of(siti)) == (agency.code, agency.path)
    assert _work(siti) == [(agency.name, BEGAN, day - timedelta(days=1)), (other.name, day, None)]
    assert Person.objects.employed_below(other.path).count() == 0
    assert (turn_employments(actor=SYSTEM), _place(siti)) == (0, agency)
    with clock.frozen_at(clock.now() + timedelta(days=30)):
        assert _place(siti) == other
        assert (turn_employments(actor=SYSTEM), turn_employments(actor=SYSTEM)) == (1, 1)
        assert _fresh(siti).subject.organisation_code == other.code
        assert SearchEntry.objects.get(subject=siti.subject).organisation_path == other.path
        assert unsound_persons() == []
    with clock.frozen_at(clock.now() + timedelta(days=31)):
        assert turn_employments(actor=SYSTEM) == 0


def test_a_day_in_a_refusal_is_said_in_words(agency: Organisation, other: Organisation, siti: Person) -> None:
    with pytest.raises(Conflict, match=re.escape(date_format(BEGAN))):
        set_employment(
            person=siti, version=siti.version, organisation=other, starts_on=BEGAN - timedelta(days=1), actor=SYSTEM
        )
    siti = _fresh(siti)
    with pytest.raises(Conflict, match=re.escape(date_format(BEGAN))):
        release_person(person=siti, version=siti.version, actor=SYSTEM, last_day=BEGAN - timedelta(days=1))
    with pytest.raises(Conflict, match=re.escape(date_format(_later()))):
        succeed_organisation(old=agency, new=other, on=_later(), actor=SYSTEM)


def test_who_is_released_for_a_day_to_come_serves_until_then(agency: Organisation, siti: Person) -> None:
    release_person(person=siti, version=siti.version, last_day=_later(), actor=SYSTEM)
    assert _place(siti) == agency
    assert Person.objects.employed_below(agency.path).get() == siti
    with clock.frozen_at(clock.now() + timedelta(days=30)):
        assert _place(siti) is None
        assert path_of(_fresh(siti)) == agency.path


def test_who_is_released_today_can_be_taken_up_today(agency: Organisation, other: Organisation, siti: Person) -> None:
    release_person(person=siti, version=siti.version, actor=SYSTEM)
    siti = _fresh(siti)
    set_employment(person=siti, version=siti.version, organisation=other, actor=make_actor(Role.COORDINATOR, other))
    assert _place(siti) == other
    assert _work(siti) == [(agency.name, BEGAN, clock.today()), (other.name, clock.today(), None)]


def test_a_change_today_ends_before_what_is_agreed_for_later(
    agency: Organisation, other: Organisation, siti: Person
) -> None:
    day = _later()
    set_employment(person=siti, version=siti.version, organisation=other, starts_on=day, actor=SYSTEM)
    siti = _fresh(siti)
    coordinator = make_actor(Role.COORDINATOR, agency)
    set_employment(person=siti, version=siti.version, organisation=agency, post="Arsiparis", actor=coordinator)
    yesterday = clock.today() - timedelta(days=1)
    assert _work(siti) == [
        (agency.name, BEGAN, yesterday), (agency.name, clock.today(), day - timedelta(days=1)), (other.name, day, None),
    ]  # fmt: skip
    before, siti = _work(siti), _fresh(siti)
    with pytest.raises(NotAllowed):  # from that day they are the other agency's
        set_employment(
            person=siti, version=siti.version, organisation=agency, starts_on=day + timedelta(days=1), actor=coordinator
        )
    assert _work(siti) == before


def test_a_last_day_that_is_agreed_outlives_a_new_rank(agency: Organisation, siti: Person) -> None:
    release_person(person=siti, version=siti.version, last_day=_later(), actor=SYSTEM)
    siti = _fresh(siti)
    set_employment(person=siti, version=siti.version, organisation=agency, rank="III/d", actor=SYSTEM)
    assert _work(siti)[-1] == (agency.name, clock.today(), _later())


def test_what_is_agreed_is_taken_back_by_who_looks_after_both(
    agency: Organisation, other: Organisation, siti: Person
) -> None:
    before = _work(siti)
    set_employment(person=siti, version=siti.version, organisation=other, starts_on=_later(), actor=SYSTEM)
    siti = _fresh(siti)
    with pytest.raises(Conflict):
        release_person(person=siti, version=siti.version, last_day=_later(), actor=SYSTEM)
    for stranger in (make_actor(Role.COORDINATOR, agency), make_actor(Role.COORDINATOR, other), make_actor()):
        with pytest.raises(NotAllowed):
            drop_plans(person=siti, version=_fresh(siti).version, actor=stranger)
    assert len(_work(siti)) == 2
    drop_plans(person=siti, version=_fresh(siti).version, actor=SYSTEM)
    assert _work(siti) == before
    with pytest.raises(Conflict):
        drop_plans(person=siti, version=_fresh(siti).version, actor=SYSTEM)


def test_the_page_says_what_is_agreed_and_takes_it_back(agency: Organisation, siti: Person) -> None:
    client = Client()
    client.force_login(make_user(Role.COORDINATOR, agency))
    page, drop = reverse("people:detail", args=[siti.code]), reverse("people:drop_plans", args=[siti.code])
    assert drop not in client.get(page).text
    form = {"last_day": _later().isoformat(), "version": siti.version}
    assert client.post(reverse("people:release", args=[siti.code]), form).status_code == 302
    assert drop in client.get(page).text
    assert client.post(drop).status_code == 302
    assert siti.employments.get().ends_on is None
    assert client.post(drop).status_code == 409
    stranger = Client()
    stranger.force_login(make_user(Role.COORDINATOR, make_organisation("Dinas Sosial")))
    assert stranger.post(drop).status_code == 404
    assert AuditEntry.objects.filter(code="people.drop_plans").count() == 1


def test_a_list_leaves_what_is_agreed_for_later(agency: Organisation, other: Organisation, siti: Person) -> None:
    day = _later()
    set_employment(person=siti, version=siti.version, organisation=other, starts_on=day, actor=SYSTEM)
    sent = xlsx(row("Siti Aminah", NIP, Jabatan="Arsiparis", Status="PNS"))
    for expected in ("updated", "unchanged"):
        counts = import_file(organisation=agency, content=sent, name="a.xlsx", actor=SYSTEM)
        assert counts[expected] == 1
    assert _work(siti)[1:] == [(agency.name, clock.today(), day - timedelta(days=1)), (other.name, day, None)]


def test_a_list_of_the_later_agency_must_wait_for_the_day(
    agency: Organisation, other: Organisation, siti: Person
) -> None:
    set_employment(person=siti, version=siti.version, organisation=other, starts_on=_later(), actor=SYSTEM)
    coordinator = make_actor(Role.COORDINATOR, other)
    sent = xlsx(row("Siti Aminah", NIP))
    assert import_file(organisation=other, content=sent, name="a.xlsx", actor=coordinator)["rejected"] == 1
    with clock.frozen_at(clock.now() + timedelta(days=30)):
        counts = import_file(organisation=other, content=sent, name="a.xlsx", actor=make_actor(Role.COORDINATOR, other))
        assert counts["rejected"] == 0


def test_a_successor_from_a_day_to_come_takes_over_then_and_keeps_agreed_last_days(
    agency: Organisation, other: Organisation, siti: Person
) -> None:
    dewi = make_person(agency, "Dewi Lestari", nip=OTHER_NIP, starts_on=BEGAN)
    last, day = _later(), clock.today() + timedelta(days=10)
    release_person(person=dewi, version=dewi.version, last_day=last, actor=SYSTEM)
    assert follow_agency(old=agency, new=other, on=day, actor=SYSTEM) == 2
    assert _work(dewi) == [(agency.name, BEGAN, day - timedelta(days=1)), (other.name, day, last)]
    assert (_place(siti), _fresh(siti).subject.organisation_code) == (agency, agency.code)
    with clock.frozen_at(clock.now() + timedelta(days=10)):
        assert turn_employments(actor=SYSTEM) == 2
        assert (_place(siti), _fresh(siti).subject.organisation_code) == (other, other.code)


def test_two_records_of_which_one_has_a_post_to_come_become_one_and_two_again(
    agency: Organisation, other: Organisation, siti: Person
) -> None:
    twin = make_person(agency, "Siti A", starts_on=BEGAN)
    set_employment(person=twin, version=twin.version, organisation=other, starts_on=_later(), actor=SYSTEM)
    before = list(Employment.objects.order_by("pk").values())
    merge = merge_persons(kept=_fresh(siti), gone=_fresh(twin), actor=SYSTEM)
    assert siti.employments.present().count() == 1
    assert unsound_persons() == []
    undo_merge(merge=merge, actor=SYSTEM)
    assert list(Employment.objects.order_by("pk").values()) == before


def test_a_future_post_of_the_kept_record_leaves_the_other_s_employment_until_then(
    agency: Organisation, other: Organisation, siti: Person
) -> None:
    coming = make_person(other, "Siti A", starts_on=BEGAN)
    day = _later()
    Employment.objects.filter(person=coming).update(starts_on=day)
    before, places = list(Employment.objects.order_by("pk").values()), _subjects()
    merge = merge_persons(kept=_fresh(coming), gone=_fresh(siti), actor=SYSTEM)
    assert _work(coming) == [(agency.name, BEGAN, day - timedelta(days=1)), (other.name, day, None)]
    assert (_place(coming), _fresh(coming).subject.organisation_code) == (agency, agency.code)
    with clock.frozen_at(clock.now() + timedelta(days=30)):
        assert _place(coming) == other
    assert unsound_persons() == []
    undo_merge(merge=merge, actor=SYSTEM)
    assert list(Employment.objects.order_by("pk").values()) == before
    assert _subjects()[siti.pk] == places[siti.pk]


def _subjects() -> dict[int, str]:
    return dict(Person.objects.values_list("pk", "subject__organisation_code"))


def test_a_future_post_of_the_record_that_goes_ends_the_kept_one_only_then_and_comes_back_apart(
    agency: Organisation, other: Organisation, siti: Person
) -> None:
    coming, day = make_person(other, "Siti A", starts_on=BEGAN), _later()
    Employment.objects.filter(person=coming).update(starts_on=day)
    before = list(Employment.objects.order_by("pk").values())
    merge = merge_persons(kept=_fresh(siti), gone=_fresh(coming), actor=SYSTEM)
    assert _work(siti) == [(agency.name, BEGAN, day - timedelta(days=1)), (other.name, day, None)]
    assert _place(siti) == agency
    undo_merge(merge=merge, actor=SYSTEM)
    assert list(Employment.objects.order_by("pk").values()) == before


def test_a_last_day_given_since_the_merge_is_not_taken_back(
    agency: Organisation, other: Organisation, siti: Person
) -> None:
    coming = make_person(other, "Siti A", starts_on=BEGAN)
    Employment.objects.filter(person=coming).update(starts_on=_later())
    merge = merge_persons(kept=_fresh(siti), gone=_fresh(coming), actor=SYSTEM)
    sooner = clock.today() + timedelta(days=3)
    release_person(person=_fresh(siti), version=_fresh(siti).version, last_day=sooner, actor=SYSTEM)
    undo_merge(merge=merge, actor=SYSTEM)
    assert _work(siti) == [(agency.name, BEGAN, sooner)]
    assert [row[2] for row in _work(coming)] == [None]


def days_of(*pairs: tuple[int, int | None], first: int) -> list[Employment]:
    """Unsaved rows by days from today, numbered from ``first``."""
    today = clock.today()
    return [
        Employment(
            pk=first + number, starts_on=today + timedelta(days=begins),
            ends_on=None if ends is None else today + timedelta(days=ends),
        )
        for number, (begins, ends) in enumerate(pairs)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kept", "gone", "ends", "stays"),
    [
        ([(-9, None)], [(-5, None)], {20: 0}, []),  # both serve today: the kept one goes on
        ([(-9, None)], [(-5, 4)], {20: 0}, []),
        ([(10, None)], [(-5, None)], {20: 9}, []),  # the other's until the kept one begins
        ([(10, None)], [(-5, 4)], {}, []),  # its own last day comes first
        ([(10, None)], [(-5, 10)], {}, []),
        ([(-9, None)], [(10, None)], {10: 9}, []),  # the kept one's until the other begins
        ([(-9, None)], [(10, 20)], {}, [20]),  # within what the kept one does anyway
        ([(-9, 30)], [(10, 20)], {}, [20]),
        ([(-9, 15)], [(10, 20)], {10: 9}, []),
        ([(-9, 8)], [(10, None)], {}, []),
        ([(10, None)], [(10, None)], {}, [20]),  # agreed twice
        ([(-9, 9), (10, None)], [(-5, None)], {20: 0}, []),
        ([(-9, 9), (10, None)], [(5, None)], {10: 4, 20: 9}, []),  # between the two
        ([(-9, 9), (10, None)], [(20, None)], {11: 19}, []),
        ([], [(-5, None), (10, None)], {}, []),
        ([(-9, None)], [(-5, 9), (10, None)], {10: 9, 20: 0}, []),
    ],
)
def test_two_histories_become_one_by_their_days(
    kept: list[tuple[int, int | None]], gone: list[tuple[int, int | None]], ends: dict[int, int], stays: list[int]
) -> None:
    today = clock.today()
    found = joined(days_of(*kept, first=10), days_of(*gone, first=20), today)
    assert {pk: (day - today).days for pk, day in found.ends.items()} == ends
    assert sorted(found.stays) == stays
