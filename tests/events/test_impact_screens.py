"""The economic impact on screen: gathered from the record, closed in versions, with every assumption and its source."""

from __future__ import annotations

import json

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.events.domain import impact as acts
from enggang.events.domain.cloning import clone_edition
from enggang.events.domain.stages import cancel_edition
from enggang.events.domain.turnover import report_turnover
from enggang.events.domain.visitor_surveys import note_refusal, void_answer
from enggang.events.enums import Proof
from enggang.events.models import Edition, ImpactBasis, ImpactInput, ImpactResult, Threshold, VisitorSurvey
from enggang.events.papers.impact import impact_section
from enggang.events.queries.accounting import missing_of_account
from enggang.events.queries.evidence import FACTS
from enggang.events.queries.impact_facts import impact_facts
from enggang.events.queries.impact_words import told_impact
from enggang.events.queries.indicators import indicators_of
from enggang.places.enums import RegionLevel
from enggang.places.models import Organisation, Region
from tests.events.stalling import accepted, make_call, running_edition
from tests.events.surveying import DAY, answered, make_basis, make_input, make_post, make_survey
from tests.training.factories import client_of, make_actor, make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    cache.clear()
    return make_agency()


@pytest.fixture
def edition(agency: Organisation) -> Edition:
    return running_edition(agency)


@pytest.fixture
def survey(edition: Edition) -> VisitorSurvey:
    return make_survey(edition)


@pytest.fixture
def staff(agency: Organisation) -> Client:
    found = client_of(make_user(Role.ORGANISER, agency))
    found.cookies["django_language"] = "en"
    return found


def forty(survey: VisitorSurvey) -> None:
    """20 day visitors of 100,000 and 10 overnight of 700,000 from outside; 6 residents; 4 who would have come anyway."""
    for _number in range(20):
        answered(survey, **DAY)
    for _number in range(10):
        answered(survey)
    for _number in range(6):
        answered(survey, **{**DAY, "origin": "61.02", "daily_spend": 5_000_000})
    for _number in range(4):
        answered(survey, **{**DAY, "reason": "anyway", "daily_spend": 5_000_000})


def address(name: str, edition: Edition, *more: object) -> str:
    return reverse(f"events:{name}", args=[edition.code, *more])


class TestGathered:
    def test_forty_answers_by_hand(self, survey: VisitorSurvey) -> None:
        """Weights 20 + 10/2 + 6 + 4 = 35. 1,000 persons: 20/35 day * 100,000 + 5/35 overnight * 700,000 = 57.14 m + 100 m.
        Without weights 500 day * 100,000 + 250 overnight * 700,000 = 225 m, which stands beside."""
        forty(survey)
        make_basis(survey.edition, 1000, low=900, high=1100)
        make_input(survey.edition, "organiser", 40_000_000)
        make_input(survey.edition, "vendor", 10_000_000)
        make_input(survey.edition, "leakage", 25_000_000)
        facts = impact_facts(survey.edition)
        assert facts["visitor_spend"]["value"] == 157_142_857
        assert facts["direct"]["value"] == 182_142_857
        assert facts["direct"]["low"] < 182_142_857 < facts["direct"]["high"]
        assert facts["unweighted"]["visitor_spend"]["value"] == 225_000_000
        assert facts["unweighted"]["direct"]["value"] == 250_000_000
        assert (facts["n"], facts["residents"], facts["casual"]) == (40, 6, 4)
        assert facts["total"] is None

    def test_the_province_as_area_leaves_its_people_out(self, survey: VisitorSurvey) -> None:
        home = survey.edition.event.region
        Region.objects.create(code="61.71", name="Kota Pontianak", level=RegionLevel.REGENCY, parent=home.parent)
        for _number in range(12):
            answered(survey, **{**DAY, "origin": "61.71"})
        make_basis(survey.edition)
        assert impact_facts(survey.edition)["eligible"]["value"] == 1000
        make_basis(survey.edition, area="province", version=1)
        assert impact_facts(survey.edition)["eligible"]["value"] == 0

    def test_attendances_are_divided(self, survey: VisitorSurvey) -> None:
        for _number in range(12):
            answered(survey, **{**DAY, "days": 2})
        make_basis(survey.edition, meaning="attendances")
        facts = impact_facts(survey.edition)
        assert (facts["mean_days"], facts["unique"]["value"]) == (2, 500)

    def test_nobody_asked_and_nothing_counted(self, edition: Edition) -> None:
        facts = impact_facts(edition)
        assert (facts["n"], facts["unique"], facts["direct"]) == (0, None, None)
        assert told_impact(facts).headline == "–"

    def test_answers_and_figures_taken_out_do_not_count(self, survey: VisitorSurvey) -> None:
        forty(survey)
        make_basis(survey.edition)
        row = make_input(survey.edition)
        before = impact_facts(survey.edition)
        joke = answered(survey, **{**DAY, "daily_spend": 90_000_000})
        void_answer(answer=joke, void=True, reason="Bercanda", actor=SYSTEM)
        assert impact_facts(survey.edition)["visitor_spend"] == before["visitor_spend"]
        acts.void_input(row=row, void=True, actor=SYSTEM)
        assert impact_facts(survey.edition)["outside_money"] == 0

    def test_dated_rows_say_how_much_is_trimmed(self, survey: VisitorSurvey) -> None:
        agency = survey.edition.organisation
        facts = {"organisation": agency, "valid_from": "2020-01-01", "source": "SK uji"}
        Threshold.objects.create(name="survey_trim", value=10, **facts)
        Threshold.objects.create(name="survey_least", value=30, **facts)
        forty(survey)
        make_basis(survey.edition)
        found = impact_facts(survey.edition)
        assert found["rules"]["sources"]["trim"] == "SK uji"
        assert all(group["too_few"] for group in found["groups"])
        assert found["visitor_spend"] is None


