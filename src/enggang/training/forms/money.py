from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from enggang.budgets.enums import Category, RankGroup, TaxStatus, TeacherOrigin
from enggang.budgets.forms.money import RupiahField, receipt_kind_field
from enggang.budgets.models import BudgetLine, PriceStandard, TeachingUnit
from enggang.budgets.queries.standards import standards_for
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.forms import day_field, field_of, text_area
from enggang.people.forms.finding import PersonField
from enggang.people.models import Person
from enggang.places.forms.tree import TreeField
from enggang.places.models import Organisation
from enggang.training.domain.teaching import MOST, Named
from enggang.training.enums import TeachingRole
from enggang.training.models import Instructor, Teaching, Trip, Wave
from enggang.training.queries.instructors import with_the_role
from enggang.training.rules import MANAGERS

PER_DIEM = "harian"  # tells its rows among those of travel, where lodging stands as well


class PoolFilter(forms.Form):
    """What is looked for in the pool; ``expertise`` offers the words that are in use."""

    text = forms.CharField(label=_("Name or expertise"), max_length=100, required=False)
    expertise = forms.ChoiceField(label=_("Expertise"), required=False)

    def __init__(self, *args: Any, tags: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("All")), *((tag, tag) for tag in tags)]
        field_of(self, "expertise", forms.ChoiceField).choices = choices


class InstructorForm(forms.Form):
    expertise = forms.CharField(
        label=_("Expertise"), max_length=1000, required=False, widget=text_area(3), help_text=_("One per line.")
    )
    teacher_origin = forms.ChoiceField(label=_("Comes from"), choices=TeacherOrigin.choices)
    rank_group = forms.ChoiceField(label=_("Rank for the rate"), choices=RankGroup.choices, required=False)
    tax_status = forms.ChoiceField(label=_("Tax status"), choices=TaxStatus.choices[1:])
    active = forms.BooleanField(label=_("Can be asked"), required=False, initial=True)


class NewInstructorForm(InstructorForm):
    organisation = TreeField(label=_("Pool of"), help_text=_("Its waves offer whoever is in this pool."))
    person = PersonField(
        label=_("Person"),
        help_text=_(
            "Part of the name, or the whole NIP. Who is from outside is entered among the staff of the host first."
        ),
    )
    field_order = ("organisation", "person")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = Organisation.objects.held_by(actor, *MANAGERS)
        field_of(self, "organisation", TreeField).queryset = organisations
        latest = Wave.objects.filter(organisation__in=organisations).order_by("-starts_on", "-pk").first()
        self.initial["organisation"] = latest.organisation_id if latest else organisations.first()
        person = field_of(self, "person", PersonField)
        person.actor, person.also = actor, with_the_role(organisations)


