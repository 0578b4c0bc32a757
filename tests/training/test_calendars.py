from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM, load_user
from enggang.core.acts import NotAllowed
from enggang.training.domain.calendars import open_calendar
from enggang.training.domain.classes import keep_class
from enggang.training.domain.registrations import hand_out_page, withdraw
from enggang.training.domain.sessions import change_session, merge_session, remove_session
from enggang.training.domain.waves import cancel_wave
from enggang.training.models import Registration, Session, Wave
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


def events(address: str, client: Client | None = None) -> list[dict[str, Any]]:
    answer = (client or Client()).get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(answer.content)
    return [{key: event[key] for key in event} for event in calendar.walk("VEVENT")]


def feed_of(wave: Wave) -> str:
    return f"/pelatihan/kalender/gelombang/{wave.code}.ics"


def first_session(wave: Wave) -> Session:
    rows = wave.sessions.select_related("wave__organisation", "wave__subject", "occasion__organisation", "klass")
    return rows.order_by("day")[0]


def move_to(session: Session, hour: int) -> Session:
    return change_session(
        session=session, version=session.version, title=session.title, day=session.day, begins=time(hour),
        ends=time(hour + 2), jp=session.jp, room="Ruang B", klass=None, instructor=None, actor=SYSTEM,
    )  # fmt: skip


def own_registration() -> Registration:
    agency = make_agency()
    person = make_person(agency)
    person.user = make_user()
    person.save()
    return seat(make_wave(agency), person)


def test_a_wave_s_feed_carries_zone_and_stable_names() -> None:
    wave = make_wave(make_agency())
    content = Client().get(feed_of(wave)).content
    assert b"BEGIN:VTIMEZONE" in content
    assert b"TZID=Asia/Pontianak" in content
    assert content == Client().get(feed_of(wave)).content
    rows = events(feed_of(wave))
    assert [str(row["UID"]) for row in rows] == [f"session-{each.code}@enggang" for each in wave.sessions.all()]
    assert {str(row["STATUS"]) for row in rows} == {"CONFIRMED"}
    assert rows[0]["DTSTART"].dt.utcoffset() == timedelta(hours=7)


def test_a_moved_session_keeps_its_name_and_raises_its_sequence() -> None:
    wave = make_wave(make_agency())
    before = events(feed_of(wave))[0]
    move_to(first_session(wave), 13)
    after = events(feed_of(wave))[0]
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert (after["DTSTART"].dt.hour, str(after["LOCATION"])) == (13, "Ruang B")


def test_a_session_called_off_stays_and_says_so() -> None:
    wave = make_wave(make_agency())
    before = events(feed_of(wave))[0]
    remove_session(session=first_session(wave), reason="Batal", actor=SYSTEM)
    after = events(feed_of(wave))
    assert [str(row["STATUS"]) for row in after] == ["CANCELLED", "CONFIRMED"]
    assert (after[0]["UID"], after[0]["SEQUENCE"]) == (before["UID"], before["SEQUENCE"] + 1)


def test_a_merged_session_is_cancelled_and_the_other_raises_its_sequence() -> None:
    wave = make_wave(make_agency())
    before = events(feed_of(wave))
    rows = wave.sessions.select_related("wave__organisation", "wave__subject", "occasion__organisation", "klass")
    first, second = rows.order_by("day")[:2]
    Session.objects.filter(wave=wave).update(jp=3)
    first.jp = second.jp = 3
    merge_session(session=first, into=second, actor=SYSTEM)
    after = events(feed_of(wave))
    assert [str(row["STATUS"]) for row in after] == ["CANCELLED", "CONFIRMED"]
    assert [row["SEQUENCE"] for row in after] == [row["SEQUENCE"] + 1 for row in before]
    assert [row["UID"] for row in after] == [row["UID"] for row in before]


def test_a_cancelled_wave_cancels_every_session_in_the_programme_s_feed() -> None:
    wave = make_wave(make_agency())
    make_wave(wave.organisation, programme=wave.programme, name="Gelombang 2")
    cancel_wave(wave=wave, reason="banjir", actor=SYSTEM)
    rows = events(f"/pelatihan/kalender/program/{wave.programme.code}.ics")
    assert sorted(str(row["STATUS"]) for row in rows) == ["CANCELLED", "CANCELLED", "CONFIRMED", "CONFIRMED"]


def test_a_draft_has_no_public_feed() -> None:
    wave = make_wave(make_agency(), opened=False)
    assert Client().get(feed_of(wave)).status_code == 404
    assert Client().get(f"/pelatihan/kalender/program/{wave.programme.code}.ics").status_code == 404


def test_an_unchanged_feed_is_not_sent_again() -> None:
    wave = make_wave(make_agency())
    etag = Client().get(feed_of(wave))["ETag"]
    assert Client().get(feed_of(wave), headers={"If-None-Match": etag}).status_code == 304
    move_to(first_session(wave), 13)
    assert Client().get(feed_of(wave), headers={"If-None-Match": etag}).status_code == 200


