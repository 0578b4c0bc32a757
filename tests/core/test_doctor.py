from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from enggang.core import registries
from enggang.core.management.commands import doctor


@pytest.fixture
def broken_invariant() -> Iterator[None]:
    registries.invariants.register("test.broken", lambda: ["one claim too many"])
    yield
    del registries.invariants._entries["test.broken"]


def run(*options: str) -> tuple[int, str]:
    out, code = StringIO(), 0
    try:
        call_command("doctor", *options, stdout=out)
    except SystemExit as end:
        code = int(end.code or 0)
    return code, out.getvalue()


@pytest.mark.django_db
def test_a_sound_installation_passes_every_check() -> None:
    code, told = run()
    assert code == 0, told
    checks = [line.split()[1] for line in told.splitlines()]
    assert checks[:5] == ["database", "storage", "mail", "fonts", "clock"]
    assert "queue" in checks


@pytest.mark.django_db
def test_json_is_one_document() -> None:
    code, told = run("--json")
    document = json.loads(told)
    assert (code, document["ok"]) == (0, True)
    assert {"check", "ok", "text"} == set(document["checks"][0])


@pytest.mark.django_db
@pytest.mark.usefixtures("broken_invariant")
def test_a_broken_promise_of_the_data_is_told_only_when_asked() -> None:
    assert "one claim too many" not in run()[1]
    code, told = run("--invariants")
    assert code == 1
    assert "FAIL  test.broken" in told
    assert "one claim too many" in told


def test_a_folder_that_cannot_be_written_is_a_finding(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings.DATA_FOLDER = tmp_path / "file" / "below"
    ok, text = doctor.check_storage()
    assert not ok
    assert "below" in text


def test_a_silent_mail_server_is_a_finding(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    ok, text = doctor.check_mail()
    assert not ok
    assert "127.0.0.1" in text


def test_a_check_that_breaks_is_a_finding_and_hides_no_other() -> None:
    def breaks() -> tuple[bool, str]:
        raise RuntimeError("lamp is out")

    assert doctor._guarded("lamp", breaks) == doctor.Finding("lamp", ok=False, text="RuntimeError: lamp is out")
