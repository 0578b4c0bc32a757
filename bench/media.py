"""Photos to their full set of renditions and a film to HLS, beside Pillow, bare pyvips and bare ffmpeg on the same outputs.

CPU seconds are compared, paired and interleaved: the clock on the wall says more about what else the machine does. Ours is
all of it: hash, metadata, likeness, renditions, store, rows. All work by one process each, warm.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import Comparison, Result

ROUNDS, FILM_ROUNDS, SECONDS = 5, 3, 10
SIZES = [("large", 2560), ("medium", 1280), ("small", 480)]
TICK = os.sysconf("SC_CLK_TCK")


def run(_options: argparse.Namespace) -> Result:
    folder = Path(tempfile.mkdtemp(prefix="enggang-bench-media-"))
    environment = {
        **os.environ,
        "ENGGANG_DATA": str(folder / "data"),
        "DJANGO_SETTINGS_MODULE": "enggang.config.settings",
    }
    environment.pop("ENGGANG_DATABASE_URL", None)
    command = [sys.executable, "-m", "bench.media", str(folder), str(ROUNDS)]
    try:
        told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    found: dict[str, Any] = json.loads(told.splitlines()[-1])
    return _result(found)


def _result(found: dict[str, Any]) -> Result:
    cpu = found["cpu"]
    pairs: list[Comparison] = [
        {"rival": "bare pyvips", "ours": 1 / cpu["ours"], "theirs": 1 / cpu["vips"], "unit": "photos per CPU second",
         "ratio": found["paired"]["vips"], "expected": 1 / 1.15},
        {"rival": "Pillow", "ours": 1 / cpu["ours"], "theirs": 1 / cpu["pillow"], "unit": "photos per CPU second",
         "ratio": found["paired"]["pillow"], "expected": 1.0},
        {"rival": "bare ffmpeg, 720p HLS", "ours": 1 / cpu["film"], "theirs": 1 / cpu["ffmpeg"],
         "unit": "films per CPU second", "ratio": found["paired"]["ffmpeg"], "expected": 1 / 1.10},
    ]  # fmt: skip
    return {"figures": found["figures"], "comparisons": pairs}


# --- in the child ----------------------------------------------------------------------------------------------------


def cpu_of(pid: int) -> float:
    """CPU seconds of a process and of those it has waited for."""
    words = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(int(word) for word in words[11:15]) / TICK


def cpu_below(pid: int) -> float:
    """As above, and of those that still run below it: the child keeps exiftool warm."""
    kids = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return cpu_of(pid) + sum(cpu_below(int(kid)) for kid in kids)


def photo_of(path: Path, seed: int) -> None:
    """24 megapixels of some 8 MB: gradients, shapes and grain."""
    from PIL import Image

    width, height = 6000, 4000
    base = Image.merge("RGB", (
        Image.linear_gradient("L").resize((width, height)), Image.radial_gradient("L").resize((width, height)),
        Image.effect_mandelbrot((width // 4, height // 4), (-2, -1.2, 1, 1.2), 60).resize((width, height)),
    ))  # fmt: skip
    grain = Image.effect_noise((width, height), 24 + seed).convert("RGB")
    Image.blend(base, grain, 0.25).save(path, quality=90)


def vips_child() -> subprocess.Popen[str]:
    """A warm process that does the same chain and nothing else."""
    code = """
import sys, pyvips
pyvips.cache_set_max(0)
print("ready", flush=True)
for line in sys.stdin:
    source, folder = line.split()
    image = pyvips.Image.thumbnail(source, 2560, height=2560, size="down").copy_memory()
    for side in (2560, 1280, 480):
        if max(image.width, image.height) > side:
            image = image.thumbnail_image(side, height=side).copy_memory()
        image.jpegsave(f"{folder}/v{side}.jpeg", Q=82, keep="icc", optimize_coding=True)
        image.webpsave(f"{folder}/v{side}.webp", Q=80, effort=4, keep="icc")
    print("done", flush=True)
"""
    return _warm(code)


def pillow_child() -> subprocess.Popen[str]:
    code = """
import sys
from PIL import Image
print("ready", flush=True)
for line in sys.stdin:
    source, folder = line.split()
    image = Image.open(source)
    image.draft("RGB", (2560, 2560))
    for side in (2560, 1280, 480):
        image.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
        image.save(f"{folder}/p{side}.jpeg", quality=82, optimize=True)
        image.save(f"{folder}/p{side}.webp", quality=80, method=4)
    print("done", flush=True)
