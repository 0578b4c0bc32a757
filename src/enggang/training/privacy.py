from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

KEPT = _("As long as the record of the training is kept.")

PERSONAL = [
    PersonalField("training.Registration.person", _("To know who takes part."), "public_duty", KEPT),
    PersonalField("training.Registration.agency", _("To give the seat from the right quota."), "public_duty", KEPT),
    PersonalField("training.Registration.printed_name", _("To print the certificate."), "public_duty", KEPT),
    PersonalField(
        "training.Registration.attended_percent", _("To apply the completion rule."), "public_duty", KEPT, sensitive=True
    ),
    PersonalField("training.Registration.outcome", _("To decide about the certificate."), "public_duty", KEPT, sensitive=True),
    PersonalField(
        "training.Registration.outcome_reason", _("To explain a decision against the rule."), "public_duty", KEPT,
        sensitive=True,
    ),
    PersonalField(
        "training.Registration.rule_reason", _("To explain why a decision against the rule was taken back."), "public_duty",
        KEPT, sensitive=True,
    ),
]  # fmt: skip

_JP = _("To count learning hours as they stood when the outcome was decided.")
PERSONAL += [
    PersonalField("training.Registration.jp_planned", _JP, "public_duty", KEPT),
    PersonalField("training.Registration.jp_credited", _JP, "public_duty", KEPT),
    PersonalField(
        "training.Registration.jp_reason", _("To explain a correction."), "public_duty", KEPT, sensitive=True
    ),
    PersonalField("training.Registration.name_confirmed_at", _("To know that the name is right."), "public_duty", KEPT),
    PersonalField("training.ClassPlace.registration", _("To know who is taught where."), "public_duty", KEPT),
    PersonalField("training.Registration.classes", _("To know who is taught where."), "public_duty", KEPT),
    PersonalField("training.Answer.text", _("To prepare the training, as the question says."), "public_duty", KEPT),
    PersonalField(
        "training.HandedPaper.file", _("To prove that the agency sent the participant."), "public_duty", KEPT
    ),
    PersonalField("training.WaveClass.instructor", _("To know who teaches."), "public_duty", KEPT),
    PersonalField("training.WaveSurvey.person", _("To know who teaches."), "public_duty", KEPT),
    PersonalField("training.Session.instructor", _("To know who teaches."), "public_duty", KEPT),
    PersonalField("training.Teaching.person", _("To know who teaches."), "public_duty", KEPT),
    PersonalField("training.Teaching.role", _("To know who teaches."), "public_duty", KEPT),
    PersonalField("training.HandIn.registration", _("To judge the participant's work."), "public_duty", KEPT),
    PersonalField("training.HandInVersion.note", _("To judge the participant's work."), "public_duty", KEPT),
    PersonalField("training.HandInVersion.link", _("To judge the participant's work."), "public_duty", KEPT),
    PersonalField("training.HandInVersion.concept", _("To judge the participant's work."), "public_duty", KEPT),
    PersonalField("training.HandInVersion.again_reason", _("To judge the participant's work."), "public_duty", KEPT),
    PersonalField("training.HandInVersion.graded", _("To judge the participant's work."), "public_duty", KEPT),
    PersonalField("training.HandInVersion.by", _("To judge the participant's work."), "public_duty", KEPT),
    PersonalField("training.Piece.upload", _("To judge the participant's work."), "public_duty", KEPT),
    PersonalField("training.WorkAuthor.person", _("To name the author and to keep their agreement."), "consent", KEPT),
    PersonalField(
        "training.WorkAuthor.agreed_at", _("To name the author and to keep their agreement."), "consent", KEPT
    ),
    PersonalField("training.WaveMessage.text", _("To show what participants were told."), "public_duty", KEPT),
    PersonalField("training.WaveMessage.title", _("To show what participants were told."), "public_duty", KEPT),
]

PERSONAL += [
    PersonalField("training.OutsideCertificate.person", _("To know who learned."), "public_duty", KEPT),
    PersonalField("training.OutsideCertificate.agency", _("To know who checks it."), "public_duty", KEPT),
    PersonalField("training.OutsideCertificate.title", _("To count learning hours."), "public_duty", KEPT),
    PersonalField("training.OutsideCertificate.number", _("To tell certificates apart."), "public_duty", KEPT),
    PersonalField("training.OutsideCertificate.file", _("To prove the learning hours."), "public_duty", KEPT),
    PersonalField(
        "training.OutsideCertificate.reason", _("To explain why it was refused."), "public_duty", KEPT, sensitive=True
    ),
    PersonalField("training.Addressee.reason", _("To know why an agency sends nobody."), "public_duty", KEPT),
    PersonalField("training.AssignmentLetter.signed_post", _("To know who sent the participant."), "public_duty", KEPT),
    PersonalField("training.AssignmentLetter.signed_name", _("To know who sent the participant."), "public_duty", KEPT),
    PersonalField(
        "training.AssignmentLetter.file", _("To prove that the agency sent the participant."), "public_duty", KEPT
    ),
    PersonalField("training.AssignedPerson.registration", _("To know who was sent."), "public_duty", KEPT),
    PersonalField("training.AssignedPerson.reason", _("To say what is wrong with a letter."), "public_duty", KEPT),
]

