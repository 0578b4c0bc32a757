from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import field_of, text_area
from enggang.people.phones import shown_phone
from enggang.stories.domain.suggestions import Picture
from enggang.stories.enums import DestinationKind
from enggang.stories.enums_suggestions import Suggested
from enggang.stories.models import Suggestion, SuggestionDesk
from enggang.stories.queries.suggestions import regions_taken

SOONEST, LATEST = 3, 24 * 3600  # seconds between the form's making and its sending
SALT = "stories.suggestion"
NOT_FACTS = frozenset({"once", "made", "homepage", "file", "agrees"})


class SuggestForm(forms.ModelForm):  # type: ignore[type-arg]  # Django has no such parameter when it runs
    """What somebody fills in on a phone. ``homepage`` is for programs: people do not see it."""

    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    made = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)
    phone = forms.CharField(
        label=_("Phone (WhatsApp)"), max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        help_text=_("The office answers you there. Nobody else sees it."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("A photo"), required=False, widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
        help_text=_("JPEG or PNG, at most 5 MB. Only the office sees it."),
    )  # fmt: skip
    agrees = forms.BooleanField(label=_("The office may keep my name and number to answer this proposal."))
    homepage = forms.CharField(label=_("Leave this empty"), required=False, max_length=200)

    class Meta:
        model = Suggestion
        fields = ["name", "region", "place", "when", "description", "person", "group", "phone", "email"]
        widgets = {"description": text_area(6)}
        help_texts = {
            "email": _("If you have one, you confirm by a link in a mail; else the office calls you."),
            "group": _("Empty: you propose it for yourself."),
        }

    def __init__(self, *args: Any, what: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = field_of(self, "region", forms.ModelChoiceField)
        region.queryset = regions_taken()
        region.empty_label = _("Choose")
        is_event = what == Suggested.EVENT
        self.fields["name"].label = _("Name of the event") if is_event else _("Name of the place")
        self.fields["when"].label = _("When it is held") if is_event else _("When it is open")
        self.fields["description"].label = _("What happens there") if is_event else _("What there is to see")
        self.fields["once"].initial = secrets.token_urlsafe(18)
        self.fields["made"].initial = signing.TimestampSigner(salt=SALT).sign(what)
        self.order_fields([*self.Meta.fields, "file", "agrees", "homepage"])

    def clean(self) -> dict[str, Any]:
        """A form that is filled in within three seconds, or in the field that nobody sees, was filled in by a program."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        signer = signing.TimestampSigner(salt=SALT)
        made = found.get("made") or ""
        try:
            signer.unsign(made, max_age=LATEST)
            too_soon = not _is_older(signer, made)
        except signing.BadSignature:
            raise forms.ValidationError(_("This page stood open for too long. Send it once more.")) from None
        if too_soon or found.get("homepage"):
            raise forms.ValidationError(
                _("This was sent faster than people write. Wait a moment, then send it once more.")
            )
        return found

    def _post_clean(self) -> None:
        """The act checks the whole row and says what is wrong."""

    def renewed(self) -> SuggestForm:
        """The same form to be sent once more, with what was typed and a new stamp where the old one is too old."""
        data = self.data.copy()  # type: ignore[attr-defined]  # of a bound form: what was posted
        if not self.has_stamp:
            data["made"] = signing.TimestampSigner(salt=SALT).sign("again")
        self.data = data
        return self

    @property
    def has_stamp(self) -> bool:
        try:
            signing.TimestampSigner(salt=SALT).unsign(self.data.get("made", ""), max_age=LATEST)
        except signing.BadSignature:
            return False
        return True

    @property
    def picture(self) -> Picture | None:
        file = self.cleaned_data.get("file")
        return Picture(file.read(), file.name) if file else None

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in NOT_FACTS}


def _is_older(signer: signing.TimestampSigner, made: str) -> bool:
    try:
        signer.unsign(made, max_age=SOONEST)
    except signing.SignatureExpired:
        return True
    return False


class AcceptPlaceForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of place"), choices=[("", _("Choose")), *DestinationKind.choices])


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=text_area(3), help_text=_("It is told to whoever proposed it.")
    )


class CallForm(forms.Form):
    code = forms.CharField(
        label=_("The code they say"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class DeskForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = SuggestionDesk
        fields = ["is_open", "phone", "hours"]
        help_texts = {"hours": _("For example: Monday to Friday, 8.00 to 15.00.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.initial["phone"] = shown_phone(self.initial.get("phone") or "")

    def _post_clean(self) -> None:
        """The act checks the row."""

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
