"""The lists of a wave as files: seats, readiness, letters, messages, tests, assignments."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet
from enggang.training.queries.follow_ups import ACCOUNT, EMAIL, HANDED, NOBODY

PERSON = (Column("name", _("Name"), "registration.person.name"), Column("agency", _("Agency"), "registration.agency"))
PRINTED = (Column("name", _("Name"), "registration.printed_name"), PERSON[1])

WAYS = {ACCOUNT: _("a notice here"), EMAIL: _("e-mail"), HANDED: _("an address handed out"), NOBODY: _("nobody yet")}

QUOTAS = Sheet("quotas", _("Quotas"), (
    Column("quota", _("Quota"), "count.label"),
    Column("size", _("Seats"), "count.size"),
    Column("taken", _("Taken"), "count.taken"),
    Column("held", _("Not yet confirmed"), "held"),
    Column("free", _("Free"), "count.free"),
    Column("waiting", _("Waiting"), "count.waiting"),
))  # fmt: skip
WAITING = Sheet("waiting", _("Waiting list"), (
    Column("rank", _("Rank"), "rank"),
    *PERSON,
    Column("quota", _("Quota"), "quota"),
    Column("skipped", _("Passed over"), "skipped"),
))  # fmt: skip
NO_SHOWS = Sheet("no-shows", _("Never came"), (
    Column("name", _("Name"), "person.name"),
    Column("agency", _("Agency"), "agency"),
    Column("quota", _("Quota"), "claim.pool.name"),
))  # fmt: skip
PARTS = Sheet("parts", _("Parts of quotas"), (
    Column("quota", _("Quota"), "parent.name"),
    Column("agency", _("Agency"), "organisation"),
    Column("taken", _("Taken"), "taken"),
    Column("size", _("Seats"), "size"),
))  # fmt: skip
PAGES = Sheet("pages", _("Private pages"), (
    Column("name", _("Name"), "person.name"),
    Column("agency", _("Agency"), "agency"),
    Column("account", _("Has an account"), lambda row: row.person.user_id is not None),
    Column("email", _("Has an e-mail address"), lambda row: bool(row.person.email)),
    Column("phone", _("Has a phone number"), lambda row: bool(row.person.phone)),
    Column("handed", _("Handed out on"), "handed_at"),
    Column("links", _("Addresses that work"), "links"),
))  # fmt: skip
READINESS = Sheet("readiness", _("Readiness"), (
    *PRINTED,
    Column("confirmed", _("Name confirmed"), "name_confirmed"),
    Column("missing", _("Missing"), "missing"),
))  # fmt: skip


def _desk_number(line: Any) -> Any:
    """The letter's own number, else what was typed at the desk."""
    return line.named.letter.number if line.named else line.registration.letter_number


ASSIGNMENTS = Sheet("assignments", _("Assignment letters"), (
    *PRINTED,
    Column("state", _("State"), "label"),
    Column("number", _("Number"), _desk_number),
    Column("dated", _("Date of the letter"), "named.letter.dated"),
    Column("signed", _("Signed by"), "named.letter.signed_post"),
    Column("wrong", _("What is wrong"), "named.reason"),
))  # fmt: skip
ADDRESSEES = Sheet("addressees", _("Addressees"), (
    Column("letter", _("Letter"), "letter.number"),
    Column("office", _("Office"), "office"),
    Column("agency", _("Agency"), "organisation"),
    Column("state", _("State"), "get_state_display"),
    Column("sent", _("Sent"), "sent_at"),
    Column("opened", _("Opened"), "opened_at"),
    Column("answered", _("Answered"), "answered_at"),
    Column("reminded", _("Reminded"), "reminded_at"),
    Column("reason", _("Reason"), "reason"),
))  # fmt: skip
MESSAGES = Sheet("messages", _("Messages"), (
    Column("written", _("Written"), "written_at"),
    Column("title", _("Title"), "title"),
    Column("audience", _("To whom"), lambda row: row.klass or row.get_audience_display()),
    Column("text", _("Message"), "text"),
    Column("told", _("Told"), "told"),
    Column("inbox", _("Inbox"), "by_inbox"),
    Column("email", _("E-mail"), "by_email"),
    Column("hand", _("By hand"), "by_hand"),
))  # fmt: skip
BY_HAND = Sheet("by-hand", _("To be told by WhatsApp"), (
    Column("name", _("Name"), "person.name"),
    Column("phone", _("Mobile number"), "person.shown_phone"),
))  # fmt: skip
COURSEWORK = Sheet("coursework", _("Assignments"), (
    Column("title", _("Title"), "title"),
    Column("kind", _("Kind"), "get_kind_display"),
    Column("due", _("Deadline"), "due_at"),
    Column("mode", _("Graded by"), "get_mode_display"),
    Column("counts", _("Needed to pass"), "counts"),
    Column("released", _("Results released"), "released_at"),
))  # fmt: skip


def _newest(row: Any) -> Any:
    return next(iter(row.versions.all()), None)


def _points(row: Any) -> Any:
    return row.review.points if row.review.is_decided else None


