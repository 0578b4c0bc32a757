"""The lists of nominating as files: calls, whom agencies name, the proposal of who gets the seats."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet
from enggang.training.models import Nomination, PaperApproval


def _papers(row: Nomination) -> str:
    papers: list[PaperApproval] = row.agreed  # type: ignore[attr-defined]  # with_papers()
    return "; ".join(f"{paper.signed_by}, {paper} ({date_format(paper.dated)})" for paper in papers)


CALLS = Sheet("calls", _("Calls"), (
    Column("title", _("Title"), "title"),
    Column("state", _("State"), "get_state_display"),
    Column("deadline", _("Nominations until"), "deadline"),
))  # fmt: skip
OWN_CALLS = Sheet("my-calls", _("Calls for nominations"), (
    Column("call", _("Call"), "call"),
    Column("agency", _("Agency"), "agency"),
    Column("deadline", _("Nominations until"), "call.deadline"),
    Column("open", _("Open"), "takes_nominations"),
    Column("nominated", _("Nominated"), "nominated"),
    Column("quota", _("Seats"), "quota"),
    Column("nobody", _("Sends nobody since"), "declined_at"),
))  # fmt: skip
NOMINATIONS = Sheet("nominations", _("Nominations"), (
    Column("agency", _("Agency"), "nomination.invited.agency"),
    Column("rank", _("Priority"), lambda line: line.rank or None),
    Column("name", _("Name"), "nomination.person.name"),
    Column("state", _("State"), "nomination.get_state_display"),
    Column("stage", _("Stage"), "nomination.stage.title"),
    Column("reason", _("Reason"), "nomination.reason"),
    Column("paper", _("Agreed on paper"), lambda line: _papers(line.nomination)),
    Column("flags", _("Flags"), "flags"),
    Column("nominated", _("Nominated on"), "nomination.nominated_at"),
))  # fmt: skip
AGENCIES = Sheet("agencies", _("Agencies"), (
    Column("agency", _("Agency"), "invited.agency"),
    Column("quota", _("Seats"), "invited.quota"),
    Column("nominated", _("Nominated"), "nominated"),
    Column("approved", _("Approved"), "approved"),
    Column("told", _("Coordinators told"), "invited.told"),
    Column("reminded", _("Reminded on"), "invited.reminded_at"),
    Column("nobody", _("Sends nobody since"), "invited.declined_at"),
    Column("nobody_why", _("Why it sends nobody"), "invited.declined_reason"),
    Column("ended", _("No longer called since"), "invited.ended_at"),
    Column("why", _("Reason"), "invited.ended_reason"),
))  # fmt: skip
CALL_CHANGES = Sheet("call-changes", _("Corrections of a call"), (
    Column("at", _("Changed on"), "change.changed_at"),
    Column("agency", _("Agency"), "change.invited.agency"),
    Column("what", _("What"), "label"),
    Column("was", _("Before"), "was"),
    Column("now", _("Now"), "now"),
))  # fmt: skip
TO_DECIDE = Sheet("endorsements", _("Nominations that wait for you"), (
    Column("name", _("Name"), "person.name"),
    Column("agency", _("Agency"), "invited.agency"),
    Column("call", _("Call"), "invited.call"),
    Column("stage", _("Stage"), "stage.title"),
    Column("deadline", _("Nominations until"), "invited.call.deadline"),
))  # fmt: skip
PROPOSED = Sheet("proposal", _("Proposal of seats"), (
    Column("rank", _("Rank"), "rank"),
    Column("name", _("Name"), "nomination.person.name"),
    Column("agency", _("Agency"), "nomination.invited.agency"),
    Column("wave", _("Wave"), "wave.name"),
    Column("reason", _("Reason"), "reason"),
    Column("fixed", _("Fixed"), "fixed"),
    Column("excluded", _("Left out"), "excluded"),
    Column("problem", _("What stands in the way"), "problem"),
))  # fmt: skip
