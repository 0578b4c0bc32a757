"""Every list of the staff's pages can be carried away as a file, by those who see the page and by nobody else."""

from __future__ import annotations

import csv
import inspect
import io
from typing import Any, NamedTuple

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.audit.models import AuditEntry
from enggang.core.exports import Column
from tests.architecture import listed
from tests.architecture.asking import is_in, put_away
from tests.architecture.matrix import ANONYMOUS, ROLES, SELF, Row, Side, World, build_world
from tests.architecture.test_permissions import SHARES, TABLE

ONE_ROW = "one row in full: the list it stands in is exported where it is a list"
OWN_RECORD = "one person's record: it leaves with the people of the agency, or by the person's own hand-off"
PREVIEW = "what an upload would do, before it is done: its rejected rows have a workbook of their own"
OWN_FILE = "has a file of its own that holds more than the page"
TABLE_CODE = "table"  # a list whose columns are those of a table takes any post for its export
CHOICE = "rows to choose from in a form: they are lists elsewhere"
TO_PAPER = "made to be printed and signed"
# "module:function template": why the page has no export.
EXCEPTIONS = {
    "portal.embed:embed portal/embed.html": "a frame in somebody else's page",
    "stories.destinations:destination stories/destination.html": ONE_ROW,
    "stories.stories:_page stories/story.html": ONE_ROW,
    "stories.press:release_new stories/release_new.html": PREVIEW,
    "stories.suggestions:_page stories/suggestion.html": ONE_ROW,
    "stories.suggestions:desks stories/desks.html": "a setting of each agency that the reader keeps, one line for each",
    "training.assignments:assignment_judge training/assignments.html": "the list again, beside what was wrong in its form",
    "attendance.clock:clock_file attendance/clock_file.html": PREVIEW,
    "attendance.occasion:signature_sheet attendance/sheet.html": TO_PAPER,
    "attendance.passages:ticket_sheet attendance/ticket_sheet.html": TO_PAPER,
    "attendance.saved:saved_scans attendance/saved.html": PREVIEW,
    "budgets.plans:plan_preview budgets/plan.html": PREVIEW,
    "documents.letters:_page documents/letter.html": ONE_ROW,
    "documents.wordings:template documents/template.html": ONE_ROW,
    "events.bookings:_page events/booking.html": ONE_ROW,
    "events.counted:saved events/counting_saved.html": PREVIEW,
    "events.counting:_board_part events/counting_board_now.html": "a part of the page of the board",
    "events.counting:sheet_print events/counting_sheet.html": TO_PAPER,
    "events.editions:_preview events/dates_preview.html": "what a decision would move, before it is taken",
    "events.papers:_form_page events/paper_form.html": "what the letter lacks, beside its form: the list of papers has it",
    "events.visitors:slot_print events/slot_print.html": TO_PAPER,
    "events.stall_vendors:_page events/stall_application.html": ONE_ROW,
    "impact.monday:_page impact/monday.html": "an agenda out of lists that are exported; it leaves by print and as a text",
    "impact.monday:earlier impact/monday.html": "the agenda as it was known then",
    "media.contests:contest_enter media/contest_enter.html": OWN_RECORD,
    "media.rights:_page media/rights.html": ONE_ROW,
    "office.audit:trail office/audit.html": OWN_FILE,
    "office.home:home office/home.html": "what waits today, out of lists that are exported",
    "people.persons:_person_page people/detail.html": OWN_RECORD,
    "people.rosters:_page people/roster.html": PREVIEW,
    "impact.causes:causes impact/causes.html": "what was said of one indicator, week by week: the page of the week has it as paper and text",
    "innovation.ideas:_page innovation/idea.html": ONE_ROW,
    "innovation.ideas:idea_similar innovation/alike.html": CHOICE,
    "innovation.innovations:_page innovation/innovation.html": ONE_ROW,
    "innovation.ties:belonging innovation/belonging.html": ONE_ROW,
    "innovation.entries:entries innovation/entries.html": "the years of one innovation: the entries of a year are exported with the region",
    "innovation.entries:entry_version innovation/version.html": ONE_ROW,
    "innovation.entries:parameter innovation/parameter.html": ONE_ROW,
    "innovation.entries:profile innovation/profile.html": OWN_FILE,
    "media.assets:asset_page media/asset.html": ONE_ROW,
    "media.assets:asset_focus media/focus.html": ONE_ROW,
    "media.captions:_page media/captions.html": "one text, fetched as WebVTT",
    "media.giving:share_kit media/share_kit.html": ONE_ROW,
    "plans.holidays:list_new plans/holiday_paste.html": PREVIEW,
    "plans.tasks:bundles plans/bundles.html": CHOICE,
    "surveys.bank:_form_page surveys/question.html": ONE_ROW,
    "surveys.importing:question_import surveys/import.html": PREVIEW,
    "training.action_plans:_judge_page training/action_plan.html": ONE_ROW,
    "training.action_plans:_own training/own_plan.html": ONE_ROW,
    "training.corrected:corrected_papers training/corrected.html": OWN_RECORD,
    "training.grading:_page training/hand_in.html": ONE_ROW,
    "training.index:_page training/index_person.html": OWN_RECORD,
    "training.index:index_list training/index_list.html": OWN_FILE,
    "training.instructors:assignment training/assignment.html": CHOICE,
    "training.instructors:instructor_page training/instructor.html": "the page again, with a new address on it",
    "training.learning:_person_page training/learning_person.html": OWN_RECORD,
    "training.letters:addressee training/addressee.html": ONE_ROW,
    "training.lists:printed_list training/list_print.html": TO_PAPER,
    "training.needs:invited_need_new training/need_form.html": CHOICE,
    "training.needs:need_call training/need_call.html": CHOICE,
    "training.needs:need_new training/need_form.html": CHOICE,
    "training.needs:need_page training/need.html": ONE_ROW,
    "training.nominations:invited_seats training/call_seats.html": "a part of the page of the agency",
    "training.nominations:invited_seats_now training/call_seats.html": "a part of the page of the agency",
    "training.panels:_sitting training/sitting.html": ONE_ROW,
    "training.pasting:_answer training/nominate_paste.html": PREVIEW,
    "training.pocket:_page training/pocket.html": OWN_RECORD,
    "training.profile:_page training/profile.html": OWN_RECORD,
    "training.registrations:nominate training/nominate.html": CHOICE,
    "training.reports:_page training/report.html": OWN_FILE,
    "training.reports:report_version training/report_version.html": ONE_ROW,
    "training.seats:substitute training/seats_substitute.html": CHOICE,
    "training.guests:_page training/seats_guest.html": CHOICE,
    "training.seats:walk_in training/seats_walk_in.html": CHOICE,
    "training.signing:signing training/signing.html": CHOICE,
    "training.works:work_page training/work.html": ONE_ROW,
}


