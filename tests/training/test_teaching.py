"""Several people teach one session, each as lead or assistant."""

from __future__ import annotations

from datetime import time, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.notices.models import Notice
from enggang.people.domain.merging import merge_persons, undo_merge
from enggang.people.models import Person
from enggang.places.models import Organisation
from enggang.training.domain.copying import copy_wave
from enggang.training.domain.instructors import add_instructor, assign_instructor, assign_instructors, mark_away
from enggang.training.domain.sessions import add_session, change_session
from enggang.training.domain.teaching import Named
from enggang.training.enums import TeachingRole
from enggang.training.models import Instructor, Session, Teaching, Wave
from enggang.training.queries.clashes import away_teachers, clashes
from enggang.training.queries.fees import fee_rows
from enggang.training.queries.taught import instructors_of
from enggang.training.views.instructors import briefing_of
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user, make_wave

pytestmark = pytest.mark.django_db
LEAD, ASSISTANT = TeachingRole.LEAD, TeachingRole.ASSISTANT


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def wave(agency: Organisation) -> Wave:
    return make_wave(agency, sessions=1)


@pytest.fixture
def organiser(agency: Organisation) -> Client:
    return client_of(make_user(Role.ORGANISER, agency))


def in_pool(agency: Organisation, name: str) -> Instructor:
    person = make_person(agency, name)
    return add_instructor(organisation=agency, person=person, teacher_origin="outside", actor=SYSTEM)


def teach(session: Session, *named: tuple[Person, TeachingRole]) -> Session:
    session.refresh_from_db()
    wanted = [Named(person, role) for person, role in named]
    return assign_instructors(session=session, version=session.version, teachers=wanted, actor=SYSTEM)


def session_of(wave: Wave) -> Session:
    return wave.sessions.with_places().get()


def posted(session: Session, *rows: tuple[str, str]) -> dict[str, Any]:
    prefix = f"s{session.pk}"
    data: dict[str, Any] = {"session": session.pk, "version": session.version}
    data |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    for number, (code, role) in enumerate(rows):
        data |= {f"{prefix}-{number}-person": code, f"{prefix}-{number}-role": role}
    return data


def test_a_session_has_a_lead_and_assistants_named_on_one_form(
    agency: Organisation, organiser: Client, wave: Wave
) -> None:
    ani, budi, cici = (in_pool(agency, name).person for name in ("Ani", "Budi", "Cici"))
    page = f"/pelatihan/gelombang/{wave.code}/pengajar/"
    session = session_of(wave)
    rows = [(budi.code, "assistant"), (ani.code, "lead"), ("", "lead"), (cici.code, "assistant")]
    assert organiser.post(page, posted(session, *rows)).status_code == 302
    session = session_of(wave)
    assert session.teachers == [ani, budi, cici]
    assert session.instructor == ani
    assert session.taught_text == "Ani; Budi (asisten); Cici (asisten)"
    for where in (page, f"/pelatihan/gelombang/{wave.code}/"):
        assert "Budi (asisten)" in organiser.get(where).content.decode()
    calendar = organiser.get(f"/pelatihan/kalender/gelombang/{wave.code}.ics").content.decode()
    assert "Budi (asisten)" in calendar.replace("\r\n ", "")  # long lines are folded
    organiser.post(page, posted(session, (cici.code, "lead")))
    assert session_of(wave).teachers == [cici]


def test_who_says_later_that_they_cannot_is_named_on_the_page(
    agency: Organisation, organiser: Client, wave: Wave
) -> None:
    session, pooled = session_of(wave), in_pool(agency, "Budi")
    teach(session, (pooled.person, LEAD))
    assert away_teachers(wave) == []
    for _twice in range(2):
        mark_away(instructor=pooled, first_day=session.day, last_day=session.day, actor=SYSTEM)
    assert pooled.away.count() == 1  # said once more, it stands once
    (line,) = away_teachers(wave)
    assert "Budi" in line
    page = organiser.get(f"/pelatihan/gelombang/{wave.code}/pengajar/").content.decode()
    assert page.count("Budi") > 1
    assert line.split("“")[0] in page