class TestAssumptions:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"visitors": None}, {"low": 900}, {"high": 1200}, {"low": 1001, "high": 1200}, {"low": 500, "high": 999},
            {"area": "moon"}, {"meaning": "cows"},
        ],
    )  # fmt: skip
    def test_what_cannot_be(self, edition: Edition, wrong: dict[str, object]) -> None:
        with pytest.raises((Conflict, ValidationError)):
            make_basis(edition, **{"visitors": 1000, **wrong})  # type: ignore[arg-type]
        assert not ImpactBasis.objects.exists()

    def test_no_source_no_assumption(self, edition: Edition) -> None:
        with pytest.raises(ValidationError):
            make_basis(edition, source=" ")

    def test_two_tabs(self, edition: Edition) -> None:
        make_basis(edition)
        with pytest.raises(Conflict):
            make_basis(edition)

    @pytest.mark.parametrize(
        ("kind", "facts"),
        [
            ("organiser", {"amount": None}), ("organiser", {"source": ""}), ("multiplier", {"amount": None}),
            ("multiplier", {"factor": "1.5"}), ("multiplier", {"factor": "11", "year": 2020}),
            ("multiplier", {"factor": "0", "year": 2020}), ("occupancy", {"factor": "101"}),
        ],
    )  # fmt: skip
    def test_figures_without_what_they_need(self, edition: Edition, kind: str, facts: dict[str, object]) -> None:
        with pytest.raises(Conflict):
            make_input(edition, kind, **facts)  # type: ignore[arg-type]

    @pytest.mark.parametrize("amount", [-1, 10**16])
    def test_amounts_that_cannot_be(self, edition: Edition, amount: int) -> None:
        with pytest.raises(ValidationError):
            make_input(edition, amount=amount)

    def test_one_multiplier_and_only_with_document_and_year(self, survey: VisitorSurvey) -> None:
        forty(survey)
        make_basis(survey.edition)
        row = make_input(survey.edition, "multiplier", None, factor="1.4", year=2020, source="Tabel I-O BPS (uji)")
        facts = impact_facts(survey.edition)
        assert facts["total"]["value"] == 220_000_000  # 157,142,857 * 1.4
        with pytest.raises(Conflict):
            make_input(survey.edition, "multiplier", None, factor="1.5", year=2021)
        acts.void_input(row=row, void=True, actor=SYSTEM)
        assert make_input(survey.edition, "multiplier", None, factor="1.5", year=2021).pk
        with pytest.raises(Conflict):
            acts.void_input(row=row, void=False, actor=SYSTEM)

    def test_readers_and_closed_editions(self, agency: Organisation, edition: Edition) -> None:
        with pytest.raises(NotAllowed):
            acts.keep_basis(edition=edition, version=0, actor=make_actor(Role.LEADER, agency))
        with pytest.raises(NotAllowed):
            acts.close_impact(edition=edition, note="", actor=make_actor(Role.TREASURER, agency))


