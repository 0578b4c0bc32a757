from __future__ import annotations

import itertools

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from enggang.seats.enums import ClaimState


class EventKind(TextChoices):
    FESTIVAL = "festival", _("Festival")
    RITUAL = "ritual", _("Customary ritual")
    CARNIVAL = "carnival", _("Carnival or parade")
    ANNIVERSARY = "anniversary", _("Anniversary")
    EXHIBITION = "exhibition", _("Exhibition or bazaar")
    SPORT = "sport", _("Sport")
    COMPETITION = "competition", _("Competition")
    OTHER = "other", _("Other")


class RuleKind(TextChoices):
    """How the day of an event is found; ``events.dates`` reckons with it."""

    FIXED = "fixed", _("The same day or days every year")
    WEEKDAY = "weekday", _("A certain weekday of a month")
    CHINESE = "chinese", _("A day of the Chinese lunar calendar")
    HIJRI = "hijri", _("A day of the Hijri calendar")
    HIJRI_WEEKDAY = "hijri_weekday", _("A certain weekday of a Hijri month")
    SUN = "sun", _("Equinox or solstice")
    AFTER = "after", _("Some days after or before another event")
    ANNOUNCED = "announced", _("Announced each year (harvest, council)")


class SunEvent(IntegerChoices):
    """The month in which it falls."""

    MARCH = 3, _("March equinox")
    JUNE = 6, _("June solstice")
    SEPTEMBER = 9, _("September equinox")
    DECEMBER = 12, _("December solstice")


class Nth(IntegerChoices):
    FIRST = 1, _("first")
    SECOND = 2, _("second")
    THIRD = 3, _("third")
    FOURTH = 4, _("fourth")
    LAST = -1, _("last")