@pytest.mark.parametrize(
    "named", [[("ani", ASSISTANT)], [("ani", LEAD), ("ani", ASSISTANT)], [("stranger", LEAD)], [("ani", LEAD), ("away", LEAD)]]
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_changes(
    agency: Organisation, wave: Wave, named: list[tuple[str, TeachingRole]]
) -> None:
    session = session_of(wave)
    version = session.version
    away = in_pool(agency, "Away")
    mark_away(instructor=away, first_day=session.day, last_day=session.day, actor=SYSTEM)
    people = {"ani": in_pool(agency, "Ani").person, "stranger": make_person(agency), "away": away.person}
    with pytest.raises(Conflict):
        teach(session, *((people[who], role) for who, role in named))
    with pytest.raises(NotAllowed):
        assign_instructors(
            session=session, version=session.version, teachers=[Named(people["ani"])],
            actor=make_actor(Role.COORDINATOR, agency),
        )  # fmt: skip
    assert (Teaching.objects.count(), Session.objects.get().version) == (0, version)


@pytest.mark.parametrize("wrong", [{"session": "x"}, {"version": "x"}, {"version": "1" * 40}, {"session": "99999"}])
def test_a_form_that_was_tampered_with_is_refused(
    agency: Organisation, organiser: Client, wave: Wave, wrong: dict[str, str]
) -> None:
    session = session_of(wave)
    data = posted(session, (in_pool(agency, "Ani").person.code, "lead")) | wrong
    assert organiser.post(f"/pelatihan/gelombang/{wave.code}/pengajar/", data).status_code == 302
    organiser.post(f"/pelatihan/gelombang/{wave.code}/pengajar/", posted(session, ("zzz", "lead")))
    organiser.post(f"/pelatihan/gelombang/{wave.code}/pengajar/", posted(session, ("", "boss")))
    assert not Teaching.objects.exists()


def test_each_is_warned_of_briefed_paid_and_asked_about(agency: Organisation, wave: Wave) -> None:
    ani, budi = in_pool(agency, "Ani"), in_pool(agency, "Budi")
    session = session_of(wave)
    teach(session, (ani.person, LEAD), (budi.person, ASSISTANT))
    other = make_wave(agency, sessions=1, programme=wave.programme, name="Gelombang 2")
    teach(session_of(other), (budi.person, LEAD))
    whys = [each.why for each in clashes(wave)]
    assert len(whys) == 1
    assert "Budi" in whys[0]
    with clock.frozen_at(session.ends_at + timedelta(minutes=1)):
        assert [(row.person, row.jp) for row in fee_rows(wave)] == [(ani.person, 12), (budi.person, 12)]
    assert set(instructors_of(wave.pk)) == {ani.person, budi.person}
    assert [part["wave"] for part in briefing_of(budi)] == [wave, other]


def test_whoever_comes_and_whoever_goes_are_told_each_once(agency: Organisation, wave: Wave) -> None:
    users = [make_user(name=name) for name in ("Ani", "Budi")]
    ani, budi = (in_pool(agency, user.name).person for user in users)
    for person, user in zip((ani, budi), users, strict=True):
        Person.objects.filter(pk=person.pk).update(user=user)
    session = session_of(wave)
    teach(session, (Person.objects.get(pk=ani.pk), LEAD))
    teach(session, (Person.objects.get(pk=ani.pk), LEAD), (Person.objects.get(pk=budi.pk), ASSISTANT))
    teach(session, (Person.objects.get(pk=budi.pk), LEAD))
    counts = [Notice.objects.filter(user_id=user.pk, channel="inbox").count() for user in users]
    assert counts == [2, 1]


def test_another_lead_leaves_the_assistants(agency: Organisation, wave: Wave) -> None:
    ani, budi, cici = (in_pool(agency, name) for name in ("Ani", "Budi", "Cici"))
    session = teach(session_of(wave), (ani.person, LEAD), (budi.person, ASSISTANT))
    session = assign_instructor(session=session, version=session.version, instructor=cici, actor=SYSTEM)
    assert session_of(wave).teachers == [cici.person, budi.person]
    values = {name: getattr(session, name) for name in ("title", "day", "begins", "ends", "jp", "room", "klass")}
    change_session(session=session, version=session.version, **values, instructor=None, actor=SYSTEM)
    assert session_of(wave).teachers == [budi.person]
    assert session_of(wave).teachings.get().role == LEAD


@pytest.mark.parametrize("active", [True, False])
def test_other_hours_leave_whom_the_pool_gave(
    agency: Organisation, wave: Wave, organiser: Client, active: bool
) -> None:
    """Somebody from outside is on no list of the agency's own staff, and the form of the session offers them all the same."""
    guest = make_person(make_agency(), "Tamu Contoh")
    row = add_instructor(organisation=agency, person=guest, teacher_origin="outside", actor=SYSTEM)
    session = teach(session_of(wave), (guest, LEAD))
    Instructor.objects.filter(pk=row.pk).update(active=active)
    address = f"/pelatihan/gelombang/{wave.code}/sesi/{session.pk}/"
    form = organiser.get(address).context["form"]
    kept = {name: form[name].value() for name in form.fields}
    assert kept["instructor"] == guest.pk
    assert str(guest) in organiser.get(address).text
    kept |= {"begins": "09:00", "ends": "11:00", "klass": kept.get("klass") or ""}
    assert organiser.post(address, kept).status_code == 302
    session = Session.objects.with_places().get(pk=session.pk)
    assert (session.begins, session.teachers) == (time(9), [guest])


def test_a_copy_of_the_wave_keeps_them_all(agency: Organisation, wave: Wave) -> None:
    ani, budi = in_pool(agency, "Ani").person, in_pool(agency, "Budi").person
    teach(session_of(wave), (ani, LEAD), (budi, ASSISTANT))
    copy = copy_wave(wave=wave, name="Gelombang 2", starts_on=wave.starts_on + timedelta(days=30), actor=SYSTEM)
    assert [(row.person, row.role) for row in session_of(copy).teachings.all()] == [(ani, LEAD), (budi, ASSISTANT)]


def test_two_records_of_one_person_teach_as_one_and_part_again(agency: Organisation, wave: Wave) -> None:
    ani, twin = in_pool(agency, "Ani").person, make_person(agency, "Ani lagi")
    teach(session_of(wave), (ani, LEAD))
    merge = merge_persons(kept=twin, gone=ani, actor=SYSTEM)
    assert session_of(wave).teachers == [twin]
    undo_merge(merge=merge, actor=SYSTEM)
    assert session_of(wave).teachers == [ani]


def test_the_migration_names_whoever_taught_alone_and_runs_twice_without_harm(agency: Organisation, wave: Wave) -> None:
    ani = make_person(agency, "Ani")
    for day in range(2):
        add_session(
            wave=wave, title="Lama", day=wave.starts_on, begins=time(13 + day), ends=time(14 + day), instructor=ani, actor=SYSTEM
        )  # fmt: skip
    Teaching.objects.all().delete()
    move = import_module("enggang.training.migrations.0035_teachings").name_the_instructors
    for _again in range(2):
        move(apps, None)
    assert {(row.session.title, row.person, row.role) for row in Teaching.objects.all()} == {("Lama", ani, LEAD)}
    assert Teaching.objects.count() == 2
