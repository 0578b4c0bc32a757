from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    ROSTER = "roster", _("Staff roster")
    REJECTS = "rejects", _("Rejected rows")
    CERTIFICATE = "certificate", _("Certificate")
    LETTER = "letter", _("Letter")
    EVIDENCE = "evidence", _("Evidence")
    EXPORT = "export", _("Export")
    MATERIAL = "material", _("Training material")
    WORK = "work", _("Work of a participant")
    REPORT = "report", _("Activity report")
    MEDIA = "media", _("Photo or video of the library")


# Days a file of this purpose is kept; None: as long as the record it belongs to.
RETENTION_DAYS: dict[str, int | None] = {
    Purpose.ROSTER: 365,
    Purpose.REJECTS: 90,
    Purpose.CERTIFICATE: None,
    Purpose.LETTER: None,
    Purpose.EVIDENCE: None,
    Purpose.EXPORT: 30,
    Purpose.MATERIAL: None,
    Purpose.WORK: None,
    Purpose.REPORT: None,
    Purpose.MEDIA: None,
}

# Official papers: with the NIP of people from other agencies than the one that issued them.
PAPERS = frozenset({Purpose.CERTIFICATE, Purpose.LETTER, Purpose.REPORT})

# Files that list people: whoever downloads one is written into the audit trail (law 8).
PERSONAL_PURPOSES = frozenset({Purpose.ROSTER, Purpose.REJECTS, Purpose.EXPORT})


class ScanState(TextChoices):
    UNSCANNED = "unscanned", _("Not scanned")
    CLEAN = "clean", _("Clean")
    INFECTED = "infected", _("Infected")


class UploadState(TextChoices):
    OPEN = "open", _("Arriving")
    RECEIVED = "received", _("Arrived, being checked")
    STORED = "stored", _("Stored")
    REFUSED = "refused", _("Refused")
    ENDED = "ended", _("Given up")


UPLOAD_MOVES = {
    UploadState.OPEN: frozenset({UploadState.RECEIVED, UploadState.ENDED}),
    UploadState.RECEIVED: frozenset({UploadState.STORED, UploadState.REFUSED, UploadState.ENDED}),
    UploadState.STORED: frozenset({UploadState.ENDED}),
    UploadState.REFUSED: frozenset({UploadState.ENDED}),
    UploadState.ENDED: frozenset(),
}

# These hold a place in the quota.
RESERVING = (UploadState.OPEN, UploadState.RECEIVED, UploadState.STORED)


class Accepts(TextChoices):
    PHOTO = "photo", _("Photo")
    VIDEO = "video", _("Video")
    DOCUMENT = "document", _("Document")