def test_every_page_with_a_list_has_an_export() -> None:
    assert [page.name for page in listed.pages() if not page.has_export and page.name not in EXCEPTIONS] == []


def test_every_exception_is_still_needed() -> None:
    without = {page.name for page in listed.pages() if not page.has_export}
    assert sorted(EXCEPTIONS.keys() - without) == []


class TestTheWalkSees:
    """A walk that finds nothing holds nothing."""

    def test_pages_of_every_kind(self) -> None:
        found = {page.template for page in listed.pages() if page.has_export}
        paged, plain, tabled = "training/calls.html", "training/seats.html", "training/waves.html"
        assert {paged, plain, tabled, "attendance/occasion.html", "places/dated_rows.html"} <= found

    def test_a_list_in_what_a_template_includes(self) -> None:
        assert listed.shows_rows("surveys/survey.html")
        assert not listed.shows_rows("training/wave_form.html")

    def test_a_page_without_an_export(self) -> None:
        assert any(page.name == "training.works:work_page training/work.html" for page in listed.pages())

    def test_a_cell_that_asks_the_database(self, db: None) -> None:
        with connection.execute_wrapper(notice := Notice()):
            AuditEntry.objects.count()
            Column("count", "Count", lambda _row: AuditEntry.objects.count()).of(None)
        assert len(notice.seen) == 1


@pytest.fixture
def world(db: None) -> World:
    cache.clear()
    return build_world()


