"""What is posted on a channel: the picture that fits it best, and words with the credit and the tags."""

from __future__ import annotations

from dataclasses import dataclass

from enggang.core.text import folded
from enggang.media.models import Asset, Rendition
from enggang.media.queries.credit import credit_of, public_place

# Channel -> its label, width to height, letters of its caption at most. As the channels themselves recommend, 2026.
CHANNELS: dict[str, tuple[str, float, int]] = {
    "instagram": ("Instagram", 4 / 5, 2_200),
    "story": ("Instagram Story, WhatsApp Status, TikTok", 9 / 16, 2_200),
    "facebook": ("Facebook", 1200 / 630, 5_000),
    "x": ("X", 16 / 9, 280),
    "youtube": ("YouTube", 16 / 9, 5_000),
}


@dataclass(frozen=True, slots=True)
class Kit:
    """``fits``: whether the picture was cut for the channel; otherwise the whole work stands there."""

    key: str
    label: str
    picture: Rendition | None
    fits: bool
    words: str


def kit_for(asset: Asset) -> list[Kit]:
    rows = [row for row in asset.renditions.all() if row.format == "jpeg" and row.height]
    words = [_words(asset, most) for _label, _shape, most in CHANNELS.values()]
    return [
        Kit(key, label, *_picture(rows, shape), text)
        for (key, (label, shape, _most)), text in zip(CHANNELS.items(), words, strict=True)
    ]


def _picture(rows: list[Rendition], shape: float) -> tuple[Rendition | None, bool]:
    cut = [row for row in rows if abs(row.width / row.height - shape) < 0.02]
    best = max(cut or rows, key=lambda row: row.width, default=None)
    return best, bool(cut)


def _words(asset: Asset, most: int) -> str:
    """Title, caption, place, credit, tags; the caption gives way where there is too little room."""
    tags = " ".join(f"#{folded(each.tag.name).replace(' ', '')}" for each in asset.tagged.select_related("tag"))
    credit = credit_of(asset)
    last = "\n".join(part for part in (public_place(asset), f"{credit.line} · {credit.licence_name}", tags) if part)
    room = most - len(asset.title) - len(last) - 4
    caption = asset.caption if len(asset.caption) <= room else f"{asset.caption[: max(0, room - 1)].rstrip()}…"
    return "\n\n".join(part for part in (asset.title, caption if room > 1 else "", last) if part)[:most]
