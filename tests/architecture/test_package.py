"""A wheel is the product: nothing is built, and nothing is missing, on the user's machine."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "enggang"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_wheel_carries_every_file_of_the_package(wheel: zipfile.ZipFile) -> None:
    here = {
        f"enggang/{path.relative_to(SOURCE)}"
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix not in {".pyc", ".new"}
    }
    assert here - set(wheel.namelist()) == set()


def test_wheel_carries_compiled_catalogues(wheel: zipfile.ZipFile) -> None:
    compiled = {name for name in wheel.namelist() if name.endswith(".mo")}
    assert compiled == {
        f"enggang/locale/{language}/LC_MESSAGES/django.mo" for language in ("id", "en", "ms", "zh_Hans")
    }
    assert all(len(wheel.read(name)) > 100 for name in compiled)


def test_catalogues_that_are_compiled_twice_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    folder = tmp_path / "locale" / "id" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(SOURCE / "locale" / "id" / "LC_MESSAGES" / "django.po", folder)
    words = (
        f"import pathlib, hatch_build; [hatch_build.compile_catalogues(pathlib.Path({str(tmp_path)!r})) for _ in '12']"
    )
    running = [subprocess.Popen([sys.executable, "-c", words], cwd=ROOT) for _each in range(3)]
    assert [each.wait(120) for each in running] == [0, 0, 0]
    assert sorted(path.name for path in folder.iterdir()) == ["django.mo", "django.po"]


def test_wheel_gives_one_command_and_names_its_licence(wheel: zipfile.ZipFile) -> None:
    info = next(name.rsplit("/", 1)[0] for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    assert "enggang = enggang.cli:main" in wheel.read(f"{info}/entry_points.txt").decode()
    facts = Parser().parsestr(wheel.read(f"{info}/METADATA").decode())
    assert facts["License-Expression"] == "AGPL-3.0-or-later"
    assert facts.get_all("License-File") == ["LICENSE", "NOTICE"]


def test_the_lock_decides_what_is_installed() -> None:
    assert not (ROOT / ".python-version").exists()
    assert (ROOT / "uv.lock").read_text().startswith("version = ")
