from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import POSSIBLE_DAYS, ManyBoxes, field_of
from enggang.core.text import folded
from enggang.documents.forms.writing import WrittenForm
from enggang.places.enums import OrganisationKind, RegionLevel
from enggang.places.models import Organisation
from enggang.training.domain.invitations import Office
from enggang.training.letter_kinds import ASSIGNMENT, INVITATION
from enggang.training.models import CallAgency, Registration, Wave
from enggang.training.queries.letters import committee_lines

if TYPE_CHECKING:
    _Base = forms.ModelMultipleChoiceField[Registration]
else:
    _Base = forms.ModelMultipleChoiceField

PERSON_KEYS = ("name", "nip", "rank", "post", "task")


def suggested_organisations(wave: Wave) -> QuerySet[Organisation]:
    """Those with a quota of the wave; for a region's quota its government and the office like the organiser's.

    In a province every agency of the provincial government: their staff sit in one quota. Besides, whoever was called
    to nominate for the wave or has people in it: an open quota names nobody.
    """
    pools = wave.offer.pools.select_related("region")
    named = Q(pk__in=[pool.organisation_id for pool in pools if pool.organisation_id])
    regions = [pool.region_id for pool in pools if pool.region_id]
    provinces = [pool.region_id for pool in pools if pool.region and pool.region.level == RegionLevel.PROVINCE]
    governments = Q(region_id__in=regions, kind=OrganisationKind.GOVERNMENT)
    own = Q(region_id__in=provinces, kind=OrganisationKind.AGENCY)
    like = wave.organisation.short_name.partition(" ")[0]
    twins = Q(region_id__in=regions, kind=OrganisationKind.AGENCY, short_name__istartswith=like)
    called = Q(pk__in=CallAgency.objects.filter(call__waves=wave).values("agency"))
    sending = Q(pk__in=wave.registrations.standing().values("agency"))
    rows = Organisation.objects.filter(named | governments | own | twins | called | sending).on(wave.starts_on)
    return rows.exclude(pk=wave.organisation_id).order_by("name_key", "pk")


class _WrittenForm(WrittenForm):
    """What every letter of a wave begins from."""

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, organisation=wave.organisation, **kwargs)
        self.wave = wave


class InvitationForm(_WrittenForm):
    kind = INVITATION
    office = forms.CharField(
        label=_("Office"), max_length=160, required=False, initial="Kepala",
        help_text=_("The line after «Yth.», for those ticked below: Sekretaris Daerah, Kepala BKPSDM."),
    )  # fmt: skip
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=_("Invited organisations"),
        required=False,
        widget=ManyBoxes,
    )
    others = forms.CharField(
        label=_("Other addressees"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One per line: office; name of the organisation."),
    )  # fmt: skip
    separate = forms.TypedChoiceField(
        label=_("How many letters"), coerce=lambda value: value == "yes", widget=forms.RadioSelect, initial="no",
        choices=[("no", _("One letter that lists all addressees")), ("yes", _("One letter for each addressee"))],
    )  # fmt: skip

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, wave=wave, **kwargs)
        rows = suggested_organisations(wave)
        field_of(self, "organisations", forms.ModelMultipleChoiceField).queryset = rows
        if not rows.exists():
            del self.fields["organisations"]

    def clean_others(self) -> list[Office]:
        lines = [line.strip() for line in self.cleaned_data["others"].splitlines() if line.strip()]
        return [self._other(line) for line in lines]

    def _other(self, line: str) -> Office:
        office, _sign, name = (part.strip() for part in line.partition(";"))
        rows = Organisation.objects.filter(name__iexact=name) | Organisation.objects.filter(short_name__iexact=name)
        found = list(rows.distinct()[:2])
        if not office or len(found) != 1 or len(office) > 160:
            text = _(
                "“%(line)s”: write the office, a semicolon, and the organisation's name as it stands in this system."
            )
            raise forms.ValidationError(text % {"line": line[:120]})
        return Office(found[0], office)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        ticked = list(data.get("organisations") or [])
        if ticked and not data.get("office"):
            self.add_error("office", _("Type the office the letter is for."))
        if not ticked and not data.get("others"):
            self.add_error(None, _("Choose at least one addressee."))
        return data

    def offices(self) -> list[Office]:
        ticked = self.cleaned_data.get("organisations") or []
        others: list[Office] = self.cleaned_data["others"]
        return [Office(each, self.cleaned_data["office"]) for each in ticked] + others


class OwnAssignmentForm(_WrittenForm):
    kind = ASSIGNMENT
    persons = forms.CharField(
        label=_("People"), max_length=12000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Committee and instructors, one per line: name; NIP; rank; post; task."),
    )  # fmt: skip

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, wave=wave, **kwargs)
        self.fields["persons"].initial = lambda: committee_lines(wave)

    def clean_persons(self) -> list[dict[str, str]]:
        rows = [line for line in self.cleaned_data["persons"].splitlines() if line.strip()]
        return [self._person(line) for line in rows]

    def _person(self, line: str) -> dict[str, str]:
        parts = [part.strip() for part in line.split(";")]
        if len(parts) > len(PERSON_KEYS) or not parts[0] or any(len(part) > 300 for part in parts):
            raise forms.ValidationError(
                _("“%(line)s”: write name; NIP; rank; post; task, parted by semicolons.") % {"line": line[:120]}
            )
        return dict(zip(PERSON_KEYS, parts + [""] * (len(PERSON_KEYS) - len(parts)), strict=True))


class DeclineForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class PeopleField(_Base):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.printed_name} – {obj.agency}"


class AssignmentForm(forms.Form):
    """An agency's letter: one file, its number, date and signatory, and whom it names."""

    people = PeopleField(
        Registration.objects.none(), label=_("Whom the letter names"), widget=forms.CheckboxSelectMultiple
    )
    number = forms.CharField(label=_("Number of the letter"), max_length=120)
    dated = forms.DateField(
        label=_("Date of the letter"), validators=POSSIBLE_DAYS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    signed_post = forms.CharField(label=_("Signed by (post)"), max_length=160)
    signed_name = forms.CharField(label=_("Signed by (name)"), max_length=160)
    file = forms.FileField(
        label=_("Scan or photo of the letter"), help_text=_("PDF, JPEG or PNG, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )  # fmt: skip

    def __init__(self, *args: Any, rows: QuerySet[Registration], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "people", PeopleField).queryset = rows

    def clean_people(self) -> list[Registration]:
        rows = list(self.cleaned_data["people"])
        if len({row.agency_id for row in rows}) > 1:
            raise forms.ValidationError(_("One letter is from one agency: choose people of the same agency."))
        return rows

    def clean_number(self) -> str:
        number = " ".join(self.cleaned_data["number"].split())
        if not folded(number):
            raise forms.ValidationError(_("Type the number as it stands on the letter."))
        return number
