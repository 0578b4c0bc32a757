from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class WaveState(TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    FINISHED = "finished", _("Finished")
    CANCELLED = "cancelled", _("Cancelled")


WAVE_MOVES = {
    WaveState.DRAFT: frozenset({WaveState.OPEN, WaveState.CANCELLED}),
    WaveState.OPEN: frozenset({WaveState.FINISHED, WaveState.CANCELLED}),
    WaveState.FINISHED: frozenset({WaveState.OPEN}),
    WaveState.CANCELLED: frozenset({WaveState.DRAFT, WaveState.OPEN}),
}
PUBLIC_STATES = (WaveState.OPEN, WaveState.FINISHED)


class SessionState(TextChoices):
    PLANNED = "planned", _("Planned")
    CANCELLED = "cancelled", _("Called off")


SESSION_MOVES = {
    SessionState.PLANNED: frozenset({SessionState.CANCELLED}),
    SessionState.CANCELLED: frozenset({SessionState.PLANNED}),
}


class Signing(TextChoices):
    """How much is signed for with one signature."""

    SESSION = "session", _("for every session")
    HALF = "half", _("by half day")
    DAY = "day", _("by day")


class ClassKind(TextChoices):
    CLASS = "class", _("Class")
    GROUP = "group", _("Practice group")


class Audience(TextChoices):
    ALL = "all", _("Everyone with a seat or on the waiting list")
    SEATED = "seated", _("Those with a seat")
    WAITING = "waiting", _("Those on the waiting list")
    UNCONFIRMED = "unconfirmed", _("Those who have not confirmed their name")
    CLASS = "class", _("One class or practice group")


class Notice(TextChoices):
    """What a message to a wave is: written by a person, or what became of a session."""

    TEXT = "wave", _("Message")
    OFF = "session_off", _("Session called off")
    BACK = "session_back", _("Session takes place after all")
    INTO = "session_into", _("Session merged into another")
    MOVED = "moved", _("Session moved")


class Source(TextChoices):
    SELF = "self", _("Registered by themselves")
    COORDINATOR = "coordinator", _("Registered by the agency")
    ORGANISER = "organiser", _("Registered by the organiser")
    DESK = "desk", _("Registered at the desk with an assignment letter")


class Outcome(TextChoices):
    PENDING = "pending", _("Not decided")
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Did not pass")


class Phase(TextChoices):
    PRE = "pre", _("Pre-test")
    POST = "post", _("Post-test")


class JpCredit(TextChoices):
    COMPLETED = "completed", _("All JP of the curriculum, once the wave is passed")
    ATTENDED = "attended", _("The JP of each session that was attended")


class CertificateState(TextChoices):
    WAITING = "waiting", _("To be checked")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


CERTIFICATE_MOVES = {
    CertificateState.WAITING: frozenset(
        {CertificateState.ACCEPTED, CertificateState.REFUSED, CertificateState.WITHDRAWN}
    ),
    CertificateState.ACCEPTED: frozenset({CertificateState.WAITING}),
    CertificateState.REFUSED: frozenset({CertificateState.WAITING}),
    CertificateState.WITHDRAWN: frozenset({CertificateState.WAITING}),
}


class ImportState(TextChoices):
    UPLOADED = "uploaded", _("To be looked at")
    IMPORTED = "imported", _("Taken in")
    UNDONE = "undone", _("Taken back")


IMPORT_MOVES = {
    ImportState.UPLOADED: frozenset({ImportState.IMPORTED}),
    ImportState.IMPORTED: frozenset({ImportState.UNDONE}),
    ImportState.UNDONE: frozenset({ImportState.IMPORTED}),
}


class AddresseeState(TextChoices):
    DRAFT = "draft", _("Not sent yet")
    SENT = "sent", _("Sent")
    OPENED = "opened", _("Opened")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")


ADDRESSEE_MOVES = {
    AddresseeState.DRAFT: frozenset({AddresseeState.SENT}),
    AddresseeState.SENT: frozenset(
        {AddresseeState.DRAFT, AddresseeState.OPENED, AddresseeState.CONFIRMED, AddresseeState.DECLINED}
    ),
    AddresseeState.OPENED: frozenset({AddresseeState.DRAFT, AddresseeState.CONFIRMED, AddresseeState.DECLINED}),
    AddresseeState.CONFIRMED: frozenset({AddresseeState.DECLINED, AddresseeState.OPENED}),
    AddresseeState.DECLINED: frozenset({AddresseeState.CONFIRMED, AddresseeState.OPENED}),
}


class PaperState(TextChoices):
    RECEIVED = "received", _("Received, to be checked")
    ACCEPTED = "accepted", _("Accepted")
    WRONG = "wrong", _("Wrong")


PAPER_MOVES = {
    PaperState.RECEIVED: frozenset({PaperState.ACCEPTED, PaperState.WRONG}),
    PaperState.ACCEPTED: frozenset({PaperState.RECEIVED, PaperState.WRONG}),
    PaperState.WRONG: frozenset({PaperState.RECEIVED, PaperState.ACCEPTED}),
}


class CopyPart(TextChoices):
    """What a copy of a wave takes over besides its schedule and seats."""

    MATERIALS = "materials", _("Materials")
    TESTS = "tests", _("Pre-test and post-test, as drafts")
    ASSIGNMENTS = "assignments", _("Assignments, with their deadlines moved")
    SURVEYS = "surveys", _("Surveys of the evaluation, as drafts")
    BUDGET = "budget", _("Budget plan, as a draft; nothing that was spent")


class TeachingRole(TextChoices):
    LEAD = "lead", _("Lead")
    ASSISTANT = "assistant", _("Assistant")


class PastedKind(TextChoices):
    """What became of one line of a pasted list."""

    READY = "ready", _("Can be registered")
    SEATED = "seated", _("Has a seat")
    HELD = "held", _("Seat held")
    WAITING = "waiting", _("Waiting")
    NOT_NIP = "not_nip", _("Not an NIP")
    LOST = "lost", _("Digits lost")
    TWICE = "twice", _("Twice in the list")
    UNKNOWN = "unknown", _("Unknown")
    ELSEWHERE = "elsewhere", _("Another agency")
    OTHER_NAME = "other_name", _("Another name")
    REGISTERED = "registered", _("Already registered")
    NOT_STAFF = "not_staff", _("Not on the staff list")
    NOMINATED = "nominated", _("Already nominated")
    CLASH = "clash", _("Clash")
    REFUSED = "refused", _("Refused")


class SurveyPurpose(TextChoices):
    """What a survey of a wave is for; each value names the ready instrument it is made from.

    ``SERVICE`` is of the past: citizens are asked about a service by period now; old rows keep their name.
    """

    INSTRUCTOR = "instructor", _("Instructor")
    MATERIAL = "material", _("Material and method")
    ORGANISER = "organiser", _("Organiser and facilities")
    SELF = "self", _("Follow-up of participants (level 3)")
    SUPERIOR = "superior", _("Follow-up of superiors (level 3)")
    SERVICE = "service", _("Citizens on the service (SKM)")


class StageBy(TextChoices):
    """Who decides at a stage of the approval."""

    SUPERIOR = "superior", _("The recorded superior; where none can sign in, the head of the agency")
    AGENCY = "agency", _("Whoever holds the role at the agency")
    ABOVE = "above", _("Whoever holds the role at the government above the agency")
    ORGANISER = "organiser", _("The organiser of the call")


class CallState(TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


CALL_MOVES = {
    CallState.DRAFT: frozenset({CallState.OPEN}),
    CallState.OPEN: frozenset({CallState.CLOSED}),
    CallState.CLOSED: frozenset({CallState.OPEN}),
}


class CallPoint(TextChoices):
    """What may be corrected about a call that was sent."""

    TITLE = "title", _("Title")
    DEADLINE = "deadline", _("Nominations until")
    WAVES = "waves", _("Waves")
    TEXT = "text", _("Text")
    QUOTA = "quota", _("Seats")
    ENDED = "ended", _("No longer called")
    AGAIN = "again", _("Called again")


class NominationState(TextChoices):
    WAITING = "waiting", _("Waits for approval")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    PLACED = "placed", _("Registered")


_OUT = frozenset({NominationState.REFUSED, NominationState.WITHDRAWN})
_AGAIN = frozenset({NominationState.WAITING, NominationState.APPROVED})
NOMINATION_MOVES = {
    NominationState.WAITING: _AGAIN | _OUT,  # from one stage to the next, or through the last
    # Back to waiting where what was agreed on paper is taken back.
    NominationState.APPROVED: frozenset({NominationState.PLACED, NominationState.WAITING}) | _OUT,
    NominationState.REFUSED: _AGAIN,
    NominationState.WITHDRAWN: _AGAIN,
    # The proposal was taken back, or the registration was withdrawn.
    NominationState.PLACED: frozenset({NominationState.APPROVED, NominationState.WITHDRAWN}),
}
STANDING = (NominationState.WAITING, NominationState.APPROVED, NominationState.PLACED)


class NeedState(TextChoices):
    """A training need of an agency: in a call it is planned; refused and withdrawn ones may be taken up again."""

    STATED = "stated", _("Stated")
    PLANNED = "planned", _("In a call")
    DECLINED = "declined", _("Not taken up")
    WITHDRAWN = "withdrawn", _("Withdrawn")


NEED_MOVES = {
    NeedState.STATED: frozenset({NeedState.PLANNED, NeedState.DECLINED, NeedState.WITHDRAWN}),
    NeedState.PLANNED: frozenset({NeedState.STATED}),
    NeedState.DECLINED: frozenset({NeedState.STATED}),
    NeedState.WITHDRAWN: frozenset({NeedState.STATED}),
}


class NeedPriority(IntegerChoices):
    HIGH = 1, _("High")
    MEDIUM = 2, _("Medium")
    LOW = 3, _("Low")


class NeedSource(TextChoices):
    GAP = "gap", _("Gap in the competency profile")
    SUPERIOR = "superior", _("Request of the superior")
    OWN = "own", _("Own request")


class ProposalState(TextChoices):
    WANTED = "wanted", _("Being worked out")
    READY = "ready", _("Ready")
    ACCEPTED = "accepted", _("Accepted")


PROPOSAL_MOVES = {
    ProposalState.WANTED: frozenset({ProposalState.READY}),
    ProposalState.READY: frozenset({ProposalState.ACCEPTED, ProposalState.WANTED}),
    ProposalState.ACCEPTED: frozenset({ProposalState.READY}),  # taken back
}


class ReportState(TextChoices):
    WANTED = "wanted", _("Being drawn")
    FROZEN = "frozen", _("Frozen")


REPORT_MOVES = {
    ReportState.WANTED: frozenset({ReportState.FROZEN}),
    ReportState.FROZEN: frozenset(),
}


class PointKind(TextChoices):
    OBSTACLE = "obstacle", _("Obstacle")
    FOLLOW_UP = "follow_up", _("Follow-up")


class AssignmentKind(TextChoices):
    PHOTO = "photo", _("Photos")
    VIDEO = "video", _("Video")
    DOCUMENT = "document", _("Document")
    LINK = "link", _("Link")
    CONCEPT = "concept", _("Event concept")


class LatePolicy(TextChoices):
    REFUSE = "refuse", _("Nothing is taken after the deadline")
    MARK = "mark", _("Taken for some days more, and marked as late")


# What an event concept says, part by part; the names are those of the event that may grow from it.
CONCEPT_PARTS = {
    "purpose": _("What the event is for"),
    "audience": _("For whom, and how many are expected"),
    "programme": _("What happens, from opening to close"),
    "place_time": _("Where and when"),
    "partners": _("Who takes part in it: communities, businesses, agencies"),
    "budget": _("What it costs, and who pays"),
    "indicator": _("By what one will see that it worked"),
}


class AssessmentState(TextChoices):
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Not shown")
    WITHDRAWN = "withdrawn", _("Withdrawn")


ASSESSMENT_MOVES = {
    AssessmentState.CONFIRMED: frozenset({AssessmentState.WITHDRAWN}),
    AssessmentState.REFUSED: frozenset({AssessmentState.WITHDRAWN}),
    AssessmentState.WITHDRAWN: frozenset(),
}


class Dimension(TextChoices):
    """The four dimensions of the professionalism index (IP ASN), and the index itself."""

    QUALIFICATION = "qualification", _("Qualification")
    COMPETENCE = "competence", _("Competence")
    PERFORMANCE = "performance", _("Performance")
    DISCIPLINE = "discipline", _("Discipline")
    INDEX = "index", _("Whole index")


ENTERED = (Dimension.QUALIFICATION, Dimension.PERFORMANCE, Dimension.DISCIPLINE)


class RuleUse(TextChoices):
    MAXIMUM = "maximum", _("Most points of the dimension")
    SCORE = "score", _("Points")
    CATEGORY = "category", _("Category from more than these points")


class LearningKind(TextChoices):
    LEADERSHIP = "leadership", _("Leadership training")
    FUNCTIONAL = "functional", _("Functional training")
    TECHNICAL = "technical", _("Technical training")
    SEMINAR = "seminar", _("Seminar, workshop, internship or course")


class LimitBound(TextChoices):
    AT_LEAST = "at_least", _("At least")
    AT_MOST = "at_most", _("At most")


class LimitPeriod(TextChoices):
    """In what a limit of learning hours is counted."""

    CALENDAR = "calendar_year", _("Calendar year")
    CONTRACT = "contract_year", _("Contract year")
    OUTSIDE = "outside_year", _("Certificates from outside in a calendar year")
    CERTIFICATE = "certificate", _("One certificate from outside")


class PlanState(TextChoices):
    """An action plan: what a participant changes at work afterwards."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waits for the superior")
    RETURNED = "returned", _("To be revised")
    ACCEPTED = "accepted", _("Agreed, under way")
    REPORTED = "reported", _("Reported as done")
    DONE = "done", _("Done and confirmed")
    DROPPED = "dropped", _("Given up")


PLAN_MOVES = {
    PlanState.DRAFT: frozenset({PlanState.SUBMITTED, PlanState.DROPPED}),
    PlanState.SUBMITTED: frozenset({PlanState.DRAFT, PlanState.ACCEPTED, PlanState.RETURNED}),
    PlanState.RETURNED: frozenset({PlanState.SUBMITTED, PlanState.DROPPED}),
    PlanState.ACCEPTED: frozenset({PlanState.REPORTED, PlanState.RETURNED, PlanState.DROPPED}),
    PlanState.REPORTED: frozenset({PlanState.DONE, PlanState.ACCEPTED}),
    PlanState.DONE: frozenset({PlanState.ACCEPTED}),
    PlanState.DROPPED: frozenset({PlanState.DRAFT}),
}


class PlanTarget(TextChoices):
    """What the change is for."""

    SERVICE = "service", _("A public service")
    INDICATOR = "indicator", _("A performance indicator")


class PlacedBecause(TextChoices):
    """What spoke for and against somebody in a proposal. Stored as code and facts, so that each reader has it in their words."""

    LOST = "lost", _("was fixed in a wave whose seats are gone")
    NO_SEAT = "no_seat", _("no seat left for this rank")
    BUSY = "busy", _("busy on the days of every wave")
    CLASH = "clash", _("clash: %(what)s")
    PRIORITY = "priority", _("priority %(rank)s of the agency")
    TRAINED = "trained", _("trained before")
    NEVER_TRAINED = "never_trained", _("never trained in this programme")
    OVER_QUOTA = "over_quota", _("over the agency's quota of %(quota)s")
    QUOTA = "quota", _("seat from the quota “%(quota)s”")
    ONLY_WAVE = "only_wave", _("can only come to this wave")
    EVENED_UP = "evened_up", _("goes before somebody of higher rank to keep women and men even")
    EVENED_OUT = "evened_out", _("passed over to keep women and men even")
    PLACED = "placed", _("placed by the organiser")
    LEFT_OUT = "left_out", _("left out by the organiser")
    WAVE_GONE = "wave_gone", _("The wave was taken out of the call.")
    AGENCY_GONE = "agency_gone", _("The agency is no longer called.")
    GAVE_WAY = "gave_way", _("gave way: the organiser has placed %(name)s")
