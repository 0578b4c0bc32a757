"""Uploads by clients that are not ours: tus-js-client in Node and tuspy in Python, over a real line.

Both speak tus 1.0.0. What a server need not offer and ours does not (lengths told later, several parts at once) is refused
in a way that they understand.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer
from tusclient.client import TusClient

from enggang.access.enums import Role
from enggang.core import clock, jobs
from enggang.files.enums import UploadState
from enggang.files.models import Upload
from enggang.media.domain.intakes import open_intake
from tests.places.factories import actor as make_actor
from tests.places.factories import organisation

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
HERE = Path(__file__).parent
TOOLS = HERE.parents[1] / "var" / "interop"
SIZE, CHUNK = 1_500_000, 300_000
needs_node = pytest.mark.skipif(
    not (shutil.which("node") and (TOOLS / "node_modules" / "tus-js-client").is_dir()),
    reason="the tools of tests/interop are not installed (bin/test does it where there is Node.js with npm)",
)


@pytest.fixture
def place(live_server: LiveServer) -> str:
    """Where a photographer without an account sends: the address is the right, no cookie goes along."""
    owner = organisation()
    _intake, token = open_intake(
        organisation=owner, author_name="Yohanes", last_day=clock.today() + timedelta(days=3),
        actor=make_actor((Role.ORGANISER, owner)),
    )  # fmt: skip
    page = Client().get(reverse("media:intake", args=[token])).content.decode()
    found = re.search(r'data-upload="([^"]+)"', page)
    assert found
    return f"{live_server.url}{found[1]}"


def by_node(url: str, story: str, size: int = SIZE) -> dict[str, Any]:
    asked = json.dumps({"url": url, "size": size, "chunk": CHUNK, "story": story})
    done = subprocess.run(
        ["node", HERE / "upload.mjs", TOOLS], input=asked, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def arrived_as(sha256: str, name: str = "Sungai é.jpg") -> None:
    jobs.run_pending()
    upload = Upload.objects.select_related("file").get()
    assert (upload.state, upload.name) == (UploadState.STORED, name)
    assert upload.file is not None
    assert upload.file.sha256 == sha256


@needs_node
@pytest.mark.parametrize("story", ["whole", "overridden"])
def test_tus_js_client_sends_a_file_whole(place: str, story: str) -> None:
    told = by_node(place, story)
    arrived_as(told["sha256"])
    method = "POST" if story == "overridden" else "PATCH"
    assert told["requests"] == [["POST", 201], *[[method, 204]] * (SIZE // CHUNK)]
    assert told["progress"][-1] == SIZE


@needs_node
def test_tus_js_client_goes_on_where_it_was_stopped(place: str) -> None:
    told = by_node(place, "broken")
    arrived_as(told["sha256"])
    again = told["requests"].index(next(each for each in told["requests"] if each[0] == "stopped"))
    assert told["requests"][again + 1] == ["HEAD", 200]
    assert 0 < sum(each == ["PATCH", 204] for each in told["requests"][again:]) < SIZE // CHUNK


@needs_node
def test_tus_js_client_gives_an_upload_up(place: str) -> None:
    by_node(place, "ended")
    assert Upload.objects.get().state == UploadState.ENDED


@needs_node
@pytest.mark.parametrize(("story", "status"), [("deferred", "400"), ("foreign", "404")])
def test_what_is_not_offered_is_refused_so_that_it_understands(place: str, story: str, status: str) -> None:
    assert f"response code: {status}" in by_node(place, story)["error"]
    assert not Upload.objects.exists()


def test_tuspy_sends_pieces_with_checksums_and_goes_on_later(place: str) -> None:
    content = b"\xff\xd8\xff\xe0" + b"kapuas" * (SIZE // 6)
    client = TusClient(place)
    options = {"chunk_size": CHUNK, "metadata": {"filename": "sungai.jpg"}, "upload_checksum": True}
    first = client.uploader(file_stream=io.BytesIO(content), **options)
    for _piece in range(2):
        first.upload_chunk()  # type: ignore[no-untyped-call]
    assert Upload.objects.get().offset == 2 * CHUNK
    later = client.uploader(file_stream=io.BytesIO(content), url=first.url, **options)
    assert later.offset == 2 * CHUNK
    later.upload()
    arrived_as(hashlib.sha256(content).hexdigest(), "sungai.jpg")


def test_tuspy_reads_what_the_server_can(place: str) -> None:
    import requests

    told = requests.options(place, timeout=10).headers
    assert told["Tus-Version"] == "1.0.0"
    assert set(told["Tus-Extension"].split(",")) == {"creation", "expiration", "checksum", "termination"}
    assert {"sha1", "sha256"} <= set(told["Tus-Checksum-Algorithm"].split(","))
