"""What the log may not hold: addresses that open somebody's page are keys, and a log has many readers."""

from __future__ import annotations

import logging
import re

# A piece of an address so long is a key (private page, invitation, desk code, reset, pass, gate), not a word or a code.
_KEYS = re.compile(r"(?<!\.)/(?!static/)[\w\-.:=%~]{20,}(?=[/?\s'\"]|$)")


class WithoutKeys(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if "/" in message and (clean := _KEYS.sub("/…", message)) != message:
            record.msg, record.args = clean, ()
        return True
