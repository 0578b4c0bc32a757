"""A film for other places: upright, small enough for a messenger, or with its captions in the picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from enggang.media.workshop.video import audio_codec, bare, budget, probe, read_from, run, scale, size_of
from enggang.media.workshop.words import Unreadable, Why

FONT = "Plus Jakarta Sans Medium"
UPRIGHT = (720, 1280)
SOUND = 64_000
ROOM = 0.94  # of the bytes that are allowed: the container takes its share, and a rate is kept only on the average
# Bits a second of the picture from which on so many lines are worth it.
LINES = ((900_000, 720), (420_000, 480), (200_000, 360), (0, 240))
FORMAT = (
    "Format: Name, Fontname, Fontsize, PrimaryColour, OutlineColour, BackColour, BorderStyle, Outline, Shadow,"
    " Alignment, MarginL, MarginR, MarginV"
)
Cues = Sequence[tuple[int, int, str]]


def make_cut(
    *, name: str, source: str, media_type: str, folder: str, duration_ms: int, tell: Any, most_bytes: int = 0,
    upright: tuple[float, float] | None = None, captions: Cues = (),
) -> dict[str, Any]:  # fmt: skip
    """One of the three: ``upright`` around a focus (shares of width and height), ``captions`` burnt in, or ``most_bytes``."""
    target = Path(folder) / f"{name}.mp4"
    if most_bytes:
        options = _small(most_bytes, duration_ms)
    elif upright:
        options = ["-vf", f"{_upright(*upright)},format=yuv420p", *_quality("2800k"), *audio_codec("128k")]
    else:
        (Path(folder) / "captions.ass").write_text(_subtitles(captions, *size_of(source)), encoding="utf-8")
        drawn = "ass=filename=captions.ass:fontsdir=fonts"
        options = ["-vf", f"{drawn},format=yuv420p", *_quality("2800k"), *audio_codec("128k")]
    command = [
        *read_from(source, media_type), "-map", "0:v:0", "-map", "0:a:0?", "-fpsmax", "30", *options, *bare(),
        "-movflags", "+faststart", f"file:{target}",
    ]  # fmt: skip
    run(command, budget(duration_ms), tell=tell, total=duration_ms, folder=folder)
    if most_bytes and target.stat().st_size > most_bytes:
        raise Unreadable(Why.TOO_LONG, f"{target.stat().st_size} bytes")
    probe(str(target), "video/mp4")
    width, height = size_of(str(target))
    made = {"name": target.name, "kind": name, "format": "mp4", "width": width, "height": height}
    return {"renditions": [made]}


def _quality(rate: str) -> list[str]:
    bounded = ["-maxrate", rate, "-bufsize", f"{2 * int(rate[:-1])}k"]
    return ["-c:v", "libx264", "-preset", "veryfast", "-crf", "23", *bounded, "-profile:v", "high"]


def _small(most_bytes: int, duration_ms: int) -> list[str]:
    """As many bits as there is room for, and as many lines as these are worth."""
    rate = int(most_bytes * ROOM * 8 * 1000 / max(duration_ms, 1000)) - SOUND
    rate = min(rate, 1_600_000)
    side = next(lines for least, lines in LINES if rate >= least)
    codec = ["-c:v", "libx264", "-preset", "veryfast", "-b:v", str(rate), "-maxrate", str(rate), "-bufsize", str(rate)]
    return ["-vf", f"{scale(side)},format=yuv420p", *codec, "-profile:v", "main", *audio_codec("64k")]


def _upright(x: float, y: float) -> str:
    """The largest piece of 9:16 around the focus, then at most 720 × 1280."""
    wide, high = "trunc(min(iw\\,ih*9/16)/2)*2", "trunc(min(ih\\,iw*16/9)/2)*2"
    left = f"clip(iw*{float(x):.4f}-ow/2\\,0\\,iw-ow)"
    top = f"clip(ih*{float(y):.4f}-oh/2\\,0\\,ih-oh)"
    width, height = UPRIGHT
    shrunk = f"scale=w='trunc(min({width}\\,iw)/2)*2':h='trunc(min({height}\\,ih)/2)*2'"
    return f"crop=w='{wide}':h='{high}':x='{left}':y='{top}',{shrunk},setsar=1"


def _subtitles(captions: Cues, width: int, height: int) -> str:
    """Captions in the form that the library draws (ASS), white on a dark box, in letters that a phone shows well."""
    size = round(min(width, height) / 15)
    margin = round(height / 18)
    style = f"C,{FONT},{size},&H00FFFFFF,&H60000000,&H60000000,3,{max(2, size // 6)},0,2,{margin},{margin},{margin}"
    lines = [
        "[Script Info]", "ScriptType: v4.00+", f"PlayResX: {width}", f"PlayResY: {height}", "WrapStyle: 0",
        "[V4+ Styles]",
        FORMAT,
        f"Style: {style}", "[Events]", "Format: Start, End, Style, Text",
    ]  # fmt: skip
    lines += [f"Dialogue: {_stamp(start)},{_stamp(end)},C,{_words(text)}" for start, end, text in captions]
    return "\n".join(lines) + "\n"


def _stamp(ms: int) -> str:
    return f"{ms // 3_600_000}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d}.{ms // 10 % 100:02d}"


def _words(text: str) -> str:
    """Without what the library would take for an order: braces and backslashes."""
    plain = text.replace("\\", "/").replace("{", "(").replace("}", ")")
    return "\\N".join(plain.splitlines())