PERSONAL += [
    PersonalField("training.Nomination.person", _("To know who is nominated."), "public_duty", KEPT),
    PersonalField("training.PaperApproval.signed_by", _("To know who agreed on paper."), "public_duty", KEPT),
    PersonalField("training.PaperApproval.file", _("To prove that the superior agreed."), "public_duty", KEPT),
    PersonalField(
        "training.Nomination.reason", _("To explain why it was refused."), "public_duty", KEPT, sensitive=True
    ),
    PersonalField("training.ProposalRow.nomination", _("To propose who gets a seat."), "public_duty", KEPT),
    *(
        PersonalField(
            f"training.ProposalRow.{name}",
            _("To explain who gets a seat and who does not."),
            "public_duty",
            KEPT,
            sensitive=True,
        )
        for name in ("reasons", "written")
    ),
]
_PLAN = _("To lead from what was learned to what changed at work.")
PERSONAL += [
    PersonalField(f"training.{name}", _PLAN, "public_duty", KEPT)
    for name in (
        "ActionPlan.registration", "ActionPlan.change", "ActionPlan.unit", "ActionPlan.proof", "ActionPlan.superior",
        "ActionPlan.superior_name", "ActionPlan.superior_post", "ActionPlan.reason", "PlanStep.text", "PlanStep.file",
    )
]  # fmt: skip

_NEED = _("To plan what the agency's people are to learn.")
PERSONAL += [
    PersonalField(f"training.{name}", _NEED, "public_duty", KEPT)
    for name in ("Need.people", "Need.reason", "Need.topic", "Need.answer", "Nomination.need")
]

_PAY = _("To reckon and prove what a person is paid.")
PERSONAL += [
    PersonalField(f"training.{name}", _PAY, "legal_obligation", KEPT)
    for name in (
        "Instructor.person", "Instructor.expertise", "Instructor.rank_group", "Instructor.tax_status",
        "Unavailable.instructor", "Unavailable.first_day", "Unavailable.last_day", "Fee.instructor", "Fee.payment", "Fee.payments",
        "Trip.person", "Trip.number", "Trip.leaves_from", "Trip.goes_to", "Trip.leaves_on", "Trip.returns_on",
        "Trip.payments", "Trip.per_diem", "Trip.lodging", "Trip.room", "Trip.diet", "Receipt.name", "Receipt.amount", "Receipt.file",
    )
]  # fmt: skip

PERSONAL += [
    PersonalField("training.Wave.contact", _("To name whom the instructors of a wave ask."), "public_duty", KEPT)
]
_HOUSED = _("To give participants a bed and food they can eat.")
PERSONAL += [
    PersonalField(f"training.TravelWish.{name}", _HOUSED, "consent", KEPT, sensitive=name == "diet")
    for name in ("registration", "arrives_on", "arrives_at", "room_wish", "diet")
]

_SHOWN = _("To plan what a person is to learn for their post, and to prove what an assessor found.")
PERSONAL += [
    PersonalField(f"training.Assessment.{name}", _SHOWN, "public_duty", KEPT, sensitive=name in {"level", "reason"})
    for name in (
        "person", "agency", "competency", "registration", "level", "state", "reason", "assessed_on", "decided_by_key",
        "withdrawn_reason", "withdrawn_by_key",
    )
]  # fmt: skip

_INDEX = _("To reckon the professionalism index (IP ASN) of the agency's staff and to prove it.")
PERSONAL += [
    PersonalField(f"training.{name}", _INDEX, "legal_obligation", KEPT, sensitive=name == "IndexEntry.rule")
    for name in (
        "Relevance.person", "Relevance.agency", "Relevance.registration", "Relevance.certificate", "Relevance.kind",
        "Relevance.relevant", "Relevance.reason", "Relevance.first_year", "Relevance.last_year",
        "Relevance.decided_by_key", "IndexEntry.person", "IndexEntry.year", "IndexEntry.dimension", "IndexEntry.rule",
        "IndexEntry.entered_by_key",
    )
]  # fmt: skip

