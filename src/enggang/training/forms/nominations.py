from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import POSSIBLE_DAYS, ManyBoxes, field_of
from enggang.documents.domain.letters import LARGEST_SCAN
from enggang.people.forms.fields import OrganisationField
from enggang.places.models import Organisation
from enggang.training.domain.call_changes import CallFacts
from enggang.training.domain.paper_approvals import ApprovalPaper
from enggang.training.enums import WaveState
from enggang.training.forms.pasting import PastedField
from enggang.training.models import Call, Nomination, Programme, Wave

MOST_PASTED = 200


class MomentField(forms.DateTimeField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        super().__init__(widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        moment = super().clean(value)
        if moment is not None:
            for check in POSSIBLE_DAYS:
                check(timezone.localtime(moment).date() if 1900 <= moment.year <= 2199 else moment.date())
        return moment


class CallForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    waves = forms.ModelMultipleChoiceField(
        label=_("Waves"), queryset=Wave.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    deadline = MomentField(label=_("Nominations until"))
    text = forms.CharField(
        label=_("What the agencies read"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Whom you are looking for and what they need. It stands on the agency's page and in the message."),
    )  # fmt: skip

    def __init__(self, *args: Any, programme: Programme, call: Call | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Q(state__in=[WaveState.DRAFT, WaveState.OPEN])
        rows = programme.waves.filter(held | Q(pk__in=_waves_of(call))).select_related("programme")
        field_of(self, "waves", forms.ModelMultipleChoiceField).queryset = rows


def _waves_of(call: Call | None) -> list[int]:
    return list(call.waves.values_list("pk", flat=True)) if call else []


class CallEditForm(CallForm):
    """The same for a call that exists; ``version`` is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        initial = {
            "title": call.title, "deadline": call.deadline, "text": call.text, "version": call.version,
            "waves": _waves_of(call),
        }  # fmt: skip
        super().__init__(*args, programme=call.programme, call=call, initial=initial, **kwargs)

    def facts(self) -> CallFacts:
        data = self.cleaned_data
        return CallFacts(data["title"], list(data["waves"]), data["deadline"], data["text"])


if TYPE_CHECKING:
    _Base = forms.ModelMultipleChoiceField[Nomination]
else:
    _Base = forms.ModelMultipleChoiceField


class NominatedField(_Base):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person.name} · {obj.invited.agency} · {obj.stage}"


class PaperForm(forms.Form):
    """A paper on which superiors agreed, and whom it names."""

    people = NominatedField(label=_("Whom the paper names"), queryset=Nomination.objects.none(), widget=ManyBoxes)
    signed_by = forms.CharField(label=_("Who signed"), max_length=160, help_text=_("Name and post, as on the paper."))
    dated = forms.DateField(
        label=_("Date of the paper"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    number = forms.CharField(label=_("Number of the paper"), max_length=80, required=False)
    file = forms.FileField(
        label=_("Scan or photo"), required=False, help_text=_("PDF, JPEG or PNG, at most 10 MB. Needed where the paper has no number.")
    )  # fmt: skip

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "people", forms.ModelMultipleChoiceField).queryset = rows

    def paper(self) -> ApprovalPaper:
        data = self.cleaned_data
        content = data["file"].read(LARGEST_SCAN + 1) if data["file"] else b""
        return ApprovalPaper(data["signed_by"], data["dated"], data["number"], content)


class InviteForm(forms.Form):
    agency = OrganisationField(label=_("Agency"))
    quota = forms.IntegerField(label=_("Seats"), min_value=0, max_value=20_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "agency", OrganisationField).offer(Organisation.objects.on())


class PasteForm(forms.Form):
    nips = PastedField(
        label=_("NIPs, one person per line"), most=MOST_PASTED, rows=5,
        help_text=_("Only the NIP, or whole rows as copied from a spreadsheet. Lines that cannot be taken stay here with their reason."),
    )  # fmt: skip