class TestVersions:
    def test_frozen_and_the_second_says_what_changed(self, survey: VisitorSurvey, staff: Client) -> None:
        edition = survey.edition
        forty(survey)
        make_basis(edition)
        page = address("impact", edition)
        assert staff.post(page, {"note": "Pertama"}).status_code == 302
        assert staff.post(page, {"note": "Lagi"}).status_code == 422
        make_input(edition, "leakage", 25_000_000, source="SPJ nomor 7")
        assert staff.post(page, {"note": "Kebocoran"}).status_code == 302
        second, first = ImpactResult.objects.all()
        assert json.loads(first.facts)["direct"]["value"] == 157_142_857
        assert json.loads(second.facts)["direct"]["value"] == 132_142_857
        content = staff.get(address("impact_version", edition, 2)).content.decode()
        assert "SPJ nomor 7" in content
        assert second.digest in content
        assert "SPJ nomor 7" not in staff.get(address("impact_version", edition, 1)).content.decode()

    def test_what_was_changed_behind_our_back_is_told(self, survey: VisitorSurvey, staff: Client) -> None:
        forty(survey)
        row = acts.close_impact(edition=survey.edition, note="", actor=SYSTEM)
        assert row.is_whole
        ImpactResult.objects.filter(pk=row.pk).update(facts=row.facts.replace('"n":40', '"n":400'))
        assert b"This is not what was closed" in staff.get(address("impact_version", survey.edition, 1)).content

    def test_nobody_answered_nothing_to_close(self, edition: Edition, staff: Client) -> None:
        assert staff.post(address("impact", edition), {"note": ""}).status_code == 422
        assert staff.get(address("impact_version", edition, 1)).status_code == 404


class TestScreens:
    def test_every_number_opens_its_method(self, survey: VisitorSurvey, staff: Client) -> None:
        forty(survey)
        make_basis(survey.edition, low=900, high=1100)
        content = staff.get(address("impact", survey.edition)).content.decode()
        assert content.count("How this is reckoned") >= 11
        assert "never added" in content
        assert "n = 20" in content
        assert staff.get(address("impact_print", survey.edition)).status_code == 200

    def test_how_many_were_asked_with_the_plan(self, survey: VisitorSurvey, staff: Client) -> None:
        post = make_post(survey)
        answered(survey, post=post, actor=SYSTEM)
        answered(survey)
        note_refusal(post=post, key="k", actor=SYSTEM)
        content = staff.get(address("impact", survey.edition)).content.decode()
        assert "1 of 2 answers were asked by interviewers with the sample plan, 1 people refused" in content

    def test_too_few_is_said_instead_of_a_figure(self, survey: VisitorSurvey, staff: Client) -> None:
        for _number in range(12):
            answered(survey, **DAY)
        answered(survey)
        make_basis(survey.edition)
        content = staff.get(address("impact", survey.edition)).content.decode()
        assert "too few answers" in content
        assert "A group is missing in it" in content

    @pytest.mark.parametrize("rows", [1, 3])
    def test_as_many_queries_for_one_as_for_three(self, survey: VisitorSurvey, staff: Client, rows: int) -> None:
        for _number in range(rows):
            answered(survey)
            make_input(survey.edition)
        staff.get(address("impact", survey.edition))
        with CaptureQueriesContext(connection) as queries:
            staff.get(address("impact", survey.edition))
        assert len(queries) == QUERIES

    def test_files(self, survey: VisitorSurvey, staff: Client) -> None:
        forty(survey)
        make_basis(survey.edition)
        page = address("impact", survey.edition)
        content = staff.post(page, {"list": "impact", "form": "csv"}).content.decode("utf-8-sig")
        assert "225000000" in content
        assert staff.post(page, {"list": "impact", "form": "xlsx"}).content[:2] == b"PK"
        assert not ImpactResult.objects.exists()

    def test_forms_keep_what_was_typed(self, edition: Edition, staff: Client) -> None:
        page = address("impact_input_new", edition, "organiser")
        response = staff.post(page, {"amount": "banyak", "source": "Dokumen uji"})
        assert response.status_code == 422
        assert b"Dokumen uji" in response.content
        assert staff.post(page, {"amount": "1.500.000", "source": "Dokumen uji"}).status_code == 302
        row = ImpactInput.objects.get()
        assert row.amount == 1_500_000
        edit = address("impact_input", edition, row.pk)
        data = {"amount": "2.000.000", "source": "Dokumen uji", "version": row.version}
        assert staff.post(edit, data).status_code == 302
        assert staff.post(edit, data).status_code == 422
        assert staff.get(address("impact_input_new", edition, "bribe")).status_code == 404

    def test_a_figure_of_another_edition_is_not_found(self, edition: Edition, staff: Client) -> None:
        other = make_agency("Lain")
        row = make_input(running_edition(other))
        assert staff.get(address("impact_input", edition, row.pk)).status_code == 404
        assert staff.post(address("impact_input_step", edition, row.pk)).status_code == 404


