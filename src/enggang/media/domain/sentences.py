"""Why a file was not taken, in the words of whoever brought it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.media.workshop.words import Unreadable, Why


def why_not(error: Unreadable) -> str:
    sentences = {
        Why.DAMAGED: _("The file is damaged or was cut off. Copy it from the camera again, then send it once more."),
        Why.PART: _(
            "A part of the picture is missing: the file was cut off or garbled. Copy it from the camera again, then send it"
            " once more. If there is no better copy, save it anew as JPEG and send that."
        ),
        Why.TOO_MANY_PIXELS: _(
            "The picture is larger than 120 megapixels or 30,000 pixels on one side. Make it smaller."
        ),
        Why.TOO_LONG: _("The video is longer than two hours. Cut it into parts, then send them one by one."),
        Why.TOO_MANY_FRAMES: _("The file holds too many pictures. Send one picture per file."),
        Why.KIND: _("Its content is not what its kind of file holds. Save it anew as JPEG, then send it once more."),
        Why.MEMORY: _("The file needs more memory than one file may take. Make the picture smaller."),
        Why.TIME: _("The file took longer to read than one file may take. Save it anew as JPEG or MP4."),
        Why.CRASHED: _("The file could not be read. Save it anew as JPEG or MP4, then send it once more."),
    }
    return sentences[error.why]
