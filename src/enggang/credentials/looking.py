"""Looking into a stranger's PDF for the code it carries, in a process of its own.

A few kilobytes can unfold into minutes and gigabytes of text. The child is given seconds and a limit of memory; whatever
becomes of it, the page answers.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
from io import BytesIO

SECONDS, MEMORY = 5, 768 * 1024 * 1024
PAGES = 3
CODE = re.compile(r"/verify/([A-Za-z0-9\-]{10,24})")


def codes_in(content: bytes) -> list[str]:
    """What stands behind the address of the verification page, in the file's links and text; else in its bytes."""
    command = [sys.executable, "-m", "enggang.credentials.looking"]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=2 * SECONDS, check=True)
        return [str(each) for each in json.loads(done.stdout)]
    except (subprocess.SubprocessError, OSError, ValueError):
        return CODE.findall(content.decode("latin-1"))


def _found(content: bytes) -> list[str]:
    from pypdf import PdfReader  # noqa: PLC0415 -- only the child reads PDF

    pages = PdfReader(BytesIO(content)).pages[:PAGES]
    notes = [note.get_object() for page in pages for note in page.get("/Annots", [])]
    links = CODE.findall(" ".join(str(note.get("/A", {}).get("/URI", "")) for note in notes))
    return links or CODE.findall(" ".join(page.extract_text() for page in pages))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    json.dump(_found(sys.stdin.buffer.read()), sys.stdout)
