"""An object store on this machine (moto's server, in a thread), and the settings that use it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

BUCKET, KEY, SECRET = "enggang-uji", "uji", "rahasia-uji"


@lru_cache(maxsize=1)
def start() -> str:
    """The address of a store with an empty bucket; it ends with the process."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    client = boto3.client(
        "s3", endpoint_url=address, region_name="us-east-1", aws_access_key_id=KEY, aws_secret_access_key=SECRET
    )
    client.create_bucket(Bucket=BUCKET)
    return address


def as_storage(address: str, **more: Any) -> dict[str, Any]:
    """For STORAGES["default"]."""
    options = {"bucket_name": BUCKET, "endpoint_url": address, "region_name": "us-east-1", "location": "uji"}
    keys = {"access_key": KEY, "secret_key": SECRET}
    return {"BACKEND": "enggang.files.object_store.ObjectStore", "OPTIONS": {**options, **keys, **more}}


def put(name: str, content: bytes) -> None:
    """Other bytes under a key that is there: what a broken disk or a careless hand does."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    default_storage.delete(name)
    assert default_storage.save(name, ContentFile(content)) == name
