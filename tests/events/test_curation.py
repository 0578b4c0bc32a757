"""Curation: the rubric of a year, a round with its judges, scores that stay blind, decisions through the gates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import Conflict, NotAllowed
from enggang.events.domain import curation as rounds
from enggang.events.domain import judging, verdicts
from enggang.events.domain.minutes import minutes_docx, minutes_pdf
from enggang.events.domain.reference import keep_reference, load_reference
from enggang.events.domain.stages import advance_edition
from enggang.events.enums import RoundState, Stage, Verdict
from enggang.events.models import CurationAspect, CurationProposal, CurationRound, Edition
from enggang.events.queries.evidence import evidence_of
from enggang.events.queries.proposals import judged, result_for
from enggang.events.queries.rubrics import aspects_for
from enggang.notices.models import Notice
from enggang.places.models import Organisation
from tests.events.curating import (
    HALF,
    agencies,
    curator_actor,
    give,
    judged_round,
    judging_round,
    levels,
    open_round,
    propose,
)
from tests.training.factories import make_actor, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Organisation:
    load_reference(actor=SYSTEM)
    return agencies()[0]


def decide(proposal: CurationProposal, verdict: str, reason: str = "uji") -> CurationProposal:
    fresh = CurationProposal.objects.with_names().get(pk=proposal.pk)
    return verdicts.decide_proposal(
        proposal=fresh, verdict=verdict, reason=reason, decider="Kepala", decided_on=clock.today(), actor=SYSTEM
    )


def undecide(proposal: CurationProposal, reason: str = "keliru") -> CurationProposal:
    fresh = CurationProposal.objects.with_names().get(pk=proposal.pk)
    return verdicts.undecide_proposal(
        proposal=fresh, reason=reason, decider="Kepala", decided_on=clock.today(), actor=SYSTEM
    )


def withdraw(proposal: CurationProposal, actor: Actor = SYSTEM) -> CurationProposal:
    fresh = CurationProposal.objects.with_names().get(pk=proposal.pk)
    return verdicts.withdraw_proposal(
        proposal=fresh, reason="belum siap", decider="Kepala", decided_on=clock.today(), actor=actor
    )


class TestRubric:
    def test_the_shipped_one_holds_as_long_as_the_agency_has_none_of_its_own(self, province: Organisation) -> None:
        assert [row.weight for row in aspects_for(province, 2027)] == [20] * 5
        assert aspects_for(province, 2023) == []
        assert rounds.copy_aspects(organisation=province, year=2027, actor=SYSTEM) == 5
        own = aspects_for(province, 2027)
        assert {row.organisation for row in own} == {province}
        assert {row.organisation for row in aspects_for(province, 2028)} == {None}
        with pytest.raises(Conflict, match="of its own"):
            rounds.copy_aspects(organisation=province, year=2027, actor=SYSTEM)

    def test_loading_again_leaves_own_rows_alone(self, province: Organisation) -> None:
        rounds.copy_aspects(organisation=province, year=2027, actor=SYSTEM)
        row = CurationAspect.objects.filter(organisation=province).first()
        assert row is not None
        row.weight = 40
        keep_reference(row=row, organisation=province, version=row.version, actor=SYSTEM)
        load_reference(actor=SYSTEM)
        assert CurationAspect.objects.get(pk=row.pk).weight == 40
        assert CurationAspect.objects.filter(organisation=None).count() == 5

    @pytest.mark.parametrize(
        "levels", ["", "Baik", "Baik=80", "Baik=80, Cukup=101", "=1, =2", "Baik=x, Cukup=2", "A=-1, B=2"]
    )
    def test_levels_that_cannot_be_read_are_refused(self, province: Organisation, levels: str) -> None:
        row = CurationAspect(
            rubric="KEN", title="X", levels=levels, valid_from=clock.today(), source="uji", organisation=province
        )
        with pytest.raises(Exception, match="level|blank|kosong"):
            keep_reference(row=row, organisation=province, actor=SYSTEM)

    def test_no_round_without_a_rubric(self, province: Organisation) -> None:
        with pytest.raises(Conflict, match="No rubric"):
            open_round(province, year=2022)


class TestCall:
    def test_agencies_that_propose_are_told(self, province: Organisation) -> None:
        regency = agencies()[1]
        user = make_user(Role.ORGANISER, regency)
        propose(regency, province)
        curation = open_round(province)
        assert Notice.objects.filter(user_id=user.pk, subject=curation.subject).exists()

    def test_only_the_curator_opens_it_and_no_day_that_is_over(self, province: Organisation) -> None:
        stranger = make_actor(Role.ORGANISER, agencies()[1])
        with pytest.raises(NotAllowed):
            open_round(province, actor=stranger)
        with pytest.raises(Conflict, match="over already"):
            open_round(province, deadline=clock.today() - timedelta(days=1))
        open_round(province)
        with pytest.raises(Conflict, match="already"):
            open_round(province)

    def test_judging_waits_for_the_last_day_a_judge_and_a_proposal(self, province: Organisation) -> None:
        curation = open_round(province, deadline=clock.today() + timedelta(days=1))
        with pytest.raises(Conflict, match="runs until"):
            rounds.start_judging(curation=curation, actor=SYSTEM)
        curation = rounds.change_round(
            curation=curation, version=curation.version, deadline=clock.today(), actor=SYSTEM
        )
        with pytest.raises(Conflict, match="Name the judges"):
            rounds.start_judging(curation=curation, actor=SYSTEM)
        judging.name_judge(curation=curation, name="Juri", actor=SYSTEM)
        with pytest.raises(Conflict, match="Nothing was proposed"):
            rounds.start_judging(curation=curation, actor=SYSTEM)
        assert CurationRound.objects.get().state == RoundState.CALL

    def test_two_tabs(self, province: Organisation) -> None:
        curation = open_round(province)
        rounds.change_round(curation=CurationRound.objects.get(), version=1, call="Satu", actor=SYSTEM)
        with pytest.raises(Conflict, match="newer"):
            rounds.change_round(curation=curation, version=1, call="Dua", actor=SYSTEM)

    def test_the_rubric_is_taken_anew_as_long_as_it_is_a_call(self, province: Organisation) -> None:
        curation = open_round(province)
        rounds.copy_aspects(organisation=province, year=curation.year, actor=SYSTEM)
        row = CurationAspect.objects.filter(organisation=province).first()
        assert row is not None
        row.title = "Akses pengunjung"
        keep_reference(row=row, organisation=province, version=row.version, actor=SYSTEM)
        curation = rounds.change_round(curation=curation, version=1, actor=SYSTEM)
        assert "Akses pengunjung" in [each.criterion.title for each in curation.criteria.all()]
        assert curation.rubric.edition == 1

    def test_back_to_the_call_until_somebody_scored(self, province: Organisation) -> None:
        curation = judging_round(province)
        curation = rounds.back_to_call(curation=curation, actor=SYSTEM)
        assert curation.is_call
        assert not CurationProposal.objects.exists()
        curation = rounds.start_judging(curation=curation, actor=SYSTEM)
        proposal = CurationProposal.objects.with_names()[0]
        give(proposal, curation.judges.all()[0], 80)
        with pytest.raises(Conflict, match="Scores were given"):
            rounds.back_to_call(curation=curation, actor=SYSTEM)


class TestJudging:
    def test_blind_until_all_have_scored(self, province: Organisation) -> None:
        curation = judging_round(province, judges=3)
        proposal = CurationProposal.objects.with_names()[0]
        first, second, third = curation.judges.all()
        give(proposal, first, 80)
        give(proposal, second, 60)
        row = next(each for each in judged(curation) if each.proposal.pk == proposal.pk)
        assert (row.given, row.awaited, row.cells, row.points) == (2, 3, [], None)
        give(proposal, third, 80, note="jelas")
        row = next(each for each in judged(curation) if each.proposal.pk == proposal.pk)
        assert (row.points, row.rank, row.cells[0].notes) == (73.33, 1, ("jelas",))

    def test_judges_far_apart_are_shown_and_may_move(self, province: Organisation) -> None:
        curation = judging_round(province)
        proposal = CurationProposal.objects.with_names()[0]
        first, second = curation.judges.all()
        give(proposal, first, 100)
        give(proposal, second, 40)
        row = next(each for each in judged(curation) if each.proposal.pk == proposal.pk)
        assert (row.is_wide, row.points, row.spread) == (True, None, 60.0)
        give(proposal, second, 80)
        row = next(each for each in judged(curation) if each.proposal.pk == proposal.pk)
        assert (row.is_wide, row.points) == (False, 90.0)
        with pytest.raises(Conflict, match="graded already"):
            give(proposal, second, 0)
        judging.judge_again(proposal=CurationProposal.objects.with_names()[0], actor=SYSTEM)
        give(proposal, second, 60)

    def test_nobody_judges_the_event_of_their_own_agency(self, province: Organisation) -> None:
        regency = agencies()[1]
        curation = judging_round(province, judges=2, named=[{"name": "Juri Mempawah", "agency": regency}])
        proposal = CurationProposal.objects.with_names().get(edition__organisation=regency)
        own = curation.judges.get(name="Juri Mempawah")
        assert proposal.review.wanted == 2
        with pytest.raises(NotAllowed, match="own agency"):
            give(proposal, own, 100)

    def test_an_account_with_a_role_there_is_of_that_agency_too(self, province: Organisation) -> None:
        user = make_user(Role.GRADER, province)
        judging_round(province, named=[{"user": user}], own=True)
        proposal = CurationProposal.objects.with_names().get(edition__organisation=province)
        assert proposal.review.wanted == 2

    def test_nobody_could_judge(self, province: Organisation) -> None:
        regency = agencies()[1]
        with pytest.raises(Conflict, match="Nobody could judge"):
            judging_round(province, judges=0, named=[{"name": "Juri", "agency": regency}])
        assert CurationRound.objects.get().state == RoundState.CALL

    def test_a_judge_of_another_round_or_nobody_keeps_no_sheet(self, province: Organisation) -> None:
        curation = judging_round(province)
        other = open_round(province, title="Lain")
        foreign = judging.name_judge(curation=other, name="Juri lain", actor=SYSTEM)
        proposal = curation.proposals.with_names()[0]
        with pytest.raises(NotAllowed):
            give(proposal, foreign, 80)
        with pytest.raises(NotAllowed):
            judging.judge_proposal(proposal=proposal, levels=levels(proposal, 80), actor=curator_actor(province))
        with pytest.raises(Conflict, match="level for every"):
            judging.judge_proposal(
                proposal=proposal, levels={1: 10**9}, judge=curation.judges.all()[0],
                actor=by_link(curation.judges.all()[0]),
            )  # fmt: skip

    def test_a_judge_who_comes_or_goes_changes_what_is_awaited(self, province: Organisation) -> None:
        curation = judging_round(province)
        proposal = CurationProposal.objects.with_names()[0]
        first, second = curation.judges.all()
        give(proposal, first, 80)
        give(proposal, second, 80)
        third = judging.name_judge(curation=curation, name="Ketiga", actor=SYSTEM)
        proposal.review.refresh_from_db()
        assert (proposal.review.wanted, proposal.review.is_decided) == (3, False)
        judging.release_judge(judge=third, actor=SYSTEM)
        proposal.review.refresh_from_db()
        assert (proposal.review.wanted, proposal.review.score) == (2, 8000)
        judging.release_judge(judge=second, actor=SYSTEM)
        assert proposal.review.sheets.count() == 2
        with pytest.raises(Conflict, match="Somebody has to judge"):
            judging.release_judge(judge=first, actor=SYSTEM)

    def test_a_panel_keeps_one_sheet(self, province: Organisation) -> None:
        curation = judging_round(province, mode="panel")
        proposal = CurationProposal.objects.with_names()[0]
        with pytest.raises(NotAllowed):
            judging.judge_proposal(
                proposal=proposal, levels=levels(proposal, 80), actor=make_actor(Role.ORGANISER, agencies()[1])
            )
        judging.judge_proposal(proposal=proposal, levels=levels(proposal, 80), actor=curator_actor(province))
        row = next(each for each in judged(curation) if each.proposal.pk == proposal.pk)
        assert (row.points, row.awaited, row.sheets[0].judge_name) == (80.0, 1, "Panel")

    def test_a_proposal_that_comes_later_is_taken_in(self, province: Organisation) -> None:
        curation = judging_round(province)
        with pytest.raises(Conflict, match="Nothing else"):
            rounds.take_in_proposals(curation=curation, actor=SYSTEM)
        propose(agencies()[1], province, "Menyusul", year=curation.year)
        assert rounds.take_in_proposals(curation=curation, actor=SYSTEM) == 1
        assert curation.proposals.count() == 3


def by_link(judge: Any) -> Actor:
    from tests.events.curating import actor_by_link

    return actor_by_link(judge)


class TestVerdicts:
    def test_accepting_passes_the_gate_and_taking_it_back_returns(self, province: Organisation) -> None:
        curation = judged_round(province)
        proposal = judged(curation)[0].proposal
        decide(proposal, Verdict.ACCEPTED)
        edition = Edition.objects.get(pk=proposal.edition_id)
        assert edition.stage == Stage.CURATED
        with pytest.raises(Conflict, match="decided or withdrawn"):
            decide(proposal, Verdict.RETURNED)
        with pytest.raises(Conflict, match="Take the decisions back"):
            rounds.reopen_judging(curation=curation, actor=SYSTEM)
        with pytest.raises(Conflict, match="reason"):
            undecide(proposal, " ")
        undecide(proposal)
        edition.refresh_from_db()
        assert edition.stage == Stage.PROPOSED
        with pytest.raises(Conflict, match="Nothing was decided"):
            undecide(proposal)

    @pytest.mark.parametrize("verdict", [Verdict.RETURNED, Verdict.LATER])
    def test_returning_needs_a_reason_and_makes_it_an_idea(self, province: Organisation, verdict: str) -> None:
        proposal = judged(judged_round(province))[0].proposal
        with pytest.raises(Conflict, match="reason"):
            decide(proposal, verdict, "")
        assert not CurationProposal.objects.get(pk=proposal.pk).verdict
        decide(proposal, verdict, "akses pengunjung")
        assert Edition.objects.get(pk=proposal.edition_id).stage == Stage.IDEA
        undecide(proposal)
        assert Edition.objects.get(pk=proposal.edition_id).stage == Stage.PROPOSED

    def test_a_decision_whose_edition_went_on_is_not_taken_back(self, province: Organisation) -> None:
        proposal = judged(judged_round(province))[0].proposal
        decide(proposal, Verdict.ACCEPTED)
        edition = Edition.objects.with_names().get(pk=proposal.edition_id)
        advance_edition(
            edition=edition, to="approved", decider="K", decided_on=clock.today(), reason="uji", actor=SYSTEM
        )
        with pytest.raises(Conflict, match="gone on"):
            undecide(proposal)

    @pytest.mark.parametrize("verdict", ["", "x", "accepted\x00"])
    def test_what_is_no_decision_is_refused(self, province: Organisation, verdict: str) -> None:
        with pytest.raises(Conflict, match="Choose"):
            decide(judged(judged_round(province))[0].proposal, verdict)

    def test_the_result_is_out_when_all_are_decided(self, province: Organisation) -> None:
        curation = judged_round(province)
        regency = agencies()[1]
        user = make_user(Role.ORGANISER, regency)
        with pytest.raises(Conflict, match="Not decided yet"):
            rounds.close_round(curation=curation, actor=SYSTEM)
        theirs = make_actor(Role.ORGANISER, regency)
        assert result_for(curation, theirs) == []
        for row in judged(curation):
            decide(row.proposal, Verdict.RETURNED)
        curation = rounds.close_round(curation=curation, actor=SYSTEM)
        assert Notice.objects.filter(user_id=user.pk, subject=curation.subject).exists()
        assert {row.proposal.edition.organisation for row in result_for(curation, theirs)} == {regency}
        with pytest.raises(Conflict, match="result is out"):
            undecide(judged(curation)[0].proposal)
        assert rounds.reopen_round(curation=curation, actor=SYSTEM).is_deciding

    def test_a_regency_withdraws_and_proposes_again(self, province: Organisation) -> None:
        curation = judging_round(province)
        regency = agencies()[1]
        proposal = CurationProposal.objects.with_names().get(edition__organisation=regency)
        give(proposal, curation.judges.all()[0], 80)
        with pytest.raises(NotAllowed):
            withdraw(proposal, curator_actor(province))
        withdraw(proposal, make_actor(Role.ORGANISER, regency))
        with pytest.raises(Conflict, match="done already"):
            withdraw(proposal)
        assert proposal.pk not in {row.proposal.pk for row in judged(curation)}
        fresh = CurationProposal.objects.with_names().get(pk=proposal.pk)
        with pytest.raises(Conflict, match="not being judged"):
            give(fresh, curation.judges.all()[0], 80)
        edition = Edition.objects.with_names().get(pk=proposal.edition_id)
        assert edition.stage == Stage.IDEA
        advance_edition(
            edition=edition, to="proposed", decider="K", decided_on=clock.today(), reason="uji", actor=SYSTEM
        )
        assert rounds.take_in_proposals(curation=curation, actor=SYSTEM) == 1
        again = CurationProposal.objects.with_names().get(pk=proposal.pk)
        assert (again.is_standing, again.review.sheets.count()) == (True, 1)

    def test_closing_counts_what_is_there(self, province: Organisation) -> None:
        curation = judging_round(province)
        proposal = CurationProposal.objects.with_names()[0]
        give(proposal, curation.judges.all()[0], 60)
        curation = rounds.close_judging(curation=curation, actor=SYSTEM)
        rows = judged(curation)
        assert [row.points for row in rows] == [60.0, None]
        assert [row.rank for row in rows] == [1, None]
        curation = rounds.reopen_judging(curation=curation, actor=SYSTEM)
        give(CurationProposal.objects.with_names().get(pk=proposal.pk), curation.judges.all()[0], 100)

    def test_equal_points_share_a_rank(self, province: Organisation) -> None:
        assert [row.rank for row in judged(judged_round(province, points=(80, 80)))] == [1, 1]


class TestGapsAndEvidence:
    def test_gaps_stand_below_the_threshold_with_what_was_before(self, province: Organisation) -> None:
        regency = agencies()[1]
        curation = judged_round(province, points=HALF)
        row = next(each for each in judged(curation) if each.proposal.organisation == regency)
        assert [cell.points for cell in row.gaps] == [40.0] * 5
        found = evidence_of(row.proposal)
        texts = [fact.text for each in found.values() for fact in each.facts]
        assert "There is no budget yet." in texts
        assert all(each.last == [] for each in found.values())

    def test_last_years_points_stand_beside(self, province: Organisation) -> None:
        regency = agencies()[1]
        curation = judged_round(province, points=HALF)
        for row in judged(curation):
            decide(row.proposal, Verdict.LATER, "tahun depan")
        rounds.close_round(curation=curation, actor=SYSTEM)
        earlier = next(each for each in judged(curation) if each.proposal.organisation == regency)
        event = earlier.proposal.edition.event
        propose(regency, province, event=event, year=curation.year + 1)
        later = judging_round(province, year=curation.year + 1, fresh=False)
        proposal = CurationProposal.objects.with_names().get(round=later, edition__event=event)
        found = list(evidence_of(proposal).values())
        assert found[0].last == [(str(curation.rubric), 40.0)]
        assert found[0].before == earlier.proposal.edition


class TestMinutes:
    def minutes(self, curation: CurationRound, **more: Any) -> CurationRound:
        facts = {
            "held_on": clock.today(),
            "place": "Pontianak",
            "members": "Ani\nBudi",
            "minutes": "Disepakati.",
            **more,
        }
        return verdicts.keep_round_minutes(curation=curation, version=curation.version, actor=SYSTEM, **facts)

    def test_both_forms_hold_the_result_and_the_signatures(self, province: Organisation) -> None:
        from tests.events.curating import letterhead

        curation = judged_round(province)
        with pytest.raises(Conflict):
            minutes_pdf(curation)
        letterhead(province)
        with pytest.raises(Conflict, match="first|dahulu"):
            minutes_pdf(curation)
        curation = self.minutes(curation)
        assert minutes_pdf(curation).startswith(b"%PDF")
        assert minutes_docx(curation).startswith(b"PK")

    def test_one_name_or_an_open_judging_is_refused(self, province: Organisation) -> None:
        curation = judging_round(province)
        with pytest.raises(Conflict, match="once the judging is over"):
            self.minutes(curation)
        curation = rounds.close_judging(curation=curation, actor=SYSTEM)
        with pytest.raises(Conflict, match="two sign"):
            self.minutes(curation, members="Ani\n ")
        with pytest.raises(Conflict):
            verdicts.unsign_round(curation=curation, actor=SYSTEM)
