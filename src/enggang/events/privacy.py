from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

LEFT = _("As long as the record of the event is kept; of whoever got no stall, until a year after the event.")
KEPT = _("As long as the record of the event is kept.")
_REACHED = _("To reach whoever answers for the event.")
_DECIDED = _("To show who decided.")
_JUDGED = _("To show who judged, and by whose signature.")
_PERMITS = _("To apply for permits with the papers that the office asks for.")
_STALLS = _("To choose vendors for stalls, to answer them, and to keep the contract with them.")
_COUNTED = _("To count what an event brings to small businesses; shown to others only as sums of several.")
_ASKED = _("To ask partners, and to thank them.")
_VISIT = _("To give visitors their places, to tell them what changes, and to let them in.")
_GUARDED = _("To let minors in only with their guardian's consent.")
_HEARD = _("To learn what to improve. Nobody is asked for a name, but people may name people.")
_FORGOTTEN = _("Until it is anonymised, as many days after the edition as the agency's threshold says.")

PERSONAL = [
    PersonalField("events.Edition.contact", _REACHED, "public_duty", KEPT),
    PersonalField("events.EditionOrganiser.contact", _REACHED, "public_duty", KEPT),
    PersonalField("events.EditionOrganiser.phone", _REACHED, "public_duty", KEPT),
    PersonalField("events.StageStep.decider", _DECIDED, "public_duty", KEPT),
    PersonalField("events.StageStep.noted_by_key", _DECIDED, "public_duty", KEPT),
    PersonalField("events.DateChange.noted_by_key", _DECIDED, "public_duty", KEPT),
    PersonalField("events.PermitFile.file", _PERMITS, "public_duty", KEPT, sensitive=True),
    PersonalField("events.PermitFile.name", _PERMITS, "public_duty", KEPT),
    PersonalField("events.Permit.annex", _PERMITS, "public_duty", KEPT),
    PersonalField("events.PermitStep.noted_by_key", _DECIDED, "public_duty", KEPT),
    PersonalField("events.CurationRound.members", _JUDGED, "public_duty", KEPT),
    PersonalField("events.CurationRound.minutes", _JUDGED, "public_duty", KEPT),
    PersonalField("events.CurationRound.scan", _JUDGED, "public_duty", KEPT),
    PersonalField("events.CurationJudge.name", _JUDGED, "public_duty", KEPT),
    PersonalField("events.CurationJudge.post", _JUDGED, "public_duty", KEPT),
    PersonalField("events.CurationProposal.decider", _DECIDED, "public_duty", KEPT),
    PersonalField("events.GateCheck.checked_by_key", _DECIDED, "public_duty", KEPT),
    PersonalField("events.Partner.contact", _ASKED, "public_duty", KEPT),
    PersonalField("events.Partner.phone", _ASKED, "public_duty", KEPT),
    PersonalField("events.Partner.email", _ASKED, "public_duty", KEPT),
    PersonalField("events.Partnership.person", _DECIDED, "public_duty", KEPT),
    PersonalField("events.PartnershipStep.noted_by_key", _DECIDED, "public_duty", KEPT),
    PersonalField("events.Publication.person", _DECIDED, "public_duty", KEPT),
    *(
        PersonalField(f"events.Booking.{name}", _VISIT, "consent", _FORGOTTEN)
        for name in ("short", "name", "name_key", "phone", "email", "note", "receipt")
    ),
    PersonalField("events.Booking.paid_by_key", _DECIDED, "public_duty", KEPT),
    PersonalField("events.Booking.told_by_key", _DECIDED, "public_duty", KEPT),
    PersonalField("events.BookingAnswer.text", _VISIT, "consent", _FORGOTTEN),
    PersonalField("events.Guest.name", _VISIT, "consent", _FORGOTTEN),
    *(
        PersonalField(f"events.GuardianConsent.{name}", _GUARDED, "consent", _FORGOTTEN)
        for name in ("name", "phone", "relation")
    ),
    PersonalField("events.GuardianConsent.file", _GUARDED, "consent", _FORGOTTEN, sensitive=True),
    PersonalField("events.Business.name", _STALLS, "public_duty", KEPT),
    PersonalField("events.Business.name_key", _STALLS, "public_duty", KEPT),
    PersonalField("events.Business.owner", _STALLS, "public_duty", KEPT),
    PersonalField("events.Business.phone", _STALLS, "public_duty", KEPT),
    PersonalField("events.Business.email", _STALLS, "public_duty", KEPT),
    PersonalField("events.Business.nib", _STALLS, "legal_obligation", KEPT),
    PersonalField("events.StallCall.contact", _REACHED, "public_duty", KEPT),
    PersonalField("events.StallCall.contact_phone", _REACHED, "public_duty", KEPT),
    PersonalField("events.StallApplication.name", _STALLS, "consent", LEFT),
    PersonalField("events.StallApplication.name_key", _STALLS, "consent", LEFT),
    PersonalField("events.StallApplication.owner", _STALLS, "consent", LEFT),
    PersonalField("events.StallApplication.phone", _STALLS, "consent", LEFT),
    PersonalField("events.StallApplication.email", _STALLS, "consent", LEFT),
    PersonalField("events.StallApplication.nib", _STALLS, "legal_obligation", LEFT),
    PersonalField("events.StallApplication.wishes", _STALLS, "consent", LEFT),
    PersonalField("events.StallApplication.picture", _STALLS, "consent", LEFT),
    PersonalField("events.StallContract.file", _STALLS, "contract", KEPT, sensitive=True),
    PersonalField("events.StallContract.handover_file", _STALLS, "contract", KEPT, sensitive=True),
    PersonalField("events.Turnover.amount", _COUNTED, "consent", KEPT),
    PersonalField("events.Turnover.qris", _COUNTED, "consent", KEPT),
    PersonalField("events.Turnover.reported_by_key", _DECIDED, "public_duty", KEPT),
    PersonalField("events.TurnoverChange.was", _COUNTED, "consent", KEPT),
    PersonalField("events.TurnoverChange.now", _COUNTED, "consent", KEPT),
    PersonalField("events.TurnoverChange.noted_by_key", _DECIDED, "public_duty", KEPT),
    PersonalField("events.SurveyAnswer.remark", _HEARD, "public_duty", KEPT),
    PersonalField("events.ImpactBasis.noted_by_key", _DECIDED, "public_duty", KEPT),
    PersonalField("events.ImpactInput.noted_by_key", _DECIDED, "public_duty", KEPT),
    PersonalField("events.ImpactResult.closed_by_key", _DECIDED, "public_duty", KEPT),
]

