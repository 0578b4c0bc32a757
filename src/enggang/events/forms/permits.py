from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from enggang.budgets.forms.money import RupiahField
from enggang.core import clock
from enggang.core.forms import day_field, field_of, text_area
from enggang.documents.forms.writing import WrittenForm
from enggang.events.enums import PERMIT_MOVES, Issuer, PermitKind, PermitState
from enggang.events.letter_kinds import PERMIT
from enggang.events.models import Permit, PermitDocument

PAPER = forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"})


class NewPermitForm(forms.Form):
    kind = forms.ChoiceField(label=_("Permit"), choices=PermitKind.choices)
    name = forms.CharField(
        label=_("Name"), max_length=160, required=False, help_text=_("For another permit, or a second one of its kind.")
    )
    issuer = forms.ChoiceField(
        label=_("Issued by"), choices=[("", _("As the rule says")), *Issuer.choices], required=False
    )
    office = forms.CharField(label=_("Issuing office"), max_length=200, required=False)


class PermitForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    issuer = forms.ChoiceField(label=_("Issued by"), choices=Issuer.choices)
    office = forms.CharField(
        label=_("Issuing office"), max_length=200, required=False,
        help_text=_("As the letter addresses it, such as Polres Mempawah. Emptied: as the record names it."),
    )  # fmt: skip
    fee = RupiahField(label=_("Fee (Rp)"), required=False)
    valid_from = day_field(_("Valid from"), required=False)
    valid_until = day_field(_("Valid until"), required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=text_area())

    def __init__(self, data: Any = None, *, permit: Permit) -> None:
        names = ("version", "issuer", "office", "fee", "valid_from", "valid_until", "note")
        super().__init__(data, initial={name: getattr(permit, name) for name in names})


class MoveForm(forms.Form):
    """To the next state; number, scan and validity belong to an issued one."""

    to = forms.ChoiceField(label=_("State"))
    on = day_field(_("On"))
    note = forms.CharField(
        label=_("Note"), max_length=500, required=False, widget=text_area(),
        help_text=_("Needed when it is returned, refused or not needed."),
    )  # fmt: skip
    number = forms.CharField(label=_("Number"), max_length=120, required=False, help_text=_("For an issued permit."))
    issued_on = day_field(_("Dated"), required=False)
    valid_from = day_field(_("Valid from"), required=False)
    valid_until = day_field(_("Valid until"), required=False)
    fee = RupiahField(label=_("Fee (Rp)"), required=False)
    scan = forms.FileField(
        label=_("Scan of the permit"), required=False, widget=PAPER, help_text=_("PDF, JPEG or PNG, at most 10 MB.")
    )

    def __init__(self, *args: Any, permit: Permit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = PERMIT_MOVES[PermitState(permit.state)]
        choices = [(state.value, state.label) for state in PermitState if state in allowed]
        field_of(self, "to", forms.ChoiceField).choices = choices
        self.fields["on"].initial = clock.today
        for name in ("valid_from", "valid_until", "fee", "number"):
            self.fields[name].initial = getattr(permit, name)

    @property
    def facts(self) -> dict[str, Any]:
        facts = {name: value for name, value in self.cleaned_data.items() if name != "scan"}
        if scan := self.cleaned_data.get("scan"):
            facts |= {"content": scan.read(), "filename": scan.name}
        return facts


class PaperForm(forms.Form):
    document = forms.ModelChoiceField(
        PermitDocument.objects.none(), label=_("Document"), required=False, empty_label=_("Another one")
    )
    name = forms.CharField(label=_("What it is"), max_length=200, required=False, help_text=_("For another one."))
    file = forms.FileField(label=_("File"), widget=PAPER, help_text=_("PDF, JPEG or PNG, at most 10 MB."))

    def __init__(self, *args: Any, documents: list[PermitDocument], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = PermitDocument.objects.filter(pk__in=[row.pk for row in documents])
        field_of(self, "document", forms.ModelChoiceField).queryset = rows

    @property
    def facts(self) -> dict[str, Any]:
        file = self.cleaned_data["file"]
        return {
            "document": self.cleaned_data["document"], "name": self.cleaned_data["name"],
            "content": file.read(), "filename": file.name,
        }  # fmt: skip


class ApplicationForm(WrittenForm):
    kind = PERMIT
    despite = forms.BooleanField(label=_("Write it although something is missing"), required=False)

    def start(self) -> dict[str, Any]:
        return {**super().start(), "despite": self.cleaned_data["despite"]}
