"""Videos by ffmpeg, a process of its own: only containers that were sniffed, only files that the server has named.

A container that holds a playlist, or refers to other files, could make ffmpeg read what it should not: the demuxer is
named, no other is allowed, and nothing but plain files may be opened.
"""

from __future__ import annotations

import re
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from enggang.media.workshop import limits
from enggang.media.workshop.photos import make_photo
from enggang.media.workshop.words import Unreadable, Why

Tell = Callable[[int, int], None]
DEMUXERS = {"video/mp4": "mov", "video/quicktime": "mov", "video/webm": "matroska"}
LONGEST = 2 * 3600  # seconds
MOST_PIXELS = 36_000_000
SEGMENT = 6
HEIGHTS = {"hls720": 720, "hls480": 480, "hls240": 240}  # of the shorter side
RATES = {720: "2800k", 480: "1200k", 240: "400k"}
DURATION = re.compile(r"^  Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)", re.MULTILINE)
STREAM = re.compile(r"^  Stream #0:\d+.*?: Video: (\w+).*?, (\d{1,6})x(\d{1,6})", re.MULTILINE)
TURNED = re.compile(r"displaymatrix: rotation of -?(?:90|270)\.")
MADE = re.compile(r"^    creation_time   : (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)", re.MULTILINE)
PLACE = re.compile(r"^    location        : ([+-]\d+\.\d+)([+-]\d+\.\d+)", re.MULTILINE)


@lru_cache(maxsize=1)
def ffmpeg() -> str:
    """The one of the wheel, which is newer than most systems', else the system's."""
    try:
        import imageio_ffmpeg  # noqa: PLC0415 -- without it the system's own is taken

        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError):
        return shutil.which("ffmpeg") or ""


def read_from(source: str, media_type: str) -> list[str]:
    """The options before and with the input: nothing is guessed, nothing else is opened."""
    if media_type not in DEMUXERS:
        raise Unreadable(Why.KIND, media_type)
    demuxer = DEMUXERS[media_type]
    guarded = ["-protocol_whitelist", "file", "-format_whitelist", demuxer, "-max_streams", "32", "-f", demuxer]
    return [*guarded, *(["-enable_drefs", "0"] if demuxer == "mov" else []), "-i", f"file:{source}"]


def make_poster(
    *, source: str, media_type: str, folder: str, sizes: list[tuple[str, int]], **more: Any
) -> dict[str, Any]:
    """What there is to know of a video, and one of its pictures in all sizes."""
    facts = probe(source, media_type)
    at = min(facts["duration_ms"] / 10_000, 10.0)
    still = Path(folder) / "still.png"
    run(["-ss", f"{at:.2f}", *read_from(source, media_type), "-map", "0:v:0", "-frames:v", "1", f"file:{still}"], 120)
    if not still.exists():
        raise Unreadable(Why.DAMAGED, "no picture")
    shown = make_photo(source=str(still), media_type="image/png", folder=folder, sizes=sizes, **more)
    return {**shown, **facts, "width": shown["width"], "height": shown["height"]}


def probe(source: str, media_type: str) -> dict[str, Any]:
    """Decodes the first picture, so that what has none is refused here."""
    told = run([*read_from(source, media_type), "-map", "0:v:0", "-frames:v", "1", "-f", "null", "-"], 60, "info")
    stream, length = STREAM.search(told), DURATION.search(told)
    if stream is None:
        raise Unreadable(Why.DAMAGED, "no picture")
    width, height = int(stream[2]), int(stream[3])
    if width * height > MOST_PIXELS:
        raise Unreadable(Why.TOO_MANY_PIXELS, f"{width}×{height}")
    seconds = int(length[1]) * 3600 + int(length[2]) * 60 + float(length[3]) if length else 0.0
    if seconds > LONGEST:
        raise Unreadable(Why.TOO_LONG, str(seconds))
    return {"duration_ms": int(seconds * 1000), **_told(told.split("Output #0")[0])}


def _told(text: str) -> dict[str, Any]:
    made, place = MADE.search(text), PLACE.search(text)
    found = [round(float(place[1]), 6), round(float(place[2]), 6)] if place else None
    # The container's time is in UTC; a camera whose clock was never set writes the beginning of its era.
    known = made is not None and datetime.fromisoformat(made[1]).year > 1980
    return {"taken": made[1] if made and known else "", "zone": "+00:00" if known else "", "camera": "", "place": found}


def make_mp4(*, source: str, media_type: str, folder: str, duration_ms: int, tell: Tell) -> dict[str, Any]:
    """One file that plays everywhere while it is still being fetched, with a key frame at the start of every segment."""
    target = Path(folder) / "video.mp4"
    command = [
        *read_from(source, media_type), "-map", "0:v:0", "-map", "0:a:0?", "-t", str(LONGEST), "-fpsmax", "30",
        "-vf", f"{scale(720)},format=yuv420p", *_video_codec(720),
        "-force_key_frames", f"expr:gte(t,n_forced*{SEGMENT})", *audio_codec("128k"), *bare(),
        "-movflags", "+faststart", f"file:{target}",
    ]  # fmt: skip
    run(command, budget(duration_ms), tell=tell, total=duration_ms)
    facts = probe(str(target), "video/mp4")
    width, height = size_of(str(target))
    made = {"name": target.name, "kind": "video", "format": "mp4", "width": width, "height": height}
    return {"duration_ms": facts["duration_ms"], "renditions": [made]}


