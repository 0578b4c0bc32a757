from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "media.open_intake": _("Made a private address for bringing photos"),
    "media.close_intake": _("Ended a private address for bringing photos"),
    "media.hand_over": _("Brought files to the media library"),
    "media.import_file": _("Took a file of an archive into the media library"),
    "media.keep_asset": _("Took a file into the media library"),
    "media.settle_delivery": _("Did not take a file into the media library"),
    "media.keep_renditions": _("Made renditions of a photo or video"),
    "media.describe_asset": _("Described a photo or video"),
}
