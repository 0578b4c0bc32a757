"""Why a row was turned away, or what to look at: stored as a code, said in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Reason(StrEnum):
    NIP_LOST = "nip_lost"
    NIP_NOT_DIGITS = "nip_not_digits"
    NIP_LENGTH = "nip_length"
    NIP_OLD = "nip_old"
    NIP_IS_NIK = "nip_is_nik"
    NIP_BIRTH = "nip_birth"
    NIP_SEX = "nip_sex"
    NIP_SEX_ODD = "nip_sex_odd"
    NIP_APPOINTED_LATER = "nip_appointed_later"
    NIP_TOO_YOUNG = "nip_too_young"
    NIP_TOO_OLD = "nip_too_old"
    NIP_OTHER_NAME = "nip_other_name"
    NIP_OTHER_OWN = "nip_other_own"
    NIP_COMPLETED = "nip_completed"
    NIP_BORN_DIFFERS = "nip_born_differs"
    NIP_SEX_DIFFERS = "nip_sex_differs"
    NIP_PENDING = "nip_pending"
    PHONE_NEEDED = "phone_needed"
    NOT_ACCEPTED = "not_accepted"
    SOMEBODY_ELSE = "somebody_else"
    NAME_MISSING = "name_missing"
    NAME_ODD = "name_odd"
    PHONE_ODD = "phone_odd"
    PHONE_SEVERAL = "phone_several"
    EMAIL_ODD = "email_odd"
    KIND_UNKNOWN = "kind_unknown"
    KIND_DIFFERS = "kind_differs"
    TWICE_IN_FILE = "twice_in_file"
    NIP_TWICE_IN_FILE = "nip_twice_in_file"
    SEVERAL_MATCH = "several_match"
    ELSEWHERE = "elsewhere"
    MOVED = "moved"
    MOVE_OPEN = "move_open"
    CUT = "cut"


# For these alone a row is held back until a person has decided: it counts as one with a warning too.
HELD_BACK = frozenset({Reason.NOT_ACCEPTED, Reason.MOVE_OPEN})

# What looks wrong but may be right (old records): held back until somebody who answers for it has said so.
DOUBTS = frozenset(
    {
        Reason.NIP_SEX_ODD, Reason.NIP_APPOINTED_LATER, Reason.NIP_TOO_YOUNG, Reason.NIP_TOO_OLD,
        Reason.NIP_BORN_DIFFERS, Reason.NIP_SEX_DIFFERS,
    }
)  # fmt: skip

SENTENCES: dict[Reason, Any] = {
    Reason.NIP_LOST: gettext_lazy(
        "The NIP was stored as a number, and Excel has lost its last digits. Format the column as text and type the NIP again."
    ),
    Reason.NIP_NOT_DIGITS: gettext_lazy("The NIP holds something other than digits."),
    Reason.NIP_LENGTH: gettext_lazy("An NIP has 18 digits; this one does not."),
    Reason.NIP_OLD: gettext_lazy("This is an old NIP of 9 digits. Use the present one of 18 digits."),
    Reason.NIP_IS_NIK: gettext_lazy(
        "This has 16 digits like the number of an identity card (NIK). Write the NIP of 18 digits."
    ),
    Reason.NIP_BIRTH: gettext_lazy("The first 8 digits of the NIP are not a possible birth date."),
    Reason.NIP_SEX: gettext_lazy("The 15th digit of the NIP must be 1 or 2."),
    Reason.NIP_SEX_ODD: gettext_lazy("The 15th digit of the NIP is neither 1 nor 2. Please check it."),
    Reason.NIP_APPOINTED_LATER: gettext_lazy("By the NIP, the appointment lies in the future. Please check it."),
    Reason.NIP_TOO_YOUNG: gettext_lazy("By the NIP, the person was appointed before the age of 16. Please check it."),
    Reason.NIP_TOO_OLD: gettext_lazy("By the NIP, the person is over 100 years old. Please check it."),
    Reason.NIP_OTHER_NAME: gettext_lazy(
        "This NIP is already on record under another name ({name}). Whose is it? Correct the NIP or the name."
    ),
    Reason.NIP_OTHER_OWN: gettext_lazy(
        "{name} is on record here with another NIP. Change it on the person's page if the new one is right."
    ),
    Reason.NIP_COMPLETED: gettext_lazy("The person was on record without an NIP; it has been added."),
    Reason.NIP_BORN_DIFFERS: gettext_lazy("The birth date in the list is not the one in the NIP. Please check it."),
    Reason.NIP_SEX_DIFFERS: gettext_lazy("The sex in the list is not the one in the NIP. Please check it."),
    Reason.NIP_PENDING: gettext_lazy("Taken without NIP: the person completes it, and gets no certificate before."),
    Reason.PHONE_NEEDED: gettext_lazy(
        "The NIP is lost and there is no mobile number: without one of them it is not clear who is meant."
    ),
    Reason.NOT_ACCEPTED: gettext_lazy("Nobody has confirmed yet that this NIP is right."),
    Reason.SOMEBODY_ELSE: gettext_lazy(
        "This NIP belongs to {name}, who is somebody else. Write this person's own NIP."
    ),
    Reason.NAME_MISSING: gettext_lazy("The name is missing."),
    Reason.NAME_ODD: gettext_lazy("This is not a person's name."),
    Reason.PHONE_ODD: gettext_lazy("The mobile number could not be read and was left out."),
    Reason.PHONE_SEVERAL: gettext_lazy("There are several mobile numbers; the first was taken."),
    Reason.EMAIL_ODD: gettext_lazy("The e-mail address is not complete and was left out."),
    Reason.KIND_UNKNOWN: gettext_lazy("The status “{value}” is not known; it was taken from the NIP instead."),
    Reason.KIND_DIFFERS: gettext_lazy("The status says {value}, the NIP looks otherwise. Please check it."),
    Reason.TWICE_IN_FILE: gettext_lazy("The same person is already in row {row} of this file."),
    Reason.NIP_TWICE_IN_FILE: gettext_lazy(
        "Row {row} of this file has this NIP for {name}. Whose is it? Correct the NIP of whoever has another."
    ),
    Reason.SEVERAL_MATCH: gettext_lazy(
        "Several people of this name are on record here. Add the NIP or the mobile number, so that it is clear who is meant."
    ),
    Reason.ELSEWHERE: gettext_lazy(
        "This person is on record at {agency}. Ask that agency's coordinator to release them, then upload again."
    ),
    Reason.MOVED: gettext_lazy("Moved here from {agency}."),
    Reason.MOVE_OPEN: gettext_lazy(
        "This person is on record at {agency}. Nobody has confirmed yet that they have moved."
    ),
    Reason.CUT: gettext_lazy("A text was too long and has been cut: {value}."),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """A reason with its particulars."""

    reason: Reason
    values: Mapping[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        return {"reason": str(self.reason), **self.values}


def say(data: Mapping[str, Any]) -> str:
    """The sentence of a stored remark."""
    sentence = SENTENCES.get(data["reason"])
    return str(sentence).format(**data) if sentence else _("Please check this row.")


def say_all(remarks: Iterable[Remark]) -> str:
    return " ".join(say(remark.as_data()) for remark in remarks)