def test_one_s_own_feed_needs_no_sign_in_and_ends_when_a_new_one_is_opened() -> None:
    row = own_registration()
    assert row.person.user is not None
    actor = load_user(row.person.user.pk)
    first = open_calendar(registration=row, actor=actor)
    assert len(events(f"/pelatihan/kalender/{first}.ics")) == 2
    open_calendar(registration=row, actor=actor)
    assert Client().get(f"/pelatihan/kalender/{first}.ics").status_code == 404
    for rubbish in ("x", "x" * 3000):
        assert Client().get(f"/pelatihan/kalender/{rubbish}.ics").status_code == 404


def test_a_seat_given_back_cancels_the_sessions_in_one_s_own_feed() -> None:
    row = own_registration()
    assert row.person.user is not None
    token = open_calendar(registration=row, actor=load_user(row.person.user.pk))
    withdraw(registration=row, actor=SYSTEM)
    assert {str(event["STATUS"]) for event in events(f"/pelatihan/kalender/{token}.ics")} == {"CANCELLED"}


def test_a_feed_opened_from_a_private_page_shows_that_wave_only() -> None:
    agency = make_agency()
    person = make_person(agency)
    row = seat(make_wave(agency), person)
    seat(make_wave(agency, programme=row.wave.programme, name="Gelombang 2"), person)
    client = Client()
    page = client.post(f"/pelatihan/kursi/{hand_out_page(registration=row, actor=SYSTEM)}/kalender/")
    address = page.context["text"].split("/pelatihan/")[1]
    assert len(events(f"/pelatihan/{address}")) == 2


def test_nobody_opens_the_calendar_of_somebody_else() -> None:
    row = own_registration()
    with pytest.raises(NotAllowed):
        open_calendar(registration=row, actor=make_actor(Role.ORGANISER, row.wave.organisation))
    organiser = client_of(make_user(Role.ORGANISER, row.wave.organisation))
    assert organiser.post(f"/pelatihan/pendaftaran/{row.code}/kalender/").status_code == 403


def test_coming_back_after_a_withdrawal_raises_the_sequence_once_more() -> None:
    row = own_registration()
    assert row.person.user is not None
    token = open_calendar(registration=row, actor=load_user(row.person.user.pk))
    seen = []
    for step in range(4):
        rows = events(f"/pelatihan/kalender/{token}.ics")
        seen.append((rows[0]["SEQUENCE"], str(rows[0]["STATUS"]), rows[0]["LAST-MODIFIED"].dt))
        with clock.frozen_at(clock.now() + timedelta(minutes=step + 1)):
            if step % 2 == 0:
                withdraw(registration=Registration.objects.with_names().get(pk=row.pk), actor=SYSTEM)
            else:
                seat(row.wave, row.person)
    first = seen[0][0]
    assert [(number - first, status) for number, status, _at in seen] == [
        (0, "CONFIRMED"), (1, "CANCELLED"), (2, "CONFIRMED"), (3, "CANCELLED"),
    ]  # fmt: skip
    stamps = [stamp for _number, _status, stamp in seen]
    assert stamps == sorted(set(stamps))


def test_another_room_or_instructor_of_a_class_is_told_to_the_calendars_of_its_sessions() -> None:
    wave = make_wave(make_agency())
    klass = keep_class(wave=wave, kind="class", name="A", actor=SYSTEM)
    wave.sessions.filter(title="Hari 1").update(klass=klass)
    before = events(feed_of(wave))
    with clock.frozen_at(clock.now() + timedelta(minutes=5)):
        keep_class(wave=wave, kind="class", name="A", room="Lab 2", klass=klass, actor=SYSTEM)
        keep_class(wave=wave, kind="class", name="A", room="Lab 2", klass=klass, capacity=9, actor=SYSTEM)
    after = events(feed_of(wave))
    assert [row["SEQUENCE"] for row in after] == [before[0]["SEQUENCE"] + 1, before[1]["SEQUENCE"]]
    assert after[0]["LAST-MODIFIED"].dt > before[0]["LAST-MODIFIED"].dt
    assert str(after[0]["LOCATION"]) == "Lab 2"


def test_a_cancelled_wave_says_when_it_was_cancelled() -> None:
    wave = make_wave(make_agency())
    before = events(feed_of(wave))[0]
    with clock.frozen_at(clock.now() + timedelta(minutes=5)):
        cancel_wave(wave=wave, reason="banjir", actor=SYSTEM)
    after = events(feed_of(wave))[0]
    assert (str(after["STATUS"]), after["SEQUENCE"]) == ("CANCELLED", before["SEQUENCE"] + 1)
    assert after["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt
