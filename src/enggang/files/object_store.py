"""Files in an S3-compatible object store: a private bucket, read in pieces, left by addresses that live a minute.

Named in the settings when a bucket is set; needs the extra ``s3``. Every failure of the store is an OSError here, as
those of a disk are, so that nobody above asks which of the two it is.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

import boto3.session
from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from django.core.files.base import File
from django.utils.http import content_disposition_header
from storages.backends.s3 import S3Storage
from urllib3.exceptions import HTTPError

if TYPE_CHECKING:
    _File = File[bytes]
else:
    _File = File

SECONDS = 60  # no address that was signed lives longer than what the publishing gate promises
PART = 8 * 1024 * 1024
AHEAD = 256 * 1024
MISSING = {"404", "NoSuchKey", "NotFound"}


@contextmanager
def as_os_errors() -> Iterator[None]:
    """A key that is not there is a file that is not there; all else that goes wrong is a disk that does not answer."""
    try:
        yield
    except ClientError as error:
        if str(error.response.get("Error", {}).get("Code", "")) in MISSING:
            raise FileNotFoundError(str(error)) from error
        raise OSError(str(error)) from error
    except (BotoCoreError, Boto3Error, HTTPClientError, HTTPError) as error:
        raise OSError(str(error)) from error


class Reading(io.RawIOBase):
    """One object from wherever it is asked for: a jump costs one request, what is skipped is never fetched."""

    def __init__(self, client: Any, bucket: str, key: str, size: int) -> None:
        self._client, self._bucket, self._key, self._size = client, bucket, key, size
        self._place = 0
        self._body: Any = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        place = max(0, start + offset)
        if place != self._place:
            self._drop()
            self._place = place
        return place

    def readinto(self, buffer: Any) -> int:
        if self._place >= self._size:
            return 0
        with as_os_errors():
            if self._body is None:
                asked = {"Bucket": self._bucket, "Key": self._key, "Range": f"bytes={self._place}-"}
                self._body = self._client.get_object(**asked)["Body"]
            block = self._body.read(len(buffer))
        if not block:
            raise OSError(f"the store ended {self._key} at byte {self._place} of {self._size}")
        buffer[: len(block)] = block
        self._place += len(block)
        return len(block)

    def close(self) -> None:
        self._drop()
        super().close()

    def _drop(self) -> None:
        body, self._body = self._body, None
        if body is not None:
            body.close()


class ObjectFile(_File):
    """What ``open`` answers. Opened again it begins anew, as a file of a disk does."""

    def __init__(self, store: ObjectStore, name: str) -> None:
        self._store = store
        super().__init__(store.reading(name), name)

    @property
    def size(self) -> int:
        return self._store.size(str(self.name))

    def open(self, mode: str | None = None, *_args: Any, **_kwargs: Any) -> ObjectFile:
        if self.closed:
            self.file = self._store.reading(str(self.name))
        else:
            self.seek(0)
        return self


class ObjectStore(S3Storage):
    """``public_endpoint`` is where browsers reach the store; without one everything leaves through the application."""

    def __init__(self, *, public_endpoint: str = "", **options: Any) -> None:
        own = bool(options.get("endpoint_url"))
        config = Config(
            signature_version="s3v4",
            s3={"addressing_style": "path" if own else "auto"},
            request_checksum_calculation="when_required",  # stores that are not Amazon's refuse what boto3 adds by itself
            response_checksum_validation="when_required",
            connect_timeout=5,
            read_timeout=30,
            retries={"max_attempts": 3, "mode": "standard"},
        )
        transfer = TransferConfig(multipart_threshold=PART, multipart_chunksize=PART, max_concurrency=4)
        super().__init__(
            default_acl=None, querystring_auth=True, querystring_expire=SECONDS, file_overwrite=False, gzip=False,
            client_config=config, transfer_config=transfer, **options,
        )  # fmt: skip
        self._public_endpoint, self._own = public_endpoint, options

    def reading(self, name: str) -> io.BufferedReader:
        key = self._normalize_name(name)
        client = self.connection.meta.client
        with as_os_errors():
            size = client.head_object(Bucket=self.bucket_name, Key=key)["ContentLength"]
        return io.BufferedReader(Reading(client, self.bucket_name, key, size), AHEAD)

    def signed_download(self, name: str, shown: str) -> str:
        """An address good for a minute, under which a browser saves the bytes as ``shown``; empty where none reaches it."""
        if not self._public_endpoint:
            return ""
        asked = {
            "Bucket": self.bucket_name, "Key": self._normalize_name(name),
            "ResponseContentType": "application/octet-stream",
            "ResponseContentDisposition": content_disposition_header(True, shown) or "attachment",
        }  # fmt: skip
        address: str = self._signer.generate_presigned_url("get_object", Params=asked, ExpiresIn=SECONDS)
        return address

    @cached_property
    def _signer(self) -> Any:
        session = boto3.session.Session(
            aws_access_key_id=self.access_key, aws_secret_access_key=self.secret_key, region_name=self.region_name
        )
        return session.client("s3", endpoint_url=self._public_endpoint, config=self.client_config)

    def _open(self, name: str, _mode: str = "rb") -> ObjectFile:
        return ObjectFile(self, name)

    def _save(self, name: str, content: File[Any]) -> str:
        with as_os_errors():
            kept: str = super()._save(name, content)
        return kept

    def delete(self, name: str) -> None:
        with as_os_errors():
            super().delete(name)

    def exists(self, name: str) -> bool:
        try:
            self.size(name)
        except FileNotFoundError:
            return False
        return True

    def size(self, name: str) -> int:
        with as_os_errors():
            head = self.connection.meta.client.head_object(Bucket=self.bucket_name, Key=self._normalize_name(name))
        found: int = head["ContentLength"]
        return found