PERSONAL += [
    PersonalField(f"training.{name}", _("To give account of a training."), "public_duty", KEPT)
    for name in ("ReportPoint.owner", "ReportPhoto.upload", "ReportPhoto.caption", "ReportPhoto.alt",
                 "ReportVersion.data", "ReportVersion.pdf", "ReportVersion.docx", "ReportVersion.scan",
                 "ActivityReport.signatory")
]  # fmt: skip
_JUDGED = _("To know who judges a work, and to keep what the panel signed.")
PERSONAL += [
    PersonalField(f"training.{name}", _JUDGED, "public_duty", KEPT)
    for name in ("Allocation.user", "Allocation.allocated_by_key", "Sitting.members", "Sitting.text", "Sitting.scan")
]

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "training.ActionPlan": (
        "id", "version", "subject", "target_kind", "target", "due_on", "state", "submitted_at", "agreed_at",
        "agreed_by_key", "done_at", "reminded_on",
    ),
    "training.PlanStep": ("id", "plan", "at"),
    "training.Need": (
        "id", "version", "subject", "agency", "organiser", "year", "programme", "competency", "number", "priority",
        "source", "state", "call", "stated_at", "stated_by_key",
    ),
    "training.Instructor": ("id", "version", "subject", "organisation", "teacher_origin", "active"),
    "training.Unavailable": ("id",),
    "training.ActivityReport": ("id", "version", "subject", "wave", "background", "legal_basis", "purpose"),
    "training.ReportPoint": ("id", "report", "kind", "text", "due_on"),
    "training.ReportPhoto": ("id", "report"),
    "training.ReportVersion": (
        "id", "subject", "report", "number", "drawing", "state", "reason", "made_at", "made_by_key", "sha256",
        "frozen_at",
    ),
    "training.Fee": ("id", "wave", "unit"),
    "training.Trip": ("id", "version", "wave", "standard"),
    "training.Receipt": ("id", "trip"),
    "training.TravelWish": ("id",),
    "training.Programme": ("*",),
    "training.ProgrammeCompetency": ("*",),
    "training.Module": ("*",),
    "training.IndexRule": ("*",),
    "training.PortalRule": ("*",),
    "training.JpLimit": ("*",),
    "training.ColumnOrder": ("*",),
    "training.Relevance": ("id", "decided_at"),
    "training.IndexEntry": ("id", "entered_at"),
    "training.Assessment": ("id", "decided_at", "withdrawn_at"),
    "training.Wave": (
        "id", "subject", "version", "programme", "organisation", "name", "state", "starts_on", "ends_on", "time_zone",
        "venue", "offer", "budget", "specimen", "opened_at", "cancel_reason", "names_until",
    ),
    "training.Session": (
        "id", "version", "wave", "module", "title", "day", "begins", "ends", "jp", "room", "klass", "code", "state",
        "changed_at", "cancelled_at", "cancel_reason", "merged_into", "occasion",
    ),
    "training.Teaching": ("id", "session", "position"),
    "training.Material": ("*",),
    "training.Assignment": ("*",),
    "training.HandIn": ("id", "subject", "assignment", "klass", "review"),
    "training.Allocation": ("id", "assignment", "allocated_at"),
    "training.Sitting": ("id", "assignment", "held_on", "place", "kept_at"),
    "training.SatWork": ("*",),
    "training.HandInVersion": ("id", "hand_in", "number", "at", "is_late", "again_until"),
    "training.Piece": ("id", "version"),
    "training.Licence": ("*",),
    "training.Work": ("*",),
    "training.WorkAuthor": ("id", "work", "agreed_by_key"),
    "training.WaveClass": ("id", "wave", "kind", "name", "venue", "room", "capacity"),
    "training.ClassPlace": ("id", "klass"),
    "training.Question": ("*",),
    "training.WaveTest": ("*",),
    "training.WaveSurvey": ("id", "wave", "purpose", "survey", "reminded_on"),
    "training.FollowUp": ("*",),
    "training.Answer": ("id", "question", "registration"),
    "training.RequiredPaper": ("*",),
    "training.HandedPaper": ("id", "paper", "registration", "handed_at"),
    "training.WaveMessage": (
        "id", "wave", "audience", "klass", "written_at", "written_by_key", "last_addressed", "delivered_upto", "told",
        "by_inbox", "by_email", "by_hand", "notice", "session", "slots",
    ),
    "training.PastImport": ("*",),
    "training.Call": ("*",),
    "training.CallAgency": ("*",),
    "training.CallChange": ("*",),
    "training.PaperApproval": (
        "id", "nomination", "stage", "number", "dated", "entered_at", "entered_by_key", "ended_at",
    ),
    "training.Proposal": ("*",),
    "training.NominationStage": ("*",),
    "training.ProposalRow": ("id", "proposal", "wave", "pool", "rank", "fixed", "excluded", "problem"),
    "training.Nomination": (
        "id", "subject", "invited", "priority", "state", "nominated_at", "nominated_by_key", "decided_at",
        "decided_by_key", "registration", "stage",
    ),
    "training.OutsideCertificate": (
        "id", "subject", "title_key", "organiser", "starts_on", "ends_on", "jp", "past_import", "state", "brought_at",
        "brought_by_key", "decided_at", "decided_by_key",
    ),
    "training.Addressee": (
        "id", "subject", "wave", "letter", "organisation", "office", "state", "sent_at", "opened_at", "answered_at",
        "answered_by_key", "reminded_at",
    ),
    "training.AssignmentLetter": (
        "id", "subject", "wave", "agency", "number", "dated", "received_at", "received_by_key",
    ),
    "training.AssignedPerson": ("id", "letter", "state", "checked_at", "checked_by_key"),
    "training.Registration": ("id", "subject", "wave", "claim", "source", "registered_at", "letter_number", "award", "jp_rule"),
}  # fmt: skip
