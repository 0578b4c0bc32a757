from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import load_workbook

from enggang.access.enums import Role
from enggang.attendance.domain import mark_list
from enggang.attendance.domain.clock import (
    apply_clock_file,
    keep_clock_file,
    name_device_users,
    undo_clock_file,
)
from enggang.attendance.enums import Status
from enggang.attendance.fingerprint import Log, Punch, read_hour
from enggang.attendance.models import ClockFile, DeviceUser, Mark, Occasion, Pass
from enggang.attendance.queries.clock import plan_of
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed, Refused
from enggang.files.models import StoredFile
from enggang.people.models import Person
from tests.attendance.factories import (
    EVENING,
    MORNING,
    NOON,
    make_actor,
    make_occasion,
    make_organisation,
    make_pass,
    signed_in,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 8)
NIP = "198609262015051001"


def read(text: str | bytes) -> list[Punch]:
    content = text if isinstance(text, bytes) else text.encode()
    return list(Log(content, today=TODAY).punches())


def keep(occasion: Occasion, text: str | bytes) -> ClockFile:
    content = text if isinstance(text, bytes) else text.encode()
    return keep_clock_file(
        group=occasion.group, organisation=occasion.organisation, content=content, name="mesin.csv", actor=SYSTEM
    )  # fmt: skip


def holder(held: Pass) -> Person:
    return Person.objects.get(subject=held.holder)


@pytest.mark.parametrize(
    "text",
    [
        "No. ID;Nama;Tanggal;Jam\n7;Ani;07-11-2026;07.45\n",
        "User ID,Name,Date,Time,In/Out\n7,Ani,2026-11-07,7:45 AM,C/In\n",
        "PIN\tNAMA\tTanggal/Waktu\n7\tAni\t07/11/2026 07:45:00\n",
        "LAPORAN ABSENSI;;\nPeriode November;;\nID Pegawai;Nama Pegawai;Tanggal;Scan Masuk;Scan Pulang\n7;Ani;7 November 2026;07:45;\n",
        "AC-No.;Name;Date;Jam Masuk;Jam Pulang;Scan Masuk;Scan Pulang\n7;Ani;07.11.2026;08:00;16:00;07.45;\n",
        "\ufeffNo. ID;Nama;Tgl;Pukul\n'7;Ani;20261107;07:45\n",
    ],
)
def test_lists_of_many_makes_say_the_same(text: str) -> None:
    (punch,) = read(text)
    assert (punch.number, punch.name, punch.came, punch.left) == ("7", "Ani", datetime(2026, 11, 7, 7, 45), None)  # noqa: DTZ001 -- a machine writes the hours of its wall
    assert not punch.error


def test_a_cp1252_list_and_a_workbook_are_read() -> None:
    assert read("Nama;Tanggal;Jam\nRené;7-11-2026;07:45\n".encode("cp1252"))[0].name == "René"
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet, day, hour = (
        book.add_worksheet(),
        book.add_format({"num_format": "dd/mm/yyyy"}),
        book.add_format({"num_format": "hh:mm"}),
    )
    sheet.write_row(0, 0, ["NIP", "Tanggal", "Jam"])
    sheet.write_row(1, 0, [NIP])
    sheet.write_datetime(1, 1, datetime(2026, 11, 7), day)  # noqa: DTZ001 -- a machine writes the hours of its wall
    sheet.write_datetime(1, 2, datetime(2026, 11, 7, 7, 45), hour)  # noqa: DTZ001 -- a machine writes the hours of its wall
    book.close()
    (punch,) = read(out.getvalue())
    assert (punch.nip, punch.came) == (NIP, datetime(2026, 11, 7, 7, 45))  # noqa: DTZ001 -- a machine writes the hours of its wall


def test_who_leaves_is_told_from_who_comes() -> None:
    (came, left) = read("PIN;Tanggal;Jam;Status\n7;7-11-2026;07:45;Masuk\n7;7-11-2026;12:05;Pulang\n")
    assert came.came and not came.left  # noqa: PT018 -- one fact
    assert left.left and not left.came  # noqa: PT018 -- one fact


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (";;7-11-2026;07:45", "neither a number nor a name"),
        ("7;Ani;;07:45", "No date"),
        ("7;Ani;32-13-2026;07:45", "No date"),
        ("7;Ani;7-11-2026;", "No date and time"),
        ("7;Ani;7-11-2026;25:99", "No date and time"),
        ("7", "No date"),
    ],
)
def test_a_row_that_says_nothing_has_its_reason(row: str, why: str) -> None:
    (punch,) = read(f"PIN;Nama;Tanggal;Jam\n{row}\n")
    assert why in punch.error


