"""The tables of an empty database are made from the models; every migration in turn must end at the same ones."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from tests.core.told_tables import Told, tell

ROOT = Path(__file__).parent.parent.parent
Run = Callable[..., str]


@pytest.fixture
def elsewhere(tmp_path: Path, transactional_db: None, child_environment: dict[str, str]) -> Iterator[Run]:
    """Runs Python on another database of the kind that the tests run on, in which there is nothing yet."""
    here = str(connection.settings_dict["NAME"])
    name = str(tmp_path / "empty.sqlite3") if connection.vendor == "sqlite" else f"{here}_empty"
    url = child_environment["ENGGANG_DATABASE_URL"].replace(here, name)
    environment = {
        **child_environment,
        "ENGGANG_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "enggang.config.settings",
    }

    def run(*words: str) -> str:
        command = [sys.executable, "-m", *words]
        return subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout

    _on_postgresql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
    yield run
    _on_postgresql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def test_both_ways_end_at_the_same_tables(elsewhere: Run) -> None:
    made = tell()
    elsewhere("enggang", "manage", "migrate", "--step-by-step", "--verbosity", "0")
    grown = _tables(elsewhere)

    assert made.keys() == grown.keys()
    assert {name: made[name] for name in made if made[name] != grown[name]} == {}, "made, where the steps end elsewhere"


def test_an_empty_database_is_up_to_date_at_once(elsewhere: Run) -> None:
    elsewhere("enggang", "manage", "migrate", "--verbosity", "0")
    elsewhere("enggang", "manage", "migrate", "--check")  # fails where anything is left to do

    assert _tables(elsewhere) == tell()


def test_a_part_or_a_plan_goes_the_long_way(elsewhere: Run) -> None:
    elsewhere("enggang", "manage", "migrate", "--plan")
    assert _tables(elsewhere) == {}

    elsewhere("enggang", "manage", "migrate", "contenttypes", "--verbosity", "0")
    assert set(_tables(elsewhere)) == {"django_content_type", "django_migrations"}


@pytest.mark.django_db
def test_a_database_that_is_up_to_date_stays_as_it_is() -> None:
    before = tell()
    call_command("migrate", verbosity=0)
    assert tell() == before


def _tables(elsewhere: Run) -> Told:
    told: Told = json.loads(elsewhere("tests.core.told_tables").splitlines()[-1])
    return told


def _on_postgresql(*statements: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for each in statements:
                cursor.execute(each)
