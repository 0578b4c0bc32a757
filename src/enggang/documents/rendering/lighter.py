"""A smaller copy of a paper, for a door that takes only small files. The paper itself is never touched."""

from __future__ import annotations

import io

from PIL import Image, ImageOps
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

MOST_BYTES = 20_000_000  # what is read at all
MOST_PAGES = 200
MOST_PIXELS = 60_000_000  # of one picture; more is a trap, not a scan
# Longest side of a picture in pixels and quality of its JPEG, from hardly visible to just legible: on A4 some
# 200, 150, 120 and 95 dots an inch. Smaller pictures, such as the code that a phone reads, keep every dot.
STEPS = ((2400, 80), (1800, 70), (1400, 60), (1100, 45))
ATTACHED = {"/FileAttachment", "/Movie", "/Sound", "/Screen", "/RichMedia", "/3D"}
FONT = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
SPARE = ("/Thumb", "/PieceInfo", "/AF", "/AA", "/Metadata")


class CannotRead(Exception):
    """Broken, locked or too large to be taken apart."""


def lighter_pdf(content: bytes, most: int, *, says: str) -> bytes | None:
    """A PDF of at most ``most`` bytes that shows the same; None when it stays larger. Raises CannotRead.

    ``says`` stands small at the foot of every page, so that nobody takes the copy for the paper. First what nobody
    sees goes: attachments, doubled objects, loose streams. Only then are pictures made coarser, step by step.
    A JPEG or PNG becomes a PDF of one page.
    """
    if len(content) > MOST_BYTES:
        raise CannotRead
    try:
        source = content if content.lstrip()[:5] == b"%PDF-" else _of_picture(content)
        for step in (None, *STEPS):
            found = _copy(source, says, step)
            if len(found) <= most:
                return found
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CannotRead from error  # what pypdf and Pillow raise over files that only look like one
    except Image.DecompressionBombError as error:
        raise CannotRead from error
    return None


def _copy(content: bytes, says: str, step: tuple[int, int] | None) -> bytes:
    reader = PdfReader(io.BytesIO(content))
    if (reader.is_encrypted and not reader.decrypt("")) or not 0 < len(reader.pages) <= MOST_PAGES:
        raise CannotRead
    writer = PdfWriter()
    for page in reader.pages:  # with what is seen on it; whatever hangs on the document itself stays behind
        writer.add_page(page, excluded_keys=SPARE)
        _drop_attached(writer.pages[-1])
    for page in writer.pages:
        if step:
            _coarsen(page, *step)
        _stamp(page, says)
    for page in writer.pages:
        page.compress_content_streams(level=9)
    writer.compress_identical_objects(remove_duplicates=True, remove_unreferenced=True)
    writer.add_metadata({"/Title": says})
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def _drop_attached(page: PageObject) -> None:
    """Files that are pinned to the page, or shown by a player."""
    notes = page.get("/Annots")
    if notes is not None:
        kept = [each for each in notes.get_object() if each.get_object().get("/Subtype") not in ATTACHED]
        page[NameObject("/Annots")] = ArrayObject(kept)


def _coarsen(page: PageObject, longest: int, quality: int) -> None:
    for each in page.images:
        if (each.image is None) or each.indirect_reference is None:  # drawn inside the page: small by its nature
            continue
        smaller = _smaller(each.image, longest)
        if smaller is not None:
            each.replace(smaller, quality=quality)


def _smaller(picture: Image.Image, longest: int) -> Image.Image | None:
    """On white and in grey or colour; None for one that is not larger than the step."""
    if max(picture.size) <= longest:
        return None
    if picture.width * picture.height > MOST_PIXELS:
        raise CannotRead
    picture = _on_white(picture)
    picture.thumbnail((longest, longest))
    return picture


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in {"L", "RGB"}:
        return picture.copy()
    if picture.mode in {"LA", "P", "PA", "RGBA"}:
        seen = picture.convert("RGBA")
        ground = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(ground, seen).convert("RGB")
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _of_picture(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise CannotRead
        kept = io.BytesIO()
        resolution = max(picture.size) / 11.0  # the longer side fills that of an A4 page
        _on_white(ImageOps.exif_transpose(picture)).save(kept, "PDF", resolution=resolution, quality=90)
    return kept.getvalue()


def _stamp(page: PageObject, says: str) -> None:
    """One grey line of small letters above the lower edge, in a font every reader has."""
    left, bottom = float(page.mediabox.left) + 12, float(page.mediabox.bottom) + 6
    text = says.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    line = DecodedStreamObject()
    line.set_data(b"q 0.4 g BT /EnggangCopy 6 Tf %.2f %.2f Td (%s) Tj ET Q" % (left, bottom, text))
    page.merge_page(_sheet(page, line))


def _sheet(page: PageObject, line: DecodedStreamObject) -> PageObject:
    sheet = PageObject.create_blank_page(width=page.mediabox.right, height=page.mediabox.top)
    font = DictionaryObject({NameObject(key): NameObject(value) for key, value in FONT.items()})
    fonts = DictionaryObject({NameObject("/EnggangCopy"): font})
    sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    sheet[NameObject("/Contents")] = line
    return sheet
