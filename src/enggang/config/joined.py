"""Which small static files travel as one. The parts stay files of their own: joined where they are collected, named one by one
where they are served from their sources.

A stylesheet may only be joined where its relative addresses still hold; a script must neither import nor export.
"""

from __future__ import annotations

_STYLES = ("core/css/tokens.css", "core/css/enggang.css")
_SCRIPTS = tuple(f"core/js/{name}.js" for name in ("theme", "forms", "menu", "copy", "poll"))

JOINED: dict[str, tuple[str, ...]] = {
    "core/css/all.css": _STYLES,
    "core/js/all.js": _SCRIPTS,
    "core/css/portal.css": (*_STYLES, "media/css/photo.css", "portal/portal.css"),
    "core/js/portal.js": (*_SCRIPTS, "portal/js/pocket.js", "portal/js/suggest.js"),
}