@pytest.mark.parametrize("share", range(SHARES))
def test_who_sees_a_page_gets_its_lists_and_nobody_else(world: World, share: int) -> None:
    """Each list that somebody is offered is asked for by everybody: a file comes where the page comes."""
    rows = [(name, row) for name in sorted(TABLE)[share::SHARES] for row in TABLE[name] if row.method == "GET"]
    found, wrong = 0, []
    for name, row in rows:
        own = answers(world, address_of(name, row, world.own))
        if lists := offered(own):
            found += len(lists)
            wrong += problems(own, lists)
            other = address_of(name, row, world.other)
            wrong += problems(answers(world, other), lists) if other != own.address else []
    assert found
    assert wrong == []


class Answers(NamedTuple):
    """A page as every visitor gets it: whether they see it, and the lists it offers them with their columns."""

    address: str
    clients: dict[str, Client]
    sees: dict[str, bool]
    lists: dict[str, dict[str, list[str]]]


def address_of(name: str, row: Row, side: Side) -> str:
    return reverse(name, kwargs=dict(row.args(side)))


def answers(world: World, address: str) -> Answers:
    """Roles only ever add rights: where a person with all of them sees nothing to carry away, and neither does one who
    only reads, the others are not asked."""
    few = {who: world.clients[who] for who in (ANONYMOUS, SELF, str(Role.INSPECTOR))}
    found = _answers({"all": world.holding(ROLES), **few}, address)
    return _answers(world.clients, address) if found.sees["all"] and offered(found) else found


def _answers(clients: dict[str, Client], address: str) -> Answers:
    found = Answers(address, clients, {}, {})
    for who, client in clients.items():
        got, _acts = ask(client, address)
        context = getattr(got, "context", None)
        exports = (context.get("exports") if context else None) or []
        found.sees[who] = is_in(got)
        found.lists[who] = {each.sheet.code: list(each.headers.values()) for each in exports}
        table: Any = context.get("table") if context else None
        if getattr(table, "export_columns", None) and len(table.rows):
            found.lists[who][TABLE_CODE] = [str(header) for header in table.export_columns.values()]
    return found


def offered(page: Answers) -> dict[str, list[str]]:
    return {code: header for lists in page.lists.values() for code, header in lists.items()}


def problems(page: Answers, lists: dict[str, list[str]]) -> list[str]:
    """Who is offered a list gets its rows, and the trail says so; who does not see the page gets no file."""
    found = []
    for code in lists:
        for who, client in page.clients.items():
            with connection.execute_wrapper(notice := Notice()):
                got, acts = ask(client, page.address, code)
            found += [f"{code} of {page.address}: {sql}" for sql in notice.seen]
            is_file = got.headers.get("Content-Disposition", "").startswith("attachment")
            wanted = page.lists[who].get(code)
            rows = read(got) if is_file else []
            if wanted and (rows[:1] != [wanted] or len(rows) < 2 or "core.export_list" not in acts):
                found.append(f"{who} is offered {code} of {page.address} and gets {rows[:2]}, {acts}")
            if is_file and not page.sees[who]:
                found.append(f"{who} gets {code} of {page.address} without seeing it")
            if got.status_code >= 405:
                found.append(f"{who} asks for {code} of {page.address}: {got.status_code}")
    return found


class Notice:
    """Watches for questions to the database that the cell of one row asks: there would be as many as rows."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        frame = inspect.currentframe()
        while frame is not None:
            if frame.f_code is Column.of.__code__:
                self.seen.append(f"{frame.f_locals['self'].name} asks {sql[:300]}")
                break
            frame = frame.f_back
        return execute(sql, params, many, context)


def ask(client: Client, address: str, code: str = "") -> tuple[HttpResponse, list[str]]:
    """The answer and the acts it wrote, which are not kept."""
    with transaction.atomic():
        last = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        got: Any = client.post(address, {"list": code, "form": "csv"}) if code else client.get(address)
        acts = list(AuditEntry.objects.filter(pk__gt=last).values_list("code", flat=True))
        put_away(got)
        transaction.set_rollback(True)
    return got, acts


def read(response: HttpResponse) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
