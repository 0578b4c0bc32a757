"""The WSGI application that granian serves."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enggang.config.settings")
application = get_wsgi_application()

# What the start has made stays as long as the process: the collector need not walk it again and again. Requests leave few
# circles, so it comes seldom; left as Python has it, it took a third of the time of those who register at once.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