"""
    return _warm(code)


def _warm(code: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "VIPS_CONCURRENCY": "1", "OMP_NUM_THREADS": "1"}
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    )
    assert child.stdout
    child.stdout.readline()
    return child


def asked(child: subprocess.Popen[str], source: Path, folder: Path) -> float:
    """What one photo costs the child."""
    assert child.stdin
    assert child.stdout
    before = cpu_of(child.pid)
    child.stdin.write(f"{source} {folder}\n")
    child.stdin.flush()
    child.stdout.readline()
    return cpu_of(child.pid) - before


def main(folder: Path, rounds: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    photos, wall, peak = bench_photos(folder, rounds)
    films = bench_films(folder)
    cpu = {name: statistics.median(values) for name, values in {**photos, **films}.items()}
    paired = {
        "vips": statistics.median(theirs / ours for ours, theirs in zip(photos["ours"], photos["vips"], strict=True)),
        "pillow": statistics.median(
            theirs / ours for ours, theirs in zip(photos["ours"], photos["pillow"], strict=True)
        ),
        "ffmpeg": statistics.median(theirs / ours for ours, theirs in zip(films["film"], films["ffmpeg"], strict=True)),
    }
    figures = {
        "photos_per_minute": round(60 / statistics.median(wall), 1), "cpu_seconds_per_photo": round(cpu["ours"], 3),
        "peak_mib_of_the_child": round(peak), "film_cpu_seconds_per_second": round(cpu["film"] / SECONDS, 2),
        "rounds": rounds,
    }  # fmt: skip
    print(json.dumps({"cpu": cpu, "paired": paired, "figures": figures}))


def bench_photos(folder: Path, rounds: int) -> tuple[dict[str, list[float]], list[float], float]:
    from enggang.media.workshop.bench import workbench

    take_in = _our_way(folder)
    vips, pillow = vips_child(), pillow_child()
    spent: dict[str, list[float]] = {"ours": [], "vips": [], "pillow": []}
    wall: list[float] = []
    for number in range(rounds + 1):  # the first warms up
        source = folder / f"{number}.jpg"
        photo_of(source, number)
        mine, clock = ours(take_in, source)
        found = {"ours": mine, "vips": asked(vips, source, folder), "pillow": asked(pillow, source, folder)}
        if number:
            wall.append(clock)
            for name, value in found.items():
                spent[name].append(value)
    assert workbench._child
    status = Path(f"/proc/{workbench._child.pid}/status").read_text()
    peak = int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024
    for child in (vips, pillow):
        child.terminate()
    return spent, wall, peak


def _our_way(folder: Path) -> Callable[[Path], object]:
    """As the archive's import does: everything from the file to the rows."""
    from enggang.core.actor import SYSTEM
    from enggang.media.domain.importing import Archive, take_in
    from enggang.places.domain.organisations import open_organisation
    from enggang.places.enums import OrganisationKind

    kind = OrganisationKind.AGENCY
    row = open_organisation(name="Dinas", short_name="Dinas", kind=kind, parent=None, actor=SYSTEM)
    archive = Archive(row, SYSTEM)

    def work(source: Path) -> object:
        line = take_in(source, source.name, archive)
        assert line.state == "kept", line
        return line

    return work


def ours(take_in: Callable[[Path], object], source: Path) -> tuple[float, float]:
    from enggang.media.workshop.bench import workbench

    def total() -> float:
        return cpu_of(os.getpid()) + (cpu_below(workbench._child.pid) if workbench._child else 0)

    before, start = total(), time.perf_counter()
    take_in(source)
    return total() - before, time.perf_counter() - start


def bench_films(folder: Path) -> dict[str, list[float]]:
    """1080p to HLS of 720 lines: ours by way of the MP4 that plays first."""
    from enggang.media.workshop import video

    video.HEIGHTS = {"hls720": 720}
    film = folder / "film.mp4"
    source = f"testsrc2=size=1920x1080:rate=30:duration={SECONDS},noise=alls=12:allf=t"
    make = [
        video.ffmpeg(),
        "-v",
        "error",
        "-y",
        "-f",
        "lavfi",
        "-i",
        source,
        "-f",
        "lavfi",
        "-i",
        f"sine=440:duration={SECONDS}",
    ]
    subprocess.run([*make, "-c:v", "libx264", "-preset", "ultrafast", "-b:v", "12M", str(film)], check=True)
    bare = [
        video.ffmpeg(), "-v", "error", "-nostdin", "-threads", "2", "-y", "-i", str(film), "-vf", "scale=-2:720,format=yuv420p",
        *video._video_codec(720), "-force_key_frames", f"expr:gte(t,n_forced*{video.SEGMENT})", *video.audio_codec("128k"),
        *video._hls(str(folder), "bare"),
    ]  # fmt: skip
    spent: dict[str, list[float]] = {"film": [], "ffmpeg": []}
    for number in range(FILM_ROUNDS + 1):
        mine = waited(lambda: _our_film(film, folder))
        theirs = waited(lambda: subprocess.run(bare, check=True))
        if number:
            spent["film"].append(mine)
            spent["ffmpeg"].append(theirs)
    return spent


def _our_film(film: Path, folder: Path) -> None:
    from enggang.media.workshop import video

    length = SECONDS * 1000
    video.make_mp4(
        source=str(film), media_type="video/mp4", folder=str(folder), duration_ms=length, tell=lambda _done, _all: None
    )
    video.make_hls(
        source=str(folder / "video.mp4"), folder=str(folder), duration_ms=length, tell=lambda _done, _all: None
    )


def waited(work: Callable[[], object]) -> float:
    before = cpu_of(os.getpid())
    work()
    return cpu_of(os.getpid()) - before


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
