"""From an original to its renditions: one decoding, then 2560 → 1280 → 480 pixels, each as JPEG and WebP.

The profile of the colours is kept, everything else that the camera wrote is left behind; turned pictures are set upright.
What is published carries our own marks of author and licence, and has an AVIF and crops beside it.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pdqhash
import pyvips

from enggang.media.workshop import limits
from enggang.media.workshop.decoder import forget_warnings, see_that_it_is_whole
from enggang.media.workshop.heic import read_heic
from enggang.media.workshop.marks import xmp_of
from enggang.media.workshop.metadata import read_metadata
from enggang.media.workshop.words import Unreadable, Why

pyvips.block_untrusted_set(True)
pyvips.cache_set_max(0)  # every picture comes once

LOADERS = {
    "image/jpeg": ("jpegload",), "image/png": ("pngload",), "image/webp": ("webpload",), "image/tiff": ("tiffload",),
    "image/avif": ("heifload",),
}  # fmt: skip
HASHED_SIDE = 512
TURNED = range(5, 9)  # orientations that swap width and height


def make_photo(
    *,
    source: str,
    media_type: str,
    folder: str,
    sizes: list[tuple[str, int]],
    forms: Sequence[str] = ("jpeg", "webp"),
    marks: Mapping[str, str] | None = None,
    crops: Sequence[tuple[str, int, int]] = (),
    focus: tuple[float, float] | None = None,
    whole: bool = False,
) -> dict[str, Any]:
    """``sizes`` from the largest to the smallest: (kind, longer side). ``crops``: (kind, width, height), as JPEG.

    ``focus`` is what must stay in a crop, as shares of width and height; without it the eye is guessed. With ``whole``
    a picture of which the decoder had to leave out or guess a part is refused (Why.PART): asked of what comes in,
    not of what is in the library already.
    """
    if media_type == "image/heic":
        image, width, height = read_heic(source, _bounds)
        image, orientation = _at_most(image, sizes[0][1]), 1
    else:
        width, height, orientation = _check(_header(source, media_type), media_type)
        forget_warnings()
        image = _decoded(source, sizes[0][1])
        if whole:
            see_that_it_is_whole(source, media_type)
    image = _marked(image, marks)
    made = [_cut(image, Path(folder), crop, focus) for crop in crops]
    scaled, image = _all_sizes(image, Path(folder), sizes, forms)
    made += scaled
    phash, quality = _hash(image)
    facts = read_metadata(source)
    return {
        "width": width, "height": height, "orientation": orientation, "phash": phash, "quality": quality,
        "renditions": made, **facts,
    }  # fmt: skip


def _all_sizes(
    image: Any, folder: Path, sizes: Sequence[tuple[str, int]], forms: Sequence[str]
) -> tuple[list[dict[str, Any]], Any]:
    """What was written, and the smallest picture. One that is no smaller than the size before is not encoded once more."""
    made, last = list[dict[str, Any]](), list[dict[str, Any]]()
    for kind, side in sizes:
        smaller = _at_most(image, side)
        if last and smaller is image:
            last = [_again(folder, each, kind) for each in last]
        else:
            last = [_write(smaller, folder, kind, form) for form in forms]
        image = smaller
        made += last
    return made, image


def _again(folder: Path, before: dict[str, Any], kind: str) -> dict[str, Any]:
    name = f"{kind}.{before['format']}"
    shutil.copyfile(folder / before["name"], folder / name)
    return {**before, "name": name, "kind": kind}


def _marked(image: Any, marks: Mapping[str, str] | None) -> Any:
    """With our own marks in place of whatever stood there."""
    image = image.copy()
    for name in ("xmp-data", "exif-data", "iptc-data"):
        if image.get_typeof(name):
            image.remove(name)
    if marks:
        image.set_type(pyvips.GValue.blob_type, "xmp-data", xmp_of(marks))
    return image


def _cut(image: Any, folder: Path, crop: tuple[str, int, int], focus: tuple[float, float] | None) -> dict[str, Any]:
    """The largest piece of the wanted shape around the focus, never made larger than it was."""
    kind, width, height = crop
    wide = min(image.width, int(image.height * width / height))
    high = min(image.height, int(wide * height / width))
    if focus is None:
        piece = image.smartcrop(wide, high, interesting="attention")
    else:
        left = round(min(max(focus[0] * image.width - wide / 2, 0), image.width - wide))
        top = round(min(max(focus[1] * image.height - high / 2, 0), image.height - high))
        piece = image.crop(left, top, wide, high)
    if wide > width:
        piece = piece.thumbnail_image(width, height=height, size="force")
    return _write(piece, folder, kind, "jpeg")


def _header(source: str, media_type: str) -> Any:
    """The picture, not decoded yet."""
    if media_type not in LOADERS:
        raise Unreadable(Why.KIND, media_type)
    try:
        image = pyvips.Image.new_from_file(source, access="sequential")
    except pyvips.Error as error:
        raise Unreadable(Why.DAMAGED, str(error)) from error
    if not str(image.get("vips-loader")).startswith(LOADERS[media_type]):
        raise Unreadable(Why.KIND, str(image.get("vips-loader")))
    return image


def _check(header: Any, media_type: str) -> tuple[int, int, int]:
    """Width and height as they will be shown, and how the original lies."""
    _bounds(header.width, header.height)
    if header.get_typeof("n-pages") and header.get("n-pages") > limits.FRAMES:
        raise Unreadable(Why.TOO_MANY_FRAMES, str(header.get("n-pages")))
    orientation = header.get("orientation") if header.get_typeof("orientation") else 1
    turned = orientation in TURNED and media_type != "image/avif"
    return (header.height, header.width, orientation) if turned else (header.width, header.height, orientation)


def _bounds(width: int, height: int) -> None:
    if width * height > limits.PIXELS or max(width, height) > limits.SIDE:
        raise Unreadable(Why.TOO_MANY_PIXELS, f"{width}×{height}")


def _decoded(source: str, side: int) -> Any:
    """At most ``side`` long, upright, eight bits, in colours that both formats can say."""
    image = pyvips.Image.thumbnail(source, side, height=side, size="down", fail_on="error")
    if image.interpretation in {"cmyk", "lab", "labs", "lch", "xyz"}:
        image = image.icc_transform("srgb", embedded=True) if image.get_typeof("icc-profile-data") else image
        image = image.colourspace("srgb")
    if image.format != "uchar":
        image = image.colourspace("srgb" if image.bands > 2 else "b-w").cast("uchar")
    return image.copy_memory()


def _at_most(image: Any, side: int) -> Any:
    if max(image.width, image.height) <= side:
        return image
    return image.thumbnail_image(side, height=side, size="down").copy_memory()


def _write(image: Any, folder: Path, kind: str, form: str) -> dict[str, Any]:
    name = f"{kind}.{form}"
    if form == "jpeg":
        flat = image.flatten(background=255) if image.hasalpha() else image
        flat.jpegsave(str(folder / name), Q=82, keep="icc|xmp", optimize_coding=True)
    elif form == "webp":
        image.webpsave(str(folder / name), Q=80, effort=4, keep="icc|xmp")
    else:
        image.heifsave(str(folder / name), Q=55, compression="av1", effort=3, keep="icc|xmp")
    return {"name": name, "kind": kind, "format": form, "width": image.width, "height": image.height}


def _hash(image: Any) -> tuple[str, int]:
    """PDQ, 256 bits as hexadecimal digits, and how much it says (0 to 100)."""
    plain = image.flatten() if image.hasalpha() else image
    plain = plain.colourspace("srgb")
    small = _at_most(plain, HASHED_SIDE)
    bits, quality = pdqhash.compute(small.numpy())
    return f"{int(''.join(str(int(bit)) for bit in bits), 2):064x}", int(quality)
