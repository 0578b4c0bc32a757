"""The guide kept as rows of a year; the entry scored, evidenced, handed from desk to desk; the index of the region."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.files.models import StoredFile
from enggang.innovation.domain import evidence as vault
from enggang.innovation.domain import submissions as acts
from enggang.innovation.domain.guide import copy_guide, keep_guide_row, load_guide
from enggang.innovation.domain.packing import pack_submission
from enggang.innovation.enums_iid import SubmissionState
from enggang.innovation.models import (
    Evidence,
    GuideIndicator,
    Submission,
)
from enggang.innovation.queries.desk import waiting_for
from enggang.innovation.queries.guide import changes_between, fields_of, guide_of
from enggang.innovation.queries.profile import left_empty, profile_of
from enggang.innovation.queries.proofs import months_between
from tests.innovation.entering import (
    MANDATORY,
    Desks,
    adopted,
    fresh,
    make_entry,
    prove,
    sheet,
    through,
)
from tests.training.factories import make_actor, make_agency

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
PDF = b"%PDF-1.7\n%%EOF"


# -- the guide --------------------------------------------------------------------------------------------


def test_the_shipped_guide_loads_twice_and_says_that_nobody_has_compared_it(desks: Desks) -> None:
    assert load_guide(actor=SYSTEM)["GuideIndicator"] == 26
    assert sum(load_guide(actor=SYSTEM).values()) == 0
    guide = guide_of(desks.agency, 2026)
    assert (len(guide.own), len(guide.region)) == (20, 6)
    assert guide.formula.whole == 250
    assert all(row.doubt and row.source for row in [*guide.own, *guide.region, *guide.predicates])
    assert len(fields_of(desks.agency, 2027)) == 22  # the newest known before it


def test_loading_is_for_the_installation(desks: Desks) -> None:
    with pytest.raises(NotAllowed):
        load_guide(actor=make_actor(Role.ADMINISTRATOR, desks.agency))


def test_years_differ_as_rows_not_as_code(desks: Desks) -> None:
    load_guide(actor=SYSTEM)
    words = {year: {label: low for low, label in guide_of(desks.agency, year).steps} for year in (2023, 2024, 2026)}
    assert words[2023]["Sangat Inovatif"] == words[2024]["Sangat Inovatif"] == Decimal("60.01")
    assert words[2026]["Sangat Inovatif"] == Decimal("65.01")
    divisors = {year: guide_of(desks.agency, year).formula.divisor for year in (2023, 2025, 2026, 2027, 2028, 2029)}
    assert divisors == {2023: 10, 2025: None, 2026: 12, 2027: 14, 2028: 16, 2029: 18}
    assert guide_of(desks.agency, 2027).formula.basic_needed == 6


def test_an_agencys_own_row_takes_the_place_of_the_shipped_one_for_it_alone(desks: Desks) -> None:
    load_guide(actor=SYSTEM)
    own = GuideIndicator(
        year=2026, code="35", title="Video", weight=5, valid_from=date(2026, 1, 1), source="Surat asli"
    )
    keep_guide_row(rule=own, organisation=desks.agency, actor=desks.actor("companion"))
    load_guide(actor=SYSTEM)
    ours, theirs = guide_of(desks.agency, 2026).indicator("35"), guide_of(desks.board, 2026).indicator("35")
    assert ours is not None
    assert theirs is not None
    assert (ours.weight, theirs.weight) == (5, 4)


def test_a_row_of_the_guide_is_kept_by_organisers_and_a_shipped_one_never_changed(desks: Desks) -> None:
    load_guide(actor=SYSTEM)
    shipped = GuideIndicator.objects.get(code="35", year=2026)
    shipped.weight = 9
    with pytest.raises(Conflict):
        keep_guide_row(rule=shipped, organisation=desks.agency, actor=desks.actor("companion"))
    own = GuideIndicator(year=2026, code="35", title="Video", weight=5, valid_from=date(2026, 1, 1), source="Surat")
    with pytest.raises(NotAllowed):
        keep_guide_row(rule=own, organisation=desks.agency, actor=desks.actor("writer"))
    own.weight = 101
    with pytest.raises(ValidationError):
        keep_guide_row(rule=own, organisation=desks.agency, actor=desks.actor("companion"))


def test_the_next_year_is_begun_from_this_one_as_unverified_rows_without_days(desks: Desks) -> None:
    load_guide(actor=SYSTEM)
    made = copy_guide(organisation=desks.agency, older=2026, newer=2027, actor=desks.actor("companion"))
    guide = guide_of(desks.agency, 2027)
    assert made > 20
    assert len(guide.own) == 20
    assert guide.formula.divisor == 14  # 2027 had a formula of its own already, so that was left alone
    assert all(row.doubt for row in guide.own)
    assert changes_between(desks.agency, 2026, 2027) != []
    with pytest.raises(Conflict):
        copy_guide(organisation=desks.agency, older=2026, newer=2027, actor=desks.actor("companion"))
    with pytest.raises(NotAllowed):
        copy_guide(organisation=desks.agency, older=2026, newer=2030, actor=desks.actor("writer"))
    with pytest.raises(Conflict):
        copy_guide(organisation=desks.agency, older=1999, newer=2030, actor=desks.actor("companion"))


def test_the_difference_between_two_years_names_every_field(desks: Desks) -> None:
    load_guide(actor=SYSTEM)
    copy_guide(organisation=desks.agency, older=2026, newer=2027, actor=SYSTEM)
    row = GuideIndicator.objects.get(year=2027, code="35")
    row.weight, row.third = 6, "Enam substansi"
    keep_guide_row(rule=row, organisation=desks.agency, version=row.version, actor=SYSTEM)
    GuideIndicator.objects.filter(year=2027, code="34").delete()
    found = changes_between(desks.agency, 2026, 2027)
    own = [(each.row.split()[0], each.kind, each.old, each.new) for each in found if each.row.startswith("3")]
    assert ("35", "changed", "4", "6") in own
    assert ("34", "gone", "", "") in own
    assert changes_between(desks.agency, 2026, 2026) == []
    assert {each.kind for each in changes_between(desks.agency, 2031, 2026)} == {"added"}


# -- the entry --------------------------------------------------------------------------------------------


def test_an_entry_is_begun_once_a_year_by_who_writes_and_only_by_a_known_guide(desks: Desks, entry: Submission) -> None:
    innovation = entry.innovation
    with pytest.raises(Conflict):
        acts.begin_submission(innovation=innovation, year=2026, actor=SYSTEM)
    with pytest.raises(Conflict):
        acts.begin_submission(innovation=innovation, year=2031, actor=SYSTEM)
    with pytest.raises(NotAllowed):
        acts.begin_submission(innovation=innovation, year=2026, actor=desks.actor("researcher"))


def test_the_owner_writes_without_any_role(entry: Submission) -> None:
    from enggang.core.actor import load_user
    from enggang.people.domain.accounts import ensure_user

    assert entry.innovation.owner is not None
    owner = load_user(ensure_user(person=entry.innovation.owner, actor=SYSTEM).pk)
    acts.choose_parameter(submission=fresh(entry), code="16", parameter=2, actor=owner)
    assert Submission.objects.visible_to(owner).get() == entry


@pytest.mark.parametrize(
    ("code", "parameter", "basis"), [("99", 1, ""), ("16", 4, ""), ("16", -1, ""), ("33", 1, "votes")]
)
def test_what_the_guide_does_not_have_cannot_be_chosen(
    entry: Submission, code: str, parameter: int, basis: str
) -> None:
    with pytest.raises(Conflict):
        acts.choose_parameter(submission=entry, code=code, parameter=parameter, basis=basis, actor=SYSTEM)


def test_one_piece_of_evidence_serves_several_indicators(entry: Submission) -> None:
    prove(entry, "16", "20", parameter=2)
    assert Evidence.objects.count() == 1
    assert sheet(entry).score.points == 3 * 2 + 1 * 2


def test_points_fall_when_the_evidence_is_taken_away(entry: Submission) -> None:
    prove(entry, "16", parameter=3)
    piece = Evidence.objects.get()
    vault.leave_evidence(submission=entry, code="16", evidence=piece, actor=SYSTEM)
    assert (sheet(entry).score.points, sheet(entry).score.claimed) == (0, 9)
    with pytest.raises(Conflict):
        vault.leave_evidence(submission=entry, code="16", evidence=piece, actor=SYSTEM)
    vault.withdraw_evidence(evidence=piece, actor=SYSTEM)
    with pytest.raises(Conflict):
        vault.withdraw_evidence(evidence=piece, actor=SYSTEM)
    with pytest.raises(Conflict):
        vault.use_evidence(submission=entry, code="16", evidence=fresh_piece(piece), actor=SYSTEM)


def fresh_piece(piece: Evidence) -> Evidence:
    return Evidence.objects.with_names().get(pk=piece.pk)


def test_evidence_of_another_innovation_serves_nothing_here(desks: Desks, entry: Submission) -> None:
    other = vault.bring_link(innovation=adopted(desks, "Lain"), title="Lain", link="https://x.id/a", actor=SYSTEM)
    with pytest.raises(Conflict):
        vault.use_evidence(submission=entry, code="16", evidence=other, actor=SYSTEM)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://x.id/a", "x", ""])
def test_only_addresses_of_the_web_are_links(entry: Submission, link: str) -> None:
    with pytest.raises(Conflict):
        vault.bring_link(innovation=entry.innovation, title="T", link=link, actor=SYSTEM)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>", b"%PDF-1.7" + b"0" * (21 * 2**20)])
def test_only_papers_of_a_reasonable_size_are_files(entry: Submission, content: bytes) -> None:
    with pytest.raises(Conflict):
        vault.bring_file(innovation=entry.innovation, title="T", content=content, name="a.pdf", actor=SYSTEM)
    assert not StoredFile.objects.exists()


def test_strangers_bring_nothing_and_see_nothing(desks: Desks, entry: Submission) -> None:
    stranger = make_actor(Role.ORGANISER, make_agency("Lain"))
    piece = vault.bring_file(innovation=entry.innovation, title="T", content=PDF, name="a.pdf", actor=SYSTEM)
    for do in (
        lambda: vault.bring_file(innovation=entry.innovation, title="T", content=PDF, name="a.pdf", actor=stranger),
        lambda: acts.choose_parameter(submission=entry, code="16", parameter=1, actor=stranger),
        lambda: acts.answer_profile(submission=entry, answers={}, version=1, actor=stranger),
        lambda: pack_submission(submission=entry, actor=stranger),
        lambda: vault.withdraw_evidence(evidence=piece, actor=stranger),
    ):
        with pytest.raises(NotAllowed):
            do()
    assert not Submission.objects.visible_to(stranger).exists()
    assert not Evidence.objects.visible_to(stranger).exists()
    board = desks.actor("researcher")
    assert not Evidence.objects.visible_to(board).exists()  # not used in what was handed to it
    vault.use_evidence(submission=entry, code="16", evidence=piece, actor=SYSTEM)
    assert Evidence.objects.visible_to(board).get() == piece


# -- from desk to desk ------------------------------------------------------------------------------------


def test_four_people_look_at_it_one_after_the_other(desks: Desks, entry: Submission) -> None:
    prove(entry, *MANDATORY)
    done = through(desks, entry)
    assert (done.state, done.validated_at) == (SubmissionState.VALIDATED, clock.now())
    assert [step.to for step in done.steps.all()] == ["companion", "head", "board", "validated"]
    kept = done.versions.get()
    assert kept.read()["points"] == 14
    assert kept.is_whole
    with pytest.raises(Conflict):
        acts.hand_on_submission(submission=done, actor=desks.actor("researcher"))


def test_nobody_hands_on_twice_nor_out_of_turn(desks: Desks, entry: Submission) -> None:
    prove(entry, *MANDATORY)
    for name in ("head", "researcher"):
        with pytest.raises(NotAllowed):
            acts.hand_on_submission(submission=entry, actor=desks.actor(name))
    acts.hand_on_submission(submission=entry, actor=desks.actor("companion"))
    for name in ("companion", "head", "researcher"):
        with pytest.raises(NotAllowed):
            acts.hand_on_submission(submission=entry, actor=desks.actor(name))
    acts.hand_on_submission(submission=entry, actor=desks.actor("writer"))
    assert fresh(entry).state == SubmissionState.HEAD


def test_it_is_not_handed_in_while_a_mandatory_indicator_brings_nothing(desks: Desks, entry: Submission) -> None:
    prove(entry, *MANDATORY[:-1])
    with pytest.raises(Conflict, match="35"):
        acts.hand_on_submission(submission=entry, actor=desks.actor("writer"))
    assert fresh(entry).state == SubmissionState.DRAFT


def test_without_a_board_it_stops_at_the_head(desks: Desks, entry: Submission) -> None:
    prove(entry, *MANDATORY)
    Submission.objects.filter(pk=entry.pk).update(board=None)
    for name in ("writer", "companion"):
        acts.hand_on_submission(submission=entry, actor=desks.actor(name))
    with pytest.raises(Conflict):
        acts.hand_on_submission(submission=entry, actor=desks.actor("head"))


def test_what_comes_back_is_changed_and_handed_in_as_the_next_version(desks: Desks, entry: Submission) -> None:
    prove(entry, *MANDATORY)
    acts.hand_on_submission(submission=entry, actor=desks.actor("writer"))
    with pytest.raises(Conflict):
        acts.choose_parameter(submission=entry, code="16", parameter=3, actor=desks.actor("writer"))
    with pytest.raises(Conflict):
        vault.withdraw_evidence(evidence=fresh_piece(Evidence.objects.get()), actor=desks.actor("writer"))
    with pytest.raises(Conflict):
        acts.send_back_submission(submission=entry, reason="  ", actor=desks.actor("companion"))
    acts.send_back_submission(submission=entry, reason="SK belum lengkap", actor=desks.actor("companion"))
    acts.choose_parameter(submission=fresh(entry), code="16", parameter=3, actor=desks.actor("writer"))
    acts.hand_on_submission(submission=entry, actor=desks.actor("writer"))
    newest, first = entry.versions.all()
    assert (first.read()["points"], newest.read()["points"]) == (14, 20)


def test_who_has_it_is_told_on_the_home_page_but_not_who_handed_it_on(desks: Desks, entry: Submission) -> None:
    prove(entry, *MANDATORY)
    acts.hand_on_submission(submission=entry, actor=desks.actor("companion"))
    assert waiting_for(desks.actor("writer")) == [entry]
    assert waiting_for(desks.actor("companion")) == []
    assert waiting_for(desks.actor("head")) == []


def test_the_next_year_takes_over_what_stood_and_freezes_it(desks: Desks, entry: Submission) -> None:
    prove(entry, *MANDATORY)
    acts.answer_profile(submission=entry, answers={"asta_cita": "4"}, version=1, actor=SYSTEM)
    old = through(desks, fresh(entry))
    copy_guide(organisation=desks.agency, older=2026, newer=2027, actor=SYSTEM)
    GuideIndicator.objects.filter(year=2027, code="32").delete()
    new = acts.begin_submission(innovation=old.innovation, year=2027, actor=desks.actor("writer"))
    old.refresh_from_db()
    assert (old.state, new.state, new.board) == (SubmissionState.FROZEN, SubmissionState.DRAFT, desks.board)
    assert old.validated_at is not None
    assert sorted(new.scores.values_list("code", flat=True)) == ["16", "17", "33", "35"]
    assert new.uses.count() == 4
    assert new.answers.get().text == "4"
    assert Evidence.objects.count() == 1
    with pytest.raises(Conflict):
        acts.choose_parameter(submission=fresh(old), code="16", parameter=3, actor=SYSTEM)
    with pytest.raises(Conflict):
        acts.close_year(submission=fresh(old), actor=desks.actor("researcher"))


def test_only_the_board_closes_and_reopens(desks: Desks, entry: Submission) -> None:
    prove(entry, *MANDATORY)
    through(desks, entry)
    with pytest.raises(NotAllowed):
        acts.send_back_submission(submission=entry, reason="x", actor=desks.actor("head"))
    acts.send_back_submission(submission=entry, reason="Angka salah", actor=desks.actor("researcher"))
    assert fresh(entry).validated_at is None
    with pytest.raises(NotAllowed):
        acts.close_year(submission=entry, actor=desks.actor("head"))
    acts.close_year(submission=entry, actor=desks.actor("researcher"))
    assert fresh(entry).state == SubmissionState.FROZEN


# -- the profile ------------------------------------------------------------------------------------------


def test_the_profile_is_filled_from_the_record_and_says_what_it_cannot_know(entry: Submission) -> None:
    answers = {each.field.code: each for each in profile_of(entry)}
    assert len(answers) == 22
    assert answers["nama"].text == "Antrean daring museum"
    assert answers["tahapan"].text == "Penerapan"
    assert answers["penerapan"].text == "1 Juni 2025"
    assert answers["rancang_bangun"].words == 305
    assert [each.field.code for each in left_empty(list(answers.values()))] == ["asta_cita", "prioritas"]
    assert all(not each.is_knowable for each in left_empty(list(answers.values())))


def test_a_design_of_too_few_words_is_told(desks: Desks) -> None:
    entry = make_entry(desks, adopted(desks, design="kata " * 299))
    (design,) = [each for each in profile_of(entry) if each.field.code == "rancang_bangun"]
    assert design.is_short
    assert "299" in design.fault


def test_what_is_typed_goes_before_the_record_and_an_emptied_field_falls_back(entry: Submission) -> None:
    acts.answer_profile(submission=entry, answers={"nama": "Antre Maya"}, version=1, actor=SYSTEM)
    assert profile_of(entry)[0].text == "Antre Maya"
    with pytest.raises(Conflict):
        acts.answer_profile(submission=entry, answers={"nama": "Lain"}, version=1, actor=SYSTEM)
    acts.answer_profile(submission=entry, answers={"nama": "  "}, version=2, actor=SYSTEM)
    assert profile_of(entry)[0].text == "Antrean daring museum"
    with pytest.raises(Conflict):
        acts.answer_profile(submission=fresh(entry), answers={"nomor_hp": "1"}, version=3, actor=SYSTEM)
    with pytest.raises(ValidationError):
        acts.answer_profile(submission=fresh(entry), answers={"haki": "x" * 10_001}, version=3, actor=SYSTEM)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2025, 3, 1), date(2025, 6, 1), 3), (date(2025, 3, 1), date(2025, 6, 2), 4), (date(2025, 3, 1), date(2025, 3, 1), 1),
        (date(2024, 12, 31), date(2025, 1, 1), 1),
    ],
)  # fmt: skip
def test_months_begun(start: date, end: date, months: int) -> None:
    assert months_between(start, end) == months
