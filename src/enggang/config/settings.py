"""Settings: one file for every size of installation; what differs comes from ``env.py``."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from enggang.config import env as environment
from enggang.config.joined import JOINED  # noqa: F401 -- a setting

ENV = environment.read()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = ENV.secret_key
DEBUG = ENV.debug
PUBLIC_URL = ENV.public_url
FORMER_HOSTS = ENV.former_hosts
DEMO = ENV.demo
DATA_FOLDER = ENV.data
_public_host = urlsplit(ENV.public_url).hostname or "localhost"
ALLOWED_HOSTS = [*ENV.allowed_hosts, *ENV.former_hosts, _public_host, "localhost", "127.0.0.1", "[::1]"]

INSTALLED_APPS = [
    "enggang.portal",
    "enggang.office",
    "enggang.impact",
    "enggang.training",
    "enggang.events",
    "enggang.innovation",
    "enggang.stories",
    "enggang.credentials",
    "enggang.media",
    "enggang.reach",
    "enggang.seats",
    "enggang.surveys",
    "enggang.reviews",
    "enggang.budgets",
    "enggang.plans",
    "enggang.indicators",
    "enggang.attendance",
    "enggang.documents",
    "enggang.people",
    "enggang.search",
    "enggang.files",
    "enggang.access",
    "enggang.places",
    "enggang.accounts",
    "enggang.notices",
    "enggang.audit",
    "enggang.core",
    "enggang.demo",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tables2",
    "django_filters",
    "django_q",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "enggang.core.middleware.PackedPagesMiddleware",
    "enggang.reach.middleware.CountingMiddleware",
    "enggang.portal.caching.PublicPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "enggang.access.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "enggang.core.middleware.PrivatePagesMiddleware",
    "enggang.core.middleware.NulMiddleware",
    "enggang.core.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "enggang.config.urls"
WSGI_APPLICATION = "enggang.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "enggang.core.context.shell",
            ],
        },
    }
]


def _database() -> dict[str, Any]:
    config: dict[str, Any] = dict(dj_database_url.parse(ENV.database_url))
    if config["ENGINE"].endswith("sqlite3"):
        # A writer takes its lock at BEGIN and queues for it (core/sqlite); readers never wait (WAL).
        config["ENGINE"] = "enggang.core.sqlite"
        config["CONN_MAX_AGE"] = None  # opening a file anew for every request costs more than most of them
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-4000;",
        }
    else:
        config["ENGINE"] = "enggang.core.postgresql"
        config["CONN_MAX_AGE"] = 600
        config["CONN_HEALTH_CHECKS"] = True
    return config


DATABASES = {"default": _database()}

# Shared by all web processes: rate limits in a per-process cache would multiply with the processes. It holds many
# entries: when a cache is full, old counts go, and whoever can fill it could wipe out their own.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Pages for visitors, a few seconds each (portal/caching.py).
    "looked": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "looked",
        "OPTIONS": {"MAX_ENTRIES": 100},
    },
    "public": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "public",
        "OPTIONS": {"MAX_ENTRIES": 400},
    },
}

KEEP_PUBLIC_PAGES = True
COUNT_READERS = True  # whether counts of public pages are written down while the process lives (reach/counter.py)

# The engine warns when a job may outlast its lease; here a heartbeat renews the lease (core/jobs.py).
warnings.filterwarnings("ignore", message="Retry and timeout are misconfigured")

# -- background work (docs/decisions/0002-jobs.md) ----------------------------------------------
JOB_LEASE_SECONDS = 30
Q_CLUSTER = {
    "name": "enggang",
    "orm": "default",
    "workers": ENV.workers,
    "timeout": None,
    "retry": JOB_LEASE_SECONDS,
    "bulk": 1,
    "queue_limit": 1,
    "poll": 0.5,
    "save_limit": -1,
    "ack_failures": False,
    "max_attempts": 0,
    "cache": "local",
    "catch_up": False,
    "label": "Enggang",
}

# -- accounts -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["enggang.accounts.backends.HandleBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "office:home"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 24 * 3600
ACCOUNT_ADAPTER = "enggang.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None  # addresses that sign in are our own handles; allauth's table stays empty
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 -- a class
ACCOUNT_FORMS = {
    "login": "enggang.accounts.forms.sign_in.SignInForm",
    "reset_password": "enggang.accounts.forms.sign_in.AskResetForm",
    "reset_password_from_key": "enggang.accounts.forms.sign_in.NewPasswordByLinkForm",
    "change_password": "enggang.accounts.forms.sign_in.ChangePasswordForm",
    "reauthenticate": "enggang.accounts.forms.sign_in.AgainPasswordForm",
}
# A whole training hall signs in from behind one address: limits per address are wide, limits per account are not.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "40/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/h/key",
    "desk_code": "120/m/ip",
    "invitation": "60/m/ip,10/h/key",
    "add_email": "10/h/user,5/h/key",
    "hall_code": "300/5m/ip",  # a hall behind one address
    "hall_sign": "600/5m/ip,6/10m/key",
    "hand_in": "20/h/key",  # files of one registration
    "seat_nip": "10/h/key",  # tries to complete the NIP of one registration
    "self_registration": "40/10m/ip",  # only what did not match a roster is counted
    "visitor_booking": "300/10m/ip,12/h/key",  # a hall behind one address; by telephone number
    "ticket_find": "40/10m/ip,6/10m/key",
    "ticket_mail": "5/h/key",
    "guardian_ask": "10/h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENV.behind_https else 0  # HTTPS ends at one proxy in front of us
MFA_ADAPTER = "enggang.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Enggang"
MFA_TOTP_TOLERANCE = 1  # clocks of cheap phones run half a minute off
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "enggang.accounts.forms.second_factor.SecondStepForm",
    "reauthenticate": "enggang.accounts.forms.second_factor.AgainSecondStepForm",
    "activate_totp": "enggang.accounts.forms.second_factor.ActivateForm",
}

# -- language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English")), ("ms", _("Malay"))]
STAFF_LANGUAGES = ("id", "en")  # complete everywhere; the others for what visitors touch, Indonesian elsewhere
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["enggang.config.formats"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = "Asia/Pontianak"

# -- files --------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = ENV.data / "static"
PRIVATE_ROOT = ENV.data / "files"
_FOLDER = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": PRIVATE_ROOT, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
}
_BUCKET = {
    "BACKEND": "enggang.files.object_store.ObjectStore",  # needs the extra s3
    "OPTIONS": {
        "bucket_name": ENV.store.bucket,
        "endpoint_url": ENV.store.endpoint or None,
        "public_endpoint": ENV.store.public_endpoint,
        "region_name": ENV.store.region,
        "access_key": ENV.store.key or None,  # without one the machine's own role is taken
        "secret_key": ENV.store.secret or None,
        "location": ENV.store.folder,
    },
}
STORAGES: dict[str, dict[str, Any]] = {
    "default": _BUCKET if ENV.store.bucket else _FOLDER,
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "enggang.core.joined.JoinedStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Resumable uploads: bytes that have not all arrived yet lie here, one file per upload, shared by all web processes.
UPLOAD_ROOT = ENV.data / "uploads"
MEDIA_SCRATCH = ENV.data / "scratch"  # where pictures lie while they are worked on
UPLOAD_DAYS = 7  # an unfinished or unused upload is kept this long
UPLOAD_OPEN_AT_ONCE = 50  # per person or private link
UPLOAD_OWNER_BYTES = 4 * 1024**3  # per person or private link
UPLOAD_ORGANISATION_BYTES = ENV.upload_quota_gb * 1024**3
MEDIA_FILES_A_DAY = 2_000  # that one person or private address hands over to the library in 24 hours
MEDIA_FILM_MINUTES_A_DAY = 300  # as above
UPLOAD_FREE_BYTES = 512 * 1024**2  # so much of the disk stays free
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # an attendance list of 500 people, with notes
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# -- mail ---------------------------------------------------------------------------------------
_mail = urlsplit(ENV.email_url)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if ENV.email_url else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST = _mail.hostname or "localhost"
EMAIL_PORT = _mail.port or 25
EMAIL_HOST_USER = _mail.username or ""
EMAIL_HOST_PASSWORD = _mail.password or ""
EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = ENV.email_sender

# -- the browser's walls ------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.behind_https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.behind_https else None
SECURE_HSTS_SECONDS = 31_536_000 if ENV.behind_https else 0
CSRF_TRUSTED_ORIGINS = [ENV.public_url] if ENV.behind_https else []

DJANGO_TABLES2_TEMPLATE = "core/components/table.html"
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"without_keys": {"()": "enggang.core.logs.WithoutKeys"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_keys"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "enggang": {"level": "INFO"},
        "pyhanko": {
            "level": "ERROR"
        },  # warns of every certificate that it does not know; trust is judged by our records
        "django-q": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
