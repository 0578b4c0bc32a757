from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "media.hand_over": _("Brought files to the media library"),
    "media.keep_asset": _("Took a file into the media library"),
    "media.settle_delivery": _("Did not take a file into the media library"),
    "media.keep_renditions": _("Made renditions of a photo or video"),
    "media.describe_asset": _("Described a photo or video"),
}
