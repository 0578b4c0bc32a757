"""Resumable uploads: the protocol, its hostile twins, and what becomes of the bytes."""

from __future__ import annotations

import base64
import hashlib
import io
import threading
import zipfile
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.utils.translation import override

from enggang.access.domain.links import actor_of_link, open_link, revoke_links
from enggang.access.enums import LinkScope, Role
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM, Actor, load_user
from enggang.core.acts import Conflict
from enggang.core.models import Job
from enggang.files.domain import parts
from enggang.files.domain.retention import delete_expired_job
from enggang.files.domain.tickets import Ticket, ticket_for
from enggang.files.domain.uploading import claim_upload, complete_upload, receive
from enggang.files.enums import Purpose, UploadState
from enggang.files.models import StoredFile, Upload
from enggang.places.models import Organisation
from tests.files.bucket import put
from tests.places.factories import browser, organisation

pytestmark = pytest.mark.django_db
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40
TUS = {"Tus-Resumable": "1.0.0"}
CHUNK = "application/offset+octet-stream"


def actor_behind(client: Client) -> Actor:
    return load_user(int(client.session["_auth_user_id"]))


def given(
    client: Client, owner: Organisation, *, accepts: str = "photo,document", max_bytes: int = 1_000_000
) -> Ticket:
    return ticket_for(
        actor=actor_behind(client), organisation=owner, context="test:1", purpose=Purpose.WORK, accepts=accepts,
        max_bytes=max_bytes,
    )  # fmt: skip


def begin(client: Client, ticket: Ticket, length: int = len(JPEG), name: str = "foto.jpg") -> Any:
    meta = "filename " + base64.b64encode(name.encode()).decode()
    return client.post(ticket.url, headers={**TUS, "Upload-Length": str(length), "Upload-Metadata": meta})


def send(client: Client, url: str, offset: int, body: bytes, **headers: str) -> Any:
    return client.patch(url, body, content_type=CHUNK, headers={**TUS, "Upload-Offset": str(offset), **headers})


def head(client: Client, url: str) -> Any:
    return client.head(url, headers=TUS)


@pytest.fixture
def world() -> tuple[Client, Ticket]:
    owner = organisation()
    client = browser((Role.ORGANISER, owner))
    return client, given(client, owner)


def arrived(client: Client, ticket: Ticket, content: bytes = JPEG, name: str = "foto.jpg") -> Upload:
    url = begin(client, ticket, len(content), name)["Location"]
    assert send(client, url, 0, content).status_code == 204
    jobs.run_pending()
    return Upload.objects.get(code=url.split("/")[-2])


def test_a_file_arrives_in_pieces_and_is_stored_by_a_job(world: tuple[Client, Ticket]) -> None:
    client, ticket = world
    begun = begin(client, ticket)
    assert begun.status_code == 201
    assert begun["Upload-Expires"]
    url = begun["Location"]
    assert send(client, url, 0, JPEG[:4000])["Upload-Offset"] == "4000"
    told = head(client, url)
    assert (told["Upload-Offset"], told["Upload-Length"], told["Cache-Control"].find("no-store") >= 0) == (
        "4000", str(len(JPEG)), True,
    )  # fmt: skip
    assert send(client, url, 4000, JPEG[4000:]).status_code == 204
    upload = Upload.objects.get()
    assert (upload.state, StoredFile.objects.count()) == (UploadState.RECEIVED, 0)  # the request did no more
    jobs.run_pending()
    upload.refresh_from_db()
    assert upload.file is not None
    assert (upload.state, upload.file.name, upload.file.media_type) == ("stored", "foto.jpg", "image/jpeg")
    assert upload.file.sha256 == hashlib.sha256(JPEG).hexdigest()
    with upload.file.content.open("rb") as kept:
        assert kept.read() == JPEG
    assert not parts.path_of(upload).exists()
    assert client.get(url).json()["state"] == "stored"


def test_what_the_browser_remembers_stays_while_the_address_changes(world: tuple[Client, Ticket]) -> None:
    client, ticket = world
    with clock.frozen_at(clock.now() + timedelta(days=1)):
        later = replace(ticket)
        assert later.store == ticket.store
    assert replace(ticket, context="test:2").store != ticket.store
    assert replace(ticket, owner_key="user:0").store != ticket.store
    assert ticket.owner_key not in ticket.store
    url = begin(client, ticket)["Location"]
    assert client.get(f"{ticket.url}{url.split('/')[-2]}/").json()["offset"] == 0  # any later ticket finds it again