class TestInTheReport:
    """The chapter of the LPJ."""

    def test_the_closed_version_with_its_range_and_method(self, survey: VisitorSurvey) -> None:
        forty(survey)
        make_basis(survey.edition, low=900, high=1100)
        acts.close_impact(edition=survey.edition, note="", actor=SYSTEM)
        text = json.dumps(impact_section(survey.edition), default=str, ensure_ascii=False)
        assert "225.000.000" in text
        assert "tidak dijumlahkan" in text
        assert "Versi 1" in text

    def test_asked_and_not_closed_stands_in_red(self, survey: VisitorSurvey) -> None:
        assert "belum ditutup" in json.dumps(impact_section(survey.edition), default=str)
        assert any("impact" in str(row.text) for row in missing_of_account(survey.edition))

    def test_nobody_asked_no_chapter(self, edition: Edition) -> None:
        assert impact_section(edition)["parts"] == []


class TestNextYear:
    def test_judges_of_the_next_edition_read_what_was_measured(self, survey: VisitorSurvey) -> None:
        forty(survey)
        make_basis(survey.edition)
        clone = clone_edition(edition=survey.edition, year=survey.edition.year + 1, actor=SYSTEM)
        facts = [fact.text for fact in FACTS[Proof.IMPACT](clone, survey.edition)]
        assert "No measured number of visitors is on record." in facts
        acts.close_impact(edition=survey.edition, note="", actor=SYSTEM)
        facts = [fact.text for fact in FACTS[Proof.IMPACT](clone, survey.edition)]
        assert any("225.000.000" in text for text in facts)


class TestIndicators:
    def test_on_record_wins_over_what_was_entered(self, edition: Edition) -> None:
        make_input(edition, "transactions", 99)
        make_input(edition, "artists", 120, source="Daftar hadir")
        vendor = accepted(make_call(edition))
        report_turnover(application=vendor, day=clock.today(edition.time_zone), amount=750_000, actor=SYSTEM)
        found = {row.name: row for row in indicators_of(edition)}
        assert found["Transactions"].text.endswith("750.000")
        assert not found["Transactions"].entered
        assert (found["MSMEs"].text, found["Artists"].text, found["Artists"].entered) == ("1", "120", True)
        assert not found["Jobs"].is_known

    def test_without_stalls_the_entered_number_stands(self, edition: Edition, staff: Client) -> None:
        make_input(edition, "msmes", 35, source="Laporan panitia")
        content = staff.get(address("indicators", edition)).content.decode()
        assert "35" in content
        assert "Laporan panitia" in content

    def test_taken_out_and_put_back_where_it_stands(self, edition: Edition, staff: Client) -> None:
        row = make_input(edition, "jobs", 60)
        step = address("impact_input_step", edition, row.pk)
        response = staff.post(step)
        assert response.headers["Location"] == address("indicators", edition)
        assert b"taken out" in staff.get(response.headers["Location"]).content
        assert not indicators_of(edition)[-1].is_known
        staff.post(step, {"kembali": "1"})
        assert indicators_of(edition)[-1].text == "60"

    def test_cancelled_editions_stay_as_they_are(self, edition: Edition) -> None:
        cancel_edition(edition=edition, decider="Kepala", decided_on=clock.today(), reason="uji", actor=SYSTEM)
        with pytest.raises(Conflict):
            make_input(edition)


QUERIES = 18
