"""What every test stands on: no network, no leftovers between tests, and skips that count when CI says so."""

from __future__ import annotations

import gc
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as drawing

from tests import settings as test_settings
from tests.emptying import empty_tables

# A busy machine is slow at everything; that a test is slow there says nothing about it.
drawing.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow])
drawing.load_profile("ours")

LOCAL = {"localhost", "127.0.0.1", "::1", "", "testserver"}


def _in_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


@pytest.fixture(autouse=True, scope="session")
def seldom_swept() -> None:
    """What was loaded stays until the end: the collector need not walk through all of it again and again."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(autouse=True, scope="session")
def quickly_emptied() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_tables)
        yield


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """A test that talks to anything but this machine fails, instead of being slow or flaky one day."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in LOCAL:
            message = f"tests talk to this machine only, not to {address[0]}"
            raise RuntimeError(message)
        connect(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", connect_here)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A page that was asked for in English leaves its thread in English; the next test begins in Indonesian again."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def data_folder() -> Path:
    """The thrown-away folder that stands for ENGGANG_DATA in this process."""
    return test_settings.DATA


@pytest.fixture
def child_environment(db: None) -> dict[str, str]:
    """Environment for a real process (a worker to be killed) that must see this test's database and files."""
    from django.db import connection

    values = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{values['NAME']}"
    else:
        login = f"{values['USER']}:{values['PASSWORD']}@" if values["USER"] else ""
        port = f":{values['PORT']}" if values["PORT"] else ""
        url = f"postgres://{login}{values['HOST']}{port}/{values['NAME']}"
    return {**os.environ, "ENGGANG_DATABASE_URL": url, "ENGGANG_DATA": str(test_settings.DATA)}


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if hasattr(session.config, "workerinput") or not _in_ci() or exitstatus != pytest.ExitCode.OK:
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if _in_ci() and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("CI is set: a skipped test counts as a failure.", red=True)
