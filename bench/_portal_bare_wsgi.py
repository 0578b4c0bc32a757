"""What the server of the rival of ``bench.portal`` runs."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "bench._portal_bare_settings"
application = get_wsgi_application()
