"""Are the migrations complete, and may each run while the code of the release before it still serves?

Exceptions carry their reason: put `IgnoreMigration()` of django_migration_linter among the operations, with a comment.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    import django
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command

    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "django_migration_linter"]
    django.setup()
    call_command("makemigrations", check_changes=True, dry_run=True, interactive=False)
    ours = [app.label for app in apps.get_app_configs() if app.name.startswith("enggang.")]
    # An app's first migration makes its tables: no code of an earlier release serves beside it.
    options = {"no_cache": True, "quiet": ["ok", "ignore"], "ignore_initial_migrations": True}
    call_command("lintmigrations", include_apps=ours, **options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
