"""A date moved when half is planned, an edition cancelled, and last year's taken for the next."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.budgets.domain.budgets import add_line, approve_budget
from enggang.budgets.domain.payments import add_contract, record_payment
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.events.domain import permits as acts
from enggang.events.domain.accounting import note_incident, void_incident, write_account
from enggang.events.domain.cloning import clone_edition
from enggang.events.domain.dating import decide_dates
from enggang.events.domain.money import start_budget
from enggang.events.domain.partners import add_partnership, move_partnership, open_partner
from enggang.events.domain.planning import start_plan
from enggang.events.domain.publicity import add_publication, move_publication
from enggang.events.domain.reference import load_reference
from enggang.events.domain.stages import cancel_edition
from enggang.events.enums import Area, RuleKind, Stage
from enggang.events.models import Channel, Edition, Part, Permit, StallCall
from enggang.events.papers.folder import folder_of
from enggang.events.queries.applications import application_of, missing_of
from enggang.events.queries.dates import candidates_of
from enggang.events.queries.lessons import lessons_of
from enggang.events.queries.moves import dependents, left_behind
from enggang.events.queries.papers import paper_rows
from enggang.places.models import Organisation
from enggang.plans.domain.holidays import load_holidays
from enggang.plans.domain.tasks import move_task
from enggang.plans.enums import TaskState
from enggang.plans.models import Plan
from enggang.plans.queries.tasks import plan_about
from tests.events.factories import applies, brought_to, day, make_edition, make_event, make_region, make_site, planned
from tests.events.stalling import applied, make_call
from tests.events.visiting import make_part
from tests.training.factories import client_of, make_actor, make_agency, make_user

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7"


@pytest.fixture
def agency() -> Organisation:
    load_reference(actor=SYSTEM)
    load_holidays(actor=SYSTEM)
    agency = make_agency("Disporapar Mempawah")
    agency.region = make_region()
    agency.save()
    return agency


@pytest.fixture
def client(agency: Organisation) -> Client:
    found = client_of(make_user(Role.ORGANISER, agency))
    found.cookies["django_language"] = "en"
    return found


def crowd(edition: Edition) -> Permit:
    return Permit.objects.with_names().get(edition=edition, kind="crowd")


def plan_of(edition: Edition) -> Plan:
    found = plan_about(edition.subject)
    assert found is not None
    return found


def half_planned(agency: Organisation) -> Edition:
    """Planned, with a plan, a budget, and a road permit that is issued for the old days."""
    edition = make_edition(agency, area=Area.DISTRICTS)
    make_site(edition)
    applies(edition)
    planned(edition)
    start_budget(edition=edition, actor=SYSTEM)
    road = acts.add_permit(edition=edition, kind="road", office="Dishub", actor=SYSTEM)
    acts.move_permit(permit=road, to="submitted", on=clock.today(), actor=SYSTEM)
    acts.move_permit(
        permit=road, to="issued", on=clock.today(), number="1", valid_from=day("2025-08-20"), valid_until=day("2025-08-20"),
        actor=SYSTEM,
    )  # fmt: skip
    return brought_to(Edition.objects.with_names().get(pk=edition.pk), Stage.PLANNED)


class TestAMovedDate:
    def test_everything_that_hangs_on_it_is_shown_old_and_new_before_anything_moves(
        self, agency: Organisation, client: Client
    ) -> None:
        edition = half_planned(agency)
        rows = {row.what: (row.was, row.now, row.bad) for row in dependents(edition, day("2026-01-07"), None)}
        assert rows["Deadline: Crowd permit (izin keramaian)"][:2] == ("30 July 2025", "15 December 2025")
        assert rows["Undang tamu"][:2] == ("5 August 2025", "19 December 2025")
        assert rows["Closing of a road"][1:] == ("", True)
        assert rows["Budget year"] == ("2025", "2026", True)
        assert "Gladi" not in rows  # fixed
        address = reverse("events:dates_decide", args=[edition.code])
        typed = {"version": edition.version, "first": "2025-08-27", "state": "tentative", "reason": "Hilal"}
        page = client.post(address, typed).content.decode()
        assert "Nothing has moved yet." in page
        assert "6 August 2025" in page
        edition.refresh_from_db()
        assert edition.starts_on == day("2025-08-20")
        assert plan_of(edition).day == day("2025-08-20")
        assert client.post(address, {**typed, "lihat": "1"}).status_code == 302
        edition.refresh_from_db()
        assert edition.starts_on == day("2025-08-27")

    def test_the_plan_counts_from_the_new_day_and_proposes_no_more(self, agency: Organisation) -> None:
        edition = half_planned(agency)
        decide_dates(
            edition=edition, version=edition.version, first=day("2025-08-27"), last=None, state="tentative",
            reason="Hilal", actor=SYSTEM,
        )  # fmt: skip
        plan = plan_of(edition)
        assert plan.day == day("2025-08-27")
        assert plan.tasks.get(title="Undang tamu").due_on == day("2025-08-05")  # until somebody accepts

    def test_a_move_without_its_reason_is_refused_beside_what_would_move(
        self, agency: Organisation, client: Client
    ) -> None:
        edition = half_planned(agency)
        address = reverse("events:dates_decide", args=[edition.code])
        assert "others count on the old ones already" in client.get(address).content.decode()
        typed = {"version": edition.version, "first": "2025-08-27", "state": "tentative", "source": "Keraton"}
        answer = client.post(address, {**typed, "lihat": "1"})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Give the reason for the move." in page
        assert "6 August 2025" in page  # what would move still stands there
        assert 'value="Keraton"' in page
        edition.refresh_from_db()
        assert edition.starts_on == day("2025-08-20")

    def test_an_event_that_counts_from_this_one_and_periods_set_by_hand_are_shown(self, agency: Organisation) -> None:
        edition = make_edition(agency)
        market = make_event(agency, "Pasar rakyat", rule=RuleKind.AFTER, after=edition.event, offset=-11, length=28)
        follows = make_edition(agency, event=market)
        StallCall.objects.filter(pk=make_call(edition, opened=False).pk).update(
            opens_at=datetime(2025, 7, 1, 20, tzinfo=UTC), closes_at=datetime(2025, 8, 1, 2, tzinfo=UTC)
        )
        part = make_part(edition, opened=False)
        Part.objects.filter(pk=part.pk).update(opens_at=None, closes_at=datetime(2025, 8, 28, 2, tzinfo=UTC))
        assert follows.starts_on == day("2025-08-09")
        rows = {row.what: (row.was, row.now, row.bad) for row in dependents(edition, day("2025-08-27"), None)}
        assert rows[str(follows)] == ("9 August – 5 September 2025", "16 August – 12 September 2025", False)
        assert rows["Registration: Saprahan"] == ("28 August 2025", "", True)  # closes after the event has begun
        assert rows["Applications for stalls"] == ("2 July 2025 – 1 August 2025", "", False)
        assert [row.what for row in dependents(edition, edition.starts_on, edition.ends_on)] == []

    def test_what_was_decided_goes_before_what_a_calendar_computes(self, agency: Organisation) -> None:
        edition = make_edition(agency, year=2024)
        market = make_event(agency, "Pasar rakyat", rule=RuleKind.AFTER, after=edition.event, offset=-11, length=28)
        assert [each.first for each in candidates_of(market, 2024)] == [day("2024-08-17")]
        decide_dates(
            edition=edition, version=edition.version, first=day("2024-09-04"), last=None, state="confirmed",
            source="Keraton", actor=SYSTEM,
        )  # fmt: skip
        assert [each.first for each in candidates_of(market, 2024)] == [day("2024-08-24")]
        assert [each.first for each in candidates_of(market, 2025)] == [day("2025-08-09")]  # no edition yet

    def test_a_paper_that_would_name_the_old_day_is_told_before_it_is_written(self, agency: Organisation) -> None:
        edition = half_planned(agency)
        told = "1 day of the rundown has still its old date."
        assert told not in [row.text for row in missing_of(application_of(crowd(edition)))]
        decide_dates(
            edition=edition, version=edition.version, first=day("2025-08-27"), last=None, state="tentative",
            reason="Hilal", actor=SYSTEM,
        )  # fmt: skip
        assert told in [row.text for row in missing_of(application_of(crowd(edition)))]
        rows = {str(row.label): [each.text for each in row.missing] for row in paper_rows(folder_of(edition))}
        assert [label for label, texts in rows.items() if told in texts] == ["Rundown", "Invitation"]

    def test_the_pages_say_that_dates_of_the_plan_wait(self, agency: Organisation, client: Client) -> None:
        edition = half_planned(agency)
        pages = [
            reverse("events:dates", args=[edition.code]), reverse("plans:rundown", args=[plan_of(edition).code]),
        ]  # fmt: skip
        assert not any("would move" in client.get(page).content.decode() for page in pages)
        decide_dates(
            edition=edition, version=edition.version, first=day("2025-08-27"), last=None, state="tentative",
            reason="Hilal", actor=SYSTEM,
        )  # fmt: skip
        for page in pages:
            assert "would move" in client.get(page).content.decode()

    def test_the_same_days_move_nothing(self, agency: Organisation) -> None:
        edition = half_planned(agency)
        assert [row.what for row in dependents(edition, edition.starts_on, edition.ends_on)] == []


class TestCancelled:
    def test_what_is_to_be_undone_with_others_is_listed(self, agency: Organisation, client: Client) -> None:
        edition = half_planned(agency)
        assert edition.budget is not None
        line = add_line(
            budget=edition.budget, item="Panggung", category="stage", volume=1, unit="paket", frequency=1, price=100,
            actor=SYSTEM,
        )  # fmt: skip
        approve_budget(budget=edition.budget, actor=SYSTEM)
        line.budget.refresh_from_db()
        add_contract(line=line, number="1", partner="CV", signed_on=clock.today(), amount=100, actor=SYSTEM)
        record_payment(line=line, paid_on=day("2025-08-01"), payee="CV", amount=50, actor=SYSTEM)
        assert left_behind(edition) == []
        cancel_edition(edition=edition, reason="Banjir", decider="Bupati", decided_on=clock.today(), actor=SYSTEM)
        texts = [each.text for each in left_behind(Edition.objects.with_names().get(pk=edition.pk))]
        assert texts[0] == "Tell Dishub: Closing of a road (Issued)"
        assert len(texts) == 5
        page = client.get(reverse("events:edition", args=[edition.code])).content.decode()
        assert "To be undone with others" in page
        assert "End the contracts" in page

    def test_vendors_partners_and_what_was_published_are_not_forgotten(self, agency: Organisation) -> None:
        edition = make_edition(agency, year=clock.today().year + 1)
        for name in ("Bank", "Radio"):
            partner = open_partner(organisation=agency, name=name, actor=SYSTEM)
            row = add_partnership(edition=edition, partner=partner, actor=SYSTEM)
            if name == "Bank":
                move_partnership(partnership=row, to="asked", on=clock.today(), actor=SYSTEM)
        channel = Channel.objects.get(key="instagram-post")
        for title in ("Poster", "Rencana"):
            post = add_publication(edition=edition, channel=channel, title=title, offset=-3, actor=SYSTEM)
            if title == "Poster":
                move_publication(publication=post, to="posted", actor=SYSTEM)
        applied(make_call(edition))
        cancel_edition(edition=edition, reason="Banjir", decider="Bupati", decided_on=clock.today(), actor=SYSTEM)
        texts = [each.text for each in left_behind(Edition.objects.with_names().get(pk=edition.pk))]
        assert texts == [
            "Tell 1 vendor of a stall.", "Tell 1 partner.",
            "1 publication still says that it is held: correct it where it stands.",
        ]  # fmt: skip


class TestAnotherYear:
    def test_robo_robo_is_cloned_to_its_next_hijri_date(self, agency: Organisation) -> None:
        edition = half_planned(agency)
        clone = clone_edition(edition=edition, year=2027, actor=SYSTEM)
        assert (clone.starts_on, clone.is_confirmed, clone.stage) == (date(2027, 7, 28), False, Stage.IDEA)
        assert (clone.area, clone.cloned_from, clone.visitors) == (Area.DISTRICTS, edition, None)
        assert [(row.name, row.contact, row.phone, row.applies) for row in clone.organisers.all()] == [
            ("Panitia Robo-Robo", "", "", True)
        ]
        assert [site.name for site in clone.sites.all()] == ["Kuala Mempawah"]
        permit, road = crowd(clone), Permit.objects.get(edition=clone, kind="road")
        assert (permit.due_on, permit.office) == (date(2027, 7, 8), "Polres Mempawah")
        assert (road.state, road.number, road.valid_until, road.office) == ("needed", "", None, "Dishub")
        assert clone.budget is None

    def test_its_plan_comes_along_without_people_each_date_counted_anew(self, agency: Organisation) -> None:
        edition = half_planned(agency)
        clone = clone_edition(edition=edition, year=2027, actor=SYSTEM)
        plan = plan_of(clone)
        assert not plan.members.exists()
        assert plan.tasks.get(title="Undang tamu").due_on == date(2027, 7, 14)
        assert plan.tasks.get(title="Gladi").due_on == date(2027, 7, 28)
        rundown = plan.days.get()
        assert (rundown.date, [item.title for item in rundown.items.all()]) == (
            date(2027, 7, 28),
            ["Ritual", "Saprahan"],
        )

    def test_last_year_s_deviations_stand_beside_it(self, agency: Organisation, client: Client) -> None:
        edition = half_planned(agency)
        permit = crowd(edition)
        acts.move_permit(permit=permit, to="submitted", on=day("2025-08-04"), actor=SYSTEM)
        acts.move_permit(permit=permit, to="returned", on=day("2025-08-05"), note="Denah kurang", actor=SYSTEM)
        move_task(task=plan_of(edition).tasks.get(title="Gladi"), to=TaskState.DONE, actor=SYSTEM)
        texts = " | ".join(lesson.text for lesson in lessons_of(edition))
        for each in ("Denah kurang", "5 days after the last day", "Gladi: done", "items not seen to"):
            assert each in texts
        clone = clone_edition(edition=edition, year=2027, actor=SYSTEM)
        page = client.get(reverse("events:edition", args=[clone.code])).content.decode()
        assert "What went otherwise in Robo-Robo 2025" in page
        assert "Denah kurang" in page

    def test_what_the_report_leaves_for_the_next_time_stands_there_too(
        self, agency: Organisation, client: Client
    ) -> None:
        edition = half_planned(agency)
        write_account(
            edition=edition, version=0, results="", obstacles="Parkir kurang", suggestions="Tambah lampu", closing="",
            due_on=None, actor=SYSTEM,
        )  # fmt: skip
        with clock.frozen_at(datetime(2025, 9, 30, 9, tzinfo=UTC)):
            facts: dict[str, Any] = {"kind": "health", "severity": 1, "on": edition.starts_on, "done": "Dibawa ke pos"}
            note_incident(edition=edition, what="Anak terpeleset", actor=SYSTEM, **facts)
            gone = note_incident(edition=edition, what="Keliru dicatat", actor=SYSTEM, **facts)
            void_incident(incident=gone, reason="Bukan di sini", actor=SYSTEM)
        clone = clone_edition(edition=edition, year=2027, actor=SYSTEM)
        for page in (
            reverse("events:edition", args=[clone.code]),
            reverse("events:edition_clone", args=[edition.code]),
        ):
            said = client.get(page).content.decode()
            for words in ("Parkir kurang", "Tambah lampu", "Anak terpeleset Dibawa ke pos"):
                assert words in said
            assert "Keliru dicatat" not in said

    @pytest.mark.parametrize("year", [2025, 1800, 99999])
    def test_a_year_that_cannot_be_begins_nothing(self, agency: Organisation, client: Client, year: int) -> None:
        edition = half_planned(agency)
        before = Edition.objects.count()
        response = client.post(reverse("events:edition_clone", args=[edition.code]), {"year": year})
        assert response.status_code == 422
        assert Edition.objects.count() == before
        assert Plan.objects.count() == 1

    def test_twice_is_told_and_strangers_are_refused(self, agency: Organisation) -> None:
        edition = make_edition(agency)
        clone_edition(edition=edition, year=2027, actor=SYSTEM)
        with pytest.raises(Conflict, match="edition of this event"):
            clone_edition(edition=edition, year=2027, actor=SYSTEM)
        with pytest.raises(NotAllowed):
            clone_edition(edition=edition, year=2028, actor=make_actor(Role.LEADER, agency))
        assert Edition.objects.count() == 2

    def test_from_the_screen(self, agency: Organisation, client: Client) -> None:
        edition = half_planned(agency)
        address = reverse("events:edition_clone", args=[edition.code])
        assert "What begins anew" in client.get(address).content.decode()
        response: Any = client.post(address, {"year": 2027})
        clone = Edition.objects.get(year=2027)
        assert response.headers["Location"] == reverse("events:edition", args=[clone.code])


def test_the_plan_of_an_edition_is_begun_once_and_found(agency: Organisation, client: Client) -> None:
    edition = make_edition(agency)
    address = reverse("events:plan", args=[edition.code])
    assert "has no plan yet" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    plan = plan_of(edition)
    assert (plan.day, plan.title) == (edition.starts_on, "Robo-Robo 2025")
    assert client.get(address).headers["Location"] == reverse("plans:plan", args=[plan.code])
    with pytest.raises(Conflict):
        start_plan(edition=edition, actor=SYSTEM)
