"""The product's own settings, with a data folder that is thrown away and a password hasher that costs nothing.

ENGGANG_DATABASE_URL chooses the database (SQLite in a file when unset).
ENGGANG_TEST_STORE=s3 keeps files in an object store instead of a folder: moto's, or the real one that ENGGANG_TEST_S3 names.
ENGGANG_TEST_NAME tells two runs on one machine apart; with it --reuse-db finds the tables of the run before.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

DATA = Path(tempfile.mkdtemp(prefix="enggang-test-"))
_OWNER = os.getpid()


def _remove_data() -> None:
    if os.getpid() == _OWNER:  # a forked worker that ends must leave the folder to its parent
        shutil.rmtree(DATA, ignore_errors=True)


atexit.register(_remove_data)

for _name in [name for name in os.environ if name.startswith("ENGGANG_") and name not in {
    "ENGGANG_DATABASE_URL", "ENGGANG_TEST_NAME", "ENGGANG_TEST_DATABASE_URL", "ENGGANG_PICTURES", "ENGGANG_CHROMIUM",
    "ENGGANG_TEST_STORE", "ENGGANG_TEST_S3",
}]:  # fmt: skip
    del os.environ[_name]  # what is set in the developer's shell must not decide a test
(DATA / "static").mkdir()
os.environ["ENGGANG_DATA"] = str(DATA)
os.environ["ENGGANG_SECRET_KEY"] = "only-for-tests-" + "0" * 40
os.environ.pop("PORT", None)
if not os.environ.get("ENGGANG_DATABASE_URL"):
    os.environ.pop("ENGGANG_DATABASE_URL", None)

from enggang.config.settings import *  # noqa: E402, F403 -- only after the environment is set, and all of it
from enggang.config.settings import DATABASES  # noqa: E402 -- as above

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
COUNT_READERS = False  # a thread would write while the next test looks
KEEP_PUBLIC_PAGES = False  # what one test has written must not be read by the next; tests of the keeping turn it on
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "files"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

if os.environ.get("ENGGANG_TEST_STORE") == "s3":  # the same tests once more, their files in an object store
    from tests.files.bucket import as_storage, start

    STORAGES["default"] = as_storage(start())

_default = DATABASES["default"]
_name = os.environ.get("ENGGANG_TEST_NAME", "")
if _default["ENGINE"].endswith("sqlite"):
    # A file, not memory: threads, web server and worker processes must meet the real locks.
    # Named, it stands beside the folder that is thrown away, so that --reuse-db finds it at the next run.
    _folder = DATA.parent / f"enggang-test-{_name}" if _name else DATA
    _folder.mkdir(exist_ok=True)
    _default["TEST"] = {"NAME": str(_folder / "test.sqlite3")}
else:
    _default["TEST"] = {"NAME": f"test_enggang_{_name}" if _name else "test_enggang"}
    # What a test writes need not outlive the machine: nobody waits for its disk.
    _default["OPTIONS"] = {**_default.get("OPTIONS", {}), "options": "-c synchronous_commit=off"}
    _default["CONN_MAX_AGE"] = 0  # a connection left open would keep the test database from being dropped
