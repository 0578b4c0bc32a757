from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

_IDENTITY = _("To know which person is trained, seated, present and certified.")
_STAFF = _("To tell for which agency and in which post a person is trained.")
_ROSTER = _("To give a rejected row back to the agency that sent it.")
_RECORD = _("As long as the person's training record is kept.")
_SHORT = _("90 days after the roster was sent.")

PERSONAL = [
    PersonalField("people.Person.name", _IDENTITY, "public_duty", _RECORD, mask="initials"),
    PersonalField("people.Person.name_key", _IDENTITY, "public_duty", _RECORD),
    PersonalField("people.Person.nip", _IDENTITY, "public_duty", _RECORD, mask="••••••••201505••••", sensitive=True),
    PersonalField(
        "people.Person.phone",
        _("To reach a person about their own training."),
        "public_duty",
        _("Until the person leaves the service, or asks for another number."),
        sensitive=True,
    ),
    PersonalField(
        "people.Person.email",
        _("To reach a person about their own training."),
        "public_duty",
        _("Until the person leaves the service, or asks for another address."),
    ),
    PersonalField("people.Person.user", _("To let a person sign in to their own record."), "public_duty", _RECORD),
    PersonalField("people.Employment.person", _STAFF, "public_duty", _RECORD),
    PersonalField("people.Employment.organisation", _STAFF, "public_duty", _RECORD),
    PersonalField("people.Employment.kind", _STAFF, "public_duty", _RECORD),
    PersonalField("people.Employment.post", _STAFF, "public_duty", _RECORD),
    PersonalField(
        "people.Employment.post_type", _("To tell which levels and scores the post asks for."), "public_duty", _RECORD
    ),
    PersonalField("people.Employment.rank", _STAFF, "public_duty", _RECORD),
    PersonalField("people.Employment.unit", _STAFF, "public_duty", _RECORD),
    PersonalField("people.Employment.superior", _("To ask the superior about results."), "public_duty", _RECORD),
    PersonalField("people.Employment.starts_on", _STAFF, "public_duty", _RECORD),
    PersonalField("people.Employment.ends_on", _STAFF, "public_duty", _RECORD),
    PersonalField("people.Employment.standing", _STAFF, "public_duty", _RECORD),
    PersonalField(
        "people.Employment.denied_reason", _("To tell why an agency did not know a person."), "public_duty", _RECORD
    ),
    PersonalField("people.Person.nip_pending", _IDENTITY, "public_duty", _("Until the NIP is completed.")),
    PersonalField("people.Person.merged_into", _IDENTITY, "public_duty", _RECORD),
    PersonalField(
        "people.RosterImport.preview", _ROSTER, "public_duty", _("Until the list is read in, at most 90 days.")
    ),
    PersonalField("people.Merge.kept", _IDENTITY, "public_duty", _RECORD),
    PersonalField("people.Merge.gone", _IDENTITY, "public_duty", _RECORD),
    PersonalField("people.Merge.before", _("To part two records again that were made one."), "public_duty", _RECORD),
    PersonalField("people.RosterImport.trace", _("To take an import back."), "public_duty", _SHORT),
    PersonalField(
        "people.RosterImport.undone_rows", _("To tell whom taking an import back had to leave."), "public_duty", _SHORT
    ),
    PersonalField("people.RosterImport.rejected_rows", _ROSTER, "public_duty", _SHORT),
    PersonalField("people.RosterImport.warned_rows", _ROSTER, "public_duty", _SHORT),
    PersonalField("people.RosterImport.created_by_key", _("To tell who sent a roster."), "public_duty", _RECORD),
]

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "people.Person": ("id", "subject", "version"),
    "people.Employment": ("id",),
    "people.RosterImport": (
        "id", "subject", "organisation", "source", "rejects", "job", "state", "counts", "problem", "created_at",
        "choice",
    ),
    "people.ColumnMapping": ("*",),
    "people.Competency": ("*",),
    "people.CompetencyLevel": ("*",),
    "people.Behaviour": ("*",),
    "people.PostType": ("*",),
    "people.RequiredLevel": ("*",),
    "people.Merge": ("id", "subject", "moved", "merged_at", "undone_at"),
}  # fmt: skip
