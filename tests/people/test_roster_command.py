from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from enggang.access.enums import Role
from enggang.accounts.domain.handles import set_nip_handle
from enggang.audit.models import AuditEntry
from enggang.core.actor import SYSTEM
from enggang.people.models import Person
from tests.people.factories import NIP, OTHER_NIP, make_organisation, make_person, make_user, row, xlsx

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


YOUNG = "200509262015051001"  # appointed at the age of 9


def test_warnings_are_held_back_until_somebody_answers_for_them_by_name(tmp_path: Path) -> None:
    province = make_organisation("Pemerintah Provinsi")
    agency, other = make_organisation(parent=province), make_organisation("Dinas Kesehatan", province)
    make_person(other, "Siti", nip=NIP)
    user = make_user(Role.ORGANISER, province)
    set_nip_handle(user=user, nip=OTHER_NIP, actor=SYSTEM)
    file = _file(tmp_path, xlsx(row("Siti", NIP), row("Dewi", YOUNG)))
    given = (file, "--json", "--organisation", agency.code)
    held = {"rows": 2, "created": 0, "updated": 0, "unchanged": 0, "rejected": 2, "warnings": 2}
    assert json.loads(_run(*given)) == json.loads(_run(*given, "--by", user.username)) == held
    taken = {**held, "created": 1, "updated": 1, "rejected": 0}
    answered = (*given, "--accept-warnings", "--by", f"{OTHER_NIP[:8]} {OTHER_NIP[8:]}")
    assert json.loads(_run(*answered, "--dry-run")) == taken
    assert Person.objects.count() == 1
    assert json.loads(_run(*answered)) == taken
    entry = AuditEntry.objects.filter(code="people.keep_roster").latest("pk")
    assert (entry.user_id, entry.details["accepted"], entry.details["moved"]) == (user.pk, "all", "all")


@pytest.mark.parametrize("by", [(), ("--by", ""), ("--by", "nobody"), ("--by", "blocked"), ("--by", "stranger")])
def test_nobody_answers_for_warnings_without_a_name_an_account_or_the_right(
    tmp_path: Path, by: tuple[str, ...]
) -> None:
    agency = make_organisation()
    blocked, stranger = make_user(Role.ORGANISER, agency), make_user(Role.ORGANISER, make_organisation("Lain"))
    blocked.is_active = False
    blocked.save()
    names = {"blocked": blocked.username, "stranger": stranger.username}
    named = [names.get(each, each) for each in by]
    file = _file(tmp_path, xlsx(row("Dewi", YOUNG)))
    with pytest.raises(CommandError) as refused:
        _run(file, "--organisation", agency.code, "--accept-warnings", *named)
    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)
    assert not Person.objects.exists()


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
