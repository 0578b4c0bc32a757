"""Static files that travel as one (``settings.JOINED``): fewer requests on a bad line, without a build step.

Collected, they are written together, named by their content and compressed like all others. Served from their sources
(development, tests) the parts are named one by one, so that a change shows at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import StaticFilesStorage, staticfiles_storage
from django.core.files.base import ContentFile
from django.templatetags.static import static
from whitenoise.storage import CompressedManifestStaticFilesStorage


class JoinedNames(StaticFilesStorage):
    """Names the joined files, whoever serves them: for measurements."""

    joins = True


class JoinedStorage(CompressedManifestStaticFilesStorage):
    joins = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            for name in settings.JOINED:
                self._join(name, paths)
        yield from super().post_process(paths, dry_run, **options)

    def _join(self, name: str, paths: dict[str, Any]) -> None:
        texts = []
        for storage, path in [paths[part] for part in settings.JOINED[name]]:
            with storage.open(path) as handle:
                texts.append(handle.read().decode())
        self.delete(name)
        self.save(name, ContentFile(joined(name, texts).encode()))
        paths[name] = (self, name)


def joined(name: str, texts: list[str]) -> str:
    return "".join(_fenced(text) for text in texts) if name.endswith(".js") else "\n".join(texts)


def _fenced(text: str) -> str:
    """Names stay within their own script, and one that fails does not stop those after it; its failure is still reported."""
    return f"try {{\n{text}\n}} catch (error) {{ setTimeout(() => {{ throw error; }}); }}\n"


def addresses(name: str) -> list[str]:
    """Where a page loads a joined file from: one address, or those of its parts."""
    if getattr(staticfiles_storage, "joins", False):
        return [static(name)]
    return [static(part) for part in settings.JOINED[name]]