NOT_PERSONAL = {
    "events.Event": ("*",),
    "events.EventHost": ("*",),
    "events.EventPage": ("*",),
    "events.EventAmenity": ("*",),
    "events.Edition": (
        "id", "subject", "version", "event", "organisation", "curator", "year", "label", "theme", "stage", "stage_before",
        "starts_on", "ends_on", "sorts_on", "time_zone", "date_state", "date_source", "scale", "area", "entry", "visitors",
        "cancel_reason", "cloned_from", "specimen", "budget", "collection",
    ),
    "events.Concept": ("*",),
    "events.Objective": ("*",),
    "events.ProgrammeRow": ("*",),
    "events.EditionOrganiser": ("id", "edition", "role", "name", "organisation", "position", "applies"),
    "events.Site": ("*",),
    "events.StageStep": ("id", "edition", "was", "now", "decided_on", "reason", "missing", "noted_at"),
    "events.DateChange": (
        "id", "edition", "was_first", "was_last", "was_state", "first", "last", "state", "source", "reason", "noted_at",
    ),
    "events.PermitRule": ("*",),
    "events.PermitDocument": ("*",),
    "events.Permit": (
        "id", "subject", "version", "edition", "kind", "name", "rule", "issuer", "office", "own_office", "state", "due_on",
        "submitted_on", "number", "issued_on", "valid_from", "valid_until", "fee", "scan", "letter", "note",
    ),
    "events.PermitFile": ("id", "permit", "document", "added_at"),
    "events.PermitStep": ("id", "permit", "was", "now", "on", "note", "noted_at"),
    "events.DeadlineChange": ("*",),
    "events.PermitAlarm": ("*",),
    "events.CurationAspect": ("*",),
    "events.CurationRound": (
        "id", "subject", "version", "organisation", "year", "title", "call", "deadline", "mode", "gap_below",
        "spread_alert", "rubric", "state", "opened_at", "closed_at", "held_on", "place",
    ),
    "events.RoundCriterion": ("*",),
    "events.CurationJudge": ("id", "subject", "round", "user", "agency"),
    "events.CurationProposal": (
        "id", "subject", "round", "edition", "review", "taken_at", "late", "verdict", "reason", "decided_on",
        "withdrawn_at", "withdrawn_reason",
    ),
    "events.GateItem": ("*",),
    "events.Threshold": ("*",),
    "events.Period": ("*",),
    "events.Partner": (
        "id", "subject", "version", "organisation", "name", "name_key", "kind", "region", "address", "offers", "note",
        "retired_on",
    ),
    "events.Partnership": (
        "id", "version", "edition", "partner", "state", "asked_for", "gift", "gives", "value", "returns", "number", "note",
    ),
    "events.PartnershipStep": ("id", "partnership", "was", "now", "on", "note", "noted_at"),
    "events.Channel": ("*",),
    "events.Publication": (
        "id", "version", "edition", "channel", "title", "brief", "offset", "on", "at", "was_on", "state", "asset",
        "posted_on", "link", "reach",
    ),
    "events.Caption": ("*",),
    "events.Part": ("*",),
    "events.Slot": ("*",),
    "events.PartQuestion": ("*",),
    "events.Booking": (
        "id", "subject", "version", "slot", "claim", "source", "language", "quantity", "request_key", "booked_at",
        "paid_at", "paid_amount", "news", "news_at", "told_at", "anonymised_at",
    ),
    "events.BookingAnswer": ("id", "question", "booking"),
    "events.Guest": ("id", "booking", "position", "age", "consent"),
    "events.GuardianConsent": ("id", "subject", "booking", "state", "way", "asked_at", "given_at", "ended_at"),
    "events.Business": (
        "id", "subject", "version", "organisation", "region", "category", "sells", "kbli", "note", "retired_on",
    ),
    "events.StallCategory": ("*",),
    "events.StallCall": (
        "id", "subject", "version", "edition", "offer", "state", "title", "text", "requirements", "opens_at", "closes_at",
        "stalls", "fee", "fee_note", "shows_map", "shows_sums",
    ),
    "events.StallApplication": (
        "id", "subject", "version", "call", "state", "reason", "news", "region", "category", "sells", "electricity",
        "water", "language", "by_staff", "once", "applied_at", "claim", "business",
    ),
    "events.StallContract": (
        "id", "version", "application", "number", "signed_on", "fee", "paid", "paid_on", "receipt", "handover_number",
        "handover_on", "note",
    ),
    "events.Plot": ("*",),
    "events.Turnover": (
        "id", "version", "application", "day", "sales", "hands", "reported_by", "reported_at",
    ),
    "events.TurnoverChange": ("id", "turnover", "reason", "noted_by", "noted_at"),
    "events.Account": ("*",),
    "events.SectionReport": ("*",),
    "events.Incident": ("*",),
    "events.VisitorSurvey": ("*",),
    "events.SurveyPost": ("*",),
    "events.SurveyRefusal": ("*",),
    "events.SurveyAnswer": (
        "id", "survey", "post", "key", "via", "day", "origin", "reason", "stay", "nights", "bed_price", "daily_spend",
        "days", "group_size", "heard", "satisfaction", "void", "void_reason",
    ),
    "events.ImpactBasis": (
        "id", "version", "edition", "area", "base", "meaning", "visitors", "low", "high", "weighting", "source",
        "noted_at",
    ),
    "events.ImpactInput": (
        "id", "version", "edition", "kind", "label", "amount", "factor", "year", "source", "void", "noted_at",
    ),
    "events.ImpactResult": ("id", "edition", "number", "facts", "digest", "note", "closed_at"),
    "events.GateCheck": ("id", "edition", "item", "note", "checked_at"),
}  # fmt: skip
