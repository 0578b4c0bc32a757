from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from enggang.documents.domain.signing import Validity
from enggang.documents.enums import SigningBackend
from enggang.documents.forms.letters import DatedForm
from enggang.documents.signing.keys import LARGEST

ADDRESS = [URLValidator(schemes=["https", "http"])]


OF_KEY, OF_SERVICE = ("key", "passphrase", "timestamp_url"), ("address", "login", "password")


class MethodForm(DatedForm):
    """A way of signing, with the fields that its backend needs and no others."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("For example: Segel elektronik Disporapar."))
    key = forms.FileField(
        label=_("Key file"), required=False, widget=forms.FileInput(attrs={"accept": ".p12,.pfx,.pem"}),
        help_text=_("For a key kept here: PKCS#12 or PEM. Empty: a new one is made, which only this office vouches for."),
    )  # fmt: skip
    passphrase = forms.CharField(
        label=_("Passphrase of the key file"), required=False, max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}), help_text=_("Used once to open the file; not kept."),
    )  # fmt: skip
    timestamp_url = forms.CharField(
        label=_("Timestamp authority"), required=False, max_length=200, validators=ADDRESS, widget=forms.URLInput(),
        help_text=_("Address by RFC 3161, if your office has one. Then papers say when they were signed (B-T)."),
    )  # fmt: skip
    address = forms.CharField(
        label=_("Address of the e-sign client"), required=False, max_length=200, validators=ADDRESS,
        help_text=_("For BSrE: as your office's administrator gave it, for example https://esign.example.go.id."),
    )  # fmt: skip
    login = forms.CharField(label=_("Name for the e-sign client"), required=False, max_length=120)
    password = forms.CharField(
        label=_("Password for the e-sign client"), required=False, max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Of this installation, not of a person. It is kept sealed."),
    )  # fmt: skip
    field_order = ["name", *OF_KEY, *OF_SERVICE, "paper", "valid_from", "valid_to", "source"]

    def __init__(self, *args: Any, backend: SigningBackend, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = {SigningBackend.KEY: OF_KEY, SigningBackend.SERVICE: OF_SERVICE}.get(backend, ())
        for name in {*OF_KEY, *OF_SERVICE} - set(kept):
            del self.fields[name]
        for name in set(kept) & set(OF_SERVICE):
            self.fields[name].required = True

    def clean_key(self) -> Any:
        upload = self.cleaned_data["key"]
        if upload and upload.size > LARGEST:
            raise forms.ValidationError(_("This file is too large to be a key. Choose the .p12, .pfx or .pem file."))
        return upload

    def validity(self) -> Validity:
        data = self.cleaned_data
        return Validity(data["valid_from"], data["valid_to"], data["paper"], data["source"])


class PassphraseForm(forms.Form):
    """What a person types for one batch. Neither is kept."""

    nik = forms.RegexField(
        r"^\d{16}$", label=_("NIK of the signer"), error_messages={"invalid": _("A NIK has 16 digits.")}
    )
    passphrase = forms.CharField(
        label=_("Passphrase"), max_length=200, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "off"})
    )


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """At least one file; answers them all."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list) and data else [None]
        return [super(ManyFilesField, self).clean(each, initial) for each in given]


class SignedFilesForm(forms.Form):
    papers = ManyFilesField(
        label=_("Signed files"), widget=ManyFiles(attrs={"accept": ".pdf,.zip", "multiple": True}),
        help_text=_("PDF files, several at once or in one ZIP. Each finds its paper by itself."),
    )  # fmt: skip
