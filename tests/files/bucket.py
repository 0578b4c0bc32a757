"""An object store on this machine, and the settings that use it: moto's server in a thread, or a real one.

A real one is named by ENGGANG_TEST_S3, an address with the key and the secret in it (http://KEY:SECRET@127.0.0.1:PORT, each
percent-encoded). A bucket is made there for each process; its objects stay.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Store:
    address: str
    bucket: str
    key: str
    secret: str


@lru_cache(maxsize=1)
def store() -> Store:
    """With an empty bucket; moto's ends with the process."""
    import boto3

    given = urlsplit(os.environ.get("ENGGANG_TEST_S3", ""))
    if given.hostname:
        bucket, key, secret = (
            f"enggang-{secrets.token_hex(6)}",
            unquote(given.username or ""),
            unquote(given.password or ""),
        )
        found = Store(f"{given.scheme}://{given.hostname}:{given.port}", bucket, key, secret)
    else:
        found = Store(_moto(), "enggang-uji", "uji", "rahasia-uji")
    client = boto3.client(
        "s3", endpoint_url=found.address, region_name="us-east-1", aws_access_key_id=found.key,
        aws_secret_access_key=found.secret,
    )  # fmt: skip
    client.create_bucket(Bucket=found.bucket)
    return found


def _moto() -> str:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    return f"http://{host}:{port}"


def start() -> str:
    """The address of the store."""
    return store().address


def as_storage(address: str, **more: Any) -> dict[str, Any]:
    """For STORAGES["default"]."""
    found = store()
    options = {"bucket_name": found.bucket, "endpoint_url": address, "region_name": "us-east-1", "location": "uji"}
    keys = {"access_key": found.key, "secret_key": found.secret}
    return {"BACKEND": "enggang.files.object_store.ObjectStore", "OPTIONS": {**options, **keys, **more}}


def put(name: str, content: bytes) -> None:
    """Other bytes under a key that is there: what a broken disk or a careless hand does."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    default_storage.delete(name)
    assert default_storage.save(name, ContentFile(content)) == name
