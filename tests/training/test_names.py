from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from enggang.access.domain.links import actor_of_link, find_link
from enggang.access.enums import LinkScope, Role
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import Conflict
from enggang.seats.domain.offers import PoolSpec
from enggang.training.domain.names import settle_name
from enggang.training.domain.registrations import hand_out_page
from enggang.training.models import Registration, Wave
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


def holder_of(registration: Registration) -> Actor:
    link = find_link(hand_out_page(registration=registration, actor=SYSTEM), LinkScope.REGISTRATION)
    assert link is not None
    return actor_of_link(link)


def late_wave() -> Wave:
    return make_wave(make_agency(), names_until=clock.today() - timedelta(days=1))


def test_the_participant_confirms_the_name_exactly_as_typed() -> None:
    agency = make_agency()
    row = seat(make_wave(agency), make_person(agency, "Siti Aminah"))
    settle_name(registration=row, printed_name="Siti Aminah, S.Sos., M.Si.", actor=holder_of(row))
    row.refresh_from_db()
    assert (row.printed_name, row.is_name_confirmed) == ("Siti Aminah, S.Sos., M.Si.", True)


def test_a_correction_by_the_organiser_asks_the_participant_once_more() -> None:
    agency = make_agency()
    row = seat(make_wave(agency), make_person(agency, "Siti Aminah"))
    settle_name(registration=row, printed_name="Siti Aminah", actor=holder_of(row))
    organiser = make_actor(Role.ORGANISER, agency)
    settle_name(registration=row, printed_name="Siti Aminah", actor=organiser)
    assert row.is_name_confirmed
    settle_name(registration=row, printed_name="Siti Aminah, S.E.", actor=organiser)
    assert not row.is_name_confirmed


def test_after_the_last_day_what_stands_can_be_confirmed_but_not_changed() -> None:
    wave = late_wave()
    row = seat(wave, make_person(wave.organisation, "Siti Aminah"))
    holder = holder_of(row)
    with pytest.raises(Conflict) as refused:
        settle_name(registration=row, printed_name="Siti A.", actor=holder)
    assert refused.value.message
    row.refresh_from_db()
    assert (row.printed_name, row.name_confirmed_at) == ("Siti Aminah", None)
    settle_name(registration=row, printed_name="Siti Aminah", actor=holder)
    assert row.is_name_confirmed
    settle_name(registration=row, printed_name="Siti A.", actor=make_actor(Role.ORGANISER, wave.organisation))
    assert row.printed_name == "Siti A."


def test_the_organiser_sees_how_many_have_confirmed_and_who_has_not() -> None:
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 3))
    rows = [seat(wave, make_person(agency, name)) for name in ("Ani", "Budi", "Citra")]
    settle_name(registration=rows[0], printed_name="Ani", actor=holder_of(rows[0]))
    client = client_of(make_user(Role.ORGANISER, agency))
    address = f"/pelatihan/gelombang/{wave.code}/kelengkapan/"
    page = client.get(address, {"missing": "name"})
    assert (page.context["confirmed"], page.context["total"]) == (1, 3)
    assert [line.registration.printed_name for line in page.context["page_obj"]] == ["Budi", "Citra"]
    assert len(client.get(address).context["page_obj"]) == 3
    assert client.get(address, {"missing": "rubbish"}).status_code == 200


def test_one_press_on_the_private_page_confirms() -> None:
    agency = make_agency()
    row = seat(make_wave(agency), make_person(agency, "Siti Aminah"))
    token = hand_out_page(registration=row, actor=SYSTEM)
    assert "name_action" not in Client().get(f"/pelatihan/kursi/{token}/").content.decode()
    Client().post(f"/pelatihan/kursi/{token}/nama/", {"printed_name": "Siti Aminah"})
    row.refresh_from_db()
    assert row.is_name_confirmed
