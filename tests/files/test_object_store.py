"""Files in an object store: moto's server or a real one stands for it, so every request goes over the wire."""

from __future__ import annotations

import hashlib
import io
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from enggang.access.enums import Role
from enggang.config import env
from enggang.core.registries import doctor_checks
from enggang.files.domain.retention import check_contents, delete_expired
from enggang.files.domain.storing import Damaged, read_bytes
from enggang.files.models import StoredFile
from enggang.files.views import sending
from tests.files.bucket import as_storage, start
from tests.places.factories import browser, organisation

pytestmark = pytest.mark.django_db
PART = 8 * 1024 * 1024


@pytest.fixture(autouse=True)
def bucket(settings: Any) -> str:
    """Reached by browsers at an address of its own, as a store behind a proxy is."""
    address = start()
    public = address.replace("127.0.0.1", "localhost")
    settings.STORAGES = {**settings.STORAGES, "default": as_storage(address, public_endpoint=public)}
    return address


def kept(size: int = 100, name: str = "Foto Ibu.jpg") -> tuple[StoredFile, bytes]:
    from tests.files.test_files import stored

    content = hashlib.sha256(str(size).encode()).digest() * (size // 32 + 1)
    return stored(organisation(), content[:size], name), content[:size]


def test_bytes_come_back_as_they_were_and_go_when_their_time_is_over() -> None:
    row, content = kept()
    assert read_bytes(row) == content
    assert not check_contents()
    StoredFile.objects.update(delete_after="2020-01-01")
    from enggang.core.actor import SYSTEM

    assert delete_expired(SYSTEM) == 1
    assert not default_storage.exists(str(row.content.name))


def test_a_key_holds_no_name_and_is_never_written_twice() -> None:
    row, content = kept(name="Rahasia Ibu Contoh.jpg")
    key = str(row.content.name)
    assert "Ibu" not in key
    again = default_storage.save(key, ContentFile(b"lain"))
    assert again != key
    assert read_bytes(row) == content


def test_a_large_object_goes_in_by_parts_and_is_read_from_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytes(range(251)) * (2 * PART // 251 + 5)
    parts: list[int] = []
    told = default_storage.connection.meta.client.meta.events  # type: ignore[attr-defined]
    told.register("before-call.s3.UploadPart", lambda **_facts: parts.append(1))
    key = default_storage.save("uji/besar", ContentFile(content))
    assert len(parts) == 3
    with default_storage.open(key, "rb") as handle:
        assert handle.size == len(content)
        handle.seek(-5, io.SEEK_END)
        assert handle.read() == content[-5:]
        handle.seek(PART)
        assert handle.read(9) == content[PART : PART + 9]
        handle.seek(-4, io.SEEK_CUR)
        assert handle.read(4) == content[PART + 5 : PART + 9]
        handle.seek(0)
        assert hashlib.file_digest(handle, "sha256").digest() == hashlib.sha256(content).digest()
        assert handle.read() == b""
    assert handle.open().read(3) == content[:3]  # opened again


def test_a_large_download_leaves_by_an_address_good_for_a_minute() -> None:
    row, content = kept(sending.WHOLE_UP_TO + 10)
    client = browser((Role.ORGANISER, row.organisation))
    answer = client.get(f"/berkas/{row.code}/")
    assert answer.status_code == 302
    assert "no-store" in answer["Cache-Control"]
    parts = urlsplit(answer["Location"])
    asked = parse_qs(parts.query)
    assert parts.hostname == "localhost"
    assert asked["X-Amz-Expires"] == ["60"]
    assert asked["response-content-disposition"] == ['attachment; filename="Foto Ibu.jpg"']
    with urlopen(answer["Location"]) as sent:  # noqa: S310 -- the store of this test
        assert sent.read() == content
        assert sent.headers["Content-Type"] == "application/octet-stream"
        assert sent.headers["Content-Disposition"].startswith("attachment")


def test_nobody_else_is_given_such_an_address(client: Client) -> None:
    row, _content = kept(sending.WHOLE_UP_TO + 10)
    assert client.get(f"/berkas/{row.code}/").status_code == 302
    assert "X-Amz" not in client.get(f"/berkas/{row.code}/")["Location"]  # to the sign-in
    assert browser((Role.ORGANISER, organisation("Lain"))).get(f"/berkas/{row.code}/").status_code == 404


def test_without_a_public_address_everything_leaves_through_the_application(settings: Any, bucket: str) -> None:
    settings.STORAGES = {**settings.STORAGES, "default": as_storage(bucket)}
    row, content = kept(sending.WHOLE_UP_TO + 10)
    client = browser((Role.ORGANISER, row.organisation))
    assert client.get(f"/berkas/{row.code}/").getvalue() == content
    part = client.get(f"/berkas/{row.code}/", headers={"Range": "bytes=7-9"})
    assert (part.status_code, part.getvalue()) == (206, content[7:10])


def test_a_small_file_is_checked_before_it_leaves() -> None:
    from tests.files.bucket import put

    row, _content = kept()
    put(str(row.content.name), b"lain")
    with pytest.raises(Damaged):
        read_bytes(row)


def test_what_the_store_lost_is_said(client: Client) -> None:
    row, _content = kept(sending.WHOLE_UP_TO + 10)
    default_storage.delete(str(row.content.name))
    with pytest.raises(Damaged):
        read_bytes(row)
    assert check_contents() == [f"the content of file {row.code} is missing"]
    client = browser((Role.ORGANISER, row.organisation))
    assert client.get(f"/berkas/{row.code}/").status_code == 400
    with pytest.raises(FileNotFoundError):
        default_storage.open("uji/tidak-ada")
    default_storage.delete("uji/tidak-ada")  # gone already is gone


def test_a_store_that_does_not_answer_is_a_failure_of_the_disk(settings: Any) -> None:
    row, _content = kept()
    settings.STORAGES = {**settings.STORAGES, "default": as_storage("http://127.0.0.1:9")}
    row = StoredFile.objects.get(pk=row.pk)
    with pytest.raises(Damaged):
        read_bytes(row)
    with pytest.raises(OSError, match="127"):
        default_storage.save("uji/x", ContentFile(b"x"))
    ok, text = doctor_checks["store"]()
    assert not ok
    assert "127.0.0.1:9" in text


def test_the_doctor_tries_the_store() -> None:
    assert doctor_checks["store"]()[0]


def test_the_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.read().store.bucket == ""
    monkeypatch.setenv("ENGGANG_S3_BUCKET", "media")
    monkeypatch.setenv("ENGGANG_S3_FOLDER", "/enggang/")
    assert env.read().store == env.Store("media", "", "", "us-east-1", "", "", "enggang")