def test_the_server_says_what_it_speaks(world: tuple[Client, Ticket]) -> None:
    client, ticket = world
    answer = client.options(ticket.url)
    assert answer.status_code == 204
    assert answer["Tus-Extension"] == "creation,expiration,checksum,termination"
    assert answer["Tus-Max-Size"] == "1000000"
    assert client.get(ticket.url).json()["largest"] == 1_000_000
    refused = client.post(ticket.url, headers={"Upload-Length": "3", "Tus-Resumable": "0.2"})
    assert (refused.status_code, refused["Tus-Version"]) == (412, "1.0.0")


class DroppedLine(io.RawIOBase):
    """A body whose line breaks after some bytes."""

    def __init__(self, content: bytes) -> None:
        self.content = io.BytesIO(content)

    def take(self, size: int) -> bytes:
        block = self.content.read(min(size, 1500))
        if not block:
            raise OSError("the line dropped")
        return block


def test_a_line_that_drops_in_a_piece_keeps_what_came_and_goes_on(world: tuple[Client, Ticket]) -> None:
    client, ticket = world
    url = begin(client, ticket)["Location"]
    upload, actor = Upload.objects.get(), actor_behind(client)
    assert receive(upload=upload, offset=0, size=9000, read=DroppedLine(JPEG[:5000]).take, actor=actor) == 5000
    assert head(client, url)["Upload-Offset"] == "5000"
    assert send(client, url, 5000, JPEG[5000:]).status_code == 204
    jobs.run_pending()
    assert StoredFile.objects.get().sha256 == hashlib.sha256(JPEG).hexdigest()


def test_with_a_checksum_a_dropped_piece_does_not_count_and_its_bytes_are_cut_off(world: tuple[Client, Ticket]) -> None:
    client, ticket = world
    url = begin(client, ticket)["Location"]
    wrong = base64.b64encode(b"0" * 32).decode()
    assert send(client, url, 0, b"x" * 6000, **{"Upload-Checksum": f"sha256 {wrong}"}).status_code == 460
    assert head(client, url)["Upload-Offset"] == "0"
    right = base64.b64encode(hashlib.new("sha1", JPEG[:10], usedforsecurity=False).digest()).decode()
    assert send(client, url, 0, JPEG[:10], **{"Upload-Checksum": f"sha1 {right}"}).status_code == 204
    assert parts.path_of(Upload.objects.get()).read_bytes() == JPEG[:10]


@pytest.mark.parametrize("checksum", ["md5 AAAA", "sha256", "sha256 ###", "sha1 AAAA"])
def test_a_checksum_that_is_none_counts_for_nothing(world: tuple[Client, Ticket], checksum: str) -> None:
    client, ticket = world
    url = begin(client, ticket)["Location"]
    assert send(client, url, 0, JPEG, **{"Upload-Checksum": checksum}).status_code in {400, 460}
    assert head(client, url)["Upload-Offset"] == "0"


@pytest.mark.parametrize("offset", ["1", "99999999", "-1", "x", "", "٣"])
def test_a_wrong_offset_writes_nothing(world: tuple[Client, Ticket], offset: str) -> None:
    client, ticket = world
    url = begin(client, ticket)["Location"]
    answer = client.patch(url, JPEG, content_type=CHUNK, headers={**TUS, "Upload-Offset": offset})
    assert answer.status_code in {400, 409}
    assert not parts.path_of(Upload.objects.get()).exists()


def test_more_than_was_announced_is_refused_whole(world: tuple[Client, Ticket]) -> None:
    client, ticket = world
    url = begin(client, ticket, 10)["Location"]
    assert send(client, url, 0, JPEG).status_code == 413
    assert head(client, url)["Upload-Offset"] == "0"


@pytest.mark.parametrize("length", ["0", "-5", "1e3", "", "9" * 40, "1000001"])
def test_an_impossible_length_is_refused_at_the_start(world: tuple[Client, Ticket], length: str) -> None:
    client, ticket = world
    assert client.post(ticket.url, headers={**TUS, "Upload-Length": length}).status_code in {400, 409, 413}
    assert not Upload.objects.exists()


def test_huge_or_broken_metadata_is_refused(world: tuple[Client, Ticket]) -> None:
    client, ticket = world
    for meta in ("filename " + "A" * 5000, "filename %%%"):
        answer = client.post(ticket.url, headers={**TUS, "Upload-Length": "5", "Upload-Metadata": meta})
        assert answer.status_code == 400
    assert begin(client, ticket, name="../../etc/passwd\0").status_code == 201
    assert Upload.objects.get().name == "passwd"


def test_another_content_type_is_not_a_piece(world: tuple[Client, Ticket]) -> None:
    client, ticket = world
    url = begin(client, ticket)["Location"]
    answer = client.patch(url, JPEG, content_type="image/jpeg", headers={**TUS, "Upload-Offset": "0"})
    assert answer.status_code == 415