HAND_INS = Sheet("hand-ins", _("Handed in"), (
    Column("who", _("Handed in by"), str),
    Column("version", _("Version"), lambda row: _newest(row) and _newest(row).number),
    Column("at", _("Last handed in"), lambda row: _newest(row) and _newest(row).at),
    Column("late", _("Late"), lambda row: _newest(row) and _newest(row).is_late),
    Column("state", _("State"), "review.get_state_display"),
    Column("points", _("Points"), _points),
    Column("accepted", _("Accepted"), lambda row: row.is_accepted if row.review.is_decided else None),
))  # fmt: skip
SCORES = (
    *PERSON[:1],
    Column("pre", _("Pre-test"), lambda row: row.pre and round(row.pre.share, 2)),
    Column("post", _("Post-test"), lambda row: row.post and round(row.post.share, 2)),
)
TEST_SCORES = Sheet("scores", _("By participant"), SCORES)
TEST_GAINS = Sheet("scores", _("By participant"), (
    *SCORES,
    Column("gain", _("Gain"), "gain"),
    Column("normalised", _("Normalised"), "normalised"),
))  # fmt: skip
ITEM_GAINS = Sheet("questions", _("By question"), (
    Column("question", _("Question"), "text"),
    Column("pre", _("Pre-test"), "pre"),
    Column("post", _("Post-test"), "post"),
    Column("gain", _("Gain"), "gain"),
    Column("normalised", _("Normalised"), "normalised"),
))  # fmt: skip
SESSIONS = Sheet("sessions", _("Sessions"), (
    Column("title", _("Title"), "title"),
    Column("day", _("Day"), "day"),
    Column("begins", _("From"), "begins"),
    Column("ends", _("Until"), "ends"),
    Column("jp", _("JP"), "jp"),
    Column("room", _("Room"), "shown_room"),
    Column("instructor", _("Instructor"), "taught_text"),
    Column("class", _("Only for"), "klass"),
    Column("state", _("State"), "get_state_display"),
    Column("reason", _("Reason"), "cancel_reason"),
))  # fmt: skip
CLASSES = Sheet("classes", _("Classes"), (
    Column("name", _("Name"), "name"),
    Column("kind", _("Kind"), "get_kind_display"),
    Column("instructor", _("Instructor"), "instructor"),
    Column("venue", _("Venue"), "venue"),
    Column("room", _("Room"), "room"),
    Column("filled", _("Participants"), "filled"),
    Column("capacity", _("Places"), "capacity"),
))  # fmt: skip
PLACES = Sheet("places", _("Participants"), (
    Column("name", _("Name"), "person.name"),
    Column("agency", _("Agency"), "agency"),
    Column("classes", _("Classes"), lambda row: [place.klass.name for place in row.class_places.all()]),
))  # fmt: skip
MATERIALS = Sheet("materials", _("Materials"), (
    Column("title", _("Title"), "title"),
    Column("session", _("Session"), "session"),
    Column("link", _("Link"), "link"),
    Column("size", _("Size (bytes)"), "upload.length"),
    Column("added", _("Added"), "added_at"),
))  # fmt: skip
PAPER_LISTS = Sheet("lists", _("Signed lists"), (
    Column("day", _("Day"), "day"),
    Column("kind", _("List"), "kind.label"),
    Column("due", _("Due"), "is_due"),
    Column("kept", _("Kept"), "is_complete"),
    Column("missing", _("Still missing"), "missing_parts"),
    Column("files", _("Files"), lambda row: [scan.file.name for scan in row.current]),
))  # fmt: skip
FOLLOWED = Sheet("follow-up", _("Follow-up"), (Column("name", _("Superior of"), "registration.person.name"),))
TO_REACH = Sheet("follow-up-reach", _("Whom the follow-up is to reach"), (
    *PERSON,
    Column("who", _("Who is asked"), lambda row: _("Superior") if row.by_superior else _("Participant")),
    Column("superior", _("Superior"), lambda row: row.person.name if row.by_superior and row.person else ""),
    Column("reached", _("Reached by"), lambda row: WAYS[row.reached]),
))  # fmt: skip
MODULES = Sheet("modules", _("Curriculum"), (
    Column("title", _("Subject"), "title"),
    Column("jp", _("JP"), "jp"),
))  # fmt: skip
WAVES = Sheet("waves", _("Waves"), (
    Column("name", _("Wave"), "name"),
    Column("starts", _("First day"), "starts_on"),
    Column("ends", _("Last day"), "ends_on"),
    Column("venue", _("Venue"), "venue"),
    Column("state", _("State"), "get_state_display"),
))  # fmt: skip
ASKED = Sheet("questions", _("Questions"), (
    Column("label", _("Question"), "label"),
    Column("kind", _("Kind"), "get_kind_display"),
    Column("required", _("Must be answered"), "required"),
    Column("options", _("Options"), "options"),
))  # fmt: skip
PAPERS = Sheet("papers", _("Documents"), (Column("name", _("Document"), "name"),))
GRADERS = Sheet("graders", _("Graders"), (
    Column("name", _("Name"), "user.name"),
    Column("allocated", _("Allocated"), "allocated_at"),
))  # fmt: skip
CEREMONY = Sheet("ceremony", _("Closing ceremony"), (
    Column("name", _("Name"), lambda line: line["row"].printed_name),
    Column("agency", _("Agency"), lambda line: line["row"].agency),
    Column("percent", _("Present so far (%)"), lambda line: line["place"].standing.percent),
    Column("state", _("State"), lambda line: line["label"]),
    Column("number", _("Number of the certificate"), lambda line: line["place"].award and line["place"].award.number),
    Column("reasons", _("Reason"), lambda line: line["place"].reasons),
))  # fmt: skip
