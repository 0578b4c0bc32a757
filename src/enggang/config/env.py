"""Every environment variable the product reads, read once, here.

All are optional: with none set the product runs on SQLite under ``var/`` and answers on localhost.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path


def _flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "").lower() in {"1", "true", "yes", "on"}


def _list(name: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in os.environ.get(name, "").split(",") if part.strip())


def _secret(data: Path) -> str:
    """The signing secret: given, or made once and kept beside the data with owner-only rights."""
    if given := os.environ.get("ENGGANG_SECRET_KEY"):
        return given
    path = data / "secret_key"
    data.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as handle:
            handle.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text().strip()


@dataclass(frozen=True, slots=True)
class Store:
    """An S3-compatible object store; without a bucket files lie in the data folder."""

    bucket: str
    endpoint: str  # empty: Amazon's
    public_endpoint: str  # where browsers reach it; empty: large files leave through the application
    region: str
    key: str
    secret: str
    folder: str  # before every key, where several installations share a bucket


@dataclass(frozen=True, slots=True)
class Environment:
    data: Path  # folder of database, files and keys
    database_url: str
    secret_key: str
    public_url: str  # the address printed on papers; no trailing slash
    former_hosts: tuple[str, ...]  # earlier domains whose printed codes still answer
    allowed_hosts: tuple[str, ...]
    email_url: str  # smtp://user:password@host:port, or empty: mail is kept in the outbox
    email_sender: str
    debug: bool
    behind_https: bool
    demo: bool  # demonstration data: every paper says SPECIMEN
    workers: int
    port: int
    upload_quota_gb: int  # what one agency's uploads may take together
    store: Store


def read() -> Environment:
    data = Path(os.environ.get("ENGGANG_DATA", "var")).resolve()
    port = int(os.environ.get("PORT", "8000"))
    public_url = os.environ.get("ENGGANG_PUBLIC_URL", f"http://localhost:{port}").rstrip("/")
    return Environment(
        data=data,
        database_url=os.environ.get("ENGGANG_DATABASE_URL", f"sqlite:///{data / 'enggang.sqlite3'}"),
        secret_key=_secret(data),
        public_url=public_url,
        former_hosts=_list("ENGGANG_FORMER_HOSTS"),
        allowed_hosts=_list("ENGGANG_ALLOWED_HOSTS"),
        email_url=os.environ.get("ENGGANG_EMAIL_URL", ""),
        email_sender=os.environ.get("ENGGANG_EMAIL_SENDER", "enggang@localhost"),
        debug=_flag("ENGGANG_DEBUG"),
        behind_https=public_url.startswith("https://"),
        demo=_flag("ENGGANG_DEMO"),
        workers=int(os.environ.get("ENGGANG_WORKERS", "1")),
        port=port,
        upload_quota_gb=int(os.environ.get("ENGGANG_UPLOAD_QUOTA_GB", "100")),
        store=_store(),
    )


def _store() -> Store:
    return Store(
        bucket=os.environ.get("ENGGANG_S3_BUCKET", ""),
        endpoint=os.environ.get("ENGGANG_S3_ENDPOINT", ""),
        public_endpoint=os.environ.get("ENGGANG_S3_PUBLIC_ENDPOINT", ""),
        region=os.environ.get("ENGGANG_S3_REGION", "us-east-1"),
        key=os.environ.get("ENGGANG_S3_KEY", ""),
        secret=os.environ.get("ENGGANG_S3_SECRET", ""),
        folder=os.environ.get("ENGGANG_S3_FOLDER", "").strip("/"),
    )