def test_somebody_elses_upload_does_not_exist(world: tuple[Client, Ticket]) -> None:
    client, ticket = world
    url = begin(client, ticket)["Location"]
    stranger = browser((Role.ORGANISER, Organisation.objects.get()))
    for visitor in (stranger, Client()):
        assert head(visitor, url).status_code == 404
        assert send(visitor, url, 0, JPEG).status_code == 404
        assert visitor.delete(url, headers=TUS).status_code == 404
        assert begin(visitor, ticket).status_code == 404
    own = given(stranger, Organisation.objects.get())
    assert head(stranger, own.url + url.split("/")[-2] + "/").status_code == 404
    assert begin(client, Ticket(0, "system", "x", "work", "photo", 10**12)).status_code == 404
    assert client.post(f"/berkas/unggah/{ticket.sealed}x/", headers={**TUS, "Upload-Length": "5"}).status_code == 404


def test_a_private_link_uploads_without_an_account_while_it_lives() -> None:
    owner = organisation()
    later = clock.now() + timedelta(days=1)
    link, _token = open_link(scope=LinkScope.REGISTRATION, subject=owner.subject, actor=SYSTEM, expires_at=later)
    ticket = ticket_for(
        actor=actor_of_link(link), organisation=owner, context="test:2", purpose=Purpose.WORK, accepts="photo",
        max_bytes=99_999,
    )  # fmt: skip
    upload = arrived(Client(), ticket)
    assert (upload.state, upload.owner_key) == (UploadState.STORED, f"link:{link.pk}")
    revoke_links(scope=LinkScope.REGISTRATION, subject=owner.subject, actor=SYSTEM)
    assert begin(Client(), ticket).status_code == 404


def test_room_is_reserved_at_the_start_and_freed_by_giving_up(world: tuple[Client, Ticket], settings: Any) -> None:
    client, ticket = world
    settings.UPLOAD_OWNER_BYTES = 15_000
    url = begin(client, ticket, 10_000)["Location"]
    assert client.get(ticket.url).json()["largest"] == 5_000
    assert begin(client, ticket, 5_001).status_code == 413
    send(client, url, 0, JPEG[:100])
    path = parts.path_of(Upload.objects.get())
    assert client.delete(url, headers=TUS).status_code == 204
    assert not path.exists()
    assert head(client, url).status_code == 410
    assert begin(client, ticket, 15_000).status_code == 201
    settings.UPLOAD_FREE_BYTES = 10**18
    assert begin(client, ticket, 1).status_code == 413


def test_not_too_many_at_once(world: tuple[Client, Ticket], settings: Any) -> None:
    client, ticket = world
    settings.UPLOAD_OPEN_AT_ONCE = 2
    assert [begin(client, ticket).status_code for _ in range(3)] == [201, 201, 409]


@pytest.mark.parametrize(
    "content", [b"<script>alert(1)</script>", b"MZ" + b"\0" * 100, b"#EXTM3U\nfile:///etc/passwd", b"PK\x03\x04 kaputt"]
)
def test_a_name_does_not_make_a_picture(world: tuple[Client, Ticket], content: bytes) -> None:
    upload = arrived(*world, content, "foto.jpg")
    assert (upload.state, StoredFile.objects.count()) == (UploadState.REFUSED, 0)
    assert upload.refusal
    for language, words in (("en", "of a kind that is not taken"), ("id", "tidak diterima di sini")):
        with override(language):
            assert words in upload.why
    assert not parts.path_of(upload).exists()


def office(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, "x")
    return buffer.getvalue()


def test_office_papers_are_known_by_what_is_in_them_and_macros_are_not_taken(world: tuple[Client, Ticket]) -> None:
    paper = arrived(*world, office("word/document.xml"), "konsep.zip")
    assert paper.file is not None
    assert paper.file.name == "konsep.docx"
    assert arrived(*world, office("word/document.xml", "word/vbaProject.bin")).state == UploadState.REFUSED


def test_finalising_twice_keeps_one_file(world: tuple[Client, Ticket]) -> None:
    upload = arrived(*world)
    job = Job.objects.get(name="files.finalise_upload")
    Job.objects.filter(pk=job.pk).update(state="queued")
    jobs.run_pending()
    assert StoredFile.objects.count() == 1
    complete_upload(upload=upload, writer="", actor=SYSTEM)
    assert Job.objects.filter(name="files.finalise_upload").count() == 1


