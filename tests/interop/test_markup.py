"""Every page that anybody can read, put to the checker of HTML that the W3C uses (vnu)."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.events.visiting import make_festival, make_part
from tests.portal.public_pages import addresses, fill_pages

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TOOLS = Path(__file__).resolve().parents[2] / "var" / "interop"
VNU = TOOLS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.mark.skipif(
    not (shutil.which("java") and VNU.exists()),
    reason="no Java, or the tools of tests/interop are not installed (bin/test does it where there is Node.js with npm)",
)
def test_every_public_page_is_valid_html(tmp_path: Path) -> None:
    festival = fill_pages(events=3)
    part = make_part(make_festival(festival.organisation, "Festival dengan pendaftaran"))
    pages = [
        *addresses(festival),
        "/verify/",
        "/acara/tiket/",
        f"/acara/{part.edition.code}/daftar/",
        "/sematan/agenda/",
    ]
    names = {}
    for number, page in enumerate(pages):
        answer = Client().get(page)
        assert answer.status_code == 200, page
        path = tmp_path / f"{number}.html"
        path.write_bytes(answer.content)
        names[path.name] = page
    found = [
        (names[each["url"].rpartition("/")[2]], each["type"], each["message"], each.get("extract"))
        for each in checked(tmp_path)
    ]
    assert not found, "\n".join(map(str, found))


def checked(folder: Path) -> list[dict[str, Any]]:
    """Errors and warnings; not what it only informs of, nor its guesses at the language."""
    files = sorted(str(path) for path in folder.glob("*.html"))
    command = ["java", "-Xss4m", "-jar", str(VNU), "--format", "json", "--exit-zero-always", *files]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=True)
    told: list[dict[str, Any]] = json.loads(done.stderr)["messages"]
    found = [each for each in told if each["type"] != "info" or each.get("subType") == "warning"]
    return [each for each in found if "appears to be written in" not in each["message"]]