def make_hls(*, source: str, folder: str, duration_ms: int, tell: Tell) -> dict[str, Any]:
    """From our own MP4: its picture as it is for the best line, and smaller ones for weaker lines."""
    width, height = size_of(source)
    kinds = [kind for kind, side in HEIGHTS.items() if side <= min(width, height)] or ["hls240"]
    first, *rest = kinds
    command = [*read_from(source, "video/mp4"), *_split(rest)]
    command += ["-map", "0:v:0", "-map", "0:a:0?", "-c", "copy", *bare(), *_hls(folder, first)]
    for kind in rest:
        side = HEIGHTS[kind]
        command += ["-map", f"[{kind}]", "-map", "0:a:0?", *_video_codec(side), *audio_codec("96k")]
        command += ["-force_key_frames", f"expr:gte(t,n_forced*{SEGMENT})", *bare(), *_hls(folder, kind)]
    run(command, budget(duration_ms), tell=tell, total=duration_ms)
    variants = [_variant(Path(folder), kind, width, height, duration_ms) for kind in kinds]
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        *(line for each in variants for line in each[0]),
    ]
    (Path(folder) / "hls.m3u8").write_text("\n".join(lines) + "\n")
    made = [row for each in variants for row in each[1]]
    return {
        "renditions": [*made, {"name": "hls.m3u8", "kind": "hls", "format": "m3u8", "width": width, "height": height}]
    }


def _variant(
    folder: Path, kind: str, width: int, height: int, duration_ms: int
) -> tuple[list[str], list[dict[str, Any]]]:
    side = min(HEIGHTS[kind], width, height)
    scale = side / min(width, height)
    wide, high = 2 * round(width * scale / 2), 2 * round(height * scale / 2)
    bits = int((folder / f"{kind}.m4s").stat().st_size * 8000 * 1.3 / max(duration_ms, 1))
    lines = [f"#EXT-X-STREAM-INF:BANDWIDTH={bits},RESOLUTION={wide}x{high}", f"{kind}.m3u8"]
    sizes = {"width": wide, "height": high}
    return lines, [{"name": f"{kind}.{form}", "kind": kind, "format": form, **sizes} for form in ("m3u8", "m4s")]


def _split(kinds: list[str]) -> list[str]:
    if not kinds:
        return []
    marks = "".join(f"[in{kind}]" for kind in kinds)
    parts = [f"[0:v:0]split={len(kinds)}{marks}"]
    parts += [f"[in{kind}]{scale(HEIGHTS[kind])}[{kind}]" for kind in kinds]
    return ["-filter_complex", ";".join(parts)]


def scale(side: int) -> str:
    """The shorter side to at most ``side``, both even."""
    short = f"trunc(min({side}\\,min(iw\\,ih))/2)*2"
    return f"scale=w='if(gte(iw\\,ih)\\,-2\\,{short})':h='if(gte(iw\\,ih)\\,{short}\\,-2)'"


def _video_codec(side: int) -> list[str]:
    rate = RATES[side]
    bounded = ["-maxrate", rate, "-bufsize", f"{2 * int(rate[:-1])}k"]
    return ["-c:v", "libx264", "-preset", "veryfast", "-crf", "23", *bounded, "-profile:v", "high"]


def audio_codec(rate: str) -> list[str]:
    return ["-c:a", "aac", "-b:a", rate, "-ac", "2"]


def bare() -> list[str]:
    """Nothing of what the phone wrote into the file goes along."""
    return ["-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact"]


def _hls(folder: str, kind: str) -> list[str]:
    return [
        "-f", "hls", "-hls_time", str(SEGMENT), "-hls_playlist_type", "vod", "-hls_segment_type", "fmp4",
        "-hls_flags", "single_file", "-hls_segment_filename", f"{folder}/{kind}.m4s", f"{folder}/{kind}.m3u8",
    ]  # fmt: skip


def size_of(source: str) -> tuple[int, int]:
    told = run([*read_from(source, "video/mp4"), "-map", "0:v:0", "-frames:v", "1", "-f", "null", "-"], 60, "info")
    stream = STREAM.search(told)
    if stream is None:
        raise Unreadable(Why.DAMAGED, "no picture")
    width, height = int(stream[2]), int(stream[3])
    return (height, width) if TURNED.search(told) else (width, height)


def budget(duration_ms: int) -> int:
    """CPU seconds: fifteen times what a usual phone's video takes."""
    return 120 + 12 * max(duration_ms // 1000, 60)


def run(
    options: list[str], cpu_seconds: int, level: str = "error", *, tell: Tell | None = None, total: int = 0,
    folder: str | None = None,
) -> str:  # fmt: skip
    """What ffmpeg said, working in ``folder``. Raises Unreadable when it failed."""
    command = [ffmpeg(), "-hide_banner", "-nostdin", "-nostats", "-v", level, "-threads", "2", "-y"]
    command += [*(["-progress", "pipe:1"] if tell else []), *options]
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace",
        cwd=folder, preexec_fn=lambda: _limit(cpu_seconds),  # noqa: PLW1509 -- the child has no threads
    )  # fmt: skip
    assert process.stdout
    assert process.stderr
    for line in process.stdout:
        if tell and line.startswith("out_time_us=") and line[12:].strip().isdigit():
            tell(min(int(line[12:]) // 1000, total), total)
    said = process.stderr.read(200_000)
    if process.wait():
        why = Why.TIME if process.returncode == -signal.SIGXCPU else Why.DAMAGED
        raise Unreadable(why, said[-400:])
    return said


def _limit(cpu_seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 5))
    limits.die_with_parent()
