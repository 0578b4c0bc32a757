"""BSrE's e-sign client: a service that the agency runs in its own network and that signs with a person's passphrase.

By its public manual (API v2): ``POST /api/v2/sign/pdf`` with Basic authentication and JSON ``nik``, ``passphrase``,
``signatureProperties`` and ``file`` (a list of base64 texts); the answer holds ``file`` in the same order, a refusal
``status_code`` and ``error``. Which numbers stand for which refusal is not published in a form that could be verified,
so its words are shown as they are. The passphrase is passed on and kept nowhere.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import Request

from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from enggang.core.acts import Conflict, Refused
from enggang.documents.signing.signed import DIRECT, Unavailable

SECONDS = 60
LARGEST_ANSWER = 200 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class SigningService:
    address: str
    login: str
    password: str

    @sensitive_variables()
    def sign(self, papers: Sequence[bytes], *, nik: str, passphrase: str) -> list[bytes]:
        """The papers signed, in this order. Raises Conflict when the service refuses, Unavailable when it fails."""
        asked: dict[str, object] = {
            "nik": nik,
            "passphrase": passphrase,
            "signatureProperties": [{"tampilan": "INVISIBLE"} for _paper in papers],
            "file": [base64.b64encode(paper).decode() for paper in papers],
        }
        answer = self._ask("/api/v2/sign/pdf", asked)
        files = answer.get("file")
        if not isinstance(files, list) or len(files) != len(papers):
            raise Unavailable(_("The e-sign service answered without the signed files. Try again later."))
        try:
            return [base64.b64decode(str(each), validate=True) for each in files]
        except ValueError as error:
            raise Unavailable(
                _("The e-sign service answered with files that cannot be read. Try again later.")
            ) from error

    @sensitive_variables()
    def _ask(self, path: str, asked: dict[str, object]) -> dict[str, object]:
        secret = base64.b64encode(f"{self.login}:{self.password}".encode()).decode()
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Authorization": f"Basic {secret}"}
        request = Request(self.address.rstrip("/") + path, json.dumps(asked).encode(), headers)  # noqa: S310 -- http(s), checked where it is typed
        try:
            with DIRECT.open(request, timeout=SECONDS) as answer:
                found = json.loads(answer.read(LARGEST_ANSWER))
        except HTTPError as error:
            raise _refusal(error) from None  # the cause holds the request, and with it the passphrase
        except (URLError, HTTPException, OSError, ValueError):
            message = _(
                "The e-sign service at %(address)s does not answer. Nothing of this part was signed; try again later."
            )
            raise Unavailable(message % {"address": self.address}) from None
        return found if isinstance(found, dict) else {}


def _refusal(error: HTTPError) -> Refused:
    try:
        found = json.loads(error.read(10_000))
        words = str(found.get("error") or found.get("message") or "")[:300] if isinstance(found, dict) else ""
    except (ValueError, OSError):
        words = ""
    if error.code in {401, 403} and not words:
        return Conflict(_("The e-sign service does not accept this installation's name and password."))
    if 400 <= error.code < 500:
        return Conflict(_("The e-sign service refused: %(words)s") % {"words": words or error.reason})
    return Unavailable(_("The e-sign service failed: %(words)s. Try again later.") % {"words": words or error.reason})
