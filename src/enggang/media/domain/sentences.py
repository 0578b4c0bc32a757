"""Why a file was not taken, in the words of whoever brought it."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

from enggang.media.workshop.words import Unreadable, Why

# As they are kept beside a refused file; each is said in the language of whoever reads it.
SENTENCES = {
    Why.DAMAGED: gettext_noop(
        "The file is damaged or was cut off. Copy it from the camera again, then send it once more."
    ),
    Why.PART: gettext_noop(
        "A part of the picture is missing: the file was cut off or garbled. Copy it from the camera again, then send it"
        " once more. If there is no better copy, save it anew as JPEG and send that."
    ),
    Why.TOO_MANY_PIXELS: gettext_noop(
        "The picture is larger than 120 megapixels or 30,000 pixels on one side. Make it smaller."
    ),
    Why.TOO_LONG: gettext_noop("The video is longer than two hours. Cut it into parts, then send them one by one."),
    Why.TOO_MANY_FRAMES: gettext_noop("The file holds too many pictures. Send one picture per file."),
    Why.KIND: gettext_noop(
        "Its content is not what its kind of file holds. Save it anew as JPEG, then send it once more."
    ),
    Why.MEMORY: gettext_noop("The file needs more memory than one file may take. Make the picture smaller."),
    Why.TIME: gettext_noop("The file took longer to read than one file may take. Save it anew as JPEG or MP4."),
    Why.CRASHED: gettext_noop("The file could not be read. Save it anew as JPEG or MP4, then send it once more."),
}


def why_not(error: Unreadable) -> str:
    return gettext(SENTENCES[error.why])
