"""So many requests in flight on connections that stay open, and how long each took."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

LENGTH = re.compile(rb"(?i)\r\ncontent-length: (\d+)")


@dataclass
class Load:
    """``sizes``: bytes of the bodies by address without its question; ``failed``: answers that were not 200."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    spent: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.spent if self.spent else 0.0

    def at(self, share: float) -> float:
        """Milliseconds within which ``share`` of all answers came."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else 0.0


def drive(port: int, addresses: Iterator[str], *, connections: int, seconds: float) -> Load:
    """Asks for ``addresses`` one after the other, ``connections`` at a time."""
    return asyncio.run(_drive(port, addresses, connections, seconds))


async def _drive(port: int, addresses: Iterator[str], connections: int, seconds: float) -> Load:
    load, start = Load(), time.perf_counter()
    await asyncio.gather(*(_one(port, addresses, load, start + seconds) for _ in range(connections)))
    load.spent = time.perf_counter() - start
    return load


async def _one(port: int, addresses: Iterator[str], load: Load, until: float) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while (start := time.perf_counter()) < until:
            status, _body = await _ask(reader, writer, next(addresses))
            load.seconds.append(time.perf_counter() - start)
            load.failed += status != 200
    finally:
        writer.close()


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, address: str) -> tuple[int, bytes]:
    writer.write(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = LENGTH.search(head)
    return int(head[9:12]), await reader.readexactly(int(length[1]) if length else 0)


def once(port: int, address: str) -> tuple[int, bytes]:
    """Status and body of one answer."""

    async def ask() -> tuple[int, bytes]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            return await _ask(reader, writer, address)
        finally:
            writer.close()

    return asyncio.run(ask())
