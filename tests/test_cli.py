from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from enggang import __version__, cli, supervisor

pytestmark = pytest.mark.once


def enggang(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    import os

    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ENGGANG_", "DJANGO_", "PORT"))}
    command = [sys.executable, "-m", "enggang", *arguments]
    return subprocess.run(
        command, env={**clean, **environment}, capture_output=True, text=True, timeout=60, check=False
    )


def test_version_is_told_without_loading_django() -> None:
    assert enggang("--version").stdout.strip() == __version__


def test_the_supervisor_does_not_load_django() -> None:
    code = "import sys, enggang.cli, enggang.supervisor; print('django' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "False"


def test_help_names_the_commands_in_the_language_of_the_shell() -> None:
    assert "enggang doctor" in enggang("help", LANG="id_ID.UTF-8").stdout
    assert "show the product" in enggang("--help", LANG="C.UTF-8").stdout


@pytest.mark.parametrize("port", ["0", "65536", "eight", "-1"])
def test_a_port_that_is_none_is_refused_with_a_sentence(port: str) -> None:
    told = enggang("demo", PORT=port, LANG="C.UTF-8")
    assert told.returncode != 0
    assert f"a port is a number from 1 to 65535, not {port}" in told.stderr


def test_a_taken_port_is_said_plainly_with_a_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = supervisor.port_problem("127.0.0.1", port, str)
    assert told is not None
    assert told.startswith(f"Port {port} is taken by another program")
    assert "PORT=" in told
    assert f"PORT={port} " not in told


def test_a_free_port_is_no_problem() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert supervisor.port_problem("127.0.0.1", port, str) is None


def test_on_the_lan_the_address_of_this_machine_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENGGANG_ALLOWED_HOSTS", "demo.example")
    monkeypatch.setattr(supervisor, "lan_address", lambda: "192.168.1.7")
    environment = supervisor.demo_environment(address="http://192.168.1.7:8000", port=8000, lan=True)
    assert environment["ENGGANG_ALLOWED_HOSTS"].split(",")[:2] == ["demo.example", "192.168.1.7"]
    assert environment["ENGGANG_PUBLIC_URL"] == "http://192.168.1.7:8000"


def test_unknown_words_go_to_the_commands_of_the_apps() -> None:
    assert enggang("manage", "version").stdout.startswith("5.2")
    assert "Unknown command" in enggang("no-such-command").stderr


def test_indonesian_shells_are_spoken_to_in_indonesian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", "id_ID.UTF-8")
    assert cli._language() == "id"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert cli._language() == "en"