def test_leaving_before_coming_is_no_day() -> None:
    (punch,) = read("Nama;Tanggal;Masuk;Pulang\nAni;7-11-2026;12:00;08:00\n")
    assert "before" in punch.error


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\n",
        b"PK\x03\x04zip",
        b"Ani;hadir\n",
        b"Nama;Alamat\nAni;Pontianak\n",
        b"\x00\x01\x02",
    ],
)
def test_what_is_no_list_is_refused_and_not_kept(content: bytes) -> None:
    with pytest.raises(Refused):
        keep(make_occasion(), content)
    assert not StoredFile.objects.exists()


def test_a_list_without_end_is_refused() -> None:
    with pytest.raises(Refused, match="fewer days"):
        keep(make_occasion(), "Nama;Tanggal;Jam\n" + "Ani;7-11-2026;07:45\n" * 20_001)


@pytest.mark.parametrize(
    ("cell", "hour"),
    [(0.5, time(12)), ("12:00 AM", time(0)), ("7.45 PM", time(19, 45)), ("13:00 PM", None), (True, None), ("x", None)],
)
def test_hours_in_many_shapes(cell: object, hour: time | None) -> None:
    assert read_hour(cell) == hour


def test_people_are_found_by_nip_and_by_name_and_marked_once() -> None:
    occasion = make_occasion()
    a, b = make_pass(occasion, "Ani Wulandari"), make_pass(occasion, "Budi Santoso")
    Person.objects.filter(subject=a.holder).update(nip=NIP)
    kept = keep(occasion, f"NIP;Nama;Tanggal;Jam\n{NIP};A. Wulandari;7-11-2026;07:45\n;Budi Santoso;7-11-2026;08:10\n")
    assert apply_clock_file(kept=kept, actor=SYSTEM) == {"made": 2, "known": 0, "kept": 0}
    assert apply_clock_file(kept=kept, actor=SYSTEM) == {"made": 0, "known": 2, "kept": 0}
    apply_clock_file(kept=keep(occasion, f"NIP;Tanggal;Jam\n{NIP};7-11-2026;07:45\n"), actor=SYSTEM)
    marks = {mark.holder_id: (mark.status, mark.method, f"{mark.at:%H:%M}") for mark in Mark.objects.all()}
    assert marks == {a.holder_id: ("present", "finger", "00:45"), b.holder_id: ("present", "finger", "01:10")}


def test_who_is_unknown_is_asked_for_once_and_remembered() -> None:
    occasion = make_occasion()
    held = make_pass(occasion, "Ani Wulandari")
    kept = keep(occasion, "PIN;Tanggal;Jam\n7;7-11-2026;07:45\n7;7-11-2026;07:46\n")
    (question,) = plan_of(kept).questions
    assert (question.key, question.rows) == ("7", 2)
    assert len(plan_of(kept).rejected) == 2
    name_device_users(kept=kept, answers={"7": held.holder.code}, actor=SYSTEM)
    later = keep(occasion, "PIN;Tanggal;Jam\n7;7-11-2026;08:15\n")
    assert list(plan_of(later).marks) == [(occasion.pk, held.holder_id)]


def test_two_of_one_name_are_a_question_and_never_guessed() -> None:
    occasion = make_occasion()
    both = [make_pass(occasion, "Siti Rahmawati") for _ in range(2)]
    kept = keep(occasion, "Nama;Tanggal;Jam\nSiti Rahmawati;7-11-2026;07:45\n")
    plan = plan_of(kept)
    assert not plan.marks
    assert set(plan.questions[0].candidates) == {each.holder_id for each in both}
    name_device_users(kept=kept, answers={plan.questions[0].key: both[1].holder.code}, actor=SYSTEM)
    assert list(plan_of(kept).marks) == [(occasion.pk, both[1].holder_id)]


def test_a_day_in_one_row_covers_the_sessions_it_spans() -> None:
    morning = make_occasion()
    noon = make_occasion(morning.organisation, morning.group, "Sore", NOON, EVENING)
    make_pass(morning, "Ani")
    text = "Nama;Tanggal;Scan Masuk;Scan Pulang\nAni;7-11-2026;07:40;{}\n"
    assert {pk for pk, _holder in plan_of(keep(morning, text.format("16:05"))).marks} == {morning.pk, noon.pk}
    assert {pk for pk, _holder in plan_of(keep(morning, text.format("11:50"))).marks} == {morning.pk}


def test_another_day_says_nothing_of_the_session() -> None:
    occasion = make_occasion()
    make_pass(occasion, "Ani")
    plan = plan_of(keep(occasion, "Nama;Tanggal;Jam\nAni;6-11-2026;07:45\n"))
    assert [why for _punch, why in plan.rejected] == ["There was no session at that time."]