class EditInstructorForm(InstructorForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class AwayForm(forms.Form):
    first_day = day_field(_("Away from"))
    last_day = day_field(_("Until"))


class TeacherForm(forms.Form):
    """One of those who teach a session: somebody of the pool, or whoever teaches it already; left empty, nobody."""

    person = forms.ChoiceField(label=_("Instructor"), required=False)
    role = forms.ChoiceField(label=_("As"), choices=TeachingRole.choices, required=False)

    def __init__(self, *args: Any, people: dict[str, Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        choices = [("", "–"), *((code, person.name) for code, person in people.items())]
        field_of(self, "person", forms.ChoiceField).choices = choices

    def named(self) -> Named | None:
        person = self.people.get(self.cleaned_data["person"])
        role = TeachingRole(self.cleaned_data["role"] or TeachingRole.LEAD)
        return Named(person, role) if person else None


TeacherFormSet = formset_factory(TeacherForm, extra=1, max_num=MOST, absolute_max=MOST)


class FeeForm(forms.Form):
    instructor = forms.ModelChoiceField(Instructor.objects.none(), label=_("Instructor"))
    unit = forms.ModelChoiceField(TeachingUnit.objects.none(), label=_("Reckoned by"))

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Instructor.objects.filter(organisation=wave.organisation).select_related("person")
        field_of(self, "instructor", forms.ModelChoiceField).queryset = rows
        units = TeachingUnit.objects.serving(wave.organisation).on(clock.today())
        field_of(self, "unit", forms.ModelChoiceField).queryset = units


class TripForm(forms.Form):
    number = forms.CharField(label=_("SPPD number"), max_length=100, required=False)
    leaves_from = forms.CharField(label=_("From"), max_length=120)
    goes_to = forms.CharField(label=_("To"), max_length=120)
    leaves_on = day_field(_("Leaves on"))
    returns_on = day_field(_("Returns on"))
    standard = forms.ModelChoiceField(
        PriceStandard.objects.none(), label=_("Price standard of the per diem"), required=False
    )
    per_diem = RupiahField(
        label=_("Per diem (Rp)"), required=False, help_text=_("Left empty: as the price standard says.")
    )
    lodging = RupiahField(label=_("Lodging (Rp)"))
    room = forms.CharField(
        label=_("Room at the hotel"),
        max_length=40,
        required=False,
        help_text=_("Two people with the same room share it."),
    )
    diet = forms.CharField(label=_("Diet"), max_length=200, required=False)

    def __init__(self, *args: Any, wave: Wave, trip: Trip | None = None, **kwargs: Any) -> None:
        initial = {"goes_to": wave.venue.name if wave.venue else "", "leaves_on": wave.starts_on,
                   "returns_on": wave.ends_on, "lodging": 0}  # fmt: skip
        if trip is not None:
            initial = {name: getattr(trip, name) for name in self.base_fields if name != "person"}
        super().__init__(*args, **{"initial": initial, **kwargs})
        if wave.budget:
            standards = standards_for(wave.budget).filter(category=Category.TRAVEL)
            per_diems = standards.filter(item_key__contains=PER_DIEM)
            field_of(self, "standard", forms.ModelChoiceField).queryset = per_diems if per_diems else standards

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("per_diem") is None and "per_diem" not in self.errors:
            standard = data.get("standard")
            if standard is None:
                self.add_error("per_diem", _("Type the per diem, or choose the price standard that tells it."))
            else:
                data["per_diem"] = standard.price
        return data


class NewTripForm(TripForm):
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Person"))
    field_order = ("person",)

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, wave=wave, **kwargs)
        seated = wave.registrations.seated().values("person")
        teaching = Teaching.objects.filter(session__wave=wave).values("person")
        people = Person.objects.filter(pk__in=seated) | Person.objects.filter(pk__in=teaching)
        staff = Person.objects.employed_below(wave.organisation.path)
        field_of(self, "person", forms.ModelChoiceField).queryset = (people | staff).order_by("name_key", "pk")


class EditTripForm(TripForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReceiptForm(forms.Form):
    name = forms.CharField(label=_("What for"), max_length=200, help_text=_("For example: bus ticket."))
    amount = RupiahField(label=_("Amount (Rp)"))
    file = forms.FileField(
        label=_("Scan"), required=False, help_text=_("PDF, JPEG or PNG, at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )  # fmt: skip


class PayForm(forms.Form):
    """From which line, on which day, by which paper; what is paid is reckoned."""

    line = forms.ModelChoiceField(BudgetLine.objects.none(), label=_("From"), empty_label=None)
    paid_on = day_field(_("Paid on"))
    receipt_kind = receipt_kind_field()
    receipt = forms.CharField(label=_("Number (kuitansi, SPM, SP2D)"), max_length=100, required=False)
    over_reason = forms.CharField(label=_("Reason for going above the plan"), max_length=500, required=False)
    other_year = forms.BooleanField(label=_("The day lies outside the budget year, and that is right"), required=False)

    def __init__(self, *args: Any, wave: Wave, category: Category, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"paid_on": clock.today()}, **kwargs})
        rows = BudgetLine.objects.filter(budget=wave.budget_id, category=category) if wave.budget_id else None
        if rows is not None:
            chosen = rows.select_related("budget__organisation", "budget__subject")
            field_of(self, "line", forms.ModelChoiceField).queryset = chosen
