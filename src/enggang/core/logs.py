"""What the log may not hold: addresses that open somebody's page are keys, and a log has many readers."""

from __future__ import annotations

import logging
import re

# What follows these words in an address is the key: private page, invitation, desk code, confirmation, reset, pass.
_KEYS = re.compile(r"(/(?:kursi|undangan|akun/kode|akun/surel|lupa|hadir/p)/)[^/\s'\"?]{12,}")


class WithoutKeys(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if "/" in message and (clean := _KEYS.sub(r"\1…", message)) != message:
            record.msg, record.args = clean, ()
        return True
