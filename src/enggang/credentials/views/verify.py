"""The public verification page: no sign-in, no script, one answer."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from enggang.core.codes import normalise_code
from enggang.credentials.queries.verification import Verdict, verify

STATUS = {Verdict.UNKNOWN: 404, Verdict.MISTYPED: 404}


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Verification code"),
        max_length=64,
        help_text=_("14 letters and digits, printed beside the square code. Dashes and spaces do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


@require_GET
def verify_form(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.GET or None)
    if form.is_bound and form.is_valid() and (code := normalise_code(form.cleaned_data["code"])):
        return redirect("credentials:verify", code=code)
    return render(request, "credentials/verify_form.html", {"form": form})


@never_cache
@require_GET
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    answer = verify(code)
    context = {"answer": answer, "award": answer.award, "typed": code[:64], "form": CodeForm()}
    return render(request, "credentials/verify.html", context, status=STATUS.get(answer.verdict, 200))
