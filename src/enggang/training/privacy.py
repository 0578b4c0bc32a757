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
]  # fmt: skip

PERSONAL += [
    PersonalField("training.Registration.name_confirmed_at", _("To know that the name is right."), "public_duty", KEPT),
    PersonalField("training.ClassPlace.registration", _("To know who is taught where."), "public_duty", KEPT),
    PersonalField("training.Answer.text", _("To prepare the training, as the question says."), "public_duty", KEPT),
    PersonalField(
        "training.HandedPaper.file", _("To prove that the agency sent the participant."), "public_duty", KEPT
    ),
    PersonalField("training.WaveClass.instructor", _("To know who teaches."), "public_duty", KEPT),
    PersonalField("training.Session.instructor", _("To know who teaches."), "public_duty", KEPT),
    PersonalField("training.WaveMessage.text", _("To show what participants were told."), "public_duty", KEPT),
    PersonalField("training.WaveMessage.title", _("To show what participants were told."), "public_duty", KEPT),
]

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "training.Programme": ("*",),
    "training.Module": ("*",),
    "training.Wave": ("*",),
    "training.Session": (
        "id", "version", "wave", "module", "title", "day", "begins", "ends", "jp", "room", "klass", "code", "state",
        "changed_at", "cancelled_at", "occasion",
    ),
    "training.WaveClass": ("id", "wave", "kind", "name", "venue", "room", "capacity"),
    "training.ClassPlace": ("id", "klass"),
    "training.Question": ("*",),
    "training.Answer": ("id", "question", "registration"),
    "training.RequiredPaper": ("*",),
    "training.HandedPaper": ("id", "paper", "registration", "handed_at"),
    "training.WaveMessage": (
        "id", "wave", "audience", "klass", "written_at", "written_by_key", "last_addressed", "delivered_upto", "told",
        "by_inbox", "by_email", "by_hand",
    ),
    "training.Registration": ("id", "subject", "wave", "claim", "source", "registered_at", "letter_number", "award"),
}  # fmt: skip
