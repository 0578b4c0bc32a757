"""The question bank, tests, surveys and what they yielded as files: of answers only what a page may show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Export, Sheet
from enggang.surveys.bodies import written
from enggang.surveys.models import Survey
from enggang.surveys.queries.opinions import Opinions


def _answers(version: Any) -> str:
    return written(version.kind, version.body)


BANK = Sheet("bank", _("Question bank"), (
    Column("topic", _("Topic"), "topic"),
    Column("kind", _("Kind"), "current.get_kind_display"),
    Column("text", _("Question"), "current.text"),
    Column("answers", _("Answers"), lambda row: _answers(row.current) if row.current else ""),
    Column("version", _("Version"), "current.number"),
    Column("archived", _("Put away on"), "archived_at"),
))  # fmt: skip
TEST_QUESTIONS = Sheet("test-questions", _("Questions"), (
    Column("place", _("Place"), lambda line: line[0].position),
    Column("kind", _("Kind"), lambda line: line[1].get_kind_display()),
    Column("text", _("Question"), lambda line: line[1].text),
    Column("answers", _("Answers"), lambda line: line[2]),
    Column("points", _("Points"), lambda line: line[0].points),
))  # fmt: skip
SITTINGS = Sheet("sittings", _("Sittings"), (
    Column("code", _("Sitting"), "attempt.code"),
    Column("begun", _("Begun"), "attempt.started_at"),
    Column("handed", _("Handed in"), "attempt.handed_in_at"),
    Column("percent", _("Percent"), "percent"),
))  # fmt: skip
SERVICES = Sheet("services", _("Citizens on services (SKM)"), (
    Column("service", _("Service"), "service"),
    Column("agency", _("Agency"), "organisation"),
    Column("starts", _("First day"), "service.starts_on"),
    Column("ends", _("Last day"), "service.ends_on"),
    Column("state", _("State"), "get_state_display"),
))  # fmt: skip
STATEMENTS = Sheet("statements", _("Statements"), (
    Column("section", _("Section"), "section"),
    Column("kind", _("Kind"), "get_kind_display"),
    Column("text", _("Statement"), "text"),
))  # fmt: skip
SETTINGS = Sheet("settings", _("Numbers for tests and evaluation"), (
    Column("key", _("Number"), "get_key_display"),
    Column("value", _("Value"), "value"),
    Column("agency", _("Agency"), "organisation"),
    Column("from", _("Valid from"), "valid_from"),
    Column("source", _("Source"), "source"),
    Column("verified", _("Verified"), "verified"),
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Yield:
    """One line of what surveys yielded: ``of`` is a statement, a question about the person, or a class."""

    survey: Survey
    of: str
    says: str = ""
    count: int | None = None
    mean: float | None = None
    percent: float | None = None


OPINIONS = Sheet("opinions", _("Results"), (
    Column("survey", _("Survey"), "survey"),
    Column("statement", _("Statement"), "of"),
    Column("mean", _("Mean"), "mean"),
    Column("percent", _("Share of the highest step"), "percent"),
    Column("counts", _("Answers for each step, lowest first"), "says"),
    Column("counted", _("Answers"), "count"),
))  # fmt: skip
COMMENTS = Sheet("comments", _("Comments"), (
    Column("survey", _("Survey"), "survey"),
    Column("statement", _("Statement"), "of"),
    Column("comment", _("Comment"), "says"),
))  # fmt: skip
GROUPS = Sheet("groups", _("By class and by who answered"), (
    Column("survey", _("Survey"), "survey"),
    Column("by", _("By"), "of"),
    Column("group", _("Group"), "says"),
    Column("count", _("Answers"), "count"),
    Column("mean", _("Mean"), "mean"),
))  # fmt: skip


def opinion_rows(found: Iterable[Opinions]) -> list[Yield]:
    """By statement. Empty below the least number of answers, as ``opinions_of`` is."""
    return [
        Yield(
            each.survey, line.statement.text, " · ".join(map(str, line.counts)), each.counted, line.mean, line.percent
        )
        for each in found
        for line in each.lines
    ]


def comment_rows(found: Iterable[Opinions]) -> list[Yield]:
    return [
        Yield(each.survey, statement.text, text) for each in found for statement, said in each.comments for text in said
    ]


def group_rows(found: Iterable[Opinions]) -> list[Yield]:
    """By class, and by what citizens said of themselves: without those that are hidden because they are small."""
    rows = []
    for each in found:
        rows += [
            Yield(each.survey, __("Class"), name or __("Without a class"), count, mean)
            for name, count, mean in each.groups
        ]
        rows += [
            Yield(each.survey, title, option, count)
            for title, counts, _hidden in each.profile
            for option, count in counts
        ]
    return rows


def opinion_exports(found: list[Opinions], about: Any) -> tuple[Export, Export, Export]:
    """What a page that shows these opinions offers."""
    return (
        OPINIONS.of(opinion_rows(found), about=about),
        COMMENTS.of(comment_rows(found), about=about),
        GROUPS.of(group_rows(found), about=about),
    )
