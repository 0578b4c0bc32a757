from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AssetKind(TextChoices):
    PHOTO = "photo", _("Photo")
    VIDEO = "video", _("Video")


class AssetState(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    IN_REVIEW = "in_review", _("In review")
    REVISE = "revise", _("To be revised")
    ACCEPTED = "accepted", pgettext_lazy("photo", "Accepted")
    PUBLISHED = "published", pgettext_lazy("photo", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("photo", "Withdrawn")


# What is withdrawn comes back only through a new review.
ASSET_MOVES = {
    AssetState.DRAFT: frozenset({AssetState.SUBMITTED, AssetState.WITHDRAWN}),
    AssetState.SUBMITTED: frozenset({AssetState.DRAFT, AssetState.IN_REVIEW, AssetState.WITHDRAWN}),
    AssetState.IN_REVIEW: frozenset({AssetState.REVISE, AssetState.ACCEPTED, AssetState.WITHDRAWN}),
    AssetState.REVISE: frozenset({AssetState.SUBMITTED, AssetState.IN_REVIEW, AssetState.WITHDRAWN}),
    AssetState.ACCEPTED: frozenset({AssetState.IN_REVIEW, AssetState.PUBLISHED, AssetState.WITHDRAWN}),
    AssetState.PUBLISHED: frozenset({AssetState.ACCEPTED, AssetState.WITHDRAWN}),
    AssetState.WITHDRAWN: frozenset({AssetState.SUBMITTED}),
}


class Precision(TextChoices):
    """How exactly the public may know where a picture was taken."""

    EXACT = "exact", _("Exact place")
    VILLAGE = "village", _("Village")
    REGENCY = "regency", _("Regency or city")
    HIDDEN = "hidden", pgettext_lazy("place", "Hidden")


class Sensitivity(TextChoices):
    """Why a place must not be told; anything but NONE hides it unless somebody decides otherwise."""

    NONE = "none", pgettext_lazy("sensitive place", "Nothing")
    SACRED = "sacred", _("Sacred place")
    WILDLIFE = "wildlife", _("Wildlife")
    HOME = "home", _("Somebody’s home")
    MINOR = "minor", _("Children")


class RenditionKind(TextChoices):
    SMALL = "small", _("Small (480 px)")
    MEDIUM = "medium", _("Medium (1280 px)")
    LARGE = "large", _("Large (2560 px)")
    SQUARE = "square", _("Crop 1:1")
    PORTRAIT = "portrait", _("Crop 4:5")
    STORY = "story", _("Crop 9:16")
    WIDE = "wide", _("Crop 16:9")
    CARD = "card", _("Crop for messengers, 1200 × 630")
    VIDEO = "video", _("Video in one file")
    HLS = "hls", _("Video for every line")
    HLS720 = "hls720", _("Video, 720 lines")
    HLS480 = "hls480", _("Video, 480 lines")
    HLS240 = "hls240", _("Video, 240 lines")
    VERTICAL = "vertical", _("Video, upright 9:16")
    WHATSAPP = "whatsapp", _("Video for WhatsApp, at most 16 MB")
    CAPTIONED_ID = "captioned_id", _("Video with Indonesian captions in the picture")
    CAPTIONED_EN = "captioned_en", _("Video with English captions in the picture")


# A film's streams by their lines, the weakest first.
STREAMS: dict[str, int] = {RenditionKind.HLS240: 240, RenditionKind.HLS480: 480, RenditionKind.HLS720: 720}
# Cuts of a film that are made when somebody asks; those with captions in the picture by language.
BURNT_IN: dict[str, str] = {"id": RenditionKind.CAPTIONED_ID, "en": RenditionKind.CAPTIONED_EN}
FILM_CUTS: tuple[str, ...] = (RenditionKind.WHATSAPP, RenditionKind.VERTICAL, *BURNT_IN.values())

# The longer side in pixels; each is made from the one before it, all from one decoding.
SIZES: dict[str, int] = {RenditionKind.LARGE: 2560, RenditionKind.MEDIUM: 1280, RenditionKind.SMALL: 480}

# Width and height in pixels of the crops that are published beside a picture.
CROPS: dict[str, tuple[int, int]] = {
    RenditionKind.SQUARE: (1080, 1080), RenditionKind.PORTRAIT: (1080, 1350), RenditionKind.STORY: (1080, 1920),
    RenditionKind.WIDE: (1920, 1080), RenditionKind.CARD: (1200, 630),
}  # fmt: skip

MEDIA_TYPES = {"jpeg": "image/jpeg", "webp": "image/webp", "avif": "image/avif", "mp4": "video/mp4"}
MEDIA_TYPES |= {"m4s": "video/mp4", "m3u8": "application/vnd.apple.mpegurl", "vtt": "text/vtt; charset=utf-8"}


class Verdict(TextChoices):
    """What somebody said of two pictures that look alike."""

    OPEN = "open", _("Not decided")
    DIFFERENT = "different", _("Two works")
    COPY = "copy", _("A copy")


class DeliveryState(TextChoices):
    WAITING = "waiting", pgettext_lazy("delivery", "Being looked at")
    KEPT = "kept", _("In the library")
    SAME = "same", _("Was here already")
    REFUSED = "refused", pgettext_lazy("delivery", "Refused")


DELIVERY_MOVES = {
    DeliveryState.WAITING: frozenset({DeliveryState.KEPT, DeliveryState.SAME, DeliveryState.REFUSED}),
    DeliveryState.REFUSED: frozenset({DeliveryState.WAITING}),
    DeliveryState.KEPT: frozenset[DeliveryState](),
    DeliveryState.SAME: frozenset[DeliveryState](),
}
