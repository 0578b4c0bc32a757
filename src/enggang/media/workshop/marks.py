"""Who made it and under which licence, as XMP in the file itself. Only these fields: nothing that the camera wrote.

The only writer of such packets: the workshop puts one into what it makes, and credits.py into what was made before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

LONGEST = 1000
# Name of a mark -> its property, and the kind of its value: plain text, a list of people, a text in a language.
FIELDS = {
    "creator": ("dc:creator", "Seq"),
    "rights": ("dc:rights", "Alt"),
    "credit": ("photoshop:Credit", ""),
    "web_statement": ("xmpRights:WebStatement", ""),
    "usage_terms": ("xmpRights:UsageTerms", "Alt"),
    "licensor_url": ("plus:LicensorURL", "Licensor"),
    "marked": ("xmpRights:Marked", ""),
    "digital_source_type": ("Iptc4xmpExt:DigitalSourceType", ""),
}
SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/", "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/", "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}  # fmt: skip


def sum_of(marks: Mapping[str, str]) -> str:
    """What the packet is known by: written beside a rendition, it says whether its marks are still those of today."""
    return hashlib.sha256(xmp_of(marks)).hexdigest()[:16]


def xmp_of(marks: Mapping[str, str]) -> bytes:
    """The packet, the same for the same marks in whatever order they come. Empty values are left out."""
    if unknown := set(marks) - set(FIELDS):
        raise ValueError(f"no such marks: {sorted(unknown)}")
    lines = "".join(_line(*field, _clean(marks[name])) for name, field in FIELDS.items() if marks.get(name))
    names = " ".join(f"xmlns:{key}={quoteattr(address)}" for key, address in SPACES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {names}>{lines}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def _clean(value: str) -> str:
    return escape("".join(char if char.isprintable() else " " for char in value)[:LONGEST])


def _line(name: str, kind: str, value: str) -> str:
    if kind == "Licensor":
        inner = f'<rdf:Seq><rdf:li rdf:parseType="Resource"><{name}>{value}</{name}></rdf:li></rdf:Seq>'
        return f"<plus:Licensor>{inner}</plus:Licensor>"
    if not kind:
        return f"<{name}>{value}</{name}>"
    language = ' xml:lang="x-default"' if kind == "Alt" else ""
    return f"<{name}><rdf:{kind}><rdf:li{language}>{value}</rdf:li></rdf:{kind}></{name}>"
