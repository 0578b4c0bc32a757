from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.forms import field_of
from enggang.core.text import folded
from enggang.documents.domain.letters import LARGEST_SCAN
from enggang.people.enums import StaffKind
from enggang.people.forms.fields import DateField, OrganisationField
from enggang.people.forms.persons import PersonForm
from enggang.people.models import Employment, Person
from enggang.people.nip import read_nip
from enggang.people.reasons import SENTENCES, Reason
from enggang.places.models import Organisation
from enggang.seats.enums import Promotion
from enggang.training.enums import Outcome

SHAPES = frozenset({Reason.NIP_LENGTH, Reason.NIP_OLD, Reason.NIP_IS_NIK, Reason.NIP_NOT_DIGITS})


class SelfRegistrationForm(forms.Form):
    """Matched with the roster: both must agree, and the answer never tells which of the two did not."""

    nip = forms.CharField(
        label=_("NIP"),
        max_length=40,
        help_text=_("18 digits; spaces do not matter."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Full name"),
        max_length=200,
        help_text=_("As in your agency's staff list; titles may be left out."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_nip(self) -> str:
        """A number too short, too long or with letters is said at once: that tells nothing about who is on record."""
        typed: str = self.cleaned_data["nip"]
        error = read_nip(typed, today=clock.today()).error
        if error in SHAPES:
            raise forms.ValidationError(str(SENTENCES[error]))
        return typed


class ConfirmNameForm(forms.Form):
    printed_name = forms.CharField(
        label=_("Name on the certificate"),
        max_length=200,
        help_text=_("Exactly as it is to be printed, with titles and commas."),
    )


class OverrideForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Decision"), choices=[(Outcome.PASSED, Outcome.PASSED.label), (Outcome.FAILED, Outcome.FAILED.label)]
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept with the decision and shown to inspectors."),
    )  # fmt: skip


class CorrectJpForm(forms.Form):
    jp = forms.IntegerField(label=_("JP credited"), min_value=0, max_value=1_000)
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept beside the number; the person reads it."),
    )  # fmt: skip


class PromotionForm(forms.Form):
    """How the waiting list moves."""

    promotion = forms.ChoiceField(
        label=_("Who moves up from the waiting list"), choices=Promotion.choices, widget=forms.RadioSelect
    )
    hold_hours = forms.IntegerField(
        label=_("Hours to confirm"), min_value=0, max_value=720,
        help_text=_("Whoever moves up has this long to confirm the seat. 0: it is theirs at once."),
    )  # fmt: skip
    first_hold_hours = forms.IntegerField(
        label=_("Hours to confirm a free seat"), min_value=0, max_value=720, required=False,
        help_text=_(
            "Whoever is registered while seats are free has this long to confirm; after that the seat goes to the next. "
            "72 is three days. 0: the seat is theirs at once. Deadlines already given stand."
        ),
    )  # fmt: skip
    then_open = forms.BooleanField(
        label=_("When nobody of its quota waits, a seat given back goes to whoever waits longest"), required=False,
        help_text=_("First those of the same quota, then everyone. Without this the seat is kept for the quota."),
    )  # fmt: skip
    late_substitution = forms.BooleanField(
        label=_("Agencies may swap people after registration has closed"), required=False
    )

    def clean_first_hold_hours(self) -> int:
        return self.cleaned_data["first_hold_hours"] or 0


class WalkInForm(forms.Form):
    """``people``: whom the NIP or name may mean. Only a full NIP names somebody for certain; else one is chosen."""

    who = forms.CharField(
        label=_("NIP or name"), max_length=100,
        help_text=_("The NIP in full; for honorary staff, or where the NIP is yet to be completed, the name."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    letter_number = forms.CharField(
        label=_("Number of the assignment letter"), max_length=80, help_text=_("As printed on the letter in hand.")
    )
    any_quota = forms.BooleanField(label=_("Also take a seat that another quota left empty"), required=False)

    def __init__(self, *args: Any, people: Sequence[Person] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.code: person for person in people}
        digits = "".join(char for char in str(self.data.get("who", "")) if char.isdigit())
        self.certain = next((person for person in people if person.nip and person.nip == digits), None)
        if people and not self.certain:
            self.fields["person"] = forms.ChoiceField(
                label=_("Who stands at the desk"), choices=[(code, _told(each)) for code, each in self.people.items()],
                widget=forms.RadioSelect, error_messages={"required": _("Choose who stands at the desk.")},
            )  # fmt: skip
            self.order_fields(["who", "person"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.pop("who", None) and not self.people:
            text = _(
                "Nobody on the staff lists has this NIP or name. If they hold an assignment letter, use “Nobody on any list” below."
            )
            self.add_error("who", text)
        data["person"] = self.certain or self.people.get(data.get("person", ""))
        return data


NOBODY = "-"
ON_LETTER = ("letter_number", "dated", "file", "signed_post", "signed_name", "any_quota", "step")


class GuestForm(PersonForm):
    """Somebody whom no list knows: first who it is, then (``letter``) what stands on the letter in their hand."""

    step = forms.CharField(widget=forms.HiddenInput, initial="letter", required=False)
    agency = OrganisationField(
        label=_("Agency that sends the person"),
        help_text=_("As on the letter. It confirms afterwards that this is its staff."),
    )
    kind = forms.ChoiceField(label=_("Status"), choices=StaffKind.choices)
    post = forms.CharField(label=_("Post"), max_length=200, required=False)
    letter_number = forms.CharField(label=_("Number of the assignment letter"), max_length=80)
    dated = DateField(label=_("Date of the letter"))
    file = forms.FileField(
        label=_("Photo or scan of the letter"), help_text=_("PDF, JPEG or PNG, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png", "capture": "environment"}),
    )  # fmt: skip
    signed_post = forms.CharField(label=_("Signed by (post)"), max_length=160, required=False)
    signed_name = forms.CharField(label=_("Signed by (name)"), max_length=160, required=False)
    any_quota = forms.BooleanField(label=_("Also take a seat that another quota left empty"), required=False)
    field_order = ("same", "name", "nip", "phone", "agency", "kind", "post", "letter_number", "dated", "file")

    def __init__(self, *args: Any, letter: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("email", *(() if letter else ON_LETTER)):
            del self.fields[name]
        self.fields["phone"].required = True
        self.fields["nip"].help_text = _("18 digits. Leave it empty when it is not at hand: it is completed later.")
        field_of(self, "agency", OrganisationField).offer(Organisation.objects.on())

    def ask(self, same: Sequence[Person], nip: str) -> None:
        """Let it be chosen who of those on record this is, or nobody of them; an NIP that is on record leaves no doubt."""
        certain = [person for person in same if nip and person.nip == nip]
        choices = [(person.code, _told(person)) for person in certain or same]
        if not certain:
            choices.append((NOBODY, str(_("Nobody of these: a new person"))))
        once = _("This NIP is on record. If it is somebody else's, correct the number, or leave it empty.")
        several = _("No second record is made of one person. What is on record is not changed here.")
        self.fields["same"] = forms.ChoiceField(
            label=_("Who is it? On record are"), choices=choices, widget=forms.RadioSelect, required=True,
            help_text=once if certain else several,
        )  # fmt: skip
        self.order_fields(self.field_order)

    def clean_letter_number(self) -> str:
        number = " ".join(self.cleaned_data["letter_number"].split())
        if not folded(number):
            raise forms.ValidationError(_now("Type the number as it stands on the letter."))
        return number

    def clean_file(self) -> bytes:
        content: bytes = self.cleaned_data["file"].read(LARGEST_SCAN + 1)
        return content


def _told(person: Person) -> str:
    """Enough to tell two of the same name apart, without an NIP."""
    loaded: list[Employment] | None = getattr(person, "present", None)
    work = next(iter(person.employments.all() if loaded is None else loaded), None)
    parts = [person.name, *([work.organisation.name, work.post, work.short_kind] if work else [])]
    return " · ".join([*filter(None, parts), *([_now("NIP to be completed")] if person.nip_pending else [])])
