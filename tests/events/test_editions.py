"""Events and their editions: entered, dated, taken through gates, cancelled and taken up again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.events.domain.dating import decide_dates
from enggang.events.domain.editions import OrganiserSpec, add_site, change_edition, drop_site, set_organisers
from enggang.events.domain.events import change_event
from enggang.events.domain.reference import keep_reference, load_reference
from enggang.events.domain.stages import (
    advance_edition,
    cancel_edition,
    revive_edition,
    step_back,
    tick_item,
    untick_item,
)
from enggang.events.enums import DateState, RuleKind, Stage
from enggang.events.models import Edition, Event, GateItem, Period
from enggang.events.queries.clashes import clashes
from enggang.events.queries.dates import candidates_of, rule_in_words
from enggang.events.queries.gates import gate_of
from enggang.plans.domain.holidays import load_holidays
from tests.events.factories import SAFAR, applies, brought_to, day, make_edition, make_event, make_region, make_site
from tests.training.factories import make_actor, make_agency

pytestmark = pytest.mark.django_db


def said(**more: Any) -> dict[str, Any]:
    return {"decider": "Kepala Dinas", "decided_on": clock.today(), "actor": SYSTEM, **more}


def decide(edition: Edition, first: str | None, **more: Any) -> Edition:
    facts = {"version": edition.version, "state": DateState.TENTATIVE, "last": None, "actor": SYSTEM, **more}
    return decide_dates(edition=edition, first=day(first) if first else None, **facts)


class TestEvents:
    def test_an_event_keeps_only_what_its_rule_asks_for(self) -> None:
        event = make_event(make_agency(), rule=RuleKind.FIXED, month=4, day=27, nth=2, weekday=3)
        assert (event.month, event.day, event.nth, event.weekday) == (4, 27, None, None)
        assert event.hosts.get().name == "Keraton Amantubillah"

    @pytest.mark.parametrize(
        "rule",
        [
            {"rule": RuleKind.FIXED, "month": 4, "day": None},
            {"rule": RuleKind.FIXED, "month": 2, "day": 30},
            {"rule": RuleKind.HIJRI, "month": 2, "day": 31},
            {"rule": RuleKind.HIJRI_WEEKDAY, "month": 2, "nth": None, "weekday": None},
            {"rule": RuleKind.SUN, "month": 5},
            {"rule": RuleKind.AFTER, "after": None},
            {"rule": "never"},
            {"length": 0},
            {"offset": 100_000},
            {"name": "x" * 161},
            {"name": ""},
        ],
    )
    def test_a_rule_that_gives_no_date_is_refused(self, rule: dict[str, Any]) -> None:
        with pytest.raises((Conflict, ValidationError)):
            make_event(make_agency(), **rule)
        assert not Event.objects.exists()

    def test_the_same_name_twice_is_told(self) -> None:
        agency = make_agency()
        make_event(agency)
        with pytest.raises(Conflict, match="already has an event"):
            make_event(agency, name="  robo robo")
        assert Event.objects.count() == 1

    def test_a_date_hangs_on_another_event_but_never_in_a_circle(self) -> None:
        agency = make_agency()
        first = make_event(agency)
        second = make_event(agency, name="Pasar", rule=RuleKind.AFTER, after=first, offset=-11, length=28)
        assert [each.first for each in candidates_of(second, 2025)] == [date(2025, 8, 9)]
        assert "Robo-Robo" in rule_in_words(second)
        with pytest.raises(Conflict, match="circle"):
            change_event(event=first, version=1, hosts=[], rule=RuleKind.AFTER, after=second, actor=SYSTEM)
        first.refresh_from_db()
        assert first.rule == RuleKind.HIJRI_WEEKDAY

    def test_two_tabs_meet(self) -> None:
        event = make_event(make_agency())
        change_event(event=event, version=1, hosts=[], name="Robo", actor=SYSTEM)
        with pytest.raises(Conflict, match="newer version"):
            change_event(event=event, version=1, hosts=[], name="Robo 2", actor=SYSTEM)
        event.refresh_from_db()
        assert event.name == "Robo"

    def test_a_stranger_enters_nothing(self) -> None:
        mine, other = make_agency(), make_agency("Lain")
        from enggang.events.domain.events import open_event

        for role in (Role.COORDINATOR, Role.INSPECTOR, Role.LEADER):
            with pytest.raises(NotAllowed):
                open_event(organisation=mine, name="X", region=make_region(), actor=make_actor(role, mine), **SAFAR)
        with pytest.raises(NotAllowed):
            open_event(
                organisation=mine, name="X", region=make_region(), actor=make_actor(Role.ORGANISER, other), **SAFAR
            )
        assert not Event.objects.exists()


class TestBeginning:
    def test_an_edition_takes_the_computed_days_and_stays_tentative(self) -> None:
        edition = make_edition(make_agency())
        assert (edition.starts_on, edition.ends_on) == (date(2025, 8, 20), date(2025, 8, 20))
        assert not edition.is_confirmed
        assert [row.name for row in edition.organisers.all()] == ["Keraton Amantubillah"]

    def test_once_a_year_unless_it_has_a_name_of_its_own(self) -> None:
        agency = make_agency()
        first = make_edition(agency)
        with pytest.raises(Conflict, match="edition of this event"):
            make_edition(agency, event=first.event)
        assert make_edition(agency, event=first.event, label="Pasar").year == 2025
        assert Edition.objects.count() == 2

    @pytest.mark.parametrize(
        "facts",
        [
            {"year": 1900},
            {"year": 2025, "first": date(2031, 1, 1)},
            {"year": 2025, "first": date(2025, 8, 20), "last": date(2025, 8, 1)},
            {"year": 2025, "scale": "galactic"},
            {"year": 2025, "visitors": -1},
            {"year": 2025, "visitors": 6_000_000},
        ],
    )
    def test_what_cannot_be_is_refused(self, facts: dict[str, Any]) -> None:
        with pytest.raises((Conflict, ValidationError)):
            make_edition(make_agency(), **facts)
        assert not Edition.objects.exists()

    def test_organisers_in_order_and_one_applicant(self) -> None:
        edition = make_edition(make_agency())
        palace, regency = OrganiserSpec("Keraton", "palace"), OrganiserSpec("Pemkab", "regency", applies=True)
        set_organisers(edition=edition, version=1, organisers=[regency, palace], actor=SYSTEM)
        assert [row.name for row in edition.organisers.all()] == ["Pemkab", "Keraton"]
        both = [regency, replace(palace, applies=True)]
        with pytest.raises(Conflict, match="Only one"):
            set_organisers(edition=edition, version=2, organisers=both, actor=SYSTEM)
        with pytest.raises(Conflict, match="newer version"):
            set_organisers(edition=edition, version=1, organisers=[], actor=SYSTEM)
        assert edition.organisers.count() == 2

    def test_places_need_whole_points_and_sane_sizes(self) -> None:
        edition = make_edition(make_agency())
        site = make_site(edition, area_m2=1_000)
        assert site.density == 2.0
        wrongs: list[dict[str, Any]] = [
            {"latitude": None}, {"capacity": 9_000_000}, {"area_m2": 0}, {"name": "x" * 161},
        ]  # fmt: skip
        for wrong in wrongs:
            with pytest.raises((Conflict, ValidationError)):
                make_site(edition, **{"name": "Lain", **wrong})
        assert edition.sites.count() == 1
        drop_site(site=site, actor=SYSTEM)
        assert not edition.sites.exists()


class TestDates:
    def test_a_change_keeps_what_was_before(self) -> None:
        edition = make_edition(make_agency(), year=2024)
        decide(edition, "2024-09-04", source="Keraton Amantubillah", state=DateState.CONFIRMED)
        change = edition.date_changes.get()
        assert (change.was_first, change.first, change.was_state) == (day("2024-08-28"), day("2024-09-04"), "tentative")
        assert edition.is_confirmed

    def test_a_confirmed_date_says_where_it_is_known_from(self) -> None:
        edition = make_edition(make_agency())
        for wrong in ({"first": "2025-08-20"}, {"first": None, "source": "x"}):
            with pytest.raises(Conflict):
                decide(edition, wrong.pop("first"), state=DateState.CONFIRMED, **wrong)
        edition.refresh_from_db()
        assert not edition.is_confirmed
        assert not edition.date_changes.exists()

    def test_once_others_count_on_it_a_move_needs_a_reason(self) -> None:
        edition = brought_to(make_edition(make_agency()), Stage.APPROVED)
        with pytest.raises(Conflict, match="reason for the move"):
            decide(edition, "2025-08-27")
        edition.refresh_from_db()
        assert edition.starts_on == day("2025-08-20")
        decide(edition, "2025-08-27", reason="Hilal")
        assert edition.date_changes.get().reason == "Hilal"

    @pytest.mark.parametrize(
        ("first", "last"), [("2025-08-20", "2025-08-01"), ("2025-01-01", "2025-12-31"), ("2030-01-01", None)]
    )
    def test_impossible_days_change_nothing(self, first: str, last: str | None) -> None:
        edition = make_edition(make_agency())
        with pytest.raises(Conflict):
            decide(edition, first, last=day(last) if last else None)
        edition.refresh_from_db()
        assert edition.starts_on == day("2025-08-20")
        assert not edition.date_changes.exists()

    def test_it_may_be_announced_later(self) -> None:
        edition = decide(make_edition(make_agency()), None)
        assert not edition.is_dated
        assert clashes(edition) == []

    def test_two_who_decide_at_once(self) -> None:
        edition = make_edition(make_agency())
        decide(edition, "2025-08-27")
        with pytest.raises(Conflict, match="newer version"):
            decide(edition, "2025-09-03", version=1)
        edition.refresh_from_db()
        assert edition.starts_on == day("2025-08-27")


class TestClashes:
    def test_ramadan_elections_and_sister_festivals_are_named(self) -> None:
        load_holidays(actor=SYSTEM)
        province = make_agency("Provinsi")
        agency, other = make_agency("A", province), make_agency("B", province)
        row = Period(name="Pilkada", kind="election", first=day("2026-03-01"), last=day("2026-03-04"),
                     valid_from=day("2020-01-01"), source="uji")  # fmt: skip
        keep_reference(row=row, organisation=agency, actor=SYSTEM)
        cap = make_event(agency, name="Cap Go Meh", rule=RuleKind.CHINESE, month=1, day=15)
        edition = make_edition(agency, event=cap, year=2026)
        sister = make_edition(other, year=2026, first=day("2026-03-06"))
        assert [clash.kind for clash in clashes(edition)] == ["ramadan", "period"]  # an idea is nobody else's
        brought_to(sister, Stage.PROPOSED)
        assert [clash.kind for clash in clashes(edition)] == ["ramadan", "period", "sister"]
        assert clashes(edition)[1].doubt
        far = clashes(edition, day("2026-06-02"))
        assert far == []

    def test_holidays_and_joint_leave_are_named_and_a_year_without_a_decree(self) -> None:
        load_holidays(actor=SYSTEM)
        edition = make_edition(make_agency(), first=day("2025-08-17"), last=day("2025-08-18"))
        found = clashes(edition)
        assert [clash.kind for clash in found] == ["holiday", "holiday"]
        assert "Joint leave" in found[1].text
        assert [clash.kind for clash in clashes(edition, day("2031-08-20"))] == ["unknown"]

    def test_another_province_is_nobody_s_sister(self) -> None:
        load_holidays(actor=SYSTEM)
        edition, elsewhere = make_edition(make_agency("A")), make_edition(make_agency("B"))
        brought_to(elsewhere, Stage.PUBLISHED)
        assert clashes(edition) == []


class TestGates:
    def test_what_the_record_proves_and_what_a_person_ticks(self) -> None:
        load_reference(actor=SYSTEM)
        edition = make_edition(make_agency())
        item = GateItem(stage="proposed", text="Surat", valid_from=date(2020, 1, 1), source="uji")
        keep_reference(row=item, organisation=edition.organisation, actor=SYSTEM)
        gate = gate_of(edition)
        assert gate.to == Stage.PROPOSED
        by_text = {row.item.auto or "person": row for row in gate.rows if row.item.required}
        assert by_text["organiser"].is_done
        assert by_text["dates"].is_done
        assert by_text["concept"].is_missing
        assert by_text["person"].is_missing
        tick_item(edition=edition, item=by_text["person"].item, note="Lampiran 1", actor=SYSTEM)
        assert gate_of(edition).missing == 1
        untick_item(edition=edition, item=by_text["person"].item, actor=SYSTEM)
        assert gate_of(edition).missing == 2

    def test_what_the_record_proves_cannot_be_ticked(self) -> None:
        load_reference(actor=SYSTEM)
        edition = make_edition(make_agency())
        with pytest.raises(Conflict, match="cannot be ticked"):
            tick_item(edition=edition, item=GateItem.objects.get(key="planned-2"), actor=SYSTEM)
        assert not edition.checks.exists()

    def test_a_missing_item_needs_a_reason_that_is_kept(self) -> None:
        load_reference(actor=SYSTEM)
        edition = make_edition(make_agency())
        with pytest.raises(Conflict, match="Not seen to yet"):
            advance_edition(edition=edition, to="proposed", **said())
        assert not edition.steps.exists()
        advance_edition(edition=edition, to="proposed", **said(reason="Menyusul"))
        step = edition.steps.get()
        assert (step.was, step.now, step.missing, step.reason) == ("idea", "proposed", 1, "Menyusul")

    @pytest.mark.parametrize("to", ["idea", "curated", "closed", "cancelled", "x", ""])
    def test_no_stage_is_jumped(self, to: str) -> None:
        edition = make_edition(make_agency())
        with pytest.raises(Conflict):
            advance_edition(edition=edition, to=to, **said())
        edition.refresh_from_db()
        assert edition.stage == Stage.IDEA

    def test_a_decision_of_tomorrow_or_by_nobody_is_refused(self) -> None:
        edition = make_edition(make_agency())
        with pytest.raises(Conflict, match="future"):
            advance_edition(edition=edition, to="proposed", **said(decided_on=clock.today() + timedelta(days=2)))
        with pytest.raises(ValidationError):
            advance_edition(edition=edition, to="proposed", **said(decider=" "))
        edition.refresh_from_db()
        assert edition.stage == Stage.IDEA

    def test_who_presses_second_is_told(self) -> None:
        edition = make_edition(make_agency())
        stale = Edition.objects.get(pk=edition.pk)
        advance_edition(edition=edition, to="proposed", **said())
        with pytest.raises(Conflict):
            advance_edition(edition=stale, to="proposed", **said())
        assert edition.steps.count() == 1

    def test_the_curator_decides_what_was_proposed_to_it(self) -> None:
        province = make_agency("Provinsi")
        agency, curator = make_agency("Mempawah", province), make_agency("Disporapar", province)
        edition = make_edition(agency, event=make_event(agency, curator=curator))
        ours, theirs = make_actor(Role.ORGANISER, agency), make_actor(Role.ORGANISER, curator)
        assert edition not in Edition.objects.visible_to(theirs)
        advance_edition(edition=edition, to="proposed", **said(actor=ours))
        assert edition in Edition.objects.visible_to(theirs)
        with pytest.raises(NotAllowed):
            advance_edition(edition=edition, to="curated", **said(actor=ours))
        advance_edition(edition=edition, to="curated", **said(actor=theirs))
        advance_edition(edition=edition, to="approved", **said(actor=theirs))
        with pytest.raises(NotAllowed):
            advance_edition(edition=edition, to="planned", **said(actor=theirs))
        assert edition.stage == Stage.APPROVED

    def test_a_step_back_and_a_cancellation_keep_their_reason_and_can_be_undone(self) -> None:
        edition = brought_to(make_edition(make_agency()), Stage.PLANNED)
        with pytest.raises(Conflict, match="reason"):
            step_back(edition=edition, **said(reason=" "))
        step_back(edition=edition, **said(reason="RAB berubah"))
        assert edition.stage == Stage.APPROVED
        cancel_edition(edition=edition, **said(reason="Banjir"))
        assert (edition.stage, edition.cancel_reason) == (Stage.CANCELLED, "Banjir")
        with pytest.raises(Conflict, match="stays as it is"):
            decide(edition, "2025-08-27", reason="x")
        revive_edition(edition=edition, **said(reason="Surut"))
        assert (edition.stage, edition.cancel_reason) == (Stage.APPROVED, "")
        with pytest.raises(Conflict):
            revive_edition(edition=edition, **said(reason="x"))

    def test_what_is_over_is_not_cancelled(self) -> None:
        edition = brought_to(make_edition(make_agency()), Stage.EVALUATED)
        with pytest.raises(Conflict):
            cancel_edition(edition=edition, **said(reason="x"))
        assert edition.stage == Stage.EVALUATED


def test_a_closed_edition_stays_as_it_is() -> None:
    edition = brought_to(make_edition(make_agency()), Stage.CLOSED)
    for change in (
        lambda: change_edition(edition=edition, version=edition.version, theme="x", actor=SYSTEM),
        lambda: applies(edition),
        lambda: add_site(edition=edition, name="X", region=make_region(), actor=SYSTEM),
    ):
        with pytest.raises(Conflict, match="stays as it is"):
            change()
    assert edition.sites.count() == 0
