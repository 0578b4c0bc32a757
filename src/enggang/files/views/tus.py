"""Resumable uploads by the tus protocol 1.0.0 (https://tus.io/protocols/resumable-upload): core, creation, expiration,
checksum and termination. A GET, which the protocol leaves free, tells the page what became of an upload.

No CSRF token: every call that changes something carries a header that a foreign page cannot send without being asked
first, and the ticket in the address is made for one account or one private link.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from enggang.core.actor import Actor, ActorKind, actor_of
from enggang.core.acts import Conflict, Refused
from enggang.files.domain.allowance import allowance_of
from enggang.files.domain.tickets import Ticket, read_ticket
from enggang.files.domain.uploading import Checksum, TooLarge, WrongChecksum, end_upload, open_upload, receive
from enggang.files.enums import UploadState
from enggang.files.models import Upload

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,checksum,termination"
ALGORITHMS = ("sha256", "sha1")
METADATA_BYTES = 2048
NUMBER_DIGITS = 15
CHUNK_TYPE = "application/offset+octet-stream"
WRONG_CHECKSUM = 460

View = Callable[[HttpRequest, Ticket, str], HttpResponse]


class BadRequest(Exception):
    """A header is missing or not to be understood."""


def speaks_tus(view: View) -> Callable[..., HttpResponse]:
    """Find the ticket, agree on the version, and tell refusals by the protocol's status codes."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, ticket: str, code: str = "") -> HttpResponse:
        found = read_ticket(ticket, actor_of(request))
        if found is None:
            raise Http404
        if request.method not in {"OPTIONS", "GET"} and request.headers.get("Tus-Resumable") != VERSION:
            response = HttpResponse(status=412, headers={"Tus-Version": VERSION})
        else:
            response = _guarded(view, request, found, code or ticket)
        response["Tus-Resumable"] = VERSION
        return response

    return answer


def _guarded(view: View, request: HttpRequest, ticket: Ticket, key: str) -> HttpResponse:
    codes: tuple[tuple[type[Exception], int], ...] = (
        (BadRequest, 400), (TooLarge, 413), (WrongChecksum, WRONG_CHECKSUM), (Conflict, 409), (Refused, 400),
    )  # fmt: skip
    try:
        return view(request, ticket, key)
    except (BadRequest, Refused) as error:
        status = next(code for kind, code in codes if isinstance(error, kind))
        return HttpResponse(str(error), status=status, content_type="text/plain; charset=utf-8")


@speaks_tus
def uploads(request: HttpRequest, ticket: Ticket, sealed: str) -> HttpResponse:
    """OPTIONS: what is spoken; POST: begin; GET: how much room there is."""
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=_abilities(ticket))
    if request.method == "POST":
        return _create(request, ticket, sealed)
    if request.method == "GET":
        room = allowance_of(ticket)
        return JsonResponse({"largest": room.largest, "left": room.left})
    return HttpResponse(status=405, headers={"Allow": "GET, POST, OPTIONS"})


def _abilities(ticket: Ticket) -> dict[str, str]:
    return {
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(ticket.max_bytes),
        "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
    }


def _create(request: HttpRequest, ticket: Ticket, sealed: str) -> HttpResponse:
    length = _number(request, "Upload-Length")
    name = _metadata(request.headers.get("Upload-Metadata", "")).get("filename", "")
    row = open_upload(ticket=ticket, length=length, name=name, actor=_owner(request, ticket))
    return HttpResponse(
        status=201,
        headers={"Location": reverse("files:upload_part", args=[sealed, row.code]), **_expiry(row)},
    )


@speaks_tus
def upload(request: HttpRequest, ticket: Ticket, code: str) -> HttpResponse:
    """HEAD: how far; PATCH: go on; DELETE: give up; GET: what became of it."""
    rows = Upload.objects.filter(owner_key=ticket.owner_key, context=ticket.context)
    row = get_object_or_404(rows, code=code)
    if row.state == UploadState.ENDED:
        return HttpResponse(status=410)
    verbs: dict[str, Callable[[HttpRequest, Ticket, Upload], HttpResponse]] = {
        "GET": _tell, "HEAD": _head, "PATCH": _patch, "DELETE": _delete,
    }  # fmt: skip
    method = (request.method or "").upper()
    if method == "POST":  # for lines that let through nothing else
        method = request.headers.get("X-HTTP-Method-Override", "").upper()
    verb = verbs.get(method)
    return verb(request, ticket, row) if verb else HttpResponse(status=405, headers={"Allow": ", ".join(verbs)})


def _tell(_request: HttpRequest, _ticket: Ticket, row: Upload) -> HttpResponse:
    return JsonResponse(
        {"state": row.state, "offset": row.offset, "length": row.length, "name": row.name, "refusal": row.why,
         "used": row.claimed_at is not None}
    )  # fmt: skip


def _head(_request: HttpRequest, _ticket: Ticket, row: Upload) -> HttpResponse:
    place = {"Upload-Offset": str(row.offset), "Upload-Length": str(row.length)}
    return HttpResponse(status=200, headers={**place, **_expiry(row)})


def _patch(request: HttpRequest, ticket: Ticket, row: Upload) -> HttpResponse:
    if request.content_type != CHUNK_TYPE:
        return HttpResponse(status=415)
    offset, size = _number(request, "Upload-Offset"), _number(request, "Content-Length")
    if offset != row.offset or not row.is_open:
        return HttpResponse(status=409, headers={"Upload-Offset": str(row.offset)})
    position = receive(
        upload=row, offset=offset, size=size, read=request.read, actor=_owner(request, ticket),
        checksum=_checksum(request),
    )  # fmt: skip
    row.refresh_from_db()
    return HttpResponse(status=204, headers={"Upload-Offset": str(position), **_expiry(row)})


def _delete(request: HttpRequest, ticket: Ticket, row: Upload) -> HttpResponse:
    end_upload(upload=row, actor=_owner(request, ticket))
    return HttpResponse(status=204)


def _owner(request: HttpRequest, ticket: Ticket) -> Actor:
    """Who acts: the link the ticket was made for, also when somebody is signed in beside it."""
    if ticket.owner_key.startswith("link:"):
        return Actor(ActorKind.LINK, ticket.owner_key)
    return actor_of(request)


def _expiry(row: Upload) -> dict[str, str]:
    return {"Upload-Expires": http_date(row.expires_at.timestamp())} if row.is_open else {}


def _number(request: HttpRequest, header: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) <= NUMBER_DIGITS):
        raise BadRequest(f"{header} is not a number")
    return int(text)


def _checksum(request: HttpRequest) -> Checksum | None:
    header = request.headers.get("Upload-Checksum")
    if header is None:
        return None
    algorithm, _sep, digest = header.partition(" ")
    if algorithm not in ALGORITHMS:
        raise BadRequest("unsupported checksum algorithm")
    return Checksum(algorithm, _decoded(digest))


def _metadata(header: str) -> dict[str, str]:
    if len(header) > METADATA_BYTES:
        raise BadRequest("Upload-Metadata is too long")
    pairs = [pair.strip().partition(" ") for pair in header.split(",") if pair.strip()]
    return {key: _decoded(value).decode("utf-8", "replace") for key, _sep, value in pairs}


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadRequest("not Base64") from error
