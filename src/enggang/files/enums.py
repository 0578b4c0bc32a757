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


# Days a file of this purpose is kept; None: as long as the record it belongs to.
RETENTION_DAYS: dict[str, int | None] = {
    Purpose.ROSTER: 365,
    Purpose.REJECTS: 90,
    Purpose.CERTIFICATE: None,
    Purpose.LETTER: None,
    Purpose.EVIDENCE: None,
    Purpose.EXPORT: 30,
}

# Official papers: with the NIP of people from other agencies than the one that issued them.
PAPERS = frozenset({Purpose.CERTIFICATE, Purpose.LETTER})

# Files that list people: whoever downloads one is written into the audit trail (law 8).
PERSONAL_PURPOSES = frozenset({Purpose.ROSTER, Purpose.REJECTS, Purpose.EXPORT})


class ScanState(TextChoices):
    UNSCANNED = "unscanned", _("Not scanned")
    CLEAN = "clean", _("Clean")
    INFECTED = "infected", _("Infected")