def test_an_upload_is_used_once_by_its_owner_for_its_purpose(world: tuple[Client, Ticket]) -> None:
    client, _ticket = world
    upload, actor = arrived(*world), actor_behind(client)
    for code, context, who in ((upload.code, "test:9", actor), (upload.code, "test:1", SYSTEM), ("x", "test:1", actor)):
        with pytest.raises(Conflict):
            claim_upload(code=code, context=context, actor=who)
    claim_upload(code=upload.code, context="test:1", actor=actor)
    with pytest.raises(Conflict):
        claim_upload(code=upload.code, context="test:1", actor=actor)


def test_unfinished_and_unused_uploads_end_after_their_time_and_used_ones_stay(world: tuple[Client, Ticket]) -> None:
    client, ticket = world
    begun = begin(client, ticket)["Location"]
    send(client, begun, 0, JPEG[:500])
    unused, used = arrived(*world), arrived(*world)
    claim_upload(code=used.code, context="test:1", actor=actor_behind(client))
    assert unused.file
    key = str(unused.file.content.name)
    with clock.frozen_at(clock.now() + timedelta(days=settings.UPLOAD_DAYS + 1)):
        assert send(client, begun, 500, JPEG[500:]).status_code == 409  # expired before the night came
        jobs.enqueue(delete_expired_job, actor=SYSTEM)
        jobs.run_pending()
    assert head(client, begun).status_code == 410
    assert not default_storage.exists(key)
    used.refresh_from_db()
    assert used.file is not None
    assert used.file.erased_at is None
    assert list(Upload.objects.exclude(state=UploadState.ENDED)) == [used]


def test_a_line_that_lets_only_get_and_post_through(world: tuple[Client, Ticket]) -> None:
    client, ticket = world
    url = begin(client, ticket)["Location"]
    headers = {"Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    assert client.post(url, JPEG, content_type=CHUNK, headers={**TUS, **headers}).status_code == 204
    assert client.post(url, JPEG, content_type=CHUNK, headers=TUS).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_of_two_requests_at_the_same_offset_the_bytes_stay_whole() -> None:
    owner = organisation()
    client = browser((Role.ORGANISER, owner))
    ticket = given(client, owner)
    begin(client, ticket)
    actor, upload = actor_behind(client), Upload.objects.get()
    gate, results = threading.Barrier(4), []

    def one() -> None:
        body = io.BytesIO(JPEG)
        gate.wait()
        try:
            results.append(receive(
                upload=Upload.objects.get(pk=upload.pk), offset=0, size=len(JPEG),
                read=lambda size: body.read(min(size, 700)), actor=actor,
            ))  # fmt: skip
        except Conflict:
            results.append(-1)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results.count(len(JPEG)) == 1
    assert Job.objects.filter(name="files.finalise_upload").count() == 1
    jobs.run_pending()
    assert StoredFile.objects.get().sha256 == hashlib.sha256(JPEG).hexdigest()


def large(client: Client, ticket: Ticket) -> tuple[str, bytes]:
    content = b"%PDF-" + bytes(range(251)) * 36_000
    upload = arrived(client, ticket, content, "besar.pdf")
    assert upload.file is not None
    return f"/berkas/{upload.file.code}/", content


def test_a_large_file_is_streamed_and_answers_ranges() -> None:
    owner = organisation()
    client = browser((Role.ORGANISER, owner))
    address, content = large(client, given(client, owner, max_bytes=20_000_000))
    whole = client.get(address)
    assert whole.streaming
    assert whole.getvalue() == content
    for asked, first, end in (("bytes=5-9", 5, 10), (f"bytes={len(content) - 3}-", len(content) - 3, len(content)),
                              ("bytes=-4", len(content) - 4, len(content))):  # fmt: skip
        answer = client.get(address, headers={"Range": asked})
        assert (answer.status_code, answer["Content-Range"]) == (206, f"bytes {first}-{end - 1}/{len(content)}")
        assert answer.getvalue() == content[first:end]
    assert client.get(address, headers={"Range": f"bytes={len(content)}-"}).status_code == 416
    assert client.get(address, headers={"Range": "bytes=1-2", "If-Range": '"old"'}).status_code == 200
    for nonsense in ("bytes=-", "bytes=1-2,4-5", "pieces=1-2", "bytes=9-1"):
        assert client.get(address, headers={"Range": nonsense}).status_code in {200, 416}


def test_a_large_file_that_lost_bytes_is_not_handed_out() -> None:
    owner = organisation()
    client = browser((Role.ORGANISER, owner))
    address, content = large(client, given(client, owner, max_bytes=20_000_000))
    put(str(StoredFile.objects.get().content.name), content[:100])
    assert client.get(address).status_code == 400
