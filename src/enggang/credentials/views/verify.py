"""The public verification page: no sign-in, no script, one answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from enggang.core.acts import Refused
from enggang.core.codes import normalise_code
from enggang.core.ratelimit import limit
from enggang.core.text import one_line
from enggang.credentials.checking import LARGEST, check_file
from enggang.credentials.queries.verification import Verdict, verify
from enggang.credentials.wording import of_picture, said

TRIES, WINDOW = 30, 300  # files from one place in so many seconds: each costs some work
STATUS = {Verdict.UNKNOWN: 404, Verdict.MISTYPED: 404}


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Verification code"),
        max_length=64,
        help_text=_("14 letters and digits, printed beside the square code. Dashes and spaces do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("Certificate or badge"), help_text=_("PDF, JSON or PNG, at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.json,.png"}),
    )  # fmt: skip

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        return upload


@require_GET
def verify_form(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.GET or None)
    if form.is_bound and form.is_valid() and (code := normalise_code(form.cleaned_data["code"])):
        return redirect("credentials:verify", code=code)
    return render(request, "credentials/verify_form.html", {"form": form, "file_form": FileForm()})


@never_cache
@require_POST
def verify_file(request: HttpRequest) -> HttpResponse:
    """Look into a file that somebody holds. It is read in this request and kept nowhere."""
    form = FileForm(request.POST, request.FILES)
    try:
        limit(request, "verify-file", times=TRIES, seconds=WINDOW)
    except Refused as refused:
        form.is_valid()
        form.add_error(None, refused.message)
    if not form.is_valid():
        return render(request, "credentials/verify_form.html", {"form": CodeForm(), "file_form": form}, status=422)
    upload = form.cleaned_data["file"]
    finding = check_file(upload.read())
    context = {
        "finding": finding,
        "said": said(finding),
        "picture": of_picture(finding),
        "name": one_line(upload.name, 100),
    }
    return render(request, "credentials/checked.html", context)


@never_cache
@require_GET
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    answer = verify(code)
    context = {"answer": answer, "award": answer.award, "typed": code[:64], "form": CodeForm()}
    return render(request, "credentials/verify.html", context, status=STATUS.get(answer.verdict, 200))