class Weekday(IntegerChoices):
    """As Python counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class DateState(TextChoices):
    TENTATIVE = "tentative", _("Tentative")
    CONFIRMED = "confirmed", _("Confirmed")


class Scale(TextChoices):
    LOCAL = "local", _("Local")
    NATIONAL = "national", _("National")
    INTERNATIONAL = "international", _("International")


class Area(TextChoices):
    DISTRICT = "district", _("Within one district (kecamatan)")
    DISTRICTS = "districts", _("Several districts of one regency or city")
    REGENCIES = "regencies", _("Several regencies or cities of one province")
    WIDER = "wider", _("Several provinces, or participants from abroad")


class Entry(TextChoices):
    FREE = "free", _("Free of charge")
    TICKET = "ticket", _("With tickets")
    MIXED = "mixed", _("Free, some parts with tickets")


class Stage(TextChoices):
    IDEA = "idea", _("Idea")
    PROPOSED = "proposed", _("Proposed")
    CURATED = "curated", _("Curated")
    APPROVED = "approved", _("Approved")
    PLANNED = "planned", _("Planned")
    PUBLISHED = "published", _("Published")
    RUNNING = "running", _("Running")
    EVALUATED = "evaluated", _("Evaluated")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


PATH: tuple[Stage, ...] = tuple(stage for stage in Stage if stage is not Stage.CANCELLED)
FORWARD: dict[Stage, Stage] = dict(itertools.pairwise(PATH))
BACK: dict[Stage, Stage] = {after: before for before, after in FORWARD.items()}
ENDED = (Stage.CLOSED, Stage.CANCELLED)
CANCELLABLE: frozenset[Stage] = frozenset(stage for stage in PATH if stage not in {Stage.EVALUATED, Stage.CLOSED})
# From cancelled the way leads back to the stage it was in, whichever that was.
STAGE_MOVES: dict[Stage, frozenset[Stage]] = {
    **{
        stage: frozenset(
            ({FORWARD[stage]} if stage in FORWARD else set())
            | ({BACK[stage]} if stage in BACK else set())
            | ({Stage.CANCELLED} if stage in CANCELLABLE else set())
        )
        for stage in PATH
    },
    Stage.CANCELLED: CANCELLABLE,
}
SHARED_STAGES = tuple(stage for stage in PATH if PATH.index(stage) >= PATH.index(Stage.APPROVED))
CURATED_BY_PROVINCE = frozenset({Stage.CURATED, Stage.APPROVED})


class OrganiserRole(TextChoices):
    HOST = "host", _("Host")
    ADAT = "adat", _("Adat council")
    PALACE = "palace", _("Palace")
    REGENCY = "regency", _("Regency or city")
    PROVINCE = "province", _("Province")
    COMMUNITY = "community", _("Community")
    SPONSOR = "sponsor", _("Sponsor")
    OTHER = "other", _("Other")


class AutoCheck(TextChoices):
    """What the record itself can prove at a gate."""

    NONE = "", _("Ticked by a person")
    DATES = "dates", _("Dates are set")
    CONFIRMED = "confirmed", _("Dates are confirmed")
    ORGANISER = "organiser", _("An organiser is named")
    SITE = "site", _("A site with its capacity is named")
    VISITORS = "visitors", _("Expected visitors are stated")
    BUDGET = "budget", _("The budget is approved")
    PERMITS = "permits", _("Every permit is issued")
    CONCEPT = "concept", _("Background, purpose and an objective are written")


class PeriodKind(TextChoices):
    ELECTION = "election", _("Election")
    QUIET = "quiet", _("Quiet period of an election")
    CAMPAIGN = "campaign", _("Election campaign")
    OTHER = "other", _("Other")


class Measure(TextChoices):
    CEREMONIAL = "ceremonial", _("Share of ceremony and guests of honour in the budget, percent")
    FORGET_VISITORS = "forget_visitors", _("Days after an edition until its visitors are anonymised")
    MASKED = "masked", _("Fewest businesses of which a sum of turnover is shown to everybody")
    SURVEY_TRIM = "survey_trim", _("Answers on spending left out at each end, percent")
    SURVEY_LEAST = "survey_least", _("Fewest answers of which a group of visitors gets a figure")
    ACCOUNT_DUE = "account_due", _("Days after an edition until its accountability report (LPJ) is due")


class PermitKind(TextChoices):
    CROWD = "crowd", _("Crowd permit (izin keramaian)")
    VENUE = "venue", _("Consent of the owner of the place")
    ROAD = "road", _("Closing of a road")
    HEALTH = "health", _("Health standby")
    FIREWORKS = "fireworks", _("Fireworks")
    WATER = "water", _("Use of river or sea")
    OTHER = "other", _("Other permit")


class Issuer(TextChoices):
    POLSEK = "polsek", _("District police (Polsek)")
    POLRES = "polres", _("Regency or city police (Polres)")
    POLDA = "polda", _("Provincial police (Polda)")
    KABAINTELKAM = "kabaintelkam", _("National police headquarters (Kabaintelkam)")
    OWNER = "owner", _("Owner or manager of the place")
    TRANSPORT = "transport", _("Transport agency")
    HEALTH = "health", _("Health agency")
    HARBOUR = "harbour", _("Harbour master")
    OTHER = "other", _("Another office")


POLICE = frozenset({Issuer.POLSEK, Issuer.POLRES, Issuer.POLDA, Issuer.KABAINTELKAM})


class LeadUnit(TextChoices):
    WORKING = "working", _("working days")
    CALENDAR = "calendar", _("calendar days")


class PermitNeed(TextChoices):
    ALWAYS = "always", _("Always")
    ASKED = "asked", _("When the organiser says so")


class PermitState(TextChoices):
    NEEDED = "needed", _("Needed")
    PREPARING = "preparing", _("In preparation")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned to be completed")
    ISSUED = "issued", _("Issued")
    REFUSED = "refused", _("Refused")
    DROPPED = "dropped", _("Not needed")


PERMIT_MOVES: dict[PermitState, frozenset[PermitState]] = {
    PermitState.NEEDED: frozenset({PermitState.PREPARING, PermitState.SUBMITTED, PermitState.DROPPED}),
    PermitState.PREPARING: frozenset({PermitState.NEEDED, PermitState.SUBMITTED, PermitState.DROPPED}),
    PermitState.SUBMITTED: frozenset(
        {PermitState.PREPARING, PermitState.RETURNED, PermitState.ISSUED, PermitState.REFUSED}
    ),
    PermitState.RETURNED: frozenset({PermitState.PREPARING, PermitState.SUBMITTED, PermitState.DROPPED}),
    PermitState.ISSUED: frozenset({PermitState.SUBMITTED}),
    PermitState.REFUSED: frozenset({PermitState.PREPARING, PermitState.SUBMITTED, PermitState.DROPPED}),
    PermitState.DROPPED: frozenset({PermitState.NEEDED}),
}
# Where the deadline still matters: nothing is with the office yet.
WAITING_STATES = (PermitState.NEEDED, PermitState.PREPARING, PermitState.RETURNED, PermitState.REFUSED)


class DocumentCase(TextChoices):
    ALWAYS = "", _("Always")
    ABROAD = "abroad", _("With participants from abroad")
    ORGANISATION = "organisation", _("When an organisation applies")
    DELEGATE = "delegate", _("When somebody else hands it in")


class DocumentProof(TextChoices):
    """What the record can write by itself; the annexes of the letter hold it."""

    NONE = "", _("A file that is handed in")
    LETTER = "letter", _("The application letter")
    COMMITTEE = "committee", _("The list of the committee")
    PROGRAMME = "programme", _("The programme")
    SITES = "sites", _("The places with their capacity")
    ORGANISERS = "organisers", _("The organisers")


class RoundMode(TextChoices):
    ALONE = "alone", _("Named judges, each alone and without seeing the others")
    PANEL = "panel", _("A panel in one room, with minutes to sign")


class RoundState(TextChoices):
    CALL = "call", _("Call for proposals")
    JUDGING = "judging", _("Being judged")
    DECIDING = "deciding", _("Judged, to be decided")
    CLOSED = "closed", _("Decided, the result is out")


ROUND_MOVES: dict[RoundState, frozenset[RoundState]] = {
    RoundState.CALL: frozenset({RoundState.JUDGING}),
    RoundState.JUDGING: frozenset({RoundState.CALL, RoundState.DECIDING}),
    RoundState.DECIDING: frozenset({RoundState.JUDGING, RoundState.CLOSED}),
    RoundState.CLOSED: frozenset({RoundState.DECIDING}),
}


class Verdict(TextChoices):
    """What the curator decides about a proposal; nothing as long as it waits."""

    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned to be improved")
    LATER = "later", _("Left for next year")


class Proof(TextChoices):
    """Which part of the record is laid beside a criterion."""

    NONE = "", _("Nothing on record")
    CONCEPT = "concept", _("The concept, who holds it, how often it was held")
    PUBLICITY = "publicity", _("Dates, entry, whom to ask")
    MANAGEMENT = "management", _("Places, permits, committee, tasks, risks")
    MONEY = "money", _("The budget and its ceremonial share")
    IMPACT = "impact", _("Expected visitors")


class RedKind(TextChoices):
    """What is wrong with an edition, as it is counted and filtered by."""

    PERMIT = "izin", _("Deadline of a permit")
    DATE = "tanggal", _("Date")
    STAGE = "tahap", _("Stage")
    CONCEPT = "konsep", _("Concept")
    MONEY = "uang", _("Budget")
    TASK = "tugas", _("Late tasks")


class PartnerKind(TextChoices):
    HOTEL = "hotel", _("Hotel or homestay")
    GUIDE = "guide", _("Guide or travel agent")
    COMMUNITY = "community", _("Community or sanggar")
    MEDIA = "media", _("Media")
    CAMPUS = "campus", _("Campus or school")
    SPONSOR = "sponsor", _("Sponsor")
    TRANSPORT = "transport", _("Transport")
    OTHER = "other", _("Other")


class PartnershipState(TextChoices):
    LISTED = "listed", _("To be asked")
    ASKED = "asked", _("Asked")
    JOINED = "joined", _("Has joined")
    DECLINED = "declined", _("Has declined")
    GIVEN = "given", _("Has given")


PARTNERSHIP_MOVES: dict[PartnershipState, frozenset[PartnershipState]] = {
    PartnershipState.LISTED: frozenset({PartnershipState.ASKED, PartnershipState.JOINED, PartnershipState.DECLINED}),
    PartnershipState.ASKED: frozenset({PartnershipState.LISTED, PartnershipState.JOINED, PartnershipState.DECLINED}),
    PartnershipState.JOINED: frozenset({PartnershipState.ASKED, PartnershipState.DECLINED, PartnershipState.GIVEN}),
    PartnershipState.DECLINED: frozenset({PartnershipState.ASKED, PartnershipState.JOINED}),
    PartnershipState.GIVEN: frozenset({PartnershipState.JOINED}),
}
WITH_US = (PartnershipState.JOINED, PartnershipState.GIVEN)


class GiftKind(TextChoices):
    CASH = "cash", _("Money")
    GOODS = "goods", _("Goods or place")
    SERVICE = "service", _("Services or people")
    PROMOTION = "promotion", _("Promotion")


class PublicationState(TextChoices):
    PLANNED = "planned", _("Planned")
    READY = "ready", _("Ready")
    POSTED = "posted", _("Published")
    DROPPED = "dropped", _("Dropped")


PUBLICATION_MOVES: dict[PublicationState, frozenset[PublicationState]] = {
    PublicationState.PLANNED: frozenset({PublicationState.READY, PublicationState.POSTED, PublicationState.DROPPED}),
    PublicationState.READY: frozenset({PublicationState.PLANNED, PublicationState.POSTED, PublicationState.DROPPED}),
    PublicationState.POSTED: frozenset({PublicationState.READY}),
    PublicationState.DROPPED: frozenset({PublicationState.PLANNED}),
}
TO_BE_POSTED = (PublicationState.PLANNED, PublicationState.READY)


class CaptionLanguage(TextChoices):
    """Those in which the region speaks to its guests."""

    INDONESIAN = "id", _("Indonesian")
    ENGLISH = "en", _("English")
    MALAY = "ms", _("Malay")
    CHINESE = "zh", _("Mandarin")
    LOCAL = "local", _("Language of the region")


class PartState(TextChoices):
    """Of what visitors register for."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open for registration")
    CLOSED = "closed", _("Registration closed")