def test_what_a_person_decided_after_the_machine_stays() -> None:
    occasion = make_occasion()
    a, b = make_pass(occasion, "Ani"), make_pass(occasion, "Budi")
    text = "Nama;Tanggal;Jam\nAni;7-11-2026;08:45\nBudi;7-11-2026;08:45\n"
    with clock.frozen_at(MORNING):
        mark_list(occasion=occasion, statuses={a.holder.code: Status.SICK}, actor=SYSTEM)
    with clock.frozen_at(NOON):
        mark_list(occasion=occasion, statuses={b.holder.code: Status.ABSENT}, actor=SYSTEM)
    assert apply_clock_file(kept=keep(occasion, text), actor=SYSTEM) == {"made": 1, "known": 0, "kept": 1}
    assert dict(Mark.objects.values_list("holder_id", "status")) == {a.holder_id: "present", b.holder_id: "absent"}


def test_strangers_and_wrong_answers_are_refused() -> None:
    occasion = make_occasion()
    kept = keep(occasion, "PIN;Tanggal;Jam\n7;7-11-2026;07:45\n")
    elsewhere = make_pass(make_occasion())
    mine = make_pass(occasion)
    for answers in ({"7": elsewhere.holder.code}, {"8": mine.holder.code}, {"7": "XXXX"}):
        with pytest.raises(Conflict):
            name_device_users(kept=kept, answers=answers, actor=SYSTEM)
    for actor in (
        make_actor(Role.LEADER, occasion.organisation),
        make_actor(Role.ORGANISER, make_organisation("Lain")),
    ):
        with pytest.raises(NotAllowed):
            apply_clock_file(kept=kept, actor=actor)
    assert not DeviceUser.objects.exists()


def test_the_screen_reads_asks_marks_and_hands_the_rejected_rows_back() -> None:
    occasion = make_occasion()
    held = make_pass(occasion, "Ani Wulandari")
    client = signed_in(Role.INSTRUCTOR, occasion.organisation)
    upload = SimpleUploadedFile("mesin.csv", b"PIN;Tanggal;Jam\n7;7-11-2026;07:45\n9;7-11-2026;07:50\n")
    page = client.post(reverse("attendance:clock_files", args=[occasion.code]), {"file": upload}, follow=True)
    assert "Who is this?" in page.content.decode()
    kept = ClockFile.objects.get()
    path = reverse("attendance:clock_apply", args=[occasion.code, kept.code])
    posted: dict[str, Any] = {"key": ["7", "9"], "holder": [held.holder.code, ""], "terapkan": "1"}
    assert "1 marked present" in client.post(path, posted, follow=True).content.decode()
    assert Mark.objects.get().holder_id == held.holder_id
    back = client.get(reverse("attendance:clock_rejects", args=[occasion.code, kept.code]))
    rows = load_workbook(io.BytesIO(back.content)).get_sheet_by_index(0).to_python()
    assert rows[1][:1] == ["9"]
    assert "Nobody of this group" in str(rows[1][-1])


@pytest.mark.parametrize("file", [None, b"", b"%PDF-1", b"Nama;Alamat\n"])
def test_a_wrong_file_is_told_on_the_form(file: bytes | None) -> None:
    occasion = make_occasion()
    posted = {} if file is None else {"file": SimpleUploadedFile("x.csv", file)}
    client = signed_in(Role.ORGANISER, occasion.organisation)
    answer = client.post(reverse("attendance:clock_files", args=[occasion.code]), posted)
    assert answer.status_code == 422
    assert not ClockFile.objects.exists()


