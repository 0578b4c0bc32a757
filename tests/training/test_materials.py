from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.core import jobs
from enggang.core.actor import SYSTEM, load_user
from enggang.core.acts import Conflict, NotAllowed
from enggang.seats.domain.offers import PoolSpec
from enggang.training.domain.classes import keep_class, place_in_class
from enggang.training.domain.materials import add_materials, material_ticket, remove_material, restore_material
from enggang.training.domain.registrations import hand_out_page, withdraw
from enggang.training.models import Material, Registration, Wave
from enggang.training.queries.materials import materials_for
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user, make_wave, seat
from tests.training.uploads import PDF, arrived

pytestmark = pytest.mark.django_db
LINK = "https://kalbar.example/panduan"


def seated() -> tuple[Wave, Registration]:
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 5))
    person = make_person(agency)
    person.user = make_user()
    person.save()
    return wave, seat(wave, person)


def with_file(wave: Wave, **facts: object) -> Material:
    upload = arrived(material_ticket(wave, SYSTEM), SYSTEM)
    return add_materials(wave=wave, uploads=[upload.code], actor=SYSTEM, **facts)[0]  # type: ignore[arg-type]


def test_an_instructor_adds_files_from_the_screen_and_participants_fetch_them() -> None:
    wave, registration = seated()
    user = make_user(Role.INSTRUCTOR, wave.organisation)
    client, actor = client_of(user), load_user(user.pk)
    uploads = [arrived(material_ticket(wave, actor), actor, name=name) for name in ("satu.pdf", "dua.pdf")]
    address = f"/pelatihan/gelombang/{wave.code}/bahan/"
    assert "data-upload" in client.get(address).content.decode()
    session = wave.sessions.earliest("day")
    sent = client.post(address, {"title": "", "session": session.pk, "upload": [row.code for row in uploads]})
    assert sent.status_code == 302
    assert [row.title for row in wave.materials.shown()] == ["satu.pdf", "dua.pdf"]
    person = registration.person.user
    assert person
    listed = client_of(person).get(f"/pelatihan/pendaftaran/{registration.code}/bahan/")
    href = listed.context["rows"][0][1]
    assert client_of(person).get(href).content == PDF
    token = hand_out_page(registration=registration, actor=SYSTEM)
    page = Client().get(f"/pelatihan/kursi/{token}/bahan/")
    assert registration.person.name not in page.content.decode()
    assert Client().get(page.context["rows"][1][1]).content == PDF
    assert Client().get(f"/pelatihan/kursi/{token}x/bahan/").status_code == 404


def test_a_material_of_a_class_is_for_its_members_only() -> None:
    wave, registration = seated()
    klass = keep_class(wave=wave, kind="group", name="Kelompok 1", actor=SYSTEM)
    session = wave.sessions.earliest("day")
    session.klass = klass
    session.save()
    add_materials(wave=wave, session=session, title="Khusus", link=LINK, actor=SYSTEM)
    add_materials(wave=wave, title="Umum", link=LINK, actor=SYSTEM)
    assert [row.title for row in materials_for(registration)] == ["Umum"]
    place_in_class(klass=klass, registrations=[registration], actor=SYSTEM)
    assert len(materials_for(registration)) == 2


def test_removed_is_gone_for_participants_and_comes_back() -> None:
    wave, registration = seated()
    row = with_file(wave)
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    address = f"/pelatihan/gelombang/{wave.code}/bahan/"
    gone = client.post(f"{address}{row.pk}/hapus/", follow=True)
    assert "kembali" in gone.content.decode()
    assert materials_for(registration) == []
    assert client.get(f"{address}{row.pk}/").status_code == 404
    client.post(f"{address}{row.pk}/kembali/")
    assert materials_for(registration) == [row]
    with pytest.raises(Conflict):
        restore_material(material=row, actor=SYSTEM)
    assert client.post(f"{address}{row.pk}/lain/").status_code == 404


def test_neither_both_nor_a_foreign_session_nor_a_script_for_a_link() -> None:
    wave, _registration = seated()
    upload = arrived(material_ticket(wave, SYSTEM), SYSTEM)
    other = make_wave(make_agency("Lain"))
    for facts in ({}, {"link": LINK, "uploads": [upload.code]}, {"link": LINK}, {"uploads": ["TIDAKADA"]},
                  {"link": LINK, "title": "x", "session": other.sessions.earliest("day")}):  # fmt: skip
        with pytest.raises(Conflict):
            add_materials(wave=wave, actor=SYSTEM, **facts)
    with pytest.raises(ValidationError):
        add_materials(wave=wave, title="x", link="javascript:alert(1)", actor=SYSTEM)
    assert not Material.objects.exists()


def test_an_upload_for_another_wave_is_not_taken() -> None:
    wave, _registration = seated()
    other = make_wave(make_agency("Lain"))
    upload = arrived(material_ticket(other, SYSTEM), SYSTEM)
    with pytest.raises(Conflict):
        add_materials(wave=wave, uploads=[upload.code], actor=SYSTEM)


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.LEADER, Role.PARTICIPANT])
def test_whoever_does_not_teach_adds_and_removes_nothing(role: Role) -> None:
    wave, _registration = seated()
    row = with_file(wave)
    with pytest.raises(NotAllowed):
        add_materials(wave=wave, title="x", link=LINK, actor=make_actor(role, wave.organisation))
    with pytest.raises(NotAllowed):
        remove_material(material=row, actor=make_actor(role, wave.organisation))


def test_a_file_of_a_refused_kind_says_so_and_is_not_offered() -> None:
    wave, registration = seated()
    upload = arrived(material_ticket(wave, SYSTEM), SYSTEM, b"MZ program", "bahan.pdf", stored=False)
    add_materials(wave=wave, uploads=[upload.code], actor=SYSTEM)
    jobs.run_pending()
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    upload.refresh_from_db()
    assert upload.refusal
    assert upload.why in client.get(f"/pelatihan/gelombang/{wave.code}/bahan/").content.decode()
    token = hand_out_page(registration=registration, actor=SYSTEM)
    assert Client().get(f"/pelatihan/kursi/{token}/bahan/{Material.objects.get().pk}/").status_code == 404


def test_whoever_gave_the_seat_back_reads_nothing() -> None:
    wave, registration = seated()
    row, token = with_file(wave), hand_out_page(registration=registration, actor=SYSTEM)
    withdraw(registration=registration, actor=SYSTEM, reason="sakit")
    assert Client().get(f"/pelatihan/kursi/{token}/bahan/").status_code == 404
    assert Client().get(f"/pelatihan/kursi/{token}/bahan/{row.pk}/").status_code == 404


def test_the_lists_cost_the_same_for_one_and_three() -> None:
    wave, registration = seated()
    client = client_of(make_user(Role.ORGANISER, wave.organisation))
    token = hand_out_page(registration=registration, actor=SYSTEM)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            with_file(wave, session=wave.sessions.earliest("day"))
        for visitor, address in (
            (client, f"/pelatihan/gelombang/{wave.code}/bahan/"),
            (Client(), f"/pelatihan/kursi/{token}/bahan/"),
        ):
            visitor.get(address)
            with CaptureQueriesContext(
                connection,
            ) as seen:
                visitor.get(address)
            counts.append(len(seen))
    assert counts[:2] == counts[2:]
