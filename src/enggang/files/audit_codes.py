from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "files.store_file": _("Stored a file"),
    "files.delete_expired": _("Deleted files whose time was over"),
}
