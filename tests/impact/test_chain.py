"""From a certificate to an indicator and back: who is counted at each step, and what may be said to have contributed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.credentials.domain.erasing import remove_name
from enggang.credentials.models import Award
from enggang.events.enums import Stage
from enggang.events.models import Edition
from enggang.impact.domain.contributions import link_contribution, withdraw_contribution
from enggang.impact.enums import Strength
from enggang.impact.models import Contribution
from enggang.impact.queries import chain as chains
from enggang.places.models import Organisation
from enggang.plans.domain.plans import keep_member
from enggang.plans.models import Member
from enggang.training.models import Wave
from tests.events.factories import brought_to, make_edition, make_event, planned
from tests.indicators.factories import make_indicator
from tests.training.factories import client_of, make_actor, make_agency, make_user
from tests.training.test_completion import held_wave, issue

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    return str(response.content.decode())


def reader(agency: Organisation, role: Role = Role.ORGANISER) -> Client:
    client = client_of(make_user(role, agency))
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def award() -> Award:
    """Of two people who passed, the first."""
    awards = issue(held_wave(present=5, people=2))
    Award.objects.update(specimen=False)
    awards[0].refresh_from_db()
    return awards[0]


@pytest.fixture
def edition(award: Award) -> Edition:
    """Held after the certificate, with its holder in the committee."""
    today = clock.today()
    row = held_on(make_edition(award.organisation, year=today.year, specimen=False), today + timedelta(days=1))
    keep_member(member=Member(plan=planned(row)), person=award.person, post="Ketua", actor=SYSTEM)
    return brought_to(row, Stage.RUNNING)


def held_on(row: Edition, day: date) -> Edition:
    """On that day and the next, whatever the rule of its event says."""
    Edition.objects.filter(pk=row.pk).update(starts_on=day, ends_on=day + timedelta(days=1))
    row.refresh_from_db()
    return row


def awards_of(award: Award) -> Any:
    day = award.issued_on
    return Award.objects.counting(award.organisation.path, day, day)


def link(edition: Edition, **facts: Any) -> Contribution:
    given = {
        "indicator": facts.pop("indicator", None) or make_indicator(edition.organisation), "strength": Strength.PLAUSIBLE, "argument": "Pengunjung menginap.",
        "actor": make_actor(Role.ORGANISER, edition.organisation), **facts,
    }  # fmt: skip
    return link_contribution(subject=edition.subject, title=str(edition), organisation=edition.organisation, **given)


def test_each_step_counts_who_reached_it(award: Award, edition: Edition) -> None:
    link(edition)
    found = chains.chain_of(awards_of(award))
    assert (found.trained, found.active, found.editions, found.indicators) == (2, 1, 1, 1)
    assert found.visitors.value is None  # nothing was counted, and that is not nobody


def test_each_step_tells_how_many_of_the_one_before_came_to_it(award: Award, edition: Edition) -> None:
    where = f"/hasil/rantai/{award.organisation.code}/"
    page = text(reader(award.organisation).get(where))
    for said in ("of 2; 1 not yet", "by 1 of these 1 people", "0 of 1 events have some", "0 of 1 events are linked"):
        assert said in page, said
    link(edition)
    assert "1 of 1 events are linked" in text(reader(award.organisation).get(where))


def test_a_committee_before_the_certificate_is_not_its_fruit(award: Award) -> None:
    past = held_on(make_edition(award.organisation, specimen=False), award.issued_on - timedelta(days=9))
    keep_member(member=Member(plan=planned(past)), person=award.person, post="Ketua", actor=SYSTEM)
    assert chains.chain_of(awards_of(award)).active == 0


def test_specimens_count_for_nothing_but_in_a_demonstration(award: Award, settings: Any) -> None:
    Award.objects.update(specimen=True)
    assert chains.chain_of(awards_of(award)).trained == 0
    settings.DEMO = True
    assert chains.chain_of(awards_of(award)).trained == 2


def test_whoever_is_erased_stays_counted_and_is_named_nowhere(award: Award, edition: Edition) -> None:
    name = award.holder_name
    remove_name(
        person=award.person,
        organisation=award.organisation,
        reason="Permohonan",
        actor=make_actor(Role.ADMINISTRATOR, award.organisation),
    )
    assert chains.chain_of(awards_of(award)).trained == 2
    page = reader(award.organisation).get(f"/hasil/rantai/{award.organisation.code}/", {"tahun": award.issued_on.year})
    assert page.status_code == 200
    assert name not in text(page)


def test_the_page_of_a_wave_is_level_four_of_its_evaluation(award: Award, edition: Edition) -> None:
    wave = Wave.objects.get(registrations__subject=award.basis).code
    page = text(reader(award.organisation).get(f"/hasil/rantai/gelombang/{wave}/"))
    assert "Level 4" in page
    assert str(edition) in page
    assert reader(make_agency("Dinas Lain")).get(f"/hasil/rantai/gelombang/{wave}/").status_code == 404


class TestContributions:
    def test_an_argument_is_needed_and_from_a_comparison_on_a_source(self, edition: Edition) -> None:
        row = make_indicator(edition.organisation)
        with pytest.raises(Conflict, match="argument"):
            link(edition, indicator=row, argument=" ")
        for strength in (Strength.COMPARED, Strength.STUDIED):
            with pytest.raises(Conflict, match="can be read"):
                link(edition, indicator=row, strength=strength)

    def test_linked_once_taken_back_and_linked_again(self, edition: Edition) -> None:
        row = link(edition)
        with pytest.raises(Conflict, match="already"):
            link(edition, indicator=row.indicator)
        actor = make_actor(Role.ORGANISER, edition.organisation)
        withdraw_contribution(contribution=row, actor=actor)
        with pytest.raises(Conflict, match="already"):
            withdraw_contribution(contribution=row, actor=actor)
        link(edition, indicator=row.indicator)
        assert Contribution.objects.count() == 2

    def test_strangers_link_and_take_back_nothing(self, edition: Edition) -> None:
        other = make_actor(Role.ORGANISER, make_agency("Dinas Lain"))
        row = link(edition)
        with pytest.raises(NotAllowed):
            link(edition, indicator=row.indicator, actor=other)
        with pytest.raises(NotAllowed):
            withdraw_contribution(contribution=row, actor=other)

    def test_on_the_screen_there_and_back(self, edition: Edition) -> None:
        client, row = reader(edition.organisation), make_indicator(edition.organisation)
        address = f"/hasil/kontribusi/{edition.code}/baru/"
        wrong = client.post(address, {"indicator": row.pk, "strength": "L4", "argument": "Studi menunjukkan."})
        assert wrong.status_code == 422
        assert "Studi menunjukkan." in text(wrong)
        client.post(address, {"indicator": row.pk, "strength": "L1", "argument": "Tamu menginap."})
        back = text(client.get(f"/hasil/kontribusi/{row.code}/"))
        assert str(edition) in back
        assert "Tamu menginap." in back
        assert "plausible chain" in back
        client.post(f"/hasil/kontribusi/{Contribution.objects.get().pk}/cabut/")
        assert "Nothing is linked" in text(client.get(f"/hasil/kontribusi/{row.code}/"))

    def test_only_what_can_contribute_is_linked(self, edition: Edition) -> None:
        client = reader(edition.organisation)
        assert client.get(f"/hasil/kontribusi/{edition.organisation.code}/baru/").status_code == 404
        assert client.get("/hasil/kontribusi/TIDAKADA/baru/").status_code == 404


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_chain_asks_as_often_for_three_editions_as_for_one(award: Award, edition: Edition) -> None:
    client, address = reader(award.organisation), f"/hasil/rantai/{award.organisation.code}/"
    link(edition)
    first = queries(client, address)
    for number in range(2):
        event = make_event(award.organisation, f"Acara {number}")
        row = make_edition(award.organisation, year=2030, event=event, specimen=False)
        keep_member(member=Member(plan=planned(row)), person=award.person, post="Ketua", actor=SYSTEM)
        link(row, indicator=make_indicator(award.organisation, f"Lain {number}"))
    assert queries(client, address) == first
