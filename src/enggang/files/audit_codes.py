from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "files.store_file": _("Stored a file"),
    "files.open_upload": _("Began an upload"),
    "files.complete_upload": _("Completed an upload"),
    "files.finish_upload": _("Checked and stored an upload"),
    "files.end_upload": _("Gave up an upload"),
    "files.use_again": _("Used a stored file once more"),
    "files.claim_upload": _("Used an upload"),
    "files.give_back_upload": _("Gave back an upload that was of no use"),
    "files.keep_copied": _("Stored a file of an archive"),
    "files.let_go": _("Ended the time a file is kept"),
    "files.delete_expired": _("Deleted files whose time was over"),
}