def test_a_file_of_another_group_is_not_here() -> None:
    occasion, other = make_occasion(), make_occasion()
    kept = keep(other, "PIN;Tanggal;Jam\n7;7-11-2026;07:45\n")
    client = signed_in(Role.ORGANISER, occasion.organisation)
    assert client.get(reverse("attendance:clock_file", args=[occasion.code, kept.code])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_preview_asks_the_same_for_any_number(rows: int, django_assert_num_queries: Any) -> None:
    occasion = make_occasion()
    for number in range(rows):
        make_pass(occasion, f"Peserta {'ABC'[number]}")
    text = "".join(f"Peserta {'ABC'[number]};7-11-2026;07:45\n" for number in range(rows))
    kept = keep(occasion, "Nama;Tanggal;Jam\n" + text)
    with django_assert_num_queries(4):
        assert plan_of(kept).matched == rows


LIST = "No. ID;Nama;Tanggal;Jam\n7;Ani;07-11-2026;08.05\n8;Budi;07-11-2026;08.06\n9;Cici;07-11-2026;08.07\n"


def test_an_applied_list_is_taken_back_but_for_what_somebody_changed_since() -> None:
    occasion = make_occasion()
    ani, budi, cici = (make_pass(occasion, name) for name in ("Ani", "Budi", "Cici"))
    with clock.frozen_at(datetime(2026, 11, 7, 0, 0, tzinfo=MORNING.tzinfo)):
        mark_list(
            occasion=occasion, statuses={budi.holder.code: Status.EXCUSED}, notes={budi.holder.code: "dinas"},
            actor=SYSTEM,
        )  # fmt: skip
    kept = keep(occasion, LIST)
    assert apply_clock_file(kept=kept, actor=SYSTEM)["made"] == 3
    mark_list(occasion=occasion, statuses={cici.holder.code: Status.ABSENT}, actor=SYSTEM)
    with pytest.raises(Conflict):
        undo_clock_file(kept=kept, reason=" ", actor=SYSTEM)
    assert undo_clock_file(kept=kept, reason="Mesin kelas lain", actor=SYSTEM) == {"undone": 2, "kept": 1}
    found = dict(Mark.objects.values_list("holder", "status"))
    assert found == {budi.holder_id: "excused", cici.holder_id: "absent"}
    assert Mark.objects.get(holder=budi.holder).note == "dinas"
    with pytest.raises(Conflict):
        undo_clock_file(kept=kept, reason="Lagi", actor=SYSTEM)
    again = apply_clock_file(kept=kept, actor=SYSTEM)
    assert (again["made"], Mark.objects.get(holder=ani.holder).status) == (2, "present")


def test_a_list_is_taken_back_on_its_screen() -> None:
    occasion = make_occasion()
    make_pass(occasion, "Ani")
    kept = keep(occasion, LIST)
    client = signed_in(Role.INSTRUCTOR, occasion.organisation)
    path = reverse("attendance:clock_undo", args=[occasion.code, kept.code])
    assert "nothing to take back" in client.post(path, {"reason": "x"}, follow=True).content.decode()
    apply_clock_file(kept=kept, actor=SYSTEM)
    page = client.post(path, {"reason": "Mesin kelas lain"}, follow=True).content.decode()
    assert "Mesin kelas lain" in page
    assert not Mark.objects.exists()


def test_a_wrong_answer_is_seen_and_forgotten_and_asked_again() -> None:
    occasion, other = make_occasion(), make_occasion(make_organisation("Lain"))
    held, stranger = make_pass(occasion, "Siti Rahmawati"), make_pass(other, "Orang Lain")
    kept = keep(occasion, "No. ID;Nama;Tanggal;Jam\n7;S Rahma;07-11-2026;08.05\n")
    name_device_users(kept=kept, answers={"7": held.holder.code}, actor=SYSTEM)
    foreign = DeviceUser.objects.create(organisation=other.organisation, number="1", holder=stranger.holder)
    assert plan_of(kept).questions == []
    client = signed_in(Role.INSTRUCTOR, occasion.organisation)
    page = client.get(reverse("attendance:clock_files", args=[occasion.code])).content.decode()
    assert "Forget that 7 is Siti Rahmawati" in page
    assert "Orang Lain" not in page
    known = DeviceUser.objects.get(number="7")
    assert client.post(reverse("attendance:clock_forget", args=[occasion.code, foreign.pk])).status_code == 404
    path = reverse("attendance:clock_forget", args=[occasion.code, known.pk])
    assert "asks again" in client.post(path, follow=True).content.decode()
    assert client.post(path).status_code == 404
    assert [question.key for question in plan_of(kept).questions] == ["7"]


@pytest.mark.parametrize("header", ["Waktu", "Time"])
def test_a_column_of_times_without_one_of_days_holds_both(header: str) -> None:
    content = f"PIN;Nama;{header}\n101;Ani;07/11/2026 07:55:10\n102;Budi;07:40\n".encode()
    first, second = Log(content, today=TODAY).punches()
    assert str(first.came) == "2026-11-07 07:55:10"
    assert second.error  # no day anywhere


def test_a_time_that_is_still_to_come_shows_a_wrong_clock_and_marks_nobody() -> None:
    occasion = make_occasion()
    make_pass(occasion, "Ani Wulandari")
    text = "Nama;Tanggal;Jam\nAni Wulandari;7-11-2026;08:20\n"
    with clock.frozen_at(MORNING):  # twenty minutes fast, as machines are
        assert len(plan_of(keep(occasion, text)).marks) == 1
    with clock.frozen_at(MORNING - timedelta(days=1)):
        plan = plan_of(keep(occasion, text))
    assert plan.marks == {}
    assert [(punch.row, "machine's clock" in why) for punch, why in plan.rejected] == [(2, True)]
