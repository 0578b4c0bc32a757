"""enggang media import: an archive with everything that archives hold."""

from __future__ import annotations

import json
import os
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from enggang.access.enums import Role
from enggang.core import jobs
from enggang.files.models import StoredFile
from enggang.media.domain import importing
from enggang.media.domain.ingest import keep_asset
from enggang.media.domain.places import scratch, sweep_renditions, sweep_scratch
from enggang.media.models import Asset, Rendition
from enggang.media.models.rendition import rendition_key
from enggang.places.models import Organisation
from tests.media.factories import make_asset, photo
from tests.media.test_security import png_of
from tests.media.test_videos import film
from tests.places.factories import actor as make_actor
from tests.places.factories import organisation

pytestmark = pytest.mark.django_db


def take_in(folder: Path, owner: Organisation, **options: Any) -> Any:
    out = StringIO()
    call_command("media", "import", str(folder), organisation=owner.code, json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def archive(folder: Path) -> None:
    (folder / "2024" / "Pekan Gawai").mkdir(parents=True)
    good = folder / "2024" / "Pekan Gawai"
    (good / "IMG_1.JPG").write_bytes(photo(seed=1))
    (good / "tari ćé 舞.jpg").write_bytes(photo(seed=2))
    (good / "salinan.jpg").write_bytes(photo(seed=1))
    (good / "pawai.mp4").write_bytes(film())
    (folder / "kosong.jpg").write_bytes(b"")
    (folder / "rusak.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"\0" * 90)
    (folder / "terpotong.jpg").write_bytes(photo(seed=3)[:9000])
    (folder / "catatan.jpg").write_bytes(b"bukan foto")
    (folder / "bom.png").write_bytes(png_of(20_000, 20_000))
    (folder / "gambar.jpg").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / "daftar.mp4").write_bytes(b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n")
    (folder / "tautan.jpg").symlink_to("/etc/passwd")
    (folder / os.fsdecode(b"nama\xff.jpg")).write_bytes(photo(seed=4))
    (folder / "png-bernama.jpg").write_bytes(photo("PNG", seed=5))
    os.mkfifo(folder / "pipa.jpg")
    (folder / ".DS_Store").write_bytes(b"x")
    (folder / "@eaDir").mkdir()
    (folder / "@eaDir" / "thumb.jpg").write_bytes(photo(seed=6))


def test_an_archive_is_taken_in_and_what_is_refused_is_named(tmp_path: Path) -> None:
    archive(tmp_path)
    owner = organisation()
    found = take_in(tmp_path, owner, author="Bidang Promosi")
    assert found["library"] == owner.name  # nobody imports an archive into another library without seeing it
    assert (found["files"], found["kept"], found["same"], found["refused"]) == (15, 5, 1, 9)
    why = {line["file"]: line["why"] for line in found["refusals"]}
    assert sorted(why) == [
        "bom.png", "catatan.jpg", "daftar.mp4", "gambar.jpg", "kosong.jpg", "pipa.jpg", "rusak.jpg", "tautan.jpg",
        "terpotong.jpg",
    ]  # fmt: skip
    assert all(why.values())
    assert {asset.author_name for asset in Asset.objects.all()} == {"Bidang Promosi"}
    jobs.run_pending()
    assert Rendition.objects.filter(kind="video").count() == 1


def test_a_second_run_imports_nothing_and_one_that_broke_off_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive(tmp_path)
    owner = organisation()
    keep, kept = keep_asset, list[int]()

    def breaks(**values: Any) -> Any:
        if len(kept) == 2:
            raise KeyboardInterrupt
        kept.append(1)
        return keep(**values)

    monkeypatch.setattr("enggang.media.domain.importing.keep_asset", breaks)
    with pytest.raises(KeyboardInterrupt):
        take_in(tmp_path, owner)
    assert (Asset.objects.count(), StoredFile.objects.count()) == (2, 2)
    monkeypatch.setattr("enggang.media.domain.importing.keep_asset", keep)
    again = take_in(tmp_path, owner)
    assert Asset.objects.count() == 5
    assert (again["kept"], again["same"]) == (3, 3)
    third = take_in(tmp_path, owner)
    assert (third["kept"], third["same"], Asset.objects.count()) == (0, 6, 5)


def test_what_is_asked_wrongly_is_told(tmp_path: Path) -> None:
    organisation("A")
    owner = organisation("B")
    for folder, options in ((tmp_path / "no", {}), (tmp_path, {"event": "no"}), (tmp_path, {"organisation": "no"})):
        with pytest.raises(CommandError):
            call_command("media", "import", str(folder), **{"organisation": owner.code, **options})


def test_an_event_is_named_for_all(tmp_path: Path) -> None:
    owner = organisation()
    (tmp_path / "a.jpg").write_bytes(photo())
    take_in(tmp_path, owner, event=owner.code)
    assert Asset.objects.get().about == owner.subject


def test_what_belongs_to_somebody_else_is_laid_before_the_workshop_as_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An administrator may read it; the workshop has no rights but those of its user."""
    path = tmp_path / "a.jpg"
    path.write_bytes(photo())
    path.chmod(0o600)
    importing._lay(path, tmp_path / "own")
    assert (tmp_path / "own").is_symlink()
    monkeypatch.setattr("os.geteuid", lambda: 12345)
    importing._lay(path, tmp_path / "copy")
    assert not (tmp_path / "copy").is_symlink()
    assert (tmp_path / "copy").read_bytes() == photo()
    path.chmod(0o644)
    importing._lay(path, tmp_path / "shared")
    assert (tmp_path / "shared").is_symlink()


def test_what_a_killed_process_left_lying_is_taken_away_after_a_day(settings: Any) -> None:
    with scratch() as used, scratch() as fresh:
        root = Path(settings.MEDIA_SCRATCH)
        (root / "left").mkdir()
        (root / "left" / "original").write_bytes(b"x")
        (root / "left" / "gone").symlink_to("/nowhere")
        (used / "part").write_bytes(b"x")
        old = time.time() - 2 * 24 * 3600
        for path in (root / "left" / "original", root / "left", used):
            os.utime(path, (old, old))
        assert sweep_scratch() == 1
        assert used.exists()
        assert fresh.exists()
        assert not (root / "left").exists()


def test_renditions_that_no_row_names_are_taken_away_after_a_day(settings: Any, tmp_path: Path) -> None:
    where = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "store"}}
    settings.STORAGES = {**settings.STORAGES, "default": where}
    assert sweep_renditions() == 0  # nothing was ever kept
    owner = organisation()
    asset = make_asset(owner, make_actor((Role.ORGANISER, owner)))
    kept = [str(row.content.name) for row in asset.renditions.all()]
    left, fresh = (default_storage.save(rendition_key(Rendition(), ""), ContentFile(b"x")) for _ in range(2))
    two_days_ago = time.time() - 2 * 24 * 3600
    for key in (*kept, left, str(asset.original.content.name)):
        os.utime(default_storage.path(key), (two_days_ago, two_days_ago))
    assert sweep_renditions() == 1
    assert not default_storage.exists(left)
    assert all(default_storage.exists(key) for key in (*kept, fresh, str(asset.original.content.name)))


def test_the_same_picture_twice_side_by_side_is_kept_once(tmp_path: Path) -> None:
    """Both are looked at before either is in the library."""
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        (tmp_path / name).write_bytes(photo(seed=1))
    (tmp_path / "d.jpg").write_bytes(photo(seed=2))
    found = take_in(tmp_path, organisation(), jobs=3)
    assert (found["kept"], found["same"], found["refused"]) == (2, 2, 0)
    assert (StoredFile.objects.count(), Rendition.objects.count()) == (2, 12)


def test_a_file_that_goes_away_while_it_is_looked_at_is_a_line_and_a_full_disk_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        (tmp_path / f"{number}.jpg").write_bytes(photo(seed=number))
    look = importing.look

    def lost(path: Path, *rest: Any) -> Any:
        found = look(path, *rest)
        if path.name == "1.jpg":
            path.unlink()
        return found

    monkeypatch.setattr(importing, "look", lost)
    owner = organisation()
    found = take_in(tmp_path, owner)
    assert (found["kept"], [line["file"] for line in found["refusals"]]) == (2, ["1.jpg"])

    def full(*_args: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(importing, "keep_made", full)
    (tmp_path / "9.jpg").write_bytes(photo(seed=9))
    with pytest.raises(CommandError, match="No space left"):
        take_in(tmp_path, owner)