PART_MOVES = {
    PartState.DRAFT: frozenset({PartState.OPEN}),
    PartState.OPEN: frozenset({PartState.CLOSED}),
    PartState.CLOSED: frozenset({PartState.OPEN}),
}


class SlotState(TextChoices):
    """Closed: held, but nobody registers any more. Called off: not held, which its tickets say."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed for registration")
    CALLED_OFF = "called_off", _("Called off")


# how a registration stands, told of people and not of seats
BOOKING_STANDING = {
    ClaimState.CONFIRMED.value: _("Has places"),
    ClaimState.WAITING.value: _("Waiting"),
    ClaimState.RELEASED.value: _("Cancelled"),
}

SLOT_MOVES = {
    SlotState.OPEN: frozenset({SlotState.CLOSED, SlotState.CALLED_OFF}),
    SlotState.CLOSED: frozenset({SlotState.OPEN, SlotState.CALLED_OFF}),
    SlotState.CALLED_OFF: frozenset({SlotState.OPEN, SlotState.CLOSED}),
}


class AgeGroup(TextChoices):
    ADULT = "adult", _("Adult (18 and older)")
    YOUTH = "youth", _("Youth (13 to 17)")
    CHILD = "child", _("Child (5 to 12)")
    INFANT = "infant", _("Small child (under 5)")


YOUNGEST = {AgeGroup.ADULT: 18, AgeGroup.YOUTH: 13, AgeGroup.CHILD: 5, AgeGroup.INFANT: 0}  # age by group
MINORS = (AgeGroup.YOUTH, AgeGroup.CHILD, AgeGroup.INFANT)


class LeastAge(IntegerChoices):
    """Only at the seams of the age groups, so that an exact age need not be asked."""

    ANY = 0, _("Any age")
    FIVE = 5, _("From 5 years")
    THIRTEEN = 13, _("From 13 years")
    ADULT = 18, _("From 18 years")


class BookingSource(TextChoices):
    SELF = "self", _("By themselves")
    WALK_UP = "walk_up", _("At the gate")
    STAFF = "staff", _("By staff")


class ConsentState(TextChoices):
    ASKED = "asked", _("Asked for")
    GIVEN = "given", _("Given")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


CONSENT_MOVES = {
    ConsentState.ASKED: frozenset({ConsentState.GIVEN, ConsentState.REFUSED, ConsentState.WITHDRAWN}),
    ConsentState.GIVEN: frozenset({ConsentState.WITHDRAWN}),
    ConsentState.REFUSED: frozenset({ConsentState.GIVEN}),
    ConsentState.WITHDRAWN: frozenset({ConsentState.GIVEN}),
}


class ConsentWay(TextChoices):
    LINK = "link", _("On the guardian's own phone")
    PRESENT = "present", _("By an adult of the same registration, who comes along")
    PAPER = "paper", _("On signed paper")


class News(TextChoices):
    """What last changed about a registration and has to be told."""

    EDITION = "edition", _("The event has moved; the new time follows")
    MOVED = "moved", _("The time has changed")
    KEPT = "kept", _("The event has moved; this time stays")
    CALLED_OFF = "called_off", _("This time is called off")
    HELD = "held", _("It is held after all")
    CANCELLED = "cancelled", _("The event is cancelled")
    PROMOTED = "promoted", _("Moved up from the waiting list")
    PLACE = "place", _("The place has changed")


class IncidentKind(TextChoices):
    HEALTH = "health", _("Illness or injury")
    CROWD = "crowd", _("Crowding")
    LOST = "lost", _("Lost child or person")
    SECURITY = "security", _("Security")
    FIRE = "fire", _("Fire")
    WEATHER = "weather", _("Weather")
    TECHNICAL = "technical", _("Technical failure")
    OTHER = "other", _("Something else")


class Severity(IntegerChoices):
    NEAR = 1, _("Nearly happened")
    SLIGHT = 2, _("Slight")
    GRAVE = 3, _("Grave")
    CRITICAL = 4, _("Critical: life in danger, or the event stopped")
