from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from enggang.people.models import Person
from tests.people.factories import NIP, OTHER_NIP, make_organisation, row, xlsx

pytestmark = pytest.mark.django_db


def _file(folder: Path, content: bytes, name: str = "daftar.xlsx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def _run(*arguments: object) -> str:
    out = StringIO()
    call_command("roster", "import", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_a_roster_is_read_and_the_counts_are_printed_as_json(tmp_path: Path) -> None:
    make_organisation()
    file = _file(tmp_path, xlsx(row("Siti", NIP), row("", OTHER_NIP)))
    counts = {"rows": 2, "created": 1, "updated": 0, "unchanged": 0, "rejected": 1, "warnings": 0}
    assert json.loads(_run(file, "--json", "--dry-run")) == counts
    assert not Person.objects.exists()
    assert list(json.loads(printed := _run(file, "--json")).items()) == list(counts.items())
    assert len(printed.splitlines()) == 1
    assert json.loads(_run(file, "--json")) == {**counts, "created": 0, "unchanged": 1}


def test_the_agency_is_named_by_its_code_when_there_are_several(tmp_path: Path) -> None:
    agency, other = make_organisation(), make_organisation("Dinas Kesehatan")
    file = _file(tmp_path, xlsx(row()))
    with pytest.raises(CommandError) as refused:
        _run(file)
    assert refused.value.returncode == 2
    assert "1" in _run(file, "--organisation", other.code)
    assert Person.objects.get().employments.get().organisation == other
    assert agency.employments.count() == 0


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"just;numbers\n1;2\n", b"PK\x03\x04"])
def test_what_is_no_roster_ends_with_code_2_and_one_line(tmp_path: Path, content: bytes) -> None:
    make_organisation()
    with pytest.raises(CommandError) as refused:
        _run(_file(tmp_path, content))
    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_ends_with_code_2(tmp_path: Path) -> None:
    make_organisation()
    with pytest.raises(CommandError) as refused:
        _run(tmp_path / "none.xlsx")
    assert refused.value.returncode == 2
