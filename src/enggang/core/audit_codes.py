from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "core.cancel_job": _("Cancelled a background job"),
    "core.retry_job": _("Started a background job again"),
    "core.export_list": _("Downloaded a list"),
    "core.renew_keys": _("Made new keys in place of those that cannot be opened"),
    "core.apply_retention": _("Deleted what is over its time"),
}
